//! `ta run`: a rule over files.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ta_bars::Table;
use ta_engine::incremental::contracts::Policies;
use ta_engine::plan::Output;
use ta_engine::times::{self, TimeError};
use ta_engine::{Options, Rule};

use crate::bars::Wanted;
use crate::joined::Joined;
use crate::output::{check_apart, write_whole};
use crate::universe::Together;
use crate::{Failure, Format, Input, RunArguments, compile, print, timeframe_ns};

/// From a day's first nanosecond to its last.
const LAST_OF_DAY: i64 = 24 * 3_600 * 1_000_000_000 - 1;
/// Rows of a table that are shown at each end of a long one.
const SHOWN: usize = 10;

/// One file's result.
struct Evaluated {
    symbol: String,
    times_ns: Vec<i64>,
    columns: Vec<Vec<f64>>,
}

/// Reads what a rule needs of a file, by symbol, and finds its timeframe.
pub(crate) fn read(rule: &Rule, file: &Path, input: &Input) -> Result<Vec<(Table, Options)>, Failure> {
    let plan = rule.plan();
    let columns: Vec<_> = (0..plan.fields().len()).map(|slot| plan.describe(slot)).collect();
    let told = timeframe_ns(input.timeframe.as_deref())?;
    let policies = input.policies()?;
    let options = |table: &Table| {
        let timeframe_ns = told.or_else(|| table.timeframe_ns().filter(|_| plan.needs_timeframe()));
        Options { timeframe_ns, policies, ..Options::default() }
    };
    let tables = input.tables(file, &columns, Wanted::Opens)?;
    Ok(tables
        .into_iter()
        .map(|table| {
            let options = options(&table);
            (table, options)
        })
        .collect())
}

pub(crate) fn run(arguments: &RunArguments) -> Result<(), Failure> {
    let rule = compile(&arguments.input.rule)?;
    let range = (
        bound("--from", arguments.from.as_deref(), 0)?,
        bound("--to", arguments.to.as_deref(), LAST_OF_DAY)?,
    );
    if let (Some(from), Some(to)) = range
        && from > to
    {
        return Err(Failure::Usage(format!("--from {} is after --to {}", stamp(from), stamp(to))));
    }
    let policies = arguments.input.policies()?;
    if let Some(output) = &arguments.output {
        check_apart(output, &arguments.input.sources()?)?;
    }
    let symbols = symbols(&arguments.input.files)?;
    let mut results = Vec::with_capacity(arguments.input.files.len());
    if arguments.input.streams.are_meant(&rule) {
        results.push(join(&rule, &arguments.input, policies, range)?);
    } else if rule.plan().needs_universe() {
        let together = Together::read(&rule, &arguments.input, &symbols)?;
        for (one, columns) in together.all.iter().zip(together.run(&rule)?) {
            let mut result = Evaluated::of(&one.file, &one.table.times_ns, &columns, range);
            result.symbol = one.symbol.clone();
            results.push(result);
        }
    } else {
        for (file, symbol) in arguments.input.files.iter().zip(&symbols) {
            let tables = read(&rule, file, &arguments.input)?;
            let is_one = tables.len() == 1;
            for (table, options) in tables {
                let mut result = evaluate(&rule, file, &table, options, range)?;
                result.symbol = table.symbol.filter(|_| !is_one).unwrap_or_else(|| symbol.clone());
                results.push(result);
            }
        }
    }
    let format = arguments.format.unwrap_or(match &arguments.output {
        None => Format::Table,
        Some(path) if path.extension().is_some_and(|e| e == "json" || e == "jsonl") => Format::Json,
        Some(_) => Format::Csv,
    });
    let outputs = rule.plan().outputs();
    let text = match format {
        Format::Table => table_text(outputs, &results),
        Format::Csv => csv_text(outputs, &results),
        Format::Json => json_text(outputs, &results),
    };
    match &arguments.output {
        None => print(&text),
        Some(path) => {
            write_whole(path, &text)
                .map_err(|error| Failure::Data(format!("{}: {error}", path.display())))?;
            let rows: usize = results.iter().map(|r| r.times_ns.len()).sum();
            print(&format!("wrote {rows} rows to {}\n", path.display()))
        }
    }
}

