//! Wilder's mean as TA-Lib begins it.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::{WilderMean, bars_until};

declare! {
    /// Wilder's mean: exponential, with the weight `1 / period`, begun with the plain mean of its first `period` values.
    ///
    /// `rma` begins with its first value instead.
    ///
    /// ```text
    /// rma = beta * rma[1] + alpha * x     alpha = 1 / period, beta = 1 - alpha
    /// ```
    talib.rma: trend, kernel TalibRma, version 1,
    also: [pine.rma(period = 14 as length)],
    source: "TA-Lib, RMA; J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    series: [close by source],
    params: { period: usize = 30 in 1..=1_000_000, aliases [timeperiod], "Sets the weight of the newest value." },
    outputs: { value: Price },
    warmup: |p| [p.period - 1],
    lookback: |p| p.period,
    settle: |p, tolerance| p.period + bars_until(tolerance, 1.0 - 1.0 / p.period as f64),
}

state! {
    /// State of `talib.rma`.
    TalibRma(params) {
        mean: WilderMean<V> = WilderMean::new(params.period),
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for TalibRma<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, x: [V; 1], ready: V::Mask) -> [V; 1] {
        self.mean.push::<WARM>(x, ready)
    }
}
