//! The input of some bars ago.

use super::ring::Ring;
use crate::kernel::{State, StateError, Visitor};
use crate::lanes::{Lanes, Mask};

/// Gives back each input `bars` ready inputs later.
#[derive(Debug)]
pub struct Delay<V: Lanes>(Ring<V>);

impl<V: Lanes> Delay<V> {
    /// A delay of `bars` inputs, at least one.
    pub fn new(bars: usize) -> Delay<V> {
        Delay(Ring::new(bars + 1))
    }

    /// Takes an input and gives the one of `bars` ago.
    #[inline(always)]
    pub fn push<const WARM: bool>(&mut self, x: V, ready: V::Mask) -> V {
        if WARM && self.0.moves_as_one(V::Mask::ALL) {
            self.0.replace::<true>(x);
            return self.0.first();
        }
        let ready = if WARM { V::Mask::ALL } else { ready };
        self.0.push_lanes(x, ready);
        V::select(ready & self.0.full(), self.0.first(), V::NAN)
    }
}

impl<V: Lanes> State<V> for Delay<V> {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.0.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.0.visit(visitor)
    }
}
