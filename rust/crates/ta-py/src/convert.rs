//! Bars and columns of Python as the engine takes them.

use numpy::{PyArray1, PyArrayMethods, PyReadonlyArray1};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyMapping, PyMemoryView, PyString};
use ta_engine::incremental::contracts::{MissingInput, OnError, Policies};
use ta_engine::lang::ir::{Column, SourceRef};
use ta_engine::plan::Plan;
use ta_engine::plan::streams::Stream;
use ta_engine::times::Unit;
use ta_engine::{Instructions, Options, Rule};

use crate::errors;
use crate::moments::read_time;
use crate::numbers::{number, truth};

/// Under which keys a plan finds a field in a tick.
pub(crate) struct FieldKeys {
    /// `trades.volume`, `ohlcv.close`
    qualified: Py<PyString>,
    /// `close`; none for other sources, whose fields share names with the bar's.
    bare: Option<Py<PyString>>,
    /// A column of one's own that is true or false.
    is_truth: bool,
}

impl FieldKeys {
    /// The keys of every field of a plan.
    pub(crate) fn of_plan(py: Python<'_>, plan: &Plan) -> Vec<FieldKeys> {
        plan.fields().iter().enumerate().map(|(slot, field)| FieldKeys::of(py, plan, slot, field)).collect()
    }

    fn of(py: Python<'_>, plan: &Plan, slot: usize, field: &SourceRef) -> FieldKeys {
        let label = plan.describe(slot);
        let is_bar = label == field.field.as_deref().unwrap_or_default();
        let qualified = if is_bar { format!("{}.{label}", field.source) } else { label.clone() };
        FieldKeys {
            qualified: PyString::new(py, &qualified).unbind(),
            bare: is_bar.then(|| PyString::new(py, &label).unbind()),
            is_truth: field.column == Some(Column::Bool),
        }
    }

    /// The keys of a field in the bars of a stream.
    pub(crate) fn of_stream(py: Python<'_>, rule: &Rule, stream: &Stream, field: &str) -> FieldKeys {
        let qualified = format!("{}.{field}", stream.name());
        FieldKeys {
            is_truth: truth_fields(rule.plan()).any(|truth| truth == qualified),
            qualified: PyString::new(py, &qualified).unbind(),
            bare: Some(PyString::new(py, field).unbind()),
        }
    }

    /// What a bar or mapping has under the field's keys.
    fn find<'py>(&self, tick: &Tick<'_, 'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let keys = [Some(&self.qualified), self.bare.as_ref()];
        match tick {
            Tick::Dict(dict) => {
                for key in keys.into_iter().flatten() {
                    if let Some(value) = dict.get_item(key.bind(dict.py()))? {
                        return Ok(Some(value));
                    }
                }
                Ok(None)
            }
            Tick::Mapping(mapping) => {
                for key in keys.into_iter().flatten() {
                    if mapping.contains(key)? {
                        return mapping.get_item(key).map(Some);
                    }
                }
                Ok(None)
            }
            Tick::Bar(bar) => match &self.bare {
                Some(bare) => bar.getattr_opt(bare.bind(bar.py())),
                None => Ok(None),
            },
        }
    }

    fn name(&self, py: Python<'_>) -> String {
        self.bare.as_ref().unwrap_or(&self.qualified).bind(py).to_string()
    }
}

/// The fields of a plan that are true or false, by their names in messages.
pub(crate) fn truth_fields(plan: &Plan) -> impl Iterator<Item = String> {
    let slots = plan.fields().iter().enumerate().filter(|(_, field)| field.column == Some(Column::Bool));
    slots.map(|(slot, _)| plan.describe(slot))
}

/// A bar as it comes in.
enum Tick<'a, 'py> {
    Dict(&'a Bound<'py, PyDict>),
    Mapping(&'a Bound<'py, PyMapping>),
    Bar(&'a Bound<'py, PyAny>),
}

