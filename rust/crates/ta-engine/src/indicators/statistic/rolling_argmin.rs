//! Age of the least value of a moving window.

use crate::kernel::{Declared, Kernel, StateError, Visitor, declare};
use crate::lanes::Lanes;
use crate::window::MinimumAt;

declare! {
    /// How many values ago the least of the last `period` values was: 0 is now; of equals the newest counts.
    rolling_argmin: statistic, kernel RollingArgMin, version 1,
    aliases: ["argmin"],
    source: "The position of the least value in a moving window",
    series: [close by field],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Bars },
}

/// State of `rolling_argmin`.
#[derive(Debug)]
pub struct RollingArgMin<V: Lanes> {
    window: MinimumAt<V>,
}

impl<V: Lanes> Kernel<V, 1, 1> for RollingArgMin<V> {
    type Params = Params;

    fn new(params: &Params) -> Self {
        RollingArgMin { window: MinimumAt::new(params.period) }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        let [_, age] = self.window.push::<WARM>(x, ready);
        [age]
    }

    fn is_warm(&self) -> bool {
        self.window.is_warm()
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
