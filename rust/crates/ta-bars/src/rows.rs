//! Rows of cells out of text, in pieces of bounded size, with the lines where they stand.

use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use crate::bytes::Content;
use crate::error::{ErrorKind, ReadError};

/// Most bytes of a row: what is longer is no row of numbers, and may have no end.
const LONGEST_ROW: usize = 1 << 20;
/// Bytes that are read at a time.
const PIECE: usize = 1 << 18;
/// Stands between cells that were taken out of JSON.
pub(crate) const UNIT: u8 = 0x1f;

/// The text of a file, which may be gone through several times.
pub(crate) enum Text<'a> {
    File(File),
    Memory(Cow<'a, [u8]>),
}

impl<'a> Text<'a> {
    /// The text of a content; rows of JSON become lines, which is told.
    pub(crate) fn of(content: Content<'a>) -> (Text<'a>, bool) {
        match content {
            Content::File(file) => (Text::File(file), false),
            Content::Memory(bytes) => (Text::Memory(bytes), false),
            Content::Rows(rows) => {
                let mut bytes = Vec::new();
                let header = (!rows.names.is_empty()).then_some(&rows.names);
                for cells in header.into_iter().chain(&rows.rows) {
                    for (at, cell) in cells.iter().enumerate() {
                        if at > 0 {
                            bytes.push(UNIT);
                        }
                        bytes.extend(
                            cell.bytes()
                                .map(|byte| if matches!(byte, b'\n' | b'\r' | UNIT) { b' ' } else { byte }),
                        );
                    }
                    bytes.push(b'\n');
                }
                (Text::Memory(bytes.into()), true)
            }
            #[cfg(feature = "arrow")]
            Content::Table(_) => unreachable!("a table has no text"),
        }
    }

    /// Its rows, from the first.
    pub(crate) fn rows(&mut self, delimiter: u8) -> Result<Rows<'_>, ReadError> {
        let input = match self {
            Text::Memory(bytes) => Input::Memory(bytes),
            Text::File(file) => {
                file.seek(SeekFrom::Start(0))
                    .map_err(|error| ReadError::new(ErrorKind::Source, error.to_string()))?;
                Input::File { file, buffer: vec![0; PIECE], end: 0, is_over: false }
            }
        };
        let mut special = [false; 256];
        for byte in [delimiter, b'\n', b'\r', b'"'] {
            special[usize::from(byte)] = true;
        }
        let mut rows = Rows {
            input,
            at: 0,
            next_line: 1,
            delimiter,
            special,
            line: 1,
            cells: Vec::new(),
            is_escaped: false,
            start: 0,
        };
        rows.fill()?;
        if rows.bytes().starts_with(b"\xef\xbb\xbf") {
            rows.at = 3;
        }
        Ok(rows)
    }
}

enum Input<'a> {
    Memory(&'a [u8]),
    File { file: &'a mut File, buffer: Vec<u8>, end: usize, is_over: bool },
}

/// A row's cell: where it stands, counted from the row's start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    start: u32,
    end: u32,
}

/// Goes through rows, one at a time.
pub(crate) struct Rows<'a> {
    input: Input<'a>,
    /// Where the next row begins, and the line that it does in.
    at: usize,
    next_line: u64,
    delimiter: u8,
    special: [bool; 256],
    line: u64,
    cells: Vec<Cell>,
    /// A cell of the row has quotes in quotes.
    is_escaped: bool,
    start: usize,
}

