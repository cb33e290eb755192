//! Snapshots of live sessions: policies, the state in front of the bars that can be revised, those bars, and what waits.

use std::sync::Arc;

use super::events::{Kind, Sequence};
use super::gaps::{Hole, MOST_HOLES};
use super::policies::{Bars, Closed, Corrected, Emit, Late, LivePolicies, Reorder, Stamp};
use super::reorder::Waiting;
use super::revision::Ring;
use super::trades::TradeBar;
use super::{LiveSession, Pending};
use crate::incremental::backend::{NotApplied, Session};
use crate::incremental::contracts::{Availability, Counters, StepValue};
use crate::incremental::ordering::EventOrder;
use crate::incremental::snapshot::{
    Adoption, Contents, MOST_BARS, Reader, SnapshotError, SnapshotKind, begin, finish, invalid, numbers,
    open, optional, values as put_values,
};
use crate::isa::Instructions;
use crate::plan::Plan;

fn put(out: &mut Vec<u8>, x: u64) {
    out.extend_from_slice(&x.to_le_bytes());
}

/// A kind's number in bytes.
fn number_of<F>(kind: &Kind<F>) -> u8 {
    match kind {
        Kind::Forming(_) => 0,
        Kind::Close(_) => 1,
        Kind::Revise(_) => 2,
        Kind::Gap { .. } => 3,
        Kind::Halt => 4,
        Kind::Reset { .. } => 5,
        Kind::Trade { .. } => 6,
        Kind::Heartbeat => 7,
        Kind::Acknowledge => 8,
        Kind::Update(_, closed, is_closed) => {
            9 + 3 * (*closed as u8) + is_closed.map_or(0, |is| 1 + u8::from(is))
        }
    }
}

impl LivePolicies {
    fn save(&self, out: &mut Vec<u8>) {
        let LivePolicies { late, corrected, closed, sparse, bars, stamps, emit, revisions, reorder } = *self;
        out.extend([late as u8, corrected as u8, closed as u8, u8::from(sparse)]);
        out.extend([bars as u8, stamps as u8, emit as u8]);
        out.extend_from_slice(&(revisions as u32).to_le_bytes());
        out.push(u8::from(reorder.is_some()));
        put(out, reorder.map_or(0, |reorder| reorder.delay_ns));
        out.extend_from_slice(&reorder.map_or(0, |reorder| reorder.most as u32).to_le_bytes());
    }

    fn load(reader: &mut Reader<'_>) -> Result<LivePolicies, SnapshotError> {
        let mut policy = |names: usize| reader.byte(names as u8 - 1, "a policy").map(usize::from);
        let late = Late::ALL[policy(Late::ALL.len())?];
        let corrected = Corrected::ALL[policy(Corrected::ALL.len())?];
        let closed = Closed::ALL[policy(Closed::ALL.len())?];
        let sparse = policy(2)? == 1;
        let bars = Bars::ALL[policy(Bars::ALL.len())?];
        let stamps = Stamp::ALL[policy(Stamp::ALL.len())?];
        let emit = Emit::ALL[policy(Emit::ALL.len())?];
        let revisions = u32::from_le_bytes(reader.take()?) as usize;
        let waits = reader.byte(1, "a presence flag")? == 1;
        let (delay_ns, most) = (reader.u64()?, u32::from_le_bytes(reader.take()?) as usize);
        if !waits && (delay_ns, most) != (0, 0) {
            return Err(invalid("a reorder buffer that is said to be absent".to_owned()));
        }
        let reorder = waits.then_some(Reorder { delay_ns, most });
        Ok(LivePolicies { late, corrected, closed, sparse, bars, stamps, emit, revisions, reorder })
    }
}

