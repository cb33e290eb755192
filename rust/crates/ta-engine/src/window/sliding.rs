//! A window whose values follow from exact sums over it: what comes is added and what leaves is taken away.
//!
//! Sums are exact, so a value is a function of the numbers in the window and of nothing else: it does not depend on where
//! the history began, on the grid that the sums happen to use, or on the order in which a column is scanned.

use std::hint::cold_path;

use super::blocks::{part, put_row};
use super::grid::Scratch;
use super::ring::Ring;
use crate::kernel::{State, StateError, Visitor};
use crate::lanes::{Lanes, Mask};

/// Inputs of a column that are taken at once.
pub const PIECE: usize = 64;

/// What a window keeps of its numbers, exactly, and the `O` values that follow from it.
///
/// A lane keeps its sums in the quick form while its numbers allow that, else in the wide form, which any numbers allow.
/// Either gives the same bits.
pub trait Sums<V: Lanes, const O: usize>: Send + Sync + 'static {
    /// For windows of so many numbers.
    fn new(period: usize) -> Self;

    /// Slides these lanes in the quick form; `WARM`: all. Gives the lanes for whose numbers that is right; the sums of the
    /// others are to be made anew or are in the wide form.
    fn slide<const WARM: bool>(&mut self, new: V, old: V, lanes: V::Mask) -> V::Mask;

    /// The values of every lane that has the quick form.
    fn values(&self) -> [V; O];

    /// Makes a lane's sums from its window.
    fn sum_up(&mut self, lane: usize, window: impl Iterator<Item = f64> + Clone);

    /// Slides a lane that has the wide form, and sums up one whose new number was not right for the quick form, or which it
    /// is time to try.
    fn mend(&mut self, lane: usize, new: f64, old: f64, window: impl Iterator<Item = f64> + Clone);

    /// The values of a lane in the wide form; none if it has the quick form.
    fn wide_values(&self, lane: usize) -> Option<[f64; O]>;

    /// Slides the one lane over a piece of a column and puts the values, all of them finite, into columns as long; false, with
    /// nothing done, if the quick form has no room for a number or one is not finite.
    fn run(&mut self, new: &[f64], old: &[f64], outs: [&mut [f64]; O], scratch: &mut Scratch) -> bool;

    /// Walks what a step changes and the window implies: what is put back after a trial, but not saved.
    fn visit_implied(&mut self, visitor: &mut impl Visitor);
}

/// Sums in the wide form, of the lanes that have it.
#[derive(Debug)]
pub struct WideLanes<T>(Vec<Option<(T, usize)>>);

impl<T> WideLanes<T> {
    /// None yet: what few windows need is made where it is needed.
    pub fn new() -> Self {
        WideLanes(Vec::new())
    }

    /// A lane's sums.
    pub fn get(&self, lane: usize) -> Option<&T> {
        self.0.get(lane)?.as_ref().map(|(sums, _)| sums)
    }

    /// A lane's sums, to take a number; none when it has taken as many as the window holds.
    pub fn take_turn(&mut self, lane: usize) -> Option<&mut T> {
        let (sums, left) = self.0.get_mut(lane)?.as_mut()?;
        *left = left.checked_sub(1)?;
        Some(sums)
    }

    /// Keeps a lane's sums for so many numbers.
    pub fn put(&mut self, lane: usize, sums: T, turns: usize) {
        if self.0.len() <= lane {
            self.0.resize_with(lane + 1, || None);
        }
        self.0[lane] = Some((sums, turns));
    }

    /// Drops a lane's sums.
    pub fn drop(&mut self, lane: usize) {
        if let Some(sums) = self.0.get_mut(lane) {
            *sums = None;
        }
    }
}

/// A window over the last `period` ready inputs. See the module.
#[derive(Debug)]
pub struct Sliding<V: Lanes, S, const O: usize> {
    ring: Ring<V>,
    sums: S,
}

impl<V: Lanes, S: Sums<V, O>, const O: usize> Sliding<V, S, O> {
    /// A window that has seen nothing; `period` is at least 1.
    pub fn new(period: usize) -> Self {
        Sliding { ring: Ring::new(period), sums: S::new(period) }
    }

    /// Takes an input in the lanes that are ready and gives the values of their windows; NaN where a window is not full.
    #[inline(always)]
    pub fn push<const WARM: bool>(&mut self, x: V, ready: V::Mask) -> [V; O] {
        let ready = if WARM { V::Mask::ALL } else { ready };
        if WARM && self.ring.moves_as_one(ready) {
            let old = self.ring.replace::<true>(x);
            let took = self.sums.slide::<true>(x, old, ready);
            let mut out = self.sums.values();
            if !took.all() {
                cold_path();
                self.mend(x, old, !took);
                out = self.values_of_any();
            }
            out
        } else {
            self.push_lanes(x, ready)
        }
    }

