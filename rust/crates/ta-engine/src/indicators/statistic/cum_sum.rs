//! Running sum.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::add_to;

declare! {
    /// Sum of all values so far.
    ///
    /// It is kept with twice the digits of a number, so that it does not drift. A value with which it would overflow is missing.
    ///
    /// ```text
    /// cum_sum = cum_sum[1] + x
    /// ```
    cum_sum: statistic, kernel CumSum, version 1,
    aliases: ["cumsum", "cumulative_sum"],
    also: [talib.cumsum()],
    source: "The running sum",
    series: [close by source],
    params: {},
    outputs: { value: Number },
    warmup: |_| [0],
    settle: never,
}

state! {
    /// State of `cum_sum`.
    CumSum(_) {
        total: V = V::ZERO,
        /// What the total is off.
        rest: V = V::ZERO,
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for CumSum<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        let [total, rest] = add_to([self.total, self.rest], x);
        let taken = ready & total.is_ready();
        self.total = V::select(taken, total, self.total);
        self.rest = V::select(taken, rest, self.rest);
        [V::select(taken, total, V::NAN)]
    }
}
