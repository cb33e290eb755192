//! How a text is laid out: what parts cells, where the header stands, where rows begin.

use crate::error::{ErrorKind, ReadError};
use crate::moment::{Layout, is_digits, scan_date, scan_time};
use crate::names::{self, normalized};
use crate::numbers;
use crate::options::ReadOptions;
use crate::rows::Text;

/// Rows that are looked at for the layout.
const LOOKED_AT: usize = 40;
/// Rows among which the header stands.
const HEADER_WITHIN: usize = 10;
/// Delimiters, the least likely to stand in a cell first.
const DELIMITERS: [u8; 5] = [b'\t', b';', b'|', b',', b' '];

/// A text's layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Layouted {
    pub(crate) delimiter: u8,
    /// Names as they stand; `column_7` where there are none.
    pub(crate) names: Vec<String>,
    /// Symbols above the names, of tables that have several side by side.
    pub(crate) symbols: Vec<String>,
    /// The header's line.
    pub(crate) header: Option<u64>,
    /// The line behind which rows begin.
    pub(crate) after: u64,
    /// The first rows.
    pub(crate) sample: Vec<Vec<String>>,
    /// The header was not in the file, nor told.
    pub(crate) is_guessed: bool,
    /// Columns that hold times by their type; of text there are none.
    pub(crate) timed: Vec<usize>,
}

type Row = (u64, Vec<String>);

/// Finds the layout. `delimiter` is known of rows that were made here.
pub(crate) fn layout(
    text: &mut Text<'_>,
    delimiter: Option<u8>,
    options: &ReadOptions,
) -> Result<Layouted, ReadError> {
    let delimiter = match delimiter.or(options.delimiter) {
        Some(delimiter) => delimiter,
        None => find_delimiter(text)?,
    };
    let mut rows = head(text, delimiter)?;
    if rows.first().is_some_and(|(_, cells)| is_declaration(cells)) {
        rows.remove(0);
    }
    let found = multi_header(&rows).or_else(|| single_header(&rows, options));
    let (names, symbols, header, begin) = match found {
        Some(found) => found,
        None => {
            let (names, begin) = headerless(&rows, options)?;
            let after = if begin == 0 { 0 } else { rows[begin - 1].0 };
            let sample = rows.split_off(begin).into_iter().map(|(_, cells)| cells).collect();
            let is_guessed = !options.columns.iter().any(|(field, _)| field.is_none());
            return Ok(Layouted {
                delimiter,
                names,
                symbols: Vec::new(),
                header: None,
                after,
                sample,
                is_guessed,
                timed: Vec::new(),
            });
        }
    };
    let after = rows[begin - 1].0;
    let sample = rows.split_off(begin).into_iter().map(|(_, cells)| cells).collect();
    Ok(Layouted {
        delimiter,
        names,
        symbols,
        header: Some(header),
        after,
        sample,
        is_guessed: false,
        timed: Vec::new(),
    })
}

fn head(text: &mut Text<'_>, delimiter: u8) -> Result<Vec<Row>, ReadError> {
    let mut rows = text.rows(delimiter)?;
    let mut head = Vec::new();
    while head.len() < LOOKED_AT + HEADER_WITHIN && rows.next()? {
        if rows.first_byte() == b'#' && rows.width() == 1 {
            continue;
        }
        head.push((rows.line(), (0..rows.width()).map(|at| rows.cell_text(at)).collect()));
    }
    if head.is_empty() {
        return Err(ReadError::new(ErrorKind::Empty, "there is nothing in the file"));
    }
    Ok(head)
}

/// `sep=;` as spreadsheets write it in front.
fn is_declaration(cells: &[String]) -> bool {
    cells.first().is_some_and(|cell| cell.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("sep=")))
}