/// What the files' symbols are called: like the files, and where two are called the same, by their paths.
pub(crate) fn symbols(files: &[PathBuf]) -> Result<Vec<String>, Failure> {
    let stem =
        |file: &Path| file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    for (at, file) in files.iter().enumerate() {
        if files[..at].contains(file) {
            return Err(Failure::Usage(format!("{} is given twice", file.display())));
        }
    }
    let stems: Vec<String> = files.iter().map(|file| stem(file)).collect();
    let is_alone = |name: &String| stems.iter().filter(|other| *other == name).count() == 1;
    let names = files.iter().zip(&stems);
    Ok(names
        .map(|(file, stem)| if is_alone(stem) { stem.clone() } else { file.display().to_string() })
        .collect())
}

/// A date or time as nanoseconds; a date means its first or last nanosecond, or the last that there is.
fn bound(option: &str, text: Option<&str>, into_the_day_ns: i64) -> Result<Option<i64>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let refused = |why: &dyn std::fmt::Display| Failure::Usage(format!("{option} {text}: {why}"));
    match times::parse(text, None) {
        // The last day that there is ends before midnight.
        Ok(start_ns) if times::is_date(text) => Ok(Some(start_ns.saturating_add(into_the_day_ns))),
        Ok(time_ns) => Ok(Some(time_ns)),
        Err(TimeError::UnitNeeded(digits)) => Err(match times::written_date(digits) {
            Some(date) => refused(&format!("if the digits are a date, {} is to be written", date.date())),
            None => refused(
                &"an integer whose unit nobody can tell; a date or a time, 2012-01-31 or 2012-01-31T09:30Z, is needed",
            ),
        }),
        Err(error) => Err(refused(&error)),
    }
}

fn evaluate(
    rule: &Rule,
    file: &Path,
    table: &Table,
    options: Options,
    (from, to): (Option<i64>, Option<i64>),
) -> Result<Evaluated, Failure> {
    let said = |error: String| Failure::Data(format!("{}: {error}", file.display()));
    let columns = table.columns_for(rule.plan()).map_err(|error| said(error.to_string()))?;
    let columns =
        rule.run(Some(&table.times_ns), &columns, options).map_err(|error| said(error.to_string()))?;
    Ok(Evaluated::of(file, &table.times_ns, &columns, (from, to)))
}

/// Evaluates a rule over the streams of several files.
fn join(
    rule: &Rule,
    input: &Input,
    policies: Policies,
    range: (Option<i64>, Option<i64>),
) -> Result<Evaluated, Failure> {
    let joined = Joined::read(rule, input)?;
    let said = |error: &dyn std::fmt::Display| Failure::Data(error.to_string());
    let mut session = rule
        .joined_session(joined.joining.clone(), policies, Default::default())
        .map_err(|error| said(&error))?;
    let streams = joined.columns()?;
    let closes = session.row_times(&streams).map_err(|error| said(&error))?;
    let mut columns = vec![vec![0.0; closes.len()]; rule.plan().outputs().len()];
    let mut slices: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
    session.run(&streams, &mut slices).map_err(|error| said(&error))?;
    let stamps = session.row_stamps(&streams, &closes);
    Ok(Evaluated::of(&input.files[0], &stamps, &columns, range))
}

impl Evaluated {
    /// The rows of a range.
    fn of(
        file: &Path,
        times_ns: &[i64],
        columns: &[Vec<f64>],
        (from, to): (Option<i64>, Option<i64>),
    ) -> Evaluated {
        let first = from.map_or(0, |from| times_ns.partition_point(|t| *t < from));
        let last = to.map_or(times_ns.len(), |to| times_ns.partition_point(|t| *t <= to)).max(first);
        Evaluated {
            symbol: file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
            times_ns: times_ns[first..last].to_vec(),
            columns: columns.iter().map(|column| column[first..last].to_vec()).collect(),
        }
    }
}

fn stamp(time_ns: i64) -> String {
    times::iso(time_ns).to_string()
}

/// A value as text; empty where it is not ready.
fn cell(output: &Output, x: f64) -> String {
    match (x.is_nan(), output.is_bool) {
        (true, _) => String::new(),
        (false, true) => (x != 0.0).to_string(),
        (false, false) => x.to_string(),
    }
}

fn header(outputs: &[Output], results: &[Evaluated]) -> Vec<String> {
    let symbol = (results.len() > 1).then(|| "symbol".to_owned());
    let names = outputs.iter().map(|o| o.name.clone());
    symbol.into_iter().chain(["timestamp".to_owned()]).chain(names).collect()
}

