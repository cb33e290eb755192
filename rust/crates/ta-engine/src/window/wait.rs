//! What goes by before a kernel begins.

use crate::kernel::{State, StateError, Visitor};
use crate::lanes::{Lanes, Mask};

/// Counts ready inputs up to a number.
#[derive(Debug)]
pub struct Wait<V> {
    taken: V,
    bars: usize,
}

impl<V: Lanes> Wait<V> {
    /// One that lets so many inputs go by.
    pub fn new(bars: usize) -> Wait<V> {
        Wait { taken: V::ZERO, bars }
    }

    /// Where so many inputs have gone by.
    #[inline(always)]
    pub fn is_over(&self) -> V::Mask {
        self.taken.ge(V::splat(self.bars as f64))
    }

    /// Counts an input in the lanes that are ready, and gives where so many had gone by before it.
    #[inline(always)]
    pub fn push<const WARM: bool>(&mut self, ready: V::Mask) -> V::Mask {
        if WARM {
            return V::Mask::ALL;
        }
        let is_over = self.is_over();
        let one_more = self.taken + V::splat(1.0);
        self.taken = V::select(ready & !is_over, one_more, self.taken);
        is_over
    }
}

impl<V: Lanes> State<V> for Wait<V> {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.is_over().all()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        visitor.count(&mut self.taken, self.bars)
    }
}
