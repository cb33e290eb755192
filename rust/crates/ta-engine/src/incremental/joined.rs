//! A session over several streams: each stream's bars come in their own order, and a row is computed once every stream
//! has passed its time, whatever order they arrived in.
//!
//! Nothing is allocated per bar once the queues have grown to what the streams' lengths ask for.

use std::sync::Arc;

use super::contracts::{
    Availability, Counters, Event, MissingInput, OnError, Policies, Reason, StepError, StepValue,
};
use super::feed::{Feed, stage};
use super::joined_explained::put_fresh;
use super::machine::{Machine, pass, put};
use super::resampling::Resampler;
use super::round::Round;
use crate::calendar::Timeframe;
use crate::isa::{Best, Instructions};
use crate::plan::PlanError;
use crate::plan::regions::{JoinedPlan, Region};

/// Most bars of one stream that wait for the others.
pub(crate) const MOST_WAITING: usize = 1 << 16;

/// A row of results.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JoinedOutput<'a> {
    /// When the bar of the row closed.
    pub time_ns: i64,
    /// What the bar was stamped with, where that is not what [`JoinedPlan::row_stamp`] says.
    pub stamp_ns: Option<i64>,
    /// One per output of the plan, in its order.
    pub values: &'a [StepValue],
}

/// A plan over several streams and its state.
pub struct JoinedSession {
    pub(crate) plan: Arc<JoinedPlan>,
    pub(crate) policies: Policies,
    pub(crate) feeds: Vec<Feed>,
    pub(crate) resamplers: Vec<Resampler>,
    pub(crate) machine: Machine,
    /// Time of the last row that was computed.
    pub(crate) time_ns: Option<i64>,
    pub(crate) counters: Counters,
    /// Rows given.
    pub(crate) position: u64,
    /// The last row's results.
    pub(crate) values: Vec<StepValue>,
    /// Per stream: it has a bar at the time that is computed.
    pub(crate) present: Vec<bool>,
    /// Per region: why values of its last bar are not ready has not been found out yet.
    pub(super) untold: Box<[bool]>,
    /// A bar in order cannot be refused.
    is_quick: bool,
    /// The usual case, as the feeds have it.
    pub(crate) round: Round,
    /// The fields of bars that wait for the rest of their round, where they will stand in the row.
    staged: Box<[f64]>,
    /// What the plan says, at hand: nodes read nothing but the row as bars and other nodes left it; where the outputs
    /// stand, and whether one at least is only there when it is new.
    is_plain: bool,
    output_slots: Box<[usize]>,
    has_fresh_output: bool,
    /// Stamps of bars have been kept.
    pub(crate) has_told: bool,
    /// Bars are as long as they are declared, whatever they look like.
    pub(crate) trusts_lengths: bool,
}

impl JoinedSession {
    /// A session that has seen nothing.
    ///
    /// # Errors
    /// Where a part of the plan cannot be built.
    pub fn new(
        plan: Arc<JoinedPlan>,
        policies: Policies,
        instructions: Instructions,
    ) -> Result<JoinedSession, PlanError> {
        let holds = policies.missing_input == MissingInput::HoldPrevious;
        let lengths = plan.streams.iter().filter_map(|s| s.timeframe.map(Timeframe::nominal_ns));
        let longest_ns = lengths.max().unwrap_or(0);
        let nothing = StepValue { value: f64::NAN, availability: Availability::WarmingUp, reason: None };
        let mut machine = Machine::new(plan.joined.clone(), Best::of(instructions))?;
        for slot in &plan.derived {
            machine.told[*slot] = (Availability::MissingInput, Some(Reason::MissingField(*slot)));
        }
        let is_plain = |region: &Region| {
            region.time_slot.is_none() && region.inputs.iter().all(|input| !input.link.fresh)
        };
        Ok(JoinedSession {
            feeds: (0..plan.streams.len()).map(|s| Feed::new(&plan, s, holds, longest_ns)).collect(),
            resamplers: Resampler::all(&plan),
            machine,
            time_ns: None,
            counters: Counters::default(),
            position: 0,
            values: vec![nothing; plan.outputs.len()],
            present: vec![false; plan.streams.len()],
            untold: vec![false; plan.regions.len()].into(),
            is_quick: policies.missing_input != MissingInput::Fail && plan.plan.undefined.is_none(),
            policies,
            round: Round::UNKNOWN,
            staged: vec![f64::NAN; plan.streams.last().expect("a plan has a stream").slots.end].into(),
            is_plain: plan.regions.iter().all(is_plain),
            output_slots: plan.outputs.iter().map(|link| link.slot).collect(),
            has_fresh_output: plan.outputs.iter().any(|link| link.fresh),
            has_told: false,
            trusts_lengths: false,
            plan,
        })
    }

