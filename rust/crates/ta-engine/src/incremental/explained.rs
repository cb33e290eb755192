//! What a value is and why it is not ready: looked into when somebody asks, after a bar or for every bar of a history.

use super::backend::Session;
use super::contracts::{Availability, Event, Reason, StepError, StepValue};
use super::kernel_registry::SingleNode;
use super::node_adapters::Plain;
use super::ordering::Admission;
use crate::plan::{Node, Operation};

impl Session {
    /// [`run`](Session::run) that also says what each value is: `availabilities` has one slice per output, to be filled
    /// with [`Availability`](super::contracts::Availability) as numbers.
    ///
    /// # Errors
    /// As [`step`](Session::step), at the first bar that is refused; those before it are taken.
    pub fn run_explained(
        &mut self,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        outputs: &mut [&mut [f64]],
        availabilities: &mut [&mut [u8]],
    ) -> Result<(), StepError> {
        let bars = outputs.first().map_or(0, |output| output.len());
        let given = [columns.len(), outputs.len(), availabilities.len()];
        let needed = [self.plan().fields().len(), self.plan().outputs().len(), self.plan().outputs().len()];
        let lengths = columns.iter().map(|c| c.len()).chain(outputs.iter().map(|o| o.len()));
        let lengths = lengths.chain(availabilities.iter().map(|a| a.len())).chain(times_ns.map(<[i64]>::len));
        for (what, given, needed) in
            std::iter::zip(["columns", "outputs", "availabilities"], std::iter::zip(given, needed))
                .map(|(what, (given, needed))| (what, given, needed))
                .chain(lengths.map(|length| ("rows", length, bars)))
        {
            if given != needed {
                return Err(StepError::Shape { what, given, needed });
            }
        }
        let mut inputs = vec![0.0; columns.len()];
        for bar in 0..bars {
            for (input, column) in inputs.iter_mut().zip(columns) {
                *input = column[bar];
            }
            let out = self.step(&Event { time_ns: times_ns.map(|times| times[bar]), inputs: &inputs })?;
            for ((value, output), state) in out.values.iter().zip(&mut *outputs).zip(&mut *availabilities) {
                output[bar] = value.value;
                state[bar] = value.availability as u8;
            }
        }
        Ok(())
    }

    /// Brings the outputs' values up to date with the event that was taken.
    pub(super) fn tell(&mut self, admission: Admission) {
        self.last_values();
        if admission == Admission::SameTime {
            // Why the repeated bar had no value is not kept.
            self.values.iter_mut().for_each(|v| v.reason = None);
        }
    }

    /// The last bar's results. What is there to say of them is found when it is asked for: row and nodes stay as the bar
    /// left them until the next.
    pub(crate) fn last_values(&mut self) -> &[StepValue] {
        if !self.is_told {
            self.explain();
            self.is_told = true;
        }
        &self.values
    }

    /// The last bar's numbers; NaN where they are not ready.
    pub(crate) fn last_numbers(&self) -> Vec<f64> {
        self.output_slots.iter().map(|slot| self.row[*slot]).collect()
    }

    /// Gives each output its availability; looks into the nodes only where one is not ready.
    fn explain(&mut self) {
        let plan = &self.plan;
        let mut all_ready = true;
        for (value, output) in self.values.iter_mut().zip(&plan.outputs) {
            let x = self.row[output.slot];
            *value = StepValue { value: x, availability: Availability::Ready, reason: None };
            all_ready &= !x.is_nan();
        }
        if all_ready {
            return;
        }
        for (slot, x) in self.row[..plan.first_node_slot()].iter().enumerate() {
            self.states[slot] = match x.is_nan() {
                true if slot < plan.fields.len() => match self.absences[slot] {
                    Availability::MissingInput => {
                        (Availability::MissingInput, Some(Reason::MissingField(slot)))
                    }
                    absence => (absence, None),
                },
                true => (Availability::MissingInput, Some(Reason::Undefined(slot))),
                false => (Availability::Ready, None),
            };
        }
        for (node, single) in plan.nodes.iter().zip(&self.nodes) {
            for slot in node.output..node.output + node.width() {
                self.states[slot] = match self.row[slot].is_nan() {
                    true => why(node, single.as_ref(), slot, &self.row, &self.states),
                    false => (Availability::Ready, None),
                };
            }
        }
        for (value, output) in self.values.iter_mut().zip(&plan.outputs) {
            (value.availability, value.reason) = self.states[output.slot];
        }
    }
}

/// Why a node's value is not ready.
fn why(
    node: &Node,
    single: &dyn SingleNode,
    slot: usize,
    row: &[f64],
    states: &[(Availability, Option<Reason>)],
) -> (Availability, Option<Reason>) {
    if let (Operation::Plain(Plain::Filter), [_, condition]) = (&node.operation, node.inputs.as_slice())
        && (row[*condition] == 0.0 || row[*condition].is_nan())
    {
        return (Availability::Excluded, None);
    }
    let worst = node
        .inputs
        .iter()
        .map(|input| states[*input])
        .reduce(|a, b| if a.0.worse(b.0) == a.0 { a } else { b });
    match worst {
        _ if matches!(node.operation, Operation::Aggregate(_)) => (Availability::WarmingUp, None),
        Some(state) if state.0 != Availability::Ready => state,
        _ if !single.was_warm() => (Availability::WarmingUp, None),
        _ => (Availability::MissingInput, Some(Reason::Undefined(slot))),
    }
}
