//! The nodes of a plan, their state, and the row they work on: what computes, for sessions of one stream and of several.

use std::hint::cold_path;
use std::ops::Range;
use std::slice::ChunksMut;
use std::sync::Arc;

use super::contracts::{Availability, Reason, StepError};
use super::function_node::Fault;
use super::node::SingleNode;
use super::nodes::{OneSymbol, build_all};
use super::state::PutBack;
use super::watch::{Interrupted, Watch};
use crate::catalog::function::{Memory, Needs};
use crate::incremental::columns::{Columns, LookThrough, Scratch};
use crate::isa::Best;
use crate::lanes::Lanes;
use crate::plan::operation::Operation;
use crate::plan::{Node, Plan, PlanError, time_us};

/// Bars per chunk of a run, at least: the columns of a usual rule stay in the nearest cache, and the processor fetches the
/// next chunk while it computes this one.
const CHUNK: usize = 320;
/// A chunk is to hold so many blocks of a window, for whole blocks go abreast; of longer windows, so few at least.
const BLOCKS: usize = 16;
const FEWEST: usize = 5;
/// Longer chunks, and more bytes of all columns, leave the caches that make them quick.
const LONGEST_CHUNK: usize = 1_600;
const MOST_BYTES: usize = 512 << 10;

/// Bars per chunk of a run of this plan: enough for its longest window that can go abreast.
fn chunk_of(plan: &Plan) -> usize {
    let block = |node: &Node| match &node.operation {
        Operation::Kernel { spec, params } => spec.kernel_timing(params, 0.5).block,
        _ => 0,
    };
    let blocks = plan.nodes.iter().map(block).filter(|bars| bars * FEWEST <= LONGEST_CHUNK);
    let chunk = (blocks.max().unwrap_or(0) * BLOCKS).next_multiple_of(CHUNK).clamp(CHUNK, LONGEST_CHUNK);
    let fits = chunk * plan.slot_count() <= MOST_BYTES / size_of::<f64>();
    if fits { chunk } else { CHUNK }
}

/// One bar through the nodes, in the plan's order.
#[inline(always)]
pub(super) fn step_nodes(nodes: &mut [Box<dyn SingleNode>], row: &mut [f64]) {
    for node in nodes {
        node.step(row);
    }
}

/// Why not all bars were taken.
pub(crate) enum Unfinished {
    /// Whoever waits gave it up.
    Interrupted,
    /// A function failed.
    Fault(Fault),
}

impl From<Interrupted> for Unfinished {
    fn from(_: Interrupted) -> Unfinished {
        Unfinished::Interrupted
    }
}

impl From<Unfinished> for StepError {
    fn from(why: Unfinished) -> StepError {
        match why {
            Unfinished::Interrupted => StepError::Interrupted,
            Unfinished::Fault(fault) => fault.into(),
        }
    }
}

impl From<Fault> for StepError {
    fn from(Fault { function, why, bar }: Fault) -> StepError {
        StepError::Function { name: function.to_owned(), why, row: bar }
    }
}

/// What a value is and why.
pub(super) type Explained = (Availability, Option<Reason>);

/// The nodes of a plan for one symbol.
pub(crate) struct Machine {
    pub(crate) plan: Arc<Plan>,
    pub(crate) nodes: Vec<Box<dyn SingleNode>>,
    /// One number per slot; the last bar's between steps.
    pub(crate) row: Vec<f64>,
    /// Per slot, what it is while it has no value; of nodes' slots as it was last [explained](Machine::explain).
    pub(super) explained: Vec<Explained>,
    memory: Vec<u64>,
    kept_row: Vec<f64>,
    kept_explained: Vec<Explained>,
    scratch: Option<Scratch<f64>>,
    /// Bars per chunk of a run.
    chunk: usize,
    /// Functions outside the engine: they alone can fail.
    functions: Box<[usize]>,
    /// One of them is called with all bars of a run at once.
    runs_at_once: bool,
    best: Best,
}