impl<'a, 'py> Tick<'a, 'py> {
    fn of(tick: &'a Bound<'py, PyAny>) -> Tick<'a, 'py> {
        match (tick.cast_exact::<PyDict>(), tick.cast::<PyMapping>()) {
            (Ok(dict), _) => Tick::Dict(dict),
            (_, Ok(mapping)) => Tick::Mapping(mapping),
            _ => Tick::Bar(tick),
        }
    }
}

impl<'py> Tick<'_, 'py> {
    fn contains(&self, key: &Bound<'py, PyString>) -> PyResult<bool> {
        match self {
            Tick::Dict(dict) => dict.contains(key),
            Tick::Mapping(mapping) => mapping.contains(key),
            Tick::Bar(bar) => bar.hasattr(key),
        }
    }

    /// Whether it has a time and every field under their very names.
    fn has_all(&self, py: Python<'py>, keys: &[FieldKeys]) -> PyResult<bool> {
        if !self.contains(intern!(py, "timestamp"))? && !self.contains(intern!(py, "ts"))? {
            return Ok(false);
        }
        for key in keys {
            let has = |name: &Py<PyString>| self.contains(name.bind(py));
            if !has(&key.qualified)? && !key.bare.as_ref().map_or(Ok(false), has)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether it has entries that are no field of bars and belong to no source.
    fn has_other_names(&self) -> PyResult<bool> {
        match self {
            Tick::Dict(dict) => {
                for (key, _) in dict.iter() {
                    if is_other_name(&key)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Tick::Mapping(mapping) => {
                for key in mapping.keys()? {
                    if is_other_name(&key)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Tick::Bar(_) => Ok(true),
        }
    }
}

fn is_other_name(key: &Bound<'_, PyAny>) -> PyResult<bool> {
    let Ok(key) = key.cast::<PyString>() else { return Ok(false) };
    let name = key.to_str()?;
    let is_known = matches!(
        name,
        "close" | "open" | "high" | "low" | "volume" | "timestamp" | "ts" | "close_time" | "is_closed"
    );
    Ok(!is_known && !name.contains('.'))
}

/// A tick by the names that a plan has for its fields and time: as it is, where it has them all; else as the package reads bars of
/// other makers, with names in any case and other names that are known.
///
/// Raises TypeError for what is no bar.
pub(crate) fn by_names<'py>(tick: &Bound<'py, PyAny>, keys: &[FieldKeys]) -> PyResult<Bound<'py, PyAny>> {
    static NAMED: PyOnceLock<(Py<PyAny>, Py<PyAny>)> = PyOnceLock::new();
    let py = tick.py();
    let (named, class) = NAMED.get_or_try_init(py, || {
        let class = py.import("laakhay.ta.core.bar")?.getattr("Bar")?;
        Ok::<_, PyErr>((py.import("laakhay.ta.frames.bars")?.getattr("named")?.unbind(), class.unbind()))
    })?;
    let is_known = match Tick::of(tick) {
        Tick::Bar(bar) => bar.is_instance(class.bind(py))?,
        found => found.has_all(py, keys)? || !found.has_other_names()?,
    };
    if is_known {
        return Ok(tick.clone());
    }
    let found = named.bind(py).call1((tick,))?;
    if found.len()? == 0 && tick.cast::<PyMapping>().is_err() {
        return Err(PyTypeError::new_err(format!(
            "a bar is a Bar or a mapping of fields, not {}; objects that have them and rows of ccxt will do, too",
            tick.get_type()
        )));
    }
    Ok(found)
}

/// Reads a tick's fields in the plan's order; NaN where one is absent or missing.
///
/// Raises DataError for what is no number, MissingDataError where the tick has none of the fields: a name that is
/// misspelt or in capitals must not pass for a gap.
pub(crate) fn read_fields(
    tick: &Bound<'_, PyAny>,
    keys: &[FieldKeys],
    inputs: &mut Vec<f64>,
) -> PyResult<()> {
    let py = tick.py();
    inputs.clear();
    let found = Tick::of(tick);
    let mut has_any = keys.is_empty();
    for key in keys {
        inputs.push(match key.find(&found)? {
            Some(value) => {
                has_any = true;
                let read = if key.is_truth { truth } else { number };
                read(&value, &|| format!("`{}`", key.name(py)))?
            }
            None => f64::NAN,
        });
    }
    if has_any { Ok(()) } else { Err(nothing_read(&found, keys)) }
}

#[cold]
fn nothing_read(tick: &Tick<'_, '_>, keys: &[FieldKeys]) -> PyErr {
    let (py, there) = match tick {
        Tick::Dict(dict) => (dict.py(), Some(dict.keys())),
        Tick::Mapping(mapping) => (mapping.py(), mapping.keys().ok()),
        Tick::Bar(bar) => (bar.py(), None),
    };
    let there = match there {
        None => "open, high, low, close, volume".to_owned(),
        Some(keys) if keys.is_empty() => "nothing".to_owned(),
        Some(keys) => {
            let mut names: Vec<_> = keys.iter().take(20).map(|key| key.to_string()).collect();
            if keys.len() > names.len() {
                names.push("...".to_owned());
            }
            names.join(", ")
        }
    };
    let read: Vec<_> = keys.iter().map(|key| key.name(py)).collect();
    let read = read.join(", ");
    let gap = keys[0].name(py);
    errors::missing_data(format!(
        "the bar has none of the fields that the rule reads ({read}); it has {there}; a bar without values says so, as in \
         {gap}=None"
    ))
}

/// Columns of numbers as the caller holds them.
pub(crate) struct Floats<'py>(Vec<PyReadonlyArray1<'py, f64>>);

impl<'py> Floats<'py> {
    /// Borrows one-dimensional, contiguous float64 arrays.
    pub(crate) fn borrow(arrays: &[Bound<'py, PyAny>]) -> PyResult<Floats<'py>> {
        let borrowed = arrays.iter().map(|array| {
            let array = array
                .cast::<PyArray1<f64>>()
                .map_err(|_| PyTypeError::new_err("a one-dimensional float64 array is needed"))?;
            array.try_readonly().map_err(|_| PyValueError::new_err("an array is being written to"))
        });
        Ok(Floats(borrowed.collect::<PyResult<_>>()?))
    }

    /// Their numbers.
    pub(crate) fn slices(&self) -> PyResult<Vec<&[f64]>> {
        let slices = self.0.iter().map(|a| a.as_slice());
        slices.collect::<Result<_, _>>().map_err(|_| PyValueError::new_err("a contiguous array is needed"))
    }
}

/// Times as the caller holds them.
pub(crate) struct Times<'py>(Option<PyReadonlyArray1<'py, i64>>);

impl<'py> Times<'py> {
    /// Borrows a one-dimensional, contiguous int64 array.
    pub(crate) fn borrow(array: Option<&Bound<'py, PyAny>>) -> PyResult<Times<'py>> {
        let Some(array) = array else { return Ok(Times(None)) };
        let array = array
            .cast::<PyArray1<i64>>()
            .map_err(|_| PyTypeError::new_err("a one-dimensional int64 array of nanoseconds is needed"))?;
        let array =
            array.try_readonly().map_err(|_| PyValueError::new_err("an array is being written to"))?;
        Ok(Times(Some(array)))
    }

    /// The times.
    pub(crate) fn slice(&self) -> PyResult<Option<&[i64]>> {
        let slice = self.0.as_ref().map(|a| a.as_slice()).transpose();
        slice.map_err(|_| PyValueError::new_err("a contiguous array is needed"))
    }

    /// The times, none of which is missing: NumPy's NaT is the least number of 64 bits.
    pub(crate) fn present(&self) -> PyResult<Option<&[i64]>> {
        let times = self.slice()?;
        let missing = times.and_then(|times| times.iter().position(|time| *time == i64::MIN));
        match missing {
            Some(row) => Err(PyValueError::new_err(format!("timestamp, row {row} has no time"))),
            None => Ok(times),
        }
    }
}

/// Refuses a bar that says of itself that it is still forming.
pub(crate) fn require_closed(bar: &Bound<'_, PyAny>) -> PyResult<()> {
    if says_closed(bar)? != Some(false) {
        return Ok(());
    }
    let of = read_time(bar, Some(Unit::Nanoseconds))?
        .map_or(String::new(), |(_, given)| format!(" of {}", given.bind(bar.py())));
    Err(PyValueError::new_err(format!(
        "the bar{of} is not closed (is_closed is false), and only closed bars are taken; `preview` gives what it would \
         give and changes nothing"
    )))
}

/// Whether a bar says that it has closed; `None` where it says nothing of it.
pub(crate) fn says_closed(bar: &Bound<'_, PyAny>) -> PyResult<Option<bool>> {
    static IS_CLOSED: PyOnceLock<Py<PyString>> = PyOnceLock::new();
    static PARSE_CLOSED: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = bar.py();
    let key = IS_CLOSED.get_or_init(py, || PyString::intern(py, "is_closed").unbind()).bind(py);
    let said = if let Ok(dict) = bar.cast_exact::<PyDict>() {
        dict.get_item(key)?
    } else if let Ok(mapping) = bar.cast::<PyMapping>() {
        if mapping.contains(key)? { Some(mapping.get_item(key)?) } else { None }
    } else {
        bar.getattr_opt(key)?
    };
    let Some(said) = said.filter(|said| !said.is_none()) else { return Ok(None) };
    let is_closed = match said.is_instance_of::<PyString>() {
        false => said.is_truthy()?,
        true => {
            let parse = PARSE_CLOSED.get_or_try_init(py, || {
                py.import("laakhay.ta.core.bar")?.getattr("parse_closed").map(Bound::unbind)
            })?;
            parse.bind(py).call1((said,))?.is_truthy()?
        }
    };
    Ok(Some(is_closed))
}

/// The bytes of a snapshot that was given as any kind of bytes.
pub(crate) fn snapshot_bytes<'py>(given: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
    if let Ok(bytes) = given.cast::<PyBytes>() {
        return Ok(bytes.clone());
    }
    if given.is_instance_of::<PyByteArray>() || given.is_instance_of::<PyMemoryView>() {
        return Ok(given.py().get_type::<PyBytes>().call1((given,))?.cast_into()?);
    }
    let kind = given.get_type();
    Err(PyTypeError::new_err(format!(
        "a snapshot is bytes, as `snapshot()` gives them, not {}",
        kind.name()?
    )))
}

/// An argument that is a snapshot or is not there at all: `None` is neither.
pub(crate) enum Snapshot<'py> {
    Absent,
    Given(Bound<'py, PyBytes>),
}

impl Snapshot<'_> {
    /// The bytes, where there are any.
    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Snapshot::Absent => None,
            Snapshot::Given(bytes) => Some(bytes.as_bytes()),
        }
    }
}

impl<'py> FromPyObject<'_, 'py> for Snapshot<'py> {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Snapshot<'py>> {
        snapshot_bytes(&given).map(Snapshot::Given)
    }
}

/// Options of a session from their Python names.
pub(crate) fn options(
    timeframe_ns: Option<u64>,
    missing_input: &str,
    on_error: &str,
    instructions: &str,
) -> PyResult<Options> {
    let instructions = match instructions {
        "best" => Instructions::Best,
        "baseline" => Instructions::Baseline,
        other => return Err(PyValueError::new_err(format!("`{other}` is not one of best, baseline"))),
    };
    let policies = Policies {
        missing_input: MissingInput::from_name(missing_input).map_err(PyValueError::new_err)?,
        on_error: OnError::from_name(on_error).map_err(PyValueError::new_err)?,
    };
    Ok(Options { timeframe_ns, policies, instructions })
}
