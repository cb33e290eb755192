//! Age of the least value of a moving window.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::MinimumAt;

declare! {
    /// How many values ago the least of the last `period` values was: 0 is now; of equals the newest counts.
    rolling_argmin: statistic, kernel RollingArgMin, version 1,
    aliases: ["argmin"],
    source: "The position of the least value in a moving window",
    series: [close by field],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Bars },
    warmup: |p| [p.period - 1],
    block: |p| p.period,
}

state! {
    /// State of `rolling_argmin`.
    RollingArgMin(params) {
        window: MinimumAt<V> = MinimumAt::new(params.period),
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for RollingArgMin<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        let [_, age] = self.window.push::<WARM>(x, ready);
        [age]
    }
}
