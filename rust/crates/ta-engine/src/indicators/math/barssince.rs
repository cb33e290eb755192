//! Bars since a condition was true.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;

declare! {
    /// Bars since the condition was last true: 0 where it is true now.
    ///
    /// Not ready until it was true once. Bars on which the condition is not ready do not count and have no value.
    barssince: math, kernel BarsSince, version 1,
    also: [pine.barssince()],
    source: "The age of an event in bars",
    operands: [condition is bool],
    params: {},
    outputs: { value: Bars },
    // At the earliest: nobody knows when a condition comes true.
    warmup: |_| [0],
    // The condition may have been true at any time.
    settle: depends_on_data,
    readiness: by_data,
}

state! {
    /// State of `barssince`.
    BarsSince(_) {
        /// Bars since the condition was true; NaN before that.
        age: V = V::NAN,
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for BarsSince<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [condition]: [V; 1], ready: V::Mask) -> [V; 1] {
        let older = self.age + V::splat(1.0);
        let age = V::select(condition.equals(V::ZERO), older, V::ZERO);
        self.age = V::keep::<WARM>(ready, age, self.age);
        [self.age]
    }
}
