//! What a node is: to a session of one symbol, and to a universe of many.

use super::columns::Columns;
use super::function_node::Fault;
use super::state::{Loader, PutBack};
use crate::kernel::StateError;
use crate::lanes::Lanes8;

/// Where a node's inputs and outputs stand in the row.
#[derive(Clone, Debug)]
pub(crate) struct Wiring {
    /// One slot per input.
    pub(crate) inputs: Vec<usize>,
    /// The first output's slot, behind all inputs; the others follow.
    pub(crate) output: usize,
}

/// A node in a session: one symbol. Those without state have nothing to say but what they compute.
pub(crate) trait SingleNode: Send + Sync {
    /// Takes one bar from the row and puts its values there.
    fn step(&mut self, row: &mut [f64]);
    /// Takes a chunk of bars from the columns and puts its values there.
    fn run(&mut self, columns: &mut Columns<'_, f64>);
    /// Whether the last step, had its inputs been ready, was past the warm-up. To be asked before anything is put back.
    fn was_warm(&self) -> bool {
        true
    }
    /// What went wrong since it was last asked: of functions outside the engine alone.
    fn fault(&mut self) -> Option<Fault> {
        None
    }
    /// How many canonical bytes the state takes, whatever was seen.
    fn state_bytes(&mut self) -> usize {
        0
    }
    /// Appends the state's canonical bytes.
    fn save(&mut self, _out: &mut Vec<u8>) {}
    /// Reads the state.
    fn load(&mut self, _loader: &mut Loader<'_>) -> Result<(), StateError> {
        Ok(())
    }
    /// Remembers what the next step may overwrite.
    fn remember(&mut self, _memory: &mut Vec<u64>) {}
    /// Puts back what was remembered.
    fn put_back(&mut self, _memory: &mut PutBack<'_>) {}
}

/// A node in a universe: tiles of eight symbols. Those without state have nothing to say but what they compute.
pub(crate) trait GroupNode: Send + Sync {
    /// Takes one bar of every tile; `rows` holds `tiles` values per slot.
    fn step(&mut self, rows: &mut [Lanes8], tiles: usize);
    /// Takes a chunk of bars of one tile.
    fn run(&mut self, tile: usize, columns: &mut Columns<'_, Lanes8>);
    /// Appends one symbol's canonical bytes.
    fn save(&mut self, _symbol: usize, _out: &mut Vec<u8>) {}
    /// Reads one symbol's state.
    fn load(&mut self, _symbol: usize, _loader: &mut Loader<'_>) -> Result<(), StateError> {
        Ok(())
    }
    /// Remembers what the next step may overwrite.
    fn remember(&mut self, _memory: &mut Vec<u64>) {}
    /// Puts back what was remembered.
    fn put_back(&mut self, _memory: &mut PutBack<'_>) {}
}
