//! Python's times as nanoseconds since 1970 UTC, and back.

use std::borrow::Cow;

use numpy::PyArray1;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDate, PyDateTime, PyFloat, PyInt, PyMapping, PyString};
use ta_engine::calendar::Timeframe;
use ta_engine::lang::shift::month_or_minute;
use ta_engine::times::{self, TimeError, Unit};

use crate::convert::Times;
use crate::numbers::{is_nothing, shown};

/// The unit of this name; without one integers have to be nanoseconds.
pub(crate) fn unit(name: Option<&str>) -> PyResult<Option<Unit>> {
    name.map(|name| Unit::from_name(name).map_err(PyValueError::new_err)).transpose()
}

/// A time in nanoseconds since 1970 UTC: a datetime of whatever library, a date, ISO text, or an integer of this unit.
pub(crate) fn time_ns(given: &Bound<'_, PyAny>, unit: Option<Unit>) -> PyResult<i64> {
    let py = given.py();
    let refused = |error: TimeError| PyValueError::new_err(error.to_string());
    if given.is_exact_instance_of::<PyDateTime>() {
        return datetime_ns(given);
    }
    if let Ok(whole) = given.cast::<PyInt>() {
        if given.is_instance_of::<PyBool>() {
            return Err(no_time(given));
        }
        let whole = whole.extract().map_err(|_| refused(TimeError::Range(shown(given))))?;
        return times::from_integer(whole, unit).map_err(refused);
    }
    if let Ok(text) = given.cast::<PyString>() {
        return times::parse(text.to_str()?, unit).map_err(refused);
    }
    if is_nothing(given)? {
        return Err(PyValueError::new_err(format!("{} is no time", shown(given))));
    }
    if given.is_instance_of::<PyDateTime>() {
        // That of pandas has nanoseconds, which Python's knows nothing of.
        if given.hasattr(intern!(py, "nanosecond"))? {
            let range = |_| refused(TimeError::Range(given.to_string()));
            return given.getattr(intern!(py, "value")).and_then(|value| value.extract()).map_err(range);
        }
        return datetime_ns(given);
    }
    if given.is_instance_of::<PyDate>() {
        let days: i64 = given.call_method0(intern!(py, "toordinal"))?.extract()?;
        return times::from_parts(days - 719_163, 0, 0).map_err(refused);
    }
    if given.is_instance_of::<PyFloat>() {
        return Err(no_time(given));
    }
    if let Some(dtype) = given.getattr_opt(intern!(py, "dtype"))? {
        return numpy_ns(given, &dtype, unit);
    }
    if let Some(plain) = given.getattr_opt(intern!(py, "as_py"))? {
        // pyarrow's counts itself: what it makes of it may have no nanoseconds.
        return match given.getattr_opt(intern!(py, "value"))? {
            Some(count) if !count.is_none() => {
                let of: String =
                    given.getattr(intern!(py, "type"))?.getattr(intern!(py, "unit"))?.extract()?;
                let of = Unit::from_name(&of).map_err(PyValueError::new_err)?;
                times::from_integer(count.extract()?, Some(of)).map_err(refused)
            }
            _ => time_ns(&plain.call0()?, unit),
        };
    }
    match given.getattr_opt(intern!(py, "datetime"))? {
        Some(moment) if moment.is_instance_of::<PyDateTime>() => datetime_ns(&moment),
        _ => Err(no_time(given)),
    }
}

fn no_time(given: &Bound<'_, PyAny>) -> PyErr {
    let class = given.get_type().name().map_or_else(|_| "object".to_owned(), |name| name.to_string());
    let why =
        if given.is_instance_of::<PyFloat>() { ", which does not hold nanoseconds exactly" } else { "" };
    PyTypeError::new_err(format!(
        "{} is a {class}{why}; a datetime, ISO text or an integer with its unit is needed",
        shown(given)
    ))
}