impl LiveSession {
    /// The session as bytes: equal sessions give equal bytes. One that was never asked for more than a session gives the bytes
    /// of a session.
    pub fn snapshot(&mut self) -> Vec<u8> {
        if self.is_untouched() {
            return self.session.snapshot();
        }
        let mut out = Vec::new();
        let plan = self.plan().clone();
        begin(SnapshotKind::Live, plan.fingerprint(), plan.timeframe_ns, self.session.policies(), &mut out);
        self.policies.save(&mut out);
        let NotApplied { duplicate, late, rejected } = self.session.not_applied;
        let Counters { received, applied, .. } = self.own;
        for count in [received, applied, self.own.duplicate, self.own.late, self.own.rejected] {
            put(&mut out, count);
        }
        out.extend_from_slice(&self.bars_applied.to_le_bytes());
        for count in [duplicate, late, rejected] {
            put(&mut out, count);
        }
        match &self.ring {
            Some(ring) => put_bytes(&mut out, &ring.base().bytes),
            None => {
                let not_applied = std::mem::take(&mut self.session.not_applied);
                let bytes = self.session.snapshot();
                self.session.not_applied = not_applied;
                put_bytes(&mut out, &bytes);
            }
        }
        out.extend_from_slice(&(self.ring.as_ref().map_or(0, Ring::len) as u32).to_le_bytes());
        for (time_ns, revision, fields) in self.ring.iter().flat_map(Ring::bars) {
            out.extend_from_slice(&time_ns.to_le_bytes());
            out.extend_from_slice(&revision.to_le_bytes());
            numbers(&mut out, fields);
        }
        self.save_pending(&mut out);
        self.save_gaps(&mut out);
        self.save_given(&mut out);
        self.save_waiting(&mut out);
        finish(out, &plan)
    }

    fn is_untouched(&self) -> bool {
        self.policies == LivePolicies::default() && self.own.received == 0 && self.bars_applied == 0
    }

    fn save_pending(&self, out: &mut Vec<u8>) {
        match &self.pending {
            None => out.push(0),
            Some(Pending::Bar(time_ns, fields)) => {
                out.push(1);
                out.extend_from_slice(&time_ns.to_le_bytes());
                numbers(out, fields.iter().copied());
            }
            Some(Pending::Trades(bar)) => {
                out.push(2);
                for time_ns in [bar.open_ns, bar.close_ns, bar.first_ns, bar.last_ns] {
                    out.extend_from_slice(&time_ns.to_le_bytes());
                }
                numbers(out, [bar.open, bar.high, bar.low, bar.close, bar.volume]);
            }
        }
    }

    fn save_gaps(&self, out: &mut Vec<u8>) {
        let gaps = &self.gaps;
        out.push(u8::from(gaps.is_halted));
        out.push(u8::from(gaps.newest.is_some()));
        let Sequence { epoch, number } = gaps.newest.unwrap_or(Sequence { epoch: 0, number: 0 });
        put(out, epoch);
        put(out, number);
        out.extend_from_slice(&(gaps.holes.len() as u32).to_le_bytes());
        for hole in &gaps.holes {
            out.extend_from_slice(&hole.after_ns.to_le_bytes());
            out.extend_from_slice(&hole.until_ns.to_le_bytes());
            optional(out, hole.missing.map(|missing| missing as i64));
        }
        out.extend_from_slice(&(gaps.skipped.len() as u32).to_le_bytes());
        for (epoch, first, last) in &gaps.skipped {
            [epoch, first, last].into_iter().for_each(|x| put(out, *x));
        }
    }

    fn save_given(&self, out: &mut Vec<u8>) {
        out.push(u8::from(self.emission.last_final.is_some()));
        if let Some(values) = &self.emission.last_final {
            put_values(out, self.session.plan(), values);
        }
        out.push(u8::from(self.emission.last.is_some()));
        if let Some((time_ns, values)) = &self.emission.last {
            out.extend_from_slice(&time_ns.to_le_bytes());
            put_values(out, self.session.plan(), values);
        }
    }

