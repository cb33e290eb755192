//! What a value of a loop was on several bars before: as many as the loop looks back.

use crate::kernel::{StateError, Visitor};
use crate::lanes::{Lanes, Mask};

/// The last values of one value of a loop, lane by lane: of several bars.
#[derive(Debug)]
pub(super) struct Ring<V: Lanes> {
    cells: Vec<V>,
    /// The oldest cell: the next to be written.
    next: V::Index,
    /// How many bars history has, as many as there are cells at most: before them stands `first`.
    age: V::Index,
    /// What the value was before history began.
    first: V,
}

impl<V: Lanes> Ring<V> {
    /// Of so many bars.
    pub(super) fn new(depth: usize) -> Ring<V> {
        Ring { cells: vec![V::NAN; depth], next: V::INDEX_ZERO, age: V::INDEX_ZERO, first: V::NAN }
    }

    /// The value so many bars ago, one at least; not a number before the first bar.
    #[inline(always)]
    pub(super) fn ago(&self, back: usize) -> V {
        let depth = self.cells.len();
        let place = |lane: usize| {
            let at = self.next[lane] as usize + depth - back;
            if at < depth { at } else { at - depth }
        };
        let mut value = self.cells[place(0)];
        let mut is_old = V::Mask::NONE;
        for lane in 0..V::LANES {
            value.set_lane(lane, self.cells[place(lane)].lane(lane));
            is_old.set_lane(lane, (self.age[lane] as usize) < back);
        }
        V::select(is_old, self.first, value)
    }

    /// Takes a value in some lanes; in those where history begins, with what was before.
    #[inline(always)]
    pub(super) fn take(&mut self, value: V, first: V, begins: V::Mask, taken: V::Mask) {
        let depth = self.cells.len();
        self.first = V::select(begins & taken, first, self.first);
        for lane in 0..V::LANES {
            if taken.lane(lane) {
                let next = self.next[lane] as usize;
                self.cells[next].set_lane(lane, value.lane(lane));
                self.next[lane] = if next + 1 == depth { 0 } else { next as u32 + 1 };
                let age = if begins.lane(lane) { 0 } else { self.age[lane] };
                self.age[lane] = (age + 1).min(depth as u32);
            }
        }
    }

    /// Brings it to the form in which it is saved: oldest first, with what was before where history is short.
    pub(super) fn tidy(&mut self) {
        let depth = self.cells.len();
        let in_order: Vec<V> = (0..depth).map(|at| self.ago(depth - at)).collect();
        self.cells = in_order;
        for lane in 0..V::LANES {
            self.next[lane] = 0;
            // Of what has not begun nothing is known.
            self.age[lane] = if self.cells[0].lane(lane).is_nan() { 0 } else { depth as u32 };
        }
    }

    /// What is saved, where it is [tidy](Ring::tidy).
    pub(super) fn cells(&mut self) -> &mut [V] {
        &mut self.cells
    }

    /// Has a loaded lane begin in order.
    pub(super) fn loaded(&mut self, lane: usize, has_begun: bool) {
        self.next[lane] = 0;
        self.age[lane] = if has_begun { self.cells.len() as u32 } else { 0 };
        self.first.set_lane(lane, f64::NAN);
    }

    /// Walks what a step may overwrite.
    pub(super) fn visit_changing(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        visitor.index::<V>(&mut self.next, self.cells.len())?;
        visitor.index::<V>(&mut self.age, self.cells.len())?;
        visitor.lanes(&mut self.first)?;
        for lane in 0..V::LANES {
            let cell = &mut self.cells[self.next[lane] as usize];
            let mut x = cell.lane(lane);
            visitor.lanes::<f64>(&mut x)?;
            cell.set_lane(lane, x);
        }
        Ok(())
    }
}
