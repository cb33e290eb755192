//! A plan over several streams, cut into regions: each holds the nodes of one clock and is a plan of its own.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::streams::{Alignment, Clock, Clocks, Stream};
use super::{Node, Operation, Output, Plan, PlanError, PlanLimits, Rows, check_duration};
use crate::calendar::{Calendar, Timeframe};
use crate::lang::ir::{Kind, SourceRef};
use crate::lang::sources::{SOURCES, derived_from};
use crate::rule::Rule;

/// Source of what a region reads of another; no text can name it.
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
    /// An output of a region.
    Region { region: usize, output: usize },
    /// What never changes, as bits.
    Constant(u64),
}

/// One input of a region, or one output of the whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub(crate) from: From,
    /// Only there at times where it is new.
    pub(crate) fresh: bool,
    /// A region's value that is a field of its bars (`ETH.hlc3`): missing, as any field, before the first of them.
    pub(crate) derived: bool,
}

/// The nodes of one clock.
#[derive(Debug)]
pub(crate) struct Region {
    pub(crate) plan: Arc<Plan>,
    pub(crate) clock: usize,
    pub(crate) inputs: Vec<Link>,
    /// Per slot of its plan the slot of the whole.
    pub(crate) slots: Vec<usize>,
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
        let mut cut = Cut::new(plan, &clocks);
        cut.regions(limits)?;
        let outputs = plan.outputs.iter().map(|output| cut.link(output.slot, clocks.plan)).collect();
        let streams = joined_streams(&clocks, cut.columns, &made_of)?;
        let mut joined = JoinedPlan {
            plan: plan.clone(),
            joining,
            streams,
            clock: clocks.plan,
            clocks: clocks.clocks.clone(),
            regions: cut.regions,
            outputs,
            fingerprint: [0; 32],
        };
        joined.fingerprint = joined.identify();
        Ok(joined)
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

/// What each stream's bars are given with.
fn joined_streams(
    clocks: &Clocks,
    mut columns: Vec<Vec<String>>,
    made_of: &[Option<usize>],
) -> Result<Vec<JoinedStream>, PlanError> {
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
    let parts = clocks.streams.iter().zip(&clocks.timeframes).zip(columns).zip(made);
    Ok(parts
        .map(|(((stream, timeframe), fields), made_of)| JoinedStream {
            stream: stream.clone(),
            timeframe: *timeframe,
            fields,
            made_of,
        })
        .collect())
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
    /// Per stream the fields that are read.
    columns: Vec<Vec<String>>,
    /// Per field of the plan its stream and column.
    fields: Vec<(usize, usize)>,
    regions: Vec<Region>,
    /// Per clock its region.
    region_of: HashMap<usize, usize>,
    /// Per slot that is read from outside its region, the output that shows it.
    outputs: HashMap<usize, usize>,
    /// The nodes that compute a field of bars from their other fields.
    derived: HashSet<[u8; 16]>,
    /// Per clock, how many of its slots are shown.
    shown: Vec<usize>,
}

impl<'a> Cut<'a> {
    fn new(plan: &'a Plan, clocks: &'a Clocks) -> Cut<'a> {
        let mut columns = vec![Vec::new(); clocks.streams.len()];
        let mut fields = Vec::with_capacity(plan.fields.len());
        for field in &plan.fields {
            let stream = clocks.find(&Stream::of(field)).expect("every field has a stream");
            fields.push((stream, columns[stream].len()));
            columns[stream].push(field.field.clone().expect("a plan reads fields, not sources"));
        }
        let (regions, region_of, outputs) = (Vec::new(), HashMap::new(), HashMap::new());
        let derived = derived_nodes(plan, clocks, &columns);
        Cut {
            plan,
            clocks,
            columns,
            fields,
            regions,
            region_of,
            outputs,
            derived,
            shown: vec![0; clocks.clocks.len()],
        }
    }

    /// Makes a region of every clock that has nodes, those first that others read.
    fn regions(&mut self, limits: &PlanLimits) -> Result<(), PlanError> {
        let plan = self.plan;
        for node in &plan.nodes {
            for slot in &node.inputs {
                self.show(*slot, self.clocks.of_slot[node.output]);
            }
        }
        for output in &plan.outputs {
            self.show(output.slot, None);
        }
        for clock in self.order() {
            let region = self.region(clock, limits)?;
            self.region_of.insert(clock, self.regions.len());
            self.regions.push(region);
        }
        Ok(())
    }

