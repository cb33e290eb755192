//! Loops as nodes: of a session, and of a universe.

use std::sync::Arc;

use super::turn::Turn;
use crate::incremental::columns::{Columns, LookThrough};
use crate::incremental::node::{GroupNode, SingleNode, Wiring};
use crate::incremental::state::{Loader, Measure, PutBack, Remember, Saver};
use crate::isa::{Best, Work};
use crate::kernel::StateError;
use crate::lanes::{Lanes, Lanes8};
use crate::plan::loops::LoopOperation;

/// A loop of one symbol.
struct LoopNode {
    turn: Turn<f64>,
    wiring: Wiring,
    best: Best,
    /// What a chunk gave, a value after the other.
    given: Vec<f64>,
}

/// A loop of a universe.
struct LoopGroup {
    turns: Vec<Turn<Lanes8>>,
    wiring: Wiring,
    best: Best,
    given: Vec<Lanes8>,
}

/// The node of a loop for one symbol.
pub(crate) fn loop_single(
    operation: &Arc<LoopOperation>,
    wiring: &Wiring,
    best: Best,
) -> Box<dyn SingleNode> {
    let (turn, wiring) = (Turn::new(operation.clone()), wiring.clone());
    Box::new(LoopNode { turn, wiring, best, given: Vec::new() })
}

/// The node of a loop for tiles of symbols.
pub(crate) fn loop_group(
    operation: &Arc<LoopOperation>,
    wiring: &Wiring,
    tiles: usize,
    best: Best,
) -> Box<dyn GroupNode> {
    let turns = (0..tiles).map(|_| Turn::new(operation.clone())).collect();
    Box::new(LoopGroup { turns, wiring: wiring.clone(), best, given: Vec::new() })
}

/// One bar of a row that has `width` numbers per slot, of the one at `lane`.
struct StepRow<'a, V> {
    row: &'a mut [V],
    wiring: &'a Wiring,
    width: usize,
    at: usize,
}

impl<V: Lanes> Work<Turn<V>> for StepRow<'_, V> {
    type Output = ();
    #[inline(always)]
    fn run(self, turn: &mut Turn<V>) {
        let StepRow { row, wiring, width, at } = self;
        let places = turn.inputs();
        for input in 0..places.len() {
            places[input] = row[wiring.inputs[input] * width + at];
        }
        let taken = turn.take();
        for value in 0..turn.program().values.len() {
            row[(wiring.output + value) * width + at] = V::select(taken, turn.value(value), V::NAN);
        }
    }
}

/// A chunk of bars; what it gives is put aside, a column after the other.
struct RunColumns<'a, 'b, V> {
    columns: &'a mut Columns<'b, V>,
    wiring: &'a Wiring,
    given: &'a mut Vec<V>,
}

impl<V: Lanes> Work<Turn<V>> for RunColumns<'_, '_, V> {
    type Output = ();
    #[inline(always)]
    fn run(self, turn: &mut Turn<V>) {
        let RunColumns { columns, wiring, given } = self;
        for slot in &wiring.inputs {
            LookThrough(*slot).run(columns);
        }
        let (bars, values) = (columns.bars(), turn.program().values.len());
        given.resize(bars * values, V::NAN);
        let inputs: Vec<&[V]> = wiring.inputs.iter().map(|slot| columns.column(*slot)).collect();
        for bar in 0..bars {
            let places = turn.inputs();
            for input in 0..places.len() {
                places[input] = inputs[input][bar];
            }
            let taken = turn.take();
            for value in 0..values {
                given[value * bars + bar] = V::select(taken, turn.value(value), V::NAN);
            }
        }
        for (value, column) in given.chunks_exact(bars.max(1)).enumerate() {
            columns.computed(wiring.output + value).copy_from_slice(column);
            columns.filled(wiring.output + value);
        }
    }
}

impl SingleNode for LoopNode {
    fn step(&mut self, row: &mut [f64]) {
        self.best.run(&mut self.turn, StepRow { row, wiring: &self.wiring, width: 1, at: 0 });
    }

    fn run(&mut self, columns: &mut Columns<'_, f64>) {
        let (wiring, given) = (&self.wiring, &mut self.given);
        self.best.run(&mut self.turn, RunColumns { columns, wiring, given });
    }

    fn state_bytes(&mut self) -> usize {
        let mut measure = Measure(0);
        self.turn.visit_saved(&mut measure).expect("measuring cannot fail");
        measure.0
    }

    fn save(&mut self, out: &mut Vec<u8>) {
        self.turn.tidy();
        self.turn.visit_saved(&mut Saver { lane: 0, out }).expect("saving cannot fail");
    }

    fn load(&mut self, loader: &mut Loader<'_>) -> Result<(), StateError> {
        self.turn.tidy();
        self.turn.visit_saved(loader)?;
        self.turn.loaded(0)
    }

    fn remember(&mut self, memory: &mut Vec<u64>) {
        self.turn.visit_changing(&mut Remember(memory)).expect("remembering cannot fail");
    }

    fn put_back(&mut self, memory: &mut PutBack<'_>) {
        self.turn.visit_changing(memory).expect("putting back cannot fail");
    }
}

impl GroupNode for LoopGroup {
    fn step(&mut self, rows: &mut [Lanes8], tiles: usize) {
        for (tile, turn) in self.turns.iter_mut().enumerate() {
            self.best.run(turn, StepRow { row: rows, wiring: &self.wiring, width: tiles, at: tile });
        }
    }

    fn run(&mut self, tile: usize, columns: &mut Columns<'_, Lanes8>) {
        let (wiring, given) = (&self.wiring, &mut self.given);
        self.best.run(&mut self.turns[tile], RunColumns { columns, wiring, given });
    }

    fn save(&mut self, symbol: usize, out: &mut Vec<u8>) {
        let turn = &mut self.turns[symbol / Lanes8::LANES];
        turn.tidy();
        turn.visit_saved(&mut Saver { lane: symbol % Lanes8::LANES, out }).expect("saving cannot fail");
    }

    fn load(&mut self, symbol: usize, loader: &mut Loader<'_>) -> Result<(), StateError> {
        let turn = &mut self.turns[symbol / Lanes8::LANES];
        turn.tidy();
        loader.lane = symbol % Lanes8::LANES;
        turn.visit_saved(loader)?;
        turn.loaded(loader.lane)
    }
}
