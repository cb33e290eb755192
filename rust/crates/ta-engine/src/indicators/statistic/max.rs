//! Greatest value of a moving window.

use crate::kernel::{Declared, Kernel, Known, StateError, Visitor, declare};
use crate::lanes::Lanes;
use crate::window::Maximum;

declare! {
    /// Greatest of the last `period` values.
    max: statistic, kernel Max, version 1,
    source: "The greatest value of a moving window",
    series: [close by field],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Price },
}

/// State of `max`.
#[derive(Debug)]
pub struct Max<V: Lanes> {
    window: Maximum<V>,
}

impl<V: Lanes> Kernel<V, 1, 1> for Max<V> {
    type Params = Params;

    fn new(params: &Params) -> Self {
        Max { window: Maximum::new(params.period) }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        self.window.push::<WARM>(x, ready)
    }

    fn is_warm(&self) -> bool {
        self.window.is_warm()
    }

    #[inline(always)]
    fn run(&mut self, [xs]: [&[V]; 1], [out]: [&mut [V]; 1]) -> Known {
        self.window.run(xs, [out]);
        Known::Nothing
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.window.visit(visitor)
    }
}

impl Declared<1> for Params {
    fn warmup(&self) -> [usize; 1] {
        [self.period - 1]
    }
    fn block(&self) -> usize {
        self.period
    }
}
