//! Columns of one symbol's history.

use thiserror::Error;

use ta_engine::plan::Plan;
use ta_engine::times;

use crate::error::ReadError;
use crate::pass::TextColumn;

/// Columns of one symbol's history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The symbol, where the file names it.
    pub symbol: Option<String>,
    /// Times in nanoseconds since 1970 UTC; strictly rising. Opens of bars, also where the file is stamped with closes.
    pub times_ns: Vec<i64>,
    /// When the bars closed, where the file was asked for it and says it in a column `close_time`.
    pub closes_ns: Option<Vec<i64>>,
    /// Names and numbers; NaN where there is none.
    pub columns: Vec<(String, Vec<f64>)>,
    /// Per column the numbers as they are written, where they were asked for.
    pub texts: Vec<TextColumn>,
    /// Per bar its line, where texts were asked for.
    pub lines: Vec<u64>,
    /// Per bar whether it is closed, where the file says it and bars that are not were asked for.
    pub closed: Option<Vec<bool>>,
    /// Rows that were left out because they could not be read.
    pub skipped: Vec<ReadError>,
    /// What the file was taken for, in one line.
    pub taken_for: String,
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

    /// The rows that were left out, by what is wrong with them; none where all were read.
    pub fn skipped_in_words(&self) -> Option<String> {
        let mut kinds: Vec<(&str, usize, &ReadError)> = Vec::new();
        for error in &self.skipped {
            match kinds.iter_mut().find(|(kind, ..)| *kind == error.kind.of_row()) {
                Some((_, count, _)) => *count += 1,
                None => kinds.push((error.kind.of_row(), 1, error)),
            }
        }
        let line = |error: &ReadError| {
            error.line.map_or(String::new(), |line| format!(", first in {} {line}", error.counted.word()))
        };
        let kinds: Vec<_> =
            kinds.iter().map(|(kind, count, first)| format!("{count} {kind}{}", line(first))).collect();
        let rows = if self.skipped.len() == 1 { "row" } else { "rows" };
        (!kinds.is_empty()).then(|| format!("left out {} {rows}: {}", self.skipped.len(), kinds.join("; ")))
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
