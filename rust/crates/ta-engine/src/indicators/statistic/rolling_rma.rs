//! Exponential mean with Wilder's weight.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::{ExponentialMean, bars_until};

declare! {
    /// Exponential mean with Wilder's weight `1 / period`, seeded by its first input.
    ///
    /// The means inside `rsi` and `atr` have the same weight but are seeded by the plain mean of `period` values.
    ///
    /// ```text
    /// rma = (1 - 1 / period) * rma[1] + x / period
    /// ```
    rolling_rma: statistic, kernel RollingRma, version 1,
    aliases: ["rma"],
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    series: [close by field],
    params: { period: usize = 14 in 1..=1_000_000, aliases [lookback], "Sets the weight of the newest value." },
    outputs: { value: Price },
    warmup: |_| [0],
    lookback: |p| p.period,
    settle: |p, tolerance| bars_until(tolerance, 1.0 - 1.0 / p.period as f64),
}

state! {
    /// State of `rolling_rma`.
    RollingRma(params) {
        mean: ExponentialMean<V> = ExponentialMean::with_alpha(1.0 / params.period as f64),
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for RollingRma<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        [self.mean.push::<WARM>(x, ready)]
    }
}
