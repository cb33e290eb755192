//! A universe: one plan over many symbols, eight to a tile, the same bits as a session for each.

use std::sync::Arc;

use super::across::{Groupings, Members};
use super::contracts::{MissingInput, Policies, StepError};
use super::history::{self, Words, check_count};
use super::node::GroupNode;
use super::nodes::{Tiles, build_all};
use super::ordering::{Admission, admit};
use super::state::PutBack;
use super::symbols::SymbolNames;
use super::watch::{Unwatched, Watch, is_long};
use crate::incremental::columns::{Columns, Scratch};
use crate::isa::{Best, Instructions};
use crate::lanes::{Lanes, Lanes8, Mask, canonical_bits};
use crate::plan::{Plan, PlanError, time_us};

/// Bars per chunk of a run over a tile.
const CHUNK: usize = 128;

/// A plan and the state of many symbols.
pub struct Universe {
    pub(crate) plan: Arc<Plan>,
    pub(crate) policies: Policies,
    pub(crate) symbols: usize,
    pub(crate) names: Option<SymbolNames>,
    pub(crate) groups: Option<Groupings>,
    pub(crate) nodes: Vec<Box<dyn GroupNode>>,
    /// `tiles` values per slot; the last bar's between steps.
    pub(crate) rows: Vec<Lanes8>,
    pub(crate) tiles: usize,
    pub(crate) position: u64,
    pub(crate) last_time: Option<Option<i64>>,
    scratch: Option<Scratch<Lanes8>>,
    /// What a preview puts back: the rows, and what nodes remember.
    kept: (Vec<Lanes8>, Vec<u64>),
    best: Best,
}

impl Universe {
    /// A universe of `symbols` symbols that has seen nothing.
    ///
    /// # Errors
    /// [`PlanError::TimeframeNeeded`] where a shift is a duration: see [`Plan::at_timeframe`].
    pub fn new(
        plan: Arc<Plan>,
        symbols: usize,
        policies: Policies,
        instructions: Instructions,
    ) -> Result<Universe, PlanError> {
        Universe::build(plan, symbols, None, None, policies, instructions)
    }

    /// One of so many symbols, with their names and groups where they have some, which are as many.
    pub(crate) fn build(
        plan: Arc<Plan>,
        symbols: usize,
        names: Option<SymbolNames>,
        groups: Option<Groupings>,
        policies: Policies,
        instructions: Instructions,
    ) -> Result<Universe, PlanError> {
        if plan.needs_timeframe() {
            return Err(plan.timeframe_needed());
        }
        plan.check_universe(symbols)?;
        let best = Best::of(instructions);
        // At least one tile, so that a universe without symbols needs no case of its own.
        let tiles = symbols.div_ceil(Lanes8::LANES).max(1);
        let nodes = build_all(&plan, Tiles(tiles, best, &Arc::new(Members::new(symbols, groups.as_ref()))))?;
        let mut rows = vec![Lanes8::NAN; plan.slot_count() * tiles];
        for (at, x) in plan.constants.iter().enumerate() {
            rows[(plan.fields.len() + at) * tiles..][..tiles].fill(Lanes8::splat(*x));
        }
        let (position, last_time, scratch) = (0, None, None);
        Ok(Universe {
            plan,
            policies,
            symbols,
            names,
            groups,
            nodes,
            rows,
            tiles,
            position,
            last_time,
            scratch,
            kept: (Vec::new(), Vec::new()),
            best,
        })
    }

    /// [`new`](Universe::new) with a symbol for each name, in this order, and where `groups` are given the name of each symbol's
    /// own: what looks across symbols looks at those of one group together. Snapshots hold the names.
    ///
    /// # Errors
    /// As `new`; where a name is empty, one of a symbol is given twice, or there are not as many groups.
    pub fn named(
        plan: Arc<Plan>,
        names: Vec<String>,
        groups: Option<Vec<String>>,
        policies: Policies,
        instructions: Instructions,
    ) -> Result<Universe, PlanError> {
        let names = SymbolNames::new(names).map_err(PlanError::Symbols)?;
        let symbols = names.all().len();
        let groups = groups.map(|groups| Groupings::new(groups, symbols)).transpose();
        let groups = groups.map_err(PlanError::Symbols)?;
        Universe::build(plan, symbols, Some(names), groups, policies, instructions)
    }

    /// The name of each symbol's group; none where there are no groups.
    pub fn groups(&self) -> Option<&[String]> {
        self.groups.as_ref().map(Groupings::names)
    }

    /// The names of its symbols in their order; none where they have only numbers.
    pub fn names(&self) -> Option<&[String]> {
        self.names.as_ref().map(SymbolNames::all)
    }

