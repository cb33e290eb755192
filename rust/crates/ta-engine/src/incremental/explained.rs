//! What a value is and why it is not ready: looked into when somebody asks, after a bar or for every bar of a history.

use std::ops::Range;

use super::backend::Session;
use super::contracts::{Availability, Event, Reason, StepError, StepValue};
use super::machine::{Explained, Machine};
use super::ordering::Admission;
use super::watch::{Watch, is_long};
use crate::plan::operation::{Operation, Plain};

/// Bars that are stepped before whoever waits is asked again.
const LOOKED_AT: usize = 256;

impl Session {
    /// [`run`](Session::run) that also says what each value is: `availabilities` has one slice per output, to be filled
    /// with [`Availability`](super::contracts::Availability) as numbers.
    ///
    /// # Errors
    /// As [`step`](Session::step), at the first bar that is refused; those before it are taken. Where it was given up
    /// nothing is.
    pub fn run_explained(
        &mut self,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        outputs: &mut [&mut [f64]],
        availabilities: &mut [&mut [u8]],
        watch: &mut dyn Watch,
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
        // Stepping is slower than running, and what is not ready is looked into.
        let kept = is_long(bars.saturating_mul(16), self.plan.nodes.len()).then(|| self.keep());
        let mut inputs = vec![0.0; columns.len()];
        for bar in 0..bars {
            if let Some(kept) = &kept
                && bar % LOOKED_AT == 0
                && watch.look().is_err()
            {
                self.go_back(kept);
                return Err(StepError::Interrupted);
            }
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
    pub(super) fn bring_up_to_date(&mut self, admission: Admission) {
        self.last_values();
        if admission == Admission::SameTime {
            // Why the repeated bar had no value is not kept.
            self.values.iter_mut().for_each(|v| v.reason = None);
        }
    }

    /// The last bar's results. What is there to say of them is found when it is asked for: row and nodes stay as the bar
    /// left them until the next.
    pub(crate) fn last_values(&mut self) -> &[StepValue] {
        if !self.is_explained {
            self.explain();
            self.is_explained = true;
        }
        &self.values
    }

    /// Gives each output its availability; looks into the nodes only where one is not ready.
    fn explain(&mut self) {
        let (plan, machine) = (&self.plan, &mut self.machine);
        let mut all_ready = true;
        for (value, output) in self.values.iter_mut().zip(&plan.outputs) {
            let x = machine.row[output.slot];
            *value = StepValue { value: x, availability: Availability::Ready, reason: None };
            all_ready &= !x.is_nan();
        }
        if all_ready {
            return;
        }
        machine.explain(0..plan.nodes.len(), 0..machine.row.len());
        for (value, output) in self.values.iter_mut().zip(&plan.outputs) {
            (value.availability, value.reason) = machine.state(output.slot);
        }
    }
}

impl Machine {
    /// What a value is: ready, or what it was explained to be.
    #[inline]
    pub(super) fn state(&self, slot: usize) -> Explained {
        if self.row[slot].is_nan() { self.explained[slot] } else { (Availability::Ready, None) }
    }

    /// What a value is to nodes that are computed apart from the one that gives it: to them it is as a field.
    pub(super) fn state_from_afar(&self, slot: usize) -> Explained {
        match self.state(slot) {
            _ if slot < self.plan.first_node_slot() => self.state(slot),
            (Availability::MissingInput, _) => (Availability::MissingInput, Some(Reason::MissingField(slot))),
            (other, _) => (other, None),
        }
    }

    /// Finds out why values of some nodes, which write these slots, are not ready; row and nodes are as their last bar
    /// left them.
    pub(super) fn explain(&mut self, nodes: Range<usize>, slots: Range<usize>) {
        for at in nodes {
            let node = &self.plan.nodes[at];
            for slot in node.output..node.output + node.width() {
                if self.row[slot].is_nan() {
                    self.explained[slot] = self.why(at, slot, &slots);
                }
            }
        }
    }

    /// Why a node's value is not ready.
    fn why(&self, at: usize, slot: usize, own: &Range<usize>) -> Explained {
        let (node, single) = (&self.plan.nodes[at], &self.nodes[at]);
        if let (Operation::Plain(Plain::Filter), [_, condition]) = (&node.operation, node.inputs.as_slice())
            && (self.row[*condition] == 0.0 || self.row[*condition].is_nan())
        {
            return (Availability::Excluded, None);
        }
        let state =
            |slot: &usize| if own.contains(slot) { self.state(*slot) } else { self.state_from_afar(*slot) };
        let worst = node.inputs.iter().map(state).reduce(|a, b| if a.0.worse(b.0) == a.0 { a } else { b });
        match worst {
            _ if matches!(node.operation, Operation::Aggregate(_)) => (Availability::WarmingUp, None),
            Some(state) if state.0 != Availability::Ready => state,
            _ if !single.was_warm() => (Availability::WarmingUp, None),
            _ => (Availability::MissingInput, Some(Reason::Undefined(slot))),
        }
    }
}
