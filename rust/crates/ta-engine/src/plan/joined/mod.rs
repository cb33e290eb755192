//! A plan over several streams: which streams it has, and how they come together.

mod clocks;
mod layout;
mod waiting;

use std::ops::Range;
use std::sync::Arc;

use clocks::{Clock, Clocks};
use layout::Layout;

use crate::calendar::{Calendar, Timeframe};
use crate::closing::{CloseError, Closed, Closes, Closing, StampsOf};
use crate::plan::streams::Stream;
use crate::plan::{Plan, PlanError, PlanLimits};
pub use clocks::{Alignment, How};

/// How the streams of a rule come together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Joining {
    /// Length of the rule's own bars; needed where the rule names another, or a duration.
    pub timeframe: Option<Timeframe>,
    /// The stream whose bars are the rows of the result; without one, that of the shortest bars.
    pub clock: Option<String>,
    /// How streams with bars of one length meet.
    pub alignment: Alignment,
    /// By which bars of days, weeks and months begin and end, given ones and made ones; without one that of UTC.
    pub calendar: Option<Calendar>,
    /// Which of its times each stream's bars are stamped with.
    pub stamps: StampsOf,
    /// Makes bars of longer timeframes out of shorter ones of the same market. It is the calendar of all bars.
    pub resample: Option<Calendar>,
    /// With a calendar: the streams whose bars are given. Without: those of the shortest bars of each market.
    pub delivered: Option<Vec<String>>,
}

impl Joining {
    /// The calendar of all bars, where one is given.
    pub fn calendar(&self) -> Option<&Calendar> {
        self.resample.as_ref().or(self.calendar.as_ref())
    }
}

/// A stream of a joined plan.
#[derive(Clone, Debug)]
pub struct JoinedStream {
    /// Which.
    pub stream: Stream,
    /// Length of its bars.
    pub timeframe: Option<Timeframe>,
    /// The fields its bars are given with, in order; empty for one that only gives the times.
    pub fields: Vec<String>,
    /// Where its fields stand in the joined row.
    pub(crate) slots: Range<usize>,
    /// The stream whose bars its own are made of, and per field the place among that stream's.
    pub(crate) made_of: Option<(usize, Vec<usize>)>,
    /// When they close.
    pub(crate) closing: Closing,
}

impl JoinedStream {
    /// When a bar closes that is stamped so; `told` is when the data says that it does.
    ///
    /// # Errors
    /// Where that is not known, or cannot be.
    pub fn close_of(&self, stamp_ns: i64, told: Option<i64>) -> Result<Closed, CloseError> {
        self.closing.close_of(&|| self.stream.name(), stamp_ns, told)
    }

    /// When the bars of a history close that are stamped so; `told`, as long, is when the data says that they do.
    ///
    /// # Errors
    /// Where that is not known of one, or cannot be.
    pub fn closes_of<'a>(
        &self,
        stamps_ns: &'a [i64],
        told: Option<&[i64]>,
    ) -> Result<Closes<'a>, CloseError> {
        self.closing.closes_of(&|| self.stream.name(), stamps_ns, told)
    }

    /// The stream whose bars its own are made of.
    pub fn source(&self) -> Option<usize> {
        self.made_of.as_ref().map(|(source, _)| *source)
    }
}

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum From {
    /// A field of a stream's last bar.
    Stream { stream: usize, column: usize },
    /// One of the numbers that a region shows.
    Region { region: usize, output: usize },
    /// What never changes.
    Constant,
}

/// One number that is read of elsewhere: by a region, or to be given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub(crate) from: From,
    /// Where it stands in the joined row.
    pub(crate) slot: usize,
    /// Only there at times where it is new.
    pub(crate) fresh: bool,
}

/// A number that a region reads of elsewhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input {
    pub(crate) link: Link,
    /// Where the region's nodes read it: where it stands, or a place of the region's own if it has to be fresh.
    pub(crate) place: usize,
}

/// The nodes of one clock.
#[derive(Debug)]
pub(crate) struct Region {
    pub(crate) clock: usize,
    /// Its nodes among the joined plan's.
    pub(crate) nodes: Range<usize>,
    /// Where they write.
    pub(crate) slots: Range<usize>,
    /// Where they read when the bar closed.
    pub(crate) time_slot: Option<usize>,
    pub(crate) inputs: Vec<Input>,
    /// The clocks of what it reads of elsewhere.
    pub(crate) read_clocks: Vec<usize>,
    /// Where those of its values stand that are read from elsewhere.
    pub(crate) shown: Vec<usize>,
}

