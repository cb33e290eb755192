//! A session as it is fed live: forming bars, corrections, late data, trades, gaps. A layer above [`Session`], which knows of none of
//! it: who asks for nothing of this pays for nothing.
//!
//! What it holds is a function of the plan, the policies and the events in the order in which they were taken; no clock is read.

mod bars;
mod emission;
pub mod events;
mod gaps;
mod history;
pub mod policies;
mod reorder;
mod reset;
mod revision;
mod snapshot;
mod trades;

use std::sync::Arc;

use super::backend::Session;
use super::contracts::{Counters, Event, StepError, StepOutput, StepValue};
use super::history::{check_count, check_defined};
use super::ordering::{Admission, admit};
use super::why::Why;
use crate::calendar::Timeframe;
use crate::lanes::{Lanes, canonical_bits};
use crate::plan::{BarField, Plan};

use emission::Emission;
pub use events::{Applied, Kind, LiveEvent, Outcome, Record, Sequence};
pub use gaps::Hole;
use gaps::{Gaps, Seen, missing_between};
pub use policies::{Bars, Closed, Corrected, Emit, Late, LiveError, LivePolicies, Reorder, Stamp};
use reorder::Buffer;
use revision::{Change, Ring};
use trades::{TradeBar, interval_of};

/// A bar that forms and closes when the next begins or time has passed its end.
#[derive(Clone, Debug, PartialEq)]
enum Pending {
    /// What the feed has of it.
    Bar(i64, Vec<f64>),
    /// What trades have made of it.
    Trades(TradeBar),
}

/// What became of an event.
enum Taken {
    Applied,
    Duplicate,
    /// Set aside: the newest time that was there before.
    Late(i64),
    /// A policy on errors went on without it.
    Swallowed,
}

/// A session and what it takes to be fed live.
pub struct LiveSession {
    session: Session,
    policies: LivePolicies,
    ring: Option<Ring>,
    pending: Option<Pending>,
    gaps: Gaps,
    emission: Emission,
    buffer: Buffer,
    /// What became of the events that came through [`apply`](LiveSession::apply).
    own: Counters,
    /// Bars of the session's position that came through it.
    bars_applied: i64,
    /// What the last call gave.
    applied: Applied,
    /// Which field of a bar each of the plan's is, where it is one of the rule's own bars.
    bar_fields: Box<[Option<BarField>]>,
    scratch: Vec<StepValue>,
}

impl LiveSession {
    /// Goes on with a session.
    ///
    /// # Errors
    /// Where the policies do not fit together.
    pub fn new(mut session: Session, policies: LivePolicies) -> Result<LiveSession, LiveError> {
        policies.check(session.plan())?;
        let ring = (policies.revisions > 0).then(|| Ring::new(&mut session, policies.revisions));
        let outputs = session.plan().outputs.len();
        Ok(LiveSession {
            bar_fields: bars::fields_of(session.plan()),
            ring,
            policies,
            pending: None,
            gaps: Gaps::default(),
            emission: Emission::new(policies.emit, session.plan()),
            buffer: Buffer::default(),
            own: Counters::default(),
            bars_applied: 0,
            applied: Applied::new(outputs),
            scratch: Vec::with_capacity(outputs),
            session,
        })
    }

    /// The plan it runs.
    pub fn plan(&self) -> &Arc<Plan> {
        self.session.plan()
    }

    /// How it behaves.
    pub fn policies(&self) -> &LivePolicies {
        &self.policies
    }

    /// The session below, to be asked; it is not to be fed past this one.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The session below, on its own from now on.
    pub fn into_session(self) -> Session {
        self.session
    }

    /// [`Session::is_ready`].
    pub fn is_ready(&mut self) -> bool {
        self.session.is_ready()
    }

    /// [`Session::why`]; a session that was restored and keeps bars has them computed again, and knows.
    pub fn why(&mut self) -> Option<Why> {
        self.session.why()
    }

