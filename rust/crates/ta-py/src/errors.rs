//! Engine errors as the exceptions of `laakhay.ta.exceptions`: one class each.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyType;
use ta_engine::incremental::contracts::StepError;
use ta_engine::incremental::snapshot::SnapshotError;
use ta_engine::lang::{DiagnosticKind, Diagnostics};
use ta_engine::plan::PlanError;
use ta_engine::rule::{RuleError, RunError};

/// An exception of the package with this message.
fn exception(class: &str, message: String) -> PyErr {
    Python::attach(|py| {
        let class = py.import("laakhay.ta.exceptions").and_then(|module| module.getattr(class));
        match class.and_then(|class| Ok(class.cast_into::<PyType>()?)) {
            Ok(class) => PyErr::from_type(class, message),
            Err(error) => error,
        }
    })
}

/// A text that is no rule.
pub(crate) fn language(diagnostics: &Diagnostics) -> PyErr {
    let class = match diagnostics.kind() {
        DiagnosticKind::Parse => "StrategyError",
        DiagnosticKind::Type => "TypeCheckError",
    };
    exception(class, diagnostics.to_string())
}

/// A rule that is no plan.
pub(crate) fn plan(error: &PlanError) -> PyErr {
    exception("PlanningError", error.to_string())
}

/// Either.
pub(crate) fn rule(error: &RuleError) -> PyErr {
    match error {
        RuleError::Language(diagnostics) => language(diagnostics),
        RuleError::Plan(error) => plan(error),
    }
}

/// A bar that was refused.
pub(crate) fn step(error: &StepError) -> PyErr {
    match error {
        StepError::Order { .. }
        | StepError::Overlap { .. }
        | StepError::Time(_)
        | StepError::Waiting { .. }
        | StepError::Backlog { .. } => exception("OrderError", error.to_string()),
        StepError::MissingInput { .. } => exception("MissingInputError", error.to_string()),
        StepError::Undefined { .. }
        | StepError::Shape { .. }
        | StepError::NoSuchField { .. }
        | StepError::NoSuchStream { .. } => PyValueError::new_err(error.to_string()),
    }
}

/// A history that was refused.
pub(crate) fn run(error: &RunError) -> PyErr {
    match error {
        RunError::Plan(error) => plan(error),
        RunError::Step(error) => step(error),
    }
}

/// Bytes that are no snapshot.
pub(crate) fn snapshot(error: &SnapshotError) -> PyErr {
    exception("SnapshotError", error.to_string())
}