/// A datetime of Python's; one without a zone is in UTC.
fn datetime_ns(given: &Bound<'_, PyAny>) -> PyResult<i64> {
    static EPOCHS: PyOnceLock<(Py<PyAny>, Py<PyAny>)> = PyOnceLock::new();
    let py = given.py();
    let (local, aware) = EPOCHS.get_or_try_init(py, || {
        let datetime = py.import("datetime")?;
        let local = datetime.getattr("datetime")?.call1((1970, 1, 1))?;
        let aware =
            datetime.getattr("datetime")?.call_method1("fromtimestamp", (0, datetime.getattr("UTC")?))?;
        Ok::<_, PyErr>((local.unbind(), aware.unbind()))
    })?;
    let is_local = given.getattr(intern!(py, "tzinfo"))?.is_none();
    let since = given.sub(if is_local { local } else { aware }.bind(py))?;
    let part = |name| since.getattr(name)?.extract::<i64>();
    let (days, seconds) = (part(intern!(py, "days"))?, part(intern!(py, "seconds"))?);
    times::from_parts(days, seconds, part(intern!(py, "microseconds"))?)
        .map_err(|_| PyValueError::new_err(TimeError::Range(given.to_string()).to_string()))
}

/// A scalar of NumPy's.
fn numpy_ns(given: &Bound<'_, PyAny>, dtype: &Bound<'_, PyAny>, unit: Option<Unit>) -> PyResult<i64> {
    static DATETIME64_NS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = given.py();
    let kind: String = dtype.getattr(intern!(py, "kind"))?.extract()?;
    match kind.as_str() {
        "i" | "u" if given.getattr(intern!(py, "ndim"))?.extract::<usize>()? == 0 => {
            time_ns(&given.call_method0(intern!(py, "__int__"))?, unit)
        }
        "M" => {
            let convert = DATETIME64_NS.get_or_try_init(py, || {
                py.import("laakhay.ta.core.timestamps")?.getattr("datetime64_scalar_ns").map(Bound::unbind)
            })?;
            convert.bind(py).call1((given,))?.extract()
        }
        _ => Err(no_time(given)),
    }
}

/// When a tick says that it closed, in nanoseconds since 1970 UTC; `None` where it does not say.
pub(crate) fn read_close(tick: &Bound<'_, PyAny>, unit: Option<Unit>) -> PyResult<Option<i64>> {
    let close_time = intern!(tick.py(), "close_time");
    let given = match tick.cast::<PyMapping>() {
        Ok(mapping) if mapping.contains(close_time)? => mapping.get_item(close_time)?,
        _ => return Ok(None),
    };
    if given.is_none() {
        return Ok(None);
    }
    time_ns(&given, unit).map(Some).map_err(|error| placed(tick.py(), "`close_time`", &error))
}

/// A tick's time in nanoseconds and as it was given; `None` where it has none.
pub(crate) fn read_time(tick: &Bound<'_, PyAny>, unit: Option<Unit>) -> PyResult<Option<(i64, Py<PyAny>)>> {
    let py = tick.py();
    let (timestamp, ts) = (intern!(py, "timestamp"), intern!(py, "ts"));
    let mut found = None;
    if let Ok(mapping) = tick.cast::<PyMapping>() {
        for key in [timestamp, ts] {
            if mapping.contains(key)? {
                found = Some((key, mapping.get_item(key)?));
                break;
            }
        }
    } else {
        let given = tick.getattr(ts).map_err(|_| {
            PyTypeError::new_err(format!("a bar is a Bar or a mapping of fields, not {}", tick.get_type()))
        })?;
        found = Some((ts, given));
    }
    match found {
        None => Ok(None),
        Some((_, given)) if given.is_none() => Ok(None),
        Some((key, given)) => {
            let time_ns = time_ns(&given, unit).map_err(|error| placed(py, &format!("`{key}`"), &error))?;
            Ok(Some((time_ns, given.unbind())))
        }
    }
}

/// An error about a time with its place in front.
fn placed(py: Python<'_>, place: &str, error: &PyErr) -> PyErr {
    let message = format!("{place}: {}", error.value(py));
    if error.is_instance_of::<PyTypeError>(py) {
        PyTypeError::new_err(message)
    } else if error.is_instance_of::<PyValueError>(py) {
        PyValueError::new_err(message)
    } else {
        error.clone_ref(py)
    }
}

