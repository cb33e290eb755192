//! The language and the planner for Python: trees and plans as JSON.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBool;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use ta_engine::Listed;
use ta_engine::calendar::Timeframe;
use ta_engine::lang::ir::{Expr, Kind, Value as Literal};
use ta_engine::lang::json::{from_json, to_json};
use ta_engine::lang::shift::timeframe_nanoseconds;
use ta_engine::lang::{
    BoundInput, Definitions, FRESH, Limits, OwnSource, SELECT, bind, check as check_tree, compile, moved,
    normalize, type_of,
};
use ta_engine::plan::joined::plan_name;
use ta_engine::plan::{PlanLimits, own};
use ta_engine::planner::graph::build_graph;
use ta_engine::planner::requirements::compute_requirements;
use ta_engine::rule::CompileLimits;

use crate::errors;
use crate::functions::catalog;

/// Limits on what is compiled: bytes of a text, depth, nodes of a text, outputs and nodes of a plan, bytes of windows, bytes
/// of a universe.
pub(crate) type LimitNumbers = (usize, usize, usize, usize, usize, usize, usize);

/// The limits of these numbers; the engine's own where there are none.
pub(crate) fn limits_of(numbers: Option<LimitNumbers>) -> PyResult<CompileLimits> {
    let Some((text_bytes, depth, nodes, outputs, plan_nodes, window_bytes, universe_bytes)) = numbers else {
        return Ok(CompileLimits::default());
    };
    if depth > Limits::MOST_DEPTH {
        let message = format!("depth: at most {} is possible, not {depth}", Limits::MOST_DEPTH);
        return Err(PyValueError::new_err(message));
    }
    Ok(CompileLimits {
        language: Limits { text_bytes, depth, nodes },
        plan: PlanLimits { outputs, nodes: plan_nodes, window_bytes, universe_bytes },
    })
}

/// The engine's own limits, in the order of `LimitNumbers`.
#[pyfunction]
fn default_limits() -> LimitNumbers {
    let CompileLimits { language, plan } = CompileLimits::default();
    let PlanLimits { outputs, nodes, window_bytes, universe_bytes } = plan;
    (language.text_bytes, language.depth, language.nodes, outputs, nodes, window_bytes, universe_bytes)
}

