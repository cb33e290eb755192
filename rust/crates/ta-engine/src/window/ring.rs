//! The last `period` inputs as they came: each takes the place of the oldest.
//!
//! In a tile every lane has its own place in the ring, for a lane advances only when it is ready. While all lanes agree they
//! share one place and move as vectors; some inputs after one of them stood still, the lanes are turned to one place again.

use super::cells::put;
use super::parting::{Parting, turn_lane};
use crate::kernel::{StateError, Visitor};
use crate::lanes::{Lanes, Mask};

/// The last `period` inputs of each lane.
#[derive(Debug)]
pub struct Ring<V: Lanes> {
    /// The inputs, and behind them a spare cell for lanes that take none.
    cells: Box<[[V; 1]]>,
    /// Where the next input goes: the oldest one's place once the ring is full. Lane 0 speaks for all while `shared`.
    next: V::Index,
    full: V::Mask,
    shared: bool,
    /// No state: while lanes have places of their own.
    parting: Parting,
    /// Every lane is full.
    warm: bool,
}

impl<V: Lanes> Ring<V> {
    /// A ring that has seen nothing; `period` is at least 1.
    pub fn new(period: usize) -> Ring<V> {
        Ring {
            cells: vec![[V::ZERO]; period + 1].into(),
            next: V::INDEX_ZERO,
            full: V::Mask::NONE,
            shared: true,
            parting: Parting::new(period),
            warm: false,
        }
    }

    /// How many inputs it holds.
    #[inline(always)]
    pub fn period(&self) -> usize {
        self.cells.len() - 1
    }

    /// True once every lane is full.
    #[inline(always)]
    pub fn is_warm(&self) -> bool {
        self.warm
    }

    /// True where a lane is full.
    #[inline(always)]
    pub fn full(&self) -> V::Mask {
        self.full
    }

    /// True where an input of these lanes needs no look at them one by one.
    #[inline(always)]
    pub fn moves_as_one(&self, ready: V::Mask) -> bool {
        (V::LANES == 1 || self.shared) && ready.all()
    }

    /// Takes an input in every lane of a ring that moves as one, and gives the one it replaces: zero until the ring is full.
    #[inline(always)]
    pub fn replace<const WARM: bool>(&mut self, x: V) -> V {
        let at = self.next[0] as usize;
        let old = std::mem::replace(&mut self.cells[at], [x]);
        let next = at + 1;
        let last = next == self.period();
        self.next[0] = if last { 0 } else { next as u32 };
        if !WARM && last && !self.warm {
            (self.full, self.warm) = (V::Mask::ALL, true);
        }
        old[0]
    }

    /// The oldest input of each full lane.
    #[inline(always)]
    pub fn first(&self) -> V {
        if V::LANES == 1 || self.shared {
            return self.cells[self.next[0] as usize][0];
        }
        let mut first = V::ZERO;
        for lane in 0..V::LANES {
            first.set_lane(lane, self.cells[self.next[lane] as usize][0].lane(lane));
        }
        first
    }

    /// Takes an input in the lanes that are ready, and gives the one each replaces: in a lane that is not ready the one that
    /// it would.
    #[inline(always)]
    pub fn push_lanes(&mut self, x: V, ready: V::Mask) -> V {
        if self.moves_as_one(ready) {
            return self.replace::<false>(x);
        }
        self.part();
        let old = self.first();
        let period = self.period();
        put(&mut self.cells, &V::index_select(ready, &self.next, period), [x]);
        V::index_advance(&mut self.next, ready);
        let around = V::index_is(&self.next, period);
        V::index_reset(&mut self.next, around);
        self.full = self.full | around;
        // Lanes meet again seldom; looking when the first begins a round is often enough.
        if self.next[0] == 0 {
            self.meet();
        }
        self.warm = self.warm || self.full.all();
        if self.parting.is_over(self.warm && ready.all()) {
            self.gather();
        }
        old
    }

    /// Of a warm ring of one lane, the inputs that the next ones will replace: so many from the `skip`-th next on, or as
    /// many of them as stand side by side.
    #[inline(always)]
    pub fn oldest(&self, skip: usize, many: usize) -> &[V] {
        let period = self.period();
        let at = self.next[0] as usize + skip;
        let at = if at < period { at } else { at - period };
        self.cells[at..period.min(at + many)].as_flattened()
    }

    /// The inputs of a full ring of one lane, the oldest first, in two parts.
    #[inline(always)]
    pub fn halves(&self) -> [&[V]; 2] {
        let (newer, older) = self.cells[..self.period()].as_flattened().split_at(self.next[0] as usize);
        [older, newer]
    }

