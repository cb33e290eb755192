//! Events that wait for older ones, bounded in time and in number.

use std::collections::BTreeMap;

use super::events::{Kind, LiveEvent, Sequence};
use super::policies::Reorder;
use crate::incremental::ordering::EventOrder;

/// An event that waits.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Waiting {
    pub(super) kind: Kind<Vec<f64>>,
    pub(super) sequence: Option<Sequence>,
}

/// Events in the order in which they will be taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Buffer {
    pub(super) waiting: BTreeMap<EventOrder, Waiting>,
    /// Events up to this time have been let go.
    pub(super) passed_ns: Option<i64>,
    /// How many events have come in.
    pub(super) arrived: u64,
}

impl Buffer {
    pub(super) fn put(&mut self, event: &LiveEvent<'_>, limits: Reorder) {
        let (epoch, number) = event.sequence.map_or((0, 0), |s| (s.epoch, s.number));
        let order = EventOrder {
            time_ns: event.time_ns,
            rank: event.kind.rank(),
            stream: 0,
            epoch,
            number,
            arrival: self.arrived,
        };
        self.arrived += 1;
        let kind = event.kind.clone().map(<[f64]>::to_vec);
        self.waiting.insert(order, Waiting { kind, sequence: event.sequence });
        // Time that a heartbeat says has come needs no waiting for.
        let until = match event.kind {
            Kind::Heartbeat => event.time_ns,
            _ => event.time_ns.saturating_sub_unsigned(limits.delay_ns),
        };
        self.passed_ns = self.passed_ns.max(Some(until));
    }

    /// The next event to be taken, and whether it goes for want of room.
    pub(super) fn next(&mut self, limits: Reorder) -> Option<(i64, Waiting, bool)> {
        let entry = self.waiting.first_entry()?;
        let time_ns = entry.key().time_ns;
        let is_due = Some(time_ns) <= self.passed_ns;
        if !is_due && self.waiting.len() <= limits.most {
            return None;
        }
        self.waiting.pop_first().map(|(_, waiting)| (time_ns, waiting, !is_due))
    }
}
