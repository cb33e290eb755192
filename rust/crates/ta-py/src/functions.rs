//! Functions of Python as indicators: what they are called and take, and the calls.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use numpy::{PyArray1, PyArrayMethods};
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyTuple};
use ta_engine::catalog::function::{Call, Function, Memory, Needs};
use ta_engine::catalog::{
    Catalog, Group, IndicatorSpec, InputRole, InputSpec, Made, OutputKind, OutputSpec, ParamKind, ParamSpec,
    ParamValue,
};

/// The engine's indicators, and functions of Python beside them.
static CATALOG: LazyLock<Mutex<Arc<Catalog>>> =
    LazyLock::new(|| Mutex::new(Arc::new(ta_engine::catalog().clone())));

/// What a function of Python raised last, with the words that the engine has of it.
static RAISED: Mutex<Option<(String, PyErr)>> = Mutex::new(None);

/// All indicators that a rule may call.
pub(crate) fn catalog() -> Arc<Catalog> {
    CATALOG.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// What was raised behind these words of the engine.
pub(crate) fn raised(why: &str) -> Option<PyErr> {
    let mut raised = RAISED.lock().unwrap_or_else(PoisonError::into_inner);
    raised.take_if(|(words, _)| words == why).map(|(_, error)| error)
}

/// Notes what was raised and gives it in words: what, and where in the caller's text.
fn told(py: Python<'_>, error: PyErr) -> String {
    let value = error.value(py);
    let mut words = match value.hasattr("of_registration") {
        Ok(true) => value.to_string(),
        _ => {
            let kind =
                value.get_type().name().map_or_else(|_| "an error".to_owned(), |name| name.to_string());
            let message = value.to_string();
            if message.is_empty() {
                format!("it raised {kind}")
            } else {
                format!("it raised {kind}: {message}")
            }
        }
    };
    if let Some((file, line)) = place(&error, py) {
        words.push_str(&format!(" ({file}, line {line})"));
    }
    *RAISED.lock().unwrap_or_else(PoisonError::into_inner) = Some((words.clone(), error));
    words
}

/// File and line of the innermost call, unless that is one of this package's.
fn place(error: &PyErr, py: Python<'_>) -> Option<(String, usize)> {
    let mut at = error.traceback(py)?.into_any();
    while let Ok(next) = at.getattr("tb_next")
        && !next.is_none()
    {
        at = next;
    }
    let file: String =
        at.getattr("tb_frame").ok()?.getattr("f_code").ok()?.getattr("co_filename").ok()?.extract().ok()?;
    let line = at.getattr("tb_lineno").ok()?.extract().ok()?;
    (!file.ends_with("/rules/functions.py")).then_some((file, line))
}

/// A function of Python.
struct PyFunction {
    name: &'static str,
    params: &'static [ParamSpec],
    /// Parameters by name -> what kind of memory, how much of it, warm-up.
    needs: Py<PyAny>,
    /// Parameters by name -> an object with `run step save load`.
    begin: Py<PyAny>,
    known: Mutex<HashMap<Vec<u64>, Result<Needs, String>>>,
}

impl fmt::Debug for PyFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PyFunction {
    fn named<'py>(&self, py: Python<'py>, params: &[ParamValue]) -> PyResult<Bound<'py, PyDict>> {
        let named = PyDict::new(py);
        for (spec, value) in self.params.iter().zip(params) {
            match *value {
                ParamValue::Int(value) => named.set_item(spec.name, value)?,
                ParamValue::Float(value) => named.set_item(spec.name, value)?,
                ParamValue::Choice(value) => named.set_item(spec.name, value)?,
            }
        }
        Ok(named)
    }

    fn ask(&self, py: Python<'_>, params: &[ParamValue]) -> PyResult<Needs> {
        let asked = self.needs.bind(py).call1((self.named(py, params)?,))?;
        let (kind, amount, warmup): (String, usize, usize) = asked.extract()?;
        let memory = match kind.as_str() {
            "window" => Memory::Window(amount),
            "bytes" => Memory::Bytes(amount),
            "untold" => Memory::Untold,
            _ => Memory::WholeHistory,
        };
        Ok(Needs { warmup, memory })
    }
}

impl Function for PyFunction {
    fn needs(&self, params: &[ParamValue]) -> Result<Needs, String> {
        let key: Vec<u64> = params.iter().map(|value| value.to_bits()).collect();
        if let Some(known) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        // Not while others wait for what is known: they may have Python's lock.
        let asked = Python::attach(|py| self.ask(py, params).map_err(|error| told(py, error)));
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(key, asked.clone());
        asked
    }

    fn begin(&self, params: &[ParamValue]) -> Result<Box<dyn Call>, String> {
        Python::attach(|py| {
            let begun = self.named(py, params).and_then(|named| self.begin.bind(py).call1((named,)));
            let begun = begun.map_err(|error| told(py, error))?;
            Ok(Box::new(PyCall(begun.unbind())) as Box<dyn Call>)
        })
    }
}

/// A function of Python at work on one history.
struct PyCall(Py<PyAny>);

