//! Sum of a moving window.

use crate::kernel::{Declared, Kernel, Known, StateError, Visitor, declare};
use crate::lanes::Lanes;
use crate::window::Sum;

declare! {
    /// Sum of the last `period` values.
    rolling_sum: statistic, kernel RollingSum, version 1,
    aliases: ["sum"],
    source: "The sum of a moving window",
    series: [close by field],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Number },
}

/// State of `rolling_sum`.
#[derive(Debug)]
pub struct RollingSum<V: Lanes> {
    sum: Sum<V>,
}

impl<V: Lanes> Kernel<V, 1, 1> for RollingSum<V> {
    type Params = Params;

    const LOOKS_THROUGH: bool = true;

    fn new(params: &Params) -> Self {
        RollingSum { sum: Sum::new(params.period) }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        self.sum.push::<WARM>(x, ready)
    }

    fn is_warm(&self) -> bool {
        self.sum.is_warm()
    }

    #[inline(always)]
    fn run(&mut self, [xs]: [&[V]; 1], [out]: [&mut [V]; 1]) -> Known {
        self.sum.run(xs, [out]);
        Known::Nothing
    }

    #[inline(always)]
    fn run_while_ready(&mut self, [xs]: [&[V]; 1], [out]: [&mut [V]; 1]) -> usize {
        self.sum.run_while_quick(xs, [out])
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.sum.visit(visitor)
    }
}

impl Declared<1> for Params {
    fn warmup(&self) -> [usize; 1] {
        [self.period - 1]
    }
}
