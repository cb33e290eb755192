//! Files of bars, read by the reader that the command line has, as arrays.

use std::path::PathBuf;

use numpy::PyArray1;
use pyo3::exceptions::{PyFileNotFoundError, PyIndexError, PyIsADirectoryError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList};
use ta_bars::{ErrorKind, ReadError, ReadOptions, Source, Symbols, Table, TextColumn, read, read_each};

use crate::errors;

/// Reads a file: `read_bars(source, name, options, renamed, skip_bad_rows, exact, timeframe_ns)` gives a dictionary per symbol.
///
/// `source` is a path or bytes, which errors call `name`. `options` are texts by the names that the command line has, `renamed`
/// pairs of field and column, or the names of all columns without fields; with `exact` numbers come as texts, too, and bars that are still forming are read.
#[pyfunction]
#[pyo3(signature = (source, name, options, renamed, skip_bad_rows=false, exact=false, timeframe_ns=None))]
pub(crate) fn read_bars<'py>(
    source: &Bound<'py, PyAny>,
    name: &str,
    options: Vec<(String, String)>,
    renamed: Vec<(Option<String>, String)>,
    skip_bad_rows: bool,
    exact: bool,
    timeframe_ns: Option<u64>,
) -> PyResult<Bound<'py, PyList>> {
    let py = source.py();
    let mut told = ReadOptions {
        skip_bad_rows,
        keeps_text: exact,
        reads_forming: exact,
        close_times: !exact,
        timeframe_ns,
        ..ReadOptions::default()
    };
    for (option, text) in &options {
        told.set(option, text).map_err(PyValueError::new_err)?;
    }
    told.columns.extend(renamed);
    let tables = if let Ok(bytes) = source.cast::<PyBytes>() {
        let bytes = bytes.as_bytes();
        py.detach(|| tables(&Source::Bytes(name, bytes), &told))
    } else {
        let path: PathBuf = source.extract()?;
        py.detach(|| tables(&Source::Path(&path), &told))
    };
    let tables = tables.map_err(|error| raised(py, &error))?;
    PyList::new(py, tables.into_iter().map(|table| given(py, table)).collect::<PyResult<Vec<_>>>()?)
}

fn tables(source: &Source<'_>, options: &ReadOptions) -> Result<Vec<Table>, ReadError> {
    if options.symbol == Symbols::All {
        read_each(source, options)
    } else {
        read(source, options).map(|one| vec![one])
    }
}

/// The numbers of a column as they are written, each made a text when it is asked for; empty where there is none.
#[pyclass(module = "laakhay.ta.ta_py", frozen)]
pub(crate) struct NumberTexts(TextColumn);

#[pymethods]
impl NumberTexts {
    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// Bytes of the longest.
    #[getter]
    fn longest(&self) -> usize {
        self.0.longest()
    }

    /// That of a row.
    fn of(&self, row: usize) -> PyResult<&str> {
        if row >= self.0.len() {
            return Err(PyIndexError::new_err(format!("row {row} of {}", self.0.len())));
        }
        Ok(self.0.get(row))
    }

    /// All of them.
    fn all<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, self.0.iter().collect::<Vec<_>>())
    }
}

fn given<'py>(py: Python<'py>, table: Table) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("symbol", table.symbol)?;
    dict.set_item("taken_for", table.taken_for)?;
    dict.set_item("times_ns", PyArray1::from_vec(py, table.times_ns))?;
    dict.set_item("closes_ns", table.closes_ns.map(|closes| PyArray1::from_vec(py, closes)))?;
    let texts = table.texts.into_iter().map(|column| Py::new(py, NumberTexts(column)));
    dict.set_item("texts", texts.collect::<PyResult<Vec<_>>>()?)?;
    let columns = table.columns.into_iter().map(|(name, column)| (name, PyArray1::from_vec(py, column)));
    dict.set_item("columns", columns.collect::<Vec<_>>())?;
    dict.set_item("closed", table.closed)?;
    dict.set_item("lines", PyArray1::from_vec(py, table.lines))?;
    let skipped = table.skipped.iter().map(|error| raised(py, error).into_value(py));
    dict.set_item("skipped", skipped.collect::<Vec<_>>())?;
    Ok(dict)
}

/// A file that is not read: `DataError` with file, line, column and value, and the kind in `reason`.
fn raised(py: Python<'_>, error: &ReadError) -> PyErr {
    if error.kind == ErrorKind::NotFound {
        return PyFileNotFoundError::new_err(error.to_string());
    }
    if error.kind == ErrorKind::Source && error.problem.contains("folder") {
        return PyIsADirectoryError::new_err(error.to_string());
    }
    let place = (&*error.file, error.line, error.column.as_deref(), error.value.as_deref());
    errors::file(py, &error.problem, place, &format!("{:?}", error.kind).to_lowercase())
}
