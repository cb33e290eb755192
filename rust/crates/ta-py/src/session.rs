//! Sessions for Python.

use std::collections::VecDeque;
use std::sync::Arc;

use numpy::{PyArray1, PyArrayMethods};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};
use ta_engine::incremental::contracts::{Availability, Counters, StepOutput, StepValue};
use ta_engine::incremental::live::{
    Bars, Closed, Corrected, Emit, Kind, Late, LiveEvent, LivePolicies, LiveSession, Outcome, Record,
    Reorder, Sequence, Stamp,
};
use ta_engine::incremental::why::{Part, WhyOutput};
use ta_engine::times::{self, Unit};
use ta_engine::{Bar, Event, Rule};

use crate::convert::{
    FieldKeys, Floats, Snapshot, Times, by_names, options, read_fields, require_closed, says_closed,
    snapshot_bytes,
};
use crate::errors;
use crate::exclusive::Exclusive;
use crate::moments::{self, read_time};
use crate::numbers::number;
use crate::output::{PyStepOutput, Standing};
use crate::rule::{PyRule, output_arrays, state_arrays};
use crate::signals::Signals;

/// A plan and the state of one symbol; one call at a time works on it.
#[pyclass(name = "Session", module = "laakhay.ta.ta_py", subclass, frozen)]
pub(crate) struct PySession(Exclusive<Stepping>);

/// What a session's calls work on.
struct Stepping {
    session: LiveSession,
    rule: Arc<Rule>,
    keys: Vec<FieldKeys>,
    inputs: Vec<f64>,
    /// What integers count that are given as times.
    unit: Option<Unit>,
    /// What became of the last events that gave nothing, or of which something was noticed.
    records: VecDeque<Record>,
}

/// Most records that are kept: what they are about is counted for ever.
const MOST_RECORDS: usize = 1_000;

impl Stepping {
    fn step(&mut self, bar: &Bound<'_, PyAny>) -> PyResult<Option<PyStepOutput>> {
        let bar = &by_names(bar, &self.keys)?;
        require_closed(bar)?;
        let time = read_time(bar, self.unit)?;
        read_fields(bar, &self.keys, &mut self.inputs)?;
        let event = Event { time_ns: time.as_ref().map(|(ns, _)| *ns), inputs: &self.inputs };
        let out = self.session.step(&event).map_err(|error| errors::step(&error))?;
        let found = out.map(|out| (out.values.to_vec(), Standing::of(&out)));
        self.note_records();
        Ok(found.map(|(values, standing)| self.result(values, time, standing)))
    }

    fn restore_from(&mut self, snapshot: &[u8]) -> PyResult<()> {
        self.session = self.rule.restore_live(snapshot).map_err(|error| errors::snapshot(&error))?;
        Ok(())
    }

    fn result(
        &self,
        values: Vec<StepValue>,
        time: Option<(i64, Py<PyAny>)>,
        standing: Standing,
    ) -> PyStepOutput {
        let (time_ns, given) = time.unzip();
        PyStepOutput::new(values, self.rule.clone(), given, time_ns, standing)
    }

    fn note_records(&mut self) {
        for record in self.session.last_applied().records.iter().cloned() {
            if self.records.len() == MOST_RECORDS {
                self.records.pop_front();
            }
            self.records.push_back(record);
        }
    }

    /// Takes an event and gives its rows: that of a bar which was given with its time as it was given, others with a time of
    /// that kind.
    fn apply(
        &mut self,
        event: impl FnOnce(&[f64]) -> LiveEvent<'_>,
        given: &Bound<'_, PyAny>,
        is_of_bar: bool,
    ) -> PyResult<Vec<PyStepOutput>> {
        let inputs = std::mem::take(&mut self.inputs);
        let event = event(&inputs);
        let time_ns = event.time_ns;
        let applied = self.session.apply(&event).map(|_| ()).map_err(|error| errors::step(&error));
        self.inputs = inputs;
        self.note_records();
        applied?;
        self.rows(given, is_of_bar.then_some(time_ns))
    }

