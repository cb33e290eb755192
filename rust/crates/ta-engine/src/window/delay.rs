//! The input of some bars ago.

use super::blocks::{Blocks, Cells, Fold, Place};
use super::period::Period;
use crate::incremental::state::StateError;
use crate::kernel::Visitor;
use crate::lanes::Lanes;

/// Gives back each input `bars` ready inputs later.
#[derive(Debug)]
pub struct Delay<V: Lanes>(Blocks<V, Oldest, 1, 0, 1>);

/// Folds to the oldest input of the window.
#[derive(Debug)]
struct Oldest;

impl Fold<1, 0, 1> for Oldest {
    const PUSH_COMPLETES: bool = false;

    #[inline(always)]
    fn cell<V: Lanes>(x: V, _phase: V) -> [V; 1] {
        [x]
    }

    #[inline(always)]
    fn push<V: Lanes>(place: &impl Place<V, 1>, _running: &mut [V; 0], _x: V, _period: Period) -> [V; 1] {
        place.next()
    }

    #[inline(always)]
    fn complete<V: Lanes>(cells: &impl Cells<V, 1>, _running: &mut [V; 0], _x: V, _period: Period) -> [V; 1] {
        cells.get(0)
    }

    #[inline(always)]
    fn turn<V: Lanes>(_cells: &mut impl Cells<V, 1>, _running: &mut [V; 0], _period: Period) {}
}

impl<V: Lanes> Delay<V> {
    /// A delay of `bars` inputs, at least one.
    pub fn new(bars: usize) -> Delay<V> {
        // Its blocks have no tables that others could look at.
        Delay(Blocks::new(bars + 1).in_order())
    }

    /// True once every lane has an input that old.
    #[inline(always)]
    pub fn is_warm(&self) -> bool {
        self.0.is_warm()
    }

    /// Takes an input and gives the one of `bars` ago.
    #[inline(always)]
    pub fn push<const WARM: bool>(&mut self, x: V, ready: V::Mask) -> V {
        let [oldest] = self.0.push::<WARM>(x, ready);
        oldest
    }

    /// Walks the state.
    pub fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.0.visit(visitor)
    }
}
