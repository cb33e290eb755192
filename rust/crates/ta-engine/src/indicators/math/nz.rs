//! Another value where one is not ready.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;

declare! {
    /// The value of `x`, and where `x` is not ready, for whatever reason, that of `y`.
    ///
    /// Ready wherever `x` or `y` is: `nz(rsi(14), 50)` from the first bar on. It looks at each bar alone; the value
    /// of a bar before is not carried along.
    nz: math, kernel Nz, version 1,
    source: "The first of two values that is there",
    operands: [x, y = 0.0],
    params: {},
    outputs: { value: Like },
    warmup: |_| [0],
    waits_for_all: false,
}

state! {
    /// It has no state.
    Nz(_) {}
}

impl<V: Lanes> Kernel<V, 2, 1> for Nz<V> {
    const EVERY_BAR: bool = true;

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x, y]: [V; 2], _ready: V::Mask) -> [V; 1] {
        [V::select(x.is_number(), x, y)]
    }
}
