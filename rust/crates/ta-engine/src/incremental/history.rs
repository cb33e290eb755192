//! What is refused of bars that come as columns, before any of them is taken: one check for histories of one symbol, of many
//! symbols and of streams.

use super::contracts::{MissingInput, Policies, StepError};
use super::ordering::{admit_column, check_spacing};
use crate::plan::Plan;

/// Columns as a caller gives them, and what they are called to whom they do not fit.
pub(super) struct Columns<'a> {
    pub(super) columns: &'a [&'a [f64]],
    /// How long each should be.
    pub(super) rows: usize,
    pub(super) words: Words,
    /// Bars are as long as they are said to be, whatever they look like.
    pub(super) trusts_lengths: bool,
}

/// What is counted.
#[derive(Clone, Copy)]
pub(super) struct Words {
    columns: &'static str,
    rows: &'static str,
    rows_of_output: &'static str,
}

impl Words {
    /// Of one symbol.
    pub(super) const COLUMNS: Words =
        Words { columns: "columns", rows: "rows of a column", rows_of_output: "rows of an output" };
    /// Of many symbols.
    pub(super) const FIELDS: Words =
        Words { columns: "fields", rows: "numbers of a field", rows_of_output: "numbers of an output" };
}

impl Columns<'_> {
    /// Refuses columns and outputs that are not as many or not as long as they should be.
    pub(super) fn check_shape(&self, plan: &Plan, outputs: &[&mut [f64]]) -> Result<(), StepError> {
        check_count(self.words.columns, self.columns.len(), plan.fields.len())?;
        check_count("outputs", outputs.len(), plan.outputs.len())?;
        for column in self.columns {
            check_count(self.words.rows, column.len(), self.rows)?;
        }
        for output in outputs {
            check_count(self.words.rows_of_output, output.len(), self.rows)?;
        }
        Ok(())
    }

    /// Refuses what cannot be taken behind the last bar, or not under these policies.
    pub(super) fn check(
        &self,
        plan: &Plan,
        policies: Policies,
        last_time: Option<Option<i64>>,
        times_ns: Option<&[i64]>,
        outputs: &[&mut [f64]],
    ) -> Result<(), StepError> {
        check_defined(plan)?;
        self.check_shape(plan, outputs)?;
        self.check_bars(plan, last_time, times_ns)?;
        for (slot, column) in self.columns.iter().enumerate() {
            check_missing(policies, column, || plan.describe(slot))?;
        }
        Ok(())
    }

    /// Refuses times that do not rise from the last bar on, that are lacking, or that do not fit the length of a bar.
    pub(super) fn check_bars(
        &self,
        plan: &Plan,
        last_time: Option<Option<i64>>,
        times_ns: Option<&[i64]>,
    ) -> Result<(), StepError> {
        admit_column(last_time, times_ns)?;
        check_times(plan, last_time.flatten(), times_ns)?;
        if !self.trusts_lengths {
            plan.check_lengths(times_ns.unwrap_or_default())?;
        }
        Ok(())
    }
}

/// Refuses more or fewer than are needed.
pub(super) fn check_count(what: &'static str, given: usize, needed: usize) -> Result<(), StepError> {
    if given == needed { Ok(()) } else { Err(StepError::Shape { what, given, needed }) }
}

/// Refuses a rule of which a constant part is undefined.
pub(super) fn check_defined(plan: &Plan) -> Result<(), StepError> {
    match &plan.undefined {
        Some(part) => Err(StepError::Undefined { part: part.clone() }),
        None => Ok(()),
    }
}

/// A rule with durations needs to know when its bars are, and that they are not closer together than they say they are.
pub(super) fn check_times(
    plan: &Plan,
    last_ns: Option<i64>,
    times_ns: Option<&[i64]>,
) -> Result<(), StepError> {
    let Some(times_ns) = times_ns else {
        return match plan.time_slot() {
            Some(_) => Err(StepError::Time("the rule has durations: every bar needs a time")),
            None => Ok(()),
        };
    };
    match plan.spacing() {
        Some(spacing) => check_spacing(last_ns, times_ns, spacing),
        None => Ok(()),
    }
}

/// Refuses a column with a missing value where the policy is to fail.
pub(super) fn check_missing(
    policies: Policies,
    column: &[f64],
    name: impl FnOnce() -> String,
) -> Result<(), StepError> {
    if policies.missing_input != MissingInput::Fail {
        return Ok(());
    }
    match column.iter().position(|x| !x.is_finite()) {
        Some(row) => Err(StepError::MissingInput { field: name(), row: Some(row) }),
        None => Ok(()),
    }
}
