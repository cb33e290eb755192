//! Proof on data: the same rule in every schedule, restarted everywhere, gives the same bits and looks at no later bar.

mod joined;
mod late;
mod report;
mod universe;

use std::cell::RefCell;

use crate::incremental::backend::Session;
use crate::incremental::contracts::{Event, MissingInput, StepError};
use crate::incremental::watch::{Interrupted, Unwatched, Watch};
use crate::isa::Instructions;
use crate::rule::{Options, Rule, RunError};

pub use report::{Check, Difference, LateStart, ParityReport};
pub use universe::Matrices;

/// Symbols of the universe that the tile schedules are proven in: a full tile and part of another.
const SYMBOLS: usize = 9;
/// From how many cuts a restored session runs on to the end.
const LONG_CUTS: usize = 16;
/// Bytes of state that are written and read again at the cuts of one check: so many, and so many more for each bar. A state
/// so small that it costs about as much as a step is restored at every bar.
const RESTORED_BYTES: usize = 16 << 20;
const RESTORED_BYTES_PER_BAR: usize = 8 << 10;
/// Whether a difference in what is a function of a window alone, begun later, is a failure. Sums that are rounded as they go
/// remember where they began.
const WINDOWS_FORGET: bool = true;
/// Symbols where a tile is large: one tile alone.
const FEW_SYMBOLS: usize = 3;
const LARGE_TILES: usize = 128 << 20;
/// Bars between looks at whoever waits.
const LOOKED_AT: usize = 64;
/// What there is nothing of to compare with.
const TOO_FEW_BARS: &str = "the data has too few bars for it";

/// Names of checks that are not always made.
const STEPPED: &str = "stepped bar by bar";
const RESTORED_AT_EVERY_BAR: &str = "restored at every bar";
const RESTORED_AND_RUN: &str = "restored and run to the end";
const STEPPED_IN_A_TILE: &str = "stepped in a tile of symbols";
const RUN_IN_A_TILE: &str = "run in a tile of symbols";

/// The data of one verification.
struct Proof<'a> {
    rule: &'a Rule,
    times: Option<&'a [i64]>,
    columns: &'a [&'a [f64]],
    options: Options,
    bars: usize,
    names: Vec<String>,
    batch: Vec<Vec<f64>>,
    /// Bytes of one symbol's state.
    state_bytes: usize,
    watch: RefCell<&'a mut dyn Watch>,
}

impl Rule {
    /// Runs the rule over the data in every schedule and compares bit for bit with a batch run.
    ///
    /// # Errors
    /// As [`Rule::run`].
    pub fn verify(
        &self,
        times: Option<&[i64]>,
        columns: &[&[f64]],
        options: Options,
    ) -> Result<ParityReport, RunError> {
        self.verify_watched(times, columns, options, &mut Unwatched)
    }

    /// [`verify`](Rule::verify) that somebody waits for and is told how far it has come.
    ///
    /// # Errors
    /// As `verify`; [`StepError::Interrupted`] where it was given up.
    pub fn verify_watched(
        &self,
        times: Option<&[i64]>,
        columns: &[&[f64]],
        options: Options,
        watch: &mut dyn Watch,
    ) -> Result<ParityReport, RunError> {
        let batch = self.run_watched(times, columns, options, watch)?;
        let names = self.plan().outputs().iter().map(|o| o.name.clone()).collect();
        let bars = batch.first().map_or(0, Vec::len);
        let plan = self.plan_at(options.timeframe_ns)?;
        let state_bytes = self.session_for_history(options)?.state_bytes();
        let watch = RefCell::new(watch);
        let proof = Proof { rule: self, times, columns, options, bars, names, batch, state_bytes, watch };
        let mut checks = match plan.check_functions() {
            Ok(()) => vec![proof.steps()?, proof.restarts()?, proof.long_restarts()?],
            Err(why) => [STEPPED, RESTORED_AT_EVERY_BAR, RESTORED_AND_RUN]
                .map(|name| Check::not_made(name, why.to_string()))
                .into(),
        };
        checks.extend([proof.prefixes()?, proof.baseline()?]);
        match plan.functions().next() {
            None => checks.extend([proof.tile_steps()?, proof.tile_run()?]),
            Some((name, _)) => {
                let reason = format!("`{name}` is computed outside the engine, for one symbol at a time");
                let tiles = [STEPPED_IN_A_TILE, RUN_IN_A_TILE];
                checks.extend(tiles.map(|tile| Check::not_made(tile, reason.clone())));
            }
        }
        let (late, late_starts) = proof.late_starts()?;
        if WINDOWS_FORGET && late_starts.iter().any(|output| output.look_back.is_some()) {
            checks.push(late.unless_empty(TOO_FEW_BARS));
        }
        Ok(ParityReport { bars, ready: ready_values(&proof.names, &proof.batch), checks, late_starts })
    }
}