    /// The rows that the last call gave.
    fn rows(&self, given: &Bound<'_, PyAny>, given_ns: Option<i64>) -> PyResult<Vec<PyStepOutput>> {
        let py = given.py();
        let is_whole = given.extract::<i64>().is_ok();
        let row = |out: StepOutput<'_>| {
            let time_ns = out.time_ns.expect("live bars have times");
            let whole = self.unit.map_or(Some(time_ns), |unit| unit.count(time_ns)).filter(|_| is_whole);
            let time = match whole {
                _ if given_ns == Some(time_ns) => given.clone(),
                Some(whole) => whole.into_pyobject(py)?.into_any(),
                None => moments::stamp(py, time_ns)?,
            };
            let time = Some((time_ns, time.unbind()));
            Ok(self.result(out.values.to_vec(), time, Standing::of(&out)))
        };
        self.session.last_applied().outputs().map(row).collect()
    }

    /// A bar's time, read into the fields' numbers.
    fn read_bar<'py>(&mut self, bar: &Bound<'py, PyAny>) -> PyResult<(i64, Bound<'py, PyAny>)> {
        let Some((time_ns, given)) = read_time(bar, self.unit)? else {
            return Err(PyValueError::new_err("a bar that is fed live needs a timestamp"));
        };
        read_fields(bar, &self.keys, &mut self.inputs)?;
        Ok((time_ns, given.into_bound(bar.py())))
    }
}

fn sequence_of(given: Option<(u64, u64)>) -> Option<Sequence> {
    given.map(|(epoch, number)| Sequence { epoch, number })
}

impl PySession {
    /// Goes on from a snapshot through events: all of them are taken, or the session stays as it was.
    pub(crate) fn replay(&self, snapshot: &[u8], events: &[Bound<'_, PyAny>]) -> PyResult<Vec<PyStepOutput>> {
        let mut held = self.0.hold()?;
        let mut restored = held.rule.restore_live(snapshot).map_err(|error| errors::snapshot(&error))?;
        std::mem::swap(&mut held.session, &mut restored);
        let mut results = Vec::new();
        let taken = events.iter().try_for_each(|event| {
            results.extend(held.step(event)?);
            Ok(())
        });
        let results: PyResult<_> = taken.map(|()| results);
        if results.is_err() {
            held.session = restored;
        }
        results
    }
}

#[pymethods]
impl PySession {
    /// A session of a rule: one that has seen nothing, to be run over one history and dropped where that is said, or one that
    /// goes on from a snapshot.
    #[new]
    #[pyo3(signature = (rule, timeframe_ns=None, missing_input="emit_missing", on_error="raise", instructions="best", snapshot=Snapshot::Absent, unit=None, live=None, is_of_history=false))]
    #[allow(clippy::too_many_arguments)]
    fn start(
        rule: &Bound<'_, PyRule>,
        timeframe_ns: Option<u64>,
        missing_input: &str,
        on_error: &str,
        instructions: &str,
        snapshot: Snapshot<'_>,
        unit: Option<&str>,
        live: Option<&Bound<'_, PyDict>>,
        is_of_history: bool,
    ) -> PyResult<PySession> {
        let py = rule.py();
        let rule = rule.get().rule.clone();
        let session = match snapshot.bytes() {
            Some(snapshot) => rule.restore_live(snapshot).map_err(|error| errors::snapshot(&error))?,
            None => {
                let options = options(timeframe_ns, missing_input, on_error, instructions)?;
                let policies = live.map_or_else(|| Ok(LivePolicies::default()), live_policies)?;
                let session = if is_of_history {
                    let session = rule.session_for_history(options).map_err(|error| errors::plan(&error))?;
                    LiveSession::new(session, policies)
                } else {
                    rule.live_session(options, policies)
                };
                session.map_err(|error| errors::live(&error))?
            }
        };
        let keys = FieldKeys::of_plan(py, session.plan());
        let inputs = Vec::with_capacity(keys.len());
        Ok(PySession(Exclusive::new(
            "session",
            Stepping { session, rule, keys, inputs, unit: moments::unit(unit)?, records: VecDeque::new() },
        )))
    }

