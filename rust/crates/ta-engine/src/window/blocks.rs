//! The last `period` inputs, folded in two stacks.
//!
//! Inputs are taken in blocks of `period`. At any time the window is the tail of the block before, whose fold is looked
//! up in a table made when that block was complete, and the head of the present block, whose fold is carried along.
//! Nothing is subtracted, so a value that has left the window leaves no trace, and the cost per input is constant.
//!
//! The greatest of four inputs, when two of the present block have come:
//!
//! ```text
//! inputs          5  2  7  1 | 3  6       a block is complete after every fourth
//! table           .  7  7  1              the greatest from each place on to the end of its block
//! carried along                6          the greatest of the present block
//! window                7  1 | 3  6       the table's entry where the window begins, and what is carried along: 7
//! ```
//!
//! In a tile every lane has its own position in its block, for a lane advances only when it is ready. While all lanes
//! agree they share one position and move as vectors; else the same operations run lane by lane on the same cells, until
//! those of the lanes that are out of step are made to begin a block with the others.

use std::hint::cold_path;
use std::marker::PhantomData;

use super::abreast::{Abreast, MOST};
use super::cells::{At, Before, Cells, Masked, OneLane, Place, Spread, Whole, choose, put};
use super::parting::{Parting, turn_lane};
use crate::kernel::{State, StateError, Visitor};
use crate::lanes::{Lanes, Mask};

/// What is worth going abreast: so many blocks, and so long.
const FEWEST: usize = 4;
const SHORTEST: usize = 6;

/// How a window folds its inputs: `C` numbers per cell, `R` carried along, `O` given.
pub trait Fold<const C: usize, const R: usize, const O: usize>: Send + 'static {
    /// What the cell behind the last one holds: the fold of nothing.
    fn nothing<V: Lanes>() -> [V; C] {
        [V::ZERO; C]
    }

    /// What is kept of an input until its block is complete.
    fn cell<V: Lanes>(x: V, phase: V) -> [V; C];

    /// Begins the very first block.
    fn start<V: Lanes>(running: &mut [V; R]);

    /// Takes an input of the present block, which has its cell, and gives the fold of the window.
    fn push<V: Lanes>(place: &impl Place<V, C>, running: &mut [V; R], x: V, period: usize) -> [V; O];

    /// Turns a complete block into the table of the folds of its tails, and starts the next. What it leaves is made of
    /// the cells alone, each of which is read before it is written and not after. Every cell but the first is written.
    fn turn<V: Lanes>(cells: &mut impl Cells<V, C>, running: &mut [V; R], period: usize);

    /// Given a full window whose present block has `phase` inputs, makes the table of the block that the window itself would
    /// be: a function of its inputs, wherever blocks began. Each entry takes the place of what it stands for, the oldest
    /// that of the input at `phase`. The fold carried along is left out of account: it is `head`.
    fn align(cells: &mut impl Cells<f64, C>, head: &[f64; R], phase: usize, period: usize);
}

/// Takes one input at `phase`.
#[inline(always)]
fn push_at<V: Lanes, F: Fold<C, R, O>, const C: usize, const R: usize, const O: usize>(
    cells: &mut impl Cells<V, C>,
    running: &mut [V; R],
    phase: usize,
    x: V,
    period: usize,
) -> [V; O] {
    cells.set(phase, F::cell(x, V::splat(phase as f64)));
    F::push(&At { cells, phase }, running, x, period)
}

/// Takes the last input of a block and turns it.
#[inline(always)]
fn complete_and_turn<V: Lanes, F: Fold<C, R, O>, const C: usize, const R: usize, const O: usize>(
    cells: &mut impl Cells<V, C>,
    running: &mut [V; R],
    x: V,
    period: usize,
) -> [V; O] {
    let folds = push_at::<V, F, C, R, O>(cells, running, period - 1, x, period);
    F::turn(cells, running, period);
    folds
}

/// Copies number by number.
#[expect(
    clippy::manual_memcpy,
    reason = "arrays copied as a whole are integers to the compiler, and what they meet too"
)]
#[inline(always)]
fn copy<V: Lanes, const N: usize>(from: &[V; N], to: &mut [V; N]) {
    for n in 0..N {
        to[n] = from[n];
    }
}

/// Some bars of some columns.
#[inline(always)]
pub(super) fn part<'a, V, const O: usize>(
    columns: &'a mut [&mut [V]; O],
    from: usize,
    many: usize,
) -> [&'a mut [V]; O] {
    columns.each_mut().map(|column| &mut column[from..][..many])
}

