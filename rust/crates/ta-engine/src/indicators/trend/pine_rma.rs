//! Wilder's mean as in Pine Script.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::{WilderMean, bars_until};

declare! {
    /// Wilder's mean, an exponential mean with the weight `1 / length`, that begins with the plain mean of its first `length` values.
    ///
    /// ```text
    /// rma = rma[1] + (x - rma[1]) / length
    /// ```
    pine.rma: trend, kernel PineRma, version 1,
    source: "Pine Script v6, ta.rma; J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    series: [close by source],
    params: { length: usize = 14 in 1..=1_000_000, aliases [period], "Values that are averaged at first, and the weight of the newest behind them." },
    outputs: { value: Price },
    warmup: |p| [p.length - 1],
    lookback: |p| p.length,
    settle: |p, tolerance| bars_until(tolerance, 1.0 - 1.0 / p.length as f64),
}

state! {
    /// State of `pine.rma`.
    PineRma(params) {
        mean: WilderMean<V> = WilderMean::new(params.length),
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for PineRma<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, inputs: [V; 1], ready: V::Mask) -> [V; 1] {
        self.mean.push::<WARM>(inputs, ready)
    }
}