    /// Takes one closed bar: a `Bar` or a mapping of fields.
    ///
    /// None where the result is not one of those that `emit` asks for, or the bar was set aside.
    pub(crate) fn step(&self, bar: &Bound<'_, PyAny>) -> PyResult<Option<PyStepOutput>> {
        self.0.hold()?.step(bar)
    }

    /// Takes a bar as its feed has it and gives the rows that follow from it: `kind` is `close`, `forming`, `update` (what it is
    /// says the feed) or `revise`; `sequence` is the epoch and the number that the source gave it.
    #[pyo3(signature = (kind, bar, sequence=None, closed=None))]
    fn apply_bar(
        &self,
        kind: &str,
        bar: &Bound<'_, PyAny>,
        sequence: Option<(u64, u64)>,
        closed: Option<&str>,
    ) -> PyResult<Vec<PyStepOutput>> {
        let mut held = self.0.hold()?;
        let bar = &by_names(bar, &held.keys)?;
        let is_closed = says_closed(bar)?;
        let (time_ns, given) = held.read_bar(bar)?;
        let feed = match closed {
            Some(name) => Closed::from_name(name).map_err(PyValueError::new_err)?,
            None => held.session.policies().closed,
        };
        if kind == "update" && feed == Closed::Each {
            require_closed(bar)?;
        }
        let sequence = sequence_of(sequence);
        held.apply(
            |fields| {
                let kind = match kind {
                    "close" => Kind::Close(fields),
                    "forming" => Kind::Forming(fields),
                    "revise" => Kind::Revise(fields),
                    _ => Kind::Update(fields, feed, is_closed),
                };
                LiveEvent { time_ns, kind, sequence }
            },
            &given,
            true,
        )
    }

    /// Takes one trade and gives the rows that follow from it: the bar that it closed, and the one that it forms.
    #[pyo3(signature = (time, price, amount, sequence=None))]
    fn apply_trade(
        &self,
        time: &Bound<'_, PyAny>,
        price: &Bound<'_, PyAny>,
        amount: &Bound<'_, PyAny>,
        sequence: Option<(u64, u64)>,
    ) -> PyResult<Vec<PyStepOutput>> {
        let mut held = self.0.hold()?;
        let time_ns = moments::time_ns(time, held.unit)?;
        let (price, amount) =
            (number(price, &|| "price".to_owned())?, number(amount, &|| "amount".to_owned())?);
        let kind = Kind::Trade { price, amount };
        held.apply(|_| LiveEvent { time_ns, kind, sequence: sequence_of(sequence) }, time, false)
    }

    /// Takes what is said of a moment and gives the rows that follow from it: `kind` is `heartbeat`, `halt`, `acknowledge`, `gap`
    /// (with the time until which nothing is there) or `reset` (with its factor).
    #[pyo3(signature = (kind, time, until=None, factor=None, sequence=None))]
    fn apply_moment(
        &self,
        kind: &str,
        time: &Bound<'_, PyAny>,
        until: Option<&Bound<'_, PyAny>>,
        factor: Option<f64>,
        sequence: Option<(u64, u64)>,
    ) -> PyResult<Vec<PyStepOutput>> {
        let mut held = self.0.hold()?;
        let time_ns = moments::time_ns(time, held.unit)?;
        let until_ns = until.map(|until| moments::time_ns(until, held.unit)).transpose()?;
        let kind = match (kind, until_ns, factor) {
            ("heartbeat", None, None) => Kind::Heartbeat,
            ("halt", None, None) => Kind::Halt,
            ("acknowledge", None, None) => Kind::Acknowledge,
            ("gap", Some(until_ns), None) => Kind::Gap { until_ns },
            ("reset", None, Some(factor)) => Kind::Reset { factor },
            _ => {
                return Err(PyValueError::new_err(format!(
                    "`{kind}` is no event of a moment with these parts"
                )));
            }
        };
        held.apply(|_| LiveEvent { time_ns, kind, sequence: sequence_of(sequence) }, time, false)
    }

