//! From checked IR to a plan: nodes shared by structure, constants folded, slots given out.

use std::hash::{Hash, Hasher};

use smallvec::SmallVec;

use super::body::{Inputs, Places, input_of};
use super::drafts::{Drafts, Place};
use super::fields::{BarField, Formula, Operand, own_field};
use super::operation::{AggregateKind, Operation, Plain, Reading, ShiftKind};
use super::{Output, Plan, PlanError, PlanLimits, Rows, describe};
use crate::calendar::Timeframe;
use crate::catalog::{Catalog, IndicatorSpec, Made, ParamValue};
use crate::hashing::{WordHasher, WordMap};
use crate::lanes::canonical_bits;
use crate::lang::RESERVED_OUTPUT;
use crate::lang::ir::{AggregateOp, BinaryOp, Call, Expr, Kind, ShiftOp, SourceRef, UnaryOp, Value};
use crate::lang::is_truth;
use crate::lang::shift::{Shift, parse_shift};
use crate::lang::sources::find_source;
use crate::lang::{BoundInput, FRESH, Limits, SELECT, bind, bind_fresh, bind_select, compile};

/// An output, before slots are given out.
struct DraftOutput {
    /// Its tree's place in the list.
    at: usize,
    name: String,
    place: Place,
    is_bool: bool,
    rows: Rows,
}

/// Nodes that there is room for at once: most rules have fewer.
const USUAL_NODES: usize = 24;

/// Lowers named, checked trees to one plan. A tree is needed only while it is added.
pub(crate) struct Lowering<'a> {
    limits: PlanLimits,
    pub(super) catalog: &'a Catalog,
    /// What the inputs of the body stand for that is written out.
    pub(super) inputs: Option<Inputs>,
    /// True where names of outputs stand behind those of their trees.
    is_prefixed: bool,
    outputs: Vec<DraftOutput>,
    /// What is wrong with a tree: nothing behind it is lowered.
    problem: Option<PlanError>,
    fields: Vec<SourceRef>,
    /// Places in `fields` by a hash of what they read.
    field_places: WordMap<u64, Vec<usize>>,
    /// The fields read so far of the bars that the rule runs on.
    bar_fields: Vec<(String, Place)>,
    /// The values of those bars that indicators read of themselves, by their texts.
    texts: Vec<(&'static str, Place)>,
    pub(super) constants: Vec<f64>,
    /// Place in `constants` by canonical bits.
    constant_places: WordMap<u64, usize>,
    pub(super) drafts: Drafts,
    undefined: Option<String>,
}

/// Places of names in their order: in which trees are lowered, so that the order they are listed in changes nothing.
pub(crate) fn order_of_names<'n>(names: impl Iterator<Item = &'n str>) -> Vec<usize> {
    let names: Vec<_> = names.collect();
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|at| names[*at]);
    order
}

fn rows_of(expr: &Expr) -> Rows {
    match expr.kind {
        Kind::Filter { .. } => Rows::Kept,
        Kind::Aggregate { .. } => Rows::Last,
        _ => Rows::All,
    }
}

