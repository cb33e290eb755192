//! One pass over a text's rows: cells become times and numbers under what is supposed of their form, and what they show of it
//! is gathered, so that the supposition is confirmed or the next pass has a better one.

use crate::clock::{Form, Times};
use crate::error::{Counted, ErrorKind, ReadError};
use crate::header::Layouted;
use crate::names::normalized;
use crate::numbers::{self, Decimal, Marks};
use crate::options::{ReadOptions, Symbols};
use crate::roles::{Roles, Why};
use crate::rows::{Rows, Text};

/// Words that say of a bar that it is closed; anything else says that it is not.
const CLOSED_WORDS: [&str; 4] = ["true", "1", "yes", "closed"];

/// What a pass supposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Supposed {
    pub(crate) form: Form,
    /// Per column of numbers.
    pub(crate) decimals: Vec<Decimal>,
}

/// A column of numbers, as it was read.
pub(crate) struct Numbers {
    pub(crate) decimal: Decimal,
    pub(crate) values: Vec<f64>,
    pub(crate) marks: Marks,
    /// A cell that is no number makes the column one of text, which is no part of the result.
    pub(crate) text_in_line: Option<u64>,
    pub(crate) text: Option<TextColumn>,
}

/// Numbers as they were written, with every digit; empty where they are missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextColumn {
    bytes: String,
    ends: Vec<usize>,
}

impl TextColumn {
    pub(crate) fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
    }

    fn pop(&mut self) {
        self.ends.pop();
        self.bytes.truncate(self.ends.last().copied().unwrap_or(0));
    }

    /// The text of a row.
    pub fn get(&self, row: usize) -> &str {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.bytes[start..self.ends[row]]
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True without any.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of the longest text.
    pub fn longest(&self) -> usize {
        (0..self.ends.len()).map(|row| self.get(row).len()).max().unwrap_or(0)
    }

    /// The texts of all rows.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|row| self.get(row))
    }
}

/// Lines of rows: those that do not follow the one before are remembered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines {
    jumps: Vec<(usize, u64)>,
    next: u64,
}

impl Lines {
    #[inline]
    pub(crate) fn push(&mut self, row: usize, line: u64) {
        if line != self.next || self.jumps.is_empty() {
            self.jumps.push((row, line));
        }
        self.next = line + 1;
    }

    pub(crate) fn of(&self, row: usize) -> u64 {
        let at = self.jumps.partition_point(|(first, _)| *first <= row);
        self.jumps.get(at.wrapping_sub(1)).map_or(0, |(first, line)| line + (row - first) as u64)
    }
}

/// Rows that could not be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bad {
    pub(crate) first: Option<ReadError>,
    /// All of them, where they are left out.
    pub(crate) all: Vec<ReadError>,
}

/// What a pass gave.
pub(crate) struct Passed<'o> {
    pub(crate) times: Times<'o>,
    pub(crate) closes: Option<Times<'o>>,
    pub(crate) numbers: Vec<Numbers>,
    /// Per row which of the symbols it is of, where there is a column of them.
    pub(crate) symbols: Option<(Vec<u32>, Vec<String>)>,
    pub(crate) closed: Option<Vec<bool>>,
    pub(crate) lines: Lines,
    pub(crate) bad: Bad,
    pub(crate) headers: usize,
}

pub(crate) struct Pass<'a, 'o> {
    pub(crate) layout: &'a Layouted,
    pub(crate) roles: &'a Roles,
    pub(crate) options: &'o ReadOptions,
    pub(crate) counted: Counted,
    width: usize,
}

impl<'a, 'o> Pass<'a, 'o> {
    pub(crate) fn new(
        layout: &'a Layouted,
        roles: &'a Roles,
        options: &'o ReadOptions,
        counted: Counted,
    ) -> Pass<'a, 'o> {
        Pass { layout, roles, options, counted, width: layout.names.len() }
    }

