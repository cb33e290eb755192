//! Bars from CSV: one header row, a time column, numbers.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use csv::StringRecord;

use super::{DataError, Table, read_number};
use crate::times::{self, TimeError, Unit, iso};

/// Names a time column may have.
const TIME_COLUMNS: [&str; 5] = ["timestamp", "time", "date", "datetime", "ts"];

/// What says of a bar that it is closed, in a column `is_closed`; anything else says that it is not.
const CLOSED_WORDS: [&str; 4] = ["true", "1", "yes", "closed"];

/// Most bytes of a row, line ends in quotes included: what is longer is no row of numbers, and may have no end.
const LONGEST_ROW: u64 = 1 << 20;

/// How a file is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct CsvOptions {
    /// Leave out rows that cannot be read, and count them, instead of failing.
    pub skip_bad_rows: bool,
    /// Read when bars closed of a column `close_time`, where there is one.
    pub close_times: bool,
}

/// What is wrong with a cell.
struct BadCell {
    column: usize,
    value: String,
    problem: String,
}

/// Reads these columns of a history, by name in any case; others may hold anything.
///
/// Times are ISO 8601 (without an offset: UTC), dates, or integers: seconds, milliseconds, microseconds or nanoseconds
/// since 1970, whichever makes the first of them a time of 1973 to 2286, and all others then count the same. An empty
/// cell, `nan`, `null` and `none` are missing values. Where there is a column `is_closed`, a bar of which it does not say
/// `true`, `1`, `yes` or `closed` is still forming: its row is no part of a history, and cannot be read.
///
/// # Errors
/// Names file, line, column and value of what cannot be read, of a time that does not rise, and of a column that is
/// not there; of a row longer than a mebibyte, or that cannot be read from the disk, whether bad rows are left out or
/// not.
pub fn read_csv(path: &Path, columns: &[String], options: CsvOptions) -> Result<Table, DataError> {
    let fail =
        |line, problem: String| DataError { file: path.to_owned(), line, column: None, value: None, problem };
    let file = File::open(path).map_err(|error| fail(None, error.to_string()))?;
    let end = Cell::new(LONGEST_ROW);
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(Bounded { file, taken: 0, end: &end });
    let header = reader.headers().map_err(|error| fail(Some(1), error.to_string()))?.clone();
    let close_at = || header.iter().position(|there| there.eq_ignore_ascii_case("close_time"));
    let mut closes = close_at().filter(|_| options.close_times).map(|at| (at, Clock::default()));
    let closed_at = header.iter().position(|there| there.eq_ignore_ascii_case("is_closed"));
    let (time_at, places) = find(&header, columns).map_err(|problem| fail(Some(1), problem))?;
    let mut table = Table {
        columns: columns.iter().map(|name| (name.clone(), Vec::new())).collect(),
        closes_ns: closes.is_some().then(Vec::new),
        ..Table::default()
    };
    let mut record = StringRecord::new();
    let mut row = Vec::new();
    let mut clock = Clock::default();
    loop {
        let line = reader.position().line();
        end.set(reader.position().byte() + LONGEST_ROW);
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            // What the file does not give now it does not give the next time either.
            Err(error) if options.skip_bad_rows && !error.is_io_error() => {
                table.skipped += 1;
                continue;
            }
            Err(error) => return Err(fail(Some(line), error.to_string())),
        }
        let read = check_closed(&record, closed_at).and_then(|()| {
            read_row(&record, (time_at, &mut clock), &places, table.times_ns.last().copied(), &mut row)
        });
        let read = read.and_then(|time_ns| match &mut closes {
            None => Ok((time_ns, None)),
            Some((at, clock)) => {
                let cell = record.get(*at).unwrap_or_default();
                let bad = |problem| BadCell { column: *at, value: cell.to_owned(), problem };
                Ok((time_ns, Some(clock.read(cell).map_err(bad)?)))
            }
        });
        match read {
            Ok((time_ns, close_ns)) => {
                if let (Some(closes), Some(close_ns)) = (&mut table.closes_ns, close_ns) {
                    closes.push(close_ns);
                }
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
                    problem: bad.problem,
                });
            }
        }
    }
    if table.times_ns.is_empty() {
        return Err(fail(None, "there are no rows".to_owned()));
    }
    Ok(table)
}

/// A file of which no more is read than one row may have.
struct Bounded<'a> {
    file: File,
    taken: u64,
    /// Where the row that is read has to be over.
    end: &'a Cell<u64>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.taken > self.end.get() {
            return Err(io::Error::other(format!("the row is longer than {LONGEST_ROW} bytes")));
        }
        let taken = self.file.read(out)?;
        self.taken += taken as u64;
        Ok(taken)
    }
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

