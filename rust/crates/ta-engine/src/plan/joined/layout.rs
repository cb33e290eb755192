//! The row of a plan over several streams, and its nodes cut into regions, one per clock.
//!
//! The joined row has the fields of all streams first, then the places of what is only there when it is new, the
//! constants, and the nodes' outputs region by region. What a region reads of another, or of a stream, it reads where it
//! stands: there is what was last written, which is the value as of then.

use std::collections::HashMap;

use super::clocks::{Clock, Clocks};
use super::{From, Input, JoinedStream, Link, Region};
use crate::calendar::{Calendar, Timeframe};
use crate::lang::ir::SourceRef;
use crate::plan::operation::Operation;
use crate::plan::streams::{JOINED, Stream};
use crate::plan::{Node, Plan, PlanError, PlanLimits, check_duration};

/// Per stream the fields that are read, and per field of the plan its stream and its place among them.
pub(super) fn read_fields(plan: &Plan, clocks: &Clocks) -> (Vec<Vec<String>>, Vec<(usize, usize)>) {
    let mut columns = vec![Vec::new(); clocks.streams.len()];
    let mut fields = Vec::with_capacity(plan.fields.len());
    for field in &plan.fields {
        let stream = clocks.find(&Stream::of(field)).expect("every field has a stream");
        fields.push((stream, columns[stream].len()));
        columns[stream].push(field.field.clone().expect("a plan reads fields, not sources"));
    }
    (columns, fields)
}

/// A plan as it is computed over several streams.
pub(super) struct Layout {
    /// Over the joined row, region by region.
    pub(super) joined: Plan,
    /// Per slot of the joined row that of the plan.
    pub(super) slots: Vec<Option<usize>>,
    /// Per slot of the plan that of the joined row.
    pub(super) places: HashMap<usize, usize>,
    pub(super) regions: Vec<Region>,
    pub(super) outputs: Vec<Link>,
}

impl Layout {
    /// Lays out a plan over these streams; `fields` says of each field of the plan which it is of them.
    pub(super) fn of(
        plan: &Plan,
        clocks: &Clocks,
        fields: Vec<(usize, usize)>,
        streams: &[JoinedStream],
        calendar: &Calendar,
        limits: &PlanLimits,
    ) -> Result<Layout, PlanError> {
        let mut cut = Cut::new(plan, clocks, fields, calendar);
        cut.lay_out(streams)?;
        let outputs: Vec<Link> =
            plan.outputs.iter().map(|output| cut.link(output.slot, clocks.plan)).collect();
        let Cut { sources, slots, places, nodes, regions, .. } = cut;
        let mut joined = Plan {
            fields: sources,
            constants: plan.constants.clone(),
            nodes,
            outputs: Vec::new(),
            bar_fields: Err(0),
            undefined_constant: plan.undefined_constant.clone(),
            undefined: None,
            timeframe_ns: None,
            spacing: None,
            state_bytes: 0,
            universe_bytes: limits.universe_bytes,
            fingerprint: [0; 32],
        };
        // Every region has the time of its own bars; the rule's nodes have been counted without.
        joined.seal_windows(limits)?;
        Ok(Layout { joined, slots, places, regions, outputs })
    }
}

/// A plan while it is cut.
struct Cut<'a> {
    plan: &'a Plan,
    /// That of all bars.
    calendar: &'a Calendar,
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
    fn new(
        plan: &'a Plan,
        clocks: &'a Clocks,
        fields: Vec<(usize, usize)>,
        calendar: &'a Calendar,
    ) -> Cut<'a> {
        Cut {
            plan,
            calendar,
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

    /// What a clock reads of a slot, and where.
    fn input(&self, slot: usize, clock: usize) -> Input {
        let link = self.link(slot, clock);
        Input { link, place: self.fresh.get(&(clock, slot)).copied().unwrap_or(link.slot) }
    }

    /// How the value of a slot is read at a clock.
    fn link(&self, slot: usize, reader: usize) -> Link {
        let from = match (self.clocks.of_slot[slot], self.fields.get(slot)) {
            (_, Some((stream, column))) => From::Stream { stream: *stream, column: *column },
            (Some(clock), None) => From::Region { region: self.region_of[&clock], output: self.shown[&slot] },
            (None, None) => From::Constant,
        };
        Link { from, slot: self.places[&slot], fresh: self.is_fresh(slot, reader) }
    }

    /// Puts the nodes of one clock behind those that are there.
    fn region(&mut self, clock: usize, reads: &[usize]) -> Result<Region, PlanError> {
        let whole = self.plan;
        let (first, begin) = (self.nodes.len(), self.slots.len());
        let inputs: Vec<Input> = reads.iter().map(|slot| self.input(*slot, clock)).collect();
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
        let mut read_clocks: Vec<usize> =
            reads.iter().filter_map(|slot| self.clocks.of_slot[*slot]).collect();
        read_clocks.sort_unstable();
        read_clocks.dedup();
        Ok(Region {
            clock,
            nodes: first..self.nodes.len(),
            slots: begin..self.slots.len(),
            time_slot,
            inputs,
            read_clocks,
            shown: self.shows[clock].iter().map(|slot| self.places[slot]).collect(),
        })
    }

    /// What a clock calls a slot of the plan that it reads only where it is new.
    fn fresh_source(&self, slot: usize, clock: usize) -> SourceRef {
        let read = match self.plan.fields.get(slot) {
            Some(_) => self.plan.describe(slot),
            None => {
                let node = self.plan.node_of(slot);
                let id: String = node.id.iter().map(|byte| format!("{byte:02x}")).collect();
                format!("{id}.{}", slot - node.output)
            }
        };
        let Clock { streams, all } = &self.clocks.clocks[clock];
        let names: Vec<String> = streams.iter().map(|stream| self.clocks.streams[*stream].name()).collect();
        let symbol = Some(format!("{read} at {}", names.join(if *all { " and " } else { " or " })));
        SourceRef { symbol, ..SourceRef::of(JOINED, Some(&self.plan.describe(slot))) }
    }

    /// A node's operation at its clock: durations are measured in its bars.
    fn operation(&self, node: &Node, clock: usize) -> Result<Operation, PlanError> {
        let (span, kind) = match &node.operation {
            Operation::TimeShift { span, kind, .. } => (span, kind),
            Operation::Interval { reading, .. } => {
                return Ok(Operation::Interval { reading: *reading, calendar: Some(self.calendar.clone()) });
            }
            operation => return Ok(operation.clone()),
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
