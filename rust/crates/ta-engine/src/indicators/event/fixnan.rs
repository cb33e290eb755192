//! The latest value that was there.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;

declare! {
    /// The value of `x`, and where `x` is not ready, for whatever reason, its latest value that was.
    ///
    /// Not ready until `x` was ready once. (`nz` puts another value in place of one that is not there.)
    fixnan: event, kernel FixNan, version 1,
    source: "The last value that is there",
    operands: [x],
    params: {},
    outputs: { value: Like },
    warmup: |_| [0],
    // The latest value may be of any bar.
    settle: depends_on_data,
}

state! {
    /// State of `fixnan`.
    FixNan(_) {
        /// The latest ready value; NaN before there is one.
        latest: V = V::NAN,
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for FixNan<V> {
    const EVERY_BAR: bool = true;

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], _ready: V::Mask) -> [V; 1] {
        self.latest = V::select(x.is_number(), x, self.latest);
        [self.latest]
    }
}
