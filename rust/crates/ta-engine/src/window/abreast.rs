//! Blocks of one column abreast: each in a lane of its own.
//!
//! What a block leaves to the next is made of its inputs alone. Where the inputs of several blocks are known, none has to
//! wait for the one before: the operations of a step are done for all of them at once, with the same bits.

use std::marker::PhantomData;

use super::blocks::{Fold, part};
use super::cells::{Cells, Place};
use crate::isa::{Best, Instructions, Isa, LINE, SIDE, Work, fetch_ahead};
use crate::lanes::{Lanes, Lanes8};

/// The most blocks that go abreast.
pub(super) const MOST: usize = Lanes8::LANES;

/// Space for blocks abreast. All of it is in rows, one per phase, for the compiler makes vectors only of numbers that
/// stand side by side in memory.
#[derive(Debug)]
pub(super) struct Abreast<const C: usize, const O: usize> {
    inputs: Vec<Lanes8>,
    tables: Vec<[Neighbours; C]>,
    folds: Vec<[Lanes8; O]>,
    /// For what only moves numbers.
    best: Best,
}

/// A number of each block, from [`OWN`] on, and in front of them that of the block before them all: so what a block
/// reads of its left neighbour lies in a row too.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Neighbours([f64; 2 * MOST]);

/// Where a row of aligned vectors begins.
const OWN: usize = MOST;
const LEFT: usize = OWN - 1;
const LAST: usize = OWN + MOST - 1;

/// The cells of the blocks, which become their tables.
struct Own<'a, const C: usize>(&'a mut [[Neighbours; C]]);

impl<const C: usize> Cells<Lanes8, C> for Own<'_, C> {
    #[inline(always)]
    fn get(&self, at: usize) -> [Lanes8; C] {
        let mut cell = [Lanes8::ZERO; C];
        for (number, row) in cell.iter_mut().zip(&self.0[at]) {
            for lane in 0..MOST {
                number.set_lane(lane, row.0[OWN + lane]);
            }
        }
        cell
    }
    #[inline(always)]
    fn set(&mut self, at: usize, cell: [Lanes8; C]) {
        for (number, row) in cell.iter().zip(&mut self.0[at]) {
            for lane in 0..MOST {
                row.0[OWN + lane] = number.lane(lane);
            }
        }
    }
}

/// Blocks that are turned: cells are made of the inputs as they are read, and the tables written over those of the blocks
/// before, of which the last becomes the left neighbour.
struct Turning<'a, F, const C: usize, const R: usize, const O: usize> {
    inputs: &'a [Lanes8],
    own: Own<'a, C>,
    fold: PhantomData<F>,
}

impl<F: Fold<C, R, O>, const C: usize, const R: usize, const O: usize> Cells<Lanes8, C>
    for Turning<'_, F, C, R, O>
{
    #[inline(always)]
    fn get(&self, at: usize) -> [Lanes8; C] {
        F::cell(self.inputs[at], Lanes8::splat(at as f64))
    }
    #[inline(always)]
    fn set(&mut self, at: usize, cell: [Lanes8; C]) {
        for row in &mut self.own.0[at] {
            row.0[LEFT] = row.0[LAST];
        }
        self.own.set(at, cell);
    }
}

/// Where the inputs of one row stand: each block looks at the table of the one before.
struct Row<'a, const C: usize> {
    phase: usize,
    tables: &'a [[Neighbours; C]],
}

impl<const C: usize> Place<Lanes8, C> for Row<'_, C> {
    #[inline(always)]
    fn phase(&self) -> Lanes8 {
        Lanes8::splat(self.phase as f64)
    }
    #[inline(always)]
    fn next(&self) -> [Lanes8; C] {
        let mut next = [Lanes8::ZERO; C];
        for (number, row) in next.iter_mut().zip(&self.tables[self.phase + 1]) {
            for lane in 0..MOST {
                number.set_lane(lane, row.0[LEFT + lane]);
            }
        }
        next
    }
}

const ONE_LANE: &str = "blocks go abreast in columns of numbers";

impl<const C: usize, const O: usize> Abreast<C, O> {
    pub(super) fn new() -> Abreast<C, O> {
        Abreast {
            inputs: Vec::new(),
            tables: Vec::new(),
            folds: Vec::new(),
            best: Best::of(Instructions::Best),
        }
    }

    /// Takes whole blocks of a window of one number. `cells` are those of the window, turned; behind them stands the fold
    /// of nothing.
    #[inline(always)]
    pub(super) fn run<V: Lanes, F: Fold<C, R, O>, const R: usize>(
        &mut self,
        cells: &mut [[V; C]],
        running: &mut [V; R],
        period: usize,
        xs: &[V],
        mut outs: [&mut [V]; O],
    ) {
        let bars = cells.len() - 1;
        self.make_room(bars);
        lend(cells, &mut self.tables);
        let mut done = 0;
        while done < xs.len() {
            let many = (xs.len() - done).min(MOST * bars);
            let outs = part(&mut outs, done, many);
            self.run_group::<V, F, R>(running, period, &xs[done..][..many], outs);
            done += many;
        }
        take_back(&self.tables, cells);
    }

