//! Greatest of several values.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;

declare! {
    /// Greatest of two or more values of a bar: `greatest(open, close, close[1])` compares three.
    ///
    /// More than two are compared from the left: `greatest(greatest(a, b), c)`. Ready only where all of them are.
    greatest: math, kernel Greatest, version 1,
    source: "The greatest of several numbers",
    folded: [a, b],
    params: {},
    outputs: { value: Price },
    warmup: |_| [0],
}

state! {
    /// It has no state.
    Greatest(_) {}
}

impl<V: Lanes> Kernel<V, 2, 1> for Greatest<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [a, b]: [V; 2], _ready: V::Mask) -> [V; 1] {
        [a.max(b)]
    }
}
