//! Rules for Python.

use std::num::NonZeroUsize;
use std::sync::Arc;

use numpy::{PyArray1, PyArrayMethods};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyBool;
use ta_engine::calendar::Timeframe;
use ta_engine::catalog::Settle;
use ta_engine::incremental::contracts::StepError;
use ta_engine::incremental::groups::Groups;
use ta_engine::lang::Given;
use ta_engine::lang::ir::{Expr, Kind, SourceRef};
use ta_engine::lang::json::to_json;
use ta_engine::plan::joined::{JoinedPlan, Joining};
use ta_engine::plan::{Plan, Rows};
use ta_engine::verify::{Matrices, ParityReport};
use ta_engine::{JoinedSession, Rule};

use crate::convert::{Floats, Times, options, truth_fields};
use crate::language::{LimitNumbers, Parameter};
use crate::signals::Signals;
use crate::{errors, functions, language};

/// A checked rule with one output or several.
#[pyclass(name = "Rule", module = "laakhay.ta.ta_py", frozen)]
pub(crate) struct PyRule {
    pub(crate) rule: Arc<Rule>,
    limits: Option<LimitNumbers>,
}

#[pymethods]
impl PyRule {
    /// A rule of named IR trees in JSON, normalised and checked here.
    #[staticmethod]
    #[pyo3(signature = (trees, limits=None))]
    fn from_ir(trees: Vec<(String, String)>, limits: Option<LimitNumbers>) -> PyResult<PyRule> {
        let within = language::limits_of(limits)?;
        let mut outputs = Vec::with_capacity(trees.len());
        for (name, text) in trees {
            outputs.push((name, language::tree_within(&text, &within.language)?));
        }
        let rule = Rule::from_ir_within(outputs, &functions::catalog(), within.plan)
            .map_err(|error| errors::rule(&error))?;
        Ok(PyRule { rule: Arc::new(rule), limits })
    }

    /// A rule of a text, with values for its parameters and named texts of definitions; an only value is called `value`.
    #[staticmethod]
    #[pyo3(signature = (text, parameters=Vec::new(), definitions=Vec::new(), limits=None, is_bare=false, sources=Vec::new()))]
    fn from_text(
        text: &str,
        parameters: Vec<(String, Parameter)>,
        definitions: Vec<(String, String)>,
        limits: Option<LimitNumbers>,
        is_bare: bool,
        sources: Vec<(String, Vec<String>)>,
    ) -> PyResult<PyRule> {
        let within = language::limits_of(limits)?;
        let parameters = language::values_of(&parameters);
        let definitions = language::definitions_of(&definitions, &within.language)?;
        let sources = language::sources_of(&sources)?;
        let definitions = definitions.as_ref();
        let catalog = functions::catalog();
        let catalog = Some(&catalog);
        let given = Given { parameters: &parameters, definitions, sources: &sources, is_bare, catalog };
        let rule = Rule::compile_given(text, &given, within).map_err(|error| errors::rule(&error))?;
        Ok(PyRule { rule: Arc::new(rule), limits })
    }

    /// A rule of named texts of one value each, that share their common parts; the rest is as for `from_text`.
    #[staticmethod]
    #[pyo3(signature = (texts, parameters=Vec::new(), definitions=Vec::new(), limits=None, is_bare=false, sources=Vec::new()))]
    fn from_texts(
        texts: Vec<(String, String)>,
        parameters: Vec<(String, Parameter)>,
        definitions: Vec<(String, String)>,
        limits: Option<LimitNumbers>,
        is_bare: bool,
        sources: Vec<(String, Vec<String>)>,
    ) -> PyResult<PyRule> {
        let within = language::limits_of(limits)?;
        let parameters = language::values_of(&parameters);
        let definitions = language::definitions_of(&definitions, &within.language)?;
        let sources = language::sources_of(&sources)?;
        let definitions = definitions.as_ref();
        let catalog = functions::catalog();
        let catalog = Some(&catalog);
        let given = Given { parameters: &parameters, definitions, sources: &sources, is_bare, catalog };
        let texts: Vec<_> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let rule = Rule::compile_all_given(&texts, &given, within).map_err(|error| errors::rule(&error))?;
        Ok(PyRule { rule: Arc::new(rule), limits })
    }

