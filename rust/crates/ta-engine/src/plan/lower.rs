//! From checked IR to a plan: nodes shared by structure, constants folded, slots given out.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::io::Write as _;
use std::sync::LazyLock;

use super::{Node, Operation, Output, Plan, PlanError, PlanLimits, Rows, describe};
use crate::catalog::{Catalog, ParamValue};
use crate::incremental::kernel_registry::Entry;
use crate::incremental::node_adapters::{AggregateKind, Plain, ShiftKind};
use crate::incremental::state::canonical_bits;
use crate::indicators::ENTRIES;
use crate::lang::ir::{AggregateOp, BinaryOp, Call, Expr, Kind, ShiftOp, SourceRef, UnaryOp, Value};
use crate::lang::is_truth;
use crate::lang::shift::{Shift, parse_shift};
use crate::lang::sources::find_source;
use crate::lang::{BoundInput, SELECT, bind, bind_select};

/// Where a value comes from, before slots are given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    Field(usize),
    Constant(usize),
    Node { node: usize, output: usize },
}

struct Draft {
    operation: Operation,
    inputs: Vec<Place>,
    /// The draft before it with the same hash.
    before: Option<usize>,
}

struct Lowering<'a> {
    catalog: &'a Catalog,
    fields: Vec<SourceRef>,
    /// Places in `fields` by a hash of what they read.
    field_places: HashMap<u64, Vec<usize>, BuildHasherDefault<Given>>,
    /// Place of a bar's field in `fields`.
    bar_fields: Vec<(&'static str, usize)>,
    constants: Vec<f64>,
    /// Place in `constants` by canonical bits.
    constant_places: HashMap<u64, usize>,
    drafts: Vec<Draft>,
    /// The last draft by the hash of what makes it what it is.
    shared: HashMap<u64, usize, BuildHasherDefault<Given>>,
    undefined: Option<String>,
}

/// The entry of each spec, by the spec's address.
static ENTRY_OF: LazyLock<HashMap<usize, &'static Entry, BuildHasherDefault<Given>>> =
    LazyLock::new(|| ENTRIES.iter().map(|entry| (std::ptr::from_ref(entry.spec).addr(), entry)).collect());

/// A hash that is given as it is.
#[derive(Default)]
struct Given(u64);

impl Hasher for Given {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, word: u64) {
        // Fibonacci hashing: what differs in low bits differs in high ones.
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }

    fn write_u32(&mut self, word: u32) {
        self.write_u64(u64::from(word));
    }

    fn write_isize(&mut self, word: isize) {
        self.write_u64(word as u64);
    }
}

/// True where two operations compute the same of the same; rows of a shift follow from its span.
fn is_same(a: &Operation, b: &Operation) -> bool {
    use Operation::{Aggregate, Kernel, Plain, Shift, Time, TimeShift};
    match (a, b) {
        (Plain(a), Plain(b)) => a == b,
        (Shift { rows: a, kind: x }, Shift { rows: b, kind: y }) => a == b && x == y,
        (TimeShift { span: a, kind: x, .. }, TimeShift { span: b, kind: y, .. }) => a == b && x == y,
        (Time, Time) => true,
        (Aggregate(a), Aggregate(b)) => a == b,
        (Kernel { entry: a, params: x }, Kernel { entry: b, params: y }) => {
            let bits = |params: &[ParamValue]| params.iter().map(|p| p.to_bits()).collect::<Vec<_>>();
            a.spec.kernel == b.spec.kernel && (x == y || bits(x) == bits(y))
        }
        _ => false,
    }
}

/// Equal for operations and inputs that are the same.
fn hash_of(operation: &Operation, inputs: &[Place]) -> u64 {
    let mut hasher = Given::default();
    std::mem::discriminant(operation).hash(&mut hasher);
    match operation {
        Operation::Plain(plain) => plain.hash(&mut hasher),
        Operation::Shift { rows, kind } => (rows, kind).hash(&mut hasher),
        Operation::TimeShift { span, kind, .. } => (span, kind).hash(&mut hasher),
        Operation::Time => {}
        Operation::Aggregate(kind) => kind.hash(&mut hasher),
        Operation::Kernel { entry, params } => {
            hasher.write(entry.spec.kernel.as_bytes());
            params.iter().for_each(|p| hasher.write_u64(p.to_bits()));
        }
    }
    inputs.hash(&mut hasher);
    hasher.finish()
}

