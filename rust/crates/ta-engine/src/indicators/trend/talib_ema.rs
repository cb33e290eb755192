//! The exponential mean as TA-Lib begins it.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::{WilderMean, bars_until};

declare! {
    /// Exponential mean that begins with the plain mean of its first `period` values.
    ///
    /// ```text
    /// ema = beta * ema[1] + alpha * x     alpha = 2 / (period + 1), beta = 1 - alpha
    /// ```
    talib.ema: trend, kernel TalibEma, version 1,
    also: [pine.ema(period as length)],
    source: "TA-Lib, EMA",
    series: [close by source],
    params: { period: usize = 30 in 1..=1_000_000, aliases [timeperiod], "Sets the weight of the newest value." },
    outputs: { value: Price },
    warmup: |p| [p.period - 1],
    lookback: |p| p.period,
    settle: |p, tolerance| p.period + bars_until(tolerance, 1.0 - 2.0 / (p.period as f64 + 1.0)),
}

state! {
    /// State of `talib.ema`.
    TalibEma(params) {
        mean: WilderMean<V> = WilderMean::exponential(params.period),
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for TalibEma<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, x: [V; 1], ready: V::Mask) -> [V; 1] {
        self.mean.push::<WARM>(x, ready)
    }
}