/// A time as Python gives it: a datetime in UTC, or NumPy's where that has no room for nanoseconds.
pub(crate) fn stamp(py: Python<'_>, time_ns: i64) -> PyResult<Bound<'_, PyAny>> {
    static FROM_NS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let convert = FROM_NS.get_or_try_init(py, || {
        py.import("laakhay.ta.core.timestamps")?.getattr("exact_timestamp").map(Bound::unbind)
    })?;
    convert.bind(py).call1((time_ns,))
}

/// A time in nanoseconds since 1970 UTC: `time_ns(time, unit=None)`.
///
/// A time is a datetime of whatever library, a date, ISO text, or an integer: of `unit` (`s`, `ms`, `us`, `ns`), and without
/// one of nanoseconds from 1e17 in magnitude. Raises ValueError for one that needs a unit or does not fit int64, TypeError for
/// anything else.
#[pyfunction(name = "time_ns")]
#[pyo3(signature = (time, unit=None))]
pub(crate) fn read_time_ns(time: &Bound<'_, PyAny>, unit: Option<&str>) -> PyResult<i64> {
    time_ns(time, self::unit(unit)?)
}

/// Times as an int64 array of nanoseconds since 1970 UTC: `times_ns(times, unit=None)`, with the row in errors.
///
/// `times` is an int64 array, which is given back where it has nanoseconds already, or holds what `time_ns` takes.
#[pyfunction]
#[pyo3(signature = (times, unit=None))]
pub(crate) fn times_ns<'py>(
    times: &Bound<'py, PyAny>,
    unit: Option<&str>,
) -> PyResult<Bound<'py, PyArray1<i64>>> {
    let py = times.py();
    let unit = self::unit(unit)?;
    let in_row = |row: usize| format!("row {row}");
    if let Ok(array) = times.cast::<PyArray1<i64>>() {
        let borrowed = Times::borrow(Some(times))?;
        let given = borrowed.slice()?.unwrap_or_default();
        return match times::from_integers(given, unit) {
            Ok(Cow::Borrowed(_)) => Ok(array.clone()),
            Ok(Cow::Owned(read)) => Ok(PyArray1::from_vec(py, read)),
            Err((row, error)) => Err(PyValueError::new_err(format!("{}: {error}", in_row(row)))),
        };
    }
    let mut read = Vec::with_capacity(times.len().unwrap_or_default());
    for given in times.try_iter()? {
        let time_ns = time_ns(&given?, unit);
        read.push(time_ns.map_err(|error| placed(py, &in_row(read.len()), &error))?);
    }
    Ok(PyArray1::from_vec(py, read))
}

/// The distance that more than half of all neighbouring times have, in nanoseconds: `commonest_step(times_ns)`. Raises
/// ValueError for a missing one.
#[pyfunction]
pub(crate) fn commonest_step(times_ns: &Bound<'_, PyAny>) -> PyResult<Option<u64>> {
    let times = Times::borrow(Some(times_ns))?;
    Ok(times::commonest_step(times.present()?.unwrap_or_default()))
}

/// When bars close that open at these nanoseconds: `closes_ns(opens_ns, timeframe)`, each a length of the timeframe later.
/// Raises ValueError for what is no timeframe.
#[pyfunction]
pub(crate) fn closes_ns<'py>(
    py: Python<'py>,
    opens_ns: &Bound<'py, PyAny>,
    timeframe: &str,
) -> PyResult<Bound<'py, PyArray1<i64>>> {
    let (opens, timeframe) = (Times::borrow(Some(opens_ns))?, read_timeframe(timeframe)?);
    let opens = opens.slice()?.unwrap_or_default();
    Ok(PyArray1::from_iter(py, opens.iter().map(|open| timeframe.after(*open))))
}

/// The length by which timeframes are ordered, in nanoseconds: `nominal_ns(timeframe)`; a month counts as thirty days, and
/// what is no length has none. Raises ValueError for `1M`, a month to some and a minute to others.
#[pyfunction]
pub(crate) fn nominal_ns(timeframe: &str) -> PyResult<Option<u64>> {
    match (Timeframe::parse(timeframe), month_or_minute(timeframe)) {
        (None, Some(_)) => read_timeframe(timeframe).map(|known| Some(known.nominal_ns())),
        (known, _) => Ok(known.map(Timeframe::nominal_ns)),
    }
}

/// The length of a bar.
pub(crate) fn read_timeframe(text: &str) -> PyResult<Timeframe> {
    Timeframe::parse(text).ok_or_else(|| {
        let hint = month_or_minute(text);
        let accepted = hint.unwrap_or_else(|| "one such as '15m', '1h' or '1mo' is needed".to_owned());
        PyValueError::new_err(format!("'{text}' is no timeframe; {accepted}"))
    })
}

/// What an integer counts since 1970 UTC, told by its size: `unit_in_file(whole)` gives `s`, `ms`, `us` or `ns`, and None where
/// its digits may be a date, or no unit makes it a time of 1973 to 2286.
#[pyfunction]
pub(crate) fn unit_in_file(whole: i64) -> Option<&'static str> {
    times::unit_in_file(whole).map(Unit::name)
}