/// Refuses a bar that is still forming: its values would be taken for final ones.
fn check_closed(record: &StringRecord, closed_at: Option<usize>) -> Result<(), BadCell> {
    let Some(column) = closed_at else { return Ok(()) };
    let cell = record.get(column).unwrap_or_default();
    if CLOSED_WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word)) {
        return Ok(());
    }
    let words = CLOSED_WORDS.join(", ");
    let problem =
        format!("the bar is not closed ({words} say that one is), and a history is made of closed bars");
    Err(BadCell { column, value: cell.to_owned(), problem })
}

fn read_row(
    record: &StringRecord,
    (time_at, clock): (usize, &mut Clock),
    places: &[usize],
    last_ns: Option<i64>,
    row: &mut Vec<f64>,
) -> Result<i64, BadCell> {
    let cell = |at: usize| record.get(at).unwrap_or_default();
    let bad = |column: usize, problem| BadCell { column, value: cell(column).to_owned(), problem };
    row.clear();
    for at in places {
        row.push(number(cell(*at)).ok_or_else(|| bad(*at, "a number is needed".to_owned()))?);
    }
    let time_ns = clock.read(cell(time_at)).map_err(|problem| bad(time_at, problem))?;
    match last_ns {
        Some(last_ns) if time_ns <= last_ns => {
            Err(bad(time_at, format!("the time is not after that of the row before, {}", iso(last_ns))))
        }
        _ => Ok(time_ns),
    }
}

/// A cell's number; NaN where it says that there is none.
fn number(cell: &str) -> Option<f64> {
    if cell.is_empty() || ["null", "none"].iter().any(|none| cell.eq_ignore_ascii_case(none)) {
        return Some(f64::NAN);
    }
    read_number(cell)
}

/// What the integers of a time column count, once one has been read.
#[derive(Default)]
struct Clock(Option<Unit>);

