//! Tables of typed columns: Parquet and Arrow files.

use std::io::Cursor;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrowPrimitiveType, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::clock::{Form, Times, Told};
use crate::error::{Counted, ErrorKind, ReadError};
use crate::header::Layouted;
use crate::numbers::{self, Decimal};
use crate::options::ReadOptions;
use crate::pass::{Lines, TextColumn};
use crate::reader::{Column, Decoded};
use crate::roles::{Roles, Why};
use crate::zone::shown;

/// Rows that are looked at for what columns are.
const LOOKED_AT: usize = 40;
const DAY: i64 = 86_400_000_000_000;

/// A table's columns.
pub(crate) struct Typed {
    names: Vec<String>,
    columns: Vec<Values>,
    kind: &'static str,
}

enum Values {
    Numbers(Vec<f64>),
    Whole(Vec<Option<i64>>),
    /// Nanoseconds: in UTC, or by a clock.
    Times {
        values: Vec<Option<i64>>,
        is_naive: bool,
    },
    Texts(Vec<Option<String>>),
    /// What says nothing here, such as lists.
    Other(usize),
}

/// Reads a Parquet or an Arrow file.
pub(crate) fn read(bytes: Vec<u8>) -> Result<Typed, String> {
    let damaged = |error: &dyn std::fmt::Display| format!("the file cannot be read: {error}");
    let (kind, batches): (_, Vec<RecordBatch>) = if bytes.starts_with(b"PAR1") {
        let reader = ParquetRecordBatchReaderBuilder::try_new(::bytes::Bytes::from(bytes))
            .map_err(|error| damaged(&error))?;
        let batches = reader.build().map_err(|error| damaged(&error))?;
        ("Parquet", batches.collect::<Result<_, _>>().map_err(|error| damaged(&error))?)
    } else if bytes.starts_with(b"ARROW1") {
        let reader = arrow_ipc::reader::FileReader::try_new(Cursor::new(bytes), None)
            .map_err(|error| damaged(&error))?;
        ("Arrow", reader.collect::<Result<_, _>>().map_err(|error| damaged(&error))?)
    } else {
        let reader = arrow_ipc::reader::StreamReader::try_new(Cursor::new(bytes), None)
            .map_err(|error| damaged(&error))?;
        ("Arrow", reader.collect::<Result<_, _>>().map_err(|error| damaged(&error))?)
    };
    let Some(first) = batches.first() else { return Err("there are no rows".to_owned()) };
    // An index without a name has this one.
    let name = |name: &String| if name.starts_with("__index_level_") { String::new() } else { name.clone() };
    let names = first.schema().fields().iter().map(|field| name(field.name())).collect();
    let columns = (0..first.num_columns()).map(|at| {
        let arrays: Vec<_> = batches.iter().map(|batch| Arc::clone(batch.column(at))).collect();
        values(&arrays)
    });
    Ok(Typed { names, columns: columns.collect(), kind })
}

fn values(arrays: &[Arc<dyn Array>]) -> Values {
    macro_rules! numbers {
        ($type:ty, $turn:expr) => {
            Values::Numbers(each::<$type, f64>(arrays, |x| x.map_or(f64::NAN, $turn)))
        };
    }
    macro_rules! whole {
        ($type:ty) => {
            Values::Whole(each::<$type, _>(arrays, |x| x.and_then(|x| i64::try_from(x).ok())))
        };
    }
    macro_rules! times {
        ($type:ty, $length:expr, $naive:expr) => {
            Values::Times {
                values: each::<$type, _>(arrays, |x| x.and_then(|x| i64::from(x).checked_mul($length))),
                is_naive: $naive,
            }
        };
    }
    let finite = |x: f64| if x.is_finite() { x } else { f64::NAN };
    match arrays[0].data_type() {
        DataType::Float16 => numbers!(Float16Type, |x| finite(x.to_f64())),
        DataType::Float32 => numbers!(Float32Type, |x| finite(f64::from(x))),
        DataType::Float64 => numbers!(Float64Type, finite),
        DataType::Int8 => whole!(Int8Type),
        DataType::Int16 => whole!(Int16Type),
        DataType::Int32 => whole!(Int32Type),
        DataType::Int64 => whole!(Int64Type),
        DataType::UInt8 => whole!(UInt8Type),
        DataType::UInt16 => whole!(UInt16Type),
        DataType::UInt32 => whole!(UInt32Type),
        DataType::UInt64 => whole!(UInt64Type),
        // As text, so that it is rounded once.
        DataType::Decimal128(_, scale) => {
            let scale = -i32::from(*scale);
            numbers!(Decimal128Type, |x| format!("{x}e{scale}").parse().unwrap_or(f64::NAN))
        }
        DataType::Timestamp(unit, zone) => {
            let naive = zone.is_none();
            match unit {
                TimeUnit::Second => times!(TimestampSecondType, 1_000_000_000, naive),
                TimeUnit::Millisecond => times!(TimestampMillisecondType, 1_000_000, naive),
                TimeUnit::Microsecond => times!(TimestampMicrosecondType, 1_000, naive),
                TimeUnit::Nanosecond => times!(TimestampNanosecondType, 1, naive),
            }
        }
        DataType::Date32 => times!(Date32Type, DAY, true),
        DataType::Date64 => times!(Date64Type, 1_000_000, true),
        _ => {
            let texts: Option<Vec<Vec<Option<String>>>> = arrays.iter().map(texts).collect();
            match texts {
                Some(texts) => Values::Texts(texts.into_iter().flatten().collect()),
                None => Values::Other(arrays.iter().map(|array| array.len()).sum()),
            }
        }
    }
}

