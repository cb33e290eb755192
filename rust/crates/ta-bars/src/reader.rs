//! Reading a file: passes over its rows until what was supposed of their form is what they show, then the order of time.

use ta_engine::closing::Stamps;
use ta_engine::times::{commonest_step, iso};

#[cfg(feature = "arrow")]
use crate::bytes::Content;
use crate::bytes::{Source, open};
use crate::clock::{Form, Told, Trouble};
use crate::error::{Counted, ErrorKind, ReadError};
use crate::header::{Layouted, is_bar, layout};
use crate::names::FIELDS;
use crate::numbers::{Decimal, Marks};
use crate::options::{ReadOptions, Selection, Symbols};
use crate::order::{Arranged, arrange};
use crate::pass::{Lines, Pass, Passed, Supposed, TextColumn};
use crate::roles::{Roles, Wanted, Why, no_symbol, several_symbols};
use crate::rows::{Text, UNIT};
use crate::stamps::{inclusive_end, opens_of};
use crate::table::Table;
use crate::zone::name_of;

/// Rows by which the first supposition is made.
const SAMPLE: usize = 2_000;
/// Passes after which what rows show has to be settled.
const PASSES: usize = 4;

/// Reads the bars of a file's one symbol.
///
/// # Errors
/// Names file, line, column and value of what cannot be read, and the option that says what the file does not.
pub fn read(source: &Source<'_>, options: &ReadOptions) -> Result<Table, ReadError> {
    let mut tables = read_each(source, options)?;
    match tables.len() {
        1 => Ok(tables.remove(0)),
        _ => {
            let names: Vec<_> = tables.into_iter().filter_map(|table| table.symbol).collect();
            Err(ReadError { file: source.name(), ..several_symbols(&names) })
        }
    }
}

/// Reads the bars of each symbol of a file; of a file that names none, one table.
///
/// # Errors
/// As [`read`].
pub fn read_each(source: &Source<'_>, options: &ReadOptions) -> Result<Vec<Table>, ReadError> {
    read_source(source, options).map_err(|error| ReadError { file: source.name(), ..error })
}

fn read_source(source: &Source<'_>, options: &ReadOptions) -> Result<Vec<Table>, ReadError> {
    let mut notes = Vec::new();
    let content = open(source, &mut notes)?;
    let name = source.name();
    #[cfg(feature = "arrow")]
    let content = match content {
        Content::Table(typed) => {
            let decoded = typed.decode(options, notes)?;
            return tables(&name, decoded, options).map_err(Stop::into_error);
        }
        content => content,
    };
    let (mut text, is_rows) = Text::of(content);
    let counted = if is_rows { Counted::Rows } else { Counted::Lines };
    let placed = |error: ReadError| ReadError { counted, ..error };
    let layout = layout(&mut text, is_rows.then_some(UNIT), options).map_err(placed)?;
    let mut side_by_side: Vec<&String> = layout.symbols.iter().filter(|symbol| !symbol.is_empty()).collect();
    side_by_side.sort();
    side_by_side.dedup();
    if options.symbol == Symbols::All && side_by_side.len() > 1 {
        let mut all = Vec::new();
        for symbol in side_by_side {
            let one = ReadOptions { symbol: Symbols::One(symbol.clone()), ..options.clone() };
            for table in read_text(&name, &mut text, &layout, &one, counted, &notes).map_err(placed)? {
                all.push(Table { symbol: Some(symbol.clone()), ..table });
            }
        }
        return Ok(all);
    }
    read_text(&name, &mut text, &layout, options, counted, &notes).map_err(placed)
}

/// Why a reading of some columns stopped.
enum Stop {
    Error(ReadError),
    /// What the other columns hold decides.
    OthersDecide,
}

impl From<ReadError> for Stop {
    fn from(error: ReadError) -> Stop {
        Stop::Error(error)
    }
}

impl Stop {
    fn into_error(self) -> ReadError {
        match self {
            Stop::Error(error) => error,
            Stop::OthersDecide => ReadError::new(ErrorKind::Order, "rows of one time differ"),
        }
    }
}