    /// Takes as many blocks as there are lanes, or fewer if they are the last.
    #[inline(always)]
    fn run_group<V: Lanes, F: Fold<C, R, O>, const R: usize>(
        &mut self,
        running: &mut [V; R],
        period: usize,
        xs: &[V],
        outs: [&mut [V]; O],
    ) {
        let bars = self.folds.len();
        let inputs = &mut self.inputs[..bars];
        let tables = &mut self.tables[..=bars];
        let folds = &mut self.folds[..bars];
        deal(self.best, V::numbers(xs).expect(ONE_LANE), inputs);
        Own(tables).set(0, F::cell(inputs[0], Lanes8::ZERO));
        for (row, nothing) in tables[bars].iter_mut().zip(F::nothing::<f64>()) {
            row.0 = [nothing; 2 * MOST];
        }
        let mut turned = [Lanes8::ZERO; R];
        let mut turning = Turning::<F, C, R, O> { inputs, own: Own(tables), fold: PhantomData };
        F::turn(&mut turning, &mut turned, period);
        let mut heads = [Lanes8::ZERO; R];
        for r in 0..R {
            heads[r].set_lane(0, running[r].lane(0));
            for lane in 1..MOST {
                heads[r].set_lane(lane, turned[r].lane(lane - 1));
            }
        }
        for phase in 0..bars {
            folds[phase] = F::push(&Row { phase, tables }, &mut heads, inputs[phase], period);
            // Where the next blocks' folds go, a line at a time: for more at once the processor could not wait.
            for out in &outs {
                if let Some(line) = out.get(phase * LINE) {
                    fetch_ahead(line, MOST * bars);
                }
            }
        }
        for (o, out) in outs.into_iter().enumerate() {
            collect(self.best, folds, o, V::numbers_mut(out).expect(ONE_LANE));
        }
        for r in 0..R {
            running[r] = V::splat(turned[r].lane(MOST - 1));
        }
    }

    fn make_room(&mut self, period: usize) {
        if self.folds.is_empty() {
            self.inputs.resize(period, Lanes8::ZERO);
            self.tables.resize(period + 1, [Neighbours([0.0; 2 * MOST]); C]);
            self.folds.resize(period, [Lanes8::ZERO; O]);
        }
    }
}

// What only moves numbers is compiled once for all folds: copies of it would crowd the processor's cache of
// instructions. It takes the best instructions there are, for it cannot change a bit.

/// Deals a column to the lanes, a block to each; lanes that get none repeat the last, so that the last lane always has it.
#[inline(never)]
fn deal(best: Best, xs: &[f64], inputs: &mut [Lanes8]) {
    match best {
        #[cfg(target_arch = "x86_64")]
        Best::Avx2Fma(isa) => isa.run(inputs, Deal { isa, xs }),
        Best::Baseline(isa) => isa.run(inputs, Deal { isa, xs }),
    }
}

struct Deal<'a, I> {
    isa: I,
    xs: &'a [f64],
}

impl<I: Isa> Work<[Lanes8]> for Deal<'_, I> {
    type Output = ();
    #[inline(always)]
    fn run(self, inputs: &mut [Lanes8]) {
        let period = inputs.len();
        let last = self.xs.len() / period - 1;
        let blocks: [&[f64]; MOST] =
            std::array::from_fn(|lane| &self.xs[lane.min(last) * period..][..period]);
        let (squares, rest) = inputs.as_chunks_mut::<SIDE>();
        for (half, blocks) in blocks.as_chunks::<SIDE>().0.iter().enumerate() {
            let [a, b, c, d] = blocks.map(|block| block.as_chunks().0);
            let rows = a.iter().zip(b).zip(c.iter().zip(d));
            for (square, ((a, b), (c, d))) in squares.iter_mut().zip(rows) {
                for (input, column) in square.iter_mut().zip(self.isa.transpose([*a, *b, *c, *d])) {
                    input.set_half(half, column);
                }
            }
        }
        for (lane, block) in blocks.iter().enumerate() {
            for (input, x) in rest.iter_mut().zip(&block[period / SIDE * SIDE..]) {
                input.set_lane(lane, *x);
            }
        }
    }
}

/// Puts one of the folds of each input into a column, block by block.
#[inline(never)]
fn collect<const O: usize>(best: Best, folds: &[[Lanes8; O]], o: usize, out: &mut [f64]) {
    match best {
        #[cfg(target_arch = "x86_64")]
        Best::Avx2Fma(isa) => isa.run(out, Collect { isa, folds, o }),
        Best::Baseline(isa) => isa.run(out, Collect { isa, folds, o }),
    }
}

