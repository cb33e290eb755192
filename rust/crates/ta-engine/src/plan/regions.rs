//! A plan over several streams: one row for all of them, and its nodes cut into regions, one per clock.
//!
//! The joined row has the fields of all streams first, then the places of what is only there when it is new, the
//! constants, and the nodes' outputs region by region. What a region reads of another, or of a stream, it reads where it
//! stands: there is what was last written, which is the value as of then.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::streams::{Alignment, Clock, Clocks, Stream};
use super::{Node, Operation, Output, Plan, PlanError, PlanLimits, check_duration};
use crate::calendar::{Calendar, Timeframe};
use crate::lang::ir::{Kind, SourceRef};
use crate::lang::sources::{SOURCES, derived_from};
use crate::rule::Rule;

/// Source of fields of the joined row that are none of the plan's; no text can name it.
pub(crate) const JOINED: &str = "joined";

/// How the streams of a rule come together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Joining {
    /// Length of the rule's own bars; needed where the rule names another, or a duration.
    pub timeframe: Option<Timeframe>,
    /// The stream whose bars are the rows of the result; without one, that of the shortest bars.
    pub clock: Option<String>,
    /// How streams with bars of one length meet.
    pub alignment: Alignment,
    /// Makes bars of longer timeframes out of shorter ones of the same market.
    pub resample: Option<Calendar>,
    /// With a calendar: the streams whose bars are given. Without: those of the shortest bars of each market.
    pub delivered: Option<Vec<String>>,
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
}

impl JoinedStream {
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

/// One number that a region reads of elsewhere, or one output of the whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub(crate) from: From,
    /// Where it stands in the joined row.
    pub(crate) slot: usize,
    /// Only there at times where it is new.
    pub(crate) fresh: bool,
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
    pub(crate) inputs: Vec<Link>,
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

    /// When the bar of a row that closes then opened: by its length, or where it is made of shorter ones by the calendar.
    pub fn row_open(&self, close_ns: i64) -> i64 {
        let stream = &self.streams[self.clocks[self.clock].streams[0]];
        let Some(timeframe) = stream.timeframe else { return close_ns };
        match &self.joining.resample {
            Some(calendar) if stream.made_of.is_some() => calendar.start_of(close_ns, timeframe),
            _ => timeframe.open_of(close_ns),
        }
    }

    /// The stream of this name.
    ///
    /// # Errors
    /// [`PlanError::UnknownStream`] names those there are.
    pub fn stream(&self, name: &str) -> Result<usize, PlanError> {
        let there = || self.streams.iter().filter(|s| s.made_of.is_none()).map(|s| s.stream.name());
        let found = self.streams.iter().position(|s| s.made_of.is_none() && s.stream.name() == name);
        found.ok_or_else(|| PlanError::UnknownStream { name: name.to_owned(), there: there().collect() })
    }

