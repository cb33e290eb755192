//! Proof on data: the same rule in every schedule, restarted everywhere, gives the same bits and looks at no later bar.

use std::fmt;

use crate::incremental::contracts::{Event, StepError};
use crate::incremental::state::canonical_bits;
use crate::isa::Instructions;
use crate::rule::{Options, Rule, RunError};

/// Symbols of the universe that the tile schedules are proven in: a full tile and part of another.
const SYMBOLS: usize = 9;
/// From how many cuts a restored session runs on to the end.
const LONG_CUTS: usize = 16;

/// One comparison of two schedules.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What was compared with a batch run.
    pub name: &'static str,
    /// How many values (or states) were compared.
    pub compared: usize,
    /// How many of them differed in a bit.
    pub differing: usize,
    /// The first difference.
    pub first: Option<Difference>,
}

/// Two values that should have been one.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Row of the data.
    pub row: usize,
    /// Which output, or which state.
    pub what: String,
    /// The batch run's.
    pub expected: f64,
    /// The other schedule's.
    pub found: f64,
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq)]
pub struct ParityReport {
    /// Bars of the data.
    pub bars: usize,
    /// Per output its name and how many values were ready.
    pub ready: Vec<(String, usize)>,
    /// The comparisons.
    pub checks: Vec<Check>,
}

impl ParityReport {
    /// True when nothing differed and something was compared.
    pub fn is_ok(&self) -> bool {
        self.checks.iter().all(|check| check.differing == 0 && check.compared > 0)
    }
}

impl fmt::Display for ParityReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ready: Vec<_> = self.ready.iter().map(|(name, n)| format!("{name} {n}")).collect();
        writeln!(f, "{} bars; ready values: {}", self.bars, ready.join(", "))?;
        for check in &self.checks {
            let verdict = if check.differing == 0 { "equal" } else { "DIFFERENT" };
            writeln!(
                f,
                "  {:<44} {:>9} compared  {:>6} differing  {verdict}",
                check.name, check.compared, check.differing
            )?;
            if let Some(d) = &check.first {
                writeln!(
                    f,
                    "    first in row {}, {}: expected {}, found {}",
                    d.row, d.what, d.expected, d.found
                )?;
            }
        }
        write!(
            f,
            "{}",
            if self.is_ok() { "every schedule gives the same bits" } else { "the schedules differ" }
        )
    }
}

impl Check {
    pub(crate) fn new(name: &'static str) -> Check {
        Check { name, compared: 0, differing: 0, first: None }
    }

    pub(crate) fn compare(&mut self, row: usize, what: &str, expected: f64, found: f64) {
        self.compared += 1;
        if canonical_bits(expected) != canonical_bits(found) {
            self.differing += 1;
            if self.first.is_none() {
                self.first = Some(Difference { row, what: what.to_owned(), expected, found });
            }
        }
    }

    pub(crate) fn compare_bytes(&mut self, row: usize, what: &str, expected: &[u8], found: &[u8]) {
        self.compared += 1;
        if expected != found {
            self.differing += 1;
            if self.first.is_none() {
                let at = expected.iter().zip(found).position(|(a, b)| a != b);
                let what = format!("{what}, byte {at:?}");
                let (expected, found) = (expected.len() as f64, found.len() as f64);
                self.first = Some(Difference { row, what, expected, found });
            }
        }
    }
}

/// The data of one verification.
struct Proof<'a> {
    rule: &'a Rule,
    times: Option<&'a [i64]>,
    columns: &'a [&'a [f64]],
    options: Options,
    bars: usize,
    names: Vec<String>,
    batch: Vec<Vec<f64>>,
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
        let batch = self.run(times, columns, options)?;
        let names = self.plan().outputs().iter().map(|o| o.name.clone()).collect();
        let bars = batch.first().map_or(0, Vec::len);
        let proof = Proof { rule: self, times, columns, options, bars, names, batch };
        let ready = |column: &Vec<f64>| column.iter().filter(|x| !x.is_nan()).count();
        Ok(ParityReport {
            bars,
            ready: proof.names.iter().cloned().zip(proof.batch.iter().map(ready)).collect(),
            checks: vec![
                proof.steps()?,
                proof.restarts()?,
                proof.long_restarts()?,
                proof.prefixes()?,
                proof.baseline()?,
                proof.tile_steps()?,
                proof.tile_run()?,
            ],
        })
    }
}

