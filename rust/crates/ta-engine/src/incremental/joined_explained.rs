//! What a row's value is and why it is not ready, where it comes of several streams.
//!
//! What a region shows may be read long after its last bar, when what it was made of has changed: why it is not ready is
//! found out at once, and where bars come in step before the next of them.

use super::contracts::{Availability, Reason, StepValue};
use super::joined::JoinedSession;
use super::machine::{Machine, Told};
use crate::plan::regions::{JoinedPlan, Link, Region};

/// What a number is that is only there when it is new, and is not.
fn not_new(link: &Link) -> Told {
    (Availability::MissingInput, Some(Reason::MissingField(link.slot)))
}

/// True where what a link reads is new; `None` for the streams that have a bar: all have.
fn is_new(plan: &JoinedPlan, link: &Link, present: Option<&[bool]>) -> bool {
    match (present, plan.clock_of(link.from)) {
        (Some(present), Some(clock)) => plan.clocks[clock].ticks(present),
        _ => true,
    }
}

/// Puts what a region reads only when it is new where its nodes look for it.
#[inline(never)]
pub(super) fn put_fresh(plan: &JoinedPlan, region: &Region, present: Option<&[bool]>, row: &mut [f64]) {
    for link in region.inputs.iter().filter(|link| link.fresh) {
        row[link.place] = if is_new(plan, link, present) { row[link.slot] } else { f64::NAN };
    }
}

/// Finds out why values of a region are not ready, as its last bar left them.
#[cold]
pub(super) fn tell(plan: &JoinedPlan, region: &Region, present: Option<&[bool]>, machine: &mut Machine) {
    for link in region.inputs.iter().filter(|link| link.fresh) {
        let is_new = is_new(plan, link, present);
        machine.told[link.place] = if is_new { machine.state_from_afar(link.slot) } else { not_new(link) };
    }
    machine.explain(region.nodes.clone(), region.slots.clone());
}

impl JoinedSession {
    /// Has it told why values of the last round are not ready.
    pub(super) fn tell_round(&mut self) {
        if self.is_told {
            return;
        }
        self.is_told = true;
        let JoinedSession { plan, machine, .. } = self;
        for region in &plan.regions {
            if region.shown.iter().any(|slot| machine.row[*slot].is_nan()) {
                tell(plan, region, None, machine);
            }
        }
    }

    /// Says of each output what it is.
    #[cold]
    pub(super) fn explain_outputs(&mut self, is_complete: bool) {
        self.tell_round();
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
