//! The Python module `laakhay.ta.ta_py`: rules, sessions and universes of the engine, numbers in and out without copies.
//!
//! It knows no indicator by name and does no arithmetic. Classes here are wrapped by the package `laakhay.ta`.

mod bars;
mod convert;
mod errors;
mod exclusive;
mod functions;
mod joined;
mod language;
mod moments;
mod numbers;
mod output;
mod rule;
mod session;
mod signals;
mod universe;

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use output::PyStepOutput;
use session::PySession;

/// A session for a rule: `incremental_initialize(plan)`.
///
/// `plan` is an expression or the plan of one, `timeframe` the length of its bars; without one durations count bars of
/// an hour each.
#[pyfunction]
#[pyo3(signature = (plan, timeframe=None))]
fn incremental_initialize<'py>(
    plan: &Bound<'py, PyAny>,
    timeframe: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    plan.py().import("laakhay.ta.rules.rule")?.call_method1("session_of_plan", (plan, timeframe))
}

/// Takes one bar: `incremental_step(session, tick)`.
#[pyfunction]
fn incremental_step(
    session: &Bound<'_, PySession>,
    tick: &Bound<'_, PyAny>,
) -> PyResult<Option<PyStepOutput>> {
    session.get().step(tick)
}

/// The session as bytes: `incremental_snapshot(session)`.
#[pyfunction]
fn incremental_snapshot<'py>(session: &Bound<'py, PySession>) -> PyResult<Bound<'py, PyBytes>> {
    session.get().snapshot(session.py())
}

/// Goes on from a snapshot: `incremental_replay(session, snapshot, events)` gives one result per event.
///
/// `snapshot` is bytes of any kind, `events` any iterable. A snapshot that does not fit, or an event that is refused,
/// leaves the session as it was.
#[pyfunction]
fn incremental_replay(
    session: &Bound<'_, PySession>,
    snapshot: &Bound<'_, PyAny>,
    events: &Bound<'_, PyAny>,
) -> PyResult<Vec<PyStepOutput>> {
    let snapshot = convert::snapshot_bytes(snapshot)?;
    let events = events.try_iter()?.collect::<PyResult<Vec<_>>>()?;
    session.get().replay(snapshot.as_bytes(), &events)
}

/// What a snapshot is of, as text: `inspect(snapshot)`; raises SnapshotError for other bytes.
#[pyfunction]
fn inspect(snapshot: &Bound<'_, PyAny>) -> PyResult<String> {
    let snapshot = convert::snapshot_bytes(snapshot)?;
    let told = ta_engine::incremental::snapshot::inspect(snapshot.as_bytes());
    told.map(|told| told.to_string()).map_err(|error| errors::snapshot(&error))
}

/// Runs the `ta` command with these arguments (the program's name first) and gives its exit code.
#[pyfunction]
fn command_line(py: Python<'_>, arguments: Vec<std::ffi::OsString>) -> i32 {
    py.detach(|| ta_cli::main(arguments))
}

#[pymodule]
fn ta_py(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<rule::PyRule>()?;
    module.add_class::<PySession>()?;
    module.add_class::<joined::PyJoinedSession>()?;
    module.add_class::<PyStepOutput>()?;
    module.add_class::<bars::NumberTexts>()?;
    module.add_class::<universe::PyUniverse>()?;
    module.add_function(wrap_pyfunction!(incremental_initialize, module)?)?;
    module.add_function(wrap_pyfunction!(incremental_step, module)?)?;
    module.add_function(wrap_pyfunction!(incremental_snapshot, module)?)?;
    module.add_function(wrap_pyfunction!(incremental_replay, module)?)?;
    module.add_function(wrap_pyfunction!(inspect, module)?)?;
    module.add_function(wrap_pyfunction!(command_line, module)?)?;
    module.add_function(wrap_pyfunction!(numbers::numbers, module)?)?;
    module.add_function(wrap_pyfunction!(numbers::read_one, module)?)?;
    module.add_function(wrap_pyfunction!(moments::read_time_ns, module)?)?;
    module.add_function(wrap_pyfunction!(moments::times_ns, module)?)?;
    module.add_function(wrap_pyfunction!(moments::commonest_step, module)?)?;
    module.add_function(wrap_pyfunction!(bars::read_bars, module)?)?;
    module.add_function(wrap_pyfunction!(moments::unit_in_file, module)?)?;
    module.add_function(wrap_pyfunction!(moments::closes_ns, module)?)?;
    module.add_function(wrap_pyfunction!(moments::nominal_ns, module)?)?;
    functions::register(module)?;
    language::register(module)
}