    /// Cuts a plan into regions.
    ///
    /// # Errors
    /// Where a stream is unknown or can be made of no other, a timeframe is needed or a duration is no whole number of
    /// bars.
    pub fn new(plan: &Arc<Plan>, joining: Joining, limits: &PlanLimits) -> Result<JoinedPlan, PlanError> {
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
        let (columns, fields) = read_fields(plan, &clocks);
        let derived = derived_nodes(plan, &clocks, &columns);
        let streams = joined_streams(&clocks, columns, &made_of);
        let mut cut = Cut::new(plan, &clocks, fields);
        cut.lay_out(&streams)?;
        let outputs: Vec<Link> =
            plan.outputs.iter().map(|output| cut.link(output.slot, clocks.plan)).collect();
        let derived_slots =
            plan.nodes.iter().filter(|node| derived.contains(&node.id)).map(|node| node.output);
        let derived = derived_slots.map(|slot| cut.places[&slot]).collect();
        let mut joined = Plan {
            outputs: plan
                .outputs
                .iter()
                .zip(&outputs)
                .map(|(o, link)| Output { slot: link.slot, ..o.clone() })
                .collect(),
            fields: cut.sources,
            constants: plan.constants.clone(),
            nodes: cut.nodes,
            bar_fields: Err(0),
            undefined_constant: plan.undefined_constant.clone(),
            undefined: plan.undefined.clone(),
            timeframe_ns: None,
            fingerprint: [0; 32],
        };
        joined.seal(limits)?;
        let mut joined = JoinedPlan {
            plan: plan.clone(),
            joining,
            streams,
            clock: clocks.plan,
            clocks: clocks.clocks.clone(),
            joined: Arc::new(joined),
            slots: cut.slots,
            derived,
            regions: cut.regions,
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
        let calendar = self.joining.resample.as_ref().map(Calendar::parts);
        let text = format!(
            "{names:?} {:?} {:?} {:?} {:?} {calendar:?}",
            self.joining.timeframe, self.clocks, self.clock, self.joining.alignment
        );
        hasher.update(text.as_bytes());
        *hasher.finalize().as_bytes()
    }
}

/// All streams: those that are read, the one that gives the rows, and those that others are made of. Per stream, the one
/// it is made of.
#[allow(clippy::type_complexity)]
fn gather(plan: &Plan, joining: &Joining) -> Result<(Vec<Stream>, Vec<Option<usize>>), PlanError> {
    let mut streams = plan.streams();
    let own = Stream::own();
    // The rule's own bars may give the rows of a rule that reads none of them.
    if joining.clock.as_deref() == Some(own.name().as_str()) && !streams.contains(&own) {
        streams.push(own.clone());
    }
    if joining.resample.is_none() {
        let made_of = vec![None; streams.len()];
        return Ok((streams, made_of));
    }
    let length = |s: &Stream| s.timeframe().or(joining.timeframe).map(Timeframe::nominal_ns);
    let delivered: Vec<Stream> = match &joining.delivered {
        Some(names) => names.iter().map(|name| named(name)).collect::<Result<_, _>>()?,
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

/// The stream of a name.
fn named(name: &str) -> Result<Stream, PlanError> {
    // A name is a chain without its field: which field it may have depends on its source.
    let fields = SOURCES.iter().map(|source| format!("{name}.{}", source.primary));
    let rule =
        fields.filter_map(|text| Rule::compile(&text).ok()).find(|rule| rule.plan().fields().len() == 1);
    let unknown = || PlanError::UnknownStream { name: name.to_owned(), there: Vec::new() };
    Ok(Stream::of(&rule.ok_or_else(unknown)?.plan().fields()[0]))
}

/// Per stream the fields that are read, and per field of the plan its stream and its place among them.
fn read_fields(plan: &Plan, clocks: &Clocks) -> (Vec<Vec<String>>, Vec<(usize, usize)>) {
    let mut columns = vec![Vec::new(); clocks.streams.len()];
    let mut fields = Vec::with_capacity(plan.fields.len());
    for field in &plan.fields {
        let stream = clocks.find(&Stream::of(field)).expect("every field has a stream");
        fields.push((stream, columns[stream].len()));
        columns[stream].push(field.field.clone().expect("a plan reads fields, not sources"));
    }
    (columns, fields)
}

/// What each stream's bars are given with: what is read, and what bars of other streams are made of.
fn joined_streams(
    clocks: &Clocks,
    mut columns: Vec<Vec<String>>,
    made_of: &[Option<usize>],
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
        })
        .collect()
}

/// The nodes of a plan, by what they compute, that are fields of bars made of other fields.
fn derived_nodes(plan: &Plan, clocks: &Clocks, columns: &[Vec<String>]) -> HashSet<[u8; 16]> {
    let mut nodes = HashSet::new();
    for (stream, columns) in clocks.streams.iter().zip(columns).filter(|(stream, _)| stream.is_bars()) {
        let is_there = |name: &&str| columns.iter().any(|column| column == *name);
        let derived = SOURCES[0].fields.iter().filter(|field| {
            let parts = derived_from(field);
            !parts.is_empty() && parts.iter().all(is_there)
        });
        let Some(known) = plan.fields.iter().find(|field| Stream::of(field) == *stream) else { continue };
        for field in derived {
            let source = SourceRef { field: Some((*field).to_owned()), ..known.clone() };
            let Ok(rule) = Rule::from_ir(vec![("value".to_owned(), Kind::from(source).into())]) else {
                continue;
            };
            nodes.insert(rule.plan().node_of(rule.plan().outputs[0].slot).id);
        }
    }
    nodes
}

/// A plan while it is cut.
struct Cut<'a> {
    plan: &'a Plan,
    clocks: &'a Clocks,
    /// Per field of the plan its stream and column.
    fields: Vec<(usize, usize)>,
    /// Fields of the joined row.
    sources: Vec<SourceRef>,
    /// Per slot of the joined row that of the plan.
    slots: Vec<Option<usize>>,
    /// Per slot of the plan that of the joined row.
    places: HashMap<usize, usize>,
    /// The place of what a clock reads of a slot only where it is new.
    fresh: HashMap<(usize, usize), usize>,
    nodes: Vec<Node>,
    regions: Vec<Region>,
    /// Per clock its region.
    region_of: HashMap<usize, usize>,
    /// Per slot that is read from outside its region, its place among what the region shows.
    shown: HashMap<usize, usize>,
    /// Per clock, the slots that are shown.
    shows: Vec<Vec<usize>>,
}

