//! Loops as nodes: of a session, and of a universe.

use std::iter::zip;
use std::sync::Arc;

use super::places::{Few, Many, Room};
use super::program::Program;
use super::turn::{Turn, Width};
use crate::incremental::columns::{Columns, LookThrough};
use crate::incremental::node::{GroupNode, SingleNode, Wiring};
use crate::incremental::state::{Loader, Measure, PutBack, Remember, Saver};
use crate::isa::{Best, Work};
use crate::kernel::StateError;
use crate::lanes::{Lanes, Lanes8};
use crate::plan::loops::LoopOperation;

/// What the loops of a node have in common.
struct Shared<V: Lanes, R: Room> {
    operation: Arc<LoopOperation>,
    program: Program<V, R>,
    wiring: Wiring,
    /// What a chunk gave, a value after the other.
    given: Vec<V>,
}

/// A loop of one symbol.
struct LoopNode<R: Room> {
    shared: Shared<f64, R>,
    turn: Turn<f64>,
    best: Best,
}

/// A loop of a universe.
struct LoopGroup<R: Room> {
    shared: Shared<Lanes8, R>,
    turns: Vec<Turn<Lanes8>>,
    best: Best,
}

/// Whether the numbers of a loop are few.
fn has_few(operation: &LoopOperation) -> bool {
    Program::<f64, Few>::size(&operation.program) <= Few::MOST
}

/// The node of a loop for one symbol.
pub(crate) fn loop_single(
    operation: &Arc<LoopOperation>,
    wiring: &Wiring,
    best: Best,
) -> Box<dyn SingleNode> {
    fn node<R: Room>(operation: &Arc<LoopOperation>, wiring: &Wiring, best: Best) -> Box<dyn SingleNode> {
        let shared = Shared::<f64, R>::new(operation, wiring);
        Box::new(LoopNode { shared, turn: Turn::new(&operation.program), best })
    }
    let node = if has_few(operation) { node::<Few> } else { node::<Many> };
    node(operation, wiring, best)
}

/// The node of a loop for tiles of symbols.
pub(crate) fn loop_group(
    operation: &Arc<LoopOperation>,
    wiring: &Wiring,
    tiles: usize,
    best: Best,
) -> Box<dyn GroupNode> {
    fn node<R: Room>(
        operation: &Arc<LoopOperation>,
        wiring: &Wiring,
        tiles: usize,
        best: Best,
    ) -> Box<dyn GroupNode> {
        let shared = Shared::<Lanes8, R>::new(operation, wiring);
        let turns = (0..tiles).map(|_| Turn::new(&operation.program)).collect();
        Box::new(LoopGroup { shared, turns, best })
    }
    let node = if has_few(operation) { node::<Few> } else { node::<Many> };
    node(operation, wiring, tiles, best)
}

impl<V: Width, R: Room> Shared<V, R> {
    fn new(operation: &Arc<LoopOperation>, wiring: &Wiring) -> Shared<V, R> {
        let program = Program::new(&operation.program);
        Shared { operation: operation.clone(), program, wiring: wiring.clone(), given: Vec::new() }
    }
}

/// One bar of a row that has `width` numbers per slot, of the one at `lane`.
struct StepRow<'a, V: Lanes, R: Room> {
    shared: &'a mut Shared<V, R>,
    row: &'a mut [V],
    width: usize,
    at: usize,
}

impl<V: Width, R: Room> Work<Turn<V>> for StepRow<'_, V, R> {
    type Output = ();
    #[inline(always)]
    fn run(self, turn: &mut Turn<V>) {
        let StepRow { shared: Shared { program, wiring, .. }, row, width, at } = self;
        for (place, slot) in zip(program.inputs(), &wiring.inputs) {
            *place = row[slot * width + at];
        }
        let taken = program.take(turn);
        for value in 0..program.values() {
            row[(wiring.output + value) * width + at] = program.given(value, taken);
        }
    }
}

/// A chunk of bars; what it gives is put aside, a column after the other.
struct RunColumns<'a, 'b, V: Lanes, R: Room> {
    shared: &'a mut Shared<V, R>,
    columns: &'a mut Columns<'b, V>,
}

