//! Exponential Moving Average.

use crate::kernel::{Declared, Kernel, StateError, Visitor, declare};
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
}

/// State of `ema`.
#[derive(Debug)]
pub struct Ema<V: Lanes> {
    mean: ExponentialMean<V>,
}

impl<V: Lanes> Kernel<V, 1, 1> for Ema<V> {
    type Params = Params;

    fn new(params: &Params) -> Self {
        Ema { mean: ExponentialMean::of_period(params.period) }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        [self.mean.push::<WARM>(x, ready)]
    }

    fn is_warm(&self) -> bool {
        self.mean.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.mean.visit(visitor)
    }
}

impl Declared<1> for Params {
    fn warmup(&self) -> [usize; 1] {
        [0]
    }

    fn lookback(&self) -> usize {
        self.period
    }

    fn settle(&self, tolerance: f64) -> usize {
        bars_until(tolerance, 1.0 - 2.0 / (self.period as f64 + 1.0))
    }
}
