//! From checked IR to a plan: nodes shared by structure, constants folded, slots given out.

use std::collections::HashMap;

use super::{Node, Operation, Output, Plan, PlanError, PlanLimits, Rows, describe};
use crate::catalog::Catalog;
use crate::incremental::kernel_registry::Entry;
use crate::incremental::node_adapters::{AggregateKind, Plain, ShiftKind};
use crate::incremental::state::canonical_bits;
use crate::indicators::ENTRIES;
use crate::lang::ir::{AggregateOp, BinaryOp, Call, Expr, Kind, ShiftOp, SourceRef, UnaryOp, Value};
use crate::lang::shift::{Shift, parse_shift};
use crate::lang::sources::find_source;
use crate::lang::type_of;
use crate::lang::{BoundInput, SELECT, bind, bind_select};

/// Where a value comes from, before slots are given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    Field(usize),
    Constant(usize),
    Node { node: usize, output: usize },
}

/// What makes two nodes the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Identity {
    Plain(Plain),
    Shift(usize, ShiftKind),
    TimeShift(Shift, ShiftKind),
    Time,
    Aggregate(AggregateKind),
    Kernel { name: &'static str, params: Vec<u64> },
}

struct Draft {
    operation: Operation,
    inputs: Vec<Place>,
}

struct Lowering<'a> {
    catalog: &'a Catalog,
    fields: Vec<SourceRef>,
    constants: Vec<f64>,
    drafts: Vec<Draft>,
    shared: HashMap<(Identity, Vec<Place>), usize>,
    undefined: Option<String>,
}

/// Lowers named, checked expressions to one plan.
pub(crate) fn lower(
    rules: &[(String, &Expr)],
    catalog: &Catalog,
    limits: &PlanLimits,
) -> Result<Plan, PlanError> {
    let mut lowering = Lowering {
        catalog,
        fields: Vec::new(),
        constants: Vec::new(),
        drafts: Vec::new(),
        shared: HashMap::new(),
        undefined: None,
    };
    // In the order of names, so that the order in which outputs are listed changes nothing.
    let mut order: Vec<usize> = (0..rules.len()).collect();
    order.sort_by(|a, b| rules[*a].0.cmp(&rules[*b].0));
    let mut given: Vec<Vec<(String, Place, bool)>> = vec![Vec::new(); rules.len()];
    for index in order {
        let (name, expr) = &rules[index];
        given[index] = lowering.root(name, expr, rules.len() > 1)?;
    }
    let first_node_slot = lowering.fields.len() + lowering.constants.len();
    let mut firsts = Vec::with_capacity(lowering.drafts.len());
    let mut next = first_node_slot;
    let mut nodes: Vec<Node> = Vec::with_capacity(lowering.drafts.len());
    let field_count = lowering.fields.len();
    let slot = |firsts: &[usize], place: Place| match place {
        Place::Field(at) => at,
        Place::Constant(at) => field_count + at,
        Place::Node { node, output } => firsts[node] + output,
    };
    for Draft { operation, inputs } in lowering.drafts {
        let inputs = inputs.into_iter().map(|place| slot(&firsts, place)).collect();
        let node = Node { operation, inputs, output: next, id: [0; 16] };
        firsts.push(next);
        next += node.width();
        nodes.push(node);
    }
    let outputs = given
        .into_iter()
        .zip(rules)
        .flat_map(|(values, (_, expr))| {
            let rows = rows_of(expr);
            values.into_iter().map(move |(name, place, is_bool)| (name, place, is_bool, rows))
        })
        .map(|(name, place, is_bool, rows)| Output { name, slot: slot(&firsts, place), is_bool, rows })
        .collect();
    let mut plan = Plan {
        fields: lowering.fields,
        constants: lowering.constants,
        nodes,
        outputs,
        bar_columns: Ok(Vec::new()),
        undefined_constant: lowering.undefined,
        undefined: None,
        timeframe_ns: None,
        fingerprint: [0; 32],
    };
    let is_undefined = |output: &Output| {
        let constant = output.slot.checked_sub(plan.fields.len()).and_then(|at| plan.constants.get(at));
        constant.is_some_and(|x| x.is_nan())
    };
    if plan.outputs.iter().any(is_undefined) {
        plan.undefined = plan.undefined_constant.clone();
    }
    plan.bar_columns = plan.fields.iter().enumerate().map(|(slot, f)| bar_column(f).ok_or(slot)).collect();
    plan.seal(limits)?;
    Ok(plan)
}

