//! Many symbols in one table: the rows of each are a history of its own, run as if they were alone. Eight of them go through a
//! tile at once where nothing but their order matters, and tiles go to as many threads as are given.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::across::Groupings;
use super::backend::Session;
use super::contracts::{MissingInput, Policies, StepError};
use super::history::{Columns, Words, check_count};
use super::universe::Universe;
use super::watch::{Unwatched, Watch};
use crate::isa::Instructions;
use crate::lanes::{Lanes, Lanes8};
use crate::plan::{Plan, PlanError};

/// Bars that a tile takes at once: its matrices stay in a near cache.
const CHUNK: usize = 512;
/// Groups from which on a tile is worth its lanes that stand idle.
const WORTH_A_TILE: usize = 3;
/// How often whoever waits is asked whether to go on.
const PERIOD: Duration = Duration::from_millis(20);

/// Which rows of a table belong to which group.
#[derive(Clone, Copy, Debug)]
pub struct Groups<'a> {
    /// Rows of the table in the order of groups, each group's in its own order; without them the table is in that order.
    pub rows: Option<&'a [i64]>,
    /// Where each group begins, and behind the last one the number of rows.
    pub bounds: &'a [i64],
}

/// What was wrong, and with which group.
#[derive(Debug)]
pub struct GroupError {
    /// Its place among the groups.
    pub group: usize,
    /// What was wrong; a row is one of the table.
    pub error: StepError,
}

/// A plan to be run over groups, by at most so many threads.
pub struct Running {
    pub(super) plan: Arc<Plan>,
    pub(super) policies: Policies,
    pub(super) instructions: Instructions,
    threads: usize,
    /// Per symbol of the table the name of its group, where what looks across symbols looks at groups.
    pub(super) symbol_groups: Option<Vec<String>>,
}

/// One group: its place, its rows and its part of every output.
pub(super) struct Part<'a> {
    group: usize,
    pub(super) rows: Span<'a>,
    pub(super) outputs: Vec<&'a mut [f64]>,
}

/// Rows of a table, in order.
#[derive(Clone, Copy)]
pub(super) enum Span<'a> {
    Listed(&'a [i64]),
    From(usize, usize),
}

impl Span<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            Span::Listed(rows) => rows.len(),
            Span::From(_, count) => *count,
        }
    }

    pub(super) fn row(&self, at: usize) -> usize {
        match self {
            // Checked when the groups were.
            Span::Listed(rows) => rows[at] as usize,
            Span::From(first, _) => first + at,
        }
    }

    /// What a column has in these rows.
    fn of<'c, T: Copy>(&self, column: &'c [T], room: &'c mut Vec<T>) -> &'c [T] {
        match self {
            Span::From(first, count) => &column[*first..first + count],
            Span::Listed(rows) => {
                room.clear();
                room.extend(rows.iter().map(|row| column[*row as usize]));
                room
            }
        }
    }
}

impl Running {
    /// # Errors
    /// Where the plan has no session: see [`Session::new`].
    pub fn new(
        plan: Arc<Plan>,
        policies: Policies,
        instructions: Instructions,
        threads: usize,
    ) -> Result<Running, PlanError> {
        if plan.needs_universe() {
            Universe::new(plan.clone(), 1, policies, instructions)?;
        } else {
            Session::for_history(plan.clone(), policies, instructions)?;
        }
        Ok(Running { plan, policies, instructions, threads, symbol_groups: None })
    }