fn read_text(
    name: &str,
    text: &mut Text<'_>,
    layout: &Layouted,
    options: &ReadOptions,
    counted: Counted,
    notes: &[String],
) -> Result<Vec<Table>, ReadError> {
    let mut attempt = |all: bool| -> Result<Vec<Table>, Stop> {
        let roles = Roles::find(layout, options, all)?;
        let pass = Pass::new(layout, &roles, options, counted);
        let passed = settle(&pass, text, all)?;
        let decoded = decode(&pass, passed, notes.to_vec())?;
        tables(name, decoded, options)
    };
    match attempt(options.selection == Selection::All) {
        Err(Stop::OthersDecide) => attempt(true).map_err(Stop::into_error),
        done => done.map_err(Stop::into_error),
    }
}

/// Passes over the rows until all of them show what was supposed.
fn settle<'o>(pass: &Pass<'_, 'o>, text: &mut Text<'_>, all: bool) -> Result<Passed<'o>, Stop> {
    let options = pass.options;
    let count = pass.roles.numbers.len();
    let names = &pass.layout.names;
    let mut supposed =
        Supposed { form: Form::default(), decimals: vec![options.decimal.unwrap_or(Decimal::Point); count] };
    let sample = pass.go(text, &supposed, SAMPLE)?;
    if let Ok(form) = sample.times.form() {
        supposed.form = form;
    }
    if let Ok(decimals) = sample.decimals(options.decimal, Marks::default(), names) {
        supposed.decimals = decimals;
    }
    drop(sample);
    for _ in 0..PASSES {
        let passed = pass.go(text, &supposed, usize::MAX)?;
        let is_open = passed.numbers.iter().any(|column| {
            let marks = column.marks;
            (marks.either_point || marks.either_comma) && !(marks.point || marks.comma)
        });
        if is_open && !all && options.decimal.is_none() {
            return Err(Stop::OthersDecide);
        }
        let form = passed.times.form().map_err(|trouble| place(pass, &passed.lines, trouble))?;
        let decimals = passed.decimals(options.decimal, passed.marks(), names)?;
        if form == supposed.form && decimals == supposed.decimals {
            return Ok(passed);
        }
        supposed = Supposed { form, decimals };
    }
    Err(ReadError::new(
        ErrorKind::Question,
        "the rows are of no one form: time_format= and decimal= say theirs",
    )
    .into())
}

/// A trouble with its line and column.
fn place(pass: &Pass<'_, '_>, lines: &Lines, trouble: Trouble) -> ReadError {
    let kind = if trouble.is_question { ErrorKind::Question } else { ErrorKind::Time };
    let mut error = ReadError::new(kind, trouble.problem);
    error.column = Some(pass.layout.names[pass.roles.time.0].trim().to_owned());
    error.line = trouble.row.map(|row| lines.of(row));
    error.value = trouble.value;
    error.counted = pass.counted;
    error
}

/// A column with what it is read for.
pub(crate) struct Column {
    pub(crate) wanted: Wanted,
    pub(crate) values: Vec<f64>,
    pub(crate) text: Option<TextColumn>,
}

/// A file's rows as times and numbers, in its own order.
pub(crate) struct Decoded {
    pub(crate) told: Told,
    pub(crate) time_column: String,
    pub(crate) closes: Option<Told>,
    pub(crate) columns: Vec<Column>,
    pub(crate) symbols: Option<(Vec<u32>, Vec<String>)>,
    pub(crate) closed: Option<Vec<bool>>,
    pub(crate) lines: Lines,
    pub(crate) counted: Counted,
    pub(crate) skipped: Vec<ReadError>,
    /// Bars have to be checked, since nothing names their columns.
    pub(crate) is_guessed: bool,
    /// There are more columns than those of a bar.
    pub(crate) has_more: bool,
    /// The columns are those of one symbol of several side by side.
    pub(crate) is_chosen: bool,
    pub(crate) notes: Vec<String>,
}

