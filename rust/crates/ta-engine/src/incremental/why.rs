//! Why a rule is what it is on a bar: the tree of its parts with their values, and what was one condition short.

use std::fmt;

use super::backend::Session;
use super::contracts::{Availability, Reason};
use crate::catalog::OutputKind;
use crate::plan::Plan;
use crate::plan::operation::{Operation, Plain};
use crate::times::iso;

/// Most parts that are told: the parts of very large rules are not.
const MOST_PARTS: usize = 4_096;

/// Why the outputs of a rule are what they are on a bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// When the bar was.
    pub time_ns: Option<i64>,
    /// Per output.
    pub outputs: Vec<WhyOutput>,
}

/// Why one output is what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct WhyOutput {
    /// Its name.
    pub name: String,
    /// The whole of it; parts are within.
    pub part: Part,
    /// Of an output that is not true: the conditions of which each alone would have made it true.
    pub short: Vec<String>,
}

/// A part of a rule on a bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// As it is written.
    pub text: String,
    /// Its number, 1 and 0 for true and false; NaN where it is not ready.
    pub value: f64,
    /// It is true or false.
    pub is_truth: bool,
    /// What it is.
    pub availability: Availability,
    /// Why it is not ready, where there is more to say.
    pub reason: Option<String>,
    /// What it is made of; of a part that was told before nothing.
    pub parts: Vec<Part>,
    /// It was told before, with its parts.
    pub is_told: bool,
}

impl Session {
    /// Why the outputs are what they are on the last bar; `None` before the first, and until the next where the session was
    /// restored: a snapshot has no values between.
    pub fn why(&mut self) -> Option<Why> {
        if self.position == self.row_from {
            return None;
        }
        self.last_values();
        let (plan, machine) = (self.plan.clone(), &mut self.machine);
        machine.explain(0..plan.nodes.len(), 0..machine.row.len());
        let mut teller = Teller { plan: &plan, session: self, told: Vec::new() };
        let outputs = plan.outputs.iter().map(|output| {
            let part = teller.part(output.slot, output.is_bool);
            let is_true = teller.value(output.slot) == 1.0;
            let short = match output.is_bool && !is_true {
                true => teller.flips(output.slot, true),
                false => Vec::new(),
            };
            WhyOutput { name: output.name.clone(), part, short: teller.texts(short) }
        });
        let outputs = outputs.collect();
        Some(Why { time_ns: self.last_time_ns(), outputs })
    }
}

struct Teller<'a> {
    plan: &'a Plan,
    session: &'a Session,
    told: Vec<usize>,
}