    /// Has a node's value shown by its region if it is read at another clock.
    fn show(&mut self, slot: usize, reader: Option<usize>) {
        if slot < self.plan.first_node_slot() || self.clocks.of_slot[slot].is_none() {
            return;
        }
        if self.clocks.of_slot[slot] != reader && !self.outputs.contains_key(&slot) {
            let clock = self.clocks.of_slot[slot].expect("what has no clock is not shown");
            self.outputs.insert(slot, self.shown[clock]);
            self.shown[clock] += 1;
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

    /// Where the value of a slot is read from at a clock.
    fn link(&self, slot: usize, reader: usize) -> Link {
        let Some(clock) = self.clocks.of_slot[slot] else {
            let constant = self.plan.constants[slot - self.plan.fields.len()];
            return Link { from: From::Constant(constant.to_bits()), fresh: false, derived: false };
        };
        let fresh = self.clocks.is_fresh(reader, clock);
        let from = match self.fields.get(slot) {
            Some((stream, column)) => From::Stream { stream: *stream, column: *column },
            None => From::Region { region: self.region_of[&clock], output: self.outputs[&slot] },
        };
        let is_node = slot >= self.plan.first_node_slot();
        let derived = is_node && self.derived.contains(&self.plan.node_of(slot).id);
        Link { from, fresh, derived }
    }

    /// The nodes of one clock as a plan.
    fn region(&self, clock: usize, limits: &PlanLimits) -> Result<Region, PlanError> {
        let whole = self.plan;
        let is_mine = |node: &&Node| self.clocks.of_slot[node.output] == Some(clock);
        let mine: Vec<&Node> = whole.nodes.iter().filter(is_mine).collect();
        let is_here =
            |slot: usize| slot >= whole.first_node_slot() && self.clocks.of_slot[slot] == Some(clock);
        let is_constant = |slot: usize| (whole.fields.len()..whole.first_node_slot()).contains(&slot);
        let is_time = |slot: usize| {
            slot >= whole.first_node_slot() && matches!(whole.node_of(slot).operation, Operation::Time)
        };
        let mut read: Vec<usize> = Vec::new();
        for slot in mine.iter().flat_map(|node| &node.inputs) {
            if !is_here(*slot) && !read.contains(slot) {
                read.push(*slot);
            }
        }
        let (constants, read): (Vec<usize>, Vec<usize>) = read.into_iter().partition(|s| is_constant(*s));
        let (times, given): (Vec<usize>, Vec<usize>) = read.into_iter().partition(|s| is_time(*s));
        let inputs = given.iter().map(|slot| self.link(*slot, clock)).collect();
        let mut slots: Vec<usize> = given.iter().chain(&constants).chain(&times).copied().collect();
        let mut nodes: Vec<Node> = Vec::with_capacity(times.len() + mine.len());
        let first = given.len() + constants.len();
        nodes.extend(times.iter().enumerate().map(|(at, _)| Node {
            operation: Operation::Time,
            inputs: Vec::new(),
            output: first + at,
            id: [0; 16],
        }));
        let mut places: HashMap<usize, usize> =
            slots.iter().enumerate().map(|(place, slot)| (*slot, place)).collect();
        for node in mine {
            let operation = self.operation(node, clock)?;
            let output = slots.len();
            for slot in node.output..node.output + node.width() {
                places.insert(slot, slots.len());
                slots.push(slot);
            }
            let inputs = node.inputs.iter().map(|slot| places[slot]).collect();
            nodes.push(Node { operation, inputs, output, id: [0; 16] });
        }
        let timeframe_ns = nodes.iter().find_map(|node| match node.operation {
            Operation::TimeShift { timeframe_ns, .. } => timeframe_ns,
            _ => None,
        });
        let mut shown: Vec<(usize, usize)> = self
            .outputs
            .iter()
            .filter(|(slot, _)| self.clocks.of_slot[**slot] == Some(clock))
            .map(|(slot, place)| (*place, *slot))
            .collect();
        shown.sort_unstable();
        let output = |(_, slot): (usize, usize)| Output {
            name: format!("s{slot}"),
            slot: places[&slot],
            is_bool: false,
            rows: Rows::All,
        };
        let mut plan = Plan {
            fields: given.iter().map(|slot| self.field(*slot)).collect(),
            constants: constants.iter().map(|slot| whole.constants[slot - whole.fields.len()]).collect(),
            nodes,
            outputs: shown.into_iter().map(output).collect(),
            bar_fields: Err(0),
            undefined_constant: whole.undefined_constant.clone(),
            undefined: None,
            timeframe_ns,
            fingerprint: [0; 32],
        };
        plan.seal(limits)?;
        Ok(Region { plan: Arc::new(plan), clock, inputs, slots })
    }

    /// What a region calls a slot of the whole that it reads.
    fn field(&self, slot: usize) -> SourceRef {
        match self.plan.fields.get(slot) {
            Some(field) => field.clone(),
            None => {
                let id: String =
                    self.plan.node_of(slot).id.iter().map(|byte| format!("{byte:02x}")).collect();
                let symbol = Some(format!("{id}.{}", slot - self.plan.node_of(slot).output));
                SourceRef { symbol, ..SourceRef::of(JOINED, Some(&self.plan.describe(slot))) }
            }
        }
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
