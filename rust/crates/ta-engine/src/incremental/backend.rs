//! A session: a plan, its state, and one pass over the nodes per bar.
//!
//! Nothing is looked up by name and nothing is allocated once a session is built.

use std::hint::cold_path;
use std::slice::ChunksMut;
use std::sync::Arc;

use super::contracts::{
    Availability, Bar, BarField, Counters, Event, MissingInput, OnError, Policies, Reason, StepError,
    StepOutput, StepValue,
};
use super::kernel_registry::{SingleNode, Wiring, single};
use super::node_adapters::{Aggregate, Shift, TimeShift, TimeSpan};
use super::ordering::{Admission, admit, admit_column, check_spacing, comes_next};
use super::plain_nodes::{Slots, TimeNode, plain_single};
use super::state::{PutBack, canonical_bits};
use crate::batch::{Columns, LookThrough, Scratch};
use crate::isa::{Best, Instructions};
use crate::lanes::Lanes;
use crate::plan::{Node, Operation, Plan, PlanError, time_us};

/// Bars per chunk of a run: the columns of a usual rule stay in the nearest cache, the processor fetches the next chunk
/// while it computes this one, and windows of usual periods find blocks for every lane in it.
const CHUNK: usize = 320;

/// One bar through the nodes, in the plan's order.
#[inline(always)]
fn pass(nodes: &mut [Box<dyn SingleNode>], row: &mut [f64]) {
    for node in nodes {
        node.step(row);
    }
}

/// Events that became no bar. Those that did are counted by the position.
#[derive(Clone, Copy, Default)]
pub(crate) struct NotApplied {
    pub(crate) duplicate: u64,
    pub(crate) late: u64,
    pub(crate) rejected: u64,
}

/// A plan and the state of one symbol.
pub struct Session {
    pub(crate) plan: Arc<Plan>,
    pub(crate) policies: Policies,
    pub(crate) nodes: Vec<Box<dyn SingleNode>>,
    /// One number per slot; the last bar's between steps.
    pub(crate) row: Vec<f64>,
    /// Bars taken.
    pub(crate) position: u64,
    /// Time of the last bar; the outer `None` before the first.
    pub(crate) last_time: Option<Option<i64>>,
    pub(crate) not_applied: NotApplied,
    /// The last bar's results, once asked for: see [`last_values`](Session::last_values).
    pub(crate) values: Vec<StepValue>,
    pub(super) is_told: bool,
    /// What a refused bar gives where the policy is to go on; scratch.
    failed: Vec<StepValue>,
    /// Per field, what it is when it has no value: what a session is fed may be another's result.
    pub(crate) absences: Box<[Availability]>,
    /// Per slot, what its value is; scratch.
    pub(super) states: Vec<(Availability, Option<Reason>)>,
    memory: Vec<u64>,
    kept_row: Vec<f64>,
    kept_values: Vec<StepValue>,
    kept_counts: (NotApplied, u64, Option<Option<i64>>),
    scratch: Option<Scratch<f64>>,
    /// What the plan says, at hand: which field of a bar goes to which slot, and where the outputs stand.
    bar_fields: Box<[BarField]>,
    pub(super) output_slots: Box<[usize]>,
    /// Policy: a missing field keeps its last value.
    holds: bool,
    /// A bar in order cannot be refused.
    is_quick: bool,
    /// Where the bar's time goes, where the rule reads it.
    time_slot: Option<usize>,
    best: Best,
}

/// Builds the node of a plan for one symbol.
fn build(node: &Node, best: Best) -> Result<Box<dyn SingleNode>, PlanError> {
    let wiring = Wiring { inputs: node.inputs.clone(), output: node.output };
    Ok(match &node.operation {
        Operation::Plain(op) => plain_single(*op, Slots::of(node), best),
        Operation::Shift { rows, kind } => single::<Shift<f64>, 1, 1>(&(*rows, *kind), &wiring, best),
        Operation::TimeShift { .. } => {
            single::<TimeShift<f64>, 2, 1>(&TimeSpan::of(&node.operation)?, &wiring, best)
        }
        Operation::Time => Box::new(TimeNode),
        Operation::Aggregate(kind) => single::<Aggregate<f64>, 1, 1>(kind, &wiring, best),
        Operation::Kernel { entry, params } => (entry.single)(params, &wiring, best),
    })
}