    /// [`Session::bars_to_ready`].
    pub fn bars_to_ready(&mut self) -> Option<usize> {
        self.session.bars_to_ready()
    }

    /// Bars taken.
    pub fn position(&self) -> u64 {
        self.session.position()
    }

    /// The time of the last bar.
    pub fn last_time_ns(&self) -> Option<i64> {
        self.session.last_time_ns()
    }

    /// The holes that nobody has filled or acknowledged, oldest first.
    pub fn holes(&self) -> &[Hole] {
        &self.gaps.holes
    }

    /// True while bars or numbers of the source are missing that nobody has filled or acknowledged.
    pub fn is_degraded(&self) -> bool {
        self.gaps.are_open()
    }

    /// What became of the events: `received` is the sum of the others and of [`buffered`](LiveSession::buffered).
    pub fn counters(&self) -> Counters {
        let direct = self.session.counters();
        let applied = self.own.applied + (direct.applied as i64 - self.bars_applied) as u64;
        let (duplicate, late) = (self.own.duplicate + direct.duplicate, self.own.late + direct.late);
        let rejected = self.own.rejected + direct.rejected;
        let received = applied + duplicate + late + rejected + self.buffered() as u64;
        Counters { received, applied, duplicate, late, rejected }
    }

    /// Events that wait for older ones.
    pub fn buffered(&self) -> usize {
        self.buffer.waiting.len()
    }

    /// What the last call gave.
    pub fn last_applied(&self) -> &Applied {
        &self.applied
    }

    /// Takes one event and says what it gave.
    ///
    /// Where events wait for older ones, one that is refused once its turn comes is told by a record: whoever gave it has
    /// gone on.
    ///
    /// # Errors
    /// Where the event is refused; the session is as it was, but for its counters.
    pub fn apply(&mut self, event: &LiveEvent<'_>) -> Result<&Applied, StepError> {
        self.applied.clear();
        self.own.received += 1;
        let taken = match (self.check_shape(event), self.policies.reorder) {
            (Err(error), _) => {
                self.own.rejected += 1;
                Err(error)
            }
            (Ok(()), None) => self.accept(event),
            (Ok(()), Some(limits)) => {
                self.buffer.put(event, limits);
                self.let_go(limits);
                Ok(())
            }
        };
        let Counters { received, applied, duplicate, late, rejected } = self.own;
        let accounted = applied + duplicate + late + rejected + self.buffered() as u64;
        assert_eq!(received, accounted, "every event is accounted for");
        taken.map(|()| &self.applied)
    }

    /// Takes the events that still wait, as if time had passed them all.
    pub fn flush(&mut self) -> &Applied {
        self.applied.clear();
        if let Some(limits) = self.policies.reorder {
            self.buffer.passed_ns = self.buffer.waiting.last_key_value().map(|(order, _)| order.time_ns);
            self.let_go(limits);
        }
        &self.applied
    }

    /// Takes the events whose turn has come.
    fn let_go(&mut self, limits: Reorder) {
        while let Some((time_ns, waiting, is_crowded)) = self.buffer.next(limits) {
            let kind = waiting.kind.name();
            if is_crowded {
                self.applied.record(time_ns, kind, Outcome::Crowded);
            }
            let event = LiveEvent { time_ns, kind: waiting.kind.borrowed(), sequence: waiting.sequence };
            if let Err(error) = self.accept(&event) {
                self.applied.record(time_ns, kind, Outcome::Refused(error));
            }
        }
    }