fn find_delimiter(text: &mut Text<'_>) -> Result<u8, ReadError> {
    let mut best = (0, None);
    let mut failed = None;
    for delimiter in DELIMITERS {
        // A row may have no end under what is no delimiter.
        let rows = match head(text, delimiter) {
            Ok(rows) => rows,
            Err(error) if error.kind == ErrorKind::Format => {
                failed.get_or_insert(error);
                continue;
            }
            Err(error) => return Err(error),
        };
        if let Some((_, cells)) = rows.first()
            && is_declaration(cells)
        {
            let told = cells[0].as_bytes().get(4).copied();
            return Ok(told.unwrap_or(if cells.len() > 1 { delimiter } else { b'\t' }));
        }
        let rows = &rows[..rows.len().min(LOOKED_AT)];
        let of_width = |width: usize| rows.iter().filter(|(_, cells)| cells.len() == width).count();
        let agreeing = rows
            .iter()
            .map(|(_, cells)| cells.len())
            .filter(|width| *width > 1)
            .map(of_width)
            .max()
            .unwrap_or(0);
        // Blanks part cells only where nothing else does.
        let counts = delimiter != b' ' || best.0 == 0;
        if counts && 2 * agreeing > rows.len() && agreeing > best.0 {
            best = (agreeing, Some(delimiter));
        }
    }
    // Of a few rows that do not agree, one may still name columns.
    let names_columns = |delimiter: &u8| {
        head(text, *delimiter).is_ok_and(|rows| {
            let is_known = |cell: &&String| names::is_known(&normalized(cell));
            rows.iter().take(HEADER_WITHIN).any(|(_, cells)| cells.iter().filter(is_known).count() >= 2)
        })
    };
    let found = best.1.or_else(|| DELIMITERS[..4].iter().copied().find(names_columns));
    found.ok_or_else(|| {
        if let Some(failed) = failed {
            return failed;
        }
        ReadError::new(
            ErrorKind::Question,
            "no tab, semicolon, bar or comma parts most of the first rows into equally many cells: delimiter= says what does",
        )
    })
}

type Header = (Vec<String>, Vec<String>, u64, usize);

/// Three rows of which the third names the time and the others fields and symbols, as tables of several symbols are written.
fn multi_header(rows: &[Row]) -> Option<Header> {
    let [(line, first), (_, second), (_, third), ..] = rows else { return None };
    let plain = |cells: &[String]| cells.iter().map(|cell| normalized(cell)).collect::<Vec<_>>();
    let third_plain = plain(third);
    let (time, rest) = third_plain.split_first()?;
    if names::time_rank(time).is_none() || rest.iter().any(|cell| !cell.is_empty()) {
        return None;
    }
    let is_field = |name: &String| names::FIELDS.iter().any(|field| names::rank(field, name).is_some());
    let fields = |cells: &[String]| cells.iter().skip(1).filter(|name| is_field(name)).count();
    let (named, symbols) = if fields(&plain(first)) >= 2 {
        (first, second)
    } else if fields(&plain(second)) >= 2 {
        (second, first)
    } else {
        return None;
    };
    let mut names = named.clone();
    names[0].clone_from(&third[0]);
    let mut symbols = symbols.clone();
    symbols.resize(names.len(), String::new());
    symbols[0].clear();
    Some((names, symbols, *line, 3))
}

fn single_header(rows: &[Row], options: &ReadOptions) -> Option<Header> {
    if options.columns.iter().any(|(field, _)| field.is_none()) {
        return None;
    }
    let told = |cell: &str| {
        let plain = normalized(cell);
        options
            .columns
            .iter()
            .any(|(_, column)| column.split('+').any(|one| one == cell || normalized(one) == plain))
    };
    let is_known = |cell: &String| {
        told(cell)
            || names::is_known(&normalized(cell))
            || names::without_unit(cell).is_some_and(|name| names::is_known(&name))
    };
    let is_time = |cell: &String| told(cell) || names::time_rank(&normalized(cell)).is_some();
    let is_number = |cell: &String| !cell.is_empty() && numbers::marks_of(cell).is_some();
    let within = rows.iter().take(HEADER_WITHIN).enumerate();
    let is_header = |cells: &[String]| {
        cells.iter().filter(|cell| is_known(cell)).count() >= 2
            && cells.iter().filter(|cell| is_number(cell)).count() < 2
    };
    let two = within.clone().find(|(_, (_, cells))| is_header(cells));
    // Else a row that names the time and columns of the user's own, above numbers.
    let own = || {
        within.clone().find(|(at, (_, cells))| {
            let holds_numbers = |(_, below): &Row| below.len() == cells.len() && below.iter().any(is_number);
            cells.len() > 1
                && cells.iter().any(is_time)
                && !cells.iter().any(is_number)
                && (rows.len() == at + 1 || rows[at + 1..].iter().any(holds_numbers))
        })
    };
    let (at, (line, cells)) = two.or_else(own)?;
    Some((cells.clone(), Vec::new(), *line, at + 1))
}

