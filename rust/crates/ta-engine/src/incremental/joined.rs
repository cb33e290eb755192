//! A session over several streams: each stream's bars come in their own order, and a row is computed once every stream
//! has passed its time, whatever order they arrived in.
//!
//! Nothing is allocated per bar once the queues have grown to what the streams' lengths ask for.

use std::sync::Arc;

use super::backend::Session;
use super::contracts::{
    Availability, Counters, Event, MissingInput, OnError, Policies, Reason, StepError, StepValue,
};
use super::queue::Queue;
use super::resampling::Resampler;
use super::state::canonical_bits;
use crate::calendar::Timeframe;
use crate::isa::Instructions;
use crate::lanes::Lanes;
use crate::plan::PlanError;
use crate::plan::regions::{From, JoinedPlan, Link};

/// Most bars of one stream that wait for the others.
pub(crate) const MOST_WAITING: usize = 1 << 16;

/// A row of results.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JoinedOutput<'a> {
    /// When the bar of the row closed.
    pub time_ns: i64,
    /// One per output of the plan, in its order.
    pub values: &'a [StepValue],
}

/// One stream's bars: those that wait, and the last that was taken.
#[derive(Clone, Debug)]
pub(crate) struct Feed {
    pub(crate) waiting: Queue,
    /// Close of the last bar that was given, waiting or not.
    pub(crate) last: Option<i64>,
    /// Nothing that closes at or before will come.
    pub(crate) passed: Option<i64>,
    /// Fields of the last bar that was taken; before the first, none is there.
    pub(crate) current: Vec<f64>,
    timeframe: Option<Timeframe>,
    /// Length of a bar that is always the same.
    length_ns: Option<u64>,
    /// A missing field keeps its last value.
    holds: bool,
}

/// A plan over several streams and its state.
pub struct JoinedSession {
    pub(crate) plan: Arc<JoinedPlan>,
    pub(crate) policies: Policies,
    pub(crate) feeds: Vec<Feed>,
    pub(crate) resamplers: Vec<Resampler>,
    pub(crate) regions: Vec<Session>,
    /// Time of the last row that was computed.
    pub(crate) time_ns: Option<i64>,
    pub(crate) counters: Counters,
    /// Rows given.
    pub(crate) position: u64,
    /// The last row's results.
    pub(crate) values: Vec<StepValue>,
    /// Per stream: it has a bar at the time that is computed.
    pub(crate) present: Vec<bool>,
    instructions: Instructions,
}

impl Feed {
    fn new(fields: usize, timeframe: Option<Timeframe>, holds: bool, longest_ns: u64) -> Feed {
        // Room for the bars that come while a stream of longer bars is silent.
        let length_ns = timeframe.map_or(longest_ns, Timeframe::nominal_ns).max(1);
        let room = usize::try_from(longest_ns / length_ns).unwrap_or(usize::MAX).clamp(8, 4_096) + 2;
        Feed {
            waiting: Queue::new(fields, room),
            last: None,
            passed: None,
            current: vec![f64::NAN; fields],
            timeframe,
            length_ns: timeframe.and_then(Timeframe::fixed_ns),
            holds,
        }
    }

    /// The last moment before which, itself included, no more bars can come once a bar closed at `close_ns`.
    #[inline]
    pub(crate) fn passes(&self, close_ns: i64) -> i64 {
        match self.length_ns {
            Some(length_ns) => close_ns.saturating_add_unsigned(length_ns - 1),
            None => self.timeframe.map_or(close_ns, |timeframe| timeframe.close_of(close_ns) - 1),
        }
    }

    /// Takes note of a bar that was given.
    #[inline]
    fn admit(&mut self, close_ns: i64) {
        self.last = Some(close_ns);
        self.pass(self.passes(close_ns));
    }

    /// Has a bar wait that was made of finer ones; how far the stream has passed is theirs to say.
    pub(crate) fn give_made(&mut self, close_ns: i64, fields: &[f64]) {
        self.waiting.push(close_ns, fields);
        self.last = Some(close_ns);
    }

    #[inline]
    pub(crate) fn pass(&mut self, time_ns: i64) {
        self.passed = self.passed.max(Some(time_ns));
    }

    /// Takes the bar that has waited longest.
    #[inline]
    fn take(&mut self) {
        for (current, x) in self.current.iter_mut().zip(self.waiting.pop()) {
            hold(current, *x, self.holds);
        }
    }

    /// Takes a bar that does not wait.
    #[inline]
    fn take_now(&mut self, fields: &[f64]) {
        for (current, x) in self.current.iter_mut().zip(fields) {
            hold(current, x.finite_or_nan(), self.holds);
        }
    }

