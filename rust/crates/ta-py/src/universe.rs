//! Universes for Python.

use numpy::{PyArray1, PyArrayMethods};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use ta_engine::Universe;

use crate::convert::{Floats, Snapshot, Times, options};
use crate::errors;
use crate::exclusive::Exclusive;
use crate::rule::{PyRule, output_arrays};
use crate::signals::Signals;

/// One plan and the state of many symbols; one call at a time works on it.
#[pyclass(name = "Universe", module = "laakhay.ta.ta_py", subclass, frozen)]
pub(crate) struct PyUniverse(Exclusive<Universe>);

impl PyUniverse {
    /// Hands the fields' and outputs' numbers of so many bars to `work` while other Python threads run.
    fn with<'py>(
        &self,
        py: Python<'py>,
        fields: &[Bound<'py, PyAny>],
        bars: usize,
        out: Option<Vec<Bound<'py, PyAny>>>,
        work: impl FnOnce(&mut Universe, &[&[f64]], &mut [&mut [f64]]) -> PyResult<()> + Send,
    ) -> PyResult<Vec<Bound<'py, PyArray1<f64>>>> {
        let fields = Floats::borrow(fields)?;
        let fields = fields.slices()?;
        let mut held = self.0.hold()?;
        let symbols = held.symbols();
        let length = symbols.checked_mul(bars).filter(|length| *length <= isize::MAX as usize / 8);
        let length = length.ok_or_else(|| {
            PyValueError::new_err(format!("bars: {bars} of {symbols} symbols are more than memory can hold"))
        })?;
        // Before arrays of a length that nobody gave are made.
        if let Some(field) = fields.iter().find(|field| field.len() != length) {
            let given = field.len();
            return Err(PyValueError::new_err(format!("numbers of a field: {given} given, {length} needed")));
        }
        let arrays = output_arrays(py, held.plan().outputs().len(), length, out)?;
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
        let universe = &mut *held;
        py.detach(|| work(universe, &fields, &mut slices))?;
        drop(borrowed);
        Ok(arrays)
    }
}

#[pymethods]
impl PyUniverse {
    /// A universe of a rule: one of these symbols that has seen nothing, or one that goes on from a snapshot, of these
    /// symbols where they are given.
    #[new]
    #[pyo3(signature = (rule, symbols=None, timeframe_ns=None, missing_input="emit_missing", instructions="best", snapshot=Snapshot::Absent, groups=None))]
    fn start(
        rule: &Bound<'_, PyRule>,
        symbols: Option<Vec<String>>,
        timeframe_ns: Option<u64>,
        missing_input: &str,
        instructions: &str,
        snapshot: Snapshot<'_>,
        groups: Option<Vec<String>>,
    ) -> PyResult<PyUniverse> {
        let rule = &rule.get().rule;
        let universe = match snapshot.bytes() {
            Some(snapshot) => {
                let restored = rule.restore_universe(snapshot).map_err(|error| errors::snapshot(&error))?;
                if let Some(symbols) = symbols {
                    restored.expect_symbols(&symbols).map_err(|error| errors::snapshot(&error))?;
                }
                restored
            }
            None => {
                let options = options(timeframe_ns, missing_input, "raise", instructions)?;
                rule.universe_in_groups(symbols.unwrap_or_default(), groups, options)
                    .map_err(|error| errors::plan(&error))?
            }
        };
        Ok(PyUniverse(Exclusive::new("universe", universe)))
    }

    /// Takes one bar of every symbol: a row per field in the order of the rule's `fields`; gives a row per output.
    #[pyo3(signature = (fields, time_ns=None, out=None))]
    fn step_rows<'py>(
        &self,
        py: Python<'py>,
        fields: Vec<Bound<'py, PyAny>>,
        time_ns: Option<i64>,
        out: Option<Vec<Bound<'py, PyAny>>>,
    ) -> PyResult<Vec<Bound<'py, PyArray1<f64>>>> {
        self.with(py, &fields, 1, out, |universe, fields, outputs| {
            universe.step(time_ns, fields, outputs).map_err(|error| errors::step(&error))
        })
    }

    /// What `step_rows` would give for forming bars; the state stays as it is.
    #[pyo3(signature = (fields, time_ns=None, out=None))]
    fn preview_rows<'py>(
        &self,
        py: Python<'py>,
        fields: Vec<Bound<'py, PyAny>>,
        time_ns: Option<i64>,
        out: Option<Vec<Bound<'py, PyAny>>>,
    ) -> PyResult<Vec<Bound<'py, PyArray1<f64>>>> {
        self.with(py, &fields, 1, out, |universe, fields, outputs| {
            universe.preview(time_ns, fields, outputs).map_err(|error| errors::step(&error))
        })
    }

    /// Takes many bars: per field a matrix of `bars` rows with a number per symbol, flattened; gives the like.
    #[pyo3(signature = (fields, bars, times_ns=None, out=None))]
    fn run_matrices<'py>(
        &self,
        py: Python<'py>,
        fields: Vec<Bound<'py, PyAny>>,
        bars: usize,
        times_ns: Option<Bound<'py, PyAny>>,
        out: Option<Vec<Bound<'py, PyAny>>>,
    ) -> PyResult<Vec<Bound<'py, PyArray1<f64>>>> {
        let times = Times::borrow(times_ns.as_ref())?;
        let times = times.present()?;
        self.with(py, &fields, bars, out, |universe, fields, outputs| {
            let mut signals = Signals::new();
            universe
                .run_watched(times, bars, fields, outputs, &mut signals)
                .map_err(|error| signals.error(&error, errors::step))
        })
    }

    /// The universe as bytes.
    fn snapshot<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.0.hold()?.snapshot()))
    }

    /// The names of its symbols, in order.
    #[getter]
    fn symbol_names(&self) -> PyResult<Vec<String>> {
        Ok(self.0.hold()?.names().unwrap_or_default().to_vec())
    }

    /// The name of each symbol's group, in the order of the symbols; None where there are no groups.
    #[getter]
    fn group_names(&self) -> PyResult<Option<Vec<String>>> {
        Ok(self.0.hold()?.groups().map(<[String]>::to_vec))
    }

    /// How many symbols.
    #[getter]
    fn symbol_count(&self) -> PyResult<usize> {
        Ok(self.0.hold()?.symbols())
    }

    /// Bars taken.
    #[getter]
    fn position(&self) -> PyResult<u64> {
        Ok(self.0.hold()?.position())
    }
}