/// A plan over several streams, ready to be fed.
#[derive(Debug)]
pub struct JoinedPlan {
    pub(crate) plan: Arc<Plan>,
    pub(crate) joining: Joining,
    pub(crate) streams: Vec<JoinedStream>,
    pub(crate) clocks: Vec<Clock>,
    /// When a row is given.
    pub(crate) clock: usize,
    /// The same plan as it is computed: over the joined row, region by region.
    pub(crate) joined: Arc<Plan>,
    /// Per slot of the joined row that of the plan; none for fields that only bars of other streams are made of.
    pub(crate) slots: Vec<Option<usize>>,
    /// Slots of nodes that are fields of bars (`ETH.hlc3`): missing, as any field, before the first of them.
    pub(crate) derived: Vec<usize>,
    /// In the order in which they are computed.
    pub(crate) regions: Vec<Region>,
    pub(crate) outputs: Vec<Link>,
    pub(crate) fingerprint: [u8; 32],
}

impl JoinedPlan {
    /// The rule's plan, as it was written.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// How its streams come together.
    pub fn joining(&self) -> &Joining {
        &self.joining
    }

    /// Its streams; those whose bars are made of others' take no bars themselves.
    pub fn streams(&self) -> &[JoinedStream] {
        &self.streams
    }

    /// What a row is stamped with whose bar closes then, unless the bar was stamped otherwise: when it opened, or when it
    /// closed where all bars are stamped so.
    pub fn row_stamp(&self, close_ns: i64) -> i64 {
        let stream = &self.streams[self.clocks[self.clock].streams[0]];
        match stream.made_of {
            Some(_) => stream.closing.stamp_of_made(close_ns),
            None => stream.closing.stamp_of(close_ns),
        }
    }

    /// The stream of this name.
    ///
    /// # Errors
    /// [`PlanError::UnknownStream`] names those there are.
    pub fn stream(&self, name: &str) -> Result<usize, PlanError> {
        let there = || self.streams.iter().filter(|s| s.made_of.is_none()).map(|s| s.stream.name());
        let name = plan_name(name, self.joining.timeframe);
        let found = self.streams.iter().position(|s| s.made_of.is_none() && s.stream.name() == name);
        found.ok_or_else(|| PlanError::UnknownStream { name, there: there().collect() })
    }

    /// Cuts a plan into regions.
    ///
    /// # Errors
    /// Where a stream is unknown or can be made of no other, a timeframe is needed or a duration is no whole number of
    /// bars.
    pub(crate) fn new(
        plan: &Arc<Plan>,
        joining: Joining,
        limits: &PlanLimits,
    ) -> Result<JoinedPlan, PlanError> {
        let plan = &plan.on_own_bars(joining.timeframe, limits)?;
        let own_name = |name: &String| plan_name(name, joining.timeframe);
        let joining = Joining {
            clock: joining.clock.as_ref().map(own_name),
            delivered: joining.delivered.as_ref().map(|names| names.iter().map(own_name).collect()),
            ..joining
        };
        let (streams, made_of) = gather(plan, &joining)?;
        let named = match &joining.clock {
            None => None,
            Some(name) => Some(streams.iter().position(|s| s.name() == *name).ok_or_else(|| {
                PlanError::UnknownStream {
                    name: name.clone(),
                    there: streams.iter().map(Stream::name).collect(),
                }
            })?),
        };
        let clocks = Clocks::of(plan, streams, joining.timeframe, named, joining.alignment)?;
        let (columns, fields) = layout::read_fields(plan, &clocks);
        // Closes of one stream alone decide nothing unless durations are reckoned from them.
        let is_free = made_of.len() == 1 && plan.time_slot().is_none();
        let streams = joined_streams(&clocks, columns, &made_of, &joining, is_free);
        let calendar = joining.calendar().cloned().unwrap_or_default();
        let Layout { joined, slots, places, regions, outputs } =
            Layout::of(plan, &clocks, fields, &streams, &calendar, limits)?;
        let derived = clocks.streams.iter().flat_map(|stream| plan.computed_fields(stream));
        let derived = derived.map(|slot| places[&slot]).collect();
        let mut joined = JoinedPlan {
            plan: plan.clone(),
            joining,
            streams,
            clock: clocks.plan,
            clocks: clocks.clocks.clone(),
            joined: Arc::new(joined),
            slots,
            derived,
            regions,
            outputs,
            fingerprint: [0; 32],
        };
        joined.fingerprint = joined.identify();
        Ok(joined)
    }

    /// When what stands there is new; `None` for what never changes.
    pub(crate) fn clock_of(&self, from: From) -> Option<usize> {
        match from {
            // The first clocks are those of the streams, one each.
            From::Stream { stream, .. } => Some(stream),
            From::Region { region, .. } => Some(self.regions[region].clock),
            From::Constant => None,
        }
    }