fn each<T: ArrowPrimitiveType, R>(
    arrays: &[Arc<dyn Array>],
    turn: impl Fn(Option<T::Native>) -> R,
) -> Vec<R> {
    arrays.iter().flat_map(|array| array.as_primitive::<T>().iter()).map(turn).collect()
}

fn texts(array: &Arc<dyn Array>) -> Option<Vec<Option<String>>> {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Some(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().iter().map(owned).collect(),
        DataType::LargeUtf8 => array.as_string::<i64>().iter().map(owned).collect(),
        DataType::Utf8View => array.as_string_view().iter().map(owned).collect(),
        DataType::Boolean => {
            array.as_boolean().iter().map(|truth| truth.map(|truth| truth.to_string())).collect()
        }
        DataType::Dictionary(_, _) => {
            let dictionary = array.as_any_dictionary();
            let words = texts(dictionary.values())?;
            let keys = dictionary.normalized_keys();
            let word = |row: usize| {
                if dictionary.is_null(row) { None } else { words.get(keys[row]).cloned().flatten() }
            };
            (0..array.len()).map(word).collect()
        }
        _ => return None,
    })
}

impl Values {
    fn len(&self) -> usize {
        match self {
            Values::Numbers(all) => all.len(),
            Values::Whole(all) | Values::Times { values: all, .. } => all.len(),
            Values::Texts(all) => all.len(),
            Values::Other(length) => *length,
        }
    }

    /// A value as a file of text would have it.
    fn text(&self, row: usize) -> String {
        match self {
            Values::Numbers(all) if all[row].is_nan() => String::new(),
            Values::Numbers(all) => all[row].to_string(),
            Values::Whole(all) => all[row].map(|x| x.to_string()).unwrap_or_default(),
            Values::Times { values, is_naive } => values[row]
                .map(|x| if *is_naive { shown(x) } else { format!("{}Z", shown(x)) })
                .unwrap_or_default(),
            Values::Texts(all) => all[row].clone().unwrap_or_default(),
            Values::Other(_) => "{...}".to_owned(),
        }
    }
}

