//! A plan in words: a tree per output, what is read, how long it takes, what it keeps.

use std::fmt;
use std::sync::Arc;

use crate::catalog::Settle;
use crate::incremental::snapshot::state_bytes;
use crate::plan::Plan;
use crate::plan::joined::JoinedPlan;
use crate::plan::operation::Operation;

/// Share of a seed that is taken to matter no more.
const TOLERANCE: f64 = 1e-6;

/// What a plan does, for people; printed as a tree.
#[derive(Clone, Debug)]
pub struct Explanation {
    plan: Arc<Plan>,
    /// Names of the fields that are read.
    pub inputs: Vec<String>,
    /// Per output, bars before its first value; `None` while a timeframe is missing.
    pub warmup: Option<Vec<usize>>,
    /// Per output, how long the beginning of history matters: until no seed weighs more than a millionth; `None` while a
    /// timeframe is missing.
    pub settle: Option<Vec<Settle>>,
    /// Bytes of state of one symbol; `None` while a timeframe is missing.
    pub state_bytes: Option<usize>,
}

impl Plan {
    /// The plan in words.
    pub fn explain(self: &Arc<Self>) -> Explanation {
        if self.has_several_timeframes() {
            return self.outline();
        }
        Explanation {
            warmup: self.warmup().ok(),
            settle: self.settle(TOLERANCE).ok(),
            state_bytes: (!self.needs_timeframe()).then(|| state_bytes(self)),
            ..self.outline()
        }
    }

    /// What is known before the length of the bars is.
    fn outline(self: &Arc<Self>) -> Explanation {
        let inputs = (0..self.fields.len()).map(|slot| self.describe(slot)).collect();
        Explanation { inputs, warmup: None, settle: None, state_bytes: None, plan: self.clone() }
    }

    /// A node's own name, without its inputs.
    fn node_name(&self, slot: usize) -> String {
        let node = self.node_of(slot);
        match &node.operation {
            Operation::Kernel { spec, params } => {
                let params = spec.params.iter().zip(params).map(|(p, value)| format!("{}={value}", p.name));
                format!("{}({})", spec.name, params.collect::<Vec<_>>().join(", "))
            }
            other => other.label(),
        }
    }

    /// The distinct inputs of a node, in order.
    fn node_inputs(&self, slot: usize) -> Vec<usize> {
        let mut inputs = self.node_of(slot).inputs.clone();
        inputs.dedup();
        inputs
    }

    fn is_node(&self, slot: usize) -> bool {
        slot >= self.first_node_slot()
    }
}

impl JoinedPlan {
    /// The plan in words.
    pub fn explain(&self) -> Explanation {
        Explanation {
            warmup: Some(self.warmup()),
            settle: Some(self.settle(TOLERANCE)),
            state_bytes: Some(state_bytes(&self.joined)),
            ..self.plan.outline()
        }
    }
}

impl Explanation {
    /// The plan in Graphviz's language.
    pub fn to_dot(&self) -> String {
        let plan = &self.plan;
        let mut dot = String::from("digraph plan {\n  rankdir=LR;\n  node [shape=box];\n");
        let quoted = |text: String| text.replace('\\', "\\\\").replace('"', "\\\"");
        for slot in 0..plan.first_node_slot() {
            dot.push_str(&format!("  s{slot} [label=\"{}\"];\n", quoted(plan.describe(slot))));
        }
        for node in &plan.nodes {
            dot.push_str(&format!(
                "  s{} [label=\"{}\"];\n",
                node.output,
                quoted(plan.node_name(node.output))
            ));
            for input in plan.node_inputs(node.output) {
                let from = if plan.is_node(input) { plan.node_of(input).output } else { input };
                dot.push_str(&format!("  s{from} -> s{};\n", node.output));
            }
        }
        for (at, output) in plan.outputs.iter().enumerate() {
            let from = if plan.is_node(output.slot) { plan.node_of(output.slot).output } else { output.slot };
            dot.push_str(&format!(
                "  o{at} [label=\"{}\", shape=ellipse];\n  s{from} -> o{at};\n",
                output.name
            ));
        }
        dot.push_str("}\n");
        dot
    }

    fn branch(
        &self,
        f: &mut fmt::Formatter<'_>,
        slot: usize,
        indent: &str,
        last: bool,
        seen: &mut Vec<usize>,
    ) -> fmt::Result {
        let plan = &self.plan;
        let (turn, below) = if last { ("`- ", "   ") } else { ("|- ", "|  ") };
        if !plan.is_node(slot) {
            return writeln!(f, "{indent}{turn}{}", plan.describe(slot));
        }
        let node = plan.node_of(slot);
        let shared = seen.contains(&node.output) && !node.inputs.iter().all(|input| !plan.is_node(*input));
        let several = node.width() > 1;
        let output =
            if several { plan.describe(slot).rsplit('.').next().map(|o| format!(".{o}")) } else { None };
        let mark = if shared { "  (as above)" } else { "" };
        writeln!(f, "{indent}{turn}{}{}{mark}", plan.node_name(slot), output.unwrap_or_default())?;
        if shared {
            return Ok(());
        }
        seen.push(node.output);
        let inputs = plan.node_inputs(slot);
        for (at, input) in inputs.iter().enumerate() {
            self.branch(f, *input, &format!("{indent}{below}"), at + 1 == inputs.len(), seen)?;
        }
        Ok(())
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut seen = Vec::new();
        for (at, output) in self.plan.outputs.iter().enumerate() {
            let kind = if output.is_bool { "true or false" } else { "number" };
            write!(f, "{}: {kind}", output.name)?;
            match (&self.warmup, &self.settle) {
                (Some(warmup), Some(settle)) => {
                    write!(f, ", first value after {} bars, ", warmup[at])?;
                    match settle[at] {
                        Settle::Bars(bars) => writeln!(f, "settled after {bars}")?,
                        Settle::DependsOnData => writeln!(f, "when it is settled depends on the data")?,
                        Settle::Never => writeln!(f, "never settled: the first bar may matter for ever")?,
                    }
                }
                _ => writeln!(f, ", needs a timeframe to count bars")?,
            }
            self.branch(f, output.slot, "", true, &mut seen)?;
        }
        writeln!(f, "reads: {}", self.inputs.join(", "))?;
        write!(f, "computes: {} nodes per bar", self.plan.node_count())?;
        match self.state_bytes {
            Some(bytes) => write!(f, ", keeps {bytes} bytes per symbol"),
            None => Ok(()),
        }
    }
}