impl<'a> Lowering<'a> {
    /// A plan of so many trees.
    ///
    /// # Errors
    /// Where they are more than the limits allow.
    pub(crate) fn new(
        trees: usize,
        catalog: &'a Catalog,
        limits: PlanLimits,
    ) -> Result<Lowering<'a>, PlanError> {
        if trees > limits.outputs {
            return Err(PlanError::TooLarge { what: "outputs", needed: trees, most: limits.outputs });
        }
        // A rule of a large set adds few nodes of its own.
        let room = USUAL_NODES.max(2 * trees);
        Ok(Lowering {
            catalog,
            limits,
            inputs: None,
            is_prefixed: trees > 1,
            outputs: Vec::with_capacity(trees),
            problem: None,
            fields: Vec::new(),
            field_places: WordMap::default(),
            bar_fields: Vec::new(),
            texts: Vec::new(),
            constants: Vec::new(),
            constant_places: WordMap::default(),
            drafts: Drafts::with_room(room),
            undefined: None,
        })
    }

    /// Adds the tree that stands at this place of the list; trees are added in the [order of their
    /// names](order_of_names).
    pub(crate) fn add(&mut self, at: usize, name: &str, expr: &Expr) {
        if self.problem.is_none() {
            self.problem = self.root(at, name, expr).err();
        }
        let (needed, most) = (self.drafts.weight(), self.limits.nodes);
        if self.problem.is_none() && needed > most {
            self.problem = Some(PlanError::TooLarge { what: "nodes", needed, most });
        }
    }

    /// True where whatever is added yet makes no plan of it.
    pub(crate) fn is_refused(&self) -> bool {
        self.problem.is_some()
    }

    /// The plan of all trees.
    ///
    /// # Errors
    /// Where a tree is none of a plan, or the plan is larger than the limits.
    pub(crate) fn finish(mut self) -> Result<Plan, PlanError> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let field_count = self.fields.len();
        let (nodes, slots) = self.drafts.give_slots(field_count, self.constants.len());
        self.outputs.sort_by_key(|output| output.at);
        let outputs = self.outputs.into_iter().map(|DraftOutput { name, place, is_bool, rows, .. }| {
            let slot = slots.of(place);
            Output { name, slot, is_bool, rows }
        });
        let mut plan = Plan {
            outputs: outputs.collect(),
            bar_fields: self.fields.iter().enumerate().map(|(at, f)| BarField::of(f).ok_or(at)).collect(),
            fields: self.fields,
            constants: self.constants,
            nodes,
            undefined_constant: self.undefined,
            undefined: None,
            timeframe_ns: None,
            spacing: None,
            state_bytes: 0,
            universe_bytes: self.limits.universe_bytes,
            fingerprint: [0; 32],
        };
        let is_undefined = |output: &Output| {
            let constant = output.slot.checked_sub(field_count).and_then(|at| plan.constants.get(at));
            constant.is_some_and(|x| x.is_nan())
        };
        if plan.outputs.iter().any(is_undefined) {
            plan.undefined = plan.undefined_constant.clone();
        }
        plan.seal(&self.limits)?;
        Ok(plan)
    }

    /// A root: one value, or all outputs of an indicator that has several.
    fn root(&mut self, at: usize, name: &str, expr: &Expr) -> Result<(), PlanError> {
        if name == RESERVED_OUTPUT {
            return Err(PlanError::ReservedName { name: name.to_owned() });
        }
        let rows = rows_of(expr);
        if let Kind::Call(call) = &expr.kind
            && call.output.is_none()
            && let Some(spec) = self.catalog.find(&call.name)
            && spec.outputs.len() > 1
        {
            let places = self.call(call)?;
            for (one, place) in spec.outputs.iter().zip(places) {
                let name =
                    if self.is_prefixed { format!("{name}.{}", one.name) } else { one.name.to_owned() };
                self.outputs.push(DraftOutput { at, name, place, is_bool: one.is_bool(), rows });
            }
            return Ok(());
        }
        let (place, is_bool) = (self.value(expr)?, is_truth(expr, self.catalog));
        self.outputs.push(DraftOutput { at, name: name.to_owned(), place, is_bool, rows });
        Ok(())
    }

    /// A value that the plan gives, alone.
    pub(super) fn give(&mut self, name: &str, place: Place) {
        let at = self.outputs.len();
        self.outputs.push(DraftOutput { at, name: name.to_owned(), place, is_bool: false, rows: Rows::All });
    }

    pub(super) fn value(&mut self, expr: &Expr) -> Result<Place, PlanError> {
        match &expr.kind {
            Kind::Literal(value) => self.literal(value),
            Kind::SourceRef(source) => self.source(source),
            Kind::Call(call) if call.name == SELECT => {
                let field = bind_select(call).map_err(|d| PlanError::Unsupported(d.message))?;
                self.bar_field(field)
            }
            Kind::Call(call) if call.name == FRESH => self.fresh(call),
            Kind::Call(call) => {
                let output = match &call.output {
                    Some(name) => self.output_index(call, name)?,
                    None => 0,
                };
                Ok(self.call(call)?[output])
            }
            Kind::Member { expr, member } => {
                let Kind::Call(call) = &expr.kind else {
                    return Err(PlanError::Unsupported(format!("`.{member}` of what is no indicator")));
                };
                let output = self.output_index(call, member)?;
                Ok(self.call(call)?[output])
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
            Kind::Loop(it) => self.loop_value(it),
            Kind::Own(name) => Err(PlanError::Unsupported(format!("`{name}` is the value of no loop"))),
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
        if let Some(inputs) = &self.inputs
            && own_field(source).is_none()
        {
            let place = input_of(source).and_then(|name| inputs.place(name));
            return place.ok_or_else(|| inputs.refuse(&describe::field(source)));
        }
        if let Some(field) = own_field(source) {
            return self.bar_field(field);
        }
        let field = match &source.field {
            Some(field) => Some(field.as_str()),
            None => find_source(&source.source).map(|def| def.primary),
        };
        if source.source != "ohlcv" || source.column.is_some() {
            return Ok(self.field(source, field));
        }
        self.field_of_bar(field, |lowering, field| lowering.field(source, Some(field)))
    }

    /// A field of the bars that the rule runs on.
    pub(super) fn bar_field(&mut self, field: &str) -> Result<Place, PlanError> {
        if let Some(inputs) = &self.inputs {
            // A derived field is computed of those that the body is given.
            return match (inputs.place(field), Formula::of(field)) {
                (Some(place), _) => Ok(place),
                (None, Some(formula)) if formula.fields.iter().all(|one| inputs.place(one).is_some()) => {
                    let place = |lowering: &mut Self, field: &str| {
                        lowering
                            .inputs
                            .as_ref()
                            .and_then(|inputs| inputs.place(field))
                            .expect("one of its inputs")
                    };
                    Ok(self.computed(formula, place))
                }
                (None, _) => Err(inputs.refuse(field)),
            };
        }
        if let Some((_, place)) = self.bar_fields.iter().find(|(known, _)| known == field) {
            return Ok(*place);
        }
        let source = SourceRef::of_bar(field);
        let place = self.field_of_bar(Some(field), |lowering, field| lowering.field(&source, Some(field)))?;
        self.bar_fields.push((field.to_owned(), place));
        Ok(place)
    }

    /// A field of bars, stored or computed of stored ones.
    fn field_of_bar(
        &mut self,
        field: Option<&str>,
        read: impl Fn(&mut Self, &str) -> Place,
    ) -> Result<Place, PlanError> {
        let Some(field) = field else {
            return Err(PlanError::Unsupported("a source without a field".to_owned()));
        };
        match Formula::of(field) {
            Some(formula) => Ok(self.computed(formula, read)),
            None => Ok(read(self, field)),
        }
    }

    /// What a formula gives of fields that are read so.
    fn computed(&mut self, formula: &Formula, read: impl Fn(&mut Self, &str) -> Place) -> Place {
        let fields: SmallVec<[Place; 4]> = formula.fields.iter().map(|field| read(self, field)).collect();
        let mut steps: SmallVec<[Place; 4]> = SmallVec::new();
        for (op, a, b) in formula.steps {
            let mut place = |operand: &Operand| match *operand {
                Operand::Field(at) => fields[at],
                Operand::Step(at) => steps[at],
                Operand::Number(x) => self.constant(x),
            };
            let (a, b) = (place(a), place(b));
            steps.push(self.plain(*op, a, b));
        }
        *steps.last().unwrap_or(&fields[0])
    }

    /// A field of a source.
    fn field(&mut self, source: &SourceRef, field: Option<&str>) -> Place {
        let is_it = |known: &SourceRef| {
            known.field.as_deref() == field
                && (&known.symbol, &known.source, &known.exchange, &known.timeframe)
                    == (&source.symbol, &source.source, &source.exchange, &source.timeframe)
                && (&known.base, &known.quote, &known.instrument_type)
                    == (&source.base, &source.quote, &source.instrument_type)
                && known.column == source.column
        };
        let mut hasher = WordHasher::default();
        (&source.symbol, field, &source.source, &source.exchange, &source.timeframe).hash(&mut hasher);
        let alike = self.field_places.entry(hasher.finish()).or_default();
        if let Some(at) = alike.iter().find(|at| is_it(&self.fields[**at])) {
            let at = *at;
            self.fields[at].is_asked |= source.is_asked;
            return Place::Field(at);
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

    /// The outputs of an indicator.
    fn call(&mut self, call: &Call) -> Result<Places, PlanError> {
        let unknown = || PlanError::Unsupported(format!("Unknown indicator: {}", call.name));
        let spec = self.catalog.find(&call.name).ok_or_else(unknown)?;
        let binding = bind(call, spec).map_err(|d| PlanError::Unsupported(d.message))?;
        let mut inputs = Places::new();
        for input in &binding.inputs {
            inputs.push(match input {
                BoundInput::Field(field) => self.bar_field(field)?,
                BoundInput::Computed(text) => self.value_of_text(text)?,
                BoundInput::Expr(expr) => self.value(expr)?,
                BoundInput::Number(number) => self.constant(*number),
                BoundInput::Time => self.time(),
                BoundInput::Interval(name) => {
                    let carrier = inputs.first().copied();
                    self.interval(name, carrier).ok_or_else(|| {
                        PlanError::Unsupported(format!("`{}` knows no interval called `{name}`", call.name))
                    })?
                }
            });
        }
        self.indicator(spec, &binding.params, inputs)
    }

    /// The outputs of an indicator of these inputs.
    pub(super) fn indicator(
        &mut self,
        spec: &'static IndicatorSpec,
        params: &[ParamValue],
        inputs: Places,
    ) -> Result<Places, PlanError> {
        match spec.made {
            Made::Body { .. } => return self.write_out(spec, params, inputs),
            Made::Function(function) => {
                let refused = |why| PlanError::Function { name: spec.name.to_owned(), why };
                function.needs(params).map_err(refused)?;
            }
            Made::Kernel { .. } | Made::Across { .. } => {}
        }
        let node = self.drafts.kernel(spec, params, &inputs);
        Ok((0..spec.outputs.len()).map(|output| Place::Node { node, output }).collect())
    }

    /// A value of the bars that an indicator reads of itself.
    pub(super) fn value_of_text(&mut self, text: &'static str) -> Result<Place, PlanError> {
        if let Some((_, place)) = self.texts.iter().find(|(known, _)| *known == text) {
            return Ok(*place);
        }
        let expr = compile(text, self.catalog, &Limits::default());
        let expr = expr.map_err(|problems| PlanError::Unsupported(problems.to_string()))?;
        // Of the bars, also where the indicator stands in a body.
        let outer = self.inputs.take();
        let place = self.value(&expr);
        self.inputs = outer;
        let place = place?;
        self.texts.push((text, place));
        Ok(place)
    }

    fn time(&mut self) -> Place {
        Place::Node { node: self.drafts.node(Operation::Time, &[]), output: 0 }
    }

    /// When the interval of this name began, or what else the calendar says of that name; `carrier` is a value of the bars that it is about.
    fn interval(&mut self, name: &str, carrier: Option<Place>) -> Option<Place> {
        let reading = match name {
            "first" => return Some(self.constant(0.0)),
            "session" => Reading::Begin(Timeframe::parse("1d")?),
            "week" => Reading::Begin(Timeframe::parse("1w")?),
            "month" => Reading::Begin(Timeframe::parse("1mo")?),
            "midnight" => Reading::Minute,
            "monday" => Reading::DayFromMonday,
            "sunday" => Reading::DayFromSunday,
            _ => return None,
        };
        let inputs = [self.time(), carrier?];
        let operation = Operation::Interval { reading, calendar: None };
        Some(Place::Node { node: self.drafts.node(operation, &inputs), output: 0 })
    }

    /// Whether a stream has a bar that closed behind the bar before: the close of its last bar rises.
    fn fresh(&mut self, call: &Call) -> Result<Place, PlanError> {
        let unfit = || PlanError::Unsupported(format!("`{FRESH}` looks at a stream"));
        let (stream, own) = bind_fresh(call).ok_or_else(unfit)?;
        let (of_stream, of_own) = (self.source(stream)?, self.source(own)?);
        let time = self.time();
        let close = self.plain(Plain::AsOf, time, of_stream);
        let seen = self.plain(Plain::AsOf, close, of_own);
        let change = Operation::Shift { rows: 1, kind: ShiftKind::Change };
        let rise = Place::Node { node: self.drafts.node(change, &[seen]), output: 0 };
        let zero = self.constant(0.0);
        Ok(self.plain(Plain::Gt, rise, zero))
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
        let node = self.drafts.node(Operation::Aggregate(kind), &[input]);
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
        Ok(self.place_before(input, span, kind))
    }

    /// A value some rows or some time ago, or its change since.
    pub(super) fn place_before(&mut self, input: Place, span: Shift, kind: ShiftKind) -> Place {
        let node = match span {
            Shift::Rows(rows) => {
                let rows = rows as usize;
                self.drafts.node(Operation::Shift { rows, kind }, &[input])
            }
            Shift::Duration { .. } => {
                let inputs = [input, self.time()];
                self.drafts.node(Operation::TimeShift { span, timeframe_ns: None, density: 1, kind }, &inputs)
            }
        };
        Place::Node { node, output: 0 }
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
        let node = self.drafts.node(Operation::Plain(op), &[a, b]);
        Place::Node { node, output: 0 }
    }
}

pub(super) fn binary(op: BinaryOp) -> Plain {
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