    /// With the name of the group that each symbol of the table is in, for what looks across symbols.
    ///
    /// # Errors
    /// Where a name is empty.
    pub fn in_groups(mut self, groups: Vec<String>) -> Result<Running, PlanError> {
        let symbols = groups.len();
        let checked = Groupings::new(groups, symbols).map_err(PlanError::Symbols)?;
        self.symbol_groups = Some(checked.names().to_vec());
        Ok(self)
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Runs every group from the beginning of its history: each as if it were alone, but where the plan looks across symbols, whose
    /// bars of one time are then a row. Outputs have the order of the groups' rows.
    ///
    /// # Errors
    /// What [`Session::run`] refuses, of the first group of which it does; [`StepError::Shape`] where groups are not all rows, each
    /// once. Outputs are worth nothing then.
    pub fn run(
        &self,
        groups: Groups<'_>,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        outputs: &mut [&mut [f64]],
        watch: &mut dyn Watch,
    ) -> Result<(), GroupError> {
        let rows = groups.bounds.last().copied().unwrap_or(0) as usize;
        let at_all = |error| GroupError { group: 0, error };
        groups.check(rows).map_err(at_all)?;
        let given = Columns { columns, rows, words: Words::COLUMNS, trusts_lengths: false };
        given.check_shape(&self.plan, outputs).map_err(at_all)?;
        if let Some(times) = times_ns {
            check_count("times", times.len(), rows).map_err(at_all)?;
        }
        let table = Table { running: self, times_ns, columns };
        if self.plan.needs_universe() {
            return self.run_rows(&mut groups.parts(outputs), &table, watch);
        }
        let tiles = Mutex::new(table.tiles(groups.parts(outputs)).into_iter());
        let count = tiles.lock().expect("nobody has it yet").len();
        let is_over = AtomicBool::new(false);
        let found = std::thread::scope(|scope| {
            let (tell, told) = channel();
            for _ in 0..self.threads.clamp(1, count.max(1)) {
                let (tell, tiles, table, is_over) = (tell.clone(), &tiles, &table, &is_over);
                scope.spawn(move || table.work(tiles, is_over, &tell));
            }
            drop(tell);
            let mut first: Option<GroupError> = None;
            loop {
                match told.recv_timeout(PERIOD) {
                    Ok(found) if first.as_ref().is_none_or(|known| found.group < known.group) => {
                        first = Some(found);
                    }
                    Ok(_) => {}
                    Err(RecvTimeoutError::Disconnected) => return first,
                    Err(RecvTimeoutError::Timeout) => {
                        if watch.look().is_err() {
                            is_over.store(true, Ordering::Relaxed);
                            first = Some(GroupError { group: 0, error: StepError::Interrupted });
                        }
                    }
                }
            }
        });
        found.map_or(Ok(()), Err)
    }
}

impl<'a> Groups<'a> {
    /// Refuses groups that are not all rows, each once.
    fn check(&self, rows: usize) -> Result<(), StepError> {
        let rises = self.bounds.is_sorted() && self.bounds.first().is_none_or(|first| *first == 0);
        check_count("groups in their order", usize::from(rises), 1)?;
        let Some(listed) = self.rows else { return Ok(()) };
        check_count("rows of groups", listed.len(), rows)?;
        let mut is_there = vec![false; rows];
        for row in listed {
            if let Some(seen) = usize::try_from(*row).ok().and_then(|row| is_there.get_mut(row)) {
                *seen = true;
            }
        }
        check_count("rows of groups", is_there.iter().filter(|seen| **seen).count(), rows)
    }

    fn parts(&self, outputs: &'a mut [&mut [f64]]) -> Vec<Part<'a>> {
        let mut left: Vec<&mut [f64]> = outputs.iter_mut().map(|output| &mut **output).collect();
        let mut parts = Vec::with_capacity(self.bounds.len());
        for (group, [from, to]) in self.bounds.array_windows().enumerate() {
            let (from, to) = (*from as usize, *to as usize);
            let rows = match self.rows {
                Some(rows) => Span::Listed(&rows[from..to]),
                None => Span::From(from, to - from),
            };
            let own =
                left.iter_mut().map(|rest| rest.split_off_mut(..to - from).expect("shapes are checked"));
            parts.push(Part { group, rows, outputs: own.collect() });
        }
        parts
    }
}

/// What all threads read.
pub(super) struct Table<'a> {
    running: &'a Running,
    pub(super) times_ns: Option<&'a [i64]>,
    pub(super) columns: &'a [&'a [f64]],
}