/// The names of a text without any, and the row where it begins.
fn headerless(rows: &[Row], options: &ReadOptions) -> Result<(Vec<String>, usize), ReadError> {
    let told: Vec<String> =
        options.columns.iter().filter(|(field, _)| field.is_none()).map(|(_, name)| name.clone()).collect();
    let asked = |line: u64, problem: &str| {
        let words = format!(
            "{problem}: columns= gives the names of all columns in order, or a field's column by its place, such as close=column_5"
        );
        Err(ReadError::new(ErrorKind::Question, words).at(line))
    };
    let width = rows.last().map_or(0, |(_, cells)| cells.len());
    let is_time =
        |cells: &Vec<String>| cells.len() == width && scan_date(cells[0].trim().as_bytes()).is_some();
    let Some(begin) = rows
        .iter()
        .take(HEADER_WITHIN)
        .position(|(_, cells)| if told.is_empty() { is_time(cells) } else { cells.len() >= told.len() })
    else {
        let (line, cells) = &rows[0];
        let there = cells.iter().take(12).map(|cell| format!("{cell:?}")).collect::<Vec<_>>().join(", ");
        return asked(
            *line,
            &format!(
                "no row of the first ten names a time and a price, nor begins with a time; the first has {there}"
            ),
        );
    };
    let (line, cells) = &rows[begin];
    if !told.is_empty() {
        let places = (told.len()..cells.len()).map(|at| format!("column_{}", at + 1));
        return Ok((told.into_iter().chain(places).collect(), begin));
    }
    let all = &rows[begin..];
    let is_two = width > 5 && has_time_of_day(all) && !(is_ordered(all, 1) && is_digits(cells[1].as_bytes()));
    let from = if is_two { 2 } else { 1 };
    let named = options.columns.iter().any(|(field, _)| field.is_some());
    if !is_ordered(all, from) && !named {
        return asked(*line, "the columns have no names, and are no time, open, high, low, close, volume");
    }
    let fields = ["timestamp", "time"][..from].iter().chain(&names::FIELDS).map(|name| (*name).to_owned());
    let mut names: Vec<String> = (1..=width).map(|at| format!("column_{at}")).collect();
    if !named {
        for (name, field) in names.iter_mut().zip(fields) {
            *name = field;
        }
    } else {
        names[0] = "timestamp".to_owned();
        if is_two {
            names[1] = "time".to_owned();
        }
    }
    Ok((names, begin))
}

/// True where the second cell is the time of day of a date in the first.
fn has_time_of_day(rows: &[Row]) -> bool {
    rows.iter().all(|(_, cells)| {
        let [date, time, ..] = cells.as_slice() else { return false };
        let is_date = scan_date(date.as_bytes()).is_some_and(|found| found.length == date.len())
            && (!is_digits(date.as_bytes()) || date.len() == 8);
        is_date && is_day_time(time)
    })
}

/// True for a time of day alone.
pub(crate) fn is_day_time(cell: &str) -> bool {
    let plain =
        !is_digits(cell.as_bytes()) || cell.len() <= 6 && !cell.contains(['.', '-']) || cell.len() == 9;
    let found = scan_time(cell.as_bytes(), Layout::Compact);
    plain && cell.starts_with(|c: char| c.is_ascii_digit()) && found.is_some_and(|found| found.is_there)
}

/// True where numbers from this cell on are an open, a high, a low and a close.
fn is_ordered(rows: &[Row], from: usize) -> bool {
    let number = |cells: &[String], at: usize| {
        let cell = cells.get(from + at)?.as_bytes();
        let mut scratch = String::new();
        numbers::value(cell, numbers::Decimal::Point, &mut scratch)
            .or_else(|| numbers::value(cell, numbers::Decimal::Comma, &mut scratch))
    };
    rows.iter().all(|(_, cells)| match [0, 1, 2, 3].map(|at| number(cells, at)) {
        [Some(open), Some(high), Some(low), Some(close)] => is_bar(open, high, low, close),
        _ => false,
    })
}

/// True where a low is at most, and a high at least, open and close; what is missing breaks no rule.
pub(crate) fn is_bar(open: f64, high: f64, low: f64, close: f64) -> bool {
    !(low > open || low > close || high < open || high < close || low > high)
}