/// Writes one bar of some columns.
#[inline(always)]
pub(super) fn put_row<V: Lanes, const O: usize>(columns: &mut [&mut [V]; O], bar: usize, row: [V; O]) {
    for o in 0..O {
        columns[o][bar] = row[o];
    }
}

/// A window over the last `period` ready inputs. See the module.
#[derive(Debug)]
pub struct Blocks<V: Lanes, F, const C: usize, const R: usize, const O: usize> {
    /// Inputs of the present block up to the phase, folded tails of the block before from it on; behind them one cell
    /// that holds the fold of nothing and a spare one.
    cells: Box<[[V; C]]>,
    running: [V; R],
    period: usize,
    /// Inputs in the present block, from 0 to `period`; lane 0 speaks for all while `shared`.
    phase: V::Index,
    /// Lanes that have a complete block behind them.
    primed: V::Mask,
    shared: bool,
    warm: bool,
    /// No state: while lanes have positions of their own, how columns are run, and space to work in.
    parting: Parting,
    may_go_abreast: bool,
    abreast: Abreast<C, O>,
    fold: PhantomData<F>,
}

impl<V: Lanes, F: Fold<C, R, O>, const C: usize, const R: usize, const O: usize> Blocks<V, F, C, R, O> {
    /// A window that has seen nothing; `period` is at least 1.
    pub fn new(period: usize) -> Self {
        let mut cells = vec![[V::ZERO; C]; period + 2].into_boxed_slice();
        cells[period] = F::nothing();
        Blocks {
            cells,
            running: [V::ZERO; R],
            period,
            phase: V::INDEX_ZERO,
            primed: V::Mask::NONE,
            shared: true,
            warm: false,
            parting: Parting::new(period),
            may_go_abreast: true,
            abreast: Abreast::new(),
            fold: PhantomData,
        }
    }

    /// The same window, whose blocks never go abreast: for a kernel with so many columns that reading and writing them at
    /// eight places at a time has the processor wait for memory longer than folding does.
    #[must_use]
    pub fn in_order(self) -> Self {
        Blocks { may_go_abreast: false, ..self }
    }

    /// How many inputs count, as the compiler knows it of the cells.
    #[inline(always)]
    fn bars(&self) -> usize {
        self.cells.len() - 2
    }

    /// Takes an input in the lanes that are ready and gives the fold of their windows; NaN where a window is not full.
    #[inline(always)]
    pub fn push<const WARM: bool>(&mut self, x: V, ready: V::Mask) -> [V; O] {
        if (V::LANES == 1 || self.shared) && (WARM || ready.all()) {
            self.push_shared::<WARM>(x)
        } else if V::LANES > 1 && (WARM || ready.any()) {
            self.push_lanes(x, ready)
        } else {
            [V::NAN; O]
        }
    }

    #[inline(always)]
    fn push_shared<const WARM: bool>(&mut self, x: V) -> [V; O] {
        let (period, bars) = (self.period, self.bars());
        let mut phase = self.phase[0] as usize;
        if phase == bars {
            cold_path();
            F::turn(&mut Whole(&mut self.cells), &mut self.running, period);
            phase = 0;
            self.primed = V::Mask::ALL;
        }
        if !WARM && phase == 0 && !self.primed.lane(0) {
            F::start(&mut self.running);
        }
        let cells = &mut Whole(&mut self.cells);
        let out = push_at::<V, F, C, R, O>(cells, &mut self.running, phase, x, period);
        self.phase[0] = phase as u32 + 1;
        if !WARM && !self.warm {
            self.warm = self.primed.all() || phase + 1 == bars;
            if !self.warm {
                return [V::NAN; O];
            }
        }
        out
    }

    /// [`push_shared`](Blocks::push_shared) where lanes differ in phase: each step is done for all lanes at once and kept
    /// in those whose turn it is.
    #[inline(always)]
    fn push_lanes(&mut self, x: V, ready: V::Mask) -> [V; O] {
        self.part();
        let (period, bars) = (self.period, self.bars());
        let turning = ready & V::index_is(&self.phase, bars);
        let is_over = self.parting.is_over(self.warm && ready.all());
        if turning.any() {
            if is_over {
                self.gather();
                return self.push_shared::<true>(x);
            }
            let mut running = self.running;
            F::turn(&mut Masked::new(&mut self.cells, turning), &mut running, period);
            self.running = choose(turning, running, self.running);
            V::index_reset(&mut self.phase, turning);
            self.primed = self.primed | turning;
        }
        if !self.warm {
            let starting = ready & V::index_is(&self.phase, 0) & !self.primed;
            let mut running = self.running;
            F::start(&mut running);
            self.running = choose(starting, running, self.running);
        }
        let completing = ready & V::index_is(&self.phase, bars - 1);
        let mut running = self.running;
        // Lanes that stay where they are write into the spare cell.
        let at = V::index_select(ready, &self.phase, self.cells.len() - 1);
        put(&mut self.cells, &at, F::cell(x, V::of_index(&self.phase)));
        let place = &Spread { cells: &self.cells, phase: &self.phase };
        let folds = F::push(place, &mut running, x, period);
        self.running = choose(ready, running, self.running);
        let out = choose(ready & (self.primed | completing), folds, [V::NAN; O]);
        V::index_advance(&mut self.phase, ready);
        // Lanes meet again seldom; looking when the first begins a block is often enough.
        if self.phase[0] == 1 {
            self.meet();
        }
        self.warm = self.warm || self.all_full();
        out
    }