impl Teller<'_> {
    fn value(&self, slot: usize) -> f64 {
        self.session.machine.row[slot]
    }

    fn part(&mut self, slot: usize, is_truth: bool) -> Part {
        let (availability, reason) = self.session.machine.state(slot);
        let reason = reason.map(|reason| match reason {
            Reason::MissingField(at) => format!("{} is missing", self.plan.describe(at)),
            Reason::Undefined(at) => format!("undefined: {}", self.plan.describe(at)),
        });
        let is_node = slot >= self.plan.first_node_slot();
        let is_told = is_node && (self.told.contains(&slot) || self.told.len() >= MOST_PARTS);
        let mut parts = Vec::new();
        if is_node && !is_told {
            self.told.push(slot);
            let mut inputs = self.plan.node_of(slot).inputs.clone();
            inputs.dedup();
            parts = inputs.into_iter().map(|input| self.part(input, self.is_truth(input))).collect();
        }
        let text = self.plan.describe(slot);
        Part { text, value: self.value(slot), is_truth, availability, reason, parts, is_told }
    }

    /// Whether a slot is true or false.
    fn is_truth(&self, slot: usize) -> bool {
        if slot < self.plan.first_node_slot() {
            return false;
        }
        let node = self.plan.node_of(slot);
        match &node.operation {
            Operation::Plain(op) => is_condition(*op),
            Operation::Shift { .. } => self.is_truth(node.inputs[0]),
            Operation::Kernel { spec, .. } => match spec.outputs[slot - node.output].kind {
                OutputKind::Bool => true,
                OutputKind::Like => node.inputs.last().is_some_and(|input| self.is_truth(*input)),
                _ => false,
            },
            _ => false,
        }
    }

    /// The conditions of which each alone would make a slot what is wanted.
    fn flips(&self, slot: usize, wanted: bool) -> Vec<usize> {
        if slot < self.plan.first_node_slot() {
            return vec![slot];
        }
        let node = self.plan.node_of(slot);
        let fits = |slot: usize, wanted: bool| {
            let x = self.value(slot);
            !x.is_nan() && (x != 0.0) == wanted
        };
        match (&node.operation, node.inputs.as_slice()) {
            (Operation::Plain(Plain::Not), [of, ..]) => self.flips(*of, !wanted),
            (Operation::Plain(op @ (Plain::And | Plain::Or)), [a, b]) => {
                // Both have to be as they are wanted, or one is enough.
                let needs_both = (*op == Plain::And) == wanted;
                // A result is ready only where both are: what is not ready has to be mended in any case.
                let is_ready = |slot: &usize| !self.value(*slot).is_nan();
                match (needs_both, fits(*a, wanted), fits(*b, wanted)) {
                    (true, true, false) => self.flips(*b, wanted),
                    (true, false, true) => self.flips(*a, wanted),
                    (true, ..) => Vec::new(),
                    (false, ..) => match (is_ready(a), is_ready(b)) {
                        (true, true) => {
                            let mut all = self.flips(*a, wanted);
                            all.extend(self.flips(*b, wanted));
                            all.dedup();
                            all
                        }
                        // With the other one ready it would be what that one is.
                        (true, false) if fits(*a, wanted) => self.flips(*b, wanted),
                        (false, true) if fits(*b, wanted) => self.flips(*a, wanted),
                        _ => Vec::new(),
                    },
                }
            }
            _ => vec![slot],
        }
    }

    /// Conditions as text, each with the values it compares.
    fn texts(&self, mut slots: Vec<usize>) -> Vec<String> {
        let mut seen = Vec::new();
        slots.retain(|slot| {
            !seen.contains(slot) && {
                seen.push(*slot);
                true
            }
        });
        let text = |slot: usize| {
            let text = self.plan.describe(slot);
            let text = text
                .strip_prefix('(')
                .and_then(|text| text.strip_suffix(')'))
                .map_or(text.clone(), str::to_owned);
            if slot < self.plan.first_node_slot() {
                return text;
            }
            let node = self.plan.node_of(slot);
            match (&node.operation, node.inputs.as_slice()) {
                (Operation::Plain(op), [a, b]) if is_condition(*op) => {
                    format!("{text} ({} against {})", shown(self.value(*a)), shown(self.value(*b)))
                }
                _ if self.value(slot).is_nan() => format!("{text} (not ready)"),
                _ => text,
            }
        };
        slots.into_iter().map(text).collect()
    }
}

fn is_condition(op: Plain) -> bool {
    use Plain::{And, Eq, Gt, Gte, Lt, Lte, Neq, Not, Or};
    matches!(op, Gt | Gte | Lt | Lte | Eq | Neq | And | Or | Not)
}

fn shown(x: f64) -> String {
    if x.is_nan() { "not ready".to_owned() } else { x.to_string() }
}

impl Part {
    fn branch(&self, f: &mut fmt::Formatter<'_>, indent: &str, is_last: bool) -> fmt::Result {
        let (turn, below) = if is_last { ("`- ", "   ") } else { ("|- ", "|  ") };
        write!(f, "{indent}{turn}{}", self.text)?;
        if !self.parts.is_empty() || self.is_told || self.text.parse::<f64>().is_err() {
            write!(f, ": {self}")?;
        }
        if self.is_told && self.text.parse::<f64>().is_err() {
            f.write_str("  (as above)")?;
        }
        writeln!(f)?;
        for (at, part) in self.parts.iter().enumerate() {
            part.branch(f, &format!("{indent}{below}"), at + 1 == self.parts.len())?;
        }
        Ok(())
    }
}

/// Its value, or why there is none.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.availability, &self.reason) {
            (Availability::Ready, _) if self.is_truth => write!(f, "{}", self.value != 0.0),
            (Availability::Ready, _) => write!(f, "{}", self.value),
            (other, None) => f.write_str(other.name()),
            (other, Some(reason)) => write!(f, "{}, {reason}", other.name()),
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for output in &self.outputs {
            write!(f, "{}: {}", output.name, output.part)?;
            match self.time_ns {
                Some(time_ns) => writeln!(f, " at {}", iso(time_ns))?,
                None => writeln!(f, " on the last bar")?,
            }
            output.part.branch(f, "", true)?;
            if !output.short.is_empty() {
                writeln!(f, "one condition short: {}", output.short.join(", or "))?;
            }
        }
        Ok(())
    }
}
