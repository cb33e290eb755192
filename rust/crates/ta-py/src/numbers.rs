//! Python values as the engine's numbers.

use numpy::PyArray1;
use pyo3::exceptions::{PyException, PyMemoryError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyComplex, PyDelta, PyFloat, PyInt, PyString, PyType};
use ta_engine::numbers::read_number;

use crate::errors;

/// What a value is to a field.
enum Read {
    /// A number, or NaN where it is missing or no double holds it.
    Number(f64),
    /// Nothing of the kind; with the exception of whoever was asked, where there was one.
    Other(Option<PyErr>),
}

/// The number that a value of a field is; NaN where it is missing. `field` says which, and in which row.
pub(crate) fn number(value: &Bound<'_, PyAny>, field: &dyn Fn() -> String) -> PyResult<f64> {
    if let Ok(float) = value.cast_exact::<PyFloat>() {
        return Ok(float.value());
    }
    match read(value)? {
        Read::Number(number) => Ok(number),
        Read::Other(cause) => Err(refused(value, field(), cause)),
    }
}

/// `number` of a field that holds truth values, which are 1 and 0.
pub(crate) fn truth(value: &Bound<'_, PyAny>, field: &dyn Fn() -> String) -> PyResult<f64> {
    let is_truth =
        value.is_instance_of::<PyBool>() || matches!(value.get_type().name()?.to_str()?, "bool" | "bool_"); // NumPy's.
    if is_truth { Ok(f64::from(u8::from(value.is_truthy()?))) } else { number(value, field) }
}

fn read(value: &Bound<'_, PyAny>) -> PyResult<Read> {
    let py = value.py();
    if value.is_none() {
        return Ok(Read::Number(f64::NAN));
    }
    if value.is_instance_of::<PyBool>() {
        return Ok(Read::Other(None));
    }
    if value.is_instance_of::<PyInt>() {
        // What is too great for a double is as missing as an infinity.
        return Ok(Read::Number(value.extract().unwrap_or(f64::NAN)));
    }
    if let Ok(text) = value.cast::<PyString>() {
        let number = text.to_str().ok().and_then(read_number);
        return Ok(number.map_or(Read::Other(None), Read::Number));
    }
    if let Some(scalar) = scalar(value)? {
        return Ok(scalar);
    }
    let is_other = value.is_instance_of::<PyComplex>()
        || value.is_instance_of::<PyBytes>()
        || value.is_instance_of::<PyByteArray>()
        || value.is_instance_of::<PyDelta>();
    if is_other {
        return Ok(Read::Other(None));
    }
    match value.extract::<f64>() {
        Ok(number) => Ok(Read::Number(number)),
        // An interruption is nobody's number.
        Err(error) if !is_about_the_value(py, &error) => Err(error),
        Err(_) if is_nan(value) => Ok(Read::Number(f64::NAN)),
        Err(error) => Ok(Read::Other(Some(error))),
    }
}

/// A scalar of a library of arrays, told by what it says of itself; `None` for anything else.
fn scalar(value: &Bound<'_, PyAny>) -> PyResult<Option<Read>> {
    let py = value.py();
    if is_nothing(value)? {
        return Ok(Some(Read::Number(f64::NAN)));
    }
    if let Some(dtype) = value.getattr_opt(intern!(py, "dtype"))? {
        let number = || -> PyResult<Option<f64>> {
            if value.getattr(intern!(py, "ndim"))?.extract::<usize>()? > 0 {
                return Ok(None);
            }
            let kind: String = dtype.getattr(intern!(py, "kind"))?.extract()?;
            match kind.as_str() {
                "f" | "i" | "u" => value.extract().map(Some),
                "M" | "m" if is_not_itself(value) => Ok(Some(f64::NAN)),
                _ => Ok(None),
            }
        };
        return Ok(Some(match number() {
            Ok(Some(number)) => Read::Number(number),
            Ok(None) => Read::Other(None),
            Err(error) if !is_about_the_value(py, &error) => return Err(error),
            Err(error) => Read::Other(Some(error)),
        }));
    }
    match value.getattr_opt(intern!(py, "as_py"))? {
        Some(plain) => read(&plain.call0()?).map(Some),
        None => Ok(None),
    }
}