struct Collect<'a, I, const O: usize> {
    isa: I,
    folds: &'a [[Lanes8; O]],
    o: usize,
}

impl<I: Isa, const O: usize> Work<[f64]> for Collect<'_, I, O> {
    type Output = ();
    #[inline(always)]
    fn run(self, out: &mut [f64]) {
        let Collect { isa, folds, o } = self;
        let period = folds.len();
        let (squares, rest) = folds.as_chunks::<SIDE>();
        let (mut blocks, mut lane) = (out, 0);
        while blocks.len() >= SIDE * period {
            let mut four = [(); SIDE].map(|()| blocks.split_off_mut(..period).expect("it is long enough"));
            let [a, b, c, d] = four.each_mut().map(|block| block.as_chunks_mut().0);
            let rows = a.iter_mut().zip(b).zip(c.iter_mut().zip(d));
            for (square, ((a, b), (c, d))) in squares.iter().zip(rows) {
                [*a, *b, *c, *d] = isa.transpose(square.each_ref().map(|row| row[o].half(lane / SIDE)));
            }
            for block in four {
                put_lane(&mut block[period - rest.len()..], rest, o, lane);
                lane += 1;
            }
        }
        for block in blocks.chunks_exact_mut(period) {
            put_lane(block, folds, o, lane);
            lane += 1;
        }
    }
}

/// Puts what a lane gave into its block.
#[inline(always)]
fn put_lane<const O: usize>(block: &mut [f64], folds: &[[Lanes8; O]], o: usize, lane: usize) {
    for (to, row) in block.iter_mut().zip(folds) {
        *to = row[o].lane(lane);
    }
}

/// Makes the table of the window that of the last block, whose place is left of those that come.
#[inline(never)]
fn lend<V: Lanes, const C: usize>(cells: &[[V; C]], tables: &mut [[Neighbours; C]]) {
    for (row, before) in tables.iter_mut().zip(cells) {
        for c in 0..C {
            row[c].0[LAST] = before[c].lane(0);
        }
    }
}

/// Makes the last block's table that of the window.
#[inline(never)]
fn take_back<V: Lanes, const C: usize>(tables: &[[Neighbours; C]], cells: &mut [[V; C]]) {
    for (to, row) in cells.iter_mut().zip(tables) {
        for c in 0..C {
            to[c] = V::splat(row[c].0[LAST]);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::incremental::state::Saver;
    use crate::kernel::State;
    use crate::window::blocks::{Blocks, Fold};
    use crate::window::{Maximum, MaximumAt, Minimum, MinimumAt};

    fn inputs(many: usize) -> Vec<f64> {
        (0..many).map(|i| 100.0 + (i as f64 * 0.37).sin() * 7.0 + (i * i % 13) as f64 / 3.0).collect()
    }

    fn bytes<F: Fold<C, R, O>, const C: usize, const R: usize, const O: usize>(
        window: &mut Blocks<f64, F, C, R, O>,
    ) -> Vec<u8> {
        let mut out = Vec::new();
        window.visit(&mut Saver { lane: 0, out: &mut out }).expect("it saves");
        out
    }

    /// Runs a column in pieces of `piece` and compares every fold, and the state after each, with pushes.
    fn runs_as_it_steps<F: Fold<C, R, O>, const C: usize, const R: usize, const O: usize>(
        new: fn(usize) -> Blocks<f64, F, C, R, O>,
    ) {
        let xs = inputs(2_000);
        for period in [1, 2, 3, 7, 20, 50, 150] {
            for piece in [1, 5, 64, 256, 1_000] {
                let (mut run, mut stepped) = (new(period), new(period));
                let (before, rest) = xs.split_at(period + piece % 7);
                for x in before {
                    run.push::<false>(*x, true);
                    stepped.push::<false>(*x, true);
                }
                for part in rest.chunks(piece) {
                    let mut columns = [(); O].map(|()| vec![0.0; part.len()]);
                    run.run(part, columns.each_mut().map(Vec::as_mut_slice));
                    for (bar, x) in part.iter().enumerate() {
                        let folds = stepped.push::<true>(*x, true);
                        assert_eq!(folds.map(f64::to_bits), columns.each_ref().map(|c| c[bar].to_bits()));
                    }
                }
                assert_eq!(bytes(&mut run), bytes(&mut stepped), "period {period}, pieces of {piece}");
            }
        }
    }

    #[test]
    fn blocks_abreast_give_the_bits_of_steps() {
        runs_as_it_steps(Maximum::new);
        runs_as_it_steps(Minimum::new);
        runs_as_it_steps(MaximumAt::new);
        runs_as_it_steps(MinimumAt::new);
    }
}
