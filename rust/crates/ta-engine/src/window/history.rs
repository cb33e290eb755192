//! The input of some time ago: the last one at or before a moment, however far apart the inputs are.

use crate::kernel::{State, StateError, Visitor};
use crate::lanes::{Lanes, Mask};

/// Keeps the inputs of a span of time, each with its time, and the one that was the last before.
///
/// A lane's inputs stand in a ring from its `oldest` on; what stands outside is left over and never read.
#[derive(Debug)]
pub struct History<V: Lanes> {
    /// Values and their times.
    cells: Box<[[V; 2]]>,
    oldest: V::Index,
    count: V::Index,
    /// Lanes whose last input had one that old before it.
    found: V::Mask,
}

impl<V: Lanes> History<V> {
    /// Room for so many inputs, at least two. Whoever pushes keeps them so far apart that no more fall into the span;
    /// else the oldest would be lost.
    pub fn new(room: usize) -> History<V> {
        History {
            cells: vec![[V::NAN; 2]; room.max(2)].into(),
            oldest: V::Index::default(),
            count: V::Index::default(),
            found: V::Mask::NONE,
        }
    }

    /// Takes each ready lane's input with its time and gives the last one at or before `span` ago.
    #[inline(always)]
    pub fn push(&mut self, x: V, time: V, span: f64, ready: V::Mask) -> V {
        let mut past = V::NAN;
        for lane in 0..V::LANES {
            if ready.lane(lane) {
                past.set_lane(lane, self.push_lane(lane, x.lane(lane), time.lane(lane), span));
                self.found.set_lane(lane, past.lane(lane) == past.lane(lane));
            }
        }
        past
    }

    #[inline(always)]
    fn push_lane(&mut self, lane: usize, x: f64, time: f64, span: f64) -> f64 {
        let room = self.cells.len() as u32;
        let after = |at: u32| if at + 1 == room { 0 } else { at + 1 };
        let moment = time - span;
        let (mut oldest, mut count) = (self.oldest[lane], self.count[lane]);
        let next = if oldest + count >= room { oldest + count - room } else { oldest + count };
        if count == room {
            (oldest, count) = (after(oldest), count - 1);
        }
        while count > 1 && self.cells[after(oldest) as usize][1].lane(lane) <= moment {
            (oldest, count) = (after(oldest), count - 1);
        }
        let [value, stamp] = &mut self.cells[next as usize];
        value.set_lane(lane, x);
        stamp.set_lane(lane, time);
        (self.oldest[lane], self.count[lane]) = (oldest, count + 1);
        let [value, stamp] = &self.cells[oldest as usize];
        if stamp.lane(lane) <= moment { value.lane(lane) } else { f64::NAN }
    }

    /// Puts a lane's oldest input first and nothing behind the newest, so that equal inputs have equal bytes.
    fn align(&mut self, lane: usize) {
        let (room, oldest, count) = (self.cells.len(), self.oldest[lane] as usize, self.count[lane] as usize);
        let kept: Vec<[f64; 2]> =
            (0..count).map(|at| self.cells[(oldest + at) % room].map(|x| x.lane(lane))).collect();
        let nothing = std::iter::repeat([f64::NAN; 2]);
        for (cell, numbers) in self.cells.iter_mut().zip(kept.into_iter().chain(nothing)) {
            for (x, number) in cell.iter_mut().zip(numbers) {
                x.set_lane(lane, number);
            }
        }
        self.oldest[lane] = 0;
    }
}

impl<V: Lanes> State<V> for History<V> {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.found.all()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        let room = self.cells.len();
        if visitor.saves() {
            (0..V::LANES).for_each(|lane| self.align(lane));
        }
        visitor.flag::<V>(&mut self.found)?;
        visitor.index::<V>(&mut self.oldest, room - 1)?;
        visitor.index::<V>(&mut self.count, room)?;
        let mut next = V::Index::default();
        for lane in 0..V::LANES {
            next[lane] = (self.oldest[lane] + self.count[lane]) % room as u32;
        }
        visitor.cells(&mut self.cells, &next)?;
        if let Some(lane) = visitor.loaded_lane() {
            if self.oldest[lane] != 0 {
                return Err(StateError::OutOfRange { value: self.oldest[lane].into(), most: 0 });
            }
            let left_over = &self.cells[self.count[lane] as usize..];
            if let Some(x) = left_over.as_flattened().iter().find(|x| !x.lane(lane).is_nan()) {
                return Err(StateError::NotCanonical { bits: x.lane(lane).to_bits() });
            }
        }
        Ok(())
    }
}
