//! A session over several streams: each stream's bars come in their own order, and a row is computed once the watermarks of all
//! streams have passed its time, whatever order they arrived in.
//!
//! Nothing is allocated per bar once the inboxes have grown to what the streams' lengths ask for.

mod admission;
mod columns;
mod explained;
mod feed;
mod inbox;
mod lockstep;
mod readiness;
mod resampling;
mod rows;
mod run;
mod snapshot;
mod windows;

use std::sync::Arc;

use crate::calendar::Timeframe;
use crate::incremental::contracts::{
    Availability, Counters, Event, MissingInput, Policies, Reason, StepError, StepValue,
};
use crate::incremental::machine::Machine;
use crate::incremental::readiness::all_ready;
use crate::isa::{Best, Instructions};
use crate::plan::PlanError;
use crate::plan::joined::{JoinedPlan, Region};
use feed::{Feed, stage};
use lockstep::Lockstep;
use resampling::Resampler;

pub use columns::StreamColumns;

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
    pub(super) unexplained: Box<[bool]>,
    /// A bar in order cannot be refused.
    is_quick: bool,
    /// The usual case, as the feeds have it.
    lockstep: Lockstep,
    /// The fields of bars that wait for those of the other streams in lockstep, where they will stand in the row.
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
        if let Some((name, _)) = plan.joined.functions().next() {
            let why =
                "it takes the bars of one stream, and bars are given as several: run the rule on one table"
                    .to_owned();
            return Err(PlanError::Function { name: name.to_owned(), why });
        }
        let mut machine = Machine::new(plan.joined.clone(), Best::of(instructions))?;
        for slot in &plan.derived {
            machine.explained[*slot] = (Availability::MissingInput, Some(Reason::MissingField(*slot)));
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
            unexplained: vec![false; plan.regions.len()].into(),
            is_quick: policies.missing_input != MissingInput::Fail && plan.plan.undefined.is_none(),
            policies,
            lockstep: Lockstep::UNKNOWN,
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

    /// True where a row has been given and every output had a value in the last one, or was left out by a filter.
    pub fn is_ready(&self) -> bool {
        self.position() > 0 && all_ready(&self.values)
    }

    /// Bars that wait for other streams.
    pub fn waiting(&self) -> usize {
        self.feeds.iter().map(|feed| feed.waiting.len()).sum::<usize>() + self.lockstep.waiting()
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
    /// The bar's fields are those of [`JoinedStream::fields`](crate::plan::joined::JoinedStream), its time is needed.
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
            && self.lockstep.takes(stream, close_ns)
            && let Some(feed) = self.feeds.get_mut(stream)
            && event.inputs.len() == feed.slots.len()
        {
            self.counters.applied += 1;
            stage(&mut self.staged[feed.slots.clone()], event.inputs);
            if self.lockstep.come(stream, close_ns, feed.note(close_ns)) {
                self.step_lockstep(close_ns, give);
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
        self.out_of_lockstep(|session| {
            let close_ns = match session.next_close(stream, event) {
                Some(close_ns) => Some(close_ns),
                None => session.admit_with_care(stream, event, give)?,
            };
            if let Some(close_ns) = close_ns {
                session.counters.applied += 1;
                session.take(stream, close_ns, told, event.inputs, give);
            }
            Ok(())
        })
    }

    /// The one way to what must find every bar that waits in its inbox: bars that are staged in lockstep are put there before,
    /// and whether bars may be taken in lockstep again is found out behind.
    pub(super) fn out_of_lockstep<T>(&mut self, act: impl FnOnce(&mut JoinedSession) -> T) -> T {
        self.lockstep.unstage(&mut self.feeds, &self.staged);
        let done = act(self);
        // Where this was done within, bars are staged again.
        self.lockstep.unstage(&mut self.feeds, &self.staged);
        if self.is_quick && self.resamplers.is_empty() {
            self.lockstep = Lockstep::stage(&mut self.feeds, &mut self.staged);
        }
        done
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
        self.out_of_lockstep(|session| session.try_bar(stream, event, out))
    }

    /// Takes a bar and puts everything back.
    fn try_bar(
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
        self.explain_all();
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
        self.unexplained.fill(false);
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
        self.out_of_lockstep(|session| {
            session.feeds[stream].raise_watermark(time_ns);
            session.resample(stream, None);
            session.drain(give);
        });
        Ok(())
    }

    /// [`advance`](JoinedSession::advance) of every stream: what waits is computed.
    pub fn advance_all(&mut self, time_ns: i64, give: &mut impl FnMut(JoinedOutput<'_>)) {
        self.out_of_lockstep(|session| {
            for stream in 0..session.feeds.len() {
                if session.plan.streams[stream].made_of.is_none() {
                    session.feeds[stream].raise_watermark(time_ns);
                    session.resample(stream, None);
                }
            }
            session.drain(give);
        });
    }
}
