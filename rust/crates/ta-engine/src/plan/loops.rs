//! From a loop of the IR to its program: what does not depend on the loop stays ordinary nodes, which it reads.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::PlanError;
use super::drafts::Place;
use super::lower::{Lowering, binary};
use super::operation::{Operation, Plain};
use super::recurrence::{self, Memory, Recurrence, RecurrenceValue, Step};
use crate::hashing::WordHasher;
use crate::lang::ir::{Call, Expr, Kind, Loop, UnaryOp};
use crate::lang::loops::{Crossing, Joined, MOST_DEPTH, Pointwise, crossing_of, reads_loop, rows_of};
use crate::lang::shift::Shift;
use crate::lang::{BoundInput, bind, is_truth};
use crate::plan::operation::ShiftKind;

/// A loop as an operation; its names are for messages.
#[derive(Clone, Debug)]
pub(crate) struct LoopOperation {
    /// What it does.
    pub(crate) program: Recurrence,
    /// What its values are called.
    pub(crate) names: Vec<String>,
}

/// A place of a program that is being written: where things stand is known once all inputs and constants are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Draft {
    Input(usize),
    Constant(usize),
    Step(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum DraftStep {
    Plain(Plain, Draft, Draft),
    Pointwise(Pointwise, [Draft; 3]),
    Past { value: usize, back: usize, as_it_stands: bool },
}

/// A value of the loop as far as it is known.
#[derive(Clone, Copy, Default)]
struct Known {
    result: Option<Draft>,
    /// True while it is being written.
    is_open: bool,
    first: Option<Draft>,
    restart: Option<Draft>,
    is_first_open: bool,
    is_restart_open: bool,
    depth: usize,
}

/// How a tree is read.
#[derive(Clone, Copy)]
struct Reading {
    /// In which scope its names stand.
    scope: usize,
    /// True where it says when a value begins again: pasts are read as if none did.
    as_it_stands: bool,
}

struct Writing<'e> {
    joined: &'e Joined<'e>,
    inputs: Vec<Place>,
    constants: Vec<u64>,
    steps: Vec<DraftStep>,
    places: HashMap<DraftStep, usize>,
    /// What trees have become, so many bars ago: crossings read theirs twice.
    written: HashMap<(*const Expr, usize), Draft>,
    known: Vec<Known>,
}

/// Says that a rule is none that the check lets pass.
fn unchecked(what: &str) -> PlanError {
    PlanError::Unsupported(format!("a loop cannot be computed: {what}"))
}