    /// Takes a column of ready inputs, warm from the start, and puts the fold of each window into columns as long.
    #[inline(always)]
    pub fn run(&mut self, xs: &[V], mut outs: [&mut [V]; O]) {
        let mut done = 0;
        while !self.shared && done < xs.len() {
            put_row(&mut outs, done, self.push_lanes(xs[done], V::Mask::ALL));
            done += 1;
        }
        let (period, bars) = (self.period, self.bars());
        let goes_abreast = V::LANES == 1 && self.may_go_abreast && bars >= SHORTEST;
        let blocks = |inputs: usize| inputs / bars;
        while done < xs.len() {
            self.turn_complete();
            let (left, phase) = (xs.len() - done, self.phase[0] as usize);
            let to_next = (bars - phase) % bars;
            let many;
            if !goes_abreast || blocks(left.saturating_sub(to_next)) < FEWEST {
                many = left;
                self.run_along(&xs[done..], false, part(&mut outs, done, left));
            } else if to_next > 0 {
                many = to_next;
                self.run_along(&xs[done..][..many], true, part(&mut outs, done, many));
            } else {
                let odd = blocks(left) % MOST;
                many = (blocks(left) - if odd < FEWEST { odd } else { 0 }) * bars;
                let cells = &mut self.cells[..=bars];
                let outs = part(&mut outs, done, many);
                self.abreast.run::<V, F, R>(cells, &mut self.running, period, &xs[done..][..many], outs);
            }
            done += many;
        }
    }

    /// Turns a block that an earlier step completed.
    #[inline(always)]
    fn turn_complete(&mut self) {
        let (period, bars) = (self.period, self.bars());
        if self.phase[0] as usize == bars {
            F::turn(&mut Whole(&mut self.cells), &mut self.running, period);
            self.phase[0] = 0;
            self.primed = V::Mask::ALL;
        }
    }

    /// Takes inputs one after the other, and turns each block that they complete; the last only if there is `more`.
    #[inline(always)]
    fn run_along(&mut self, xs: &[V], more: bool, mut outs: [&mut [V]; O]) {
        let (period, bars, mut phase) = (self.period, self.bars(), self.phase[0] as usize);
        let mut running = [V::ZERO; R];
        copy(&self.running, &mut running);
        let mut done = 0;
        while done < xs.len() {
            let many = (bars - 1 - phase).min(xs.len() - done);
            let mut heads = part(&mut outs, done, many);
            let mut cells = &mut self.cells[phase..=phase + many];
            for (k, x) in xs[done..][..many].iter().enumerate() {
                let [cell, behind @ ..] = cells else { break };
                let [next, ..] = *behind else { break };
                copy(&F::cell(*x, V::splat((phase + k) as f64)), cell);
                let folds = F::push(&Before { at: phase + k, next }, &mut running, *x, period);
                put_row(&mut heads, k, folds);
                cells = behind;
            }
            (phase, done) = (phase + many, done + many);
            if done == xs.len() {
                break;
            }
            let cells = &mut Whole(&mut self.cells);
            let folds = if more || done + 1 < xs.len() {
                (phase, self.primed) = (0, V::Mask::ALL);
                complete_and_turn::<V, F, C, R, O>(cells, &mut running, xs[done], period)
            } else {
                phase = bars;
                push_at::<V, F, C, R, O>(cells, &mut running, bars - 1, xs[done], period)
            };
            put_row(&mut outs, done, folds);
            done += 1;
        }
        copy(&running, &mut self.running);
        self.phase[0] = phase as u32;
    }

    /// Gives every lane its own phase.
    #[inline(always)]
    fn part(&mut self) {
        if self.shared {
            self.shared = false;
            for lane in 1..V::LANES {
                self.phase[lane] = self.phase[0];
            }
        }
    }

