//! Least of several values.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;

declare! {
    /// Least of two or more values of a bar: `least(open, close, close[1])` compares three.
    ///
    /// More than two are compared from the left: `least(least(a, b), c)`. Ready only where all of them are.
    least: math, kernel Least, version 1,
    source: "The least of several numbers",
    folded: [a, b],
    params: {},
    outputs: { value: Price },
    warmup: |_| [0],
}

state! {
    /// It has no state.
    Least(_) {}
}

impl<V: Lanes> Kernel<V, 2, 1> for Least<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [a, b]: [V; 2], _ready: V::Mask) -> [V; 1] {
        [a.min(b)]
    }
}
