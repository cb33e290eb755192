//! Sessions for Python.

use std::sync::Arc;

use numpy::{PyArray1, PyArrayMethods};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use ta_engine::incremental::contracts::{Counters, StepValue};
use ta_engine::times::Unit;
use ta_engine::{Bar, Event, Rule, Session};

use crate::convert::{
    FieldKeys, Floats, Snapshot, Times, by_names, options, read_fields, require_closed, snapshot_bytes,
};
use crate::errors;
use crate::exclusive::Exclusive;
use crate::moments::{self, read_time};
use crate::output::PyStepOutput;
use crate::rule::{PyRule, output_arrays, state_arrays};
use crate::signals::Signals;

/// A plan and the state of one symbol; one call at a time works on it.
#[pyclass(name = "Session", module = "laakhay.ta.ta_py", subclass, frozen)]
pub(crate) struct PySession(Exclusive<Stepping>);

/// What a session's calls work on.
struct Stepping {
    session: Session,
    rule: Arc<Rule>,
    keys: Vec<FieldKeys>,
    inputs: Vec<f64>,
    /// What integers count that are given as times.
    unit: Option<Unit>,
}

impl Stepping {
    fn step(&mut self, bar: &Bound<'_, PyAny>) -> PyResult<PyStepOutput> {
        let bar = &by_names(bar, &self.keys)?;
        require_closed(bar)?;
        let time = read_time(bar, self.unit)?;
        read_fields(bar, &self.keys, &mut self.inputs)?;
        let event = Event { time_ns: time.as_ref().map(|(ns, _)| *ns), inputs: &self.inputs };
        let out = self.session.step(&event).map_err(|error| errors::step(&error))?;
        let values = out.values.to_vec();
        Ok(self.result(values, time, true))
    }

    fn restore_from(&mut self, snapshot: &[u8]) -> PyResult<()> {
        self.session = self.rule.restore(snapshot).map_err(|error| errors::snapshot(&error))?;
        Ok(())
    }

    fn result(&self, values: Vec<StepValue>, time: Option<(i64, Py<PyAny>)>, is_final: bool) -> PyStepOutput {
        let (time_ns, given) = time.unzip();
        PyStepOutput::new(values, self.rule.clone(), given, time_ns, is_final)
    }
}

impl PySession {
    /// Goes on from a snapshot through events: all of them are taken, or the session stays as it was.
    pub(crate) fn replay(&self, snapshot: &[u8], events: &[Bound<'_, PyAny>]) -> PyResult<Vec<PyStepOutput>> {
        let mut held = self.0.hold()?;
        let mut restored = held.rule.restore(snapshot).map_err(|error| errors::snapshot(&error))?;
        std::mem::swap(&mut held.session, &mut restored);
        let results: PyResult<Vec<_>> = events.iter().map(|event| held.step(event)).collect();
        if results.is_err() {
            held.session = restored;
        }
        results
    }
}

#[pymethods]
impl PySession {
    /// A session of a rule: one that has seen nothing, or one that goes on from a snapshot.
    #[new]
    #[pyo3(signature = (rule, timeframe_ns=None, missing_input="emit_missing", on_error="raise", instructions="best", snapshot=Snapshot::Absent, unit=None))]
    #[allow(clippy::too_many_arguments)]
    fn start(
        rule: &Bound<'_, PyRule>,
        timeframe_ns: Option<u64>,
        missing_input: &str,
        on_error: &str,
        instructions: &str,
        snapshot: Snapshot<'_>,
        unit: Option<&str>,
    ) -> PyResult<PySession> {
        let py = rule.py();
        let rule = rule.get().rule.clone();
        let session = match snapshot.bytes() {
            Some(snapshot) => rule.restore(snapshot).map_err(|error| errors::snapshot(&error))?,
            None => {
                let options = options(timeframe_ns, missing_input, on_error, instructions)?;
                rule.session(options).map_err(|error| errors::plan(&error))?
            }
        };
        let keys = FieldKeys::of_plan(py, session.plan());
        let inputs = Vec::with_capacity(keys.len());
        Ok(PySession(Exclusive::new(
            "session",
            Stepping { session, rule, keys, inputs, unit: moments::unit(unit)? },
        )))
    }