    /// The plan it runs.
    pub fn plan(&self) -> &Arc<JoinedPlan> {
        &self.plan
    }

    /// How it behaves.
    pub fn policies(&self) -> Policies {
        self.policies
    }

    /// Rows given.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// What became of the bars.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// Which instructions it uses.
    pub fn instructions(&self) -> Instructions {
        self.machine.best().instructions()
    }

    /// Bars that wait for other streams.
    pub fn waiting(&self) -> usize {
        self.feeds.iter().map(|feed| feed.waiting.len()).sum::<usize>() + self.round.waiting()
    }

    /// [`push`](JoinedSession::push) of a bar whose stamp does not follow from when it closed, or after which nothing is
    /// known of when the next closes: [`Closed::is_told`](crate::closing::Closed::is_told).
    ///
    /// # Errors
    /// As `push`.
    pub fn push_told(
        &mut self,
        stream: usize,
        stamp_ns: i64,
        event: &Event<'_>,
        give: &mut impl FnMut(JoinedOutput<'_>),
    ) -> Result<(), StepError> {
        self.counters.received += 1;
        self.push_with_care(stream, Some(stamp_ns), event, give)
    }

    /// Takes one closed bar of a stream and hands every row that is complete now to `give`, oldest first.
    ///
    /// The bar's fields are those of [`JoinedStream::fields`](crate::plan::regions::JoinedStream), its time is needed.
    ///
    /// # Errors
    /// Where the bar is refused; the session is as it was, but for its counters.
    pub fn push(
        &mut self,
        stream: usize,
        event: &Event<'_>,
        give: &mut impl FnMut(JoinedOutput<'_>),
    ) -> Result<(), StepError> {
        self.counters.received += 1;
        if let Some(close_ns) = event.time_ns
            && self.round.takes(stream, close_ns)
            && let Some(feed) = self.feeds.get_mut(stream)
            && event.inputs.len() == feed.slots.len()
        {
            self.counters.applied += 1;
            stage(&mut self.staged[feed.slots.clone()], event.inputs);
            if self.round.come(stream, close_ns, feed.note(close_ns)) {
                self.step_round(close_ns, give);
            }
            return Ok(());
        }
        self.push_with_care(stream, None, event, give)
    }

    /// A bar that does not come as bars usually do.
    #[inline(never)]
    fn push_with_care(
        &mut self,
        stream: usize,
        told: Option<i64>,
        event: &Event<'_>,
        give: &mut dyn FnMut(JoinedOutput<'_>),
    ) -> Result<(), StepError> {
        self.settle();
        let close_ns = match self.next_close(stream, event) {
            Some(close_ns) => Ok(Some(close_ns)),
            None => self.admit_with_care(stream, event, give),
        };
        if let Ok(Some(close_ns)) = close_ns {
            self.counters.applied += 1;
            self.take(stream, close_ns, told, event.inputs, give);
        }
        self.begin_round();
        close_ns.map(|_| ())
    }

    /// Has the bars of the round that has begun wait as any others.
    pub(super) fn settle(&mut self) {
        for (stream, feed) in self.feeds.iter_mut().enumerate() {
            if let Some(close_ns) = self.round.waits(stream) {
                feed.waiting.push(close_ns, &self.staged[feed.slots.clone()]);
            }
        }
        self.round = Round::UNKNOWN;
    }

    /// Finds out whether bars may be taken the usual way now.
    fn begin_round(&mut self) {
        if self.is_quick && self.resamplers.is_empty() {
            self.round = Round::of(&self.feeds);
            for (stream, feed) in self.feeds.iter_mut().enumerate() {
                if self.round.waits(stream).is_some() {
                    self.staged[feed.slots.clone()].copy_from_slice(feed.waiting.pop());
                }
            }
        }
    }

    /// The close of a bar that comes next in its stream and that nothing can be held against; `None` where that takes a
    /// closer look.
    #[inline]
    fn next_close(&self, stream: usize, event: &Event<'_>) -> Option<i64> {
        let (feed, close_ns) = (self.feeds.get(stream)?, event.time_ns?);
        let is_next = self.is_quick
            && feed.is_given
            && event.inputs.len() == feed.slots.len()
            && feed.passed.is_none_or(|passed_ns| passed_ns < close_ns)
            && feed.waiting.len() < MOST_WAITING;
        is_next.then_some(close_ns)
    }

    /// The close of a bar to take; `None` for one that repeats the last, or that is refused and the policy is to go on.
    #[cold]
    fn admit_with_care(
        &mut self,
        stream: usize,
        event: &Event<'_>,
        give: &mut dyn FnMut(JoinedOutput<'_>),
    ) -> Result<Option<i64>, StepError> {
        let admitted = self.admit(stream, event);
        match &admitted {
            Ok(Some(_)) => return admitted,
            Ok(None) => self.counters.duplicate += 1,
            Err(StepError::Passed { .. } | StepError::Corrected { .. } | StepError::Closer { .. }) => {
                self.counters.late += 1;
            }
            Err(_) => self.counters.rejected += 1,
        }
        let Counters { received, applied, duplicate, late, rejected } = self.counters;
        assert_eq!(received, applied + duplicate + late + rejected, "every bar is accounted for");
        match admitted {
            Err(error) if matches!(error, StepError::MissingInput { .. }) => {
                self.swallow(error, event, give).map(|()| None)
            }
            other => other,
        }
    }

    /// The values of the row that a forming bar of a stream would give if it closed now, in `out`; the state stays as it
    /// is, bit for bit. Longer bars that it would complete are seen; bars that wait for other streams are not.
    ///
    /// # Errors
    /// As [`push`](JoinedSession::push).
    pub fn preview(
        &mut self,
        stream: usize,
        event: &Event<'_>,
        out: &mut Vec<StepValue>,
    ) -> Result<(), StepError> {
        self.settle();
        let previewed = self.preview_settled(stream, event, out);
        self.begin_round();
        previewed
    }

    fn preview_settled(
        &mut self,
        stream: usize,
        event: &Event<'_>,
        out: &mut Vec<StepValue>,
    ) -> Result<(), StepError> {
        out.clear();
        let Some(close_ns) = self.admit(stream, event)? else {
            out.extend_from_slice(&self.values);
            return Ok(());
        };
        let (values, time_ns) = (self.values.clone(), self.time_ns);
        self.tell_all();
        self.machine.begin_trial();
        self.present.fill(false);
        self.present[stream] = true;
        self.feeds[stream].take_now(event.inputs, &mut self.machine.row);
        for resampler in self.resamplers.iter().filter(|resampler| resampler.source == stream) {
            let feed = &mut self.feeds[resampler.stream];
            if let Some(made) = resampler.completed_by(close_ns, event.inputs, feed) {
                feed.take_now(&made, &mut self.machine.row);
                self.present[resampler.stream] = true;
            }
        }
        self.compute(close_ns, false);
        self.read_outputs(false);
        out.extend_from_slice(&self.values);
        self.machine.end_trial();
        self.untold.fill(false);
        (self.values, self.time_ns) = (values, time_ns);
        Ok(())
    }

    /// Says that no bar of a stream that closes at or before `time_ns` will come, and hands every row that is complete
    /// now to `give`.
    ///
    /// # Errors
    /// Where there is no such stream.
    pub fn advance(
        &mut self,
        stream: usize,
        time_ns: i64,
        give: &mut impl FnMut(JoinedOutput<'_>),
    ) -> Result<(), StepError> {
        self.check_stream(stream)?;
        self.settle();
        self.feeds[stream].pass(time_ns);
        self.resample(stream, None);
        self.drain(give);
        self.begin_round();
        Ok(())
    }

    /// [`advance`](JoinedSession::advance) of every stream: what waits is computed.
    pub fn advance_all(&mut self, time_ns: i64, give: &mut impl FnMut(JoinedOutput<'_>)) {
        self.settle();
        for stream in 0..self.feeds.len() {
            if self.plan.streams[stream].made_of.is_none() {
                self.feeds[stream].pass(time_ns);
                self.resample(stream, None);
            }
        }
        self.drain(give);
        self.begin_round();
    }

    /// Takes a bar at once where nothing has to be waited for, else puts it with those that wait.
    #[inline]
    fn take(
        &mut self,
        stream: usize,
        close_ns: i64,
        told: Option<i64>,
        fields: &[f64],
        give: &mut dyn FnMut(JoinedOutput<'_>),
    ) {
        let feed = &mut self.feeds[stream];
        let before = feed.passed;
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
            is_held |= feed.passed <= before;
            is_next &= feed.passed >= Some(close_ns) && front.is_none_or(|front| front >= close_ns);
            *present = front == Some(close_ns);
            meets |= *present;
        }
        if !is_next {
            self.feeds[stream].waiting.push(close_ns, fields);
            // Where another stream had passed no more than this one, all are still waited for as they were.
            if is_source || !is_held {
                self.drain(give);
            }
            return;
        }
        self.tell_before();
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

    fn check_stream(&self, stream: usize) -> Result<(), StepError> {
        match self.plan.streams.get(stream) {
            Some(known) if known.made_of.is_none() => Ok(()),
            _ => Err(StepError::NoSuchStream { stream }),
        }
    }

    /// The close of a bar to take; `None` for one that repeats the last.
    fn admit(&self, stream: usize, event: &Event<'_>) -> Result<Option<i64>, StepError> {
        self.check_stream(stream)?;
        if let Some(part) = &self.plan.plan.undefined {
            return Err(StepError::Undefined { part: part.clone() });
        }
        let Some(event_ns) = event.time_ns else {
            return Err(StepError::Time("a bar of one stream among several needs a time"));
        };
        let feed = &self.feeds[stream];
        let (given, needed) = (event.inputs.len(), feed.slots.len());
        if given != needed {
            return Err(StepError::Shape { what: "fields", given, needed });
        }
        if let Some(passed_ns) = feed.passed
            && event_ns <= passed_ns
        {
            let known = &self.plan.streams[stream];
            let stream = known.stream.name();
            if feed.last == Some(event_ns) {
                let differing = feed.differing(event.inputs, &self.machine.row);
                let fields: Vec<_> = differing.map(|at| known.fields[at].clone()).collect();
                return match fields.is_empty() {
                    true => Ok(None),
                    false => Err(StepError::Corrected { stream: Some(stream), event_ns, fields }),
                };
            }
            return Err(match feed.last {
                Some(last_ns) if event_ns > last_ns && feed.passes(last_ns) == passed_ns => {
                    StepError::Closer { stream, event_ns, last_ns, row: None }
                }
                _ => StepError::Passed { stream, event_ns, passed_ns },
            });
        }
        if self.policies.missing_input == MissingInput::Fail
            && let Some(at) = event.inputs.iter().position(|x| !x.is_finite())
        {
            let field = format!(
                "{}.{}",
                self.plan.streams[stream].stream.name(),
                self.plan.streams[stream].fields[at]
            );
            return Err(StepError::MissingInput { field, row: None });
        }
        if feed.waiting.len() == MOST_WAITING {
            return Err(StepError::Backlog { waiting: MOST_WAITING, for_stream: self.slowest() });
        }
        Ok(Some(event_ns))
    }

    /// The stream that the others wait for.
    fn slowest(&self) -> String {
        let feeds = self.feeds.iter().enumerate();
        let slowest = feeds.min_by_key(|(_, feed)| feed.passed).map_or(0, |(at, _)| at);
        self.plan.streams[slowest].stream.name()
    }

    /// Applies the error policy: a row that says so in place of the error.
    fn swallow(
        &self,
        error: StepError,
        event: &Event<'_>,
        give: &mut dyn FnMut(JoinedOutput<'_>),
    ) -> Result<(), StepError> {
        let availability = match self.policies.on_error {
            OnError::Raise => return Err(error),
            OnError::EmitError => Availability::Error,
            OnError::EmitMissing => Availability::MissingInput,
        };
        let values = vec![StepValue { value: f64::NAN, availability, reason: None }; self.values.len()];
        let time_ns = event.time_ns.expect("a bar without a time is refused for that");
        give(JoinedOutput { time_ns, stamp_ns: None, values: &values });
        Ok(())
    }

    /// Hands a bar, and how far its stream has come, to the streams that are made of it.
    pub(crate) fn resample(&mut self, stream: usize, bar: Option<(i64, &[f64])>) {
        let passed = self.feeds[stream].passed;
        for resampler in &mut self.resamplers {
            if resampler.source == stream {
                resampler.feed(bar, passed, &mut self.feeds[resampler.stream]);
            }
        }
    }

    /// Computes every time that all streams have passed.
    fn drain(&mut self, give: &mut dyn FnMut(JoinedOutput<'_>)) {
        let Some(passed) = self.feeds.iter().map(|feed| feed.passed).min().flatten() else { return };
        while let Some(time_ns) = self.feeds.iter().filter_map(|feed| feed.waiting.front()).min()
            && time_ns <= passed
        {
            for (present, feed) in self.present.iter_mut().zip(&self.feeds) {
                *present = feed.waiting.front() == Some(time_ns);
            }
            self.tell_before();
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

    /// Takes the bars of a round, one of every stream, and gives its row.
    fn step_round(&mut self, time_ns: i64, give: &mut impl FnMut(JoinedOutput<'_>)) {
        let holds = self.policies.missing_input == MissingInput::HoldPrevious;
        for (last, x) in self.machine.row.iter_mut().zip(&self.staged) {
            put(last, *x, holds);
        }
        if self.is_plain {
            let Machine { nodes, row, .. } = &mut self.machine;
            pass(nodes, row);
            self.untold.fill(true);
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
        let JoinedSession { plan, machine, present, untold, .. } = self;
        let present = (!is_complete).then_some(present.as_slice());
        for (at, region) in plan.regions.iter().enumerate() {
            if present.is_some_and(|present| !plan.clocks[region.clock].ticks(present)) {
                continue;
            }
            if let Some(slot) = region.time_slot {
                machine.put_time(slot, time_ns);
            }
            if !self.is_plain {
                put_fresh(plan, &region.inputs, present, untold, machine);
            }
            pass(&mut machine.nodes[region.nodes.clone()], &mut machine.row);
            untold[at] = true;
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
