//! MACD, as TA-Lib has it.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::{Wait, WilderMean, bars_until};

declare! {
    /// Distance of a fast exponential mean from a slow one, its own exponential mean, and their difference, as TA-Lib begins them.
    ///
    /// Every mean begins with a plain one of its period; those of the input end on the same bar, so that the fast one leaves
    /// out the first values. The shorter period is the fast one. The first output has values before the others, where TA-Lib
    /// has none; with a signal period of 1, where TA-Lib's values are those of a later bar, these are not.
    ///
    /// ```text
    /// macd      = talib.ema(x, fast_period) - talib.ema(x, slow_period)
    /// signal    = talib.ema(macd, signal_period)
    /// histogram = macd - signal
    /// ```
    talib.macd: momentum, kernel TalibMacd, version 1,
    source: "TA-Lib, MACD",
    series: [close],
    params: {
        fast_period: usize = 12 in 2..=100_000, aliases [fastperiod], "Period of the fast mean.",
        slow_period: usize = 26 in 2..=100_000, aliases [slowperiod], "Period of the slow mean.",
        signal_period: usize = 9 in 1..=100_000, aliases [signalperiod], "Period of the signal's mean.",
        fast_weight: f64 = 0.0 in 0.0..=1.0, "Weight of the newest value in the fast mean; 0 is that of its period.",
        slow_weight: f64 = 0.0 in 0.0..=1.0, "Weight of the newest value in the slow mean; 0 is that of its period.",
    },
    outputs: { macd: Difference, signal: Difference, histogram: Histogram },
    warmup: |p| {
        let slow = p.fast_period.max(p.slow_period) - 1;
        [slow, slow + p.signal_period - 1, slow + p.signal_period - 1]
    },
    settle: |p, tolerance| {
        let until = |weight: f64| bars_until(tolerance, 1.0 - weight);
        let (slow, signal) = (p.fast_period.max(p.slow_period), p.signal_period);
        let slowest = weight(p.slow_weight, slow).min(weight(p.fast_weight, p.fast_period));
        slow + until(slowest) + signal + until(weight(0.0, signal))
    },
}

/// The weight that is given, or that of a period.
fn weight(given: f64, period: usize) -> f64 {
    if given == 0.0 { 2.0 / (period as f64 + 1.0) } else { given }
}

state! {
    /// State of `talib.macd`.
    TalibMacd(params) {
        /// What the fast mean leaves out.
        wait: Wait<V> = Wait::new(params.fast_period.abs_diff(params.slow_period)),
        fast: WilderMean<V> = {
            let period = params.fast_period.min(params.slow_period);
            WilderMean::weighing(weight(params.fast_weight, period), period)
        },
        slow: WilderMean<V> = {
            let period = params.fast_period.max(params.slow_period);
            WilderMean::weighing(weight(params.slow_weight, period), period)
        },
        signal: WilderMean<V> = WilderMean::exponential(params.signal_period),
    }
}

impl<V: Lanes> Kernel<V, 1, 3> for TalibMacd<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 3] {
        let begun = self.wait.push::<WARM>(ready);
        let [fast] = self.fast.push::<WARM>([x], ready & begun);
        let [slow] = self.slow.push::<WARM>([x], ready);
        let macd = fast - slow;
        let [signal] = self.signal.push_computed::<WARM>([macd], ready);
        [macd, signal, macd - signal]
    }
}