/// Per output its name and how many values are ready.
fn ready_values(names: &[String], columns: &[Vec<f64>]) -> Vec<(String, usize)> {
    let ready = columns.iter().map(|column| column.iter().filter(|x| !x.is_nan()).count());
    names.iter().cloned().zip(ready).collect()
}

/// At how many cuts a state of so many bytes is restored.
fn most_cuts(bars: usize, state_bytes: usize) -> usize {
    let bytes = RESTORED_BYTES.saturating_add(bars.saturating_mul(RESTORED_BYTES_PER_BAR));
    (bytes / state_bytes.max(1)).clamp(2, bars.max(2))
}

/// Some bars of all, spread evenly, so many at most.
fn spread(bars: usize, most: usize) -> impl Fn(usize) -> bool {
    let step = bars.div_ceil(most.max(1)).max(1);
    move |row| row % step == 0
}

impl Proof<'_> {
    /// Asks whoever waits, and says how far a check has come.
    fn look(&self, part: &str, done: usize, all: usize) -> Result<(), StepError> {
        let mut watch = self.watch.borrow_mut();
        watch.progress(part, done, all);
        watch.look().map_err(|Interrupted| StepError::Interrupted)
    }

    /// [`look`](Proof::look), now and then.
    fn look_at(&self, part: &str, row: usize) -> Result<(), StepError> {
        if row.is_multiple_of(LOOKED_AT) { self.look(part, row, self.bars) } else { Ok(()) }
    }

    fn run(
        &self,
        times: Option<&[i64]>,
        columns: &[&[f64]],
        options: Options,
    ) -> Result<Vec<Vec<f64>>, RunError> {
        self.rule.run_session(self.part(options)?, times, columns, &mut **self.watch.borrow_mut())
    }

    /// A session for a part of the data, which was looked at as a whole.
    fn part(&self, options: Options) -> Result<Session, RunError> {
        let mut session = self.rule.session_for_history(options)?;
        session.trusts_lengths = true;
        Ok(session)
    }

    fn event<'b>(&self, row: usize, inputs: &'b mut Vec<f64>) -> Event<'b> {
        inputs.clear();
        inputs.extend(self.columns.iter().map(|column| column[row]));
        Event { time_ns: self.times.map(|times| times[row]), inputs }
    }

    fn compare_columns(&self, check: &mut Check, first: usize, found: &[Vec<f64>]) {
        for ((name, expected), found) in self.names.iter().zip(&self.batch).zip(found) {
            for (at, x) in found.iter().enumerate() {
                check.compare(first + at, name, expected[first + at], *x);
            }
        }
    }

    fn steps(&self) -> Result<Check, RunError> {
        let mut check = Check::new(STEPPED);
        let mut session = self.rule.session(self.options)?;
        let mut inputs = Vec::new();
        for row in 0..self.bars {
            self.look_at(&check.name, row)?;
            let out = session.step(&self.event(row, &mut inputs))?;
            for ((name, expected), value) in self.names.iter().zip(&self.batch).zip(out.values) {
                check.compare(row, name, expected[row], value.value);
            }
        }
        Ok(check)
    }

    /// Restores at every cut, takes one bar, and compares values and the state's bytes with the uninterrupted
    /// session's: by induction the rest is equal too. Of a large state some cuts are chosen.
    fn restarts(&self) -> Result<Check, RunError> {
        let most = most_cuts(self.bars, self.state_bytes);
        let is_cut = spread(self.bars, most);
        let cuts = (0..self.bars).filter(|row| is_cut(*row)).count();
        let mut check = Check::new(match cuts == self.bars {
            true => RESTORED_AT_EVERY_BAR.to_owned(),
            false => format!("restored at {cuts} of {} bars (large state)", self.bars),
        });
        let mut session = self.rule.session(self.options)?;
        let mut inputs = Vec::new();
        for row in 0..self.bars {
            if !is_cut(row) {
                self.look_at(&check.name, row)?;
                session.step(&self.event(row, &mut inputs))?;
                continue;
            }
            self.look(&check.name, row, self.bars)?;
            let saved = session.snapshot();
            let event = self.event(row, &mut inputs);
            // A forming bar in between must leave no trace.
            session.preview(&event, &mut Vec::new())?;
            check.compare_bytes(row, "state after a preview", &saved, &session.snapshot());
            session.step(&event)?;
            match self.rule.restore(&saved) {
                Ok(mut restored) => {
                    let out = restored.step(&event)?;
                    for ((name, expected), value) in self.names.iter().zip(&self.batch).zip(out.values) {
                        check.compare(row, name, expected[row], value.value);
                    }
                    check.compare_bytes(row, "state", &session.snapshot(), &restored.snapshot());
                }
                Err(error) => check.compare_bytes(row, &error.to_string(), &saved, &[]),
            }
        }
        Ok(check)
    }

    fn long_restarts(&self) -> Result<Check, RunError> {
        let mut check = Check::new(RESTORED_AND_RUN);
        let mut session = self.part(self.options)?;
        let mut done = 0;
        for cut in cuts(self.bars, most_cuts(self.bars, self.state_bytes)) {
            self.look(&check.name, cut, self.bars)?;
            self.run_part(&mut session, done, cut)?;
            done = cut;
            match self.rule.restore(&session.snapshot()) {
                Ok(mut restored) => {
                    restored.trusts_lengths = true;
                    let found = self.run_part(&mut restored, cut, self.bars)?;
                    self.compare_columns(&mut check, cut, &found);
                }
                Err(error) => check.compare_bytes(cut, &error.to_string(), &[0], &[]),
            }
        }
        Ok(check.unless_empty(TOO_FEW_BARS))
    }

    /// What the first bars give must not depend on the later ones.
    fn prefixes(&self) -> Result<Check, RunError> {
        let mut check = Check::new("run on the first bars only");
        for cut in cuts(self.bars, 2 * most_cuts(self.bars, self.state_bytes)) {
            self.look(&check.name, cut, self.bars)?;
            let columns: Vec<_> = self.columns.iter().map(|column| &column[..cut]).collect();
            let found = self.run(self.times.map(|times| &times[..cut]), &columns, self.options)?;
            self.compare_columns(&mut check, 0, &found);
        }
        Ok(check)
    }

    fn baseline(&self) -> Result<Check, RunError> {
        let mut check = Check::new("run with baseline instructions");
        let options = Options { instructions: Instructions::Baseline, ..self.options };
        let found = self.run(self.times, self.columns, options)?;
        self.compare_columns(&mut check, 0, &found);
        Ok(check)
    }

    /// Starts at later places: what is a function of its window meets the bits of the whole history once that is full.
    fn late_starts(&self) -> Result<(Check, Vec<LateStart>), RunError> {
        let mut check = Check::new("begun later, once the window is full");
        let is_gapless = self.columns.iter().all(|column| column.iter().all(|x| x.is_finite()));
        let look_backs = self.rule.plan_at(self.options.timeframe_ns)?.look_backs();
        let outputs = self.names.iter().zip(&self.batch).zip(look_backs);
        let mut outputs: Vec<_> = outputs
            .map(|((name, whole), look_back)| late::Watched::new(name, whole, look_back, is_gapless))
            .collect();
        for start in late::starts(self.bars) {
            self.look(&check.name, start, self.bars)?;
            let columns: Vec<_> = self.columns.iter().map(|column| &column[start..]).collect();
            let found = self.run(self.times.map(|times| &times[start..]), &columns, self.options)?;
            for (output, found) in outputs.iter_mut().zip(&found) {
                output.compare(start, found, &mut check);
            }
        }
        Ok((check, outputs.into_iter().map(|output| output.found).collect()))
    }

    /// How many symbols share the tiles.
    fn symbols(&self) -> usize {
        let is_large = self.state_bytes.saturating_mul(SYMBOLS.next_multiple_of(8)) > LARGE_TILES;
        if is_large { FEW_SYMBOLS } else { SYMBOLS }
    }

    /// The data as a matrix with a column per symbol. Symbol 0 has the data; the others have it with bars left out, so
    /// that the lanes of a tile are out of step, unless nothing may be missing.
    fn matrices(&self) -> Vec<Vec<f64>> {
        let symbols = self.symbols();
        let may_miss = self.options.policies.missing_input != MissingInput::Fail;
        let mut matrices = vec![vec![f64::NAN; self.bars * symbols]; self.columns.len()];
        for (matrix, column) in matrices.iter_mut().zip(self.columns) {
            for (row, x) in column.iter().enumerate() {
                for symbol in 0..symbols {
                    let is_left_out = may_miss && symbol > 0 && (row + symbol) % (symbol + 2) == 0;
                    matrix[row * symbols + symbol] = if is_left_out { f64::NAN } else { *x };
                }
            }
        }
        matrices
    }

    fn tile_steps(&self) -> Result<Check, RunError> {
        let mut check = Check::new(STEPPED_IN_A_TILE);
        let symbols = self.symbols();
        let mut universe = self.rule.universe(symbols, self.options)?;
        let matrices = self.matrices();
        let mut out = vec![vec![0.0; symbols]; self.batch.len()];
        for row in 0..self.bars {
            self.look_at(&check.name, row)?;
            let fields: Vec<_> = matrices.iter().map(|m| &m[row * symbols..][..symbols]).collect();
            let mut slices: Vec<&mut [f64]> = out.iter_mut().map(Vec::as_mut_slice).collect();
            universe.step(self.times.map(|times| times[row]), &fields, &mut slices)?;
            for ((name, expected), out) in self.names.iter().zip(&self.batch).zip(&out) {
                check.compare(row, name, expected[row], out[0]);
            }
        }
        Ok(check)
    }

    fn tile_run(&self) -> Result<Check, RunError> {
        let mut check = Check::new(RUN_IN_A_TILE);
        let symbols = self.symbols();
        let mut universe = self.rule.universe(symbols, self.options)?;
        let matrices = self.matrices();
        let fields: Vec<_> = matrices.iter().map(Vec::as_slice).collect();
        let mut out = vec![vec![0.0; self.bars * symbols]; self.batch.len()];
        let mut slices: Vec<&mut [f64]> = out.iter_mut().map(Vec::as_mut_slice).collect();
        self.look(&check.name, 0, self.bars)?;
        let watch = &mut **self.watch.borrow_mut();
        universe.run_watched(self.times, self.bars, &fields, &mut slices, watch)?;
        for ((name, expected), out) in self.names.iter().zip(&self.batch).zip(&out) {
            for (row, expected) in expected.iter().enumerate() {
                check.compare(row, name, *expected, out[row * symbols]);
            }
        }
        Ok(check)
    }

    fn run_part(&self, session: &mut Session, from: usize, to: usize) -> Result<Vec<Vec<f64>>, StepError> {
        let columns: Vec<_> = self.columns.iter().map(|column| &column[from..to]).collect();
        let mut outputs = vec![vec![0.0; to - from]; self.batch.len()];
        let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        let watch = &mut **self.watch.borrow_mut();
        session.run_watched(self.times.map(|times| &times[from..to]), &columns, &mut slices, watch)?;
        Ok(outputs)
    }
}

/// Some cuts, so many and one at most, spread over the bars: behind the first and before the last of them.
fn cuts(bars: usize, most: usize) -> Vec<usize> {
    let parts = most.clamp(1, LONG_CUTS);
    let mut cuts: Vec<usize> = (1..parts).map(|k| k * bars / parts).filter(|cut| *cut > 0).collect();
    cuts.insert(0, bars.min(1));
    cuts.dedup();
    cuts
}
