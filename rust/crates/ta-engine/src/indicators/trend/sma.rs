//! Simple Moving Average.

use crate::kernel::{Declared, Kernel, Known, StateError, Visitor, declare};
use crate::lanes::Lanes;
use crate::window::Mean;

declare! {
    /// Mean of the last `period` values: their exact sum divided, rounded once.
    ///
    /// ```text
    /// sma = (x[0] + x[1] + ... + x[period - 1]) / period
    /// ```
    sma: trend, kernel Sma, version 1,
    source: "The arithmetic mean of a moving window",
    series: [close by source],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Price },
}

/// State of `sma`.
#[derive(Debug)]
pub struct Sma<V: Lanes> {
    mean: Mean<V>,
}

impl<V: Lanes> Kernel<V, 1, 1> for Sma<V> {
    type Params = Params;

    const LOOKS_THROUGH: bool = true;

    fn new(params: &Params) -> Self {
        Sma { mean: Mean::new(params.period) }
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
