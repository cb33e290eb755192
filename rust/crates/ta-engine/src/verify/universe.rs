//! Proof on data of many symbols: a rule that looks across them, in every schedule of a universe.

use super::{Check, ParityReport};
use super::{LOOKED_AT, ready_values};
use crate::incremental::contracts::StepError;
use crate::incremental::universe::Universe;
use crate::incremental::watch::{Interrupted, Watch};
use crate::rule::{Options, Rule, RunError};

/// Bytes of snapshots that are written and read again.
const RESTORED_BYTES: usize = 64 << 20;

/// Many symbols' bars: a row per time, a number per symbol.
#[derive(Clone, Copy, Debug)]
pub struct Matrices<'a> {
    /// The symbols' names.
    pub symbols: &'a [String],
    /// The name of each symbol's group, where there are groups.
    pub groups: Option<&'a [String]>,
    /// The rows' times.
    pub times_ns: Option<&'a [i64]>,
    /// How many rows.
    pub bars: usize,
    /// Per field of the plan its numbers, row by row.
    pub fields: &'a [&'a [f64]],
}

impl Matrices<'_> {
    /// The numbers of one row.
    fn row(&self, row: usize) -> Vec<&[f64]> {
        let symbols = self.symbols.len();
        self.fields.iter().map(|field| &field[row * symbols..][..symbols]).collect()
    }

    fn time(&self, row: usize) -> Option<i64> {
        self.times_ns.map(|times| times[row])
    }
}

impl Rule {
    /// Runs the rule over many symbols at once, row by row, restarted, with rows that form, without later rows and with the symbols
    /// in another order, and compares bit for bit.
    ///
    /// # Errors
    /// As [`Universe::run`]; [`StepError::Interrupted`] where it was given up.
    pub fn verify_universe(
        &self,
        data: Matrices<'_>,
        options: Options,
        watch: &mut dyn Watch,
    ) -> Result<ParityReport, RunError> {
        let names: Vec<String> = self.plan().outputs().iter().map(|output| output.name.clone()).collect();
        let proof = Proof { rule: self, data, options, names };
        let batch = proof.run(&data, watch)?;
        let checks = vec![
            proof.steps(&batch, watch)?,
            proof.restarts(&batch, watch)?,
            proof.prefix(&batch, watch)?,
            proof.reversed(&batch, watch)?,
        ];
        let ready = ready_values(&proof.names, &batch);
        Ok(ParityReport { bars: data.bars, ready, checks, late_starts: Vec::new() })
    }
}

struct Proof<'a> {
    rule: &'a Rule,
    data: Matrices<'a>,
    options: Options,
    names: Vec<String>,
}