fn decode(pass: &Pass<'_, '_>, passed: Passed<'_>, mut notes: Vec<String>) -> Result<Decoded, ReadError> {
    let (layout, roles, options) = (pass.layout, pass.roles, pass.options);
    if let Some(first) = passed.bad.first
        && !options.skip_bad_rows
    {
        return Err(first);
    }
    let lines = passed.lines;
    if pass.counted == Counted::Lines {
        let mark = match layout.delimiter {
            b'\t' => "tabs",
            b';' => "semicolons",
            b'|' => "bars",
            b' ' => "blanks",
            _ => "commas",
        };
        notes.push(match layout.header {
            Some(line) => format!("cells parted by {mark}, names in line {line}"),
            None => format!("cells parted by {mark}, without names: {}", layout.names.join(" ")),
        });
    }
    notes.extend(roles.notes.iter().cloned());
    if passed.headers > 0 {
        notes.push(format!("{} more headers", passed.headers));
    }
    if passed.numbers.iter().any(|column| column.decimal == Decimal::Comma) {
        notes.push("the comma is decimal".to_owned());
    }
    let mut columns = Vec::new();
    for (wanted, column) in roles.numbers.iter().zip(passed.numbers) {
        if let Some(line) = column.text_in_line {
            if wanted.why == Why::There {
                notes.push(format!("{:?} is no column of numbers (line {line})", layout.names[wanted.at]));
            }
            // What others are compared with keeps its place.
            let values = vec![f64::NAN; column.values.len()];
            columns.push(Column { wanted: Wanted { why: Why::Shown, ..wanted.clone() }, values, text: None });
            continue;
        }
        columns.push(Column { wanted: wanted.clone(), values: column.values, text: column.text });
    }
    let closes = passed
        .closes
        .map(|closes| closes.finish().map_err(|trouble| place(pass, &lines, trouble)))
        .transpose()?;
    let told = passed.times.finish().map_err(|trouble| place(pass, &lines, trouble))?;
    Ok(Decoded {
        told,
        time_column: layout.names[roles.time.0].trim().to_owned(),
        closes,
        columns,
        symbols: passed.symbols,
        closed: passed.closed,
        lines,
        counted: pass.counted,
        skipped: passed.bad.all,
        is_guessed: layout.is_guessed,
        has_more: layout.names.len()
            > layout.names.iter().filter(|name| !name.starts_with("column_")).count(),
        is_chosen: !layout.symbols.is_empty(),
        notes,
    })
}