impl PyCall {
    fn with<T>(&self, work: impl FnOnce(&Bound<'_, PyAny>) -> PyResult<T>) -> Result<T, String> {
        Python::attach(|py| work(self.0.bind(py)).map_err(|error| told(py, error)))
    }
}

impl Call for PyCall {
    fn run(&mut self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> Result<(), String> {
        self.with(|call| {
            let py = call.py();
            let columns = PyList::new(py, inputs.iter().map(|input| PyArray1::from_slice(py, input)))?;
            let given: Vec<Bound<'_, PyArray1<f64>>> = call.call_method1("run", (columns,))?.extract()?;
            for (output, given) in outputs.iter_mut().zip(given) {
                output.copy_from_slice(given.readonly().as_slice()?);
            }
            Ok(())
        })
    }

    fn step(&mut self, inputs: &[f64], outputs: &mut [f64]) -> Result<(), String> {
        self.with(|call| {
            let bar = PyTuple::new(call.py(), inputs)?;
            let given: Vec<f64> = call.call_method1("step", (bar,))?.extract()?;
            outputs.copy_from_slice(&given);
            Ok(())
        })
    }

    fn save(&mut self, out: &mut Vec<u8>) -> Result<(), String> {
        self.with(|call| {
            out.extend_from_slice(call.call_method0("save")?.cast::<PyBytes>()?.as_bytes());
            Ok(())
        })
    }

    fn load(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.with(|call| call.call_method1("load", (PyBytes::new(call.py(), bytes),)).map(|_| ()))
    }
}

/// Registrations last as long as the process, and so do their words.
fn kept(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn kept_list<T>(list: Vec<T>) -> &'static [T] {
    Box::leak(list.into_boxed_slice())
}

/// A parameter: its name; `int`, `float` or `choice`; default, least and greatest value, or the texts of a choice, the default
/// first.
type Param = (String, String, f64, f64, f64, Vec<String>);

fn param((name, kind, default, min, max, texts): Param) -> ParamSpec {
    let kind = match kind.as_str() {
        "int" => ParamKind::Int { default: default as i64, min: min as i64, max: max as i64 },
        "float" => ParamKind::Float { default, min, max },
        _ => {
            let accepted = kept_list(texts.iter().map(|text| kept(text)).collect());
            ParamKind::Choice { default: accepted[0], accepted }
        }
    };
    ParamSpec { name: kept(&name), aliases: &[], kind, description: "" }
}

/// An input: its name; `field`, `series` or `operand`; and the field of the bar that it reads unless it is given.
type Input = (String, String, Option<String>);

fn input((name, role, field): Input) -> InputSpec {
    let name = kept(&name);
    let field = field.map(|field| kept(&field));
    let role = match (role.as_str(), field) {
        ("field", Some(field)) => InputRole::Field { field },
        ("series", Some(default)) => InputRole::Series { default, field_param: None },
        (_, default) => InputRole::Operand { default },
    };
    InputSpec { name, role }
}

/// Makes a function an indicator, in place of a registered one of the name; `needs` and `begin` are as in `rules/functions.py`.
/// Raises ValueError for the name of an indicator of the engine.
#[pyfunction]
#[allow(clippy::too_many_arguments)]
fn register_function(
    name: &str,
    version: u32,
    description: &str,
    source: &str,
    inputs: Vec<Input>,
    params: Vec<Param>,
    outputs: Vec<(String, bool)>,
    needs: Py<PyAny>,
    begin: Py<PyAny>,
) -> PyResult<()> {
    if let Some(spec) = ta_engine::catalog().find(name) {
        return Err(PyValueError::new_err(format!(
            "`{name}` is an indicator of the engine ({}); choose another name",
            spec.name
        )));
    }
    let (name, params) = (kept(name), kept_list(params.into_iter().map(param).collect()));
    let function = Box::leak(Box::new(PyFunction { name, params, needs, begin, known: Mutex::default() }));
    let output = |(name, is_bool): (String, bool)| OutputSpec {
        name: kept(&name),
        kind: if is_bool { OutputKind::Bool } else { OutputKind::Number },
        plot_offset: None,
    };
    let spec: &'static IndicatorSpec = Box::leak(Box::new(IndicatorSpec {
        name,
        kernel: name,
        group: Group::Math,
        version,
        description: kept(description),
        source: kept(source),
        aliases: &[],
        inputs: kept_list(inputs.into_iter().map(input).collect()),
        params,
        outputs: kept_list(outputs.into_iter().map(output).collect()),
        folds: false,
        waits_for_all: true,
        ready_by_data: true,
        refusal: |_| None,
        made: Made::Function(function),
    }));
    let mut catalog = CATALOG.lock().unwrap_or_else(PoisonError::into_inner);
    let others = catalog.specs().iter().copied().filter(|known| known.name != name);
    *catalog = Arc::new(Catalog::new(others.chain([spec])));
    Ok(())
}

/// True for what ends a program and is no error of a function's.
pub(crate) fn ends_program(py: Python<'_>, error: &PyErr) -> bool {
    !error.is_instance_of::<PyException>(py)
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(register_function, module)?)
}