impl Lowering<'_> {
    /// The value that is meant of a loop.
    pub(super) fn loop_value(&mut self, it: &Loop) -> Result<Place, PlanError> {
        let joined = Joined::of(it);
        let order = order_of_values(&joined);
        let mut writing = Writing {
            known: vec![Known::default(); joined.values.len()],
            joined: &joined,
            inputs: Vec::new(),
            constants: Vec::new(),
            steps: Vec::new(),
            places: HashMap::new(),
            written: HashMap::new(),
        };
        for value in &order {
            self.write_value(&mut writing, *value)?;
            if joined.values[*value].0.first.is_some() {
                self.write_first(&mut writing, *value)?;
                self.write_restart(&mut writing, *value)?;
            }
        }
        let meant = order.iter().position(|value| *value == it.chosen).expect("every value has its place");
        let is_bool = |value: &usize| is_truth(&joined.values[*value].0.body, self.catalog);
        let is_bool: Vec<bool> = order.iter().map(is_bool).collect();
        let names = order.iter().map(|value| joined.values[*value].0.name.to_string()).collect();
        let program = writing.finish(&order, &is_bool)?;
        let operation = Operation::Loop(Arc::new(LoopOperation { program, names }));
        let node = self.drafts.node(operation, &writing.inputs);
        Ok(Place::Node { node, output: meant })
    }

    /// A value on this bar.
    fn write_value(&mut self, writing: &mut Writing<'_>, at: usize) -> Result<Draft, PlanError> {
        if let Some(result) = writing.known[at].result {
            return Ok(result);
        }
        if std::mem::replace(&mut writing.known[at].is_open, true) {
            return Err(unchecked("a value needs itself on the same bar"));
        }
        let (value, scope) = writing.joined.values[at];
        let result = self.write(writing, &value.body, 0, Reading { scope, as_it_stands: false })?;
        writing.known[at].result = Some(result);
        Ok(result)
    }

    /// What a value was before the first bar.
    fn write_first(&mut self, writing: &mut Writing<'_>, at: usize) -> Result<(), PlanError> {
        if writing.known[at].first.is_some() {
            return Ok(());
        }
        if std::mem::replace(&mut writing.known[at].is_first_open, true) {
            return Err(unchecked("what a value was before the first bar needs its own past"));
        }
        let (value, scope) = writing.joined.values[at];
        let first = value.first.as_ref().ok_or_else(|| unchecked("a past has no beginning"))?;
        writing.known[at].first =
            Some(self.write(writing, first, 0, Reading { scope, as_it_stands: false })?);
        Ok(())
    }

    /// When a value begins again.
    fn write_restart(&mut self, writing: &mut Writing<'_>, at: usize) -> Result<(), PlanError> {
        let (value, scope) = writing.joined.values[at];
        let Some(restart) = value.restart.as_ref().filter(|_| writing.known[at].restart.is_none()) else {
            return Ok(());
        };
        if std::mem::replace(&mut writing.known[at].is_restart_open, true) {
            return Err(unchecked("when a value begins again depends on its beginning again"));
        }
        writing.known[at].restart =
            Some(self.write(writing, restart, 0, Reading { scope, as_it_stands: true })?);
        Ok(())
    }

    /// A value of the loop so many bars ago.
    fn write_use(
        &mut self,
        writing: &mut Writing<'_>,
        value: usize,
        back: usize,
        as_it_stands: bool,
    ) -> Result<Draft, PlanError> {
        if back == 0 {
            return self.write_value(writing, value);
        }
        if back > MOST_DEPTH {
            return Err(unchecked("it looks back too far"));
        }
        self.write_first(writing, value)?;
        let as_it_stands = as_it_stands && writing.joined.values[value].0.restart.is_some();
        if !as_it_stands {
            self.write_restart(writing, value)?;
        }
        writing.known[value].depth = writing.known[value].depth.max(back);
        Ok(writing.step(DraftStep::Past { value, back, as_it_stands }))
    }

    /// A tree, so many bars ago.
    fn write(
        &mut self,
        writing: &mut Writing<'_>,
        expr: &Expr,
        back: usize,
        reading: Reading,
    ) -> Result<Draft, PlanError> {
        let key = (std::ptr::from_ref(expr), back);
        if let Some(known) = writing.written.get(&key) {
            return Ok(*known);
        }
        let draft = match reads_loop(expr) {
            true => self.write_own(writing, expr, back, reading)?,
            false => self.write_other(writing, expr, back)?,
        };
        writing.written.insert(key, draft);
        Ok(draft)
    }

    /// A tree that reads the loop, so many bars ago.
    fn write_own(
        &mut self,
        writing: &mut Writing<'_>,
        expr: &Expr,
        back: usize,
        reading: Reading,
    ) -> Result<Draft, PlanError> {
        match &expr.kind {
            Kind::Own(name) => {
                let found = writing.joined.find(name, reading.scope);
                let value = found.ok_or_else(|| unchecked(&format!("`{name}` is no value of it")))?;
                self.write_use(writing, value, back, reading.as_it_stands)
            }
            Kind::Loop(it) => {
                let found = writing.joined.meant(it);
                let value = found.ok_or_else(|| unchecked("it stands where it cannot"))?;
                self.write_use(writing, value, back, reading.as_it_stands)
            }
            Kind::Index { expr, index } => {
                let rows = rows_of(index).ok_or_else(|| unchecked("an index is no number of rows"))?;
                self.write(writing, expr, back.saturating_add(rows), reading)
            }
            Kind::Binary { op, left, right } => {
                let a = self.write(writing, left, back, reading)?;
                let b = self.write(writing, right, back, reading)?;
                Ok(writing.plain(binary(*op), a, b))
            }
            Kind::Unary { op, operand } => {
                let a = self.write(writing, operand, back, reading)?;
                Ok(match op {
                    UnaryOp::Pos => a,
                    UnaryOp::Neg => writing.plain(Plain::Neg, a, a),
                    UnaryOp::Not => writing.plain(Plain::Not, a, a),
                })
            }
            Kind::Call(call) => self.write_call(writing, call, back, reading),
            _ => Err(unchecked("what remembers stands in it")),
        }
    }

    fn write_call(
        &mut self,
        writing: &mut Writing<'_>,
        call: &Call,
        back: usize,
        reading: Reading,
    ) -> Result<Draft, PlanError> {
        let unknown = || PlanError::Unsupported(format!("Unknown indicator: {}", call.name));
        let spec = self.catalog.find(&call.name).ok_or_else(unknown)?;
        let binding = bind(call, spec).map_err(|d| PlanError::Unsupported(d.message))?;
        let inputs = |lowering: &mut Self, writing: &mut Writing<'_>, back| {
            let each = binding.inputs.iter().map(|input| match input {
                BoundInput::Expr(expr) => lowering.write(writing, expr, back, reading),
                BoundInput::Number(number) => Ok(writing.constant(*number)),
                BoundInput::Field(field) => {
                    let place = lowering.bar_field(field)?;
                    Ok(writing.input(lowering.place_ago(place, back)))
                }
                // Nothing that looks at each bar alone does.
                BoundInput::Time | BoundInput::Interval(_) => {
                    Err(unchecked("what reads the time stands in it"))
                }
                BoundInput::Computed(text) => {
                    let place = lowering.value_of_text(text)?;
                    Ok(writing.input(lowering.place_ago(place, back)))
                }
            });
            each.collect::<Result<Vec<_>, _>>()
        };
        if let Some(crossing) = crossing_of(call) {
            let now = inputs(self, writing, back)?;
            let before = inputs(self, writing, back.saturating_add(1))?;
            let (&[a, b], &[a1, b1]) = (&now[..], &before[..]) else { return Err(unknown()) };
            let mut crossed = |a, b, a1, b1| {
                let above = writing.plain(Plain::Gt, a, b);
                let below = writing.plain(Plain::Gte, b1, a1);
                writing.plain(Plain::And, above, below)
            };
            return Ok(match crossing {
                Crossing::Up => crossed(a, b, a1, b1),
                Crossing::Down => crossed(b, a, b1, a1),
                Crossing::Either => {
                    let (up, down) = (crossed(a, b, a1, b1), crossed(b, a, b1, a1));
                    writing.plain(Plain::Or, up, down)
                }
            });
        }
        let pointwise =
            Pointwise::from_name(spec.kernel).ok_or_else(|| unchecked("what remembers stands in it"))?;
        let inputs = inputs(self, writing, back)?;
        let last = *inputs.last().ok_or_else(unknown)?;
        let places = std::array::from_fn(|at| inputs.get(at).copied().unwrap_or(last));
        Ok(writing.step(DraftStep::Pointwise(pointwise, places)))
    }

    /// What does not depend on the loop: an ordinary value, or a constant.
    fn write_other(
        &mut self,
        writing: &mut Writing<'_>,
        expr: &Expr,
        back: usize,
    ) -> Result<Draft, PlanError> {
        let place = self.value(expr)?;
        if let Place::Constant(at) = place
            && !self.constants[at].is_nan()
        {
            return Ok(writing.constant(self.constants[at]));
        }
        let place = self.place_ago(place, back);
        Ok(writing.input(place))
    }

    /// A value so many bars ago.
    fn place_ago(&mut self, place: Place, back: usize) -> Place {
        match (back, place) {
            (0, _) | (_, Place::Constant(_)) => place,
            _ => self.place_before(place, Shift::Rows(back as u32), ShiftKind::Past),
        }
    }
}