    fn save_waiting(&self, out: &mut Vec<u8>) {
        optional(out, self.buffer.passed_ns);
        put(out, self.buffer.arrived);
        out.extend_from_slice(&(self.buffer.waiting.len() as u32).to_le_bytes());
        for (order, waiting) in &self.buffer.waiting {
            out.extend_from_slice(&order.time_ns.to_le_bytes());
            put(out, order.arrival);
            out.push(u8::from(waiting.sequence.is_some()));
            put(out, order.epoch);
            put(out, order.number);
            out.push(number_of(&waiting.kind));
            match &waiting.kind {
                Kind::Forming(fields)
                | Kind::Close(fields)
                | Kind::Update(fields, ..)
                | Kind::Revise(fields) => {
                    numbers(out, fields.iter().copied());
                }
                Kind::Gap { until_ns } => out.extend_from_slice(&until_ns.to_le_bytes()),
                Kind::Reset { factor } => numbers(out, [*factor]),
                Kind::Trade { price, amount } => numbers(out, [*price, *amount]),
                Kind::Halt | Kind::Heartbeat | Kind::Acknowledge => {}
            }
        }
    }

    /// A session that goes on where the snapshot, of a live session or of one without more, was taken.
    ///
    /// # Errors
    /// Where the bytes are not a whole, undamaged snapshot of this plan.
    pub fn restore(
        plan: &Arc<Plan>,
        bytes: &[u8],
        instructions: Instructions,
    ) -> Result<LiveSession, SnapshotError> {
        let (header, body) = open(bytes)?;
        if header.check_kind(SnapshotKind::Session).is_ok() {
            let session = Session::restore(plan, bytes, instructions)?;
            let live = LiveSession::new(session, LivePolicies::default());
            return Ok(live.expect("policies that ask for nothing"));
        }
        header.check(SnapshotKind::Live, plan.fingerprint(), plan.timeframe_ns, plan)?;
        let carried = Carried::all_of(plan);
        let (live, ()) = LiveSession::load(body, &carried, |state| {
            let session = Session::restore(plan, state, instructions)?;
            match session.policies() == header.policies {
                true => Ok((session, ())),
                false => Err(invalid("two kinds of policies".to_owned())),
            }
        })?;
        Ok(live)
    }

    /// A session of a plan that takes over what it still has of a snapshot of another: see [`Rule::adopt`](crate::Rule::adopt).
    /// Bars that can be revised are taken again by all of its parts, new ones too.
    ///
    /// # Errors
    /// As [`restore`](LiveSession::restore); where state would be dropped and that is not allowed.
    pub(crate) fn adopt(
        plan: &Arc<Plan>,
        bytes: &[u8],
        allow_dropped: bool,
        instructions: Instructions,
    ) -> Result<(LiveSession, Adoption), SnapshotError> {
        let (header, body) = open(bytes)?;
        if header.check_kind(SnapshotKind::Session).is_ok() {
            let (session, found) = Session::adopted(plan, &header, body, allow_dropped, instructions)?;
            let live = LiveSession::new(session, LivePolicies::default());
            return Ok((live.expect("policies that ask for nothing"), found));
        }
        header.check_kind(SnapshotKind::Live)?;
        let contents = Contents::load(header.contents)?;
        let carried = Carried::between(&contents, plan);
        LiveSession::load(body, &carried, |state| {
            let (header, body) = open(state)?;
            Session::adopted(plan, &header, body, allow_dropped, instructions)
        })
    }