/// Many bars of some nodes.
pub(crate) struct Stretch<'a, 's> {
    /// Which.
    pub(crate) nodes: Range<usize>,
    /// How many, one at least.
    pub(crate) bars: usize,
    /// Where the nodes read when they closed.
    pub(crate) times: Option<(usize, &'a [i64])>,
    /// Slots that are read and not written, and their columns.
    pub(crate) given: &'s [(usize, &'a [f64])],
    /// Slots whose columns are wanted.
    pub(crate) wanted: &'s [usize],
    /// A missing field keeps its last value.
    pub(crate) holds: bool,
}

impl Machine {
    /// One that has seen nothing.
    ///
    /// # Errors
    /// [`PlanError::TimeframeNeeded`] where a shift is a duration: see [`Plan::at_timeframe`].
    pub(crate) fn new(plan: Arc<Plan>, best: Best) -> Result<Machine, PlanError> {
        let nodes = build_all(&plan, OneSymbol(best))?;
        let mut row = vec![f64::NAN; plan.slot_count()];
        row[plan.fields.len()..plan.first_node_slot()].copy_from_slice(&plan.constants);
        let explained = |slot: usize| match slot {
            _ if slot < plan.fields.len() => (Availability::MissingInput, Some(Reason::MissingField(slot))),
            _ if slot < plan.first_node_slot() => (Availability::MissingInput, Some(Reason::Undefined(slot))),
            _ => (Availability::WarmingUp, None),
        };
        let explained: Vec<Explained> = (0..row.len()).map(explained).collect();
        let (kept_row, kept_explained) = (row.clone(), explained.clone());
        let (memory, scratch, chunk) = (Vec::new(), None, chunk_of(&plan));
        let at_once = |needs: Needs| matches!(needs.memory, Memory::Window(_) | Memory::WholeHistory);
        let runs_at_once = plan.functions().any(|(_, needs)| at_once(needs));
        let functions = (0..nodes.len()).filter(|at| plan.nodes[*at].operation.is_function()).collect();
        let mut machine = Machine {
            plan,
            nodes,
            row,
            explained,
            memory,
            kept_row,
            kept_explained,
            scratch,
            chunk,
            functions,
            runs_at_once,
            best,
        };
        // So that the first trial allocates nothing.
        machine.begin_trial();
        machine.memory.clear();
        Ok(machine)
    }

    pub(crate) fn best(&self) -> Best {
        self.best
    }

    /// Puts a bar's time where nodes read it: apart, so that where none does it need not be reckoned.
    #[inline(never)]
    pub(super) fn put_time(&mut self, slot: usize, time_ns: i64) {
        self.row[slot] = time_us(time_ns);
    }

    /// Remembers what one bar may change, so that [`end_trial`](Machine::end_trial) can put it back.
    pub(crate) fn begin_trial(&mut self) {
        self.kept_row.copy_from_slice(&self.row);
        self.kept_explained.copy_from_slice(&self.explained);
        self.memory.clear();
        for node in &mut self.nodes {
            node.remember(&mut self.memory);
        }
    }

    /// Puts back, bit for bit, what was there before the one bar, or none, that was taken since.
    pub(crate) fn end_trial(&mut self) {
        let mut memory = PutBack(self.memory.iter());
        for node in &mut self.nodes {
            node.put_back(&mut memory);
        }
        self.row.copy_from_slice(&self.kept_row);
        self.explained.copy_from_slice(&self.kept_explained);
    }

    /// True where a node can fail.
    pub(crate) fn can_fail(&self) -> bool {
        !self.functions.is_empty()
    }

    /// What went wrong in a function since it was last asked, of the first that failed.
    pub(crate) fn fault(&mut self) -> Option<Fault> {
        let mut first = None;
        for at in &self.functions {
            first = first.or(self.nodes[*at].fault());
        }
        first
    }

