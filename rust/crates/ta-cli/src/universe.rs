//! Many symbols at once: a rule that looks across them is run and proven over all files together.

use std::path::PathBuf;

use ta_bars::Table;
use ta_engine::incremental::groups::Groups;
use ta_engine::incremental::watch::{Unwatched, Watch};
use ta_engine::verify::{Matrices, ParityReport};
use ta_engine::{Options, Rule};

use crate::run::read;
use crate::{Failure, Input};

/// One symbol's bars, and the file that they are of.
pub(crate) struct OfSymbol {
    pub(crate) file: PathBuf,
    pub(crate) symbol: String,
    pub(crate) table: Table,
}

/// The symbols of all files.
pub(crate) struct Together {
    pub(crate) all: Vec<OfSymbol>,
    options: Options,
}

impl Together {
    /// Reads all files; `names` are what they are called.
    pub(crate) fn read(rule: &Rule, input: &Input, names: &[String]) -> Result<Together, Failure> {
        let mut all: Vec<OfSymbol> = Vec::new();
        let mut of_all: Option<Options> = None;
        for (file, name) in input.files.iter().zip(names) {
            let tables = read(rule, file, input)?;
            let is_one = tables.len() == 1;
            for (table, options) in tables {
                let symbol = table.symbol.clone().filter(|_| !is_one).unwrap_or_else(|| name.clone());
                if all.iter().any(|known| known.symbol == symbol) {
                    return Err(Failure::Data(format!(
                        "{}: the symbol {symbol} is given twice",
                        file.display()
                    )));
                }
                of_all.get_or_insert(options);
                all.push(OfSymbol { file: file.clone(), symbol, table });
            }
        }
        if all.len() < 2 {
            let refused = rule.session(Options::default()).err();
            let why = refused.map_or_else(String::new, |error| format!("{error}; "));
            return Err(Failure::Data(format!(
                "{why}give a file for each symbol, or --symbol '*' for all symbols of one file"
            )));
        }
        Ok(Together { all, options: of_all.unwrap_or_default() })
    }

    fn columns(&self, rule: &Rule) -> Result<Vec<Vec<&[f64]>>, Failure> {
        let columns = self.all.iter().map(|one| {
            let columns = one.table.columns_for(rule.plan());
            columns.map_err(|error| Failure::Data(format!("{}: {error}", one.file.display())))
        });
        columns.collect()
    }

    /// Per symbol its outputs.
    pub(crate) fn run(&self, rule: &Rule) -> Result<Vec<Vec<Vec<f64>>>, Failure> {
        let columns = self.columns(rule)?;
        let (fields, outputs) = (rule.plan().fields().len(), rule.plan().outputs().len());
        let joined: Vec<Vec<f64>> =
            (0..fields).map(|field| columns.iter().flat_map(|own| own[field]).copied().collect()).collect();
        let joined: Vec<&[f64]> = joined.iter().map(Vec::as_slice).collect();
        let times: Vec<i64> = self.all.iter().flat_map(|one| &one.table.times_ns).copied().collect();
        let mut bounds = vec![0];
        for one in &self.all {
            bounds.push(bounds[bounds.len() - 1] + one.table.times_ns.len() as i64);
        }
        let mut made = vec![vec![f64::NAN; times.len()]; outputs];
        let mut slices: Vec<&mut [f64]> = made.iter_mut().map(Vec::as_mut_slice).collect();
        let running = rule.running(self.options, 1).map_err(|error| Failure::Data(error.to_string()))?;
        let groups = Groups { rows: None, bounds: &bounds };
        running.run(groups, Some(&times), &joined, &mut slices, &mut Unwatched).map_err(|error| {
            Failure::Data(format!("{}: {}", self.all[error.group].file.display(), error.error))
        })?;
        let own = |bounds: &[i64]| {
            made.iter().map(|column| column[bounds[0] as usize..bounds[1] as usize].to_vec()).collect()
        };
        Ok(bounds.windows(2).map(own).collect())
    }

    /// What a proof over all symbols finds: a row for each time at which any of them has a bar.
    pub(crate) fn verify(&self, rule: &Rule, watch: &mut dyn Watch) -> Result<ParityReport, Failure> {
        let columns = self.columns(rule)?;
        let mut times: Vec<i64> = self.all.iter().flat_map(|one| &one.table.times_ns).copied().collect();
        times.sort_unstable();
        times.dedup();
        let symbols: Vec<String> = self.all.iter().map(|one| one.symbol.clone()).collect();
        let mut fields = vec![vec![f64::NAN; times.len() * symbols.len()]; rule.plan().fields().len()];
        for (at, (one, columns)) in self.all.iter().zip(&columns).enumerate() {
            for (bar, time_ns) in one.table.times_ns.iter().enumerate() {
                let row = times.partition_point(|known| known < time_ns);
                for (matrix, column) in fields.iter_mut().zip(columns) {
                    matrix[row * symbols.len() + at] = column[bar];
                }
            }
        }
        let fields: Vec<&[f64]> = fields.iter().map(Vec::as_slice).collect();
        let data = Matrices {
            symbols: &symbols,
            groups: None,
            times_ns: Some(&times),
            bars: times.len(),
            fields: &fields,
        };
        rule.verify_universe(data, self.options, watch).map_err(|error| Failure::Data(error.to_string()))
    }
}