    /// Reads the body of a snapshot; `state` makes the session of the bytes of one.
    fn load<T>(
        body: &[u8],
        carried: &Carried,
        state_of: impl FnOnce(&[u8]) -> Result<(Session, T), SnapshotError>,
    ) -> Result<(LiveSession, T), SnapshotError> {
        let mut reader = Reader(body);
        let policies = LivePolicies::load(&mut reader)?;
        let own = read_counts(&mut reader)?;
        let bars_applied = i64::from_le_bytes(reader.take()?);
        let not_applied =
            NotApplied { duplicate: reader.u64()?, late: reader.u64()?, rejected: reader.u64()? };
        if [not_applied.duplicate, not_applied.late, not_applied.rejected].iter().any(|x| *x > MOST_BARS / 8)
        {
            return Err(invalid("more events than there can have been".to_owned()));
        }
        let length = u32::from_le_bytes(reader.take()?) as usize;
        let state = reader.bytes(length, || "the session".to_owned())?;
        let (session, beside) = state_of(state)?;
        if session.counters().received != session.position() {
            return Err(invalid("counters that stand elsewhere".to_owned()));
        }
        let bars = u32::from_le_bytes(reader.take()?) as usize;
        let room = if policies.revisions > 0 { Ring::room(policies.revisions) } else { 0 };
        if bars > room || bars.saturating_mul(12 + 8 * carried.width) > reader.0.len() {
            return Err(invalid(format!("{bars} bars that can be revised")));
        }
        let mut live =
            LiveSession::new(session, policies).map_err(|error| invalid(format!("policies: {error}")))?;
        live.load_ring(bars, carried, &mut reader)?;
        live.session.not_applied = not_applied;
        (live.own, live.bars_applied) = (own, bars_applied);
        if i64::try_from(live.session.position()).is_ok_and(|position| bars_applied > position)
            || bars_applied < -((MOST_BARS / 8) as i64)
        {
            return Err(invalid("counters that do not add up".to_owned()));
        }
        live.load_pending(carried, &mut reader)?;
        live.load_gaps(&mut reader)?;
        live.load_given(carried, &mut reader)?;
        live.load_waiting(carried, &mut reader)?;
        reader.end()?;
        let Counters { received, applied, duplicate, late, rejected } = live.own;
        if received != applied + duplicate + late + rejected + live.buffered() as u64 {
            return Err(invalid("counters that do not add up".to_owned()));
        }
        Ok((live, beside))
    }

    /// Reads the bars that can be revised, and takes them.
    fn load_ring(
        &mut self,
        bars: usize,
        carried: &Carried,
        reader: &mut Reader<'_>,
    ) -> Result<(), SnapshotError> {
        let Some(ring) = &mut self.ring else { return Ok(()) };
        let mut before = None;
        for _ in 0..bars {
            let time_ns = i64::from_le_bytes(reader.take()?);
            let revision = u32::from_le_bytes(reader.take()?);
            if before >= Some(time_ns) {
                return Err(invalid("bars in another order than that of time".to_owned()));
            }
            before = Some(time_ns);
            ring.put(time_ns, revision, &carried.read(reader)?);
        }
        ring.replay(&mut self.session).map_err(|error| invalid(format!("a bar that is refused: {error}")))?;
        match ring.is_fully_pruned(self.session.position()) {
            true => Ok(()),
            false => Err(invalid("bars that nobody can revise".to_owned())),
        }
    }

    fn load_pending(&mut self, carried: &Carried, reader: &mut Reader<'_>) -> Result<(), SnapshotError> {
        let time = |reader: &mut Reader<'_>| reader.take().map(i64::from_le_bytes);
        self.pending = match reader.byte(2, "a kind of forming bar")? {
            0 => None,
            1 => {
                let time_ns = time(reader)?;
                Some(Pending::Bar(time_ns, carried.read(reader)?))
            }
            _ => {
                let [open_ns, close_ns, first_ns, last_ns] =
                    [time(reader)?, time(reader)?, time(reader)?, time(reader)?];
                let [open, high, low, close, volume] = [
                    reader.number()?,
                    reader.number()?,
                    reader.number()?,
                    reader.number()?,
                    reader.number()?,
                ];
                let is_ordered = open_ns <= first_ns && first_ns <= last_ns && last_ns < close_ns;
                if !is_ordered || [open, high, low, close, volume].iter().any(|x| x.is_nan()) {
                    return Err(invalid("a bar that no trades make".to_owned()));
                }
                Some(Pending::Trades(TradeBar {
                    open_ns,
                    close_ns,
                    first_ns,
                    last_ns,
                    open,
                    high,
                    low,
                    close,
                    volume,
                }))
            }
        };
        let stamp = self.pending_stamp();
        if stamp.is_some() && stamp <= self.session.last_time_ns() {
            return Err(invalid("a bar that forms and is not after the last".to_owned()));
        }
        Ok(())
    }