impl Proof<'_> {
    fn universe(&self, data: &Matrices<'_>) -> Result<Universe, RunError> {
        let groups = data.groups.map(<[String]>::to_vec);
        Ok(self.rule.universe_in_groups(data.symbols.to_vec(), groups, self.options)?)
    }

    fn run(&self, data: &Matrices<'_>, watch: &mut dyn Watch) -> Result<Vec<Vec<f64>>, RunError> {
        let mut outputs = vec![vec![f64::NAN; data.bars * data.symbols.len()]; self.names.len()];
        let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        self.universe(data)?.run_watched(data.times_ns, data.bars, data.fields, &mut slices, watch)?;
        Ok(outputs)
    }

    fn look_at(&self, check: &Check, row: usize, watch: &mut dyn Watch) -> Result<(), StepError> {
        if !row.is_multiple_of(LOOKED_AT) {
            return Ok(());
        }
        watch.progress(&check.name, row, self.data.bars);
        watch.look().map_err(|Interrupted| StepError::Interrupted)
    }

    /// Takes a row and compares what it gives with that of the whole run.
    fn compare_step(
        &self,
        check: &mut Check,
        universe: &mut Universe,
        row: usize,
        batch: &[Vec<f64>],
    ) -> Result<(), RunError> {
        let symbols = self.data.symbols.len();
        let mut outputs = vec![vec![f64::NAN; symbols]; self.names.len()];
        let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        universe.step(self.data.time(row), &self.data.row(row), &mut slices)?;
        for ((name, expected), found) in self.names.iter().zip(batch).zip(&outputs) {
            for (expected, found) in expected[row * symbols..].iter().zip(found) {
                check.compare(row, name, *expected, *found);
            }
        }
        Ok(())
    }

    fn steps(&self, batch: &[Vec<f64>], watch: &mut dyn Watch) -> Result<Check, RunError> {
        let mut check = Check::new("stepped row by row");
        let mut universe = self.universe(&self.data)?;
        for row in 0..self.data.bars {
            self.look_at(&check, row, watch)?;
            self.compare_step(&mut check, &mut universe, row, batch)?;
        }
        Ok(check)
    }

    /// Restores at cuts, and takes the row behind each once as one that forms: by induction the rest is equal, too.
    fn restarts(&self, batch: &[Vec<f64>], watch: &mut dyn Watch) -> Result<Check, RunError> {
        let mut universe = self.universe(&self.data)?;
        let most = (RESTORED_BYTES / universe.snapshot().len()).clamp(2, self.data.bars.max(2));
        let is_cut = super::spread(self.data.bars, most);
        let cuts = (0..self.data.bars).filter(|row| is_cut(*row)).count();
        let mut check = Check::new(format!("restored at {cuts} of {} rows", self.data.bars));
        let symbols = self.data.symbols.len();
        for row in 0..self.data.bars {
            self.look_at(&check, row, watch)?;
            if is_cut(row) {
                let saved = universe.snapshot();
                let mut forming = vec![vec![f64::NAN; symbols]; self.names.len()];
                let mut slices: Vec<&mut [f64]> = forming.iter_mut().map(Vec::as_mut_slice).collect();
                universe.preview(self.data.time(row), &self.data.row(row), &mut slices)?;
                check.compare_bytes(row, "state after a preview", &saved, &universe.snapshot());
                match self.rule.restore_universe(&saved) {
                    Ok(restored) => universe = restored,
                    Err(error) => check.compare_bytes(row, &error.to_string(), &saved, &[]),
                }
            }
            self.compare_step(&mut check, &mut universe, row, batch)?;
        }
        Ok(check.unless_empty(super::TOO_FEW_BARS))
    }

    fn prefix(&self, batch: &[Vec<f64>], watch: &mut dyn Watch) -> Result<Check, RunError> {
        let mut check = Check::new("run without the later half");
        let (bars, symbols) = (self.data.bars / 2, self.data.symbols.len());
        let fields: Vec<&[f64]> = self.data.fields.iter().map(|field| &field[..bars * symbols]).collect();
        let times_ns = self.data.times_ns.map(|times| &times[..bars]);
        let found = self.run(&Matrices { bars, times_ns, fields: &fields, ..self.data }, watch)?;
        for ((name, expected), found) in self.names.iter().zip(batch).zip(&found) {
            for (at, (expected, found)) in expected.iter().zip(found).enumerate() {
                check.compare(at / symbols, name, *expected, *found);
            }
        }
        Ok(check.unless_empty(super::TOO_FEW_BARS))
    }

    fn reversed(&self, batch: &[Vec<f64>], watch: &mut dyn Watch) -> Result<Check, RunError> {
        let mut check = Check::new("with the symbols in reverse order");
        let symbols = self.data.symbols.len().max(1);
        let reversed = |texts: &[String]| texts.iter().rev().cloned().collect::<Vec<_>>();
        let turned = |numbers: &[f64]| {
            numbers.chunks(symbols).flat_map(|row| row.iter().rev().copied()).collect::<Vec<f64>>()
        };
        let names = reversed(self.data.symbols);
        let groups = self.data.groups.map(reversed);
        let fields: Vec<Vec<f64>> = self.data.fields.iter().map(|field| turned(field)).collect();
        let fields: Vec<&[f64]> = fields.iter().map(Vec::as_slice).collect();
        let data = Matrices { symbols: &names, groups: groups.as_deref(), fields: &fields, ..self.data };
        let found = self.run(&data, watch)?;
        for ((name, expected), found) in self.names.iter().zip(batch).zip(&found) {
            for (at, (expected, found)) in expected.iter().zip(turned(found)).enumerate() {
                check.compare(at / symbols, name, *expected, found);
            }
        }
        Ok(check)
    }
}
