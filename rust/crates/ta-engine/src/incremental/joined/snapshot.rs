//! Snapshots of sessions over several streams: how the streams come together, what waits of each, what regions read of
//! each other, and the nodes. The format is described in `docs/snapshot-format.md`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::JoinedSession;
use super::feed::Feed;
use super::inbox::MOST_WAITING;
use crate::calendar::{Calendar, Timeframe};
use crate::closing::{Stamps, StampsOf};
use crate::incremental::snapshot::{
    MOST_BARS, Reader, SnapshotError, SnapshotKind, begin, check_room, counters, finish, invalid, numbers,
    open, optional, result, state_bytes, values,
};
use crate::isa::Instructions;
use crate::plan::PlanError;
use crate::plan::joined::{Alignment, JoinedPlan, Joining};
use crate::times::iso;

/// Longest text that says how streams come together.
const LONGEST_TEXT: usize = 1 << 20;

impl Joining {
    fn to_json(&self) -> Json {
        let (how, fill) = self.alignment.names();
        let named: BTreeMap<_, _> =
            self.stamps.named.iter().map(|(name, stamps)| (name, stamps.name())).collect();
        json!({
            "timeframe": self.timeframe.map(|t| t.to_string()),
            "clock": self.clock,
            "how": how,
            "fill": fill,
            "calendar": self.calendar().map(Calendar::parts),
            "resample": self.resample.is_some(),
            "stamps": self.stamps.all.name(),
            "stamps_of": named,
            "delivered": self.delivered,
        })
    }

    fn from_json(json: &Json) -> Option<Joining> {
        let text = |key: &str| match &json[key] {
            Json::Null => Some(None),
            Json::String(text) => Some(Some(text.clone())),
            _ => None,
        };
        let calendar: Option<(String, String, String)> =
            serde_json::from_value(json["calendar"].clone()).ok()?;
        let calendar = match calendar {
            Some((zone, start, week)) => Some(Calendar::new(&zone, &start, &week).ok()?),
            None => None,
        };
        let resamples = json["resample"].as_bool()?;
        let named: BTreeMap<String, String> = serde_json::from_value(json["stamps_of"].clone()).ok()?;
        let named = named.into_iter().map(|(name, stamps)| Some((name, Stamps::from_name(&stamps).ok()?)));
        let named = named.collect::<Option<_>>()?;
        Some(Joining {
            timeframe: match text("timeframe")? {
                Some(text) => Some(Timeframe::parse(&text)?),
                None => None,
            },
            clock: text("clock")?,
            alignment: Alignment::from_names(&text("how")??, &text("fill")??).ok()?,
            resample: calendar.clone().filter(|_| resamples),
            calendar: calendar.filter(|_| !resamples),
            stamps: StampsOf { all: Stamps::from_name(&text("stamps")??).ok()?, named },
            delivered: serde_json::from_value(json["delivered"].clone()).ok()?,
        })
    }
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    out.extend_from_slice(bytes);
}

fn long_bytes<'a>(reader: &mut Reader<'a>, what: &str) -> Result<&'a [u8], SnapshotError> {
    let length = u32::from_le_bytes(reader.take()?) as usize;
    reader.bytes(length, || what.to_owned())
}

/// A time in words; `None` is before all.
fn told(time_ns: Option<i64>) -> String {
    time_ns.map_or("nothing".to_owned(), |time_ns| iso(time_ns).to_string())
}

impl Feed {
    fn save(&self, row: &[f64], out: &mut Vec<u8>) {
        optional(out, self.last);
        optional(out, self.watermark);
        numbers(out, row[self.slots.clone()].iter().copied());
        out.extend_from_slice(&(self.waiting.len() as u32).to_le_bytes());
        for (close_ns, fields) in self.waiting.bars() {
            out.extend_from_slice(&close_ns.to_le_bytes());
            numbers(out, fields.iter().copied());
        }
        out.extend_from_slice(&(self.told.len() as u32).to_le_bytes());
        for (close_ns, stamp_ns) in &self.told {
            out.extend_from_slice(&close_ns.to_le_bytes());
            out.extend_from_slice(&stamp_ns.to_le_bytes());
        }
        out.push(u8::from(self.is_last_told));
    }