impl Rows<'_> {
    fn bytes(&self) -> &[u8] {
        match &self.input {
            Input::Memory(bytes) => bytes,
            Input::File { buffer, end, .. } => &buffer[..*end],
        }
    }

    fn is_over(&self) -> bool {
        match &self.input {
            Input::Memory(_) => true,
            Input::File { is_over, .. } => *is_over,
        }
    }

    /// Reads more behind what is there, of which what lies before the next row goes.
    fn fill(&mut self) -> Result<(), ReadError> {
        let Input::File { file, buffer, end, is_over } = &mut self.input else { return Ok(()) };
        buffer.copy_within(self.at..*end, 0);
        *end -= self.at;
        self.at = 0;
        if buffer.len() < *end + PIECE {
            buffer.resize(*end + PIECE, 0);
        }
        while *end < buffer.len() {
            let taken = file
                .read(&mut buffer[*end..])
                .map_err(|error| ReadError::new(ErrorKind::Source, error.to_string()))?;
            if taken == 0 {
                *is_over = true;
                break;
            }
            *end += taken;
        }
        Ok(())
    }

    /// Goes to the next row that is not blank; false behind the last.
    pub(crate) fn next(&mut self) -> Result<bool, ReadError> {
        loop {
            match self.split() {
                Some(end) => {
                    if end - self.at > LONGEST_ROW {
                        return Err(self.too_long());
                    }
                    let is_done = self.at == end;
                    self.start = self.at;
                    self.at = end;
                    if is_done {
                        return Ok(false);
                    }
                    let is_blank = match self.cells.as_slice() {
                        [only] => self.text(*only).trim_ascii().is_empty(),
                        _ => false,
                    };
                    if !is_blank {
                        return Ok(true);
                    }
                }
                None if self.is_over() => {
                    return Err(ReadError::new(ErrorKind::Format, "a quote that begins here never ends")
                        .at(self.next_line));
                }
                None => {
                    if self.bytes().len() - self.at > LONGEST_ROW {
                        return Err(self.too_long());
                    }
                    self.fill()?;
                }
            }
        }
    }

    fn too_long(&self) -> ReadError {
        ReadError::new(ErrorKind::Format, format!("the row is longer than {LONGEST_ROW} bytes"))
            .at(self.next_line)
    }

    /// Splits the row at `at`; gives its end, behind its line end, or nothing where more has to be read.
    fn split(&mut self) -> Option<usize> {
        let is_over = self.is_over();
        let bytes = match &self.input {
            Input::Memory(bytes) => bytes,
            Input::File { buffer, end, .. } => &buffer[..*end],
        };
        let (start, line) = (self.at, self.next_line);
        self.cells.clear();
        self.is_escaped = false;
        let mut lines = 0;
        let mut cell = start;
        let mut at = start;
        let place =
            |cell: usize, end: usize| Cell { start: (cell - start) as u32, end: (end - start) as u32 };
        loop {
            while at < bytes.len() && !self.special[usize::from(bytes[at])] {
                at += 1;
            }
            let Some(byte) = bytes.get(at).copied() else {
                if !is_over {
                    return None;
                }
                if at > start {
                    self.cells.push(place(cell, at));
                }
                break;
            };
            if byte == self.delimiter {
                self.cells.push(place(cell, at));
                at += 1;
                // Several blanks part cells as one does.
                while byte == b' ' && bytes.get(at) == Some(&b' ') {
                    at += 1;
                }
                cell = at;
            } else if byte == b'"' {
                if bytes[cell..at].iter().any(|before| *before != b' ') {
                    at += 1;
                    continue;
                }
                // A cell in quotes: to the quote that is not doubled.
                let mut end = at + 1;
                loop {
                    match bytes.get(end) {
                        None => return None,
                        Some(b'"') if bytes.get(end + 1) == Some(&b'"') => {
                            self.is_escaped = true;
                            end += 2;
                        }
                        Some(b'"') if end + 1 == bytes.len() && !is_over => return None,
                        Some(b'"') => break,
                        Some(b'\n') => {
                            lines += 1;
                            end += 1;
                        }
                        Some(_) => end += 1,
                    }
                }
                let inside = place(at + 1, end);
                at = end + 1;
                while at < bytes.len() && (bytes[at] == b'"' || !self.special[usize::from(bytes[at])]) {
                    at += 1;
                }
                match bytes.get(at) {
                    None if !is_over => return None,
                    Some(byte) if *byte == self.delimiter => {
                        self.cells.push(inside);
                        at += 1;
                        cell = at;
                    }
                    found => {
                        self.cells.push(inside);
                        if found.is_some() {
                            match self.end_of_line(bytes, at, is_over) {
                                Some(next) => at = next,
                                None => return None,
                            }
                            lines += 1;
                        }
                        break;
                    }
                }
                // The cell that begins now may be the last of the file.
                if at == bytes.len() && is_over {
                    self.cells.push(place(at, at));
                    break;
                }
            } else {
                let next = self.end_of_line(bytes, at, is_over)?;
                self.cells.push(place(cell, at));
                at = next;
                lines += 1;
                break;
            }
        }
        self.line = line;
        self.next_line = line + lines;
        Some(at)
    }

    /// Where the next line begins: `\n`, `\r\n` and `\r` end one.
    fn end_of_line(&self, bytes: &[u8], at: usize, is_over: bool) -> Option<usize> {
        match (bytes[at], bytes.get(at + 1)) {
            (b'\r', Some(b'\n')) => Some(at + 2),
            (b'\r', None) if !is_over => None,
            _ => Some(at + 1),
        }
    }

    /// The line of the row.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// How many cells the row has.
    pub(crate) fn width(&self) -> usize {
        self.cells.len()
    }

    /// A cell, empty where the row has none there.
    #[inline]
    pub(crate) fn cell(&self, at: usize) -> &[u8] {
        self.cells.get(at).map_or(&[], |cell| self.text(*cell))
    }

    #[inline]
    fn text(&self, cell: Cell) -> &[u8] {
        &self.bytes()[self.start + cell.start as usize..self.start + cell.end as usize]
    }

    /// A cell as it is meant: quotes that are doubled are one.
    pub(crate) fn cell_text(&self, at: usize) -> String {
        let text = crate::numbers::text_of(self.cell(at));
        let text = text.trim();
        if self.is_escaped { text.replace("\"\"", "\"") } else { text.to_owned() }
    }

    /// The first byte of the row.
    pub(crate) fn first_byte(&self) -> u8 {
        self.bytes().get(self.start).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, delimiter: u8) -> Vec<(u64, String)> {
        let mut text = Text::Memory(text.as_bytes().into());
        let mut rows = text.rows(delimiter).unwrap();
        let mut all = Vec::new();
        while rows.next().unwrap() {
            let cells: Vec<_> = (0..rows.width()).map(|at| rows.cell_text(at)).collect();
            all.push((rows.line(), cells.join("|")));
        }
        all
    }

    #[test]
    fn rows_know_their_lines_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "1,2", "  ", "3,", "\"4\",\" 5\""].join(end);
            let rows: Vec<_> = [(1, "a|b"), (3, "1|2"), (5, "3|"), (6, "4|5")]
                .map(|(line, row)| (line, row.to_owned()))
                .into();
            assert_eq!(shown(&text, b','), rows, "{end:?}");
            assert_eq!(shown(&(text + end + end), b','), rows, "{end:?}");
        }
    }

    #[test]
    fn quotes_hold_delimiters_quotes_and_line_ends() {
        let rows = shown("\"a,1\",\"b \"\"c\"\"\",\"d\ne\"\n5\" x,6,\"\"\n", b',');
        assert_eq!(rows, [(1, "a,1|b \"c\"|d\ne".to_owned()), (3, "5\" x|6|".to_owned())]);
        assert_eq!(shown("1  2   3", b' '), [(1, "1|2|3".to_owned())]);
        assert_eq!(shown("\"a\",", b','), [(1, "a|".to_owned())]);
        let mut text = Text::Memory(b"a\n\"b".as_slice().into());
        let mut rows = text.rows(b',').unwrap();
        assert!(rows.next().unwrap());
        assert_eq!(rows.next().unwrap_err().line, Some(2));
    }
}
