//! Python values as the engine's numbers and back.

use numpy::{PyArray1, PyArrayMethods, PyReadonlyArray1};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyMapping, PyString};
use ta_engine::incremental::contracts::{MissingInput, OnError, Policies};
use ta_engine::lang::ir::SourceRef;
use ta_engine::plan::Plan;
use ta_engine::plan::streams::Stream;
use ta_engine::{Instructions, Options};

/// Under which keys a plan finds a field in a tick.
pub(crate) struct FieldKeys {
    /// `trades.volume`, `ohlcv.close`
    qualified: Py<PyString>,
    /// `close`; none for other sources, whose fields share names with the bar's.
    bare: Option<Py<PyString>>,
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
        }
    }

    /// The keys of a field in the bars of a stream.
    pub(crate) fn of_stream(py: Python<'_>, stream: &Stream, field: &str) -> FieldKeys {
        FieldKeys {
            qualified: PyString::new(py, &format!("{}.{field}", stream.name())).unbind(),
            bare: Some(PyString::new(py, field).unbind()),
        }
    }

    /// The field's number in a bar or mapping; NaN where it is absent or no number.
    fn read(&self, tick: &Bound<'_, PyAny>) -> PyResult<f64> {
        let py = tick.py();
        if let Ok(dict) = tick.cast_exact::<PyDict>() {
            let bare = match &self.bare {
                Some(bare) => dict.get_item(bare.bind(py))?,
                None => None,
            };
            let value = match dict.get_item(self.qualified.bind(py))? {
                Some(value) => Some(value),
                None => bare,
            };
            return Ok(value.map_or(f64::NAN, |value| number(&value)));
        }
        if let Ok(mapping) = tick.cast::<PyMapping>() {
            for key in [Some(&self.qualified), self.bare.as_ref()].into_iter().flatten() {
                if mapping.contains(key)? {
                    return Ok(number(&mapping.get_item(key)?));
                }
            }
            return Ok(f64::NAN);
        }
        match &self.bare {
            Some(bare) => Ok(number(&tick.getattr(bare.bind(py))?)),
            None => Ok(f64::NAN),
        }
    }
}

/// Reads a tick's fields in the plan's order.
pub(crate) fn read_fields(
    tick: &Bound<'_, PyAny>,
    keys: &[FieldKeys],
    inputs: &mut Vec<f64>,
) -> PyResult<()> {
    inputs.clear();
    for key in keys {
        inputs.push(key.read(tick)?);
    }
    Ok(())
}

/// A value as a number; what is none (`None`, a text, an object) is missing: NaN.
fn number(value: &Bound<'_, PyAny>) -> f64 {
    if let Ok(float) = value.cast_exact::<PyFloat>() {
        return float.value();
    }
    if value.is_none() || value.is_instance_of::<PyBool>() || value.is_instance_of::<PyString>() {
        return f64::NAN;
    }
    value.extract::<f64>().unwrap_or(f64::NAN)
}

/// A tick's time in nanoseconds and as it was given; `None` where it has none.
pub(crate) fn read_time(tick: &Bound<'_, PyAny>) -> PyResult<Option<(i64, Py<PyAny>)>> {
    static TIMESTAMP: PyOnceLock<Py<PyString>> = PyOnceLock::new();
    static TS: PyOnceLock<Py<PyString>> = PyOnceLock::new();
    let py = tick.py();
    let timestamp = TIMESTAMP.get_or_init(py, || PyString::intern(py, "timestamp").unbind()).bind(py);
    let ts = TS.get_or_init(py, || PyString::intern(py, "ts").unbind()).bind(py);
    let mut given = None;
    if let Ok(mapping) = tick.cast::<PyMapping>() {
        for key in [timestamp, ts] {
            if mapping.contains(key)? {
                given = Some(mapping.get_item(key)?);
                break;
            }
        }
    } else {
        given = Some(tick.getattr(ts).map_err(|_| {
            PyTypeError::new_err(format!("a bar is a Bar or a mapping of fields, not {}", tick.get_type()))
        })?);
    }
    match given {
        None => Ok(None),
        Some(given) if given.is_none() => Ok(None),
        Some(given) => Ok(Some((time_ns(&given)?, given.unbind()))),
    }
}

/// A time in nanoseconds since 1970 UTC: whole nanoseconds, a datetime, NumPy's too, or ISO text.
pub(crate) fn time_ns(given: &Bound<'_, PyAny>) -> PyResult<i64> {
    static MOMENT_NS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    if given.is_instance_of::<PyBool>() {
        return Err(PyTypeError::new_err("a truth value is no time"));
    }
    if let Ok(whole) = given.cast::<PyInt>() {
        return whole.extract();
    }
    let py = given.py();
    let convert = MOMENT_NS.get_or_try_init(py, || {
        py.import("laakhay.ta.core.timestamps")?.getattr("moment_ns").map(Bound::unbind)
    })?;
    convert.bind(py).call1((given,))?.extract()
}

/// A time as a datetime in UTC.
pub(crate) fn stamp(py: Python<'_>, time_ns: i64) -> PyResult<Bound<'_, PyAny>> {
    static FROM_NS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let convert = FROM_NS.get_or_try_init(py, || {
        py.import("laakhay.ta.core.timestamps")?.getattr("timestamp_from_ns").map(Bound::unbind)
    })?;
    convert.bind(py).call1((time_ns,))
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