/// A tree from JSON, within these limits.
pub(crate) fn tree_within(text: &str, limits: &Limits) -> PyResult<Expr> {
    let refuse = |error: &dyn std::fmt::Display| PyValueError::new_err(format!("not JSON: {error}"));
    // A node stands in up to three brackets. Deeper ones are no tree that is accepted, and reading them takes stack.
    let most = 3 * limits.height() + 8;
    if nesting(text) > most {
        return Err(refuse(&format!("nested more than {most} deep")));
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.disable_recursion_limit();
    let json = Value::deserialize(&mut reader).and_then(|json| reader.end().map(|()| json));
    let json = json.map_err(|error| refuse(&error))?;
    from_json(&json, limits).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// How many brackets stand inside each other, at most.
fn nesting(json: &str) -> usize {
    let (mut open, mut most, mut in_text, mut is_escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_text => is_escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'[' | b'{' => {
                open += 1;
                most = most.max(open);
            }
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    most
}

/// A tree from JSON that was made in this process: of any size, and as high as any rule may be.
pub(crate) fn tree(text: &str) -> PyResult<Expr> {
    tree_within(text, &Limits { nodes: usize::MAX, depth: Limits::MOST_DEPTH, ..Limits::default() })
}

/// Parses, normalises and checks a text; gives the tree.
#[pyfunction]
fn compile_text(text: &str) -> PyResult<String> {
    let expr = compile(text, &catalog(), &Limits::default()).map_err(|error| errors::language(&error))?;
    Ok(to_json(&expr).to_string())
}

/// Named texts of definitions, read; None where there are none.
pub(crate) fn definitions_of(texts: &[(String, String)], limits: &Limits) -> PyResult<Option<Definitions>> {
    if texts.is_empty() {
        return Ok(None);
    }
    let texts: Vec<_> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Definitions::parse(&texts, &catalog(), limits).map(Some).map_err(|error| errors::language(&error))
}

/// Sources of the caller's own, by name, with their columns as they are written.
pub(crate) fn sources_of(sources: &[(String, Vec<String>)]) -> PyResult<Vec<OwnSource>> {
    let read = |(name, columns): &(String, Vec<String>)| {
        let read = OwnSource::read(name, columns.iter().map(String::as_str));
        read.map_err(|problem| errors::language(&problem.into()))
    };
    sources.iter().map(read).collect()
}

/// The definitions in named texts: name, statement, and what is the same for two statements that mean the same.
#[pyfunction]
fn definitions(texts: Vec<(String, String)>) -> PyResult<Vec<(String, String, String)>> {
    let definitions = definitions_of(&texts, &Limits::default())?;
    let owned = |(name, written, words): (&str, &str, String)| (name.to_owned(), written.to_owned(), words);
    Ok(definitions.iter().flat_map(Definitions::statements).map(owned).collect())
}

/// The names that a text of definitions defines, whether or not its bodies read.
#[pyfunction]
fn defined_names(text: &str) -> PyResult<Vec<String>> {
    Definitions::names_in(text, &Limits::default()).map_err(|error| errors::language(&error))
}

/// The value of a parameter: a truth value, a whole number, a number or a text.
#[derive(Clone)]
pub(crate) struct Parameter(Literal);

impl<'py> FromPyObject<'_, 'py> for Parameter {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Parameter> {
        if let Ok(value) = value.cast::<PyBool>() {
            return Ok(Parameter(Literal::Bool(value.is_true())));
        }
        if let Ok(value) = value.extract::<i64>() {
            return Ok(Parameter(Literal::Int(value)));
        }
        if let Ok(value) = value.extract::<f64>() {
            return Ok(Parameter(Literal::Float(value)));
        }
        match value.extract::<String>() {
            Ok(value) => Ok(Parameter(Literal::Text(value))),
            Err(_) => {
                let kind = value.get_type().name()?;
                Err(PyTypeError::new_err(format!(
                    "a parameter is a number, a truth value or a text, not {kind}"
                )))
            }
        }
    }
}

/// Parameters as a compilation takes them.
pub(crate) fn values_of(parameters: &[(String, Parameter)]) -> Vec<(&str, Literal)> {
    parameters.iter().map(|(name, Parameter(value))| (name.as_str(), value.clone())).collect()
}

/// Brings a tree to normal form.
#[pyfunction]
fn normalize_ir(ir_json: &str) -> PyResult<String> {
    Ok(to_json(&normalize(&tree(ir_json)?)).to_string())
}

/// A tree that reads a stream where it read the rule's own bars.
#[pyfunction]
fn on_stream(ir_json: &str, stream: &str) -> PyResult<String> {
    let moved = moved(&tree(ir_json)?, stream, &catalog()).map_err(|error| errors::language(&error))?;
    Ok(to_json(&moved).to_string())
}

/// A tree for own bars of this length: multiples of it are lengths.
#[pyfunction]
fn with_own_timeframe(ir_json: &str, timeframe: &str) -> PyResult<String> {
    let own = Timeframe::parse(timeframe)
        .ok_or_else(|| PyValueError::new_err(format!("`{timeframe}` is no timeframe")))?;
    Ok(to_json(&own::with_own_timeframe(&tree(ir_json)?, own)).to_string())
}

/// What a session over own bars of this length calls a stream: what is as long as these names no length.
#[pyfunction]
fn stream_on_own_bars(name: &str, timeframe: &str) -> String {
    plan_name(name, Timeframe::parse(timeframe))
}

/// Checks a tree.
#[pyfunction]
fn check_ir(ir_json: &str) -> PyResult<()> {
    check_tree(&tree(ir_json)?, &catalog()).map_err(|error| errors::language(&error))
}

/// Which argument of a call goes where: kernel, parameters, inputs (as fields or as places among the positional
/// arguments followed by the values of the keywords), outputs.
#[pyfunction]
fn bind_call(call_json: &str) -> PyResult<String> {
    let expr = tree(call_json)?;
    if !matches!(expr.kind, Kind::Call(_)) {
        return Err(PyValueError::new_err("a call is needed"));
    }
    let bound = binding(&expr, |at| json!({ "child": at }))?;
    let bound = bound.ok_or_else(|| PyValueError::new_err("`select` is no indicator"))?;
    Ok(bound.to_string())
}

/// A call's binding, its inputs' places written by `place`; `None` for the call that reads a field and for no call.
fn binding(expr: &Expr, place: impl Fn(usize) -> Value) -> PyResult<Option<Value>> {
    let Kind::Call(call) = &expr.kind else { return Ok(None) };
    let Some(spec) = catalog().find(&call.name) else {
        if call.name == SELECT {
            return Ok(None);
        }
        if call.name == FRESH {
            let inputs: Vec<Value> = (0..call.args.len()).map(place).collect();
            return Ok(Some(json!({
                "name": FRESH, "kernel": FRESH, "params": {}, "inputs": inputs, "outputs": ["value"], "is_bool": true,
            })));
        }
        return Err(PyValueError::new_err(format!("Unknown indicator: {}", call.name)));
    };
    let binding = bind(call, spec).map_err(|diagnostic| errors::language(&diagnostic.into()))?;
    let children: Vec<&Expr> = call.args.iter().chain(call.kwargs.iter().map(|(_, value)| value)).collect();
    let inputs: Vec<Value> = binding
        .inputs
        .iter()
        .map(|input| match input {
            BoundInput::Field(field) => json!({ "field": field }),
            BoundInput::Computed(text) => json!({ "computed": text }),
            BoundInput::Number(number) => json!({ "number": number }),
            BoundInput::Time => json!({ "time": "close" }),
            BoundInput::Interval(name) => json!({ "interval": name }),
            BoundInput::Expr(expr) => {
                let at = children.iter().position(|child| std::ptr::eq(*child, *expr));
                place(at.expect("a bound expression is an argument"))
            }
        })
        .collect();
    let params: Map<String, Value> =
        spec.params.iter().zip(&binding.params).map(|(p, value)| (p.name.to_owned(), json!(value))).collect();
    let outputs: Vec<_> = spec.outputs.iter().map(|o| o.name).collect();
    Ok(Some(json!({
        "name": spec.name,
        "kernel": spec.kernel,
        "params": params,
        "inputs": inputs,
        "outputs": outputs,
        // Also for one chosen output of several, which is no truth value.
        "is_bool": type_of(expr, &catalog()).is_bool(),
    })))
}

/// A tree's graph with equal parts shared, the order of its nodes, what it reads, and its calls, bound.
#[pyfunction]
#[pyo3(signature = (ir_json, timeframe=None))]
fn plan_ir(ir_json: &str, timeframe: Option<&str>) -> PyResult<String> {
    let expr = tree(ir_json)?;
    let graph = build_graph(&expr);
    let requirements = compute_requirements(&graph, &catalog(), timeframe)
        .map_err(|diagnostic| errors::language(&diagnostic.into()))?;
    let mut calls = Map::new();
    for node in &graph.nodes {
        let Kind::Call(call) = &node.expr.kind else { continue };
        // The graph lists named arguments in the order of their names.
        let mut named: Vec<usize> = (0..call.kwargs.len()).collect();
        named.sort_by_key(|at| &call.kwargs[*at].0);
        let child = |at: usize| match at.checked_sub(call.args.len()) {
            None => at,
            Some(keyword) => {
                call.args.len() + named.iter().position(|n| *n == keyword).expect("a keyword of the call")
            }
        };
        if let Some(bound) = binding(node.expr, |at| json!({ "node": node.children[child(at)] }))? {
            calls.insert(node.id.to_string(), bound);
        }
    }
    let nodes: Vec<Value> = graph
        .nodes
        .iter()
        .map(|node| {
            json!({
                "id": node.id,
                "children": node.children,
                "signature": node.signature,
                "hash": node.hash,
                "ir": to_json(node.expr),
            })
        })
        .collect();
    Ok(json!({
        "graph_hash": graph.hash,
        "root_id": graph.root_id,
        "nodes": nodes,
        "node_order": graph.node_order(),
        "requirements": requirements,
        "calls": calls,
    })
    .to_string())
}

/// A tree as it would be written.
#[pyfunction]
fn ir_text(ir_json: &str) -> PyResult<String> {
    Ok(tree(ir_json)?.to_string())
}

/// A tree's graph for Graphviz.
#[pyfunction]
fn draw_ir(ir_json: &str) -> PyResult<String> {
    Ok(build_graph(&tree(ir_json)?).to_dot())
}

/// Length of a bar in nanoseconds (`15m`, `1h`, `1d`); None for what has no fixed length.
#[pyfunction]
fn timeframe_ns(timeframe: &str) -> Option<u64> {
    timeframe_nanoseconds(timeframe)
}

/// Every indicator: parameters, outputs, inputs, documentation, the bytes of its state.
#[pyfunction(name = "catalog")]
fn catalog_json() -> PyResult<String> {
    let listed: Vec<_> = ta_engine::catalog().specs().iter().copied().map(Listed::new).collect();
    serde_json::to_string(&listed).map_err(|error| PyValueError::new_err(error.to_string()))
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(compile_text, module)?)?;
    module.add_function(wrap_pyfunction!(default_limits, module)?)?;
    module.add_function(wrap_pyfunction!(definitions, module)?)?;
    module.add_function(wrap_pyfunction!(defined_names, module)?)?;
    module.add_function(wrap_pyfunction!(normalize_ir, module)?)?;
    module.add_function(wrap_pyfunction!(check_ir, module)?)?;
    module.add_function(wrap_pyfunction!(on_stream, module)?)?;
    module.add_function(wrap_pyfunction!(with_own_timeframe, module)?)?;
    module.add_function(wrap_pyfunction!(stream_on_own_bars, module)?)?;
    module.add_function(wrap_pyfunction!(bind_call, module)?)?;
    module.add_function(wrap_pyfunction!(plan_ir, module)?)?;
    module.add_function(wrap_pyfunction!(draw_ir, module)?)?;
    module.add_function(wrap_pyfunction!(ir_text, module)?)?;
    module.add_function(wrap_pyfunction!(timeframe_ns, module)?)?;
    module.add_function(wrap_pyfunction!(catalog_json, module)?)
}