/// True for what stands for no value: NumPy's masked, pandas' NA and NaT.
pub(crate) fn is_nothing(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let class = value.get_type();
    let name = class.name()?;
    let name = name.to_str()?;
    Ok(matches!(name, "NAType" | "NaTType" | "MaskedConstant")
        && ["pandas", "numpy"].iter().any(|library| is_of(&class, library)))
}

fn is_of(class: &Bound<'_, PyType>, library: &str) -> bool {
    class
        .module()
        .is_ok_and(|module| module.to_str().is_ok_and(|module| module.split('.').next() == Some(library)))
}

/// True for what does not equal itself, as no NaN and no NaT does.
fn is_not_itself(value: &Bound<'_, PyAny>) -> bool {
    value.ne(value).unwrap_or(false)
}

/// True for a Decimal that is no number and says so, even where it refuses to become a float.
fn is_nan(value: &Bound<'_, PyAny>) -> bool {
    value.call_method0(intern!(value.py(), "is_nan")).is_ok_and(|nan| nan.is_truthy().unwrap_or(false))
}

/// False for what concerns the whole program: an interruption, the end, no memory.
fn is_about_the_value(py: Python<'_>, error: &PyErr) -> bool {
    error.is_instance_of::<PyException>(py) && !error.is_instance_of::<PyMemoryError>(py)
}

fn refused(value: &Bound<'_, PyAny>, field: String, cause: Option<PyErr>) -> PyErr {
    let py = value.py();
    let shown = shown(value);
    let class = value.get_type().name().map_or_else(|_| "object".to_owned(), |name| name.to_string());
    let raised = cause.as_ref().filter(|error| !error.is_instance_of::<PyTypeError>(py));
    let why = raised.map(|error| format!(" ({error})")).unwrap_or_default();
    let message =
        format!("{field} is {shown}, a {class}{why}; a number, text that is one, or None is needed");
    let error = errors::data(message);
    error.set_cause(py, cause);
    error
}

/// A value as a message shows it.
pub(crate) fn shown(value: &Bound<'_, PyAny>) -> String {
    match value.repr() {
        Ok(shown) => shown.to_string_lossy().chars().take(80).collect(),
        Err(_) => "what cannot be shown".to_owned(),
    }
}

/// The number that a value of a field of this name is, NaN where it is missing: `number(value, field)`.
///
/// Raises DataError, naming field and value, for one that is no number.
#[pyfunction(name = "number")]
pub(crate) fn read_one(value: &Bound<'_, PyAny>, field: &str) -> PyResult<f64> {
    number(value, &|| format!("`{field}`"))
}

/// The values of a column of this name as numbers, NaN where they are missing: `numbers(values, field)`.
///
/// Of a matrix by rows, `width` is the number of values in each. Where `truths` says so, True is 1 and False 0. Raises DataError, naming field, row and value, for one
/// that is no number.
#[pyfunction]
#[pyo3(signature = (values, field, width=None, truths=false))]
pub(crate) fn numbers<'py>(
    values: &Bound<'py, PyAny>,
    field: &str,
    width: Option<usize>,
    truths: bool,
) -> PyResult<Bound<'py, PyArray1<f64>>> {
    let mut column = Vec::with_capacity(values.len().unwrap_or_default());
    for value in values.try_iter()? {
        let value = value?;
        let at = column.len();
        let read = if truths { truth } else { number };
        column.push(read(&value, &|| match width {
            None => format!("`{field}` in row {at}"),
            Some(width) => format!("`{field}` in row {}, column {}", at / width.max(1), at % width.max(1)),
        })?);
    }
    Ok(PyArray1::from_vec(values.py(), column))
}