    /// The bytes of a session of a rule that takes over what it still has of a snapshot of another; and the parts that go on, those
    /// that begin, those whose state was dropped, and fields that were not read before.
    #[staticmethod]
    #[pyo3(signature = (rule, snapshot, allow_dropped=false))]
    fn adopt<'py>(
        rule: &Bound<'py, PyRule>,
        snapshot: &Bound<'py, PyAny>,
        allow_dropped: bool,
    ) -> PyResult<Adopted<'py>> {
        let snapshot = snapshot_bytes(snapshot)?;
        let adopted = rule.get().rule.adopt(snapshot.as_bytes(), allow_dropped);
        let (mut session, found) = adopted.map_err(|error| errors::snapshot(&error))?;
        let bytes = PyBytes::new(rule.py(), &session.snapshot());
        Ok((bytes, found.kept, found.added, found.dropped, found.added_fields))
    }

    /// Why the outputs are what they are on the last bar: as text, the bar's time, and per output its name, the tree of its parts,
    /// and what was one condition short. None before the first bar, and behind a restart until the next.
    fn why<'py>(&self, py: Python<'py>) -> PyResult<Option<WhyTold<'py>>> {
        let Some(why) = self.0.hold()?.session.why() else { return Ok(None) };
        let output = |one: &WhyOutput| Ok((one.name.clone(), part(py, &one.part)?, one.short.clone()));
        let outputs = why.outputs.iter().map(output).collect::<PyResult<_>>()?;
        Ok(Some((why.to_string(), why.time_ns, outputs)))
    }

    /// Takes the events that still wait for older ones, and gives the rows that follow.
    fn flush(&self, py: Python<'_>) -> PyResult<Vec<PyStepOutput>> {
        let mut held = self.0.hold()?;
        held.session.flush();
        held.note_records();
        held.rows(py.None().bind(py), None)
    }

    /// Puts a whole history in the place of all bars and gives what that changes of the results that can be revised.
    #[pyo3(signature = (columns, times_ns=None))]
    fn rebuild_columns<'py>(
        &self,
        py: Python<'py>,
        columns: Vec<Bound<'py, PyAny>>,
        times_ns: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Vec<PyStepOutput>> {
        let columns = Floats::borrow(&columns)?;
        let times = Times::borrow(times_ns.as_ref())?;
        let (columns, times) = (columns.slices()?, times.present()?);
        let mut held = self.0.hold()?;
        let session = &mut held.session;
        let mut signals = Signals::new();
        py.detach(|| session.rebuild(times, &columns, &mut signals).map(|_| ()))
            .map_err(|error| signals.error(&error, errors::step))?;
        held.rows(py.None().bind(py), None)
    }

    /// What became of the last events that gave no result, or of which something was noticed: time, kind, outcome, and more.
    #[getter]
    fn records(&self, py: Python<'_>) -> PyResult<Vec<Recorded>> {
        let held = self.0.hold()?;
        let record = |record: &Record| {
            let more = match &record.outcome {
                Outcome::Refused(error) => Some(error.to_string()),
                Outcome::Late { passed_ns } => Some(format!("behind {}", times::iso(*passed_ns))),
                Outcome::Gap { after_ns, until_ns, .. } => {
                    Some(format!("nothing between {} and {}", times::iso(*after_ns), times::iso(*until_ns)))
                }
                Outcome::Skipped { first, last } => Some(format!("numbers {first} to {last} are missing")),
                _ => None,
            };
            let time = moments::stamp(py, record.time_ns)?.unbind();
            Ok((time, record.kind, record.outcome.name(), more))
        };
        held.records.iter().map(record).collect()
    }

    /// The holes that nobody has filled or acknowledged: the last bar before, where bars go on, and how many are missing.
    #[getter]
    fn gaps(&self, py: Python<'_>) -> PyResult<Vec<HoleTold>> {
        let held = self.0.hold()?;
        let stamp = |ns| moments::stamp(py, ns).map(Bound::unbind);
        held.session.holes().iter().map(|h| Ok((stamp(h.after_ns)?, stamp(h.until_ns)?, h.missing))).collect()
    }

    /// True while bars or numbers of the source are missing that nobody has filled in or acknowledged.
    #[getter]
    fn is_degraded(&self) -> PyResult<bool> {
        Ok(self.0.hold()?.session.is_degraded())
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
        Ok(held.result(values, time, Standing::FORMING))
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
        Ok(self.0.hold()?.session.session().state_bytes())
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
        let held = self.0.hold()?;
        let counters = counters(py, held.session.counters())?;
        if held.session.policies().reorder.is_some() {
            counters.set_item("buffered", held.session.buffered())?;
        }
        Ok(counters)
    }
}

