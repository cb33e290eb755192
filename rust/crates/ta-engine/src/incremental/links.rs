//! How numbers go from bars to regions, from region to region and out: copied where all are ready, and looked at more
//! closely where one is not.

use super::backend::Session;
use super::contracts::{Availability, Reason, StepValue};
use super::feed::Feed;
use crate::plan::regions::{From, JoinedPlan, Link};

/// Where one number is copied from.
#[derive(Clone, Copy, Debug)]
enum Wire {
    /// A field of a stream's last bar.
    Stream { stream: u32, column: u32 },
    /// A slot of a region's row.
    Region { region: u32, slot: u32 },
    /// What never changes.
    Constant(f64),
}

/// What a region reads, or the whole gives.
#[derive(Debug)]
pub(crate) struct Wires {
    /// When it is read.
    pub(crate) clock: usize,
    wires: Box<[Wire]>,
    /// One number at least is only there where it is new.
    has_fresh: bool,
}

impl Wires {
    /// Those of some links, read at a clock.
    pub(crate) fn of(plan: &JoinedPlan, clock: usize, links: &[Link]) -> Wires {
        let wire = |link: &Link| match link.from {
            From::Stream { stream, column } => Wire::Stream { stream: stream as u32, column: column as u32 },
            From::Region { region, output } => Wire::Region {
                region: region as u32,
                slot: plan.regions[region].plan.outputs[output].slot as u32,
            },
            From::Constant(bits) => Wire::Constant(f64::from_bits(bits)),
        };
        let has_fresh = links.iter().any(|link| link.fresh);
        Wires { clock, wires: links.iter().map(wire).collect(), has_fresh }
    }

    /// Hands out the numbers; false where there is more to say of one. `is_complete`: every stream has a bar, so that
    /// everything is new.
    #[inline(always)]
    pub(crate) fn copy<'a, T: 'a>(
        &self,
        is_complete: bool,
        feeds: &[Feed],
        regions: &[Session],
        places: impl Iterator<Item = &'a mut T>,
        mut put: impl FnMut(&mut T, f64),
    ) -> bool {
        let mut is_ready = is_complete || !self.has_fresh;
        for (wire, place) in self.wires.iter().zip(places) {
            let x = match *wire {
                Wire::Stream { stream, column } => feeds[stream as usize].current[column as usize],
                Wire::Region { region, slot } => regions[region as usize].row[slot as usize],
                Wire::Constant(x) => x,
            };
            put(place, x);
            is_ready &= !x.is_nan();
        }
        is_ready
    }
}

/// What links are read from; the regions' values are up to date.
pub(crate) struct State<'a> {
    pub(crate) plan: &'a JoinedPlan,
    pub(crate) feeds: &'a [Feed],
    pub(crate) regions: &'a [Session],
    /// Per stream: it has a bar at the time that is computed.
    pub(crate) present: &'a [bool],
}

impl State<'_> {
    /// A number and what it is.
    pub(crate) fn read(&self, link: &Link) -> (f64, Availability) {
        let missing = (f64::NAN, Availability::MissingInput);
        match link.from {
            From::Constant(bits) => {
                let x = f64::from_bits(bits);
                if x.is_nan() { missing } else { (x, Availability::Ready) }
            }
            From::Stream { stream, column } => {
                let x = self.feeds[stream].current[column];
                if x.is_nan() || (link.fresh && !self.present[stream]) {
                    missing
                } else {
                    (x, Availability::Ready)
                }
            }
            From::Region { region, output } => {
                let clock = &self.plan.clocks[self.plan.regions[region].clock];
                let is_fresh = !link.fresh || clock.ticks(self.present);
                if !is_fresh || (link.derived && self.regions[region].position() == 0) {
                    return missing;
                }
                let value = &self.regions[region].values[output];
                (value.value, value.availability)
            }
        }
    }

    /// The value of an output and why it is not ready.
    pub(crate) fn explain(&self, output: usize) -> StepValue {
        let link = &self.plan.outputs[output];
        let (value, availability) = self.read(link);
        let reason = match (link.from, availability) {
            (_, Availability::Ready) => None,
            (From::Region { region, output }, _)
                if availability == self.regions[region].values[output].availability =>
            {
                let slots = &self.plan.regions[region].slots;
                self.regions[region].values[output].reason.map(|reason| match reason {
                    Reason::MissingField(slot) => Reason::MissingField(slots[slot]),
                    Reason::Undefined(slot) => Reason::Undefined(slots[slot]),
                })
            }
            _ => Some(Reason::MissingField(self.plan.plan.outputs[output].slot)),
        };
        StepValue { value, availability, reason }
    }
}
