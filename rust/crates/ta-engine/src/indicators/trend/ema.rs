//! Exponential Moving Average.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::{ExponentialMean, bars_until};

declare! {
    /// Mean in which each value weighs less than the next, seeded by its first input.
    ///
    /// ```text
    /// ema = beta * ema[1] + alpha * x     alpha = 2 / (period + 1), beta = 1 - alpha
    /// ```
    ema: trend, kernel Ema, version 1,
    source: "Patrick Mulloy, Smoothing Data with Faster Moving Averages, 1994; first described for trading by P. N. Haurlan, 1968",
    series: [close by source],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Sets the weight of the newest value." },
    outputs: { value: Price },
    warmup: |_| [0],
    lookback: |p| p.period,
    settle: |p, tolerance| bars_until(tolerance, 1.0 - 2.0 / (p.period as f64 + 1.0)),
}

state! {
    /// State of `ema`.
    Ema(params) {
        mean: ExponentialMean<V> = ExponentialMean::of_period(params.period),
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for Ema<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        [self.mean.push::<WARM>(x, ready)]
    }
}