/// Puts rows in order, by symbol, and turns stamps into opens.
fn tables(name: &str, mut decoded: Decoded, options: &ReadOptions) -> Result<Vec<Table>, Stop> {
    let at_row = |error: ReadError, decoded: &Decoded, row: usize| ReadError {
        line: Some(decoded.lines.of(row)),
        counted: decoded.counted,
        ..error
    };
    if let Symbols::One(told) = &options.symbol
        && let known = decoded.symbols.as_ref().map_or(&[][..], |(_, known)| known)
        && !known.contains(told)
        && !decoded.is_chosen
    {
        return Err(no_symbol(told, known).into());
    }
    if decoded.told.values.is_empty() {
        let skipped = Table { skipped: decoded.skipped, ..Table::default() }.skipped_in_words();
        let skipped = skipped.map(|words| format!("; {words}")).unwrap_or_default();
        return Err(ReadError::new(ErrorKind::NoRows, format!("there are no rows{skipped}")).into());
    }
    if decoded.is_guessed {
        check_bars(&decoded)?;
    }
    twins(&mut decoded, options)?;
    let is_naive = decoded.told.is_naive();
    let zone = options.zone.as_ref();
    let (twice, bad) = decoded.told.turn_to_utc(zone);
    let mut good: Option<Vec<usize>> = None;
    if let Some((row, problem)) = bad.first() {
        let error = ReadError::new(ErrorKind::Time, problem.clone());
        let error = ReadError { column: Some(decoded.time_column.clone()), ..at_row(error, &decoded, *row) };
        if !options.skip_bad_rows {
            return Err(error.into());
        }
        let all = bad
            .iter()
            .map(|(row, problem)| at_row(ReadError::new(ErrorKind::Time, problem.clone()), &decoded, *row));
        let all: Vec<_> = all.collect();
        decoded.skipped.extend(all);
        good = Some(
            (0..decoded.told.values.len())
                .filter(|row| bad.binary_search_by_key(row, |(bad, _)| *bad).is_err())
                .collect(),
        );
    }
    decoded.notes.push(decoded.told.form.clone());
    if is_naive {
        decoded.notes.push(match zone {
            None => "without a zone: UTC".to_owned(),
            Some(zone) => format!("by the clock of {}", name_of(zone)),
        });
    }
    if twice > 0 {
        decoded
            .notes
            .push(format!("{twice} times that the clock shows twice are told apart by the order of rows"));
    }
    if let Some(closes) = &mut decoded.closes {
        let (_, bad) = closes.turn_to_utc(zone);
        if let Some((row, problem)) = bad.first() {
            return Err(at_row(ReadError::new(ErrorKind::Time, problem.clone()), &decoded, *row).into());
        }
    }
    let groups: Vec<(Option<String>, Option<Vec<usize>>)> = match (&decoded.symbols, &options.symbol) {
        (Some((ids, known)), Symbols::Only | Symbols::All) => {
            let mut there: Vec<u32> = ids.clone();
            there.sort_unstable();
            there.dedup();
            let label = |id: u32| known.get(id as usize).cloned();
            match there.as_slice() {
                [only] => vec![(label(*only), good)],
                several if options.symbol == Symbols::All => {
                    let is_good =
                        |row: &usize| good.as_ref().is_none_or(|good| good.binary_search(row).is_ok());
                    let rows =
                        |id: u32| (0..ids.len()).filter(|row| ids[*row] == id).filter(is_good).collect();
                    several.iter().map(|id| (label(*id), Some(rows(*id)))).collect()
                }
                several => {
                    let names: Vec<String> = several.iter().filter_map(|id| label(*id)).collect();
                    return Err(several_symbols(&names).into());
                }
            }
        }
        (Some((ids, known)), Symbols::One(told)) => {
            let is_told = |row: &usize| known[ids[*row] as usize] == *told;
            let all = good.unwrap_or_else(|| (0..ids.len()).collect());
            vec![(Some(told.clone()), Some(all.into_iter().filter(is_told).collect()))]
        }
        (None, Symbols::One(told)) => vec![(Some(told.clone()), good)],
        _ => vec![(None, good)],
    };
    let is_partial = options.selection != Selection::All;
    let mut tables = Vec::with_capacity(groups.len());
    let last = groups.len();
    for (at, (symbol, rows)) in groups.into_iter().enumerate() {
        let times = &decoded.told.values;
        let same = |a: usize, b: usize| {
            let equal = |values: &Vec<f64>| values[a].to_bits() == values[b].to_bits();
            decoded.columns.iter().all(|column| equal(&column.values))
                && decoded.closed.as_ref().is_none_or(|all| all[a] == all[b])
        };
        let arranged = arrange(times, rows, same, options.duplicates, options.is_sorted);
        // Whether rows are the same all their columns say, not only those that are read.
        let has_others = decoded.columns.iter().any(|column| column.wanted.why == Why::Shown);
        let is_touchy = arranged.as_ref().map_or(true, |arranged| arranged.repeated + arranged.replaced > 0);
        if is_partial && is_touchy && !has_others {
            return Err(Stop::OthersDecide);
        }
        let arranged = arranged.map_err(|disorder| {
            let place = |row: usize| format!("{} {}", decoded.counted.word(), decoded.lines.of(row));
            let error = ReadError::new(ErrorKind::Order, disorder.words(times, place));
            ReadError { column: Some(decoded.time_column.clone()), ..at_row(error, &decoded, disorder.row()) }
        })?;
        let table = if at + 1 == last {
            build(name, take(&mut decoded), arranged, symbol, options)
        } else {
            build(name, copy(&decoded), arranged, symbol, options)
        };
        tables.push(table?);
    }
    Ok(tables)
}

/// What tables are made of.
struct Parts {
    times: Vec<i64>,
    closes: Option<Vec<i64>>,
    columns: Vec<(String, Why, Vec<f64>, Option<TextColumn>)>,
    closed: Option<Vec<bool>>,
    lines: Lines,
    skipped: Vec<ReadError>,
    notes: Vec<String>,
}

