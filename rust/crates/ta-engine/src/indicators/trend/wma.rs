//! Weighted Moving Average.

use crate::kernel::{Declared, Kernel, Known, StateError, Visitor, declare};
use crate::lanes::Lanes;
use crate::window::WeightedMean;

declare! {
    /// Mean of the last `period` values with weights that rise by one from the oldest to the newest.
    ///
    /// ```text
    /// wma = (period * x + (period - 1) * x[1] + ... + 1 * x[period - 1]) / (period * (period + 1) / 2)
    /// ```
    wma: trend, kernel Wma, version 1,
    aliases: ["rolling_wma"],
    source: "Robert D. Edwards and John Magee, Technical Analysis of Stock Trends",
    series: [close by source],
    params: { period: usize = 14 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Price },
}

/// State of `wma`.
#[derive(Debug)]
pub struct Wma<V: Lanes> {
    mean: WeightedMean<V>,
}

impl<V: Lanes> Kernel<V, 1, 1> for Wma<V> {
    type Params = Params;

    const LOOKS_THROUGH: bool = true;

    fn new(params: &Params) -> Self {
        Wma { mean: WeightedMean::new(params.period) }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        self.mean.push::<WARM>(x, ready)
    }

    fn is_warm(&self) -> bool {
        self.mean.is_warm()
    }

    #[inline(always)]
    fn run(&mut self, [xs]: [&[V]; 1], [out]: [&mut [V]; 1]) -> Known {
        self.mean.run(xs, [out]);
        Known::Nothing
    }

    #[inline(always)]
    fn run_while_ready(&mut self, [xs]: [&[V]; 1], [out]: [&mut [V]; 1]) -> usize {
        self.mean.run_while_quick(xs, [out])
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.mean.visit(visitor)
    }
}

impl Declared<1> for Params {
    fn warmup(&self) -> [usize; 1] {
        [self.period - 1]
    }
}
