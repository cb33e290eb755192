//! What there is of one stream beside the fields of its last bar, which stand in the row: the bars that wait, and how far
//! the stream has come.

use std::collections::VecDeque;
use std::ops::Range;

use super::inbox::Inbox;
use crate::calendar::Timeframe;
use crate::closing::Closing;
use crate::incremental::machine::put;
use crate::lanes::{Lanes, canonical_bits};
use crate::plan::joined::{JoinedPlan, JoinedStream};

/// One stream's bars: those that wait, and where the last that was taken stands.
#[derive(Clone, Debug)]
pub(crate) struct Feed {
    pub(crate) waiting: Inbox,
    /// Close of the last bar that was given, waiting or not.
    pub(crate) last: Option<i64>,
    /// Nothing was known of when the bar after that one closes.
    pub(crate) is_last_told: bool,
    /// The watermark: nothing that closes at or before will come.
    pub(crate) watermark: Option<i64>,
    /// Where the fields of the last bar that was taken stand in the row; before the first, none is there.
    pub(crate) slots: Range<usize>,
    /// Of bars whose rows have not been given: closes, and stamps that do not follow from these.
    pub(crate) told: VecDeque<(i64, i64)>,
    closing: Closing,
    /// Length of a bar that is always the same.
    length_ns: Option<u64>,
    /// A missing field keeps its last value.
    holds: bool,
    /// Its bars are given, not made of others.
    pub(super) is_given: bool,
    /// Bars of other streams are made of its own.
    pub(super) is_source: bool,
}

impl Feed {
    pub(super) fn new(plan: &JoinedPlan, stream: usize, holds: bool, longest_ns: u64) -> Feed {
        let JoinedStream { timeframe, slots, made_of, closing, .. } = &plan.streams[stream];
        let timeframe = *timeframe;
        // Room for the bars that come while a stream of longer bars is silent.
        let length_ns = timeframe.map_or(longest_ns, Timeframe::nominal_ns).max(1);
        let room = usize::try_from(longest_ns / length_ns).unwrap_or(usize::MAX).clamp(8, 4_096) + 2;
        Feed {
            waiting: Inbox::new(slots.len(), room),
            last: None,
            is_last_told: false,
            watermark: None,
            slots: slots.clone(),
            told: VecDeque::new(),
            closing: closing.clone(),
            length_ns: timeframe.filter(|t| !t.is_of_days()).and_then(Timeframe::fixed_ns),
            holds,
            is_given: made_of.is_none(),
            is_source: plan.streams.iter().any(|other| other.source() == Some(stream)),
        }
    }

    /// The watermark once a bar closed at `close_ns`: no more bars can come that close at or before.
    #[inline]
    pub(crate) fn watermark_after(&self, close_ns: i64) -> i64 {
        match self.length_ns {
            Some(length_ns) => close_ns.saturating_add_unsigned(length_ns - 1),
            None => self.closing.watermark_after(close_ns),
        }
    }

    /// Where a history's bars close closer together than the stream's bars can: the row of the second.
    pub(super) fn closer(&self, closes_ns: &[i64]) -> Option<usize> {
        let shortest_ns = self.closing.shortest_ns();
        let is_closer = |[a, b]: &[i64; 2]| b.abs_diff(*a) < shortest_ns && *b <= self.watermark_after(*a);
        closes_ns.array_windows().position(is_closer).map(|at| at + 1)
    }

    /// Takes the stamp out that was kept of a bar which closed then; those of bars before are given up.
    pub(super) fn told_at(&mut self, close_ns: i64) -> Option<i64> {
        let mut found = None;
        while let Some((close, stamp)) = self.told.front().copied()
            && close <= close_ns
        {
            found = (close == close_ns).then_some(stamp);
            self.told.pop_front();
        }
        found
    }

    /// Takes note of a bar that was given.
    #[inline]
    pub(super) fn admit(&mut self, close_ns: i64) {
        (self.last, self.is_last_told) = (Some(close_ns), false);
        self.raise_watermark(self.watermark_after(close_ns));
    }

    /// [`admit`](Feed::admit) of a bar whose stamp has to be kept: nothing is known of when the next closes.
    pub(super) fn admit_told(&mut self, close_ns: i64, stamp_ns: i64) {
        (self.last, self.is_last_told) = (Some(close_ns), true);
        self.told.push_back((close_ns, stamp_ns));
        self.raise_watermark(close_ns);
    }

    /// [`admit`](Feed::admit) of a bar that closes behind the watermark; gives the new one.
    #[inline]
    pub(super) fn note(&mut self, close_ns: i64) -> i64 {
        let watermark = self.watermark_after(close_ns);
        (self.last, self.watermark, self.is_last_told) = (Some(close_ns), Some(watermark), false);
        watermark
    }

    /// Has a bar wait that was made of finer ones; the watermark is theirs to raise.
    pub(crate) fn give_made(&mut self, close_ns: i64, fields: &[f64]) {
        self.waiting.push(close_ns, fields);
        self.last = Some(close_ns);
    }

    #[inline]
    pub(crate) fn raise_watermark(&mut self, time_ns: i64) {
        self.watermark = self.watermark.max(Some(time_ns));
    }

    /// Takes the bar that has waited longest.
    #[inline]
    pub(super) fn take(&mut self, row: &mut [f64]) {
        for (last, x) in row[self.slots.clone()].iter_mut().zip(self.waiting.pop()) {
            put(last, *x, self.holds);
        }
    }

    /// Takes a bar that does not wait.
    #[inline]
    pub(super) fn take_now(&mut self, fields: &[f64], row: &mut [f64]) {
        for (last, x) in row[self.slots.clone()].iter_mut().zip(fields) {
            put(last, *x, self.holds);
        }
    }

    /// Which fields the last bar that was given, waiting or taken, has otherwise. Where a missing field keeps its last
    /// value, one that is missing is none, and one that was missing is compared as it was kept.
    pub(super) fn differing(&self, fields: &[f64], row: &[f64]) -> impl Iterator<Item = usize> {
        (0..self.slots.len()).filter(|at| {
            let x = fields[*at].finite_or_nan();
            let is_kept = self.holds && x.is_nan();
            !is_kept && canonical_bits(x) != canonical_bits(self.newest(*at, row))
        })
    }

    /// A field of the last bar that was given.
    fn newest(&self, at: usize, row: &[f64]) -> f64 {
        let mut waiting = self.waiting.bars().rev().map(|(_, fields)| fields[at]);
        waiting.find(|x| !self.holds || !x.is_nan()).unwrap_or(row[self.slots.start + at])
    }
}

/// Keeps a bar's fields until those of the other streams are there that come in [lockstep](super::lockstep::Lockstep) with it.
#[inline]
pub(super) fn stage(staged: &mut [f64], fields: &[f64]) {
    for (place, x) in staged.iter_mut().zip(fields) {
        if x.is_finite() {
            *place = *x;
        } else {
            // A call, so that a loop over one field or two is not made into one over vectors.
            clear(place);
        }
    }
}

/// A field that is missing.
#[cold]
#[inline(never)]
fn clear(place: &mut f64) {
    *place = f64::NAN;
}
