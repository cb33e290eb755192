//! What a row's value is and why it is not ready, where it comes of several streams.
//!
//! What a region shows may be read long after its last bar. Why it is not ready is found out when somebody asks, or else
//! before anything changes that the region has read.

use super::JoinedSession;
use crate::incremental::contracts::{Availability, Reason, StepValue};
use crate::incremental::machine::{Explained, Machine};
use crate::plan::joined::{From, Input, JoinedPlan, Link};

/// What a number is that is only there when it is new, and is not.
fn not_new(link: &Link) -> Explained {
    (Availability::MissingInput, Some(Reason::MissingField(link.slot)))
}

/// True where what a link reads is new; `present` says which streams have a bar, `None` that all have.
fn is_new(plan: &JoinedPlan, link: &Link, present: Option<&[bool]>) -> bool {
    match (present, plan.clock_of(link.from)) {
        (Some(present), Some(clock)) => plan.clocks[clock].ticks(present),
        _ => true,
    }
}

/// Finds out why values of regions are not ready, as their last bars left them: where it is not known yet, of the first
/// so many regions.
#[cold]
pub(super) fn explain_regions(
    plan: &JoinedPlan,
    unexplained: &mut [bool],
    machine: &mut Machine,
    regions: usize,
) {
    for (region, unexplained) in plan.regions.iter().zip(unexplained).take(regions) {
        if std::mem::take(unexplained) && region.shown.iter().any(|slot| machine.row[*slot].is_nan()) {
            machine.explain(region.nodes.clone(), region.slots.clone());
        }
    }
}

/// Puts what a region reads only when it is new where its nodes look for it.
#[inline(never)]
pub(super) fn put_fresh(
    plan: &JoinedPlan,
    inputs: &[Input],
    present: Option<&[bool]>,
    unexplained: &mut [bool],
    machine: &mut Machine,
) {
    for Input { link, place } in inputs.iter().filter(|input| input.link.fresh) {
        let is_new = is_new(plan, link, present);
        machine.row[*place] = if is_new { machine.row[link.slot] } else { f64::NAN };
        if !is_new {
            machine.explained[*place] = not_new(link);
        } else if machine.row[*place].is_nan() {
            // Whether it was new nobody knows later.
            if let From::Region { region, .. } = link.from {
                explain_regions(plan, unexplained, machine, region + 1);
            }
            machine.explained[*place] = machine.state_from_afar(link.slot);
        }
    }
}

impl JoinedSession {
    /// Explains everything that has not been.
    pub(super) fn explain_all(&mut self) {
        explain_regions(&self.plan, &mut self.unexplained, &mut self.machine, self.plan.regions.len());
    }

    /// Explains what could not be found out behind the bars of the streams that are present.
    #[inline]
    pub(super) fn explain_before(&mut self) {
        let JoinedSession { plan, machine, present, unexplained, .. } = self;
        let ticks = |clock: usize| plan.clocks[clock].ticks(present);
        for (at, region) in plan.regions.iter().enumerate() {
            // Of a region that is computed anew nobody asks what was before.
            if unexplained[at] && !ticks(region.clock) && region.read_clocks.iter().any(|clock| ticks(*clock))
            {
                explain_regions(plan, unexplained, machine, at + 1);
            }
        }
    }

    /// Says of each output what it is.
    #[cold]
    pub(super) fn explain_outputs(&mut self, is_complete: bool) {
        self.explain_all();
        let JoinedSession { plan, machine, present, values, .. } = self;
        let present = (!is_complete).then_some(present.as_slice());
        for (link, value) in plan.outputs.iter().zip(values) {
            let is_there = !link.fresh || is_new(plan, link, present);
            let x = if is_there { machine.row[link.slot] } else { f64::NAN };
            let (availability, reason) = if is_there { machine.state(link.slot) } else { not_new(link) };
            let of_plan = |slot: usize| plan.slots[slot].expect("what nothing is computed of is not missed");
            let reason = reason.map(|reason| match reason {
                Reason::MissingField(slot) => Reason::MissingField(of_plan(slot)),
                Reason::Undefined(slot) => Reason::Undefined(of_plan(slot)),
            });
            *value = StepValue { value: x, availability, reason };
        }
    }
}
