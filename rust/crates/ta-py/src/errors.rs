//! Engine errors as the exceptions of `laakhay.ta.exceptions`: one class each.

use pyo3::exceptions::{PyKeyboardInterrupt, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyTuple, PyType};
use ta_engine::closing::CloseError;
use ta_engine::incremental::contracts::StepError;
use ta_engine::incremental::live::LiveError;
use ta_engine::incremental::snapshot::SnapshotError;
use ta_engine::lang::{Diagnostic, DiagnosticKind, Diagnostics, Location};
use ta_engine::plan::PlanError;
use ta_engine::rule::{RuleError, RunError};

use crate::functions;

/// A class of the package's errors.
fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyType>> {
    Ok(py.import("laakhay.ta.exceptions")?.getattr(name)?.cast_into::<PyType>()?)
}

/// An exception of the package with this message.
fn exception(name: &str, message: String) -> PyErr {
    Python::attach(|py| match class(py, name) {
        Ok(class) => PyErr::from_type(class, message),
        Err(error) => error,
    })
}

/// A text that is no rule.
pub(crate) fn language(diagnostics: &Diagnostics) -> PyErr {
    let name = match diagnostics.kind() {
        DiagnosticKind::Parse => "StrategyError",
        DiagnosticKind::Type => "TypeCheckError",
    };
    let raised = Python::attach(|py| {
        let listed =
            diagnostics.iter().map(|one| listed(py, diagnostics, one)).collect::<PyResult<Vec<_>>>()?;
        Ok::<_, PyErr>(PyErr::from_type(
            class(py, name)?,
            (diagnostics.to_string(), PyTuple::new(py, listed)?.unbind()),
        ))
    });
    raised.unwrap_or_else(|error| error)
}

/// A problem as the package's `Diagnostic`.
fn listed<'py>(py: Python<'py>, all: &Diagnostics, one: &Diagnostic) -> PyResult<Bound<'py, PyAny>> {
    let place = one.span.and_then(|span| all.locate(span)).map(|place| located(&place));
    let calls = one.span.map(|span| all.calls(span)).unwrap_or_default();
    let calls: Vec<_> = calls.iter().map(|(place, name)| ((*name).to_owned(), located(place))).collect();
    let label = (!one.label.is_empty()).then_some(one.label.as_str());
    class(py, "Diagnostic")?.call1((
        one.code.name(),
        one.message.as_str(),
        place,
        label,
        one.help.as_deref(),
        calls,
    ))
}

/// Name of the text, first letter and the one behind the last, line and column from 1. Python counts letters.
fn located(place: &Location<'_>) -> (String, usize, usize, usize, usize) {
    let before = &place.text[..place.bytes.start];
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let letters = |text: &str| text.chars().count();
    (
        place.name.to_owned(),
        letters(before),
        letters(&place.text[..place.bytes.end]),
        before.matches('\n').count() + 1,
        letters(&before[line..]) + 1,
    )
}

/// A rule that is no plan.
pub(crate) fn plan(error: &PlanError) -> PyErr {
    let made = exception("PlanningError", error.to_string());
    if let PlanError::Function { why, .. } = error {
        return caused(functions::raised(why), made);
    }
    made
}

/// A function that failed.
fn function(why: &str, message: String) -> PyErr {
    caused(functions::raised(why), exception("FunctionError", message))
}

/// An error with what was raised before it; what ends a program is raised as it is.
fn caused(cause: Option<PyErr>, error: PyErr) -> PyErr {
    Python::attach(|py| match cause {
        Some(cause) if functions::ends_program(py, &cause) => cause,
        cause => {
            error.set_cause(py, cause);
            error
        }
    })
}

/// A session that is fed live and cannot be had.
pub(crate) fn live(error: &LiveError) -> PyErr {
    match error {
        LiveError::Plan(error) => plan(error),
        other => PyValueError::new_err(other.to_string()),
    }
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
        | StepError::Corrected { .. }
        | StepError::Passed { .. }
        | StepError::Overlap { .. }
        | StepError::Closer { .. }
        | StepError::Time(_)
        | StepError::Waiting { .. }
        | StepError::Backlog { .. } => exception("OrderError", error.to_string()),
        StepError::BeyondKept { .. } | StepError::NoSuchBar { .. } => {
            exception("OrderError", error.to_string())
        }
        StepError::Impossible { .. } | StepError::Unclosed { .. } => data(error.to_string()),
        StepError::Interrupted => PyKeyboardInterrupt::new_err(error.to_string()),
        StepError::Function { why, .. } => function(why, error.to_string()),
        StepError::MissingInput { .. } => exception("MissingInputError", error.to_string()),
        StepError::Close(error) => close(error),
        StepError::Undefined { .. }
        | StepError::NoTimeframe
        | StepError::Reset { .. }
        | StepError::SeveralOutputs { .. }
        | StepError::Shape { .. }
        | StepError::NoSuchField { .. }
        | StepError::NoSuchStream { .. } => PyValueError::new_err(error.to_string()),
    }
}

/// A bar of which it is not known when it closes.
pub(crate) fn close(error: &CloseError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// A history that was refused.
pub(crate) fn run(error: &RunError) -> PyErr {
    match error {
        RunError::Plan(error) => plan(error),
        RunError::Step(error) => step(error),
    }
}

/// A value that cannot be read.
pub(crate) fn data(message: String) -> PyErr {
    exception("DataError", message)
}

/// A file that cannot be read: problem; file, line, column and value; and of which kind it is.
pub(crate) fn file(
    py: Python<'_>,
    problem: &str,
    place: (&str, Option<u64>, Option<&str>, Option<&str>),
    kind: &str,
) -> PyErr {
    let (file, line, column, value) = place;
    let made = class(py, "DataError")
        .and_then(|class| class.call1((problem, file, line, column, value)))
        .and_then(|error| error.setattr("kind", kind).map(|()| error));
    made.map_or_else(|error| error, |error| PyErr::from_value(error))
}

/// A bar that lacks all that is read of it.
pub(crate) fn missing_data(message: String) -> PyErr {
    exception("MissingDataError", message)
}

/// The same exception with its place in front.
pub(crate) fn with_place(py: Python<'_>, place: &str, error: &PyErr) -> PyErr {
    let placed = PyErr::from_type(error.get_type(py), format!("{place}: {}", error.value(py)));
    placed.set_cause(py, error.cause(py));
    placed
}

/// Something that a call works on already.
pub(crate) fn busy(what: &str) -> PyErr {
    exception(
        "SessionBusyError",
        format!("the {what} is at work in another call; it takes one call at a time"),
    )
}

/// Bytes that are no snapshot.
pub(crate) fn snapshot(error: &SnapshotError) -> PyErr {
    exception("SnapshotError", error.to_string())
}