    /// Hash of the plan and of how its streams come together.
    fn identify(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.plan.fingerprint());
        let names: Vec<_> = self.streams.iter().map(|s| (s.stream.name(), &s.made_of, &s.fields)).collect();
        let calendar = self.joining.calendar().map(Calendar::parts);
        let text = format!(
            "{names:?} {:?} {:?} {:?} {:?} {calendar:?} {:?}",
            self.joining.timeframe, self.clocks, self.clock, self.joining.alignment, self.joining.stamps
        );
        hasher.update(text.as_bytes());
        *hasher.finalize().as_bytes()
    }
}

/// What a plan over bars of this length calls a stream: what is as long as the rule's own bars names no length.
pub fn plan_name(name: &str, own: Option<Timeframe>) -> String {
    match (Stream::parse(name), own) {
        (Some(stream), Some(own)) => stream.on_own_bars(own).map_or_else(|| name.to_owned(), |s| s.name()),
        _ => name.to_owned(),
    }
}

/// All streams: those that are read, the one that gives the rows, and those that others are made of. Per stream, the one
/// it is made of.
#[allow(clippy::type_complexity)]
fn gather(plan: &Plan, joining: &Joining) -> Result<(Vec<Stream>, Vec<Option<usize>>), PlanError> {
    let mut streams = plan.streams();
    let own = Stream::own();
    // The rule's own bars may give the rows of a rule that reads none of them, or nothing at all.
    let is_clock = joining.clock.as_deref() == Some(own.name().as_str());
    if (is_clock && !streams.contains(&own)) || streams.is_empty() {
        streams.push(own.clone());
    }
    if joining.resample.is_none() {
        let made_of = vec![None; streams.len()];
        return Ok((streams, made_of));
    }
    let parsed = |name: &str| {
        let unknown = || PlanError::UnknownStream { name: name.to_owned(), there: Vec::new() };
        // The name of a stream that is read need not be one that a text could write.
        let read = streams.iter().find(|s| s.name() == name).cloned();
        read.or_else(|| Stream::parse(name)).ok_or_else(unknown)
    };
    let length = |s: &Stream| s.timeframe().or(joining.timeframe).map(Timeframe::nominal_ns);
    let delivered: Vec<Stream> = match &joining.delivered {
        Some(names) => names.iter().map(|name| parsed(name)).collect::<Result<_, _>>()?,
        None => {
            let mut all = streams.clone();
            if streams.iter().any(|s| s.is_like(&own)) && !all.contains(&own) {
                all.push(own);
            }
            let is_shortest = |s: &&Stream| {
                !s.is_bars() || all.iter().all(|other| !other.is_like(s) || length(other) >= length(s))
            };
            all.iter().filter(is_shortest).cloned().collect()
        }
    };
    let mut made_of = Vec::new();
    for at in 0..streams.len() {
        let stream = streams[at].clone();
        if delivered.contains(&stream) {
            made_of.push(None);
            continue;
        }
        let finer = delivered
            .iter()
            .filter(|s| stream.is_bars() && s.is_like(&stream) && length(s) < length(&stream))
            .min_by_key(|s| length(s));
        let Some(finer) = finer else {
            let there = delivered.iter().map(Stream::name).collect();
            return Err(PlanError::UnknownStream { name: stream.name(), there });
        };
        made_of.push(Some(streams.iter().position(|s| s == finer).unwrap_or_else(|| {
            streams.push(finer.clone());
            streams.len() - 1
        })));
    }
    made_of.resize(streams.len(), None);
    Ok((streams, made_of))
}

/// What each stream's bars are given with: what is read, and what bars of other streams are made of.
fn joined_streams(
    clocks: &Clocks,
    mut columns: Vec<Vec<String>>,
    made_of: &[Option<usize>],
    joining: &Joining,
    is_free: bool,
) -> Vec<JoinedStream> {
    let mut made = Vec::with_capacity(made_of.len());
    for (at, source) in made_of.iter().enumerate() {
        made.push(source.map(|source| {
            let wanted = columns[at].clone();
            let places = wanted.into_iter().map(|field| {
                let fields = &mut columns[source];
                fields.iter().position(|f| *f == field).unwrap_or_else(|| {
                    fields.push(field);
                    fields.len() - 1
                })
            });
            (source, places.collect())
        }));
    }
    let mut first = 0;
    let mut slots_of = |fields: &[String]| {
        first += fields.len();
        first - fields.len()..first
    };
    let parts = clocks.streams.iter().zip(&clocks.timeframes).zip(columns).zip(made);
    parts
        .map(|(((stream, timeframe), fields), made_of)| JoinedStream {
            stream: stream.clone(),
            timeframe: *timeframe,
            slots: slots_of(&fields),
            fields,
            made_of,
            closing: Closing::new(*timeframe, joining.calendar(), joining.stamps.of(&stream.name()), is_free),
        })
        .collect()
}
