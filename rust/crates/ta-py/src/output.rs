//! What a step gives, for Python.

use std::sync::Arc;

use pyo3::exceptions::{PyAttributeError, PyKeyError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyTuple};
use ta_engine::Rule;
use ta_engine::incremental::contracts::{Availability, Reason, StepOutput, StepValue};
use ta_engine::times;

/// What a step gives.
#[pyclass(name = "StepOutput", module = "laakhay.ta.ta_py", frozen)]
pub(crate) struct PyStepOutput {
    values: Vec<StepValue>,
    described: Described,
    /// The bar's time as it was given, and as the engine has it.
    event_time: Option<Py<PyAny>>,
    time_ns: Option<i64>,
    #[pyo3(get)]
    revision: u32,
    #[pyo3(get)]
    is_final: bool,
    #[pyo3(get)]
    is_degraded: bool,
}

/// What a result is beside its values: how often it was corrected, whether its bar has closed, whether bars are missing.
#[derive(Clone, Copy)]
pub(crate) struct Standing {
    pub(crate) revision: u32,
    pub(crate) is_final: bool,
    pub(crate) is_degraded: bool,
}

impl Standing {
    /// Of a bar that has closed and was not corrected.
    pub(crate) const FINAL: Standing = Standing { revision: 0, is_final: true, is_degraded: false };
    /// Of a bar that forms.
    pub(crate) const FORMING: Standing = Standing { is_final: false, ..Standing::FINAL };

    pub(crate) fn of(out: &StepOutput<'_>) -> Standing {
        Standing { revision: out.revision, is_final: out.is_final, is_degraded: out.is_degraded }
    }
}

/// What outputs are called, and why they are not ready.
enum Described {
    /// The rule says it when somebody asks.
    By(Arc<Rule>),
    /// It was said when the output was pickled.
    As(Vec<Kept>),
}

/// What is kept of one output where its rule is not at hand.
struct Kept {
    name: String,
    is_bool: bool,
    reason: Option<String>,
}

/// A value as it is pickled: its output's name, the value, whether it is a truth value, its availability, and why it is not
/// ready.
type Pickled<'py> = (String, Option<Bound<'py, PyAny>>, bool, String, Option<String>);

impl PyStepOutput {
    pub(crate) fn new(
        values: Vec<StepValue>,
        rule: Arc<Rule>,
        event_time: Option<Py<PyAny>>,
        time_ns: Option<i64>,
        standing: Standing,
    ) -> PyStepOutput {
        let Standing { revision, is_final, is_degraded } = standing;
        let described = Described::By(rule);
        PyStepOutput { values, described, event_time, time_ns, revision, is_final, is_degraded }
    }

    fn name(&self, at: usize) -> &str {
        match &self.described {
            Described::By(rule) => &rule.plan().outputs()[at].name,
            Described::As(kept) => &kept[at].name,
        }
    }

    fn is_bool(&self, at: usize) -> bool {
        match &self.described {
            Described::By(rule) => rule.plan().outputs()[at].is_bool,
            Described::As(kept) => kept[at].is_bool,
        }
    }

    fn names(&self) -> String {
        let names: Vec<_> = (0..self.values.len()).map(|at| self.name(at)).collect();
        names.join(", ")
    }

    fn reason_of(&self, at: usize) -> Option<String> {
        let rule = match &self.described {
            Described::By(rule) => rule,
            Described::As(kept) => return kept[at].reason.clone(),
        };
        self.values[at].reason.map(|reason| match reason {
            Reason::MissingField(slot) => format!("{} is missing", rule.plan().describe(slot)),
            Reason::Undefined(slot) => format!("undefined: {}", rule.plan().describe(slot)),
        })
    }

    fn python_value(&self, py: Python<'_>, at: usize) -> PyResult<Py<PyAny>> {
        let value = &self.values[at];
        if value.availability != Availability::Ready {
            return Ok(py.None());
        }
        if self.is_bool(at) {
            return Ok((value.value != 0.0).into_pyobject(py)?.to_owned().into_any().unbind());
        }
        Ok(value.value.into_pyobject(py)?.into_any().unbind())
    }

    /// All that it says, as plain values, in the order in which `restored` takes them.
    fn state<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let outputs = (0..self.values.len()).map(|at| {
            let availability = self.values[at].availability.name();
            let value = self.python_value(py, at)?;
            (self.name(at), value, self.is_bool(at), availability, self.reason_of(at)).into_pyobject(py)
        });
        let outputs = PyTuple::new(py, outputs.collect::<PyResult<Vec<_>>>()?)?;
        let standing = (self.revision, self.is_final, self.is_degraded);
        (outputs, self.event_time(py), self.time_ns, standing.0, standing.1, standing.2).into_pyobject(py)
    }
}

/// A value from what was pickled of it.
fn value_of(pickled: Pickled<'_>) -> PyResult<(StepValue, Kept)> {
    let (name, value, is_bool, availability, reason) = pickled;
    let known = Availability::ALL.into_iter().find(|one| one.name() == availability);
    let refuse = |said: &str| PyValueError::new_err(format!("no pickled result: `{name}` is {said}"));
    let Some(known) = known else { return Err(refuse(&availability)) };
    let number = match (&value, known == Availability::Ready) {
        (None, false) => f64::NAN,
        (Some(value), true) if is_bool == value.is_instance_of::<PyBool>() => value.extract()?,
        _ => return Err(refuse(&format!("{availability} and does not have the value for it"))),
    };
    if known == Availability::Ready && number.is_nan() {
        return Err(refuse("ready and NaN"));
    }
    let value = StepValue { value: number, availability: known, reason: None };
    Ok((value, Kept { name, is_bool, reason }))
}