impl Clock {
    /// A cell's time in nanoseconds since 1970 UTC, or what is wrong with it.
    fn read(&mut self, cell: &str) -> Result<i64, String> {
        let Ok(whole) = cell.parse::<i64>() else {
            return times::parse_iso(cell).map_err(|error| match error {
                TimeError::Text(_) => "a time is needed".to_owned(),
                error => error.to_string(),
            });
        };
        let accepted =
            "ISO 8601 is needed, or seconds, milliseconds, microseconds or nanoseconds since 1970 UTC";
        if let Some(written) = times::written_date(whole) {
            return Err(format!("the digits may be a date, and then {written} is to be written; {accepted}"));
        }
        let Some(unit) = Unit::likely(whole.unsigned_abs()) else {
            return Err(format!("no count since 1970 UTC makes this a time of 1973 to 2286; {accepted}"));
        };
        match *self.0.get_or_insert(unit) {
            first if first != unit => Err(format!(
                "by its size the time counts {}, where those before count {}",
                unit.words(),
                first.words()
            )),
            _ => times::from_integer(whole, Some(unit)).map_err(|error: TimeError| error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, skip_bad_rows: bool) -> Result<Table, DataError> {
        let name = format!("ta-csv-{}-{:?}.csv", std::process::id(), std::thread::current().id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, text).expect("the temporary directory can be written to");
        let table = read_csv(&path, &["close".to_owned()], CsvOptions { skip_bad_rows, close_times: true });
        std::fs::remove_file(&path).expect("the file is there");
        table
    }

    #[test]
    fn times_are_read_in_every_form() {
        let day = 951_868_800_000_000_000;
        for form in [
            "2000-03-01T00:00:00Z",
            "2000-03-01",
            "2000-03-01 00:00:00",
            "2000-02-29T19:00:00-05:00",
            "951868800",
            "951868800000",
            "951868800000000",
            "951868800000000000",
        ] {
            assert_eq!(Clock::default().read(form), Ok(day), "{form}");
        }
    }

    #[test]
    fn what_may_be_no_count_since_1970_is_refused_with_its_line() {
        for (cell, said) in [
            ("first of March", "a time is needed"),
            ("20240102", "2024-01-02T00:00:00 is to be written"),
            ("202401020930", "2024-01-02T09:30:00 is to be written"),
            ("20240102093000", "2024-01-02T09:30:00 is to be written"),
            ("93000", "no count since 1970 UTC makes this a time"),
            ("45293", "no count since 1970 UTC makes this a time"),
            ("45293.5", "a time is needed"),
            ("0", "no count since 1970 UTC"),
            ("2024-01-02T09:30[America/New_York]", "write the offset"),
            ("2024-01-02T09:30-05:00[America/New_York]", "write the offset"),
            ("2263-01-01", "does not fit int64 nanoseconds"),
        ] {
            let error = read(&format!("timestamp,close\n{cell},1\n"), false).unwrap_err();
            assert_eq!((error.line, error.column.as_deref()), (Some(2), Some("timestamp")), "{error}");
            assert!(error.to_string().contains(said), "{error}");
        }
    }

    #[test]
    fn all_integers_of_a_file_count_the_same() {
        let table = read("ts,close\n951868800,1\n951868860,2\n2000-03-01T00:02Z,3\n", false).unwrap();
        assert_eq!(table.timeframe_ns(), Some(60_000_000_000));
        let error = read("ts,close\n951868800,1\n951868860000,2\n", false).unwrap_err();
        assert!(
            error.to_string().contains("counts milliseconds, where those before count seconds"),
            "{error}"
        );
        let error = read("ts,close\n951868860,1\n951868800,2\n", false).unwrap_err();
        assert!(
            error.to_string().contains("not after that of the row before, 2000-03-01T00:01:00Z"),
            "{error}"
        );
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

    #[test]
    fn a_forming_bar_is_no_part_of_a_history() {
        let closed = |words: [&str; 3]| {
            let rows = words.iter().zip(1..).map(|(word, day)| format!("2000-01-0{day},{day},{word}\n"));
            format!("time,close,Is_Closed\n{}", rows.collect::<String>())
        };
        let all = read(&closed(["true", "TRUE", "1"]), false).unwrap();
        assert_eq!(all.column("close"), Some(&[1.0, 2.0, 3.0][..]));
        assert!(read(&closed(["yes", "Closed", " true "]), false).is_ok());
        for word in ["false", "0", "no", "open", "", "perhaps"] {
            let error = read(&closed(["true", "true", word]), false).unwrap_err();
            assert_eq!((error.line, error.column.as_deref()), (Some(4), Some("Is_Closed")), "{error}");
            assert_eq!(error.value.as_deref(), Some(word));
            assert!(error.problem.contains("the bar is not closed"), "{error}");
            let rest = read(&closed(["true", word, "true"]), true).unwrap();
            assert_eq!((rest.skipped, rest.column("close")), (1, Some(&[1.0, 3.0][..])), "{word}");
        }
        let none = "time,close\n2000-01-01,1\n";
        assert!(read(none, false).is_ok(), "without the column all bars are closed");
    }

    #[test]
    fn a_row_without_end_is_an_error_that_names_its_line() {
        let long = |x: &str| x.repeat(LONGEST_ROW as usize + 20_000);
        let days = "time,close\n2000-01-01,1\n2000-01-02,2\n";
        for (text, line) in [
            (format!("{days}{}", long("7")), 4),
            (format!("{days}2000-01-03,{}\n2000-01-04,4\n", long("7")), 4),
            // A quote that nobody closes, over many lines.
            (format!("{days}2000-01-03,\"{}", long("7\n")), 4),
            (format!("{days}{}", long("\"\n\",")), 4),
            (format!("time,close,{}", long("x")), 1),
        ] {
            for skip_bad_rows in [false, true] {
                let error = read(&text, skip_bad_rows).unwrap_err();
                assert_eq!(error.line, Some(line), "{error}");
                assert!(error.problem.contains("the row is longer than 1048576 bytes"), "{error}");
            }
        }
        let cell = " ".repeat(LONGEST_ROW as usize - 12);
        let rows: String = (1..=4).map(|day| format!("2000-01-0{day},{cell}{day}\n")).collect();
        let table = read(&format!("time,close\n{rows}"), false).unwrap();
        assert_eq!(table.column("close"), Some(&[1.0, 2.0, 3.0, 4.0][..]), "the length is that of a row");
    }

    /// Nothing is waited for that has no end.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_without_end_is_an_error() {
        for skip_bad_rows in [false, true] {
            let options = CsvOptions { skip_bad_rows, ..CsvOptions::default() };
            let error = read_csv(Path::new("/dev/zero"), &["close".to_owned()], options).unwrap_err();
            assert!(error.to_string().contains("line 1: the row is longer than"), "{error}");
        }
    }

    #[test]
    fn what_says_that_there_is_none_is_missing_and_no_infinity() {
        let rows = ["NaN", "null", "None", "", " 1.5 "].iter().zip(1..);
        let rows: String = rows.map(|(cell, day)| format!("2000-01-0{day},{cell}\n")).collect();
        let table = read(&format!("time,close\n{rows}"), false).unwrap();
        let close = table.column("close").unwrap();
        assert!(close[..4].iter().all(|x| x.is_nan()) && close[4] == 1.5, "{close:?}");
        for cell in ["inf", "1e999", "true", "1_000"] {
            let error = read(&format!("time,close\n2000-01-01,{cell}\n"), false).unwrap_err();
            assert!(error.to_string().contains("a number is needed"), "{error}");
        }
    }
}