    /// The limits it was made with, as `from_ir` takes them.
    #[getter]
    fn limits(&self) -> Option<LimitNumbers> {
        self.limits
    }

    /// The names of its trees, as `from_ir` takes them.
    #[getter]
    fn names(&self) -> Vec<&str> {
        self.rule.names()
    }

    /// Its named trees in JSON, as `from_ir` takes them.
    fn to_ir(&self) -> Vec<(String, String)> {
        self.rule.outputs().iter().map(|(name, expr)| (name.clone(), to_json(expr).to_string())).collect()
    }

    /// The fields it reads: name of each in ticks and messages.
    #[getter]
    fn fields(&self) -> Vec<String> {
        (0..self.rule.plan().fields().len()).map(|slot| self.rule.plan().describe(slot)).collect()
    }

    /// Those of its fields that are true or false: columns of sources of one's own.
    #[getter]
    fn truth_fields(&self) -> Vec<String> {
        truth_fields(self.rule.plan()).collect()
    }

    /// The fields it reads as source references of the IR, in JSON.
    #[getter]
    fn field_references(&self) -> Vec<String> {
        let reference = |field: &SourceRef| to_json(&Expr::from(Kind::from(field.clone()))).to_string();
        self.rule.plan().fields().iter().map(reference).collect()
    }

    /// Its outputs: name, whether it is a truth value, and which rows a whole evaluation keeps (all, kept, last).
    #[getter]
    fn outputs(&self) -> Vec<(String, bool, &'static str)> {
        let rows = |rows| match rows {
            Rows::All => "all",
            Rows::Kept => "kept",
            Rows::Last => "last",
        };
        self.rule.plan().outputs().iter().map(|o| (o.name.clone(), o.is_bool, rows(o.rows))).collect()
    }

    /// True where an indicator begins anew with intervals of a calendar: bars have to be given as streams.
    #[getter]
    fn needs_calendar(&self) -> bool {
        self.rule.plan().needs_calendar()
    }

    /// True where it looks at the symbols of a row together: only a universe has them.
    #[getter]
    fn needs_universe(&self) -> bool {
        self.rule.plan().needs_universe()
    }

    /// True where it names bars of several lengths and, with own bars of this length, reads none but these.
    fn reads_own_bars_alone(&self, timeframe: &str) -> bool {
        Timeframe::parse(timeframe).is_some_and(|own| self.rule.reads_own_bars_alone(own))
    }

    /// True where a timeframe is needed to count the rows of a duration.
    #[getter]
    fn needs_timeframe(&self) -> bool {
        self.rule.plan().needs_timeframe()
    }

    /// Nodes that compute, after sharing.
    #[getter]
    fn node_count(&self) -> usize {
        self.rule.plan().node_count()
    }

    /// Hash of everything that decides a bit of the results, in hexadecimal.
    #[getter]
    fn fingerprint(&self) -> String {
        self.rule.plan().fingerprint().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Rules are equal that give the same bits under the same names.
    fn __eq__<'py>(&self, other: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
        let py = other.py();
        match other.cast::<PyRule>() {
            Ok(other) => {
                let equal = self.rule.plan().fingerprint() == other.get().rule.plan().fingerprint();
                PyBool::new(py, equal).to_owned().into_any()
            }
            Err(_) => py.NotImplemented().into_bound(py),
        }
    }

    fn __hash__(&self) -> u64 {
        u64::from_le_bytes(*self.rule.plan().fingerprint().first_chunk().expect("a fingerprint has 32 bytes"))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Pickled)> {
        Ok((py.get_type::<PyRule>().getattr("from_ir")?, (self.to_ir(), self.limits)))
    }

    fn __copy__(slf: Py<PyRule>) -> Py<PyRule> {
        slf
    }

    fn __deepcopy__(slf: Py<PyRule>, _memo: &Bound<'_, PyAny>) -> Py<PyRule> {
        slf
    }

