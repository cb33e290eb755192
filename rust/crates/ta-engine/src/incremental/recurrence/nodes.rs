//! Loops as nodes: of a session, and of a universe.

use std::sync::Arc;

use super::places::{Few, Many, Room};
use super::program::Program;
use super::turn::Turn;
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
}

/// A loop of one symbol. Its last values stand with the numbers of the program, but where they are saved.
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
        let mut shared = Shared::<f64, R>::new(operation, wiring);
        let turn = Turn::new(&operation.program);
        shared.program.enter(&turn);
        Box::new(LoopNode { shared, turn, best })
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

impl<V: Lanes, R: Room> Shared<V, R> {
    fn new(operation: &Arc<LoopOperation>, wiring: &Wiring) -> Shared<V, R> {
        let program = Program::new(&operation.program);
        Shared { operation: operation.clone(), program, wiring: wiring.clone() }
    }
}

/// One bar of a row that has `width` numbers per slot, of the one at `lane`.
struct StepRow<'a, V: Lanes, R: Room> {
    shared: &'a mut Shared<V, R>,
    row: &'a mut [V],
    width: usize,
    at: usize,
}

impl<V: Lanes, R: Room> StepRow<'_, V, R> {
    #[inline(always)]
    fn step(self, turn: &mut Turn<V>) {
        let StepRow { shared: Shared { program, wiring, .. }, row, width, at } = self;
        // What is given is behind what is read.
        let (read, given) = row.split_at_mut(wiring.output * width);
        let read = wiring.inputs.iter().map(|slot| read[slot * width + at]);
        program.take(turn, false, read, given[at..].iter_mut().step_by(width));
    }
}

impl<R: Room> Work<Turn<f64>> for StepRow<'_, f64, R> {
    type Output = ();
    #[inline(always)]
    fn run(self, turn: &mut Turn<f64>) {
        self.step(turn);
    }
}

/// One bar of a row of tiles.
struct StepTiles<'a, R: Room> {
    shared: &'a mut Shared<Lanes8, R>,
    row: &'a mut [Lanes8],
}

impl<R: Room> Work<[Turn<Lanes8>]> for StepTiles<'_, R> {
    type Output = ();
    #[inline(always)]
    fn run(self, turns: &mut [Turn<Lanes8>]) {
        let StepTiles { shared, row } = self;
        let width = turns.len();
        for (at, turn) in turns.iter_mut().enumerate() {
            shared.program.enter(turn);
            StepRow { shared, row, width, at }.step(turn);
            shared.program.leave(turn);
        }
    }
}

/// A chunk of bars.
struct RunColumns<'a, 'b, V: Lanes, R: Room> {
    shared: &'a mut Shared<V, R>,
    columns: &'a mut Columns<'b, V>,
}

impl<V: Lanes, R: Room> Work<Turn<V>> for RunColumns<'_, '_, V, R> {
    type Output = ();
    #[inline(always)]
    fn run(self, turn: &mut Turn<V>) {
        let RunColumns { shared: Shared { program, wiring, .. }, columns } = self;
        for slot in &wiring.inputs {
            LookThrough(*slot).run(columns);
        }
        let values = program.script.results.len();
        let are_ready = wiring.inputs.iter().all(|slot| columns.is_ready(*slot));
        let bars = columns.bars();
        let (read, mut given) = columns.split_any(&wiring.inputs, wiring.output, values);
        for bar in 0..bars {
            let read = read.iter().map(|column| column[bar]);
            program.take(turn, are_ready, read, given.iter_mut().map(|column| &mut column[bar]));
        }
        for value in 0..values {
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
        self.shared.program.leave(&mut self.turn);
        self.turn.tidy();
        let program = &self.shared.operation.program;
        self.turn.visit_saved(program, &mut Saver { lane: 0, out }).expect("saving cannot fail");
    }

    fn load(&mut self, loader: &mut Loader<'_>) -> Result<(), StateError> {
        let program = &self.shared.operation.program;
        self.turn.tidy();
        self.turn.visit_saved(program, loader)?;
        self.turn.loaded(program, 0)?;
        self.shared.program.enter(&self.turn);
        Ok(())
    }

    fn remember(&mut self, memory: &mut Vec<u64>) {
        self.shared.program.leave(&mut self.turn);
        self.turn.visit_changing(&mut Remember(memory)).expect("remembering cannot fail");
    }

    fn put_back(&mut self, memory: &mut PutBack<'_>) {
        self.turn.visit_changing(memory).expect("putting back cannot fail");
        self.shared.program.enter(&self.turn);
    }
}

impl<R: Room> GroupNode for LoopGroup<R> {
    fn step(&mut self, rows: &mut [Lanes8], _tiles: usize) {
        let LoopGroup { shared, turns, best } = self;
        best.run(&mut turns[..], StepTiles { shared, row: rows });
    }

    fn run(&mut self, tile: usize, columns: &mut Columns<'_, Lanes8>) {
        let LoopGroup { shared, turns, best } = self;
        let turn = &mut turns[tile];
        shared.program.enter(turn);
        best.run(turn, RunColumns { shared, columns });
        shared.program.leave(turn);
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

    fn remember(&mut self, memory: &mut Vec<u64>) {
        for turn in &mut self.turns {
            turn.visit_changing(&mut Remember(memory)).expect("remembering cannot fail");
        }
    }

    fn put_back(&mut self, memory: &mut PutBack<'_>) {
        for turn in &mut self.turns {
            turn.visit_changing(memory).expect("putting back cannot fail");
        }
    }
}