    /// Goes through at most this many rows.
    pub(crate) fn go(
        &self,
        text: &mut Text<'_>,
        supposed: &Supposed,
        most: usize,
    ) -> Result<Passed<'o>, ReadError> {
        let number = |decimal: &Decimal| Numbers {
            decimal: *decimal,
            values: Vec::new(),
            marks: Marks::default(),
            text_in_line: None,
            text: self.options.keeps_text.then(TextColumn::default),
        };
        let mut passed = Passed {
            times: Times::new(self.options, supposed.form),
            closes: self
                .roles
                .close_time
                .filter(|_| self.options.close_times)
                .map(|_| Times::new(self.options, supposed.form)),
            numbers: supposed.decimals.iter().map(number).collect(),
            symbols: self.roles.symbol.map(|_| (Vec::new(), Vec::new())),
            closed: self.roles.closed.filter(|_| self.options.reads_forming).map(|_| Vec::new()),
            lines: Lines::default(),
            bad: Bad::default(),
            headers: 0,
        };
        let mut joined = Vec::new();
        let mut scratch = String::new();
        let mut rows = text.rows(self.layout.delimiter)?;
        while passed.times.len() < most {
            match rows.next() {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => return Err(error),
            }
            if rows.line() <= self.layout.after {
                continue;
            }
            if let Err(error) = self.row(&rows, &mut passed, &mut joined, &mut scratch)
                && !self.is_no_row(&rows, &mut passed)
            {
                if self.options.skip_bad_rows {
                    passed.bad.all.push(error.clone());
                }
                passed.bad.first.get_or_insert(error);
            }
        }
        Ok(passed)
    }

    /// True for rows that are no bars and no faults: the header again, a comment, empty cells.
    fn is_no_row(&self, rows: &Rows<'_>, passed: &mut Passed<'_>) -> bool {
        if rows.first_byte() == b'#' || (0..rows.width()).all(|at| rows.cell(at).trim_ascii().is_empty()) {
            return true;
        }
        let is_header = self.layout.header.is_some()
            && rows.width() == self.width
            && (0..self.width)
                .all(|at| normalized(&rows.cell_text(at)) == normalized(&self.layout.names[at]));
        passed.headers += usize::from(is_header);
        is_header
    }

    #[inline]
    fn row(
        &self,
        rows: &Rows<'_>,
        passed: &mut Passed<'_>,
        joined: &mut Vec<u8>,
        scratch: &mut String,
    ) -> Result<(), ReadError> {
        let (line, roles) = (rows.line(), self.roles);
        if rows.width() != self.width {
            self.check_width(rows)?;
        }
        if let (Some(at), Symbols::One(told), Some((_, known))) =
            (roles.symbol, &self.options.symbol, &mut passed.symbols)
        {
            let cell = rows.cell(at).trim_ascii();
            if cell != told.as_bytes() && numbers::text_of(cell) != told.as_str() {
                symbol_id(cell, &[], known);
                return Ok(());
            }
        }
        let closed = match roles.closed {
            Some(at) => Some(self.closed(rows, at)?),
            None => None,
        };
        let at = roles.time.0;
        let read = match roles.time.1 {
            None => passed.times.push(rows.cell(at), line),
            Some(of_day) => {
                joined.clear();
                joined.extend_from_slice(rows.cell(at).trim_ascii());
                joined.push(b' ');
                joined.extend_from_slice(rows.cell(of_day).trim_ascii());
                passed.times.push(joined, line)
            }
        };
        read.map_err(|problem| self.bad_cell(ErrorKind::Time, rows, at, problem))?;
        if let (Some(at), Some(closes)) = (roles.close_time, &mut passed.closes)
            && let Err(problem) = closes.push(rows.cell(at), line)
        {
            passed.times.pop();
            return Err(self.bad_cell(ErrorKind::Time, rows, at, problem));
        }
        for (place, wanted) in roles.numbers.iter().enumerate() {
            let cell = rows.cell(wanted.at);
            if passed.numbers[place].push(cell, scratch) {
                continue;
            }
            let column = &mut passed.numbers[place];
            if wanted.why != Why::Asked || column.text_in_line.is_some() {
                // A row that is no bar says nothing of the column.
                column.text_in_line.get_or_insert(line);
                column.add(f64::NAN, "");
                continue;
            }
            for column in &mut passed.numbers[..place] {
                column.pop();
            }
            passed.times.pop();
            if let Some(closes) = &mut passed.closes {
                closes.pop();
            }
            return Err(self.bad_cell(ErrorKind::Number, rows, wanted.at, "a number is needed".to_owned()));
        }
        let row = passed.times.len() - 1;
        passed.lines.push(row, line);
        if let (Some(at), Some((ids, known))) = (roles.symbol, &mut passed.symbols) {
            let id = symbol_id(rows.cell(at), ids, known);
            ids.push(id);
        }
        if let (Some(is_closed), Some(all)) = (closed, &mut passed.closed) {
            all.push(is_closed);
        }
        Ok(())
    }

    fn check_width(&self, rows: &Rows<'_>) -> Result<(), ReadError> {
        let there = rows.width();
        // A delimiter at the end of each row begins no cell that anybody meant.
        if there > self.width && (self.width..there).all(|at| rows.cell(at).trim_ascii().is_empty()) {
            return Ok(());
        }
        if self.layout.header.is_none() && there > self.width {
            return Ok(());
        }
        let whose = if self.layout.header.is_some() { "the header" } else { "the first rows" };
        let problem = format!("the row has {there} cells, {whose} {}", self.width);
        Err(self.error(ErrorKind::Width, rows, problem))
    }

    fn closed(&self, rows: &Rows<'_>, at: usize) -> Result<bool, ReadError> {
        let cell = rows.cell(at).trim_ascii();
        let is_closed = CLOSED_WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word.as_bytes()));
        if is_closed || self.options.reads_forming {
            return Ok(is_closed);
        }
        let words = CLOSED_WORDS.join(", ");
        let problem =
            format!("the bar is not closed ({words} say that one is), and a history is made of closed bars");
        Err(self.bad_cell(ErrorKind::Forming, rows, at, problem))
    }

    fn error(&self, kind: ErrorKind, rows: &Rows<'_>, problem: String) -> ReadError {
        let mut error = ReadError::new(kind, problem).at(rows.line());
        error.counted = self.counted;
        error
    }

    fn bad_cell(&self, kind: ErrorKind, rows: &Rows<'_>, at: usize, problem: String) -> ReadError {
        self.error(kind, rows, problem).cell(self.layout.names[at].trim(), rows.cell_text(at))
    }
}