fn take(decoded: &mut Decoded) -> Parts {
    Parts {
        times: std::mem::take(&mut decoded.told.values),
        closes: decoded.closes.take().map(|closes| closes.values),
        columns: decoded
            .columns
            .drain(..)
            .map(|column| (column.wanted.name, column.wanted.why, column.values, column.text))
            .collect(),
        closed: decoded.closed.take(),
        lines: decoded.lines.clone(),
        skipped: std::mem::take(&mut decoded.skipped),
        notes: decoded.notes.clone(),
    }
}

fn copy(decoded: &Decoded) -> Parts {
    Parts {
        times: decoded.told.values.clone(),
        closes: decoded.closes.as_ref().map(|closes| closes.values.clone()),
        columns: decoded
            .columns
            .iter()
            .map(|column| {
                (
                    column.wanted.name.clone(),
                    column.wanted.why.clone(),
                    column.values.clone(),
                    column.text.clone(),
                )
            })
            .collect(),
        closed: decoded.closed.clone(),
        lines: decoded.lines.clone(),
        skipped: decoded.skipped.clone(),
        notes: decoded.notes.clone(),
    }
}

fn build(
    name: &str,
    parts: Parts,
    arranged: Arranged,
    symbol: Option<String>,
    options: &ReadOptions,
) -> Result<Table, Stop> {
    let Parts { mut times, mut closes, columns, closed, lines, skipped, mut notes } = parts;
    if arranged.is_turned {
        notes.push("newest first, turned round".to_owned());
    }
    if arranged.is_sorted {
        notes.push("sorted by time".to_owned());
    }
    if arranged.repeated > 0 {
        notes.push(format!("{} rows that are there twice, dropped", arranged.repeated));
    }
    if arranged.replaced > 0 {
        notes.push(format!("{} rows of a time that another row has, dropped", arranged.replaced));
    }
    let mut table = Table { symbol, skipped, ..Table::default() };
    let rows = arranged.rows;
    for (name, why, mut values, text) in columns {
        if !matches!(why, Why::Asked | Why::There) {
            continue;
        }
        if let Some(divisor) = options.price_divisor
            && FIELDS[..4].contains(&name.as_str())
        {
            values.iter_mut().for_each(|value| *value /= divisor);
        }
        let values = match &rows {
            Some(rows) => rows.iter().map(|row| values[*row]).collect(),
            None => values,
        };
        if let Some(text) = text {
            table.texts.push(match &rows {
                Some(rows) => {
                    let mut moved = TextColumn::default();
                    rows.iter().for_each(|row| moved.push(text.get(*row)));
                    moved
                }
                None => text,
            });
        }
        table.columns.push((name, values));
    }
    if options.keeps_text {
        table.lines = match &rows {
            Some(rows) => rows.iter().map(|row| lines.of(*row)).collect(),
            None => (0..times.len()).map(|row| lines.of(row)).collect(),
        };
    }
    if let Some(rows) = &rows {
        times = rows.iter().map(|row| times[*row]).collect();
        closes = closes.map(|closes| rows.iter().map(|row| closes[*row]).collect());
    }
    table.closed = closed.map(|all| match &rows {
        Some(rows) => rows.iter().map(|row| all[*row]).collect(),
        None => all,
    });
    if let Some(divisor) = options.price_divisor {
        notes.push(format!("prices divided by {divisor}"));
    }
    if let Some(closes) = &mut closes {
        inclusive_end(closes);
    }
    if options.stamps == Stamps::Close {
        let length = options.timeframe_ns.or_else(|| commonest_step(&times));
        let Some(length) = length.and_then(|length| i64::try_from(length).ok()) else {
            let problem = "the stamps are closes, and how long bars are no spacing of most of them says: timeframe= does";
            return Err(ReadError::new(ErrorKind::Question, problem).into());
        };
        if inclusive_end(&mut times) {
            notes.push("the last moment of a bar is its end".to_owned());
        }
        opens_of(&mut times, length, options.zone.as_ref());
        notes.push("stamped with closes".to_owned());
    }
    let ends = times
        .first()
        .zip(times.last())
        .map(|(first, last)| format!(" from {} to {}", iso(*first), iso(*last)));
    let plural = if times.len() == 1 { "" } else { "s" };
    let of = table.symbol.as_ref().map(|symbol| format!(" of {symbol}")).unwrap_or_default();
    notes.extend(table.skipped_in_words());
    table.taken_for =
        format!("{name}: {} bar{plural}{of}{}; {}", times.len(), ends.unwrap_or_default(), notes.join("; "));
    table.times_ns = times;
    table.closes_ns = closes;
    Ok(table)
}