    /// Takes many bars through some nodes; `outputs` has a column for each slot that is wanted. What is given stays in
    /// the row as it was, but where its last value is held. Where it is given up, what it has done is of no use.
    pub(crate) fn run(
        &mut self,
        stretch: &Stretch<'_, '_>,
        outputs: &mut [&mut [f64]],
        watch: &mut dyn Watch,
    ) -> Result<(), Unfinished> {
        if self.runs_at_once && self.chunk < stretch.bars {
            (self.chunk, self.scratch) = (stretch.bars, None);
        }
        let mut scratch = self.scratch.take().unwrap_or_else(|| self.new_scratch());
        let mut chunk = scratch.columns();
        let mut places: Vec<_> = outputs.iter_mut().map(|out| out.chunks_mut(self.chunk)).collect();
        let is_copy = self.find_copies(stretch.wanted);
        let mut start = 0;
        while start < stretch.bars {
            watch.look()?;
            chunk.begin(self.chunk.min(stretch.bars - start));
            self.run_chunk(&mut chunk, stretch, start, &mut places, &is_copy);
            if let Some(fault) = self.fault() {
                return Err(Unfinished::Fault(Fault { bar: fault.bar.map(|bar| start + bar), ..fault }));
            }
            start += chunk.bars();
        }
        for node in &self.plan.nodes[stretch.nodes.clone()] {
            for slot in node.output..node.output + node.width() {
                self.row[slot] = *chunk.column(slot).last().expect("a chunk has a bar");
            }
        }
        self.scratch = Some(scratch);
        Ok(())
    }

    fn new_scratch(&self) -> Scratch<f64> {
        let computed = self.plan.slot_count() - self.plan.first_node_slot();
        Scratch::new(self.plan.fields.len(), &self.plan.constants, computed, self.chunk)
    }

    /// Each computed slot's column is the first output that shows it; the others are copied from there. Says which are.
    fn find_copies(&self, wanted: &[usize]) -> Vec<bool> {
        let mut is_placed = vec![false; self.row.len()];
        is_placed[..self.plan.first_node_slot()].fill(true);
        wanted.iter().map(|slot| std::mem::replace(&mut is_placed[*slot], true)).collect()
    }

    /// Takes the bars from `start` on, as many as the chunk has.
    fn run_chunk<'a>(
        &mut self,
        chunk: &mut Columns<'a, f64>,
        stretch: &Stretch<'a, '_>,
        start: usize,
        places: &mut [ChunksMut<'a, f64>],
        is_copy: &[bool],
    ) {
        if let Some((slot, times)) = stretch.times {
            for (place, time_ns) in chunk.computed(slot).iter_mut().zip(&times[start..]) {
                *place = time_us(*time_ns);
            }
        }
        for (slot, column) in stretch.given {
            chunk.give(*slot, &column[start..][..chunk.bars()]);
        }
        if stretch.holds {
            for (slot, _) in stretch.given {
                self.best.run(chunk, LookThrough(*slot));
                if !chunk.is_ready(*slot) {
                    hold(chunk.space(*slot), self.row[*slot]);
                    chunk.filled(*slot);
                }
                self.row[*slot] = *chunk.column(*slot).last().expect("a chunk has a bar");
            }
        }
        let mut next = |at: usize| places[at].next().expect("a place per chunk");
        for (at, slot) in stretch.wanted.iter().enumerate().filter(|(at, _)| !is_copy[*at]) {
            chunk.place(*slot, next(at));
        }
        for node in &mut self.nodes[stretch.nodes.clone()] {
            node.run(chunk);
        }
        for (at, slot) in stretch.wanted.iter().enumerate().filter(|(at, _)| is_copy[*at]) {
            self.best.run(chunk, LookThrough(*slot));
            next(at).copy_from_slice(chunk.column(*slot));
        }
    }
}

/// Puts a field's value into its slot.
#[inline(always)]
pub(super) fn put(last: &mut f64, x: f64, holds: bool) {
    if x.is_ready() {
        *last = x;
    } else {
        cold_path();
        *last = if holds { *last } else { f64::NAN };
    }
}

/// Puts the last good value in place of each missing one.
pub(super) fn hold(column: &mut [f64], before: f64) {
    let mut last = before;
    for x in column {
        put(&mut last, *x, true);
        *x = last;
    }
}