    /// Has every lane, all of them full, begin a block.
    #[cold]
    fn gather(&mut self) {
        (0..V::LANES).for_each(|lane| self.align(lane));
        self.shared = true;
    }

    /// Goes back to one phase for all lanes where they agree.
    fn meet(&mut self) {
        self.shared = (1..V::LANES)
            .all(|lane| self.phase[lane] == self.phase[0] && self.primed.lane(lane) == self.primed.lane(0));
    }

    fn all_full(&self) -> bool {
        (0..V::LANES).all(|lane| self.primed.lane(lane) || self.phase[lane] as usize == self.bars())
    }

    /// Puts a lane's window into the form it has when its last input completed a block.
    fn align(&mut self, lane: usize) {
        let (period, bars) = (self.period, self.bars());
        let mut running = self.running.map(|r| r.lane(lane));
        let mut cells = OneLane { cells: &mut self.cells, lane };
        let phase = self.phase[lane] as usize;
        if phase == bars {
            F::turn(&mut cells, &mut running, period);
        } else if !self.primed.lane(lane) {
            return;
        } else if phase > 0 {
            F::align(&mut cells, &running, phase, bars);
            turn_lane(&mut self.cells[..bars], lane, phase);
            running = [0.0; R];
            F::start(&mut running);
        }
        // The table begins with the second cell; the next input takes the first.
        OneLane { cells: &mut self.cells, lane }.set(0, [0.0; C]);
        for (r, value) in self.running.iter_mut().zip(running) {
            r.set_lane(lane, value);
        }
        self.phase[lane] = 0;
        self.primed.set_lane(lane, true);
    }

    /// Refuses what saving does not write.
    fn check(&self, lane: usize) -> Result<(), StateError> {
        let phase = self.phase[lane] as usize;
        let empty = if !self.primed.lane(lane) {
            &self.cells[phase..self.bars()]
        } else if phase == 0 {
            &self.cells[..1]
        } else {
            return Err(StateError::OutOfRange { value: phase as u64, most: 0 });
        };
        match empty.as_flattened().iter().find(|x| x.lane(lane).to_bits() != 0) {
            Some(x) => Err(StateError::NotCanonical { bits: x.lane(lane).to_bits() }),
            None => Ok(()),
        }
    }
}

impl<V: Lanes, F: Fold<C, R, O>, const C: usize, const R: usize, const O: usize> State<V>
    for Blocks<V, F, C, R, O>
{
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.warm
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        let bars = self.bars();
        self.part();
        self.parting.begin();
        for lane in 0..V::LANES {
            // A complete block is turned before a trial too: the next step then writes one cell.
            if visitor.saves() || (!visitor.undoes() && self.phase[lane] as usize == bars) {
                self.align(lane);
            }
        }
        visitor.index::<V>(&mut self.phase, bars - 1)?;
        visitor.flag::<V>(&mut self.primed)?;
        for r in &mut self.running {
            visitor.lanes(r)?;
        }
        visitor.cells(&mut self.cells[..bars], &self.phase)?;
        if let Some(lane) = visitor.loaded_lane() {
            self.check(lane)?;
        }
        self.meet();
        self.warm = self.all_full();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::extrema::{ExtremeAt, Greatest};
    use super::*;
    use crate::lanes::{Lanes8, Mask8};

    #[test]
    fn lanes_begin_a_block_together_some_inputs_after_one_stood_still() {
        type At<V> = Blocks<V, ExtremeAt<Greatest>, 2, 2, 2>;
        for period in [2, 5, 20] {
            let mut tile = At::<Lanes8>::new(period);
            let mut alone: [At<f64>; 8] = std::array::from_fn(|_| At::new(period));
            let still = 2 * period + 1;
            for bar in 0..6 * period + 20 {
                let mut ready = Mask8::ALL;
                ready.set_lane(3, bar != still);
                let mut x = Lanes8::ZERO;
                for lane in 0..8 {
                    x.set_lane(lane, ((bar * 7919 + lane * 31) % 13) as f64);
                }
                let together = tile.push::<false>(x, ready);
                for (lane, alone) in alone.iter_mut().enumerate() {
                    let [value, age] = alone.push::<false>(x.lane(lane), ready.lane(lane));
                    let same = |a: f64, b: f64| a.to_bits() == b.to_bits();
                    assert!(same(together[0].lane(lane), value), "period {period}, bar {bar}, lane {lane}");
                    assert!(same(together[1].lane(lane), age), "period {period}, bar {bar}, lane {lane}");
                }
                assert!(tile.shared || (still..still + 3 * period + 5).contains(&bar), "{period} {bar}");
                assert!(!tile.shared || bar != still);
            }
        }
    }
}
