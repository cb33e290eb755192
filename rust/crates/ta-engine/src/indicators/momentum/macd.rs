//! Moving Average Convergence Divergence.

use crate::kernel::{Declared, Kernel, Known, StateError, Visitor, declare};
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
}

/// State of `macd`.
#[derive(Debug)]
pub struct Macd<V> {
    fast: ExponentialMean<V>,
    slow: ExponentialMean<V>,
    signal: ExponentialMean<V>,
}

impl<V: Lanes> Kernel<V, 1, 3> for Macd<V> {
    type Params = Params;

    fn new(params: &Params) -> Self {
        Macd {
            fast: ExponentialMean::of_period(params.fast_period),
            slow: ExponentialMean::of_period(params.slow_period),
            signal: ExponentialMean::of_period(params.signal_period),
        }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 3] {
        let macd = self.fast.push::<WARM>(x, ready) - self.slow.push::<WARM>(x, ready);
        let signal = self.signal.push_computed::<WARM>(macd, ready);
        [macd, signal, macd - signal]
    }

    fn is_warm(&self) -> bool {
        self.signal.is_warm()
    }

    #[inline(always)]
    fn run(&mut self, [xs]: [&[V]; 1], [macd, signal, histogram]: [&mut [V]; 3]) -> Known {
        // Columns that are walked together need no check of a place, after which the means would have to be in memory.
        for (((x, macd), signal), histogram) in xs.iter().zip(macd).zip(signal).zip(histogram) {
            [*macd, *signal, *histogram] = self.step::<true>([*x], V::Mask::ALL);
        }
        Known::Nothing
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.fast.visit(visitor)?;
        self.slow.visit(visitor)?;
        self.signal.visit(visitor)
    }
}

impl Declared<3> for Params {
    fn warmup(&self) -> [usize; 3] {
        [0; 3]
    }

    fn lookback(&self) -> usize {
        self.slow_period + self.signal_period - 1
    }

    fn settle(&self, tolerance: f64) -> usize {
        let until = |period: usize| bars_until(tolerance, 1.0 - 2.0 / (period as f64 + 1.0));
        until(self.slow_period) + until(self.signal_period)
    }

    fn refusal(&self) -> Option<&'static str> {
        (self.fast_period >= self.slow_period).then_some("Fast period must be less than slow period")
    }
}