    fn __repr__(&self) -> String {
        let names: Vec<_> = self.rule.plan().outputs().iter().map(|o| o.name.as_str()).collect();
        format!("<ta_py.Rule {} of {}>", names.join(", "), self.fields().join(", "))
    }

    /// Per output, bars before its first ready value when nothing is missing.
    #[pyo3(signature = (timeframe_ns=None))]
    fn warmup(&self, timeframe_ns: Option<u64>) -> PyResult<Vec<usize>> {
        match self.joined_at(timeframe_ns)? {
            Some(joined) => Ok(joined.warmup()),
            None => self.plan_at(timeframe_ns)?.warmup().map_err(|error| errors::plan(&error)),
        }
    }

    /// Per output, bars until no seed weighs more than `tolerance`; None where that depends on the data or one may for ever.
    #[pyo3(signature = (tolerance, timeframe_ns=None))]
    fn settle(&self, tolerance: f64, timeframe_ns: Option<u64>) -> PyResult<Vec<Option<usize>>> {
        if !(tolerance > 0.0 && tolerance < 1.0) {
            return Err(PyValueError::new_err("a tolerance between 0 and 1 is needed"));
        }
        let settles = match self.joined_at(timeframe_ns)? {
            Some(joined) => joined.settle(tolerance),
            None => self.plan_at(timeframe_ns)?.settle(tolerance).map_err(|error| errors::plan(&error))?,
        };
        Ok(settles.into_iter().map(Settle::bars).collect())
    }

    /// The plan as text: nodes, inputs, warm-up, state.
    #[pyo3(signature = (timeframe_ns=None))]
    fn explain(&self, timeframe_ns: Option<u64>) -> PyResult<String> {
        let timeframe = timeframe_ns.and_then(Timeframe::from_ns);
        let explanation = self.rule.explain(timeframe).map_err(|error| errors::plan(&error))?;
        Ok(explanation.to_string())
    }

    /// The plan in Graphviz's language.
    fn to_dot(&self) -> String {
        self.rule.plan().explain().to_dot()
    }

    /// Bytes of state of one symbol.
    #[pyo3(signature = (timeframe_ns=None))]
    fn state_bytes(&self, timeframe_ns: Option<u64>) -> PyResult<usize> {
        if let Some(joined) = self.joined_at(timeframe_ns)? {
            let session = JoinedSession::new(joined, Default::default(), Default::default());
            return Ok(session.map_err(|error| errors::plan(&error))?.state_bytes());
        }
        let options = ta_engine::Options { timeframe_ns, ..ta_engine::Options::default() };
        let session = self.rule.session_for_history(options).map_err(|error| errors::plan(&error))?;
        Ok(session.state_bytes())
    }

    /// Runs the rule over columns in every schedule: the report as text, whether all were equal, bars, ready values
    /// per output, per check its name, how many values were compared and differed, and why it was not made; and per output
    /// its look-back, at how many later starts it was looked at, at how many the bits met, and after how many bars.
    /// `progress(part, done, all)` is called now and then.
    #[pyo3(signature = (columns, times_ns=None, timeframe_ns=None, missing_input="emit_missing", progress=None))]
    fn verify<'py>(
        &self,
        py: Python<'py>,
        columns: Vec<Bound<'py, PyAny>>,
        times_ns: Option<Bound<'py, PyAny>>,
        timeframe_ns: Option<u64>,
        missing_input: &str,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Report> {
        let options = options(timeframe_ns, missing_input, "raise", "best")?;
        let columns = Floats::borrow(&columns)?;
        let times = Times::borrow(times_ns.as_ref())?;
        let (columns, times) = (columns.slices()?, times.present()?);
        let mut signals = Signals::telling(progress);
        let report = py
            .detach(|| self.rule.verify_watched(times, &columns, options, &mut signals))
            .map_err(|error| signals.error(&error, errors::run))?;
        Ok(describe(&report))
    }