impl Typed {
    /// The rows as times and numbers.
    pub(crate) fn decode(self, options: &ReadOptions, mut notes: Vec<String>) -> Result<Decoded, ReadError> {
        let rows = self.columns.first().map_or(0, Values::len);
        let sample = (0..rows.min(LOOKED_AT))
            .map(|row| self.columns.iter().map(|column| column.text(row)).collect())
            .collect();
        let is_time = |at: &usize| matches!(self.columns[*at], Values::Times { .. });
        let timed = (0..self.columns.len()).filter(is_time).collect();
        let layout = Layouted { names: self.names, header: Some(1), sample, timed, ..Layouted::default() };
        let unplaced = |error: ReadError| ReadError { line: None, ..error };
        let roles = Roles::find(&layout, options, true).map_err(unplaced)?;
        notes.push(self.kind.to_owned());
        notes.extend(roles.notes.iter().cloned());
        let mut lines = Lines::default();
        (0..rows).for_each(|row| lines.push(row, row as u64 + 1));
        let failed = |kind: ErrorKind, row: Option<usize>, at: usize, problem: String| {
            let mut error = ReadError::new(kind, problem);
            error.line = row.map(|row| row as u64 + 1);
            error.counted = Counted::Rows;
            error.cell(layout.names[at].clone(), row.map_or(String::new(), |row| self.columns[at].text(row)))
        };
        let time = |at: usize, of_day: Option<usize>| -> Result<Told, ReadError> {
            if let (Values::Times { values, is_naive }, None) = (&self.columns[at], of_day) {
                if let Some(row) = values.iter().position(Option::is_none) {
                    return Err(failed(
                        ErrorKind::Time,
                        Some(row),
                        at,
                        "there is no time that fits int64 nanoseconds".to_owned(),
                    ));
                }
                return Ok(Told::of(
                    values.iter().flatten().copied().collect(),
                    *is_naive,
                    "times of their own type".to_owned(),
                ));
            }
            let mut form = Form::default();
            loop {
                let mut times = Times::new(options, form);
                let mut first = None;
                for row in 0..rows {
                    let mut cell = self.columns[at].text(row);
                    if let Some(of_day) = of_day {
                        cell = format!("{cell} {}", self.columns[of_day].text(row));
                    }
                    if let Err(problem) = times.push(cell.as_bytes(), row as u64 + 1) {
                        first.get_or_insert((row, problem));
                    }
                }
                let trouble = |trouble: crate::clock::Trouble| {
                    let kind = if trouble.is_question { ErrorKind::Question } else { ErrorKind::Time };
                    failed(kind, trouble.row, at, trouble.problem)
                };
                let shown = times.form().map_err(trouble)?;
                if shown == form {
                    return match first {
                        Some((row, problem)) => Err(failed(ErrorKind::Time, Some(row), at, problem)),
                        None => times.finish().map_err(trouble),
                    };
                }
                form = shown;
            }
        };
        let told = time(roles.time.0, roles.time.1)?;
        let closes = roles.close_time.filter(|_| options.close_times).map(|at| time(at, None)).transpose()?;
        let mut columns = Vec::new();
        let mut scratch = String::new();
        for wanted in &roles.numbers {
            let mut wanted = wanted.clone();
            let values = match &self.columns[wanted.at] {
                Values::Numbers(all) => all.clone(),
                Values::Whole(all) => all.iter().map(|x| x.map_or(f64::NAN, |x| x as f64)).collect(),
                _ => {
                    let mut values = Vec::with_capacity(rows);
                    for row in 0..rows {
                        let text = self.columns[wanted.at].text(row);
                        let value = numbers::value(
                            text.as_bytes(),
                            options.decimal.unwrap_or(Decimal::Point),
                            &mut scratch,
                        );
                        if value.is_none() && wanted.why == Why::Asked {
                            return Err(failed(
                                ErrorKind::Number,
                                Some(row),
                                wanted.at,
                                "a number is needed".to_owned(),
                            ));
                        }
                        if value.is_none() && wanted.why == Why::There {
                            wanted.why = Why::Shown;
                        }
                        values.push(value.unwrap_or(f64::NAN));
                    }
                    values
                }
            };
            let text = options.keeps_text.then(|| {
                let mut text = TextColumn::default();
                (0..rows).for_each(|row| text.push(&self.columns[wanted.at].text(row)));
                text
            });
            columns.push(Column { wanted, values, text });
        }
        let closed = match roles.closed {
            None => None,
            Some(at) => {
                let is_closed: Vec<bool> = (0..rows)
                    .map(|row| {
                        ["true", "1", "yes", "closed"]
                            .contains(&self.columns[at].text(row).to_lowercase().as_str())
                    })
                    .collect();
                if let Some(row) = is_closed.iter().position(|closed| !closed)
                    && !options.reads_forming
                {
                    let problem = "the bar is not closed, and a history is made of closed bars".to_owned();
                    return Err(failed(ErrorKind::Forming, Some(row), at, problem));
                }
                options.reads_forming.then_some(is_closed)
            }
        };
        let symbols = roles.symbol.map(|at| {
            let mut known: Vec<String> = Vec::new();
            let ids = (0..rows).map(|row| {
                let name = self.columns[at].text(row);
                let at = known.iter().position(|one| *one == name).unwrap_or_else(|| {
                    known.push(name);
                    known.len() - 1
                });
                u32::try_from(at).unwrap_or(u32::MAX)
            });
            (ids.collect(), known)
        });
        Ok(Decoded {
            told,
            time_column: layout.names[roles.time.0].clone(),
            closes,
            columns,
            symbols,
            closed,
            lines,
            counted: Counted::Rows,
            skipped: Vec::new(),
            is_guessed: false,
            has_more: false,
            is_chosen: false,
            notes,
        })
    }
}
