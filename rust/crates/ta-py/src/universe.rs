//! Universes for Python.

use numpy::{PyArray1, PyArrayMethods};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use ta_engine::Universe;

use crate::convert::{Floats, Times, options};
use crate::errors;
use crate::rule::{PyRule, output_arrays};
use crate::signals::Signals;

/// One plan and the state of many symbols. Not to be used from two threads at once.
#[pyclass(name = "Universe", module = "laakhay.ta.ta_py", subclass)]
pub(crate) struct PyUniverse {
    universe: Universe,
}

impl PyUniverse {
    /// Hands the fields' and outputs' numbers to `work` while other Python threads run.
    fn with<'py>(
        &mut self,
        py: Python<'py>,
        fields: &[Bound<'py, PyAny>],
        length: usize,
        out: Option<Vec<Bound<'py, PyAny>>>,
        work: impl FnOnce(&mut Universe, &[&[f64]], &mut [&mut [f64]]) -> PyResult<()> + Send,
    ) -> PyResult<Vec<Bound<'py, PyArray1<f64>>>> {
        let fields = Floats::borrow(fields)?;
        let fields = fields.slices()?;
        // Before arrays of a length that nobody gave are made.
        if let Some(field) = fields.iter().find(|field| field.len() != length) {
            let given = field.len();
            return Err(PyValueError::new_err(format!("numbers of a field: {given} given, {length} needed")));
        }
        let arrays = output_arrays(py, self.universe.plan().outputs().len(), length, out)?;
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
        let universe = &mut self.universe;
        py.detach(|| work(universe, &fields, &mut slices))?;
        drop(borrowed);
        Ok(arrays)
    }
}

#[pymethods]
impl PyUniverse {
    /// A universe of a rule: one that has seen nothing, or one that goes on from a snapshot.
    #[new]
    #[pyo3(signature = (rule, symbols=0, timeframe_ns=None, missing_input="emit_missing", instructions="best", snapshot=None))]
    fn start(
        rule: &Bound<'_, PyRule>,
        symbols: usize,
        timeframe_ns: Option<u64>,
        missing_input: &str,
        instructions: &str,
        snapshot: Option<&[u8]>,
    ) -> PyResult<PyUniverse> {
        let rule = &rule.get().rule;
        let universe = match snapshot {
            Some(snapshot) => rule.restore_universe(snapshot).map_err(|error| errors::snapshot(&error))?,
            None => {
                let options = options(timeframe_ns, missing_input, "raise", instructions)?;
                rule.universe(symbols, options).map_err(|error| errors::plan(&error))?
            }
        };
        Ok(PyUniverse { universe })
    }

    /// Takes one bar of every symbol: a row per field in the order of the rule's `fields`; gives a row per output.
    #[pyo3(signature = (fields, time_ns=None, out=None))]
    fn step_rows<'py>(
        &mut self,
        py: Python<'py>,
        fields: Vec<Bound<'py, PyAny>>,
        time_ns: Option<i64>,
        out: Option<Vec<Bound<'py, PyAny>>>,
    ) -> PyResult<Vec<Bound<'py, PyArray1<f64>>>> {
        let symbols = self.universe.symbols();
        self.with(py, &fields, symbols, out, |universe, fields, outputs| {
            universe.step(time_ns, fields, outputs).map_err(|error| errors::step(&error))
        })
    }

    /// Takes many bars: per field a matrix of `bars` rows with a number per symbol, flattened; gives the like.
    #[pyo3(signature = (fields, bars, times_ns=None, out=None))]
    fn run_matrices<'py>(
        &mut self,
        py: Python<'py>,
        fields: Vec<Bound<'py, PyAny>>,
        bars: usize,
        times_ns: Option<Bound<'py, PyAny>>,
        out: Option<Vec<Bound<'py, PyAny>>>,
    ) -> PyResult<Vec<Bound<'py, PyArray1<f64>>>> {
        let times = Times::borrow(times_ns.as_ref())?;
        let times = times.slice()?;
        let symbols = self.universe.symbols();
        let length = symbols.checked_mul(bars).filter(|length| *length <= isize::MAX as usize / 8);
        let length = length.ok_or_else(|| {
            PyValueError::new_err(format!("bars: {bars} of {symbols} symbols are more than memory can hold"))
        })?;
        self.with(py, &fields, length, out, |universe, fields, outputs| {
            let mut signals = Signals::new();
            universe
                .run_watched(times, bars, fields, outputs, &mut signals)
                .map_err(|error| signals.error(&error, errors::step))
        })
    }

    /// The universe as bytes.
    fn snapshot<'py>(&mut self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.universe.snapshot())
    }

    /// How many symbols.
    #[getter]
    fn symbol_count(&self) -> usize {
        self.universe.symbols()
    }

    /// Bars taken.
    #[getter]
    fn position(&self) -> u64 {
        self.universe.position()
    }
}
