//! Bars from CSV: one header row, a time column, numbers.

use std::path::Path;

use csv::StringRecord;
use jiff::civil;
use jiff::tz::TimeZone;

use super::{DataError, Table};

/// Names a time column may have.
const TIME_COLUMNS: [&str; 5] = ["timestamp", "time", "date", "datetime", "ts"];

/// How a file is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct CsvOptions {
    /// Leave out rows that cannot be read, and count them, instead of failing.
    pub skip_bad_rows: bool,
}

/// What is wrong with a cell.
struct BadCell {
    column: usize,
    value: String,
    problem: &'static str,
}

/// Reads these columns of a history, by name in any case; others may hold anything.
///
/// Times are ISO 8601 (without a zone: UTC), dates, or whole seconds, milliseconds, microseconds or nanoseconds since
/// 1970. An empty cell, `nan`, `null` and `none` are missing values.
///
/// # Errors
/// Names file, line, column and value of what cannot be read, of a time that does not rise, and of a column that is
/// not there.
pub fn read_csv(path: &Path, columns: &[String], options: CsvOptions) -> Result<Table, DataError> {
    let fail =
        |line, problem: String| DataError { file: path.to_owned(), line, column: None, value: None, problem };
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_path(path)
        .map_err(|error| fail(None, error.to_string()))?;
    let header = reader.headers().map_err(|error| fail(None, error.to_string()))?.clone();
    let (time_at, places) = find(&header, columns).map_err(|problem| fail(Some(1), problem))?;
    let mut table = Table {
        columns: columns.iter().map(|name| (name.clone(), Vec::new())).collect(),
        ..Table::default()
    };
    let mut record = StringRecord::new();
    let mut row = Vec::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(_) if options.skip_bad_rows => {
                table.skipped += 1;
                continue;
            }
            Err(error) => return Err(fail(Some(line), error.to_string())),
        }
        match read_row(&record, time_at, &places, table.times_ns.last().copied(), &mut row) {
            Ok(time_ns) => {
                table.times_ns.push(time_ns);
                for ((_, column), x) in table.columns.iter_mut().zip(&row) {
                    column.push(*x);
                }
            }
            Err(_) if options.skip_bad_rows => table.skipped += 1,
            Err(bad) => {
                return Err(DataError {
                    file: path.to_owned(),
                    line: Some(record.position().map_or(line, csv::Position::line)),
                    column: header.get(bad.column).map(str::to_owned),
                    value: Some(bad.value),
                    problem: bad.problem.to_owned(),
                });
            }
        }
    }
    if table.times_ns.is_empty() {
        return Err(fail(None, "there are no rows".to_owned()));
    }
    Ok(table)
}

/// Where the time and each column stand.
fn find(header: &StringRecord, columns: &[String]) -> Result<(usize, Vec<usize>), String> {
    let place = |name: &str| header.iter().position(|there| there.eq_ignore_ascii_case(name));
    let time_at = TIME_COLUMNS
        .iter()
        .find_map(|name| place(name))
        .ok_or_else(|| format!("a time column is needed: one of {}", TIME_COLUMNS.join(", ")))?;
    let places = columns.iter().map(|name| {
        let there = || header.iter().collect::<Vec<_>>().join(", ");
        place(name).ok_or_else(|| format!("the rule reads `{name}`; the data has {}", there()))
    });
    Ok((time_at, places.collect::<Result<_, _>>()?))
}

fn read_row(
    record: &StringRecord,
    time_at: usize,
    places: &[usize],
    last_ns: Option<i64>,
    row: &mut Vec<f64>,
) -> Result<i64, BadCell> {
    let cell = |at: usize| record.get(at).unwrap_or_default();
    let bad = |column: usize, problem| BadCell { column, value: cell(column).to_owned(), problem };
    row.clear();
    for at in places {
        row.push(number(cell(*at)).ok_or_else(|| bad(*at, "a number is needed"))?);
    }
    let time_ns = time(cell(time_at)).ok_or_else(|| bad(time_at, "a time is needed"))?;
    match last_ns {
        Some(last_ns) if time_ns <= last_ns => {
            Err(bad(time_at, "the time is not after that of the row before"))
        }
        _ => Ok(time_ns),
    }
}

/// A cell's number; NaN where it says that there is none.
fn number(cell: &str) -> Option<f64> {
    if cell.is_empty() || ["nan", "null", "none"].iter().any(|none| cell.eq_ignore_ascii_case(none)) {
        return Some(f64::NAN);
    }
    cell.parse().ok().filter(|x: &f64| x.is_finite())
}

/// A cell's time in nanoseconds since 1970 UTC.
fn time(cell: &str) -> Option<i64> {
    if let Ok(whole) = cell.parse::<i64>() {
        let unit = match whole.unsigned_abs() {
            0..10_000_000_000 => 1_000_000_000,
            10_000_000_000..10_000_000_000_000 => 1_000_000,
            10_000_000_000_000..10_000_000_000_000_000 => 1_000,
            _ => 1,
        };
        return whole.checked_mul(unit);
    }
    let stamp = match cell.parse::<jiff::Timestamp>() {
        Ok(stamp) => stamp,
        Err(_) => cell.parse::<civil::DateTime>().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp(),
    };
    stamp.as_nanosecond().try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, skip_bad_rows: bool) -> Result<Table, DataError> {
        let name = format!("ta-csv-{}-{:?}.csv", std::process::id(), std::thread::current().id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, text).expect("the temporary directory can be written to");
        let table = read_csv(&path, &["close".to_owned()], CsvOptions { skip_bad_rows });
        std::fs::remove_file(&path).expect("the file is there");
        table
    }

    #[test]
    fn times_are_read_in_every_form() {
        let day = 951_868_800_000_000_000;
        for form in ["2000-03-01T00:00:00Z", "2000-03-01", "2000-03-01 00:00:00", "951868800", "951868800000"]
        {
            assert_eq!(time(form), Some(day), "{form}");
        }
        assert_eq!(time("first of March"), None);
    }

    #[test]
    fn a_bad_cell_is_named_by_line_column_and_value() {
        let error = read("timestamp,close\n2000-01-01,1\n2000-01-02,1x\n", false).unwrap_err();
        assert_eq!(
            (error.line, error.column.as_deref(), error.value.as_deref()),
            (Some(3), Some("close"), Some("1x"))
        );
        assert!(error.to_string().contains("line 3, column `close`: a number is needed: \"1x\""), "{error}");
    }

    #[test]
    fn bad_rows_can_be_left_out_and_are_counted() {
        let text = "timestamp,symbol,close\n2000-01-01,A,1\n2000-01-02,A,1x\n2000-01-01,A,2\n2000-01-03,A,\n";
        let table = read(text, true).unwrap();
        assert_eq!((table.skipped, table.times_ns.len()), (2, 2));
        assert!(table.column("CLOSE").unwrap()[1].is_nan() && table.column("symbol").is_none());
        assert!(
            read("timestamp,close\n2000-01-01,1x\n", false).is_err(),
            "the first row is read like any other"
        );
        let error = read("timestamp,open\n2000-01-01,1\n", false).unwrap_err();
        assert!(error.problem.contains("`close`; the data has timestamp, open"), "{error}");
        let error = read(text.replace("1x", "1").as_str(), false).unwrap_err();
        assert!(error.problem.contains("not after"), "{error}");
    }
}