/// A field's place in open, high, low, close, volume, where it is one of the bars the rule runs on.
fn bar_column(field: &SourceRef) -> Option<u8> {
    let unqualified = SourceRef { field: field.field.clone(), ..bar_field("") };
    if *field != unqualified {
        return None;
    }
    let names = ["open", "high", "low", "close", "volume"];
    names.iter().position(|name| Some(*name) == field.field.as_deref()).map(|at| at as u8)
}

/// A field of the bars that the rule runs on.
fn bar_field(field: &str) -> SourceRef {
    SourceRef {
        symbol: None,
        field: Some(field.to_owned()),
        source: "ohlcv".to_owned(),
        exchange: None,
        timeframe: None,
        base: None,
        quote: None,
        instrument_type: None,
    }
}

fn rows_of(expr: &Expr) -> Rows {
    match expr.kind {
        Kind::Filter { .. } => Rows::Kept,
        Kind::Aggregate { .. } => Rows::Last,
        _ => Rows::All,
    }
}

/// Hashes what each node computes, and of all that the plan's outputs.
pub(super) fn identify(
    fields: &[SourceRef],
    constants: &[f64],
    nodes: &mut [Node],
    outputs: &[Output],
) -> [u8; 32] {
    let mut ids: Vec<[u8; 16]> = Vec::new();
    for field in fields {
        ids.push(short_hash(format!("field {field:?}").as_bytes()));
    }
    for x in constants {
        ids.push(short_hash(&[b"constant ".as_slice(), &canonical_bits(*x).to_le_bytes()].concat()));
    }
    for node in nodes.iter_mut() {
        let mut text = match &node.operation {
            Operation::Plain(op) => format!("plain {op:?}"),
            Operation::Shift { rows, kind } => format!("shift {rows} {kind:?}"),
            Operation::TimeShift { span, timeframe_ns, density, kind } => {
                format!("time shift {span:?} {timeframe_ns:?} {density} {kind:?}")
            }
            Operation::Time => "time".to_owned(),
            Operation::Aggregate(kind) => format!("aggregate {kind:?}"),
            Operation::Kernel { entry, params } => {
                let bits: Vec<_> = params.iter().map(|p| p.to_bits()).collect();
                format!("kernel {} {} {bits:?}", entry.spec.kernel, entry.spec.version)
            }
        }
        .into_bytes();
        for slot in &node.inputs {
            text.extend_from_slice(&ids[*slot]);
        }
        node.id = short_hash(&text);
        for output in 0..node.width() {
            ids.push(short_hash(&[node.id.as_slice(), &(output as u64).to_le_bytes()].concat()));
        }
    }
    let mut named: Vec<_> = outputs.iter().map(|o| (o.name.as_str(), ids[o.slot])).collect();
    named.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    for (name, id) in named {
        hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes()).update(&id);
    }
    // The row's layout is part of the state's: it follows from the outputs, but a hash of it costs nothing.
    for id in &ids {
        hasher.update(id);
    }
    *hasher.finalize().as_bytes()
}

fn short_hash(bytes: &[u8]) -> [u8; 16] {
    let hash = blake3::hash(bytes);
    *hash.as_bytes().first_chunk().expect("a hash has 32 bytes")
}

