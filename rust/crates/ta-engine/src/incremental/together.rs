//! A table of many symbols whose bars of one time are looked at together: they are a row of a universe.

use super::across::Groupings;
use super::contracts::{MissingInput, Policies, StepError};
use super::groups::{GroupError, Part, Running, Table};
use super::machine::put;
use super::universe::Universe;
use super::watch::Watch;

/// Rows that are laid out at once.
const CHUNK: usize = 512;

/// One symbol's bars, in the order of their times.
struct Column<'p, 'a> {
    part: &'p mut Part<'a>,
    /// The first bar that is in no row yet.
    next: usize,
    /// Per field the last good value, where missing ones are held.
    last: Vec<f64>,
}

impl Running {
    /// Runs all symbols as one universe, a row for each time at which any of them has a bar.
    pub(super) fn run_rows(
        &self,
        parts: &mut [Part<'_>],
        table: &Table<'_>,
        watch: &mut dyn Watch,
    ) -> Result<(), GroupError> {
        let at_all = |error| GroupError { group: 0, error };
        let Some(stamps) = table.times_ns else {
            return Err(at_all(StepError::Time(
                "the rule looks at all symbols of a row together: every bar needs a time, which says what row it is in",
            )));
        };
        for part in parts.iter() {
            table.check(part).map_err(|error| table.placed(part, error))?;
        }
        let mut times: Vec<i64> = stamps.to_vec();
        times.sort_unstable();
        times.dedup();
        let holds = self.policies.missing_input == MissingInput::HoldPrevious;
        // A symbol without a bar lacks nothing, and what its bars lack has been looked at.
        let policies = Policies { missing_input: MissingInput::EmitMissing, ..self.policies };
        let (symbols, fields) = (parts.len(), table.columns.len());
        let groups = self.symbol_groups.clone().map(|groups| Groupings::new(groups, symbols)).transpose();
        let groups = groups.map_err(|_| {
            let given = self.symbol_groups.as_ref().map_or(0, Vec::len);
            at_all(StepError::Shape { what: "groups of symbols", given, needed: symbols })
        })?;
        let universe = Universe::build(self.plan.clone(), symbols, None, groups, policies, self.instructions);
        let mut universe = universe
            .map_err(|_| at_all(StepError::Time("the symbols together need more memory than is allowed")))?;
        let mut columns: Vec<_> =
            parts.iter_mut().map(|part| Column { part, next: 0, last: vec![f64::NAN; fields] }).collect();
        let room = CHUNK.min(times.len()) * symbols;
        let mut given = vec![vec![f64::NAN; room]; fields];
        let mut made = vec![vec![f64::NAN; room]; self.plan.outputs().len()];
        // The rows of a chunk that each symbol has bars in.
        let mut rows = vec![Vec::with_capacity(CHUNK); symbols];
        for chunk in times.chunks(CHUNK) {
            watch.look().map_err(|_| at_all(StepError::Interrupted))?;
            given.iter_mut().for_each(|matrix| matrix.fill(f64::NAN));
            for (at, (column, rows)) in columns.iter_mut().zip(&mut rows).enumerate() {
                rows.clear();
                let mut bar = column.next;
                for (row, time_ns) in chunk.iter().enumerate() {
                    if bar == column.part.rows.len() || stamps[column.part.rows.row(bar)] != *time_ns {
                        continue;
                    }
                    let from = column.part.rows.row(bar);
                    for ((matrix, field), last) in given.iter_mut().zip(table.columns).zip(&mut column.last) {
                        put(last, field[from], holds);
                        matrix[row * symbols + at] = *last;
                    }
                    rows.push(row);
                    bar += 1;
                }
            }
            let fields: Vec<&[f64]> = given.iter().map(Vec::as_slice).collect();
            let mut outputs: Vec<&mut [f64]> = made.iter_mut().map(Vec::as_mut_slice).collect();
            for (row, time_ns) in chunk.iter().enumerate() {
                universe.take_row(Some(*time_ns), row, &fields, &mut outputs);
            }
            for (at, (column, rows)) in columns.iter_mut().zip(&rows).enumerate() {
                for (output, matrix) in column.part.outputs.iter_mut().zip(&made) {
                    for (place, row) in output[column.next..].iter_mut().zip(rows) {
                        *place = matrix[row * symbols + at];
                    }
                }
                column.next += rows.len();
            }
        }
        Ok(())
    }
}