/// The number of a symbol; that of the row before is the likeliest.
fn symbol_id(cell: &[u8], ids: &[u32], known: &mut Vec<String>) -> u32 {
    let cell = cell.trim_ascii();
    if let Some(last) = ids.last()
        && known[*last as usize].as_bytes() == cell
    {
        return *last;
    }
    let name = numbers::text_of(cell);
    let at = known.iter().position(|one| *one == name).unwrap_or_else(|| {
        known.push(name.into_owned());
        known.len() - 1
    });
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Numbers {
    #[inline]
    fn push(&mut self, cell: &[u8], scratch: &mut String) -> bool {
        if self.decimal == Decimal::Point
            && let Some((value, marks)) = numbers::plain(cell)
        {
            self.marks.add(marks);
            self.values.push(value);
            if let Some(text) = &mut self.text {
                text.push(std::str::from_utf8(cell).unwrap_or_default());
            }
            return true;
        }
        self.push_slowly(cell, scratch)
    }

    #[cold]
    fn push_slowly(&mut self, cell: &[u8], scratch: &mut String) -> bool {
        if numbers::is_missing(cell) {
            self.add(f64::NAN, "");
            return true;
        }
        if let Some(marks) = numbers::marks_of(&numbers::text_of(cell)) {
            self.marks.add(marks);
        }
        match numbers::value(cell, self.decimal, scratch) {
            Some(value) => {
                self.add(value, scratch);
                true
            }
            None => false,
        }
    }

    fn add(&mut self, value: f64, text: &str) {
        self.values.push(value);
        if let Some(column) = &mut self.text {
            column.push(text);
        }
    }

    fn pop(&mut self) {
        self.values.pop();
        if let Some(column) = &mut self.text {
            column.pop();
        }
    }
}

impl Passed<'_> {
    /// What all rows together show; a question where they show too little.
    ///
    /// `others` is what columns of the file show that are not among these.
    pub(crate) fn decimals(
        &self,
        told: Option<Decimal>,
        others: Marks,
        names: &[String],
    ) -> Result<Vec<Decimal>, ReadError> {
        let mut all = others;
        self.numbers.iter().for_each(|column| all.add(column.marks));
        let decide = |(place, column): (usize, &Numbers)| {
            if let Some(told) = told {
                return Ok(told);
            }
            let marks = column.marks;
            let is_open = marks.either_point || marks.either_comma;
            match (marks.point, marks.comma) {
                (true, _) => Ok(Decimal::Point),
                (false, true) => Ok(Decimal::Comma),
                _ if !is_open => Ok(Decimal::Point),
                _ => match (all.point, all.comma) {
                    (true, false) => Ok(Decimal::Point),
                    (false, true) => Ok(Decimal::Comma),
                    // A point that could be one of thousands is decimal where nothing speaks against it.
                    (false, false) if !marks.either_comma && !all.either_comma => Ok(Decimal::Point),
                    _ => Err(ReadError::new(
                        ErrorKind::Question,
                        "whether the comma is decimal or parts thousands, no row says: decimal=\",\" or decimal=\".\" does",
                    )
                    .cell(names.get(place).map_or("", |name| name.trim()), "")),
                },
            }
        };
        self.numbers.iter().enumerate().map(decide).collect()
    }

    /// What all columns of numbers show of marks.
    pub(crate) fn marks(&self) -> Marks {
        let mut all = Marks::default();
        self.numbers.iter().for_each(|column| all.add(column.marks));
        all
    }
}
