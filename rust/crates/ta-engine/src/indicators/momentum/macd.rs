//! Moving Average Convergence Divergence.

use crate::kernel::{Kernel, Known, declare, state};
use crate::lanes::{Lanes, Mask};
use crate::window::{ExponentialMean, bars_until};

declare! {
    /// Distance of a fast exponential mean from a slow one, its own exponential mean, and their difference.
    ///
    /// Every mean is seeded by its first input, so all three outputs are ready from the first value on.
    ///
    /// ```text
    /// macd      = ema(x, fast_period) - ema(x, slow_period)
    /// signal    = ema(macd, signal_period)
    /// histogram = macd - signal
    /// ```
    macd: momentum, kernel Macd, version 1,
    source: "Gerald Appel, The Moving Average Convergence-Divergence Method, 1979",
    series: [close],
    params: {
        fast_period: usize = 12 in 1..=1_000_000, "Period of the fast mean; less than the slow one's.",
        slow_period: usize = 26 in 1..=1_000_000, "Period of the slow mean.",
        signal_period: usize = 9 in 1..=1_000_000, "Period of the signal's mean.",
    },
    outputs: { macd: Difference, signal: Difference, histogram: Histogram },
    warmup: |_| [0; 3],
    lookback: |p| p.slow_period + p.signal_period - 1,
    settle: |p, tolerance| {
        let until = |period: usize| bars_until(tolerance, 1.0 - 2.0 / (period as f64 + 1.0));
        until(p.slow_period) + until(p.signal_period)
    },
    refusal: |p| (p.fast_period >= p.slow_period).then_some("Fast period must be less than slow period"),
}

state! {
    /// State of `macd`.
    Macd(params) {
        fast: ExponentialMean<V> = ExponentialMean::of_period(params.fast_period),
        slow: ExponentialMean<V> = ExponentialMean::of_period(params.slow_period),
        signal: ExponentialMean<V> = ExponentialMean::of_period(params.signal_period),
    }
}

impl<V: Lanes> Kernel<V, 1, 3> for Macd<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 3] {
        let macd = self.fast.push::<WARM>(x, ready) - self.slow.push::<WARM>(x, ready);
        let signal = self.signal.push_computed::<WARM>(macd, ready);
        [macd, signal, macd - signal]
    }

    #[inline(always)]
    fn run(&mut self, [xs]: [&[V]; 1], [macd, signal, histogram]: [&mut [V]; 3]) -> Known {
        // Columns that are walked together need no check of a place, after which the means would have to be in memory.
        for (((x, macd), signal), histogram) in xs.iter().zip(macd).zip(signal).zip(histogram) {
            [*macd, *signal, *histogram] = self.step::<true>([*x], V::Mask::ALL);
        }
        Known::Nothing
    }
}