/// Lowers named, checked expressions to one plan.
pub(crate) fn lower(
    rules: &[(String, &Expr)],
    catalog: &Catalog,
    limits: &PlanLimits,
) -> Result<Plan, PlanError> {
    let mut lowering = Lowering::new(catalog);
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
    for Draft { operation, inputs, .. } in lowering.drafts {
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
    if *field != (SourceRef { field: field.field.clone(), ..SourceRef::of("ohlcv", None) }) {
        return None;
    }
    let names = ["open", "high", "low", "close", "volume"];
    names.iter().position(|name| Some(*name) == field.field.as_deref()).map(|at| at as u8)
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
    let mut text = Vec::new();
    for node in nodes.iter_mut() {
        text.clear();
        match &node.operation {
            Operation::Plain(op) => write!(text, "plain {op:?}"),
            Operation::Shift { rows, kind } => write!(text, "shift {rows} {kind:?}"),
            Operation::TimeShift { span, timeframe_ns, density, kind } => {
                write!(text, "time shift {span:?} {timeframe_ns:?} {density} {kind:?}")
            }
            Operation::Time => write!(text, "time"),
            Operation::Aggregate(kind) => write!(text, "aggregate {kind:?}"),
            Operation::Kernel { entry, params } => {
                let bits: Vec<_> = params.iter().map(|p| p.to_bits()).collect();
                write!(text, "kernel {} {} {bits:?}", entry.spec.kernel, entry.spec.version)
            }
        }
        .expect("memory takes everything");
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

impl<'a> Lowering<'a> {
    fn new(catalog: &'a Catalog) -> Lowering<'a> {
        Lowering {
            catalog,
            fields: Vec::new(),
            field_places: HashMap::default(),
            bar_fields: Vec::new(),
            constants: Vec::new(),
            constant_places: HashMap::new(),
            drafts: Vec::new(),
            shared: HashMap::default(),
            undefined: None,
        }
    }

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
        Ok(vec![(name.to_owned(), place, is_truth(expr, self.catalog))])
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
        let constants = &mut self.constants;
        Place::Constant(*self.constant_places.entry(canonical_bits(x)).or_insert_with(|| {
            constants.push(x);
            constants.len() - 1
        }))
    }

    fn source(&mut self, source: &SourceRef) -> Result<Place, PlanError> {
        let field = match &source.field {
            Some(field) => Some(field.as_str()),
            None => find_source(&source.source).map(|def| def.primary),
        };
        if source.source != "ohlcv" {
            return Ok(self.field(source, field));
        }
        self.derived(field, |lowering, field| lowering.field(source, Some(field)))
    }

    /// A field of the bars that the rule runs on.
    fn bar_field(&mut self, field: &'static str) -> Result<Place, PlanError> {
        if let Some((_, at)) = self.bar_fields.iter().find(|(known, _)| *known == field) {
            return Ok(Place::Field(*at));
        }
        let place = self.source(&SourceRef::of_bar(field))?;
        if let Place::Field(at) = place {
            self.bar_fields.push((field, at));
        }
        Ok(place)
    }

    /// A field of bars, stored or computed from stored ones.
    fn derived(
        &mut self,
        field: Option<&str>,
        of: impl Fn(&mut Self, &str) -> Place,
    ) -> Result<Place, PlanError> {
        let mut read = |field: &str| of(self, field);
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

    /// A field of a source.
    fn field(&mut self, source: &SourceRef, field: Option<&str>) -> Place {
        let is_it = |known: &SourceRef| {
            known.field.as_deref() == field
                && (&known.symbol, &known.source, &known.exchange, &known.timeframe)
                    == (&source.symbol, &source.source, &source.exchange, &source.timeframe)
                && (&known.base, &known.quote, &known.instrument_type)
                    == (&source.base, &source.quote, &source.instrument_type)
        };
        let mut hasher = Given::default();
        (&source.symbol, field, &source.source, &source.exchange, &source.timeframe).hash(&mut hasher);
        let alike = self.field_places.entry(hasher.finish()).or_default();
        if let Some(at) = alike.iter().find(|at| is_it(&self.fields[**at])) {
            return Place::Field(*at);
        }
        alike.push(self.fields.len());
        self.fields.push(source.with_field(field));
        Place::Field(self.fields.len() - 1)
    }

    fn output_index(&self, call: &Call, name: &str) -> Result<usize, PlanError> {
        let outputs = self.catalog.find(&call.name).map(|spec| spec.outputs);
        let found = outputs.and_then(|o| o.iter().position(|o| o.name.eq_ignore_ascii_case(name)));
        found.ok_or_else(|| PlanError::Unsupported(format!("`{}` has no output `{name}`", call.name)))
    }

    fn call(&mut self, call: &Call) -> Result<usize, PlanError> {
        let unknown = || PlanError::Unsupported(format!("Unknown indicator: {}", call.name));
        let spec = self.catalog.find(&call.name).ok_or_else(unknown)?;
        let entry = ENTRY_OF.get(&std::ptr::from_ref(spec).addr()).copied().ok_or_else(unknown)?;
        let binding = bind(call, spec).map_err(|d| PlanError::Unsupported(d.message))?;
        let mut inputs = Vec::with_capacity(binding.inputs.len());
        for input in &binding.inputs {
            inputs.push(match input {
                BoundInput::Field(field) => self.bar_field(field)?,
                BoundInput::Expr(expr) => self.value(expr)?,
                BoundInput::Number(number) => self.constant(*number),
            });
        }
        Ok(self.node(Operation::Kernel { entry, params: binding.params }, &inputs))
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
        let node = self.node(Operation::Aggregate(kind), &[input]);
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
                self.node(Operation::Shift { rows, kind }, &[input])
            }
            Shift::Duration { .. } => {
                let time = self.node(Operation::Time, &[]);
                let inputs = [input, Place::Node { node: time, output: 0 }];
                self.node(Operation::TimeShift { span, timeframe_ns: None, density: 1, kind }, &inputs)
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
        let node = self.node(Operation::Plain(op), &[a, b]);
        Place::Node { node, output: 0 }
    }

    fn node(&mut self, operation: Operation, inputs: &[Place]) -> usize {
        let hash = hash_of(&operation, inputs);
        let last = self.shared.get(&hash).copied();
        let mut found = last;
        while let Some(at) = found {
            let draft = &self.drafts[at];
            if draft.inputs == inputs && is_same(&draft.operation, &operation) {
                return at;
            }
            found = draft.before;
        }
        self.drafts.push(Draft { operation, inputs: inputs.to_vec(), before: last });
        self.shared.insert(hash, self.drafts.len() - 1);
        self.drafts.len() - 1
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