    /// Runs the rule over matrices of many symbols, flattened, in every schedule of a universe: the report as `verify` gives it.
    #[pyo3(signature = (symbols, fields, bars, times_ns=None, timeframe_ns=None, missing_input="emit_missing", groups=None, progress=None))]
    #[allow(clippy::too_many_arguments)]
    fn verify_universe(
        &self,
        py: Python<'_>,
        symbols: Vec<String>,
        fields: Vec<Bound<'_, PyAny>>,
        bars: usize,
        times_ns: Option<Bound<'_, PyAny>>,
        timeframe_ns: Option<u64>,
        missing_input: &str,
        groups: Option<Vec<String>>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Report> {
        let options = options(timeframe_ns, missing_input, "raise", "best")?;
        let fields = Floats::borrow(&fields)?;
        let times = Times::borrow(times_ns.as_ref())?;
        let (fields, times_ns) = (fields.slices()?, times.present()?);
        let data = Matrices { symbols: &symbols, groups: groups.as_deref(), times_ns, bars, fields: &fields };
        let mut signals = Signals::telling(progress);
        let report = py
            .detach(|| self.rule.verify_universe(data, options, &mut signals))
            .map_err(|error| signals.error(&error, errors::run))?;
        Ok(describe(&report))
    }

    /// Runs the rule over the rows of each symbol of a table as if they were alone, on all processors: one array per output,
    /// in the order of the table.
    ///
    /// The rows of the symbol at place `k` of `symbols` are `rows[bounds[k]:bounds[k + 1]]`, in their order; without `rows`
    /// the table's own. Where the rule looks across symbols their bars of one time are a row, and `groups` are the names of the
    /// symbols' groups. Raises what a session raises, with the symbol in front.
    #[pyo3(signature = (symbols, bounds, columns, rows=None, times_ns=None, timeframe_ns=None, missing_input="emit_missing", groups=None))]
    #[allow(clippy::too_many_arguments)]
    fn run_groups<'py>(
        &self,
        py: Python<'py>,
        symbols: Vec<String>,
        bounds: Bound<'py, PyAny>,
        columns: Vec<Bound<'py, PyAny>>,
        rows: Option<Bound<'py, PyAny>>,
        times_ns: Option<Bound<'py, PyAny>>,
        timeframe_ns: Option<u64>,
        missing_input: &str,
        groups: Option<Vec<String>>,
    ) -> PyResult<Vec<Bound<'py, PyArray1<f64>>>> {
        let options = options(timeframe_ns, missing_input, "raise", "best")?;
        let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let running = self.rule.running(options, threads).map_err(|error| errors::plan(&error))?;
        let running = match groups {
            Some(groups) => running.in_groups(groups).map_err(|error| errors::plan(&error))?,
            None => running,
        };
        let columns = Floats::borrow(&columns)?;
        let times = Times::borrow(times_ns.as_ref())?;
        let (bounds, rows) = (Times::borrow(Some(&bounds))?, Times::borrow(rows.as_ref())?);
        let (columns, times) = (columns.slices()?, times.present()?);
        let groups = Groups { rows: rows.slice()?, bounds: bounds.slice()?.unwrap_or_default() };
        let length = groups.bounds.last().map_or(Ok(0), |last| usize::try_from(*last));
        let length = length.map_err(|_| PyValueError::new_err("bounds: numbers of rows are needed"))?;
        let arrays = output_arrays(py, running.plan().outputs().len(), length, None)?;
        let mut borrowed: Vec<_> = arrays.iter().map(PyArrayMethods::readwrite).collect();
        let mut slices = Vec::with_capacity(borrowed.len());
        for array in &mut borrowed {
            slices.push(array.as_slice_mut()?);
        }
        let mut signals = Signals::new();
        py.detach(|| running.run(groups, times, &columns, &mut slices, &mut signals)).map_err(|error| {
            let raised = signals.error(&error.error, errors::step);
            match symbols.get(error.group) {
                Some(symbol)
                    if !(matches!(error.error, StepError::Interrupted)
                        || running.plan().needs_universe() && times.is_none()) =>
                {
                    errors::with_place(py, &format!("the symbol '{symbol}'"), &raised)
                }
                _ => raised,
            }
        })?;
        drop(borrowed);
        Ok(arrays)
    }
}