impl<V: Width, R: Room> Work<Turn<V>> for RunColumns<'_, '_, V, R> {
    type Output = ();
    #[inline(always)]
    fn run(self, turn: &mut Turn<V>) {
        let RunColumns { shared: Shared { program, wiring, given, .. }, columns } = self;
        for slot in &wiring.inputs {
            LookThrough(*slot).run(columns);
        }
        let (bars, values) = (columns.bars(), program.values());
        given.resize(bars * values, V::NAN);
        let inputs: Vec<&[V]> = wiring.inputs.iter().map(|slot| columns.column(*slot)).collect();
        for bar in 0..bars {
            for (place, column) in zip(program.inputs(), &inputs) {
                *place = column[bar];
            }
            let taken = program.take(turn);
            // By number: a stride would be divided by on every bar.
            for value in 0..values {
                given[value * bars + bar] = program.given(value, taken);
            }
        }
        for (value, column) in given.chunks_exact(bars.max(1)).enumerate() {
            columns.computed(wiring.output + value).copy_from_slice(column);
            columns.filled(wiring.output + value);
        }
    }
}

impl<R: Room> SingleNode for LoopNode<R> {
    fn step(&mut self, row: &mut [f64]) {
        let LoopNode { shared, turn, best } = self;
        best.run(turn, StepRow { shared, row, width: 1, at: 0 });
    }

    fn run(&mut self, columns: &mut Columns<'_, f64>) {
        let LoopNode { shared, turn, best } = self;
        best.run(turn, RunColumns { shared, columns });
    }

    fn state_bytes(&mut self) -> usize {
        let mut measure = Measure(0);
        let program = &self.shared.operation.program;
        self.turn.visit_saved(program, &mut measure).expect("measuring cannot fail");
        measure.0
    }

    fn save(&mut self, out: &mut Vec<u8>) {
        self.turn.tidy();
        let program = &self.shared.operation.program;
        self.turn.visit_saved(program, &mut Saver { lane: 0, out }).expect("saving cannot fail");
    }

    fn load(&mut self, loader: &mut Loader<'_>) -> Result<(), StateError> {
        let program = &self.shared.operation.program;
        self.turn.tidy();
        self.turn.visit_saved(program, loader)?;
        self.turn.loaded(program, 0)
    }

    fn remember(&mut self, memory: &mut Vec<u64>) {
        self.turn.visit_changing(&mut Remember(memory)).expect("remembering cannot fail");
    }

    fn put_back(&mut self, memory: &mut PutBack<'_>) {
        self.turn.visit_changing(memory).expect("putting back cannot fail");
    }
}

impl<R: Room> GroupNode for LoopGroup<R> {
    fn step(&mut self, rows: &mut [Lanes8], tiles: usize) {
        let LoopGroup { shared, turns, best } = self;
        for (at, turn) in turns.iter_mut().enumerate() {
            best.run(turn, StepRow { shared, row: rows, width: tiles, at });
        }
    }

    fn run(&mut self, tile: usize, columns: &mut Columns<'_, Lanes8>) {
        let LoopGroup { shared, turns, best } = self;
        best.run(&mut turns[tile], RunColumns { shared, columns });
    }

    fn save(&mut self, symbol: usize, out: &mut Vec<u8>) {
        let program = &self.shared.operation.program;
        let turn = &mut self.turns[symbol / Lanes8::LANES];
        turn.tidy();
        turn.visit_saved(program, &mut Saver { lane: symbol % Lanes8::LANES, out })
            .expect("saving cannot fail");
    }

    fn load(&mut self, symbol: usize, loader: &mut Loader<'_>) -> Result<(), StateError> {
        let program = &self.shared.operation.program;
        let turn = &mut self.turns[symbol / Lanes8::LANES];
        turn.tidy();
        loader.lane = symbol % Lanes8::LANES;
        turn.visit_saved(program, loader)?;
        turn.loaded(program, loader.lane)
    }
}