impl Session {
    /// A session that has seen nothing.
    ///
    /// # Errors
    /// [`PlanError::TimeframeNeeded`] where a shift is a duration: see [`Plan::at_timeframe`].
    pub fn new(
        plan: Arc<Plan>,
        policies: Policies,
        instructions: Instructions,
    ) -> Result<Session, PlanError> {
        if plan.needs_timeframe() {
            return Err(plan.timeframe_needed());
        }
        let best = Best::of(instructions);
        let nodes = plan.nodes.iter().map(|node| build(node, best)).collect::<Result<_, _>>()?;
        let mut row = vec![f64::NAN; plan.slot_count()];
        row[plan.fields.len()..plan.first_node_slot()].copy_from_slice(&plan.constants);
        let nothing = StepValue { value: f64::NAN, availability: Availability::WarmingUp, reason: None };
        let mut session = Session {
            policies,
            nodes,
            kept_row: row.clone(),
            kept_values: vec![nothing; plan.outputs.len()],
            kept_counts: (NotApplied::default(), 0, None),
            absences: vec![Availability::MissingInput; plan.fields.len()].into(),
            states: vec![(Availability::Ready, None); row.len()],
            row,
            position: 0,
            last_time: None,
            not_applied: NotApplied::default(),
            values: vec![nothing; plan.outputs.len()],
            is_told: true,
            failed: vec![nothing; plan.outputs.len()],
            memory: Vec::new(),
            scratch: None,
            bar_fields: plan.bar_fields().unwrap_or_default().into(),
            output_slots: plan.outputs.iter().map(|output| output.slot).collect(),
            holds: policies.missing_input == MissingInput::HoldPrevious,
            time_slot: plan.time_slot(),
            is_quick: policies.missing_input != MissingInput::Fail
                && plan.time_slot().is_none()
                && plan.undefined.is_none()
                && plan.bar_fields().is_ok(),
            best,
            plan,
        };
        // So that the first preview allocates nothing.
        session.remember();
        session.memory.clear();
        Ok(session)
    }

    /// The plan it runs.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// How it behaves.
    pub fn policies(&self) -> Policies {
        self.policies
    }

    /// Bars taken.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// When the last bar closed, where events have times.
    pub fn last_time_ns(&self) -> Option<i64> {
        self.last_time.flatten()
    }

    /// Which instructions it uses.
    pub fn instructions(&self) -> Instructions {
        self.best.instructions()
    }

    /// What became of the events.
    pub fn counters(&self) -> Counters {
        let (applied, NotApplied { duplicate, late, rejected }) = (self.position, self.not_applied);
        Counters { received: applied + duplicate + late + rejected, applied, duplicate, late, rejected }
    }

    /// Takes one closed bar and gives the value of every output.
    ///
    /// # Errors
    /// Where the event is refused; the session is as it was.
    pub fn step(&mut self, event: &Event<'_>) -> Result<StepOutput<'_>, StepError> {
        let values = match self.take(event) {
            Ok(admission) => {
                self.tell(admission);
                &self.values
            }
            Err(error) => {
                let value = self.swallow(error)?;
                self.failed.fill(value);
                &self.failed
            }
        };
        Ok(StepOutput { time_ns: event.time_ns, values, revision: 0, is_final: true })
    }

    /// [`step`](Session::step) for a bar with the usual five fields.
    ///
    /// # Errors
    /// As `step`; [`StepError::NoSuchField`] where the plan reads another field.
    pub fn step_bar(&mut self, bar: &Bar) -> Result<StepOutput<'_>, StepError> {
        let mut inputs = [f64::NAN; 5];
        let inputs = self.bar_inputs(bar, &mut inputs)?;
        self.step(&Event { time_ns: bar.time_ns, inputs })
    }

    /// The fast door: takes a bar and gives the first output's number; NaN when it is not ready.
    ///
    /// # Errors
    /// As [`step_bar`](Session::step_bar).
    #[inline]
    pub fn step_value(&mut self, bar: &Bar) -> Result<f64, StepError> {
        match self.quick_step(bar) {
            Some(value) => Ok(value),
            None => self.step_value_with_care(bar),
        }
    }