    /// The plan it runs.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// Which instructions it uses.
    pub fn instructions(&self) -> Instructions {
        self.best.instructions()
    }

    /// How many symbols.
    pub fn symbols(&self) -> usize {
        self.symbols
    }

    /// Bars taken.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Takes one bar of every symbol: `fields` has one row per field of the plan, `outputs` one per output, each with a
    /// number per symbol. NaN in every field stands for no bar.
    ///
    /// # Errors
    /// Where the time is out of order, a shape does not fit or a policy fails; nothing is taken then.
    pub fn step(
        &mut self,
        time_ns: Option<i64>,
        fields: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) -> Result<(), StepError> {
        let admission = admit(self.last_time, time_ns)?;
        // One bar has no length that it looks to have.
        let given = self.given(fields, self.symbols, true);
        if admission == Admission::SameTime {
            given.check_shape(&self.plan, outputs)?;
            return Err(self.same_time(time_ns.expect("a bar of the same time has a time"), fields));
        }
        let times_ns = time_ns.as_ref().map(std::slice::from_ref);
        given.check(&self.plan, self.policies, self.last_time, times_ns, outputs)?;
        self.take_row(time_ns, 0, fields, outputs);
        Ok(())
    }

    /// Takes the row that stands so many rows into matrices which have been checked.
    pub(crate) fn take_row(
        &mut self,
        time_ns: Option<i64>,
        bar: usize,
        fields: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) {
        if let (Some(slot), Some(time_ns)) = (self.plan.time_slot(), time_ns) {
            self.rows[slot * self.tiles..][..self.tiles].fill(Lanes8::splat(time_us(time_ns)));
        }
        let (tiles, holds) = (self.tiles, self.holds());
        let own = bar * self.symbols..(bar + 1) * self.symbols;
        for (slot, field) in fields.iter().enumerate() {
            fill_row(&mut self.rows[slot * tiles..][..tiles], &field[own.clone()], holds);
        }
        for node in &mut self.nodes {
            node.step(&mut self.rows, tiles);
        }
        for (output, out) in self.plan.outputs.iter().zip(outputs) {
            let row = &self.rows[output.slot * tiles..][..tiles];
            for (values, tile) in out[own.clone()].chunks_mut(Lanes8::LANES).zip(row) {
                values.copy_from_slice(&tile.0[..values.len()]);
            }
        }
        self.position += 1;
        self.last_time = Some(time_ns);
    }

    /// What [`step`](Universe::step) would give for forming bars; the state stays as it is, bit for bit. NaN in every field of a
    /// symbol stands for no bar, and gives what such a symbol gets.
    ///
    /// # Errors
    /// As `step`.
    pub fn preview(
        &mut self,
        time_ns: Option<i64>,
        fields: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) -> Result<(), StepError> {
        let (position, last_time) = (self.position, self.last_time);
        let (mut rows, mut memory) = std::mem::take(&mut self.kept);
        rows.clone_from(&self.rows);
        memory.clear();
        for node in &mut self.nodes {
            node.remember(&mut memory);
        }
        let stepped = self.step(time_ns, fields, outputs);
        let mut words = PutBack(memory.iter());
        for node in &mut self.nodes {
            node.put_back(&mut words);
        }
        std::mem::swap(&mut self.rows, &mut rows);
        (self.position, self.last_time) = (position, last_time);
        self.kept = (rows, memory);
        stepped
    }

    /// Takes many bars: each field and output is a matrix of `bars` rows with a number per symbol.
    ///
    /// # Errors
    /// As [`step`](Universe::step).
    pub fn run(
        &mut self,
        times_ns: Option<&[i64]>,
        bars: usize,
        fields: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) -> Result<(), StepError> {
        self.run_watched(times_ns, bars, fields, outputs, &mut Unwatched)
    }