/// Without names, a low that is above an open says that columns are not what they were taken for.
fn check_bars(decoded: &Decoded) -> Result<(), Stop> {
    let find = |field: &str| {
        decoded.columns.iter().find(|column| column.wanted.name == field).map(|column| &column.values)
    };
    let [Some(open), Some(high), Some(low), Some(close)] = ["open", "high", "low", "close"].map(find) else {
        return Ok(());
    };
    // What lies within a bar, row by row, is a price and no volume.
    let is_price = |volume: &Vec<f64>| {
        let known = (0..volume.len()).filter(|row| !volume[*row].is_nan());
        let mut within =
            known.map(|row| volume[row] * 2.0 >= low[row] && volume[row] <= high[row] * 2.0).peekable();
        within.peek().is_some() && within.all(|is_within| is_within)
    };
    if decoded.has_more && find("volume").is_some_and(is_price) {
        let problem = "the columns have no names, and the one behind the close may be another price, not a volume: columns= names all in order";
        return Err(ReadError::new(ErrorKind::Question, problem).into());
    }
    match (0..open.len()).find(|row| !is_bar(open[*row], high[*row], low[*row], close[*row])) {
        None => Ok(()),
        Some(row) => {
            let problem = format!(
                "the columns have no names, and were taken for open {}, high {}, low {}, close {}, which is no bar: columns= names all in order",
                open[row], high[row], low[row], close[row]
            );
            let mut error = ReadError::new(ErrorKind::Question, problem).at(decoded.lines.of(row));
            error.counted = decoded.counted;
            Err(error.into())
        }
    }
}

/// Of columns of one name: the first where they are the same, the one that holds anything where the others do not.
fn twins(decoded: &mut Decoded, options: &ReadOptions) -> Result<(), Stop> {
    let is_empty = |values: &[f64]| values.iter().all(|x| x.is_nan() || *x == 0.0);
    for at in 0..decoded.columns.len() {
        let Why::Twin(first) = decoded.columns[at].wanted.why else { continue };
        let (named, twin) = (&decoded.columns[first], &decoded.columns[at]);
        let pairs = named.values.iter().zip(&twin.values);
        let differs =
            pairs.into_iter().any(|(a, b)| a.to_bits() != b.to_bits() && !(a.is_nan() && b.is_nan()));
        let field = named.wanted.name.clone();
        if !differs || is_empty(&twin.values) {
            decoded.notes.push(format!("{field} is the first of several columns"));
        } else if is_empty(&named.values) {
            let values = std::mem::take(&mut decoded.columns[at].values);
            let text = decoded.columns[at].text.take();
            decoded
                .notes
                .push(format!("{field} is {}, since others are empty", decoded.columns[at].wanted.name));
            decoded.columns[at].values = vec![f64::NAN; values.len()];
            (decoded.columns[first].values, decoded.columns[first].text) = (values, text);
        } else if named.wanted.why == Why::Asked && options.selection == Selection::All && field == "volume" {
            decoded.notes.retain(|note| !note.starts_with("volume is "));
            decoded.notes.push(format!("which column is {field} columns=volume=NAME says"));
            decoded.columns[first].wanted.why = Why::Shown;
        } else if named.wanted.why == Why::Asked {
            let problem = format!(
                "two columns may be {field}, and differ: columns={field}=NAME, or {field}=column_N by its place, says which is meant"
            );
            return Err(ReadError::new(ErrorKind::Question, problem).into());
        }
    }
    Ok(())
}
