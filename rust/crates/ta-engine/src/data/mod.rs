//! Histories from files: columns by name, with times.

mod csv;
mod number;

use std::fmt;
use std::path::PathBuf;

use thiserror::Error;

use crate::plan::Plan;
use crate::times;

pub use self::csv::{CsvOptions, read_csv};
pub use self::number::read_number;

/// Columns of one symbol's history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Times in nanoseconds since 1970 UTC, as the file stamps its bars; strictly rising.
    pub times_ns: Vec<i64>,
    /// When the bars closed, where the file was asked for it and says it in a column `close_time`.
    pub closes_ns: Option<Vec<i64>>,
    /// Names and numbers; NaN where a cell is empty.
    pub columns: Vec<(String, Vec<f64>)>,
    /// Rows that were left out because they could not be read.
    pub skipped: usize,
}

impl Table {
    /// The column of this name, in any case.
    pub fn column(&self, name: &str) -> Option<&[f64]> {
        self.columns.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, column)| column.as_slice())
    }

    /// The columns that a plan reads, in its order.
    ///
    /// # Errors
    /// [`MissingColumn`] names the first that is not there and those that are.
    pub fn columns_for(&self, plan: &Plan) -> Result<Vec<&[f64]>, MissingColumn> {
        (0..plan.fields().len())
            .map(|slot| {
                let name = plan.describe(slot);
                self.column(&name).ok_or_else(|| MissingColumn {
                    name,
                    there: self.columns.iter().map(|(name, _)| name.clone()).collect(),
                })
            })
            .collect()
    }

    /// The commonest distance of neighbouring times, when more than half of all have it.
    pub fn timeframe_ns(&self) -> Option<u64> {
        times::commonest_step(&self.times_ns)
    }
}

/// A plan reads what the data does not have.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("the rule reads `{name}`; the data has {}", there.join(", "))]
pub struct MissingColumn {
    /// What is read.
    pub name: String,
    /// What there is.
    pub there: Vec<String>,
}

/// A file that cannot be read.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub struct DataError {
    /// The file.
    pub file: PathBuf,
    /// The line, the header being 1.
    pub line: Option<u64>,
    /// The column's name.
    pub column: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column `{column}`")?;
        }
        write!(f, ": {}", self.problem)?;
        match &self.value {
            Some(value) => write!(f, ": {value:?}"),
            None => Ok(()),
        }
    }
}