    fn load(&mut self, row: &mut [f64], reader: &mut Reader<'_>) -> Result<(), SnapshotError> {
        self.last = reader.optional()?;
        self.watermark = reader.optional()?;
        for last in &mut row[self.slots.clone()] {
            *last = reader.number()?;
        }
        let waiting = u32::from_le_bytes(reader.take()?) as usize;
        if waiting > MOST_WAITING || reader.0.len() / 8 < waiting * (1 + self.slots.len()) {
            return Err(invalid(format!("{waiting} bars that wait")));
        }
        let mut fields = vec![0.0; self.slots.len()];
        let mut before = None;
        for _ in 0..waiting {
            let close_ns = i64::from_le_bytes(reader.take()?);
            if before >= Some(close_ns) {
                return Err(invalid("bars that wait in another order than that of time".to_owned()));
            }
            for x in &mut fields {
                *x = reader.number()?;
            }
            self.waiting.push(close_ns, &fields);
            before = Some(close_ns);
        }
        let told = u32::from_le_bytes(reader.take()?) as usize;
        if told > waiting {
            return Err(invalid(format!("{told} stamps of {waiting} bars that wait")));
        }
        let mut closes = self.waiting.bars().map(|(close_ns, _)| close_ns);
        for _ in 0..told {
            let (close_ns, stamp_ns) =
                (i64::from_le_bytes(reader.take()?), i64::from_le_bytes(reader.take()?));
            if !closes.any(|waiting_ns| waiting_ns == close_ns) {
                return Err(invalid(format!("a stamp of a bar that does not wait, of {}", iso(close_ns))));
            }
            self.told.push_back((close_ns, stamp_ns));
        }
        self.is_last_told = reader.byte(1, "a flag of a told close")? == 1;
        self.check_loaded(row)
    }

    /// Refuses what no bars can have left: how far the stream has come is held against its bars.
    fn check_loaded(&self, row: &[f64]) -> Result<(), SnapshotError> {
        let Some(last_ns) = self.last else {
            return match row[self.slots.clone()].iter().all(|x| x.is_nan()) && self.waiting.len() == 0 {
                true => Ok(()),
                false => Err(invalid("bars of a stream that has had none".to_owned())),
            };
        };
        if let Some((newest_ns, _)) = self.waiting.bars().next_back()
            && newest_ns != last_ns
        {
            let (newest, last) = (iso(newest_ns), iso(last_ns));
            return Err(invalid(format!(
                "a bar that closes at {newest} and waits behind the last, of {last}"
            )));
        }
        let watermark =
            if self.is_given && !self.is_last_told { self.watermark_after(last_ns) } else { last_ns };
        if self.watermark < Some(watermark) {
            let passed = told(self.watermark);
            let last = iso(last_ns);
            return Err(invalid(format!("a bar that closes at {last} of a stream that has passed {passed}")));
        }
        Ok(())
    }
}

impl JoinedSession {
    /// The session as bytes: equal sessions give equal bytes.
    pub fn snapshot(&mut self) -> Vec<u8> {
        self.out_of_lockstep(|session| session.save())
    }

    fn save(&mut self) -> Vec<u8> {
        self.explain_all();
        let mut out = Vec::new();
        begin(SnapshotKind::Joined, &self.plan.fingerprint, None, self.policies, &mut out);
        put_bytes(&mut out, self.plan.joining.to_json().to_string().as_bytes());
        optional(&mut out, self.time_ns);
        out.extend_from_slice(&self.position.to_le_bytes());
        counters(&mut out, self.counters);
        values(&mut out, &self.plan.plan, &self.values);
        for feed in &self.feeds {
            feed.save(&self.machine.row, &mut out);
        }
        for resampler in &self.resamplers {
            optional(&mut out, resampler.end);
            numbers(&mut out, resampler.bar.iter().copied());
        }
        for slot in self.plan.regions.iter().flat_map(|region| &region.shown) {
            result(&mut out, self.machine.row[*slot], self.machine.state(*slot).0);
        }
        self.machine.save_nodes(&mut out);
        finish(out, &self.plan.joined)
    }

