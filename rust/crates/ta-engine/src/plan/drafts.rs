//! Nodes before slots are given out. What computes the same of the same is one of them: this is the one place where equal nodes
//! of a plan are found.

use std::hash::{Hash, Hasher};

use super::Node;
use super::operation::{Operation, Reading};
use crate::catalog::{IndicatorSpec, ParamValue};
use crate::hashing::{WordHasher, WordMap};

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
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

/// The nodes so far, each behind those it reads.
pub(super) struct Drafts {
    all: Vec<Draft>,
    /// The last draft by the hash of what makes it what it is.
    latest: WordMap<u64, usize>,
    /// How many nodes they count for.
    weight: usize,
}

/// The slots of all places.
pub(super) struct Slots {
    fields: usize,
    /// The first slot of each node.
    firsts: Vec<usize>,
}

impl Slots {
    pub(super) fn of(&self, place: Place) -> usize {
        match place {
            Place::Field(at) => at,
            Place::Constant(at) => self.fields + at,
            Place::Node { node, output } => self.firsts[node] + output,
        }
    }
}

impl Drafts {
    /// Room for so many before more memory is taken.
    pub(super) fn with_room(room: usize) -> Drafts {
        Drafts {
            all: Vec::with_capacity(room),
            latest: WordMap::with_capacity_and_hasher(room, Default::default()),
            weight: 0,
        }
    }

    /// How many nodes they count for against a limit.
    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    /// The node that does this with these inputs.
    pub(super) fn node(&mut self, operation: Operation, inputs: &[Place]) -> usize {
        let hash = hash_of(&operation, inputs);
        self.find(hash, inputs, |known| is_same(known, &operation))
            .unwrap_or_else(|| self.push(hash, operation, inputs))
    }

    /// The node of an indicator. Most of a large set are shared: only a new one takes memory.
    pub(super) fn kernel(
        &mut self,
        spec: &'static IndicatorSpec,
        params: &[ParamValue],
        inputs: &[Place],
    ) -> usize {
        let hash = hash_of_kernel(spec, params, inputs);
        let is_it = |known: &Operation| {
            matches!(known, Operation::Kernel { spec: other, params: others }
                if is_same_kernel((other, others), (spec, params)))
        };
        self.find(hash, inputs, is_it)
            .unwrap_or_else(|| self.push(hash, Operation::Kernel { spec, params: params.to_vec() }, inputs))
    }

    /// Gives every node its slots, behind those of so many fields and constants.
    pub(super) fn give_slots(self, fields: usize, constants: usize) -> (Vec<Node>, Slots) {
        let mut slots = Slots { fields, firsts: Vec::with_capacity(self.all.len()) };
        let mut nodes: Vec<Node> = Vec::with_capacity(self.all.len());
        let mut next = fields + constants;
        for Draft { operation, inputs, .. } in self.all {
            let inputs = inputs.into_iter().map(|place| slots.of(place)).collect();
            let node = Node { operation, inputs, output: next, id: [0; 16] };
            slots.firsts.push(next);
            next += node.width();
            nodes.push(node);
        }
        (nodes, slots)
    }

    /// The node of this hash that has these inputs and an operation that `is_it` knows.
    fn find(&self, hash: u64, inputs: &[Place], is_it: impl Fn(&Operation) -> bool) -> Option<usize> {
        let mut found = self.latest.get(&hash).copied();
        while let Some(at) = found {
            let draft = &self.all[at];
            if draft.inputs == inputs && is_it(&draft.operation) {
                break;
            }
            found = draft.before;
        }
        found
    }

    /// A new node.
    fn push(&mut self, hash: u64, operation: Operation, inputs: &[Place]) -> usize {
        let node = self.all.len();
        self.weight += operation.weight();
        let before = self.latest.insert(hash, node);
        self.all.push(Draft { operation, inputs: inputs.to_vec(), before });
        node
    }
}

/// True where two operations compute the same of the same; rows of a shift follow from its span.
fn is_same(a: &Operation, b: &Operation) -> bool {
    use Operation::{Aggregate, Interval, Kernel, Loop, Plain, Shift, Time, TimeShift};
    match (a, b) {
        (Plain(a), Plain(b)) => a == b,
        (Shift { rows: a, kind: x }, Shift { rows: b, kind: y }) => a == b && x == y,
        (TimeShift { span: a, kind: x, .. }, TimeShift { span: b, kind: y, .. }) => a == b && x == y,
        (Time, Time) => true,
        (Interval { reading: a, .. }, Interval { reading: b, .. }) => a == b,
        (Aggregate(a), Aggregate(b)) => a == b,
        (Loop(a), Loop(b)) => a.program == b.program,
        (Kernel { spec: a, params: x }, Kernel { spec: b, params: y }) => is_same_kernel((a, x), (b, y)),
        _ => false,
    }
}

/// True where two indicators with their parameters compute the same of the same.
fn is_same_kernel(a: (&IndicatorSpec, &[ParamValue]), b: (&IndicatorSpec, &[ParamValue])) -> bool {
    let bits = |param: &ParamValue| param.to_bits();
    let is_one = std::ptr::eq(a.0, b.0) || a.0.kernel == b.0.kernel;
    is_one && (a.1 == b.1 || a.1.iter().map(bits).eq(b.1.iter().map(bits)))
}

/// Equal for operations and inputs that are the same.
fn hash_of(operation: &Operation, inputs: &[Place]) -> u64 {
    let mut hasher = WordHasher::default();
    std::mem::discriminant(operation).hash(&mut hasher);
    match operation {
        Operation::Plain(plain) => plain.hash(&mut hasher),
        Operation::Shift { rows, kind } => (rows, kind).hash(&mut hasher),
        Operation::TimeShift { span, kind, .. } => (span, kind).hash(&mut hasher),
        Operation::Time => {}
        Operation::Interval { reading, .. } => {
            std::mem::discriminant(reading).hash(&mut hasher);
            if let Reading::Begin(length) = reading {
                length.nominal_ns().hash(&mut hasher);
            }
        }
        Operation::Aggregate(kind) => kind.hash(&mut hasher),
        Operation::Loop(it) => it.program.hash(&mut hasher),
        Operation::Kernel { spec, params } => return hash_of_kernel(spec, params, inputs),
    }
    inputs.hash(&mut hasher);
    hasher.finish()
}

/// [`hash_of`] an indicator with its parameters.
fn hash_of_kernel(spec: &IndicatorSpec, params: &[ParamValue], inputs: &[Place]) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.write(spec.kernel.as_bytes());
    params.iter().for_each(|p| hasher.write_u64(p.to_bits()));
    inputs.hash(&mut hasher);
    hasher.finish()
}
