//! A plan's values as text, for messages: the rule as it was understood, cut off where it grows long.

use super::operation::Operation;
use super::operation::{Plain, ShiftKind};
use super::streams::{JOINED, Stream};
use super::{Node, Plan};
use crate::lang::ir::SourceRef;

/// Longest text that one value is described by.
const MOST: usize = 200;
/// How deep a value is looked into: shared parts would else be written out again and again.
const DEPTH: usize = 10;

impl Plan {
    /// The value in a slot as text.
    pub fn describe(&self, slot: usize) -> String {
        self.describe_to(slot, DEPTH)
    }

    fn describe_to(&self, slot: usize, depth: usize) -> String {
        if let Some(source) = self.fields.get(slot) {
            return field(source);
        }
        if let Some(x) = self.constants.get(slot - self.fields.len()) {
            return match &self.undefined_constant {
                Some(part) if x.is_nan() => part.clone(),
                _ => x.to_string(),
            };
        }
        let node = self.node_of(slot);
        let Some(depth) = depth.checked_sub(1) else {
            return "...".to_owned();
        };
        let input = |at: usize| self.describe_to(node.inputs[at], depth);
        let text = match &node.operation {
            Operation::Plain(op) => plain(*op, &input(0), &input(1)),
            Operation::Shift { rows, kind } => shift(&input(0), &rows.to_string(), *kind),
            Operation::TimeShift { span, kind, .. } => shift(&input(0), &span.to_string(), *kind),
            Operation::Time => "time".to_owned(),
            Operation::Interval { reading, .. } => reading.to_string(),
            Operation::Aggregate(kind) => {
                format!("{}.{}", input(0), format!("{kind:?}").to_ascii_lowercase())
            }
            Operation::Loop(it) => it.names[slot - node.output].clone(),
            Operation::Kernel { spec, params } => {
                let inputs = (0..node.inputs.len()).map(input);
                let params = params.iter().map(ToString::to_string);
                let arguments: Vec<_> = inputs.chain(params).collect();
                let mut text = format!("{}({})", spec.name, arguments.join(", "));
                if spec.outputs.len() > 1 {
                    text = format!("{text}.{}", spec.outputs[slot - node.output].name);
                }
                text
            }
        };
        shortened(text)
    }

    /// The node that writes a slot.
    pub(crate) fn node_of(&self, slot: usize) -> &Node {
        let at = self.nodes.partition_point(|node| node.output <= slot);
        &self.nodes[at - 1]
    }
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text,
    }
}

/// A field as it is written: `close`, `trades.volume`, `BTC.1h.close`.
pub(crate) fn field(source: &SourceRef) -> String {
    let field = source.field.as_deref().unwrap_or_default();
    if source.source == JOINED {
        return field.to_owned();
    }
    match Stream::of(source) {
        own if own == Stream::own() => field.to_owned(),
        stream => format!("{}.{field}", stream.name()),
    }
}

fn shift(series: &str, span: &str, kind: ShiftKind) -> String {
    match kind {
        ShiftKind::Past => format!("{series}.{span}_ago"),
        ShiftKind::Change => format!("{series}.change_{span}"),
        ShiftKind::ChangePct => format!("{series}.change_pct_{span}"),
    }
}

pub(super) fn plain(op: Plain, a: &str, b: &str) -> String {
    let between = match op {
        Plain::Neg => return format!("-{a}"),
        Plain::Not => return format!("not {a}"),
        Plain::Filter => return format!("{a}.filter({b})"),
        Plain::Greatest => return format!("greatest({a}, {b})"),
        Plain::Least => return format!("least({a}, {b})"),
        Plain::AsOf => return format!("({a} as of {b})"),
        Plain::Add => "+",
        Plain::Sub => "-",
        Plain::Mul => "*",
        Plain::Div => "/",
        Plain::Mod => "%",
        Plain::Pow => "**",
        Plain::Gt => ">",
        Plain::Gte => ">=",
        Plain::Lt => "<",
        Plain::Lte => "<=",
        Plain::Eq => "==",
        Plain::Neq => "!=",
        Plain::And => "and",
        Plain::Or => "or",
    };
    format!("({a} {between} {b})")
}
