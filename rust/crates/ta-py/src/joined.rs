//! Sessions over several streams for Python.

use std::sync::Arc;

use numpy::{PyArray1, PyArrayMethods};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use ta_engine::calendar::Calendar;
use ta_engine::closing::{Closed, Closes, Stamps, StampsOf};
use ta_engine::incremental::contracts::{Policies, StepValue};
use ta_engine::incremental::joined::JoinedOutput;
use ta_engine::incremental::joined::StreamColumns;
use ta_engine::plan::joined::Alignment;
use ta_engine::plan::joined::{JoinedPlan, JoinedStream, Joining};
use ta_engine::times::Unit;
use ta_engine::{Event, JoinedSession, Rule};

use crate::convert::{
    FieldKeys, Floats, Snapshot, Times, by_names, options, read_fields, require_closed, snapshot_bytes,
};
use crate::errors;
use crate::exclusive::Exclusive;
use crate::moments::{self, read_close, read_time, read_timeframe, stamp, time_ns};
use crate::output::{PyStepOutput, Standing};
use crate::rule::{PyRule, Report, describe, output_arrays};
use crate::session::counters;
use crate::signals::Signals;

/// A plan over several streams and its state; one call at a time works on it.
#[pyclass(name = "JoinedSession", module = "laakhay.ta.ta_py", subclass, frozen)]
pub(crate) struct PyJoinedSession(Exclusive<Joined>);

/// What a joined session's calls work on.
struct Joined {
    session: JoinedSession,
    rule: Arc<Rule>,
    /// Per stream the keys of its fields.
    keys: Vec<Vec<FieldKeys>>,
    inputs: Vec<f64>,
    /// What integers count that are given as times.
    unit: Option<Unit>,
}

/// Name, timeframe, fields and source of a stream.
type DescribedStream = (String, Option<String>, Vec<String>, Option<String>);

/// Stamps and columns of one stream, as `run_streams` takes them, and when its bars close, where the data says that.
type GivenStream<'py> = (Bound<'py, PyAny>, Vec<Bound<'py, PyAny>>, Option<Bound<'py, PyAny>>);

/// Closes and stamps of rows, and per output its values and what they are.
type RunOverStreams<'py> = (
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
    Vec<Bound<'py, PyArray1<f64>>>,
    Vec<Bound<'py, PyArray1<u8>>>,
);

/// The bars of all streams as the caller holds them: stamps, columns, closes.
struct Borrowed<'py>(Vec<(Times<'py>, Floats<'py>, Times<'py>)>);

impl<'py> Borrowed<'py> {
    fn of(streams: &[GivenStream<'py>]) -> PyResult<Borrowed<'py>> {
        let borrow = |(times, columns, closes): &GivenStream<'py>| {
            Ok((Times::borrow(Some(times))?, Floats::borrow(columns)?, Times::borrow(closes.as_ref())?))
        };
        Ok(Borrowed(streams.iter().map(borrow).collect::<PyResult<_>>()?))
    }

    /// The bars by when they close.
    fn columns(&self, plan: &JoinedPlan) -> PyResult<Vec<StreamColumns<'_>>> {
        let mut given = Vec::with_capacity(self.0.len());
        for (at, (times, columns, closes)) in self.0.iter().enumerate() {
            let (stamps, told) = (times.present()?.unwrap_or_default(), closes.slice()?);
            if told.is_some_and(|told| told.len() != stamps.len()) {
                return Err(PyValueError::new_err("as many closes as bars are needed"));
            }
            let closes = match plan.streams().get(at) {
                Some(stream) => stream.closes_of(stamps, told).map_err(|error| errors::close(&error))?,
                None => Closes::default(),
            };
            given.push(StreamColumns::new(stamps, &columns.slices()?).closing(closes));
        }
        Ok(given)
    }
}

/// A calendar of time zone, session start and first day of the week.
fn read_calendar(parts: Option<(String, String, String)>) -> PyResult<Option<Calendar>> {
    let calendar = parts.map(|(zone, start, week)| Calendar::new(&zone, &start, &week)).transpose();
    calendar.map_err(|error| PyValueError::new_err(error.to_string()))
}

/// Which time bars are stamped with: of all streams, and by the name of one.
fn read_stamps(all: &str, named: Vec<(String, String)>) -> PyResult<StampsOf> {
    let read = |name: &str| Stamps::from_name(name).map_err(PyValueError::new_err);
    let named = named.into_iter().map(|(stream, stamps)| Ok((stream, read(&stamps)?)));
    Ok(StampsOf { all: read(all)?, named: named.collect::<PyResult<_>>()? })
}