    /// [`push`](Sliding::push) of what was computed on the way: where that overflowed, the input is missing.
    #[inline(always)]
    pub fn push_computed<const WARM: bool>(&mut self, x: V, ready: V::Mask) -> [V; O] {
        let finite = x.is_ready();
        if WARM && finite.all() {
            return self.push::<true>(x, ready);
        }
        self.push_lanes(x, finite & if WARM { V::Mask::ALL } else { ready })
    }

    /// [`push`](Sliding::push) where not all lanes are ready, full and in step.
    #[inline(always)]
    fn push_lanes(&mut self, x: V, ready: V::Mask) -> [V; O] {
        if !ready.any() {
            return [V::NAN; O];
        }
        let were_full = self.ring.full();
        let old = self.ring.push_lanes(x, ready);
        let full = self.ring.full();
        let moved = ready & were_full;
        let took = self.sums.slide::<false>(x, old, moved);
        let misfits = moved & !took;
        let begun = full & !were_full;
        let mut out = self.sums.values();
        if misfits.any() || begun.any() {
            cold_path();
            self.mend(x, old, misfits);
            self.begin(begun);
            out = self.values_of_any();
        }
        for out in &mut out {
            *out = V::select(full & ready, *out, V::NAN);
        }
        out
    }

    /// The inputs of a full window of one lane, the oldest first, in two parts.
    #[inline(always)]
    pub fn inputs(&self) -> [&[V]; 2] {
        self.ring.halves()
    }

    /// Mends the sums of these lanes.
    #[cold]
    #[inline(never)]
    fn mend(&mut self, new: V, old: V, lanes: V::Mask) {
        for lane in (0..V::LANES).filter(|lane| lanes.lane(*lane)) {
            self.sums.mend(lane, new.lane(lane), old.lane(lane), self.ring.lane(lane));
        }
    }

    /// Makes the first sums of lanes whose windows have become full.
    #[cold]
    #[inline(never)]
    fn begin(&mut self, lanes: V::Mask) {
        for lane in (0..V::LANES).filter(|lane| lanes.lane(*lane)) {
            self.sums.sum_up(lane, self.ring.lane(lane));
        }
    }

    /// The values of all lanes, in whatever form their sums are.
    #[cold]
    #[inline(never)]
    fn values_of_any(&self) -> [V; O] {
        let mut values = self.sums.values();
        for lane in 0..V::LANES {
            if let Some(wide) = self.sums.wide_values(lane) {
                for (value, x) in values.iter_mut().zip(wide) {
                    value.set_lane(lane, x);
                }
            }
        }
        values
    }

    /// Takes a column of ready inputs, warm from the start, and puts the values of each window into columns as long.
    #[inline(always)]
    pub fn run(&mut self, xs: &[V], mut outs: [&mut [V]; O]) {
        let mut done = 0;
        while done < xs.len() {
            if V::LANES == 1 {
                done += self.run_while_quick(&xs[done..], part(&mut outs, done, xs.len() - done));
            }
            let many = if V::LANES == 1 { PIECE } else { xs.len() };
            for (bar, x) in xs.iter().enumerate().skip(done).take(many) {
                put_row(&mut outs, bar, self.push::<true>(*x, V::Mask::ALL));
            }
            done += many;
        }
    }

    /// Takes inputs of a column of one lane, warm from the start, as long as they are finite and the quick form has room for
    /// them, and stops before the first that is not, or some bars earlier. Gives how many it took. All values are finite.
    #[inline(always)]
    pub fn run_while_quick(&mut self, xs: &[V], mut outs: [&mut [V]; O]) -> usize {
        let numbers = V::numbers(xs).expect(ONE_LANE);
        let period = self.ring.period();
        let mut scratch = Scratch::new();
        let mut done = 0;
        while done < xs.len() {
            let most = PIECE.min(xs.len() - done);
            let old = match done.checked_sub(period) {
                Some(from) => &numbers[from..][..most],
                None => V::numbers(self.ring.oldest(done, most.min(period - done))).expect(ONE_LANE),
            };
            let many = old.len();
            let outs = part(&mut outs, done, many).map(|out| V::numbers_mut(out).expect(ONE_LANE));
            if !self.sums.run(&numbers[done..][..many], old, outs, &mut scratch) {
                cold_path();
                break;
            }
            done += many;
        }
        self.ring.take(&xs[..done]);
        done
    }
}

impl<V: Lanes, S: Sums<V, O>, const O: usize> State<V> for Sliding<V, S, O> {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.ring.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.ring.visit(visitor)?;
        self.sums.visit_implied(visitor);
        let full = self.ring.full();
        for lane in (0..V::LANES).filter(|lane| full.lane(*lane)) {
            // Wide sums are not remembered.
            let undone = visitor.undoes() && self.sums.wide_values(lane).is_some();
            if undone || visitor.loaded_lane() == Some(lane) {
                self.sums.sum_up(lane, self.ring.lane(lane));
            }
        }
        Ok(())
    }
}

const ONE_LANE: &str = "a column of numbers";