/// A record: the event's time and kind, what became of it, and more to say of that.
type Recorded = (Py<PyAny>, &'static str, &'static str, Option<String>);

/// A hole: the last bar before, where bars go on, and how many are missing.
type HoleTold = (Py<PyAny>, Py<PyAny>, Option<u64>);

/// A session's bytes; parts that go on, that begin, that were dropped; fields that are new.
type Adopted<'py> = (Bound<'py, PyBytes>, Vec<String>, Vec<String>, Vec<String>, Vec<String>);

/// Text, time, and per output its name, its parts and what was one condition short.
type WhyTold<'py> = (String, Option<i64>, Vec<(String, Bound<'py, PyTuple>, Vec<String>)>);

/// A part as a tuple: text, value, availability, reason, parts, whether it was told before.
fn part<'py>(py: Python<'py>, of: &Part) -> PyResult<Bound<'py, PyTuple>> {
    let parts = of.parts.iter().map(|one| part(py, one)).collect::<PyResult<Vec<_>>>()?;
    let value = match of.availability {
        Availability::Ready if of.is_truth => (of.value != 0.0).into_pyobject(py)?.to_owned().into_any(),
        Availability::Ready => of.value.into_pyobject(py)?.into_any(),
        _ => py.None().into_bound(py),
    };
    (&of.text, value, of.availability.name(), &of.reason, parts, of.is_told).into_pyobject(py)
}

/// Policies by their Python names.
fn live_policies(given: &Bound<'_, PyDict>) -> PyResult<LivePolicies> {
    let mut policies = LivePolicies::default();
    let mut reorder: Option<(u64, usize)> = None;
    for (name, value) in given.iter() {
        let name: String = name.extract()?;
        let placed = |why: String| PyValueError::new_err(format!("{name}: {why}"));
        let text = || value.extract::<String>();
        match name.as_str() {
            "late" => policies.late = Late::from_name(&text()?).map_err(placed)?,
            "corrected" => policies.corrected = Corrected::from_name(&text()?).map_err(placed)?,
            "closed" => policies.closed = Closed::from_name(&text()?).map_err(placed)?,
            "bars" => policies.bars = Bars::from_name(&text()?).map_err(placed)?,
            "stamps" => policies.stamps = Stamp::from_name(&text()?).map_err(placed)?,
            "emit" => policies.emit = Emit::from_name(&text()?).map_err(placed)?,
            "sparse" => policies.sparse = value.extract()?,
            "revisions" => policies.revisions = value.extract()?,
            "reorder" => reorder = value.extract()?,
            _ => return Err(PyValueError::new_err(format!("`{name}` is no policy of a live session"))),
        }
    }
    policies.reorder = reorder.map(|(delay_ns, most)| Reorder { delay_ns, most });
    Ok(policies)
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