    /// Takes an event whose turn it is.
    fn accept(&mut self, event: &LiveEvent<'_>) -> Result<(), StepError> {
        let (time_ns, kind) = (event.time_ns, event.kind.name());
        if let Some(sequence) = event.sequence {
            match self.gaps.see(sequence) {
                Seen::Next => {}
                Seen::Before => {
                    self.own.duplicate += 1;
                    self.applied.record(time_ns, kind, Outcome::Duplicate);
                    return Ok(());
                }
                Seen::Skipped(first, last) => {
                    self.applied.record(time_ns, kind, Outcome::Skipped { first, last });
                }
            }
        }
        match self.take(event) {
            Ok(Taken::Applied) => self.own.applied += 1,
            Ok(Taken::Duplicate) => {
                self.own.duplicate += 1;
                self.applied.record(time_ns, kind, Outcome::Duplicate);
            }
            Ok(Taken::Late(passed_ns)) => {
                self.own.late += 1;
                self.applied.record(time_ns, kind, Outcome::Late { passed_ns });
            }
            Ok(Taken::Swallowed) => self.own.rejected += 1,
            Err(error) => {
                match &error {
                    StepError::Order { .. } | StepError::Corrected { .. } | StepError::BeyondKept { .. } => {
                        self.own.late += 1;
                    }
                    _ => self.own.rejected += 1,
                }
                return Err(error);
            }
        }
        Ok(())
    }

    fn check_shape(&self, event: &LiveEvent<'_>) -> Result<(), StepError> {
        check_defined(self.plan())?;
        match event.kind.fields() {
            Some(fields) => check_count("fields", fields.len(), self.plan().fields.len()),
            None => Ok(()),
        }
    }

    fn take(&mut self, event: &LiveEvent<'_>) -> Result<Taken, StepError> {
        let time_ns = event.time_ns;
        match &event.kind {
            Kind::Close(fields)
            | Kind::Update(fields, Closed::Each, _)
            | Kind::Update(fields, _, Some(true)) => self.close(time_ns, fields),
            Kind::Forming(fields) | Kind::Update(fields, Closed::Flag, Some(false)) => {
                self.form(time_ns, fields, false)
            }
            Kind::Update(_, Closed::Flag, None) => Err(StepError::Unclosed { event_ns: time_ns }),
            Kind::Update(fields, Closed::NextOpen, _) => self.form(time_ns, fields, true),
            Kind::Revise(fields) => self.revise(time_ns, fields),
            Kind::Trade { price, amount } => self.trade(time_ns, *price, *amount),
            Kind::Heartbeat => {
                self.end_pending(time_ns);
                Ok(Taken::Applied)
            }
            Kind::Gap { until_ns } => {
                self.gaps.add(Hole { after_ns: time_ns, until_ns: *until_ns, missing: None });
                let outcome = Outcome::Gap { after_ns: time_ns, until_ns: *until_ns, missing: None };
                self.applied.record(time_ns, event.kind.name(), outcome);
                Ok(Taken::Applied)
            }
            Kind::Halt => {
                self.gaps.is_halted = true;
                Ok(Taken::Applied)
            }
            Kind::Reset { factor } => self.reset(time_ns, *factor),
            Kind::Acknowledge => {
                self.gaps.acknowledge();
                Ok(Taken::Applied)
            }
        }
    }

    /// Takes a bar that has closed.
    fn close(&mut self, time_ns: i64, fields: &[f64]) -> Result<Taken, StepError> {
        match self.admission(time_ns)? {
            Some(Admission::Next) => {}
            _ => return self.close_again(time_ns, fields),
        }
        self.check_bar(time_ns, fields)?;
        // A bar that has begun and did not close ends where a later one does.
        if self.pending_stamp().is_some_and(|stamp_ns| stamp_ns < time_ns) {
            self.close_pending();
        } else {
            self.pending = None;
        }
        let hole = self.hole_before(time_ns);
        let position = self.session.position();
        let before = self.session.not_applied;
        let event = Event { time_ns: Some(time_ns), inputs: fields };
        let stepped =
            self.session.step(&event).map(|out| self.scratch.splice(.., out.values.iter().copied()).count());
        // It is counted here.
        self.session.not_applied = before;
        stepped?;
        if self.session.position() == position {
            self.give(time_ns, 0, true, None);
            return Ok(Taken::Swallowed);
        }
        self.bars_applied += 1;
        if let Some(ring) = &mut self.ring {
            ring.note(&mut self.session, time_ns, fields, 0);
        }
        self.gaps.is_halted = false;
        if let Some(hole) = hole {
            self.gaps.add(hole);
            let Hole { after_ns, until_ns, missing } = hole;
            self.applied.record(time_ns, "close", Outcome::Gap { after_ns, until_ns, missing });
        }
        self.give(time_ns, 0, true, None);
        Ok(Taken::Applied)
    }