    fn load_gaps(&mut self, reader: &mut Reader<'_>) -> Result<(), SnapshotError> {
        self.gaps.is_halted = reader.byte(1, "a flag of a halt")? == 1;
        let any = reader.byte(1, "a presence flag")? == 1;
        let newest = Sequence { epoch: reader.u64()?, number: reader.u64()? };
        if !any && newest != (Sequence { epoch: 0, number: 0 }) {
            return Err(invalid("a number of the source that is said to be absent".to_owned()));
        }
        self.gaps.newest = any.then_some(newest);
        for _ in 0..read_few(reader, MOST_HOLES, "holes")? {
            let (after_ns, until_ns) =
                (i64::from_le_bytes(reader.take()?), i64::from_le_bytes(reader.take()?));
            let missing = reader.optional()?.map(|missing| missing as u64);
            if missing == Some(0) {
                return Err(invalid("a hole in which nothing is missing".to_owned()));
            }
            self.gaps.holes.push(Hole { after_ns, until_ns, missing });
        }
        for _ in 0..read_few(reader, MOST_HOLES, "numbers that did not come")? {
            let (epoch, first, last) = (reader.u64()?, reader.u64()?, reader.u64()?);
            if first > last || !any || (Sequence { epoch, number: last }) >= newest {
                return Err(invalid("numbers that cannot be missing".to_owned()));
            }
            self.gaps.skipped.push((epoch, first, last));
        }
        Ok(())
    }

    fn load_given(&mut self, carried: &Carried, reader: &mut Reader<'_>) -> Result<(), SnapshotError> {
        let plan = self.plan().clone();
        let values = |reader: &mut Reader<'_>| {
            let nothing = StepValue { value: f64::NAN, availability: Availability::WarmingUp, reason: None };
            let mut values = vec![nothing; carried.outputs];
            // What outputs last were is not what they are of another rule.
            match carried.is_same {
                true => reader.values(&plan, &mut values)?,
                false => (0..carried.outputs).try_for_each(|_| reader.result().map(|_| ()))?,
            }
            Ok::<_, SnapshotError>(values)
        };
        if reader.byte(1, "a presence flag")? == 1 {
            self.emission.last_final = Some(values(reader)?);
        }
        if reader.byte(1, "a presence flag")? == 1 {
            let time_ns = i64::from_le_bytes(reader.take()?);
            self.emission.last = Some((time_ns, values(reader)?));
        }
        let is_given = self.emission.last.is_some() || self.emission.last_final.is_some();
        if is_given && self.policies.emit == Emit::All {
            return Err(invalid("a last result where all are given".to_owned()));
        }
        if !carried.is_same {
            (self.emission.last_final, self.emission.last) = (None, None);
        }
        Ok(())
    }

    fn load_waiting(&mut self, carried: &Carried, reader: &mut Reader<'_>) -> Result<(), SnapshotError> {
        self.buffer.passed_ns = reader.optional()?;
        self.buffer.arrived = reader.u64()?;
        let most = self.policies.reorder.map_or(0, |reorder| reorder.most);
        for _ in 0..read_few(reader, most, "events that wait")? {
            let time_ns = i64::from_le_bytes(reader.take()?);
            let arrival = reader.u64()?;
            let any = reader.byte(1, "a presence flag")? == 1;
            let (epoch, number) = (reader.u64()?, reader.u64()?);
            if !any && (epoch, number) != (0, 0) {
                return Err(invalid("a number of the source that is said to be absent".to_owned()));
            }
            let kind = load_kind(carried, reader)?;
            let order = EventOrder { time_ns, rank: kind.rank(), stream: 0, epoch, number, arrival };
            let is_last = self.buffer.waiting.last_key_value().is_none_or(|(last, _)| *last < order);
            if !is_last || arrival >= self.buffer.arrived || Some(time_ns) <= self.buffer.passed_ns {
                return Err(invalid("events that wait in another order".to_owned()));
            }
            let sequence = any.then_some(Sequence { epoch, number });
            self.buffer.waiting.insert(order, Waiting { kind, sequence });
        }
        Ok(())
    }
}

