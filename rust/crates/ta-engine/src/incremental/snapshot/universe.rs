//! Snapshots of universes: a session's nodes, each with the states of all symbols one after the other.

use std::sync::Arc;

use super::nodes::{check_loaded, frame_bytes, node_state};
use super::{Reader, SnapshotError, SnapshotKind, begin, finish, invalid, numbers, open, optional};
use crate::incremental::across::Groupings;
use crate::incremental::state::Loader;
use crate::incremental::symbols::SymbolNames;
use crate::incremental::universe::Universe;
use crate::isa::Instructions;
use crate::plan::Plan;

impl Universe {
    /// The universe as bytes; each node's state stands symbol by symbol in the bytes a session has for it.
    pub fn snapshot(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        begin(
            SnapshotKind::Universe,
            self.plan.fingerprint(),
            self.plan.timeframe_ns,
            self.policies,
            &mut out,
        );
        out.extend_from_slice(&self.position.to_le_bytes());
        out.push(u8::from(self.last_time.is_some()));
        optional(&mut out, self.last_time.flatten());
        out.extend_from_slice(&(self.symbols as u64).to_le_bytes());
        // Where there are groups there are names.
        out.push(u8::from(self.names.is_some()) + u8::from(self.groups.is_some()));
        if let Some(names) = &self.names {
            names.save(&mut out);
        }
        if let Some(groups) = &self.groups {
            groups.save(&mut out);
        }
        for slot in 0..self.plan.fields.len() {
            let row = &self.rows[slot * self.tiles..][..self.tiles];
            numbers(&mut out, row.iter().flat_map(|tile| tile.0).take(self.symbols));
        }
        for (node, kernel) in self.plan.nodes.iter().zip(&mut self.nodes) {
            if node.operation.has_state() {
                out.extend_from_slice(&node.id);
                let length_at = out.len();
                out.extend_from_slice(&[0; 4]);
                for symbol in 0..self.symbols {
                    kernel.save(symbol, &mut out);
                    if symbol == 0 {
                        let length = (out.len() - length_at - 4) as u32;
                        out[length_at..length_at + 4].copy_from_slice(&length.to_le_bytes());
                    }
                }
            }
        }
        if self.keeps_nothing() {
            out.resize(out.len() + self.symbols, 0);
        }
        finish(out, &self.plan)
    }

    /// Refuses a universe of other symbols than these, or of the same in another order.
    ///
    /// # Errors
    /// With the first symbol that is another.
    pub fn expect_symbols(&self, given: &[String]) -> Result<(), SnapshotError> {
        let saved = self.names().unwrap_or_default();
        if self.symbols != given.len() || self.names().is_none() {
            let (saved, given) = (format!("{} symbols", self.symbols), format!("{}", given.len()));
            return Err(SnapshotError::OtherSymbols { saved, given });
        }
        match saved.iter().zip(given).enumerate().find(|(_, (saved, given))| saved != given) {
            None => Ok(()),
            Some((at, (saved, given))) => Err(SnapshotError::OtherSymbols {
                saved: format!("`{saved}` as symbol {at}"),
                given: format!("`{given}`"),
            }),
        }
    }

    /// True where a symbol has neither fields nor state: a rule of constants alone.
    fn keeps_nothing(&self) -> bool {
        self.plan.fields.is_empty() && !self.plan.nodes.iter().any(|node| node.operation.has_state())
    }

    /// A universe that goes on where the snapshot was taken.
    ///
    /// # Errors
    /// Where the bytes are not a whole, undamaged snapshot of this plan.
    pub fn restore(
        plan: &Arc<Plan>,
        bytes: &[u8],
        instructions: Instructions,
    ) -> Result<Universe, SnapshotError> {
        let (header, body) = open(bytes)?;
        header.check(SnapshotKind::Universe, plan.fingerprint(), plan.timeframe_ns, plan)?;
        let mut reader = Reader(body);
        let (position, last_time) = reader.position()?;
        let symbols = reader.u64()?;
        // Checked before anything is allocated for them.
        let texts = reader.byte(2, "which texts symbols have")?;
        let names = (texts > 0).then(|| SymbolNames::load(&mut reader, symbols)).transpose()?;
        let groups = (texts > 1).then(|| Groupings::load(&mut reader, symbols)).transpose()?;
        let rest = reader.0.len() as u64;
        if universe_bytes(plan, symbols) != Some(rest) {
            return Err(invalid(format!("{symbols} symbols in {rest} bytes")));
        }
        let symbols = symbols as usize;
        let mut universe =
            Universe::build(plan.clone(), symbols, names, groups, header.policies, instructions)?;
        (universe.position, universe.last_time) = (position, last_time);
        for slot in 0..plan.fields.len() {
            for symbol in 0..symbols {
                let tile = &mut universe.rows[slot * universe.tiles + symbol / 8];
                tile.0[symbol % 8] = reader.number()?;
            }
        }
        for (node, kernel) in plan.nodes.iter().zip(&mut universe.nodes) {
            if !node.operation.has_state() {
                continue;
            }
            let describe = || plan.describe(node.output);
            if symbols == 0 {
                node_state(&mut reader, node.id, describe)?;
                continue;
            }
            let mut state = node_state(&mut reader, node.id, describe)?;
            let length = state.len();
            for symbol in 0..symbols.next_multiple_of(8) {
                if symbol > 0 && symbol < symbols {
                    state = reader.bytes(length, || format!("the state of {}", describe()))?;
                }
                // Lanes without a symbol go along with the last one.
                let mut loader = Loader { lane: 0, bytes: state };
                let loaded = kernel.load(symbol, &mut loader);
                check_loaded(loaded, &loader, describe)?;
            }
        }
        if universe.keeps_nothing() {
            for _ in 0..symbols {
                reader.byte(0, "a symbol that keeps nothing")?;
            }
        }
        reader.end()?;
        Ok(universe)
    }
}

/// Bytes that the fields and nodes of so many symbols take; `None` where that is no number. A symbol takes a byte at
/// least, or their number could not be held against the length.
fn universe_bytes(plan: &Plan, symbols: u64) -> Option<u64> {
    let per_symbol = (plan.state_bytes + 8 * plan.fields.len()).max(1);
    symbols.checked_mul(per_symbol as u64)?.checked_add(frame_bytes(plan) as u64)
}