#[pymethods]
impl PyStepOutput {
    /// The result that was pickled as these: see `__reduce__`.
    #[staticmethod]
    #[pyo3(signature = (outputs, event_time, time_ns, revision, is_final, is_degraded=false))]
    fn restored(
        outputs: Vec<Pickled<'_>>,
        event_time: Option<Py<PyAny>>,
        time_ns: Option<i64>,
        revision: u32,
        is_final: bool,
        is_degraded: bool,
    ) -> PyResult<PyStepOutput> {
        let read: Vec<_> = outputs.into_iter().map(value_of).collect::<PyResult<_>>()?;
        let (values, kept) = read.into_iter().unzip();
        let described = Described::As(kept);
        Ok(PyStepOutput { values, described, event_time, time_ns, revision, is_final, is_degraded })
    }

    /// The value: a float, a bool, or None where it is not ready.
    #[getter]
    fn value(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        if self.values.len() != 1 {
            let message = format!("there are several outputs: {}", self.names());
            return Err(PyAttributeError::new_err(message));
        }
        self.python_value(py, 0)
    }

    /// All values by name.
    #[getter]
    fn values<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let values = PyDict::new(py);
        for at in 0..self.values.len() {
            values.set_item(self.name(at), self.python_value(py, at)?)?;
        }
        Ok(values)
    }

    /// The value of the output of this name.
    fn __getitem__(&self, py: Python<'_>, name: &str) -> PyResult<Py<PyAny>> {
        match (0..self.values.len()).find(|at| self.name(*at) == name) {
            Some(at) => self.python_value(py, at),
            None => {
                Err(PyKeyError::new_err(format!("there is no output {name:?}; there are: {}", self.names())))
            }
        }
    }

    /// What the value is: ready, warming_up, missing_input, excluded or error; of several the one that says most.
    #[getter]
    fn availability(&self) -> &'static str {
        let worst = self.values.iter().map(|v| v.availability).max_by_key(|a| *a as u8);
        worst.map_or("ready", Availability::name)
    }

    /// What each value is, by name.
    #[getter]
    fn availabilities<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let names = PyDict::new(py);
        for (at, value) in self.values.iter().enumerate() {
            names.set_item(self.name(at), value.availability.name())?;
        }
        Ok(names)
    }

    /// Why a value is not ready, where there is more to say.
    #[getter]
    fn reason(&self) -> Option<String> {
        (0..self.values.len()).find_map(|at| self.reason_of(at))
    }

    /// A result has no truth value: one that is not ready, or False, would pass for a signal.
    fn __bool__(&self) -> PyResult<bool> {
        let message = "a result has no truth value; say which: `.value is True` where the rule is true, \
                       `.availability == \"ready\"` where it has a value";
        Err(PyTypeError::new_err(message))
    }

    /// The bar's time as it was given.
    #[getter]
    fn event_time(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.event_time.as_ref().map(|time| time.clone_ref(py))
    }

    /// All of it as values that JSON has: what is not ready is None, the time is ISO text in UTC; `is_degraded` is there where bars
    /// are missing.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let plain = PyDict::new(py);
        plain.set_item("event_time", self.time_ns.map(|ns| times::iso(ns).to_string()))?;
        plain.set_item("values", self.values(py)?)?;
        plain.set_item("availability", self.availability())?;
        plain.set_item("availabilities", self.availabilities(py)?)?;
        plain.set_item("reason", self.reason())?;
        plain.set_item("revision", self.revision)?;
        plain.set_item("is_final", self.is_final)?;
        if self.is_degraded {
            plain.set_item("is_degraded", true)?;
        }
        Ok(plain)
    }

    /// Results are equal that say the same.
    fn __eq__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = other.py();
        match other.cast::<PyStepOutput>() {
            Ok(other) => {
                let equal = self.state(py)?.eq(other.get().state(py)?)?;
                Ok(PyBool::new(py, equal).to_owned().into_any())
            }
            Err(_) => Ok(py.NotImplemented().into_bound(py)),
        }
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        self.state(py)?.hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        Ok((py.get_type::<PyStepOutput>().getattr("restored")?, self.state(py)?))
    }

    fn __copy__(slf: Py<PyStepOutput>) -> Py<PyStepOutput> {
        slf
    }

    fn __deepcopy__(slf: Py<PyStepOutput>, _memo: &Bound<'_, PyAny>) -> Py<PyStepOutput> {
        slf
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let values = self.values(py)?.repr()?;
        let mut text = format!("StepOutput(values={values}, availability='{}'", self.availability());
        if let Some(reason) = self.reason() {
            text += &format!(", reason={reason:?}");
        }
        if let Some(ns) = self.time_ns {
            text += &format!(", event_time={}", times::iso(ns));
        }
        if self.revision > 0 {
            text += &format!(", revision={}", self.revision);
        }
        if !self.is_final {
            text += ", is_final=False";
        }
        if self.is_degraded {
            text += ", is_degraded=True";
        }
        Ok(text + ")")
    }

    fn _repr_html_<'py>(slf: &Bound<'py, PyStepOutput>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("laakhay.ta.rules.markup")?.call_method1("output_table", (slf,))
    }
}