    /// A bar that cannot be refused, where it comes next.
    fn quick_step(&mut self, bar: &Bar) -> Option<f64> {
        if !(self.is_quick && comes_next(self.last_time, bar.time_ns)) {
            cold_path();
            return None;
        }
        let fields = bar.fields();
        for (last, field) in self.row.iter_mut().zip(&self.bar_fields) {
            put(last, fields[*field as usize], self.holds);
        }
        self.count_bar(bar.time_ns);
        pass(&mut self.nodes, &mut self.row);
        Some(self.row[self.output_slots[0]])
    }

    /// A bar that may be refused.
    #[cold]
    fn step_value_with_care(&mut self, bar: &Bar) -> Result<f64, StepError> {
        let mut inputs = [f64::NAN; 5];
        let inputs = self.bar_inputs(bar, &mut inputs)?;
        match self.take(&Event { time_ns: bar.time_ns, inputs }) {
            Ok(_) => Ok(self.last_values()[0].value),
            Err(error) => Ok(self.swallow(error)?.value),
        }
    }

    /// What [`step`](Session::step) would give for a forming bar; the state stays as it is, bit for bit.
    ///
    /// # Errors
    /// As `step`.
    pub fn preview(&mut self, event: &Event<'_>, out: &mut Vec<StepValue>) -> Result<(), StepError> {
        self.begin_trial();
        let taken = self.take(event).map(|admission| self.tell(admission));
        out.clone_from(&self.values);
        self.end_trial();
        if let Err(error) = taken {
            out.fill(self.swallow(error)?);
        }
        Ok(())
    }

    /// Remembers what one bar may change, so that [`end_trial`](Session::end_trial) can put it back.
    pub(crate) fn begin_trial(&mut self) {
        self.last_values();
        self.kept_counts = (self.not_applied, self.position, self.last_time);
        self.kept_row.copy_from_slice(&self.row);
        self.kept_values.copy_from_slice(&self.values);
        self.remember();
    }

    /// Puts back, bit for bit, what was there before the one bar, or none, that was taken since.
    pub(crate) fn end_trial(&mut self) {
        let mut memory = PutBack(self.memory.iter());
        for node in &mut self.nodes {
            node.put_back(&mut memory);
        }
        self.row.copy_from_slice(&self.kept_row);
        self.values.copy_from_slice(&self.kept_values);
        self.is_told = true;
        (self.not_applied, self.position, self.last_time) = self.kept_counts;
    }

    /// Takes many bars: `columns` has one slice per field of the plan, `outputs` one per output, all of one length.
    ///
    /// # Errors
    /// Where a time is out of order, a shape does not fit or a policy fails; nothing is taken then.
    pub fn run(
        &mut self,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) -> Result<(), StepError> {
        let bars = self.check_run(times_ns, columns, outputs)?;
        if bars > 0 {
            self.run_admitted(bars, times_ns, columns, outputs);
        }
        Ok(())
    }

    /// [`run`](Session::run) of bars, one at least, that somebody has checked.
    pub(crate) fn run_admitted(
        &mut self,
        bars: usize,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) {
        let mut scratch = self.scratch.take().unwrap_or_else(|| self.new_scratch());
        let mut chunk = scratch.columns();
        let mut places: Vec<_> = outputs.iter_mut().map(|out| out.chunks_mut(CHUNK)).collect();
        let mut start = 0;
        while start < bars {
            chunk.begin(CHUNK.min(bars - start));
            if let (Some(slot), Some(times)) = (self.time_slot, times_ns) {
                for (place, time_ns) in chunk.computed(slot).iter_mut().zip(&times[start..]) {
                    *place = time_us(*time_ns);
                }
            }
            self.run_chunk(&mut chunk, columns, start, &mut places);
            start += chunk.bars();
        }
        for (slot, x) in self.row.iter_mut().enumerate() {
            *x = *chunk.column(slot).last().expect("a chunk has a bar");
        }
        self.scratch = Some(scratch);
        self.position += bars as u64;
        self.last_time = Some(times_ns.map(|times| times[bars - 1]));
        self.is_told = false;
    }

    fn new_scratch(&self) -> Scratch<f64> {
        let computed = self.plan.slot_count() - self.plan.first_node_slot();
        Scratch::new(self.plan.fields.len(), &self.plan.constants, computed, CHUNK)
    }