    /// What a time is to the last bar: the next, or the same; `None` where it is older.
    fn admission(&self, time_ns: i64) -> Result<Option<Admission>, StepError> {
        match admit(self.session.last_time, Some(time_ns)) {
            Ok(admission) => Ok(Some(admission)),
            Err(StepError::Order { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The hole that a bar of this time leaves before it.
    fn hole_before(&self, time_ns: i64) -> Option<Hole> {
        let (after_ns, length_ns) = (self.session.last_time_ns()?, self.plan().timeframe_ns?);
        let missing = missing_between(after_ns, time_ns, length_ns);
        let is_expected = self.policies.sparse || self.gaps.is_halted;
        (missing > 0 && !is_expected).then_some(Hole { after_ns, until_ns: time_ns, missing: Some(missing) })
    }

    /// Takes a closed bar of a time that has been there, or passed.
    fn close_again(&mut self, time_ns: i64, fields: &[f64]) -> Result<Taken, StepError> {
        let last_ns = self.session.last_time_ns().expect("a bar was taken, and had a time");
        if let Some(differing) = self.differing(time_ns, fields, self.session.holds()) {
            if differing.is_empty() {
                return Ok(Taken::Duplicate);
            }
            return match self.policies.corrected {
                Corrected::Revise => self.revise(time_ns, fields),
                Corrected::Error => {
                    Err(StepError::Corrected { stream: None, event_ns: time_ns, fields: differing })
                }
            };
        }
        match self.policies.late {
            Late::Error => Err(StepError::Order { event_ns: time_ns, last_ns, row: None }),
            Late::SideOutput => Ok(Taken::Late(last_ns)),
            Late::Rebuild => {
                self.check_possible(time_ns, fields)?;
                let ring = self.ring.as_ref().expect("a policy that needs kept bars has them");
                let at = ring.find(time_ns).expect_err("a bar of this time would have been compared");
                let changed = self.change(time_ns, Change::Insert(at, time_ns, fields))?;
                self.bars_applied += 1;
                self.gaps.fill(time_ns);
                self.give_changed(&changed);
                Ok(Taken::Applied)
            }
        }
    }

    /// Names of the fields in which a bar differs from the one of this time that was taken; `None` where none is known. Where
    /// missing fields `hold`, one that is missing says nothing.
    fn differing(&self, time_ns: i64, fields: &[f64], holds: bool) -> Option<Vec<String>> {
        let Some(ring) = self.ring.as_ref().filter(|ring| ring.len() > 0) else {
            let is_last = self.session.last_time_ns() == Some(time_ns);
            return is_last.then(|| self.session.differing(fields));
        };
        let taken = ring.fields_of(ring.find(time_ns).ok()?);
        let is_other = |slot: &usize| {
            let x = fields[*slot].finite_or_nan();
            canonical_bits(taken[*slot]) != canonical_bits(x) && !(holds && x.is_nan())
        };
        Some((0..fields.len()).filter(is_other).map(|slot| self.plan().describe(slot)).collect())
    }

    /// Puts other fields in the place of those of a bar that was taken.
    fn revise(&mut self, time_ns: i64, fields: &[f64]) -> Result<Taken, StepError> {
        let Some(ring) = &self.ring else {
            return Err(StepError::BeyondKept { event_ns: time_ns, oldest_ns: None, kept: 0 });
        };
        let found = ring.find(time_ns);
        match self.differing(time_ns, fields, false) {
            Some(differing) if differing.is_empty() => return Ok(Taken::Duplicate),
            _ => self.check_possible(time_ns, fields)?,
        }
        match found {
            Ok(at) => {
                let changed = self.change(time_ns, Change::Replace(at, fields))?;
                self.give_changed(&changed);
            }
            // Older than all bars that are known: whether it was there nobody knows.
            Err(0) if !ring.is_whole() => return Err(self.beyond(time_ns)),
            Err(_) => return Err(StepError::NoSuchBar { event_ns: time_ns }),
        }
        Ok(Taken::Applied)
    }

    fn beyond(&self, event_ns: i64) -> StepError {
        let oldest_ns = self.ring.as_ref().and_then(Ring::oldest_ns);
        StepError::BeyondKept { event_ns, oldest_ns, kept: self.policies.revisions }
    }

    /// Computes the kept bars again with one of them changed, and says which results are others.
    fn change(&mut self, time_ns: i64, change: Change<'_>) -> Result<revision::Changed, StepError> {
        let ring = self.ring.as_mut().expect("who changes a bar has found it");
        if !ring.is_open(change) {
            return Err(self.beyond(time_ns));
        }
        ring.change(&mut self.session, change)
    }

    fn give_changed(&mut self, changed: &revision::Changed) {
        let width = self.plan().outputs.len();
        for (at, (time_ns, revision)) in changed.rows.iter().enumerate() {
            self.scratch.clear();
            self.scratch.extend_from_slice(&changed.values[at * width..][..width]);
            self.give(*time_ns, *revision, true, changed.before[at].as_deref());
        }
    }

    /// Computes a bar as it stands; `is_followed`: it closes when the next begins.
    fn form(&mut self, time_ns: i64, fields: &[f64], is_followed: bool) -> Result<Taken, StepError> {
        if self.pending_stamp().is_some_and(|stamp_ns| stamp_ns < time_ns) {
            self.close_pending();
        }
        if self.admission(time_ns)? != Some(Admission::Next) {
            let last_ns = self.session.last_time_ns().expect("a bar was taken, and had a time");
            return match (self.differing(time_ns, fields, self.session.holds()), self.policies.late) {
                (Some(differing), _) if differing.is_empty() => Ok(Taken::Duplicate),
                (_, Late::Error) => Err(StepError::Order { event_ns: time_ns, last_ns, row: None }),
                _ => Ok(Taken::Late(last_ns)),
            };
        }
        self.check_bar(time_ns, fields)?;
        self.look_at(time_ns, fields)?;
        if is_followed {
            self.pending = Some(Pending::Bar(time_ns, fields.to_vec()));
        }
        Ok(Taken::Applied)
    }

    /// Gives the results that a bar would have if it closed as it stands.
    fn look_at(&mut self, time_ns: i64, fields: &[f64]) -> Result<(), StepError> {
        let event = Event { time_ns: Some(time_ns), inputs: fields };
        self.session.preview(&event, &mut self.scratch)?;
        self.give(time_ns, 0, false, None);
        Ok(())
    }

    fn trade(&mut self, time_ns: i64, price: f64, amount: f64) -> Result<Taken, StepError> {
        let timeframe =
            self.plan().timeframe_ns.and_then(Timeframe::from_ns).ok_or(StepError::NoTimeframe)?;
        bars::check_trade(time_ns, price, amount)?;
        let interval = interval_of(time_ns, timeframe).ok_or(StepError::NoTimeframe)?;
        let stamp_ns = self.stamp_of(interval);
        if self.pending_stamp().is_some_and(|pending_ns| pending_ns < stamp_ns) {
            self.close_pending();
        }
        let passed_ns = self.pending_stamp().into_iter().chain(self.session.last_time_ns()).max();
        let bar = match &self.pending {
            Some(Pending::Trades(bar)) if bar.open_ns == interval.0 => {
                let mut bar = *bar;
                bar.take(time_ns, price, amount);
                bar
            }
            _ if passed_ns.is_none_or(|passed_ns| passed_ns < stamp_ns) => {
                TradeBar::new(interval, time_ns, price, amount)
            }
            _ => {
                let last_ns = passed_ns.expect("something has passed it");
                return match self.policies.late {
                    Late::Error => Err(StepError::Order { event_ns: time_ns, last_ns, row: None }),
                    // What its bar was before is not known trade by trade.
                    _ => Ok(Taken::Late(last_ns)),
                };
            }
        };
        let mut inputs = [f64::NAN; 5];
        let made = bar.bar(stamp_ns);
        let fields = self.session.bar_inputs(&made, &mut inputs)?.len();
        self.look_at(stamp_ns, &inputs[..fields])?;
        self.pending = Some(Pending::Trades(bar));
        Ok(Taken::Applied)
    }

    /// What a bar of such an interval is known by.
    fn stamp_of(&self, (open_ns, close_ns): (i64, i64)) -> i64 {
        match self.policies.stamps {
            Stamp::Close => close_ns,
            Stamp::Open => open_ns,
        }
    }

    fn pending_stamp(&self) -> Option<i64> {
        match self.pending.as_ref()? {
            Pending::Bar(time_ns, _) => Some(*time_ns),
            Pending::Trades(bar) => Some(self.stamp_of((bar.open_ns, bar.close_ns))),
        }
    }

    /// When the bar that forms ends; `None` where that is not known.
    fn pending_end(&self) -> Option<i64> {
        match (self.pending.as_ref()?, self.policies.stamps) {
            (Pending::Trades(bar), _) => Some(bar.close_ns),
            (Pending::Bar(time_ns, _), Stamp::Close) => Some(*time_ns),
            (Pending::Bar(time_ns, _), Stamp::Open) => {
                let timeframe = self.plan().timeframe_ns.and_then(Timeframe::from_ns)?;
                interval_of(*time_ns, timeframe).map(|(_, close_ns)| close_ns)
            }
        }
    }

    /// Closes the bar that forms where time has passed its end.
    fn end_pending(&mut self, time_ns: i64) {
        if self.pending_end().is_some_and(|end_ns| end_ns <= time_ns) {
            self.close_pending();
        }
    }

    /// Closes the bar that forms as it stands. Where it is refused that is recorded: the event that closes it is another.
    fn close_pending(&mut self) {
        let Some(pending) = self.pending.take() else { return };
        let mut inputs = [f64::NAN; 5];
        let (time_ns, closed) = match pending {
            Pending::Bar(time_ns, fields) => (time_ns, self.close(time_ns, &fields)),
            Pending::Trades(bar) => {
                let stamp_ns = self.stamp_of((bar.open_ns, bar.close_ns));
                let made = bar.bar(stamp_ns);
                let count = self.session.bar_inputs(&made, &mut inputs).map(<[f64]>::len);
                (stamp_ns, count.and_then(|count| self.close(stamp_ns, &inputs[..count])))
            }
        };
        if let Err(error) = closed {
            self.applied.record(time_ns, "close", Outcome::Refused(error));
        }
    }

    /// Gives a row of results, which stand in the scratch, where it is one of those that are asked for.
    fn give(&mut self, time_ns: i64, revision: u32, is_final: bool, before: Option<&[StepValue]>) {
        let is_newest = self.session.last_time_ns().is_none_or(|last_ns| time_ns >= last_ns);
        let values = self.scratch.as_slice();
        if self.emission.admits(time_ns, values, is_final, is_newest, before) {
            let is_degraded = self.gaps.are_open();
            self.applied.push(&StepOutput {
                time_ns: Some(time_ns),
                values,
                revision,
                is_final,
                is_degraded,
            });
        }
    }
}