impl Proof<'_> {
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
        let mut check = Check::new("stepped bar by bar");
        let mut session = self.rule.session(self.options)?;
        let mut inputs = Vec::new();
        for row in 0..self.bars {
            let out = session.step(&self.event(row, &mut inputs))?;
            for ((name, expected), value) in self.names.iter().zip(&self.batch).zip(out.values) {
                check.compare(row, name, expected[row], value.value);
            }
        }
        Ok(check)
    }

    /// Restores at every cut, takes one bar, and compares values and the state's bytes with the uninterrupted
    /// session's: by induction the rest is equal too.
    fn restarts(&self) -> Result<Check, RunError> {
        let mut check = Check::new("restored at every bar");
        let mut session = self.rule.session(self.options)?;
        let mut inputs = Vec::new();
        for row in 0..self.bars {
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
        let mut check = Check::new("restored and run to the end");
        let mut session = self.rule.session(self.options)?;
        let mut done = 0;
        for cut in cuts(self.bars) {
            self.run_part(&mut session, done, cut)?;
            done = cut;
            match self.rule.restore(&session.snapshot()) {
                Ok(mut restored) => {
                    let found = self.run_part(&mut restored, cut, self.bars)?;
                    self.compare_columns(&mut check, cut, &found);
                }
                Err(error) => check.compare_bytes(cut, &error.to_string(), &[0], &[]),
            }
        }
        Ok(check)
    }

    /// What the first bars give must not depend on the later ones.
    fn prefixes(&self) -> Result<Check, RunError> {
        let mut check = Check::new("run on the first bars only");
        for cut in cuts(self.bars) {
            let columns: Vec<_> = self.columns.iter().map(|column| &column[..cut]).collect();
            let found = self.rule.run(self.times.map(|times| &times[..cut]), &columns, self.options)?;
            self.compare_columns(&mut check, 0, &found);
        }
        Ok(check)
    }

    fn baseline(&self) -> Result<Check, RunError> {
        let mut check = Check::new("run with baseline instructions");
        let options = Options { instructions: Instructions::Baseline, ..self.options };
        let found = self.rule.run(self.times, self.columns, options)?;
        self.compare_columns(&mut check, 0, &found);
        Ok(check)
    }

    /// The data as a matrix with a column per symbol. Symbol 0 has the data; the others have it with bars left out, so
    /// that the lanes of a tile are out of step.
    fn matrices(&self) -> Vec<Vec<f64>> {
        let mut matrices = vec![vec![f64::NAN; self.bars * SYMBOLS]; self.columns.len()];
        for (matrix, column) in matrices.iter_mut().zip(self.columns) {
            for (row, x) in column.iter().enumerate() {
                for symbol in 0..SYMBOLS {
                    let is_left_out = symbol > 0 && (row + symbol) % (symbol + 2) == 0;
                    matrix[row * SYMBOLS + symbol] = if is_left_out { f64::NAN } else { *x };
                }
            }
        }
        matrices
    }

    fn tile_steps(&self) -> Result<Check, RunError> {
        let mut check = Check::new("stepped in a tile of symbols");
        let mut universe = self.rule.universe(SYMBOLS, self.options)?;
        let matrices = self.matrices();
        let mut out = vec![[0.0; SYMBOLS]; self.batch.len()];
        for row in 0..self.bars {
            let fields: Vec<_> = matrices.iter().map(|m| &m[row * SYMBOLS..][..SYMBOLS]).collect();
            let mut slices: Vec<&mut [f64]> = out.iter_mut().map(<[f64; SYMBOLS]>::as_mut_slice).collect();
            universe.step(self.times.map(|times| times[row]), &fields, &mut slices)?;
            for ((name, expected), out) in self.names.iter().zip(&self.batch).zip(&out) {
                check.compare(row, name, expected[row], out[0]);
            }
        }
        Ok(check)
    }

    fn tile_run(&self) -> Result<Check, RunError> {
        let mut check = Check::new("run in a tile of symbols");
        let mut universe = self.rule.universe(SYMBOLS, self.options)?;
        let matrices = self.matrices();
        let fields: Vec<_> = matrices.iter().map(Vec::as_slice).collect();
        let mut out = vec![vec![0.0; self.bars * SYMBOLS]; self.batch.len()];
        let mut slices: Vec<&mut [f64]> = out.iter_mut().map(Vec::as_mut_slice).collect();
        universe.run(self.times, self.bars, &fields, &mut slices)?;
        for ((name, expected), out) in self.names.iter().zip(&self.batch).zip(&out) {
            for (row, expected) in expected.iter().enumerate() {
                check.compare(row, name, *expected, out[row * SYMBOLS]);
            }
        }
        Ok(check)
    }

    fn run_part(
        &self,
        session: &mut crate::incremental::backend::Session,
        from: usize,
        to: usize,
    ) -> Result<Vec<Vec<f64>>, StepError> {
        let columns: Vec<_> = self.columns.iter().map(|column| &column[from..to]).collect();
        let mut outputs = vec![vec![0.0; to - from]; self.batch.len()];
        let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        session.run(self.times.map(|times| &times[from..to]), &columns, &mut slices)?;
        Ok(outputs)
    }
}

/// Some cuts, spread over the bars, the first and the last among them.
pub(crate) fn cuts(bars: usize) -> Vec<usize> {
    let mut cuts: Vec<usize> = (0..=LONG_CUTS).map(|k| k * bars / LONG_CUTS).filter(|cut| *cut > 0).collect();
    cuts.dedup();
    cuts.pop();
    cuts.insert(0, bars.min(1));
    cuts
}