impl Joined {
    fn new(py: Python<'_>, session: JoinedSession, rule: Arc<Rule>, unit: Option<Unit>) -> Joined {
        let streams = session.plan().streams();
        let keys = streams
            .iter()
            .map(|s| s.fields.iter().map(|f| FieldKeys::of_stream(py, &rule, &s.stream, f)).collect());
        Joined { keys: keys.collect(), session, rule, inputs: Vec::new(), unit }
    }

    fn stream(&self, name: &str) -> PyResult<usize> {
        self.session.plan().stream(name).map_err(|error| errors::plan(&error))
    }

    /// A bar of a stream: when it closes, its stamp, and its time as it was given.
    fn read(&mut self, stream: usize, bar: &Bound<'_, PyAny>) -> PyResult<(Closed, i64, Py<PyAny>)> {
        let Some((stamp_ns, given)) = read_time(bar, self.unit)? else {
            return Err(PyValueError::new_err("a bar of one stream among several needs a timestamp"));
        };
        read_fields(bar, &self.keys[stream], &mut self.inputs)?;
        let known = &self.session.plan().streams()[stream];
        let closed =
            known.close_of(stamp_ns, read_close(bar, self.unit)?).map_err(|error| errors::close(&error))?;
        Ok((closed, stamp_ns, given))
    }