    /// Bytes of the nodes' state; does not grow with bars.
    pub fn state_bytes(&self) -> usize {
        state_bytes(&self.plan.joined)
    }
}

impl JoinedSession {
    /// A session that goes on where the snapshot was taken; `plan_of` says how the rule is computed over streams that come
    /// together as the snapshot says.
    ///
    /// # Errors
    /// Where the bytes are not a whole, undamaged snapshot of that plan.
    pub(crate) fn restore(
        snapshot: &[u8],
        instructions: Instructions,
        plan_of: impl FnOnce(Joining) -> Result<Arc<JoinedPlan>, PlanError>,
    ) -> Result<JoinedSession, SnapshotError> {
        let (header, body) = open(snapshot)?;
        header.check_kind(SnapshotKind::Joined)?;
        let mut reader = Reader(body);
        let text = long_bytes(&mut reader, "the text on streams")?;
        let joining = (text.len() <= LONGEST_TEXT).then(|| serde_json::from_slice(text).ok()).flatten();
        let joining = joining.as_ref().and_then(Joining::from_json);
        let joining = joining.ok_or_else(|| invalid("no text on streams".to_owned()))?;
        // What has no plan for these streams cannot have made the snapshot.
        let plan = plan_of(joining).map_err(SnapshotError::without_plan)?;
        header.check(SnapshotKind::Joined, &plan.fingerprint, None, &plan.joined)?;
        check_room(&plan.joined, reader.0)?;
        let mut session = JoinedSession::new(plan, header.policies, instructions)?;
        session.load(&mut reader)?;
        reader.end()?;
        Ok(session)
    }

    /// A session of the same plan that goes on where this snapshot of it was taken.
    pub(super) fn again(&self, snapshot: &[u8]) -> Result<JoinedSession, SnapshotError> {
        let (header, body) = open(snapshot)?;
        let mut reader = Reader(body);
        long_bytes(&mut reader, "the text on streams")?;
        let mut session = JoinedSession::new(self.plan.clone(), header.policies, self.instructions())?;
        session.load(&mut reader)?;
        reader.end()?;
        Ok(session)
    }

    fn load(&mut self, reader: &mut Reader<'_>) -> Result<(), SnapshotError> {
        self.time_ns = reader.optional()?;
        self.position = reader.u64()?;
        self.counters = reader.counters()?;
        reader.values(&self.plan.plan, &mut self.values)?;
        for feed in &mut self.feeds {
            feed.load(&mut self.machine.row, reader)?;
            self.has_told |= !feed.told.is_empty();
        }
        self.check_loaded()?;
        for resampler in &mut self.resamplers {
            resampler.end = reader.optional()?;
            for x in &mut resampler.bar {
                *x = reader.number()?;
            }
        }
        for slot in self.plan.regions.iter().flat_map(|region| &region.shown) {
            let (value, availability) = reader.result()?;
            self.machine.row[*slot] = value;
            // Of a field of bars it is known without: see `JoinedSession::new`.
            if self.machine.explained[*slot].0 != availability {
                self.machine.explained[*slot] = (availability, None);
            }
        }
        self.machine.load_nodes(reader)
    }

    /// Refuses rows that the bars cannot have given, and bars that would have given one.
    fn check_loaded(&self) -> Result<(), SnapshotError> {
        if self.position > MOST_BARS {
            return Err(invalid(format!("{} rows", self.position)));
        }
        if self.position > 0 && self.time_ns.is_none() {
            return Err(invalid(format!("no last row after {} rows", self.position)));
        }
        let passed = self.feeds.iter().map(|feed| feed.watermark).min().flatten();
        if self.time_ns > passed {
            let (time, passed) = (told(self.time_ns), told(passed));
            return Err(invalid(format!("a row of {time} where all streams have passed {passed}")));
        }
        let first = self.feeds.iter().filter_map(|feed| feed.waiting.front()).min();
        if let Some(first_ns) = first
            && first <= passed
        {
            return Err(invalid(format!("a bar that waits for none, closed at {}", iso(first_ns))));
        }
        Ok(())
    }
}
