//! Rows of a session over several streams: a time is computed once the watermarks of all streams have passed it.

use super::explained::put_fresh;
use super::{JoinedOutput, JoinedSession};
use crate::incremental::contracts::{Availability, MissingInput, StepValue};
use crate::incremental::machine::{Machine, put, step_nodes};

impl JoinedSession {
    /// Takes a bar at once where nothing has to be waited for, else puts it with those that wait.
    #[inline]
    pub(super) fn take(
        &mut self,
        stream: usize,
        close_ns: i64,
        told: Option<i64>,
        fields: &[f64],
        give: &mut dyn FnMut(JoinedOutput<'_>),
    ) {
        let feed = &mut self.feeds[stream];
        let before = feed.watermark;
        match told {
            None => feed.admit(close_ns),
            Some(stamp_ns) => {
                self.has_told = true;
                feed.admit_told(close_ns, stamp_ns);
            }
        }
        let is_source = feed.is_source;
        if is_source {
            self.resample(stream, Some((close_ns, fields)));
        }
        let (mut is_next, mut is_held, mut meets, mut left) = (true, false, false, 0);
        for (at, (feed, present)) in self.feeds.iter().zip(&mut self.present).enumerate() {
            let front = feed.waiting.front();
            left += feed.waiting.len();
            *present = true;
            if at == stream {
                is_next &= front.is_none();
                continue;
            }
            is_held |= feed.watermark <= before;
            is_next &= feed.watermark >= Some(close_ns) && front.is_none_or(|front| front >= close_ns);
            *present = front == Some(close_ns);
            meets |= *present;
        }
        if !is_next {
            self.feeds[stream].waiting.push(close_ns, fields);
            // Where another stream's watermark was no higher than this one's, all are still waited for as they were.
            if is_source || !is_held {
                self.drain(give);
            }
            return;
        }
        self.explain_before();
        self.feeds[stream].take_now(fields, &mut self.machine.row);
        if meets {
            for (at, feed) in self.feeds.iter_mut().enumerate() {
                if at != stream && self.present[at] {
                    feed.take(&mut self.machine.row);
                    left -= 1;
                }
            }
        }
        self.step(close_ns, give);
        if left > 0 {
            self.drain(give);
        }
    }

    /// Hands a bar, and how far its stream has come, to the streams that are made of it.
    pub(crate) fn resample(&mut self, stream: usize, bar: Option<(i64, &[f64])>) {
        let watermark = self.feeds[stream].watermark;
        for resampler in &mut self.resamplers {
            if resampler.source == stream {
                resampler.feed(bar, watermark, &mut self.feeds[resampler.stream]);
            }
        }
    }

    /// Computes every time that the watermarks of all streams have passed.
    pub(super) fn drain(&mut self, give: &mut dyn FnMut(JoinedOutput<'_>)) {
        let Some(watermark) = self.feeds.iter().map(|feed| feed.watermark).min().flatten() else { return };
        while let Some(time_ns) = self.feeds.iter().filter_map(|feed| feed.waiting.front()).min()
            && time_ns <= watermark
        {
            for (present, feed) in self.present.iter_mut().zip(&self.feeds) {
                *present = feed.waiting.front() == Some(time_ns);
            }
            self.explain_before();
            for (_, feed) in self.present.iter().zip(&mut self.feeds).filter(|(present, _)| **present) {
                feed.take(&mut self.machine.row);
            }
            self.step(time_ns, give);
        }
    }

    /// Computes a time whose bars have been taken, and gives the row where there is one.
    #[inline]
    fn step(&mut self, time_ns: i64, give: &mut dyn FnMut(JoinedOutput<'_>)) {
        self.compute(time_ns, false);
        let stamp_ns = if self.has_told { self.told_stamp(time_ns) } else { None };
        if self.plan.clocks[self.plan.clock].ticks(&self.present) {
            self.position += 1;
            self.read_outputs(false);
            give(JoinedOutput { time_ns, stamp_ns, values: &self.values });
        }
    }

    /// What the data stamped the row's bar with, where that was kept.
    #[cold]
    fn told_stamp(&mut self, time_ns: i64) -> Option<i64> {
        let mut stamp_ns = None;
        for (stream, feed) in self.feeds.iter_mut().enumerate() {
            let told = feed.told_at(time_ns);
            let is_of_clock = || self.plan.clocks[self.plan.clock].streams.contains(&stream);
            if stamp_ns.is_none() && told.is_some() && is_of_clock() {
                stamp_ns = told;
            }
        }
        stamp_ns
    }

    /// Takes the staged bars, one of every stream, and gives their row.
    pub(super) fn step_lockstep(&mut self, time_ns: i64, give: &mut impl FnMut(JoinedOutput<'_>)) {
        let holds = self.policies.missing_input == MissingInput::HoldPrevious;
        for (last, x) in self.machine.row.iter_mut().zip(&self.staged) {
            put(last, *x, holds);
        }
        if self.is_plain {
            let Machine { nodes, row, .. } = &mut self.machine;
            step_nodes(nodes, row);
            self.unexplained.fill(true);
            self.time_ns = Some(time_ns);
        } else {
            self.compute(time_ns, true);
        }
        self.position += 1;
        self.read_outputs(true);
        let stamp_ns = if self.has_told { self.told_stamp(time_ns) } else { None };
        give(JoinedOutput { time_ns, stamp_ns, values: &self.values });
    }

    /// Computes the regions whose clock ticks. `is_complete`: every stream has a bar.
    pub(crate) fn compute(&mut self, time_ns: i64, is_complete: bool) {
        let JoinedSession { plan, machine, present, unexplained, .. } = self;
        let present = (!is_complete).then_some(present.as_slice());
        for (at, region) in plan.regions.iter().enumerate() {
            if present.is_some_and(|present| !plan.clocks[region.clock].ticks(present)) {
                continue;
            }
            if let Some(slot) = region.time_slot {
                machine.put_time(slot, time_ns);
            }
            if !self.is_plain {
                put_fresh(plan, &region.inputs, present, unexplained, machine);
            }
            step_nodes(&mut machine.nodes[region.nodes.clone()], &mut machine.row);
            unexplained[at] = true;
        }
        self.time_ns = Some(time_ns);
    }

    /// Brings the outputs' values up to date.
    #[inline]
    pub(crate) fn read_outputs(&mut self, is_complete: bool) {
        let mut is_ready = is_complete || !self.has_fresh_output;
        for (value, slot) in self.values.iter_mut().zip(&self.output_slots) {
            let x = self.machine.row[*slot];
            *value = StepValue { value: x, availability: Availability::Ready, reason: None };
            is_ready &= !x.is_nan();
        }
        if !is_ready {
            self.explain_outputs(is_complete);
        }
    }
}
