//! Fields of bars: those that every bar has, and those that are computed of them.

use super::Plan;
use super::operation::Operation;
use super::operation::Plain::{self, Add, Div, Greatest, Least, Sub};
use super::streams::Stream;
use crate::lanes::canonical_bits;
use crate::lang::ir::SourceRef;

/// A field that every bar has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum BarField {
    Open,
    High,
    Low,
    Close,
    Volume,
}

impl BarField {
    /// The field of this name.
    pub(crate) fn from_name(name: &str) -> Option<BarField> {
        Some(match name {
            "open" => BarField::Open,
            "high" => BarField::High,
            "low" => BarField::Low,
            "close" => BarField::Close,
            "volume" => BarField::Volume,
            _ => return None,
        })
    }

    /// What a reference reads, where it is one of these fields of the rule's own bars.
    pub(crate) fn of(field: &SourceRef) -> Option<BarField> {
        own_field(field).and_then(BarField::from_name)
    }
}

/// The field, where it is one of the bars the rule runs on.
pub(super) fn own_field(source: &SourceRef) -> Option<&str> {
    let SourceRef {
        symbol: None,
        field: Some(field),
        source,
        exchange: None,
        timeframe: None,
        base: None,
        quote: None,
        instrument_type: None,
        column: None,
        is_asked: _,
    } = source
    else {
        return None;
    };
    (source == "ohlcv").then_some(field)
}

/// How a field is computed of stored ones.
pub(super) struct Formula {
    /// The stored fields, in the order in which they are read.
    pub(super) fields: &'static [&'static str],
    /// What is computed of them, one after the other; the last is the field. Without a step it is the first field.
    pub(super) steps: &'static [(Plain, Operand, Operand)],
}

/// What a step of a formula takes.
#[derive(Clone, Copy)]
pub(super) enum Operand {
    /// One of its fields.
    Field(usize),
    /// What a step before it gave.
    Step(usize),
    Number(f64),
}

use Operand::{Field, Number, Step};

const PRICE: Formula = Formula { fields: &["close"], steps: &[] };
const HLC3: Formula = Formula {
    fields: &["high", "low", "close"],
    steps: &[(Add, Field(0), Field(1)), (Add, Step(0), Field(2)), (Div, Step(1), Number(3.0))],
};
const OHLC4: Formula = Formula {
    fields: &["open", "high", "low", "close"],
    steps: &[
        (Add, Field(0), Field(1)),
        (Add, Step(0), Field(2)),
        (Add, Step(1), Field(3)),
        (Div, Step(2), Number(4.0)),
    ],
};
const HL2: Formula =
    Formula { fields: &["high", "low"], steps: &[(Add, Field(0), Field(1)), (Div, Step(0), Number(2.0))] };
const RANGE: Formula = Formula { fields: &["high", "low"], steps: &[(Sub, Field(0), Field(1))] };
const UPPER_WICK: Formula = Formula {
    fields: &["high", "open", "close"],
    steps: &[(Greatest, Field(1), Field(2)), (Sub, Field(0), Step(0))],
};
const LOWER_WICK: Formula = Formula {
    fields: &["low", "open", "close"],
    steps: &[(Least, Field(1), Field(2)), (Sub, Step(0), Field(0))],
};
/// Those whose value is a node's.
const COMPUTED: [&Formula; 6] = [&HLC3, &OHLC4, &HL2, &RANGE, &UPPER_WICK, &LOWER_WICK];

impl Formula {
    /// The formula of a field, where it is none that is stored.
    pub(super) fn of(field: &str) -> Option<&'static Formula> {
        Some(match field {
            "price" => &PRICE,
            "hlc3" | "typical_price" => &HLC3,
            "ohlc4" | "weighted_close" => &OHLC4,
            "hl2" | "median_price" => &HL2,
            "range" => &RANGE,
            "upper_wick" => &UPPER_WICK,
            "lower_wick" => &LOWER_WICK,
            _ => return None,
        })
    }

    /// Where its value for the bars of a stream stands in a plan that computes it.
    fn slot_in(&self, plan: &Plan, stream: &Stream) -> Option<usize> {
        let slot_of = |name: &&str| {
            let is_it =
                |field: &SourceRef| field.field.as_deref() == Some(*name) && Stream::of(field) == *stream;
            plan.fields.iter().position(is_it)
        };
        let fields: Vec<usize> = self.fields.iter().map(slot_of).collect::<Option<_>>()?;
        let mut steps: Vec<usize> = Vec::with_capacity(self.steps.len());
        for (op, a, b) in self.steps {
            let slot = |operand: &Operand| match *operand {
                Field(at) => Some(fields[at]),
                Step(at) => Some(steps[at]),
                Number(x) => {
                    let is_it = |constant: &f64| canonical_bits(*constant) == canonical_bits(x);
                    plan.constants.iter().position(is_it).map(|at| plan.fields.len() + at)
                }
            };
            let inputs = [slot(a)?, slot(b)?];
            let does_it = |operation: &Operation| matches!(operation, Operation::Plain(known) if known == op);
            let node = plan.nodes.iter().find(|node| node.inputs == inputs && does_it(&node.operation))?;
            steps.push(node.output);
        }
        steps.last().copied()
    }
}

impl Plan {
    /// The slots of nodes that compute a field of these bars, whether the rule names it or writes it out.
    pub(super) fn computed_fields(&self, stream: &Stream) -> impl Iterator<Item = usize> {
        COMPUTED.iter().filter(|_| stream.is_bars()).filter_map(|formula| formula.slot_in(self, stream))
    }
}