    /// [`run`](Universe::run) that somebody waits for.
    ///
    /// # Errors
    /// As `run`; [`StepError::Interrupted`] where it was given up, and nothing is taken then either.
    pub fn run_watched(
        &mut self,
        times_ns: Option<&[i64]>,
        bars: usize,
        fields: &[&[f64]],
        outputs: &mut [&mut [f64]],
        watch: &mut dyn Watch,
    ) -> Result<(), StepError> {
        if let Some(times) = times_ns {
            check_count("times", times.len(), bars)?;
        }
        let given = self.given(fields, self.symbols.saturating_mul(bars), false);
        given.check(&self.plan, self.policies, self.last_time, times_ns, outputs)?;
        if bars == 0 {
            return Ok(());
        }
        let is_long = is_long(bars.saturating_mul(self.symbols), self.plan.nodes.len());
        let kept = is_long.then(|| self.keep());
        if self.plan.needs_universe() {
            for bar in 0..bars {
                if let Some(kept) = &kept
                    && bar % CHUNK == 0
                    && watch.look().is_err()
                {
                    self.go_back(kept);
                    return Err(StepError::Interrupted);
                }
                self.take_row(times_ns.map(|times| times[bar]), bar, fields, outputs);
            }
            return Ok(());
        }
        let mut scratch = self.scratch.take().unwrap_or_else(|| self.new_scratch());
        let mut chunk = scratch.columns();
        for tile in 0..self.symbols.div_ceil(Lanes8::LANES) {
            let mut start = 0;
            while start < bars {
                if let Some(kept) = &kept
                    && watch.look().is_err()
                {
                    self.go_back(kept);
                    return Err(StepError::Interrupted);
                }
                chunk.begin(CHUNK.min(bars - start));
                if let (Some(slot), Some(times)) = (self.plan.time_slot(), times_ns) {
                    for (place, time_ns) in chunk.computed(slot).iter_mut().zip(&times[start..]) {
                        *place = Lanes8::splat(time_us(*time_ns));
                    }
                }
                self.run_tile(tile, start, &mut chunk, fields, outputs);
                start += chunk.bars();
            }
        }
        self.scratch = Some(scratch);
        self.position += bars as u64;
        self.last_time = Some(times_ns.map(|times| times[bars - 1]));
        Ok(())
    }

    fn new_scratch(&self) -> Scratch<Lanes8> {
        let computed = self.plan.slot_count() - self.plan.first_node_slot();
        Scratch::new(self.plan.fields.len(), &self.plan.constants, computed, CHUNK)
    }

    /// Takes the bars from `start` on of one tile, as many as the chunk has.
    fn run_tile(
        &mut self,
        tile: usize,
        start: usize,
        chunk: &mut Columns<'_, Lanes8>,
        fields: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) {
        let (symbols, holds) = (self.symbols, self.holds());
        let first = tile * Lanes8::LANES;
        let width = Lanes8::LANES.min(symbols - first);
        for (slot, field) in fields.iter().enumerate() {
            let last = &mut self.rows[slot * self.tiles + tile];
            for (bar, x) in chunk.space(slot).iter_mut().enumerate() {
                *x = tile_of(&field[(start + bar) * symbols + first..][..width]);
                if holds {
                    *x = Lanes8::select(x.is_number(), *x, *last);
                }
                *last = *x;
            }
            chunk.filled(slot);
        }
        for node in &mut self.nodes {
            node.run(tile, chunk);
        }
        for (output, out) in self.plan.outputs.iter().zip(outputs.iter_mut()) {
            for (bar, x) in chunk.column(output.slot).iter().enumerate() {
                out[(start + bar) * symbols + first..][..width].copy_from_slice(&x.0[..width]);
            }
        }
    }

    /// Columns of so many numbers each, as they are given.
    fn given<'a>(&self, columns: &'a [&'a [f64]], rows: usize, trusts_lengths: bool) -> history::Columns<'a> {
        history::Columns { columns, rows, words: Words::FIELDS, trusts_lengths }
    }

    fn holds(&self) -> bool {
        self.policies.missing_input == MissingInput::HoldPrevious
    }

    /// What is wrong with bars that have the last ones' time.
    fn same_time(&self, event_ns: i64, fields: &[&[f64]]) -> StepError {
        let differs = |slot: &usize| {
            let last = self.rows[slot * self.tiles..][..self.tiles].iter().flat_map(|tile| tile.0);
            last.zip(fields[*slot]).any(|(last, x)| {
                let x = x.finite_or_nan();
                canonical_bits(last) != canonical_bits(x) && !(self.holds() && x.is_nan())
            })
        };
        let differing: Vec<_> =
            (0..fields.len()).filter(differs).map(|slot| self.plan.describe(slot)).collect();
        match differing.is_empty() {
            true => StepError::Order { event_ns, last_ns: event_ns, row: None },
            false => StepError::Corrected { stream: None, event_ns, fields: differing },
        }
    }
}

/// The symbols of one tile; where there are fewer than eight the last one stands in, so that all lanes keep in step.
#[inline(always)]
fn tile_of(values: &[f64]) -> Lanes8 {
    let x: [f64; 8] = match values.first_chunk() {
        Some(eight) => *eight,
        None => std::array::from_fn(|lane| values[lane.min(values.len() - 1)]),
    };
    Lanes8(x).finite_or_nan()
}

fn fill_row(row: &mut [Lanes8], field: &[f64], holds: bool) {
    for (tile, values) in row.iter_mut().zip(field.chunks(Lanes8::LANES)) {
        let x = tile_of(values);
        let keep = if holds { x.is_number() } else { Mask::ALL };
        *tile = Lanes8::select(keep, x, *tile);
    }
}