    /// Rows as Python has them, stamped as bars are in the kind of time that was given.
    fn outputs(
        &self,
        rows: Vec<(i64, Vec<StepValue>)>,
        given: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<PyStepOutput>> {
        // An integer of Python's or NumPy's; nothing is asked where there is nothing to stamp.
        let is_whole = !rows.is_empty() && given.extract::<i64>().is_ok();
        let row = |(stamp_ns, values): (i64, _)| {
            // A stamp that is no whole number of the unit, a made bar's, is told as a datetime.
            let whole = self.unit.map_or(Some(stamp_ns), |unit| unit.count(stamp_ns)).filter(|_| is_whole);
            let time = match whole {
                Some(whole) => whole.into_pyobject(given.py())?.into_any(),
                None => stamp(given.py(), stamp_ns)?,
            };
            Ok(PyStepOutput::new(
                values,
                self.rule.clone(),
                Some(time.unbind()),
                Some(stamp_ns),
                Standing::FINAL,
            ))
        };
        rows.into_iter().map(row).collect()
    }
}

/// Collects the rows that a call gives, by their stamps.
fn collect<'a>(
    plan: &'a JoinedPlan,
    rows: &'a mut Vec<(i64, Vec<StepValue>)>,
) -> impl FnMut(JoinedOutput<'_>) + 'a {
    |row| rows.push((row.stamp_ns.unwrap_or_else(|| plan.row_stamp(row.time_ns)), row.values.to_vec()))
}

#[pymethods]
impl PyJoinedSession {
    /// A session of a rule: one that has seen nothing, or one that goes on from a snapshot.
    #[new]
    #[pyo3(signature = (rule, timeframe=None, clock=None, alignment=None, calendar=None, stamps=("open", Vec::new()), resamples=false, delivered=None, missing_input="emit_missing", on_error="raise", instructions="best", snapshot=Snapshot::Absent, unit=None))]
    #[allow(clippy::too_many_arguments)]
    fn start(
        rule: &Bound<'_, PyRule>,
        timeframe: Option<&str>,
        clock: Option<String>,
        alignment: Option<(String, String)>,
        calendar: Option<(String, String, String)>,
        stamps: (&str, Vec<(String, String)>),
        resamples: bool,
        delivered: Option<Vec<String>>,
        missing_input: &str,
        on_error: &str,
        instructions: &str,
        snapshot: Snapshot<'_>,
        unit: Option<&str>,
    ) -> PyResult<PyJoinedSession> {
        let py = rule.py();
        let rule = rule.get().rule.clone();
        let ta_engine::Options { policies, instructions, .. } =
            options(None, missing_input, on_error, instructions)?;
        let session = match snapshot.bytes() {
            Some(snapshot) => {
                rule.restore_joined(snapshot, instructions).map_err(|error| errors::snapshot(&error))?
            }
            None => {
                let calendar = read_calendar(calendar)?;
                let joining = Joining {
                    timeframe: timeframe.map(read_timeframe).transpose()?,
                    clock,
                    alignment: match alignment {
                        Some((how, fill)) => {
                            Alignment::from_names(&how, &fill).map_err(PyValueError::new_err)?
                        }
                        None => Alignment::default(),
                    },
                    stamps: read_stamps(stamps.0, stamps.1)?,
                    resample: resamples.then(|| calendar.clone().unwrap_or_default()),
                    calendar: calendar.filter(|_| !resamples),
                    delivered,
                };
                start(&rule, joining, policies, instructions)?
            }
        };
        Ok(PyJoinedSession(Exclusive::new("session", Joined::new(py, session, rule, moments::unit(unit)?))))
    }

    /// Its streams: name, timeframe where it is known, fields, and the name of the stream its bars are made of, if any.
    #[getter]
    fn streams(&self) -> PyResult<Vec<DescribedStream>> {
        let held = self.0.hold()?;
        let streams = held.session.plan().streams();
        let describe = |s: &JoinedStream| {
            let made_of = s.source().map(|at| streams[at].stream.name());
            (s.stream.name(), s.timeframe.map(|t| t.to_string()), s.fields.clone(), made_of)
        };
        Ok(streams.iter().map(describe).collect())
    }

    /// Takes one closed bar of a stream, a `Bar` or a mapping of fields with its time and, where the data says it, the
    /// `close_time`, and gives the rows that are complete now, oldest first.
    fn push(&self, stream: &str, bar: &Bound<'_, PyAny>) -> PyResult<Vec<PyStepOutput>> {
        let mut held = self.0.hold()?;
        let held = &mut *held;
        let stream = held.stream(stream)?;
        let bar = &by_names(bar, &held.keys[stream])?;
        require_closed(bar)?;
        let (closed, stamp_ns, given) = held.read(stream, bar)?;
        let (mut rows, plan) = (Vec::new(), held.session.plan().clone());
        let event = Event { time_ns: Some(closed.close_ns), inputs: &held.inputs };
        let mut give = collect(&plan, &mut rows);
        let pushed = match closed.is_told {
            false => held.session.push(stream, &event, &mut give),
            true => held.session.push_told(stream, stamp_ns, &event, &mut give),
        };
        pushed.map_err(|error| errors::step(&error))?;
        drop(give);
        held.outputs(rows, given.bind(bar.py()))
    }

    /// The row that a forming bar of a stream would give if it closed now; the state stays as it is.
    fn preview(&self, stream: &str, bar: &Bound<'_, PyAny>) -> PyResult<PyStepOutput> {
        let mut held = self.0.hold()?;
        let held = &mut *held;
        let stream = held.stream(stream)?;
        let bar = &by_names(bar, &held.keys[stream])?;
        let (closed, stamp_ns, given) = held.read(stream, bar)?;
        let mut values = Vec::new();
        let event = Event { time_ns: Some(closed.close_ns), inputs: &held.inputs };
        held.session.preview(stream, &event, &mut values).map_err(|error| errors::step(&error))?;
        Ok(PyStepOutput::new(values, held.rule.clone(), Some(given), Some(stamp_ns), Standing::FORMING))
    }

    /// Says that no bar that closes at or before `time` will come, of one stream or of all, and gives the rows that are
    /// complete now. `time` is a datetime, NumPy's too, or whole nanoseconds.
    #[pyo3(signature = (time, stream=None))]
    fn advance(&self, time: &Bound<'_, PyAny>, stream: Option<&str>) -> PyResult<Vec<PyStepOutput>> {
        let mut held = self.0.hold()?;
        let held = &mut *held;
        let time_ns = time_ns(time, held.unit)?;
        let (mut rows, plan) = (Vec::new(), held.session.plan().clone());
        match stream {
            None => held.session.advance_all(time_ns, &mut collect(&plan, &mut rows)),
            Some(name) => {
                let stream = held.stream(name)?;
                let advanced = held.session.advance(stream, time_ns, &mut collect(&plan, &mut rows));
                advanced.map_err(|error| errors::step(&error))?;
            }
        }
        held.outputs(rows, time)
    }

    /// When the bars of a stream close that are stamped so, in nanoseconds since 1970 UTC.
    fn closes<'py>(
        &self,
        py: Python<'py>,
        stream: &str,
        stamps_ns: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyArray1<i64>>> {
        let held = self.0.hold()?;
        let known = &held.session.plan().streams()[held.stream(stream)?];
        let stamps = Times::borrow(Some(stamps_ns))?;
        let closes = known.closes_of(stamps.slice()?.unwrap_or_default(), None);
        let closes = closes.map_err(|error| errors::close(&error))?.closes_ns;
        Ok(PyArray1::from_slice(py, &closes))
    }

    /// Takes many bars: per stream the stamps of its bars, one array per field, and where the data says them the closes.
    /// Gives closes and stamps of the rows and one array per output, and where `explained` says so an array of uint8 per
    /// output that says what each value is: an index into ready, excluded, warming_up, missing_input, error.
    #[pyo3(signature = (streams, explained=false))]
    #[allow(clippy::type_complexity)]
    fn run_streams<'py>(
        &self,
        py: Python<'py>,
        streams: Vec<GivenStream<'py>>,
        explained: bool,
    ) -> PyResult<RunOverStreams<'py>> {
        let streams = Borrowed::of(&streams)?;
        let mut held = self.0.hold()?;
        let given = streams.columns(held.session.plan())?;
        let session = &mut held.session;
        let times = py.detach(|| session.row_times(&given)).map_err(|error| errors::step(&error))?;
        let outputs = session.plan().plan().outputs().len();
        let arrays = output_arrays(py, outputs, times.len(), None)?;
        let mut places: Vec<_> = arrays.iter().map(|array| array.readwrite()).collect();
        let mut slices = Vec::with_capacity(places.len());
        for place in &mut places {
            let slice = place.as_slice_mut();
            slices.push(slice.map_err(|_| PyValueError::new_err("a contiguous array is needed"))?);
        }
        let mut states =
            vec![vec![0u8; if explained { times.len() } else { 0 }]; if explained { outputs } else { 0 }];
        let mut signals = Signals::new();
        py.detach(|| match explained {
            false => session.run_watched(&given, &mut slices, Some(&mut signals)),
            true => {
                let mut states: Vec<_> = states.iter_mut().map(Vec::as_mut_slice).collect();
                session.run_explained(&given, &mut slices, &mut states, &mut signals)
            }
        })
        .map_err(|error| signals.error(&error, errors::step))?;
        drop(places);
        let states = states.into_iter().map(|column| PyArray1::from_vec(py, column)).collect();
        let stamps = py.detach(|| session.row_stamps(&given, &times));
        Ok((PyArray1::from_vec(py, times), PyArray1::from_vec(py, stamps), arrays, states))
    }

    /// Takes the bars of a new session in every way in which they may come and compares bit for bit; this one stays as
    /// it is. Gives what `Rule.verify` gives.
    #[pyo3(signature = (streams, progress=None))]
    fn verify_streams<'py>(
        &self,
        py: Python<'py>,
        streams: Vec<GivenStream<'py>>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Report> {
        let streams = Borrowed::of(&streams)?;
        let held = self.0.hold()?;
        let given = streams.columns(held.session.plan())?;
        let (joining, policies) = (held.session.plan().joining(), held.session.policies());
        let rule = &held.rule;
        let mut signals = Signals::telling(progress);
        let report = py.detach(|| rule.verify_streams_watched(joining, policies, &given, &mut signals));
        Ok(describe(&report.map_err(|error| signals.error(&error, errors::run))?))
    }

    /// The session as bytes: equal sessions give equal bytes.
    fn snapshot<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.0.hold()?.session.snapshot()))
    }

    /// Goes back, or on, to a snapshot of the same rule; where it does not fit the session stays as it is.
    fn restore_from(&self, snapshot: &Bound<'_, PyAny>) -> PyResult<()> {
        let snapshot = snapshot_bytes(snapshot)?;
        let mut held = self.0.hold()?;
        let rule = held.rule.clone();
        held.session.restore_from(&rule, snapshot.as_bytes()).map_err(|error| errors::snapshot(&error))
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

    /// True where every output had a value in the last row, or was left out by a filter.
    #[getter]
    fn ready(&self) -> PyResult<bool> {
        Ok(self.0.hold()?.session.is_ready())
    }

    /// Rows without holes in any stream, the one that makes it ready included, until every output has a value: 0 where it is
    /// ready, None where what the bars hold decides it.
    #[getter]
    fn bars_to_ready(&self) -> PyResult<Option<usize>> {
        Ok(self.0.hold()?.session.bars_to_ready())
    }

    /// Rows given.
    #[getter]
    fn position(&self) -> PyResult<u64> {
        Ok(self.0.hold()?.session.position())
    }

    /// Bars that wait for other streams.
    #[getter]
    fn waiting(&self) -> PyResult<usize> {
        Ok(self.0.hold()?.session.waiting())
    }

    /// What became of the bars: received, applied, duplicate, late, rejected.
    #[getter]
    fn counters<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        counters(py, self.0.hold()?.session.counters())
    }
}

fn start(
    rule: &Rule,
    joining: Joining,
    policies: Policies,
    instructions: ta_engine::Instructions,
) -> PyResult<JoinedSession> {
    rule.joined_session(joining, policies, instructions).map_err(|error| errors::plan(&error))
}