    /// Takes the bars from `start` on, as many as the chunk has.
    fn run_chunk<'a>(
        &mut self,
        chunk: &mut Columns<'a, f64>,
        columns: &[&'a [f64]],
        start: usize,
        places: &mut [ChunksMut<'a, f64>],
    ) {
        let plan = &self.plan;
        for (slot, column) in columns.iter().enumerate() {
            chunk.give(slot, &column[start..][..chunk.bars()]);
        }
        if self.holds {
            for (slot, last) in self.row[..columns.len()].iter_mut().enumerate() {
                self.best.run(chunk, LookThrough(slot));
                if !chunk.is_ready(slot) {
                    hold(chunk.space(slot), *last);
                    chunk.filled(slot);
                }
                *last = *chunk.column(slot).last().expect("a chunk has a bar");
            }
        }
        // Each computed slot's column is the first output that shows it; the others are copied from there.
        let is_copy = |at: usize, slot: usize| {
            slot < plan.first_node_slot() || plan.outputs[..at].iter().any(|other| other.slot == slot)
        };
        for (at, output) in plan.outputs.iter().enumerate() {
            if !is_copy(at, output.slot) {
                chunk.place(output.slot, places[at].next().expect("a place per chunk"));
            }
        }
        for node in &mut self.nodes {
            node.run(chunk);
        }
        for (at, output) in plan.outputs.iter().enumerate() {
            if is_copy(at, output.slot) {
                let place = places[at].next().expect("a place per chunk");
                self.best.run(chunk, LookThrough(output.slot));
                place.copy_from_slice(chunk.column(output.slot));
            }
        }
    }

    fn check_run(
        &mut self,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        outputs: &[&mut [f64]],
    ) -> Result<usize, StepError> {
        self.check_defined()?;
        let shape = |what, given, needed| {
            if given == needed { Ok(()) } else { Err(StepError::Shape { what, given, needed }) }
        };
        shape("columns", columns.len(), self.plan.fields.len())?;
        shape("outputs", outputs.len(), self.plan.outputs.len())?;
        let bars = match (times_ns, columns.first(), outputs.first()) {
            (Some(times), ..) => times.len(),
            (None, Some(column), _) => column.len(),
            (None, None, Some(output)) => output.len(),
            (None, None, None) => 0,
        };
        for column in columns {
            shape("rows of a column", column.len(), bars)?;
        }
        for output in outputs {
            shape("rows of an output", output.len(), bars)?;
        }
        admit_column(self.last_time, times_ns)?;
        self.check_time(times_ns.is_some())?;
        if let (Some(spacing_ns), Some(times)) = (self.plan.spacing_ns(), times_ns) {
            check_spacing(self.last_time_ns(), times, spacing_ns)?;
        }
        if self.policies.missing_input == MissingInput::Fail {
            for (slot, column) in columns.iter().enumerate() {
                if let Some(row) = column.iter().position(|x| !x.is_finite()) {
                    return Err(StepError::MissingInput { field: self.plan.describe(slot), row: Some(row) });
                }
            }
        }
        Ok(bars)
    }

    /// A rule with durations needs to know when its bars are.
    fn check_time(&self, is_known: bool) -> Result<(), StepError> {
        match self.time_slot {
            Some(_) if !is_known => Err(StepError::Time("the rule has durations: every bar needs a time")),
            _ => Ok(()),
        }
    }

    fn check_defined(&self) -> Result<(), StepError> {
        match &self.plan.undefined {
            Some(part) => Err(StepError::Undefined { part: part.clone() }),
            None => Ok(()),
        }
    }

    fn bar_inputs<'a>(&self, bar: &Bar, inputs: &'a mut [f64; 5]) -> Result<&'a [f64], StepError> {
        let fields = self
            .plan
            .bar_fields()
            .map_err(|slot| StepError::NoSuchField { field: self.plan.describe(slot) })?;
        let bar = bar.fields();
        for (input, field) in inputs.iter_mut().zip(fields) {
            *input = bar[*field as usize];
        }
        Ok(&inputs[..fields.len()])
    }

    /// Admits an event and computes every node, or changes nothing but the counters.
    #[inline]
    fn take(&mut self, event: &Event<'_>) -> Result<Admission, StepError> {
        let admission = match admit(self.last_time, event.time_ns) {
            Ok(admission) => admission,
            Err(error) => {
                self.count_refused(&error);
                return Err(error);
            }
        };
        if let Err(error) = self.check_event(event, admission) {
            self.count_refused(&error);
            return Err(error);
        }
        if admission == Admission::SameTime {
            self.not_applied.duplicate += 1;
            return Ok(admission);
        }
        for (last, x) in self.row.iter_mut().zip(event.inputs) {
            put(last, *x, self.holds);
        }
        self.compute(event.time_ns);
        Ok(admission)
    }

    fn count_refused(&mut self, error: &StepError) {
        match error {
            StepError::Order { .. } => self.not_applied.late += 1,
            _ => self.not_applied.rejected += 1,
        }
    }

    /// Puts the fields of a bar that somebody else has admitted into the row, each with what it is.
    pub(crate) fn put_fields(&mut self, fields: impl Iterator<Item = (f64, Availability)>) {
        for ((last, absence), field) in self.row.iter_mut().zip(&mut self.absences).zip(fields) {
            (*last, *absence) = field;
        }
    }

    /// Computes every node from the fields in the row and counts the bar.
    #[inline]
    pub(crate) fn compute(&mut self, time_ns: Option<i64>) {
        if self.time_slot.is_some() {
            self.put_time(time_ns);
        }
        pass(&mut self.nodes, &mut self.row);
        self.count_bar(time_ns);
    }

    #[inline(always)]
    fn count_bar(&mut self, time_ns: Option<i64>) {
        self.position += 1;
        self.last_time = Some(time_ns);
        self.is_told = false;
    }

    /// Puts the bar's time where the rule reads it: apart, so that those that do not read it need not reckon it.
    #[inline(never)]
    fn put_time(&mut self, time_ns: Option<i64>) {
        if let (Some(slot), Some(time_ns)) = (self.time_slot, time_ns) {
            self.row[slot] = time_us(time_ns);
        }
    }

    #[inline]
    fn check_event(&self, event: &Event<'_>, admission: Admission) -> Result<(), StepError> {
        if self.plan.undefined.is_some() {
            return self.check_defined();
        }
        let (given, needed) = (event.inputs.len(), self.plan.fields.len());
        if given != needed {
            return Err(StepError::Shape { what: "fields", given, needed });
        }
        if self.policies.missing_input == MissingInput::Fail
            && let Some(slot) = event.inputs.iter().position(|x| !x.is_finite())
        {
            return Err(StepError::MissingInput { field: self.plan.describe(slot), row: None });
        }
        self.check_time(event.time_ns.is_some())?;
        if let (Admission::Next, Some(spacing_ns), Some(time_ns)) =
            (admission, self.plan.spacing_ns(), event.time_ns)
        {
            check_spacing(self.last_time_ns(), &[time_ns], spacing_ns)?;
        }
        if admission == Admission::SameTime && !self.repeats(event.inputs) {
            let time_ns = self.last_time.flatten().expect("a bar of the same time has a time");
            return Err(StepError::Order { event_ns: time_ns, last_ns: time_ns });
        }
        Ok(())
    }

    /// True where the inputs are the last bar's.
    fn repeats(&self, inputs: &[f64]) -> bool {
        self.row.iter().zip(inputs).all(|(last, x)| {
            let x = x.finite_or_nan();
            canonical_bits(*last) == canonical_bits(x) || (self.holds && x.is_nan())
        })
    }

    /// Applies the error policy: what every output gives in place of the error.
    fn swallow(&self, error: StepError) -> Result<StepValue, StepError> {
        let availability = match (self.policies.on_error, &error) {
            (OnError::EmitError, StepError::MissingInput { .. }) => Availability::Error,
            (OnError::EmitMissing, StepError::MissingInput { .. }) => Availability::MissingInput,
            // Disorder and misuse are the caller's, whatever the policy.
            _ => return Err(error),
        };
        Ok(StepValue { value: f64::NAN, availability, reason: None })
    }

    fn remember(&mut self) {
        self.memory.clear();
        for node in &mut self.nodes {
            node.remember(&mut self.memory);
        }
    }
}

/// Puts a field's value into its slot.
#[inline(always)]
fn put(last: &mut f64, x: f64, holds: bool) {
    if x.is_ready() {
        *last = x;
    } else {
        cold_path();
        *last = if holds { *last } else { f64::NAN };
    }
}

/// Puts the last good value in place of each missing one.
fn hold(column: &mut [f64], before: f64) {
    let mut last = before;
    for x in column {
        if x.is_nan() {
            *x = last;
        }
        last = *x;
    }
}