    /// Takes a column of inputs into a warm ring that moves as one.
    pub fn take(&mut self, xs: &[V]) {
        let period = self.period();
        let cells = self.cells[..period].as_flattened_mut();
        if let Some(from) = xs.len().checked_sub(period) {
            cells.copy_from_slice(&xs[from..]);
            self.next[0] = 0;
            return;
        }
        let at = self.next[0] as usize;
        let (first, rest) = xs.split_at(xs.len().min(period - at));
        cells[at..][..first.len()].copy_from_slice(first);
        cells[..rest.len()].copy_from_slice(rest);
        let next = at + xs.len();
        self.next[0] = if next < period { next } else { next - period } as u32;
    }

    /// One lane's inputs, the oldest first.
    pub fn lane(&self, lane: usize) -> impl Iterator<Item = f64> + Clone {
        let next = if self.shared { self.next[0] } else { self.next[lane] } as usize;
        let inputs = &self.cells[..self.period()];
        let older = if self.full.lane(lane) { &inputs[next..] } else { &[] };
        older.iter().chain(&inputs[..next]).map(move |x| x[0].lane(lane))
    }

    /// Gives every lane its own place.
    #[inline(always)]
    fn part(&mut self) {
        if self.shared {
            self.shared = false;
            for lane in 1..V::LANES {
                self.next[lane] = self.next[0];
            }
        }
    }

    /// Turns the inputs of every lane, all of them full, so that the place of lane 0 is the oldest one's in each.
    #[cold]
    fn gather(&mut self) {
        let period = self.period();
        for lane in 1..V::LANES {
            let by = (self.next[lane] as usize + period - self.next[0] as usize) % period;
            turn_lane(&mut self.cells[..period], lane, by);
            self.next[lane] = self.next[0];
        }
        self.shared = true;
    }

    /// Goes back to one place for all lanes where they agree.
    fn meet(&mut self) {
        self.shared = (1..V::LANES)
            .all(|lane| self.next[lane] == self.next[0] && self.full.lane(lane) == self.full.lane(0));
    }

    /// Puts the oldest input of every full lane first, so that equal windows have equal bytes.
    fn align(&mut self) {
        for lane in 0..V::LANES {
            if self.full.lane(lane) && self.next[lane] != 0 {
                let period = self.period();
                turn_lane(&mut self.cells[..period], lane, self.next[lane] as usize);
                self.next[lane] = 0;
            }
        }
    }

    /// Walks the state.
    pub fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        let period = self.period();
        self.part();
        self.parting.begin();
        if visitor.saves() {
            self.align();
        }
        visitor.index::<V>(&mut self.next, period - 1)?;
        visitor.flag::<V>(&mut self.full)?;
        visitor.cells(&mut self.cells[..period], &self.next)?;
        if let Some(lane) = visitor.loaded_lane() {
            if self.full.lane(lane) && self.next[lane] != 0 {
                return Err(StateError::OutOfRange { value: self.next[lane].into(), most: 0 });
            }
            let empty = if self.full.lane(lane) { period } else { self.next[lane] as usize };
            let left_over = self.cells[empty..period].iter().map(|x| x[0].lane(lane));
            let strange = self.lane(lane).find(|x| !x.is_finite());
            if let Some(x) = strange.or_else(|| left_over.into_iter().find(|x| x.to_bits() != 0)) {
                return Err(StateError::NotCanonical { bits: x.to_bits() });
            }
        }
        self.meet();
        self.warm = self.full.all();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::{Lanes8, Mask8};

    #[test]
    fn lanes_come_together_some_inputs_after_one_stood_still() {
        for period in [1, 2, 5, 20] {
            let mut ring = Ring::<Lanes8>::new(period);
            let mut pushed: [Vec<f64>; 8] = Default::default();
            for bar in 0..6 * period + 20 {
                let mut ready = Mask8::ALL;
                ready.set_lane(3, bar != 2 * period + 1);
                let mut x = Lanes8::ZERO;
                for (lane, pushed) in pushed.iter_mut().enumerate().filter(|(lane, _)| ready.lane(*lane)) {
                    x.set_lane(lane, (100 * bar + lane) as f64);
                    pushed.push(x.lane(lane));
                }
                ring.push_lanes(x, ready);
                for (lane, pushed) in pushed.iter().enumerate() {
                    let window = &pushed[pushed.len().saturating_sub(period)..];
                    assert!(
                        ring.lane(lane).eq(window.iter().copied()),
                        "period {period}, bar {bar}, lane {lane}"
                    );
                }
                // A window of one input has but one place.
                assert!(ring.shared || (period > 1 && (2 * period + 1..4 * period + 5).contains(&bar)));
                assert!(!ring.shared || bar != 2 * period + 1 || period == 1);
            }
        }
    }
}