    /// Takes one closed bar: a `Bar` or a mapping of fields.
    pub(crate) fn step(&self, bar: &Bound<'_, PyAny>) -> PyResult<PyStepOutput> {
        self.0.hold()?.step(bar)
    }

    /// What `step` would give for a forming bar; the state stays as it is.
    fn preview(&self, bar: &Bound<'_, PyAny>) -> PyResult<PyStepOutput> {
        let mut held = self.0.hold()?;
        let held = &mut *held;
        let bar = &by_names(bar, &held.keys)?;
        let time = read_time(bar, held.unit)?;
        read_fields(bar, &held.keys, &mut held.inputs)?;
        let event = Event { time_ns: time.as_ref().map(|(ns, _)| *ns), inputs: &held.inputs };
        let mut values = Vec::new();
        held.session.preview(&event, &mut values).map_err(|error| errors::step(&error))?;
        Ok(held.result(values, time, false))
    }

    /// The fast door of a rule with one output: floats in, its number out; NaN when it is not ready.
    #[pyo3(signature = (time_ns, open, high, low, close, volume))]
    fn step_values(
        &self,
        time_ns: Option<i64>,
        open: f64,
        high: f64,
        low: f64,
        close: f64,
        volume: f64,
    ) -> PyResult<f64> {
        let mut held = self.0.hold()?;
        let bar = Bar { time_ns, open, high, low, close, volume };
        held.session.step_value(&bar).map_err(|error| errors::step(&error))
    }