impl Lowering<'_> {
    /// A root: one value, or all outputs of an indicator that has several.
    fn root(
        &mut self,
        name: &str,
        expr: &Expr,
        prefixed: bool,
    ) -> Result<Vec<(String, Place, bool)>, PlanError> {
        if let Kind::Call(call) = &expr.kind
            && call.output.is_none()
            && let Some(spec) = self.catalog.find(&call.name)
            && spec.outputs.len() > 1
        {
            let node = self.call(call)?;
            return Ok(spec
                .outputs
                .iter()
                .enumerate()
                .map(|(output, o)| {
                    let name = if prefixed { format!("{name}.{}", o.name) } else { o.name.to_owned() };
                    (name, Place::Node { node, output }, false)
                })
                .collect());
        }
        let place = self.value(expr)?;
        Ok(vec![(name.to_owned(), place, type_of(expr, self.catalog).is_bool())])
    }

    fn value(&mut self, expr: &Expr) -> Result<Place, PlanError> {
        match &expr.kind {
            Kind::Literal(value) => self.literal(value),
            Kind::SourceRef(source) => self.source(source),
            Kind::Call(call) if call.name == SELECT => {
                let field = bind_select(call).map_err(|d| PlanError::Unsupported(d.message))?;
                self.bar_field(field)
            }
            Kind::Call(call) => {
                let node = self.call(call)?;
                let output = match &call.output {
                    Some(name) => self.output_index(call, name)?,
                    None => 0,
                };
                Ok(Place::Node { node, output })
            }
            Kind::Member { expr, member } => {
                let Kind::Call(call) = &expr.kind else {
                    return Err(PlanError::Unsupported(format!("`.{member}` of what is no indicator")));
                };
                let output = self.output_index(call, member)?;
                Ok(Place::Node { node: self.call(call)?, output })
            }
            Kind::Binary { op, left, right } => {
                let (a, b) = (self.value(left)?, self.value(right)?);
                Ok(self.plain(binary(*op), a, b))
            }
            Kind::Unary { op, operand } => {
                let a = self.value(operand)?;
                Ok(match op {
                    UnaryOp::Pos => a,
                    UnaryOp::Neg => self.plain(Plain::Neg, a, a),
                    UnaryOp::Not => self.plain(Plain::Not, a, a),
                })
            }
            Kind::Filter { series, condition } => self.filter(series, condition, None),
            Kind::Aggregate { series, operation, field } => {
                self.aggregate(series, operation, field.as_deref())
            }
            Kind::TimeShift { series, shift, operation } => self.shift(series, shift, operation.as_deref()),
            Kind::Index { expr, index } => match &index.kind {
                Kind::Literal(Value::Int(0)) => self.value(expr),
                Kind::Literal(Value::Int(rows)) if (1..=u32::MAX as i64).contains(rows) => {
                    self.past(expr, Shift::Rows(*rows as u32), ShiftKind::Past)
                }
                _ => Err(PlanError::Unsupported("an index is a whole number of rows from 0".to_owned())),
            },
        }
    }

    fn literal(&mut self, value: &Value) -> Result<Place, PlanError> {
        Ok(match value {
            Value::Bool(x) => self.constant(f64::from(*x)),
            Value::Int(x) => self.constant(*x as f64),
            Value::Float(x) => self.constant(*x),
            Value::None | Value::Text(_) => {
                return Err(PlanError::Unsupported(
                    "a text or nothing stands where a value is needed".to_owned(),
                ));
            }
        })
    }

    fn constant(&mut self, x: f64) -> Place {
        let bits = canonical_bits(x);
        let found = self.constants.iter().position(|c| canonical_bits(*c) == bits);
        Place::Constant(found.unwrap_or_else(|| {
            self.constants.push(x);
            self.constants.len() - 1
        }))
    }

    fn source(&mut self, source: &SourceRef) -> Result<Place, PlanError> {
        let mut source = source.clone();
        if source.field.is_none() {
            let def = find_source(&source.source);
            source.field = def.map(|def| def.primary.to_owned());
        }
        if source.source != "ohlcv" {
            return Ok(self.field(source));
        }
        let field = source.field.clone();
        self.derived(field.as_deref(), |field| SourceRef { field: Some(field.to_owned()), ..source.clone() })
    }

    /// A field of the bars that the rule runs on.
    fn bar_field(&mut self, field: &str) -> Result<Place, PlanError> {
        self.source(&bar_field(field))
    }

    /// A field of bars, stored or computed from stored ones.
    fn derived(&mut self, field: Option<&str>, of: impl Fn(&str) -> SourceRef) -> Result<Place, PlanError> {
        let mut read = |field: &str| self.field(of(field));
        Ok(match field {
            Some("hlc3" | "typical_price") => {
                let (high, low, close) = (read("high"), read("low"), read("close"));
                let sum = self.plain(Plain::Add, high, low);
                let sum = self.plain(Plain::Add, sum, close);
                let three = self.constant(3.0);
                self.plain(Plain::Div, sum, three)
            }
            Some("ohlc4" | "weighted_close") => {
                let (open, high, low, close) = (read("open"), read("high"), read("low"), read("close"));
                let sum = self.plain(Plain::Add, open, high);
                let sum = self.plain(Plain::Add, sum, low);
                let sum = self.plain(Plain::Add, sum, close);
                let four = self.constant(4.0);
                self.plain(Plain::Div, sum, four)
            }
            Some("hl2" | "median_price") => {
                let (high, low) = (read("high"), read("low"));
                let sum = self.plain(Plain::Add, high, low);
                let two = self.constant(2.0);
                self.plain(Plain::Div, sum, two)
            }
            Some("range") => {
                let (high, low) = (read("high"), read("low"));
                self.plain(Plain::Sub, high, low)
            }
            Some("upper_wick") => {
                let (high, open, close) = (read("high"), read("open"), read("close"));
                let body = self.plain(Plain::Greatest, open, close);
                self.plain(Plain::Sub, high, body)
            }
            Some("lower_wick") => {
                let (low, open, close) = (read("low"), read("open"), read("close"));
                let body = self.plain(Plain::Least, open, close);
                self.plain(Plain::Sub, body, low)
            }
            Some("price") => read("close"),
            Some(field) => read(field),
            None => return Err(PlanError::Unsupported("a source without a field".to_owned())),
        })
    }

    fn field(&mut self, source: SourceRef) -> Place {
        let found = self.fields.iter().position(|f| *f == source);
        Place::Field(found.unwrap_or_else(|| {
            self.fields.push(source);
            self.fields.len() - 1
        }))
    }

    fn output_index(&self, call: &Call, name: &str) -> Result<usize, PlanError> {
        let outputs = self.catalog.find(&call.name).map(|spec| spec.outputs);
        let found = outputs.and_then(|o| o.iter().position(|o| o.name.eq_ignore_ascii_case(name)));
        found.ok_or_else(|| PlanError::Unsupported(format!("`{}` has no output `{name}`", call.name)))
    }

    fn call(&mut self, call: &Call) -> Result<usize, PlanError> {
        let unknown = || PlanError::Unsupported(format!("Unknown indicator: {}", call.name));
        let spec = self.catalog.find(&call.name).ok_or_else(unknown)?;
        let entry: &'static Entry =
            ENTRIES.iter().find(|e| std::ptr::eq(e.spec, spec)).ok_or_else(unknown)?;
        let binding = bind(call, spec).map_err(|d| PlanError::Unsupported(d.message))?;
        let mut inputs = Vec::with_capacity(binding.inputs.len());
        for input in &binding.inputs {
            inputs.push(match input {
                BoundInput::Field(field) => self.bar_field(field)?,
                BoundInput::Expr(expr) => self.value(expr)?,
                BoundInput::Number(number) => self.constant(*number),
            });
        }
        let identity = Identity::Kernel {
            name: spec.kernel,
            params: binding.params.iter().map(|p| p.to_bits()).collect(),
        };
        Ok(self.node(identity, Operation::Kernel { entry, params: binding.params }, inputs))
    }

    fn filter(&mut self, series: &Expr, condition: &Expr, field: Option<&str>) -> Result<Place, PlanError> {
        let a = self.series_field(series, field)?;
        let b = self.value(condition)?;
        Ok(self.plain(Plain::Filter, a, b))
    }

    /// A series, or that field of the source under its filters.
    fn series_field(&mut self, series: &Expr, field: Option<&str>) -> Result<Place, PlanError> {
        match (&series.kind, field) {
            (Kind::SourceRef(source), Some(field)) => {
                let field = Some(field.to_ascii_lowercase());
                self.source(&SourceRef { field, ..SourceRef::clone(source) })
            }
            (Kind::Filter { series, condition }, Some(_)) => self.filter(series, condition, field),
            (_, None) => self.value(series),
            (_, Some(field)) => {
                Err(PlanError::Unsupported(format!("`{field}` is a field of what is no source")))
            }
        }
    }

    fn aggregate(&mut self, series: &Expr, operation: &str, field: Option<&str>) -> Result<Place, PlanError> {
        let kind = match AggregateOp::from_name(operation) {
            Some(AggregateOp::Count) => AggregateKind::Count,
            Some(AggregateOp::Sum) => AggregateKind::Sum,
            Some(AggregateOp::Avg) => AggregateKind::Avg,
            Some(AggregateOp::Max) => AggregateKind::Max,
            Some(AggregateOp::Min) => AggregateKind::Min,
            None => return Err(PlanError::Unsupported(format!("Unknown operation '{operation}'"))),
        };
        let input = self.series_field(series, field)?;
        let node = self.node(Identity::Aggregate(kind), Operation::Aggregate(kind), vec![input]);
        Ok(Place::Node { node, output: 0 })
    }

    fn shift(&mut self, series: &Expr, shift: &str, operation: Option<&str>) -> Result<Place, PlanError> {
        let span = parse_shift(shift).map_err(PlanError::Unsupported)?;
        let kind = match operation.map(ShiftOp::from_name) {
            None => ShiftKind::Past,
            Some(Some(ShiftOp::Change)) => ShiftKind::Change,
            Some(Some(ShiftOp::ChangePct | ShiftOp::Roc)) => ShiftKind::ChangePct,
            Some(None) => {
                return Err(PlanError::Unsupported(format!("Unknown shift operation {operation:?}")));
            }
        };
        self.past(series, span, kind)
    }

    fn past(&mut self, series: &Expr, span: Shift, kind: ShiftKind) -> Result<Place, PlanError> {
        let input = self.value(series)?;
        let node = match span {
            Shift::Rows(rows) => {
                let rows = rows as usize;
                self.node(Identity::Shift(rows, kind), Operation::Shift { rows, kind }, vec![input])
            }
            Shift::Duration { .. } => {
                let time = self.node(Identity::Time, Operation::Time, Vec::new());
                let inputs = vec![input, Place::Node { node: time, output: 0 }];
                let operation = Operation::TimeShift { span, timeframe_ns: None, density: 1, kind };
                self.node(Identity::TimeShift(span, kind), operation, inputs)
            }
        };
        Ok(Place::Node { node, output: 0 })
    }

    fn plain(&mut self, op: Plain, a: Place, b: Place) -> Place {
        if let (Place::Constant(x), Place::Constant(y)) = (a, b) {
            let (x, y) = (self.constants[x], self.constants[y]);
            let value = op.apply(x, y);
            if value.is_nan() && self.undefined.is_none() {
                self.undefined = Some(describe::plain(op, &x.to_string(), &y.to_string()));
            }
            return self.constant(value);
        }
        let node = self.node(Identity::Plain(op), Operation::Plain(op), vec![a, b]);
        Place::Node { node, output: 0 }
    }

    fn node(&mut self, identity: Identity, operation: Operation, inputs: Vec<Place>) -> usize {
        let drafts = &mut self.drafts;
        *self.shared.entry((identity, inputs.clone())).or_insert_with(|| {
            drafts.push(Draft { operation, inputs });
            drafts.len() - 1
        })
    }
}

fn binary(op: BinaryOp) -> Plain {
    match op {
        BinaryOp::Add => Plain::Add,
        BinaryOp::Sub => Plain::Sub,
        BinaryOp::Mul => Plain::Mul,
        BinaryOp::Div => Plain::Div,
        BinaryOp::Mod => Plain::Mod,
        BinaryOp::Pow => Plain::Pow,
        BinaryOp::Gt => Plain::Gt,
        BinaryOp::Gte => Plain::Gte,
        BinaryOp::Lt => Plain::Lt,
        BinaryOp::Lte => Plain::Lte,
        BinaryOp::Eq => Plain::Eq,
        BinaryOp::Neq => Plain::Neq,
        BinaryOp::And => Plain::And,
        BinaryOp::Or => Plain::Or,
    }
}