impl<'a> Cut<'a> {
    fn new(plan: &'a Plan, clocks: &'a Clocks, fields: Vec<(usize, usize)>) -> Cut<'a> {
        Cut {
            plan,
            clocks,
            fields,
            sources: Vec::new(),
            slots: Vec::new(),
            places: HashMap::new(),
            fresh: HashMap::new(),
            nodes: Vec::with_capacity(plan.nodes.len()),
            regions: Vec::new(),
            region_of: HashMap::new(),
            shown: HashMap::new(),
            shows: vec![Vec::new(); clocks.clocks.len()],
        }
    }

    /// Lays the joined row out and makes a region of every clock that has nodes, those first that others read.
    fn lay_out(&mut self, streams: &[JoinedStream]) -> Result<(), PlanError> {
        let plan = self.plan;
        for node in &plan.nodes {
            for slot in &node.inputs {
                self.show(*slot, self.clocks.of_slot[node.output]);
            }
        }
        for output in &plan.outputs {
            self.show(output.slot, None);
        }
        for (at, stream) in streams.iter().enumerate() {
            for (column, name) in stream.fields.iter().enumerate() {
                let known = self.fields.iter().position(|field| *field == (at, column));
                let other = || SourceRef::of(JOINED, Some(&format!("{}.{name}", stream.stream.name())));
                let source = known.map_or_else(other, |slot| plan.fields[slot].clone());
                self.put_field(source, known);
            }
        }
        let order = self.order();
        let reads: Vec<Vec<usize>> = order.iter().map(|clock| self.read_by(*clock)).collect();
        for (clock, reads) in order.iter().zip(&reads) {
            for slot in reads {
                if self.is_fresh(*slot, *clock) {
                    self.fresh.insert((*clock, *slot), self.slots.len());
                    self.sources.push(self.fresh_source(*slot, *clock));
                    self.slots.push(Some(*slot));
                }
            }
        }
        (plan.fields.len()..plan.first_node_slot()).for_each(|slot| self.put(slot));
        for (clock, reads) in order.into_iter().zip(reads) {
            let region = self.region(clock, &reads)?;
            self.region_of.insert(clock, self.regions.len());
            self.regions.push(region);
        }
        Ok(())
    }

    /// Gives a field of the joined row its slot.
    fn put_field(&mut self, source: SourceRef, slot: Option<usize>) {
        self.sources.push(source);
        match slot {
            Some(slot) => self.put(slot),
            None => self.slots.push(None),
        }
    }

    /// Gives a slot of the plan the next of the joined row.
    fn put(&mut self, slot: usize) {
        self.places.insert(slot, self.slots.len());
        self.slots.push(Some(slot));
    }

    /// Has a node's value shown by its region if it is read at another clock.
    fn show(&mut self, slot: usize, reader: Option<usize>) {
        if slot < self.plan.first_node_slot() || self.clocks.of_slot[slot].is_none() {
            return;
        }
        if self.clocks.of_slot[slot] != reader && !self.shown.contains_key(&slot) {
            let clock = self.clocks.of_slot[slot].expect("what has no clock is not shown");
            self.shown.insert(slot, self.shows[clock].len());
            self.shows[clock].push(slot);
        }
    }

    /// The clocks that have nodes, each behind those it reads.
    fn order(&self) -> Vec<usize> {
        let plan = self.plan;
        let clock_of = |node: &Node| self.clocks.of_slot[node.output];
        let mut waiting: Vec<usize> = Vec::new();
        for clock in plan.nodes.iter().filter_map(clock_of) {
            if !waiting.contains(&clock) {
                waiting.push(clock);
            }
        }
        let reads = |reader: usize, read: usize| {
            let of_reader = plan.nodes.iter().filter(|node| clock_of(node) == Some(reader));
            let mut slots = of_reader.flat_map(|node| &node.inputs).filter(|s| **s >= plan.first_node_slot());
            reader != read && slots.any(|slot| self.clocks.of_slot[*slot] == Some(read))
        };
        let mut order = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            // A value is computed at the shortest bars that it reads and, of equal ones, by one order of the streams:
            // no two clocks can read each other.
            let next = waiting.iter().position(|c| waiting.iter().all(|other| !reads(*c, *other)));
            order.push(waiting.remove(next.expect("clocks do not read each other in a circle")));
        }
        order
    }

    /// The nodes of a clock.
    fn nodes_of(&self, clock: usize) -> impl Iterator<Item = &'a Node> + use<'a> {
        let clocks = self.clocks;
        self.plan.nodes.iter().filter(move |node| clocks.of_slot[node.output] == Some(clock))
    }

    /// The slots of fields and of other clocks' nodes that a clock reads.
    fn read_by(&self, clock: usize) -> Vec<usize> {
        let (clocks, fields) = (self.clocks, self.plan.fields.len());
        // What never changes, and the time, have no clock.
        let is_read = |slot: &&usize| **slot < fields || clocks.of_slot[**slot].is_some_and(|of| of != clock);
        let mut read = Vec::new();
        for slot in self.nodes_of(clock).flat_map(|node| &node.inputs).filter(is_read) {
            if !read.contains(slot) {
                read.push(*slot);
            }
        }
        read
    }

    /// True where a clock sees a slot's value only when it is new.
    fn is_fresh(&self, slot: usize, reader: usize) -> bool {
        self.clocks.of_slot[slot].is_some_and(|clock| self.clocks.is_fresh(reader, clock))
    }

    /// How the value of a slot is read at a clock.
    fn link(&self, slot: usize, reader: usize) -> Link {
        let from = match (self.clocks.of_slot[slot], self.fields.get(slot)) {
            (_, Some((stream, column))) => From::Stream { stream: *stream, column: *column },
            (Some(clock), None) => From::Region { region: self.region_of[&clock], output: self.shown[&slot] },
            (None, None) => From::Constant,
        };
        let (stands, fresh) = (self.places[&slot], self.is_fresh(slot, reader));
        let place = self.fresh.get(&(reader, slot)).copied().unwrap_or(stands);
        Link { from, slot: stands, fresh, place }
    }

    /// Puts the nodes of one clock behind those that are there.
    fn region(&mut self, clock: usize, reads: &[usize]) -> Result<Region, PlanError> {
        let whole = self.plan;
        let (first, begin) = (self.nodes.len(), self.slots.len());
        let inputs: Vec<Link> = reads.iter().map(|slot| self.link(*slot, clock)).collect();
        let is_time = |slot: &&usize| {
            **slot >= whole.first_node_slot() && matches!(whole.node_of(**slot).operation, Operation::Time)
        };
        // Each region has the time of its own bars.
        let time = self.nodes_of(clock).flat_map(|node| &node.inputs).find(is_time);
        let time_slot = time.map(|slot| {
            self.put(*slot);
            let output = self.slots.len() - 1;
            self.nodes.push(Node { operation: Operation::Time, inputs: Vec::new(), output, id: [0; 16] });
            output
        });
        for node in self.nodes_of(clock) {
            let place = |slot: &usize| self.fresh.get(&(clock, *slot)).unwrap_or_else(|| &self.places[slot]);
            let inputs = node.inputs.iter().map(|slot| *place(slot)).collect();
            let (operation, output) = (self.operation(node, clock)?, self.slots.len());
            (node.output..node.output + node.width()).for_each(|slot| self.put(slot));
            self.nodes.push(Node { operation, inputs, output, id: [0; 16] });
        }
        let shown = self.shows[clock].iter().map(|slot| self.places[slot]).collect();
        Ok(Region {
            clock,
            nodes: first..self.nodes.len(),
            slots: begin..self.slots.len(),
            time_slot,
            inputs,
            shown,
        })
    }

    /// What a clock calls a slot of the plan that it reads only where it is new.
    fn fresh_source(&self, slot: usize, clock: usize) -> SourceRef {
        let read = match self.plan.fields.get(slot) {
            Some(field) => format!("{field:?}"),
            None => {
                let node = self.plan.node_of(slot);
                let id: String = node.id.iter().map(|byte| format!("{byte:02x}")).collect();
                format!("{id}.{}", slot - node.output)
            }
        };
        let symbol = Some(format!("{read} at {:?}", self.clocks.clocks[clock]));
        SourceRef { symbol, ..SourceRef::of(JOINED, Some(&self.plan.describe(slot))) }
    }

    /// A node's operation at its clock: durations are measured in its bars.
    fn operation(&self, node: &Node, clock: usize) -> Result<Operation, PlanError> {
        let Operation::TimeShift { span, kind, .. } = &node.operation else {
            return Ok(node.operation.clone());
        };
        let Clock { streams, all } = &self.clocks.clocks[clock];
        let timeframe = self.clocks.timeframes[streams[0]];
        let shift = || self.plan.describe(node.output);
        if let Some(months) = timeframe.filter(|t| t.fixed_ns().is_none()) {
            let needed = format!("`{}` on bars of {months}: they are not all of one length", shift());
            return Err(PlanError::Unsupported(needed));
        }
        let timeframe_ns = timeframe.and_then(Timeframe::fixed_ns);
        check_duration(*span, timeframe_ns, shift)?;
        let density = if *all { 1 } else { streams.len() };
        Ok(Operation::TimeShift { span: *span, timeframe_ns, density, kind: *kind })
    }
}