    /// True where the last bar that was given, or that was taken, has these fields.
    fn repeats(&self, fields: &[f64]) -> bool {
        let equal = |a: &f64, b: &f64| canonical_bits(*a) == canonical_bits(b.finite_or_nan());
        match self.waiting.bars().next_back() {
            Some((_, last)) => last.iter().zip(fields).all(|(a, b)| equal(a, b)),
            None => {
                let holds = |b: &f64| self.holds && !b.is_finite();
                self.current.iter().zip(fields).all(|(a, b)| equal(a, b) || holds(b))
            }
        }
    }
}

/// Puts a field's value in place of the last, unless it is missing and the last is held.
#[inline]
fn hold(current: &mut f64, x: f64, holds: bool) {
    if x.is_finite() || !holds {
        *current = x;
    }
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
        let region = |region: &crate::plan::regions::Region| {
            Session::new(region.plan.clone(), Policies::default(), instructions)
        };
        Ok(JoinedSession {
            feeds: plan
                .streams
                .iter()
                .map(|s| Feed::new(s.fields.len(), s.timeframe, holds, longest_ns))
                .collect(),
            resamplers: Resampler::all(&plan),
            regions: plan.regions.iter().map(region).collect::<Result<_, _>>()?,
            time_ns: None,
            counters: Counters::default(),
            position: 0,
            values: vec![nothing; plan.outputs.len()],
            present: vec![false; plan.streams.len()],
            policies,
            instructions,
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
        self.instructions
    }

    /// Bars that wait for other streams.
    pub fn waiting(&self) -> usize {
        self.feeds.iter().map(|feed| feed.waiting.len()).sum()
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
        let admitted = self.admit(stream, event);
        match admitted {
            Ok(Some(close_ns)) => {
                self.counters.applied += 1;
                self.take(stream, close_ns, event.inputs, give);
            }
            Ok(None) => self.counters.duplicate += 1,
            Err(StepError::Passed { .. }) => self.counters.late += 1,
            Err(_) => self.counters.rejected += 1,
        }
        let Counters { received, applied, duplicate, late, rejected } = self.counters;
        assert_eq!(received, applied + duplicate + late + rejected, "every bar is accounted for");
        match admitted {
            Err(error) if matches!(error, StepError::MissingInput { .. }) => self.swallow(error, event, give),
            other => other.map(|_| ()),
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
        out.clear();
        let Some(close_ns) = self.admit(stream, event)? else {
            out.extend_from_slice(&self.values);
            return Ok(());
        };
        let (values, time_ns) = (self.values.clone(), self.time_ns);
        let kept: Vec<Vec<f64>> = self.feeds.iter().map(|feed| feed.current.clone()).collect();
        self.present.fill(false);
        self.present[stream] = true;
        self.feeds[stream].take_now(event.inputs);
        for resampler in self.resamplers.iter().filter(|resampler| resampler.source == stream) {
            let feed = &mut self.feeds[resampler.stream];
            if let Some(made) = resampler.completed_by(close_ns, event.inputs, feed) {
                feed.take_now(&made);
                self.present[resampler.stream] = true;
            }
        }
        self.regions.iter_mut().for_each(Session::begin_trial);
        self.compute(close_ns);
        self.read_outputs();
        out.extend_from_slice(&self.values);
        self.regions.iter_mut().for_each(Session::end_trial);
        for (feed, current) in self.feeds.iter_mut().zip(kept) {
            feed.current = current;
        }
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
        self.feeds[stream].pass(time_ns);
        self.resample(stream, None);
        self.drain(give);
        Ok(())
    }

    /// [`advance`](JoinedSession::advance) of every stream: what waits is computed.
    pub fn advance_all(&mut self, time_ns: i64, give: &mut impl FnMut(JoinedOutput<'_>)) {
        for stream in 0..self.feeds.len() {
            if self.plan.streams[stream].made_of.is_none() {
                self.feeds[stream].pass(time_ns);
                self.resample(stream, None);
            }
        }
        self.drain(give);
    }

    /// Takes a bar at once where nothing has to be waited for, else puts it with those that wait.
    #[inline]
    fn take(
        &mut self,
        stream: usize,
        close_ns: i64,
        fields: &[f64],
        give: &mut impl FnMut(JoinedOutput<'_>),
    ) {
        self.feeds[stream].admit(close_ns);
        self.resample(stream, Some((close_ns, fields)));
        let (mut is_next, mut waiting) = (self.feeds[stream].waiting.len() == 0, 0);
        for (at, (feed, present)) in self.feeds.iter().zip(&mut self.present).enumerate() {
            let front = feed.waiting.front();
            is_next &= at == stream || (feed.passed >= Some(close_ns) && front.is_none_or(|t| t >= close_ns));
            *present = at == stream || front == Some(close_ns);
            waiting += feed.waiting.len();
        }
        if !is_next {
            self.feeds[stream].waiting.push(close_ns, fields);
            return self.drain(give);
        }
        self.feeds[stream].take_now(fields);
        if waiting > 0 {
            for (at, feed) in self.feeds.iter_mut().enumerate() {
                if at != stream && self.present[at] {
                    feed.take();
                }
            }
        }
        self.step(close_ns, give);
        if waiting > 0 {
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
        let (given, needed) = (event.inputs.len(), feed.current.len());
        if given != needed {
            return Err(StepError::Shape { what: "fields", given, needed });
        }
        if let Some(passed_ns) = feed.passed
            && event_ns <= passed_ns
        {
            if feed.last == Some(event_ns) && feed.repeats(event.inputs) {
                return Ok(None);
            }
            let stream = self.plan.streams[stream].stream.name();
            return Err(StepError::Passed { stream, event_ns, passed_ns });
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
        give: &mut impl FnMut(JoinedOutput<'_>),
    ) -> Result<(), StepError> {
        let availability = match self.policies.on_error {
            OnError::Raise => return Err(error),
            OnError::EmitError => Availability::Error,
            OnError::EmitMissing => Availability::MissingInput,
        };
        let values = vec![StepValue { value: f64::NAN, availability, reason: None }; self.values.len()];
        let time_ns = event.time_ns.expect("a bar without a time is refused for that");
        give(JoinedOutput { time_ns, values: &values });
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
    fn drain(&mut self, give: &mut impl FnMut(JoinedOutput<'_>)) {
        let Some(passed) = self.feeds.iter().map(|feed| feed.passed).min().flatten() else { return };
        while let Some(time_ns) = self.feeds.iter().filter_map(|feed| feed.waiting.front()).min()
            && time_ns <= passed
        {
            for (present, feed) in self.present.iter_mut().zip(&mut self.feeds) {
                *present = feed.waiting.front() == Some(time_ns);
                if *present {
                    feed.take();
                }
            }
            self.step(time_ns, give);
        }
    }

    /// Computes a time whose bars have been taken, and gives the row where there is one.
    fn step(&mut self, time_ns: i64, give: &mut impl FnMut(JoinedOutput<'_>)) {
        self.compute(time_ns);
        if self.plan.clocks[self.plan.clock].ticks(&self.present) {
            self.position += 1;
            self.read_outputs();
            give(JoinedOutput { time_ns, values: &self.values });
        }
    }

    /// Computes the regions whose clock ticks.
    pub(crate) fn compute(&mut self, time_ns: i64) {
        let plan = &self.plan;
        for (at, region) in plan.regions.iter().enumerate() {
            if plan.clocks[region.clock].ticks(&self.present) {
                let (before, rest) = self.regions.split_at_mut(at);
                let state = State { plan, feeds: &self.feeds, regions: before, present: &self.present };
                rest[0].follow(time_ns, region.inputs.iter().map(|link| state.read(link)));
            }
        }
        self.time_ns = Some(time_ns);
    }

    /// Brings the outputs' values up to date.
    pub(crate) fn read_outputs(&mut self) {
        let (plan, regions) = (&self.plan, &self.regions);
        let state = State { plan, feeds: &self.feeds, regions, present: &self.present };
        for (at, (value, link)) in self.values.iter_mut().zip(&plan.outputs).enumerate() {
            let (x, availability) = state.read(link);
            let reason = match (link.from, availability) {
                (_, Availability::Ready) => None,
                (From::Region { region, output }, _)
                    if availability == regions[region].values[output].availability =>
                {
                    let slots = &plan.regions[region].slots;
                    regions[region].values[output].reason.map(|reason| match reason {
                        Reason::MissingField(slot) => Reason::MissingField(slots[slot]),
                        Reason::Undefined(slot) => Reason::Undefined(slots[slot]),
                    })
                }
                _ => Some(Reason::MissingField(plan.plan.outputs[at].slot)),
            };
            *value = StepValue { value: x, availability, reason };
        }
    }
}

/// What links are read from.
pub(crate) struct State<'a> {
    plan: &'a JoinedPlan,
    feeds: &'a [Feed],
    regions: &'a [Session],
    present: &'a [bool],
}

impl State<'_> {
    /// A number and what it is.
    #[inline]
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
}