impl Writing<'_> {
    fn plain(&mut self, op: Plain, a: Draft, b: Draft) -> Draft {
        self.step(DraftStep::Plain(op, a, b))
    }

    /// The step that does this; there is one only.
    fn step(&mut self, step: DraftStep) -> Draft {
        let steps = &mut self.steps;
        Draft::Step(*self.places.entry(step).or_insert_with(|| {
            steps.push(step);
            steps.len() - 1
        }))
    }

    fn input(&mut self, place: Place) -> Draft {
        let known = self.inputs.iter().position(|known| *known == place);
        Draft::Input(known.unwrap_or_else(|| {
            self.inputs.push(place);
            self.inputs.len() - 1
        }))
    }

    fn constant(&mut self, x: f64) -> Draft {
        let bits = x.to_bits();
        let known = self.constants.iter().position(|known| *known == bits);
        Draft::Constant(known.unwrap_or_else(|| {
            self.constants.push(bits);
            self.constants.len() - 1
        }))
    }

    /// The program, its values in this order.
    fn finish(&self, order: &[usize], is_bool: &[bool]) -> Result<Recurrence, PlanError> {
        let (inputs, constants) = (self.inputs.len(), self.constants.len());
        let needed = inputs + constants + self.steps.len();
        let most = usize::from(recurrence::Place::MAX);
        if needed > most {
            return Err(PlanError::TooLarge { what: "numbers in a loop", needed, most });
        }
        let depth: usize = self.known.iter().map(|known| known.depth).fold(0, usize::saturating_add);
        if depth > MOST_DEPTH {
            return Err(PlanError::TooLarge {
                what: "bars that a loop looks back",
                needed: depth,
                most: MOST_DEPTH,
            });
        }
        let place = |draft: Draft| -> recurrence::Place {
            let at = match draft {
                Draft::Input(at) => at,
                Draft::Constant(at) => inputs + at,
                Draft::Step(at) => inputs + constants + at,
            };
            at as recurrence::Place
        };
        let number =
            |value: usize| order.iter().position(|one| *one == value).expect("every value has its place");
        let steps = self.steps.iter().map(|step| match *step {
            DraftStep::Plain(op, a, b) => Step::Plain(op, place(a), place(b)),
            DraftStep::Pointwise(pointwise, places) => Step::Pointwise(pointwise, places.map(place)),
            DraftStep::Past { value, back, as_it_stands } => {
                Step::Past { value: number(value) as u16, back: back as u16, as_it_stands }
            }
        });
        let values = order.iter().zip(is_bool).map(|(value, is_bool)| {
            let Known { result, first, restart, depth, .. } = self.known[*value];
            let memory = first.map(|first| Memory {
                depth: depth as u16,
                first: place(first),
                restart: restart.map(place),
            });
            let result = place(result.expect("every value is written"));
            RecurrenceValue { result, is_bool: *is_bool, memory }
        });
        Ok(Recurrence {
            inputs,
            constants: self.constants.clone(),
            steps: steps.collect(),
            values: values.collect(),
        })
    }
}