fn rows<'a>(outputs: &'a [Output], results: &'a [Evaluated]) -> impl Iterator<Item = Vec<String>> + 'a {
    let several = results.len() > 1;
    results.iter().flat_map(move |result| {
        (0..result.times_ns.len()).map(move |row| {
            let symbol = several.then(|| result.symbol.clone());
            let values =
                outputs.iter().zip(&result.columns).map(|(output, column)| cell(output, column[row]));
            symbol.into_iter().chain([stamp(result.times_ns[row])]).chain(values).collect()
        })
    })
}

/// A cell as CSV has it: in quotes where it holds what would end it.
fn quoted(cell: String) -> String {
    let is_plain = !cell.contains(['"', ',', '\n', '\r']) && cell.trim() == cell;
    if is_plain { cell } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

fn csv_text(outputs: &[Output], results: &[Evaluated]) -> String {
    let line = |cells: Vec<String>| cells.into_iter().map(quoted).collect::<Vec<_>>().join(",");
    let mut text = line(header(outputs, results));
    for row in rows(outputs, results) {
        text.push('\n');
        text.push_str(&line(row));
    }
    text.push('\n');
    text
}

fn json_text(outputs: &[Output], results: &[Evaluated]) -> String {
    use serde_json::{Map, Value};
    let mut text = String::new();
    for result in results {
        for (row, time_ns) in result.times_ns.iter().enumerate() {
            let mut object = Map::new();
            if results.len() > 1 {
                object.insert("symbol".to_owned(), result.symbol.clone().into());
            }
            object.insert("timestamp".to_owned(), stamp(*time_ns).into());
            for (output, column) in outputs.iter().zip(&result.columns) {
                let x = column[row];
                let value = match (x.is_nan(), output.is_bool) {
                    (true, _) => Value::Null,
                    (false, true) => Value::Bool(x != 0.0),
                    (false, false) => x.into(),
                };
                object.insert(output.name.clone(), value);
            }
            text.push_str(&Value::Object(object).to_string());
            text.push('\n');
        }
    }
    text
}

fn table_text(outputs: &[Output], results: &[Evaluated]) -> String {
    let mut text = String::new();
    for result in results {
        let header = header(outputs, results);
        let skip = usize::from(results.len() > 1);
        let row = |row: usize| {
            let values =
                outputs.iter().zip(&result.columns).map(|(output, column)| cell(output, column[row]));
            std::iter::once(stamp(result.times_ns[row])).chain(values).collect::<Vec<String>>()
        };
        let count = result.times_ns.len();
        let shown: Vec<Vec<String>> = if count <= 2 * SHOWN {
            (0..count).map(row).collect()
        } else {
            let gap = vec!["...".to_owned(); 1 + outputs.len()];
            (0..SHOWN).map(row).chain([gap]).chain((count - SHOWN..count).map(row)).collect()
        };
        let header = &header[skip..];
        let widths: Vec<usize> = (0..header.len())
            .map(|at| shown.iter().map(|row| row[at].len()).fold(header[at].len(), usize::max))
            .collect();
        if results.len() > 1 {
            let _ = writeln!(text, "{}", result.symbol);
        }
        for row in std::iter::once(header.to_vec()).chain(shown) {
            let cells: Vec<_> =
                row.iter().zip(&widths).map(|(cell, width)| format!("{cell:>width$}")).collect();
            let _ = writeln!(text, "{}", cells.join("  "));
        }
        text.push_str(&summary(outputs, result));
    }
    text
}

/// One line per output: how many values are ready, how many of them true or between what numbers.
fn summary(outputs: &[Output], result: &Evaluated) -> String {
    let mut text = String::new();
    for (output, column) in outputs.iter().zip(&result.columns) {
        let ready: Vec<f64> = column.iter().copied().filter(|x| !x.is_nan()).collect();
        let more = if ready.is_empty() {
            let _ = writeln!(text, "{}: {} bars, none ready", output.name, column.len());
            continue;
        } else if output.is_bool {
            format!("{} true", ready.iter().filter(|x| **x != 0.0).count())
        } else {
            let least = ready.iter().copied().fold(f64::INFINITY, f64::min);
            let greatest = ready.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            format!("from {least} to {greatest}")
        };
        let _ = writeln!(text, "{}: {} bars, {} ready, {more}", output.name, column.len(), ready.len());
    }
    text
}
