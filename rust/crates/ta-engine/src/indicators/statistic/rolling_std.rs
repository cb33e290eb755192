//! Standard deviation of a moving window.

use crate::kernel::{Declared, Kernel, Known, StateError, Visitor, declare};
use crate::lanes::Lanes;
use crate::window::Deviation;

declare! {
    /// Population standard deviation (divisor `period`) of the last `period` values.
    ///
    /// ```text
    /// std = sqrt(mean((x - mean(x))^2))
    /// ```
    rolling_std: statistic, kernel RollingStd, version 1,
    aliases: ["std", "stddev"],
    source: "The population standard deviation of a moving window",
    series: [close by field],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Difference },
}

/// State of `rolling_std`.
#[derive(Debug)]
pub struct RollingStd<V: Lanes> {
    deviation: Deviation<V>,
}

impl<V: Lanes> Kernel<V, 1, 1> for RollingStd<V> {
    type Params = Params;

    const LOOKS_THROUGH: bool = true;

    fn new(params: &Params) -> Self {
        RollingStd { deviation: Deviation::new(params.period) }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        self.deviation.push::<WARM>(x, ready)
    }

    fn is_warm(&self) -> bool {
        self.deviation.is_warm()
    }

    #[inline(always)]
    fn run(&mut self, [xs]: [&[V]; 1], [out]: [&mut [V]; 1]) -> Known {
        self.deviation.run(xs, [out]);
        Known::Nothing
    }

    #[inline(always)]
    fn run_while_ready(&mut self, [xs]: [&[V]; 1], [out]: [&mut [V]; 1]) -> usize {
        self.deviation.run_while_quick(xs, [out])
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.deviation.visit(visitor)
    }
}

impl Declared<1> for Params {
    fn warmup(&self) -> [usize; 1] {
        [self.period - 1]
    }
}