    /// Takes many bars: one array per field in the order of the rule's `fields`; gives one array per output.
    #[pyo3(signature = (columns, times_ns=None, bars=None, out=None))]
    fn run_columns<'py>(
        &self,
        py: Python<'py>,
        columns: Vec<Bound<'py, PyAny>>,
        times_ns: Option<Bound<'py, PyAny>>,
        bars: Option<usize>,
        out: Option<Vec<Bound<'py, PyAny>>>,
    ) -> PyResult<Vec<Bound<'py, PyArray1<f64>>>> {
        let columns = Floats::borrow(&columns)?;
        let given = Times::borrow(times_ns.as_ref())?;
        let (columns, times) = (columns.slices()?, given.slice()?);
        let length = bar_count(times, &columns, bars)?;
        let mut held = self.0.hold()?;
        let arrays = output_arrays(py, held.session.plan().outputs().len(), length, out)?;
        let mut borrowed = Vec::with_capacity(arrays.len());
        for array in &arrays {
            let array = array.try_readwrite();
            borrowed.push(array.map_err(|_| PyValueError::new_err("out: an array is read-only or in use"))?);
        }
        let mut slices = Vec::with_capacity(borrowed.len());
        for array in &mut borrowed {
            let slice = array.as_slice_mut();
            slices.push(slice.map_err(|_| PyValueError::new_err("out: a contiguous array is needed"))?);
        }
        let session = &mut held.session;
        let mut signals = Signals::new();
        py.detach(|| session.run_watched(times, &columns, &mut slices, &mut signals))
            // A missing time is before every other, so that only a history which is refused can have one behind its first.
            .map_err(|error| given.present().err().unwrap_or_else(|| signals.error(&error, errors::step)))?;
        drop(borrowed);
        Ok(arrays)
    }

    /// `run_columns` that also gives, per output, a uint8 array that says what each value is: an index into
    /// ready, excluded, warming_up, missing_input, error.
    #[pyo3(signature = (columns, times_ns=None, bars=None))]
    #[allow(clippy::type_complexity)]
    fn run_explained<'py>(
        &self,
        py: Python<'py>,
        columns: Vec<Bound<'py, PyAny>>,
        times_ns: Option<Bound<'py, PyAny>>,
        bars: Option<usize>,
    ) -> PyResult<(Vec<Bound<'py, PyArray1<f64>>>, Vec<Bound<'py, PyArray1<u8>>>)> {
        let columns = Floats::borrow(&columns)?;
        let times = Times::borrow(times_ns.as_ref())?;
        let (columns, times) = (columns.slices()?, times.present()?);
        let length = bar_count(times, &columns, bars)?;
        let mut held = self.0.hold()?;
        let outputs = held.session.plan().outputs().len();
        // Python asks for the memory: where there is none that is an error of Python's.
        let values = output_arrays(py, outputs, length, None)?;
        let states = state_arrays(py, outputs, length)?;
        let mut written: Vec<_> = values.iter().map(PyArrayMethods::readwrite).collect();
        let mut states_written: Vec<_> = states.iter().map(PyArrayMethods::readwrite).collect();
        let mut value_slices = Vec::with_capacity(outputs);
        for array in &mut written {
            value_slices.push(array.as_slice_mut()?);
        }
        let mut state_slices = Vec::with_capacity(outputs);
        for array in &mut states_written {
            state_slices.push(array.as_slice_mut()?);
        }
        let session = &mut held.session;
        let mut signals = Signals::new();
        py.detach(|| {
            session.run_explained(times, &columns, &mut value_slices, &mut state_slices, &mut signals)
        })
        .map_err(|error| signals.error(&error, errors::step))?;
        drop((written, states_written));
        Ok((values, states))
    }

    /// The session as bytes: equal sessions give equal bytes.
    pub(crate) fn snapshot<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.0.hold()?.session.snapshot()))
    }

    /// Goes back, or on, to a snapshot of the same rule; where it does not fit the session stays as it is.
    fn restore_from(&self, snapshot: &Bound<'_, PyAny>) -> PyResult<()> {
        let snapshot = snapshot_bytes(snapshot)?;
        self.0.hold()?.restore_from(snapshot.as_bytes())
    }

    /// Bytes of state; does not grow with bars.
    #[getter]
    fn state_bytes(&self) -> PyResult<usize> {
        Ok(self.0.hold()?.session.state_bytes())
    }

    /// What integers count that are given as times: `s`, `ms`, `us` or `ns`; None where they have to be nanoseconds.
    #[getter]
    fn unit(&self) -> PyResult<Option<&'static str>> {
        Ok(self.0.hold()?.unit.map(Unit::name))
    }

    /// True where every output had a value on the last bar, or was left out by a filter.
    #[getter]
    fn ready(&self) -> PyResult<bool> {
        Ok(self.0.hold()?.session.is_ready())
    }

    /// Bars without gaps, the one that makes it ready included, until every output has a value: 0 where it is ready, None
    /// where what the bars hold decides it.
    #[getter]
    fn bars_to_ready(&self) -> PyResult<Option<usize>> {
        Ok(self.0.hold()?.session.bars_to_ready())
    }

    /// The time of the last bar in nanoseconds since 1970 UTC; None where it had none, or before the first.
    #[getter]
    fn last_time_ns(&self) -> PyResult<Option<i64>> {
        Ok(self.0.hold()?.session.last_time_ns())
    }

    /// Bars taken.
    #[getter]
    fn position(&self) -> PyResult<u64> {
        Ok(self.0.hold()?.session.position())
    }

    /// What became of the events: received, applied, duplicate, late, rejected.
    #[getter]
    fn counters<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        counters(py, self.0.hold()?.session.counters())
    }
}

/// Counters by name.
pub(crate) fn counters(py: Python<'_>, c: Counters) -> PyResult<Bound<'_, PyDict>> {
    let counters = PyDict::new(py);
    for (name, count) in [
        ("received", c.received),
        ("applied", c.applied),
        ("duplicate", c.duplicate),
        ("late", c.late),
        ("rejected", c.rejected),
    ] {
        counters.set_item(name, count)?;
    }
    Ok(counters)
}

/// How many bars there are: as many as times, as numbers in a column, or as the caller says.
fn bar_count(times: Option<&[i64]>, columns: &[&[f64]], said: Option<usize>) -> PyResult<usize> {
    let length = times.map(<[i64]>::len).or(columns.first().map(|c| c.len())).or(said);
    length.ok_or_else(|| {
        PyValueError::new_err("a rule that reads no field needs to be told the number of bars")
    })
}