impl Table<'_> {
    /// Groups of like lengths together: a tile is as long as its longest.
    fn tiles<'p>(&self, mut parts: Vec<Part<'p>>) -> Vec<Vec<Part<'p>>> {
        // Durations look at times, which the lanes of a tile have in common; a missing value that fails is no lane's alone.
        let is_plain = self.running.plan.time_slot().is_none();
        let stands_idle = self.running.policies.missing_input != MissingInput::Fail;
        // A function outside the engine takes one symbol.
        let has_functions = self.running.plan.functions().next().is_some();
        let width = if is_plain && stands_idle && !has_functions { Lanes8::LANES } else { 1 };
        parts.sort_by_key(|part| std::cmp::Reverse(part.rows.len()));
        let mut tiles = Vec::with_capacity(parts.len().div_ceil(width));
        let mut parts = parts.into_iter().peekable();
        while parts.peek().is_some() {
            tiles.push(parts.by_ref().take(width).collect());
        }
        tiles
    }

    /// Takes tiles until there are none, and tells what was wrong with any.
    fn work<'p>(
        &self,
        tiles: &Mutex<std::vec::IntoIter<Vec<Part<'p>>>>,
        is_over: &AtomicBool,
        tell: &Sender<GroupError>,
    ) {
        loop {
            let next = tiles.lock().expect("a thread that panics ends the run").next();
            let Some(mut tile) = next.filter(|_| !is_over.load(Ordering::Relaxed)) else { return };
            if let Err(error) = self.run_tile(&mut tile, is_over) {
                // Nobody listens any more only where the run has ended.
                let _ = tell.send(error);
            }
        }
    }

    fn run_tile(&self, tile: &mut [Part<'_>], is_over: &AtomicBool) -> Result<(), GroupError> {
        for part in tile.iter() {
            self.check(part).map_err(|error| self.placed(part, error))?;
        }
        if tile.len() >= WORTH_A_TILE {
            return self.run_together(tile, is_over);
        }
        self.run_each(tile)
    }

    fn run_each(&self, tile: &mut [Part<'_>]) -> Result<(), GroupError> {
        tile.iter_mut().try_for_each(|part| self.run_alone(part).map_err(|error| self.placed(part, error)))
    }

    pub(super) fn placed(&self, part: &Part<'_>, error: StepError) -> GroupError {
        GroupError { group: part.group, error: error.with_row(|row| part.rows.row(row)) }
    }

    pub(super) fn check(&self, part: &Part<'_>) -> Result<(), StepError> {
        let (mut times, mut room) = (Vec::new(), Vec::new());
        let times = self.times_ns.map(|all| part.rows.of(all, &mut times));
        let Running { plan, policies, .. } = self.running;
        let none =
            Columns { columns: &[], rows: part.rows.len(), words: Words::COLUMNS, trusts_lengths: false };
        none.check_bars(plan, None, times)?;
        for (slot, column) in self.columns.iter().enumerate() {
            if policies.missing_input == MissingInput::Fail {
                super::history::check_missing(*policies, part.rows.of(column, &mut room), || {
                    plan.describe(slot)
                })?;
            }
        }
        Ok(())
    }

    fn run_alone(&self, part: &mut Part<'_>) -> Result<(), StepError> {
        let Running { plan, policies, instructions, .. } = self.running;
        let mut session =
            Session::for_history(plan.clone(), *policies, *instructions).expect("one was built before");
        let mut rooms = vec![Vec::new(); self.columns.len()];
        let columns = self.columns.iter().zip(&mut rooms).map(|(column, room)| part.rows.of(column, room));
        let mut times = Vec::new();
        let times = self.times_ns.map(|all| part.rows.of(all, &mut times));
        session.run(times, &columns.collect::<Vec<_>>(), &mut part.outputs)
    }

    fn run_together(&self, tile: &mut [Part<'_>], is_over: &AtomicBool) -> Result<(), GroupError> {
        let Running { plan, policies, instructions, .. } = self.running;
        let width = tile.len();
        // Where so many windows are more memory than is allowed, one symbol's are not.
        let Ok(mut universe) = Universe::new(plan.clone(), width, *policies, *instructions) else {
            return self.run_each(tile);
        };
        let bars = tile.iter().map(|part| part.rows.len()).max().unwrap_or(0);
        let chunk = CHUNK.min(bars);
        let mut fields = vec![vec![f64::NAN; chunk * width]; self.columns.len()];
        let mut values = vec![vec![f64::NAN; chunk * width]; plan.outputs().len()];
        for start in (0..bars).step_by(CHUNK) {
            if is_over.load(Ordering::Relaxed) {
                return Ok(());
            }
            let taken = chunk.min(bars - start);
            for (matrix, column) in fields.iter_mut().zip(self.columns) {
                for (lane, part) in tile.iter().enumerate() {
                    fill_lane(&mut matrix[..taken * width], width, lane, column, part.rows, start);
                }
            }
            let given: Vec<&[f64]> = fields.iter().map(|matrix| &matrix[..taken * width]).collect();
            let mut made: Vec<&mut [f64]> = values.iter_mut().map(|m| &mut m[..taken * width]).collect();
            let run = universe.run_watched(None, taken, &given, &mut made, &mut Unwatched);
            run.map_err(|error| GroupError { group: tile[0].group, error })?;
            for (lane, part) in tile.iter_mut().enumerate() {
                let left = part.rows.len().saturating_sub(start).min(taken);
                for (output, matrix) in part.outputs.iter_mut().zip(&values) {
                    let lane = matrix.iter().skip(lane).step_by(width);
                    for (place, x) in output[part.rows.len().min(start)..][..left].iter_mut().zip(lane) {
                        *place = *x;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Lays a column's numbers into one lane of a matrix; NaN behind the last.
fn fill_lane(matrix: &mut [f64], width: usize, lane: usize, column: &[f64], rows: Span<'_>, start: usize) {
    let mut places = matrix.iter_mut().skip(lane).step_by(width);
    let left = rows.len().saturating_sub(start);
    match rows {
        Span::From(first, _) => {
            let from = first + start.min(rows.len());
            for (x, place) in column[from..from + left].iter().zip(&mut places) {
                *place = *x;
            }
        }
        Span::Listed(listed) => {
            for (row, place) in listed[start.min(rows.len())..].iter().zip(&mut places) {
                *place = column[*row as usize];
            }
        }
    }
    places.for_each(|place| *place = f64::NAN);
}