/// The values in an order that neither their names nor the order they are written in decide: by what they are made of.
fn order_of_values(joined: &Joined<'_>) -> Vec<usize> {
    let count = joined.values.len();
    let mut order: Vec<usize> = (0..count).collect();
    if count == 1 {
        return order;
    }
    // After as many rounds as there are values whatever tells them apart has come through.
    let mut keys = vec![0_u64; count];
    for _ in 0..count.min(MOST_ROUNDS) {
        keys = joined
            .values
            .iter()
            .map(|(value, scope)| {
                let mut hasher = WordHasher::default();
                (value.first.is_some(), value.restart.is_some()).hash(&mut hasher);
                value.parts().for_each(|part| hash_shape(part, joined, *scope, &keys, &mut hasher));
                hasher.finish()
            })
            .collect();
    }
    order.sort_by_key(|value| keys[*value]);
    order
}

/// Rounds in which values are told apart: each looks one value further.
const MOST_ROUNDS: usize = 16;

/// Hashes what a tree is made of, without names and places.
fn hash_shape(expr: &Expr, joined: &Joined<'_>, scope: usize, keys: &[u64], hasher: &mut WordHasher) {
    let value = match &expr.kind {
        Kind::Own(name) => joined.find(name, scope),
        Kind::Loop(it) => joined.meant(it),
        _ => None,
    };
    if let Some(value) = value {
        return keys[value].hash(hasher);
    }
    std::mem::discriminant(&expr.kind).hash(hasher);
    match &expr.kind {
        Kind::Literal(_) | Kind::SourceRef(_) => expr.to_string().hash(hasher),
        Kind::Call(call) => (&call.name, &call.output, call.args.len()).hash(hasher),
        Kind::Binary { op, .. } => op.hash(hasher),
        Kind::Unary { op, .. } => op.hash(hasher),
        Kind::Aggregate { operation, field, .. } => (operation, field).hash(hasher),
        Kind::TimeShift { shift, operation, .. } => (shift, operation).hash(hasher),
        Kind::Member { member, .. } => member.hash(hasher),
        Kind::Loop(it) => (it.values.len(), it.chosen).hash(hasher),
        Kind::Filter { .. } | Kind::Index { .. } | Kind::Own(_) => {}
    }
    expr.children().into_iter().for_each(|child| hash_shape(child, joined, scope, keys, hasher));
}