/// What is pickled of a rule: its trees and limits, as `from_ir` takes them.
type Pickled = (Vec<(String, String)>, Option<LimitNumbers>);
/// A comparison: its name, how many values were compared and differed, and why it was not made.
type ComparedValues = (String, usize, usize, Option<String>);
/// A later start: output, look-back, starts, how many met, after how many bars.
type Started = (String, Option<usize>, usize, usize, Option<usize>);
/// A report of a verification: its text, whether it is well, bars, ready values per output, comparisons, later starts.
pub(crate) type Report = (String, bool, usize, Vec<(String, usize)>, Vec<ComparedValues>, Vec<Started>);

pub(crate) fn describe(report: &ParityReport) -> Report {
    let checks = report.checks.iter();
    let checks = checks.map(|c| (c.name.clone(), c.compared, c.differing, c.not_made.clone()));
    let late = report.late_starts.iter();
    let late = late.map(|l| (l.output.clone(), l.look_back, l.starts, l.met, l.bars));
    let (checks, late) = (checks.collect(), late.collect());
    (report.to_string(), report.is_ok(), report.bars, report.ready.clone(), checks, late)
}

impl PyRule {
    /// The plan over streams of a rule that reads bars of several lengths.
    fn joined_at(&self, timeframe_ns: Option<u64>) -> PyResult<Option<Arc<JoinedPlan>>> {
        if !self.rule.plan().has_several_timeframes() {
            return Ok(None);
        }
        let joining = Joining { timeframe: timeframe_ns.and_then(Timeframe::from_ns), ..Joining::default() };
        self.rule.joined_plan(joining).map(Some).map_err(|error| errors::plan(&error))
    }

    fn plan_at(&self, timeframe_ns: Option<u64>) -> PyResult<Arc<Plan>> {
        self.rule.plan_at(timeframe_ns).map_err(|error| errors::plan(&error))
    }
}

/// Arrays to write results to: the caller's or new ones.
pub(crate) fn output_arrays<'py>(
    py: Python<'py>,
    outputs: usize,
    bars: usize,
    out: Option<Vec<Bound<'py, PyAny>>>,
) -> PyResult<Vec<Bound<'py, PyArray1<f64>>>> {
    let Some(out) = out else {
        // Memory used before: fresh or zeroed pages cost more than most rules. As one block, because an allocator keeps
        // freed memory in proportion to the greatest block that it saw; of several smaller ones it gives most back.
        static EMPTY: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let empty = EMPTY.get_or_try_init(py, || py.import("numpy")?.getattr("empty").map(Bound::unbind))?;
        // Rows without numbers would all begin at one place, as if they were the same.
        if outputs == 1 || bars == 0 {
            let own = || Ok(empty.bind(py).call1((bars,))?.cast_into::<PyArray1<f64>>()?);
            return (0..outputs).map(|_| own()).collect();
        }
        let block = empty.bind(py).call1(((outputs, bars),))?;
        return (0..outputs).map(|row| Ok(block.get_item(row)?.cast_into::<PyArray1<f64>>()?)).collect();
    };
    if out.len() != outputs {
        return Err(PyValueError::new_err(format!("{} arrays in out, {outputs} needed", out.len())));
    }
    let arrays = out.into_iter().map(|array| {
        let array = array
            .cast_into::<PyArray1<f64>>()
            .map_err(|_| PyTypeError::new_err("out: a one-dimensional float64 array is needed"))?;
        if array.len()? != bars {
            return Err(PyValueError::new_err(format!("out: {} numbers, {bars} needed", array.len()?)));
        }
        Ok(array)
    });
    arrays.collect()
}

/// New arrays for what each value is.
pub(crate) fn state_arrays<'py>(
    py: Python<'py>,
    outputs: usize,
    bars: usize,
) -> PyResult<Vec<Bound<'py, PyArray1<u8>>>> {
    let empty = py.import("numpy")?.getattr("empty")?;
    (0..outputs).map(|_| Ok(empty.call1((bars, "u1"))?.cast_into::<PyArray1<u8>>()?)).collect()
}