fn load_kind(carried: &Carried, reader: &mut Reader<'_>) -> Result<Kind<Vec<f64>>, SnapshotError> {
    Ok(match reader.byte(17, "a kind of event")? {
        0 => Kind::Forming(carried.read(reader)?),
        1 => Kind::Close(carried.read(reader)?),
        2 => Kind::Revise(carried.read(reader)?),
        3 => Kind::Gap { until_ns: i64::from_le_bytes(reader.take()?) },
        4 => Kind::Halt,
        5 => Kind::Reset { factor: reader.number()? },
        6 => Kind::Trade { price: reader.number()?, amount: reader.number()? },
        7 => Kind::Heartbeat,
        8 => Kind::Acknowledge,
        update => {
            let (closed, said) = ((update - 9) / 3, (update - 9) % 3);
            let is_closed = (said > 0).then_some(said == 2);
            Kind::Update(carried.read(reader)?, Closed::ALL[usize::from(closed)], is_closed)
        }
    })
}

/// Which numbers of a snapshot's bars a plan reads, and where.
struct Carried {
    /// How many fields, and outputs, the snapshot has.
    width: usize,
    outputs: usize,
    /// Per field of the plan, which of the snapshot's it is.
    fields: Vec<Option<usize>>,
    /// The plan is the snapshot's own.
    is_same: bool,
}

impl Carried {
    fn all_of(plan: &Plan) -> Carried {
        let width = plan.fields.len();
        Carried { width, outputs: plan.outputs.len(), fields: (0..width).map(Some).collect(), is_same: true }
    }

    fn between(contents: &Contents, plan: &Plan) -> Carried {
        let place = |slot: usize| {
            let name = plan.describe(slot);
            contents.fields.iter().position(|known| *known == name)
        };
        Carried {
            width: contents.fields.len(),
            outputs: contents.outputs.len(),
            fields: (0..plan.fields.len()).map(place).collect(),
            is_same: false,
        }
    }

    /// Reads one bar's fields: those that the plan reads, missing where the snapshot does not have them.
    fn read(&self, reader: &mut Reader<'_>) -> Result<Vec<f64>, SnapshotError> {
        let numbers = (0..self.width).map(|_| reader.number()).collect::<Result<Vec<_>, _>>()?;
        Ok(self.fields.iter().map(|at| at.map_or(f64::NAN, |at| numbers[at])).collect())
    }
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    out.extend_from_slice(bytes);
}

/// A number of things that stand behind it, of which there cannot be more.
fn read_few(reader: &mut Reader<'_>, most: usize, what: &str) -> Result<usize, SnapshotError> {
    let count = u32::from_le_bytes(reader.take()?) as usize;
    if count <= most { Ok(count) } else { Err(invalid(format!("{count} {what}"))) }
}

fn read_counts(reader: &mut Reader<'_>) -> Result<Counters, SnapshotError> {
    let [received, applied, duplicate, late, rejected] =
        [reader.u64()?, reader.u64()?, reader.u64()?, reader.u64()?, reader.u64()?];
    if [received, applied, duplicate, late, rejected].iter().any(|count| *count > MOST_BARS / 8) {
        return Err(invalid("more events than there can have been".to_owned()));
    }
    Ok(Counters { received, applied, duplicate, late, rejected })
}
