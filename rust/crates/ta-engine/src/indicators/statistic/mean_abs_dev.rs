//! Mean absolute deviation of a moving window.

use crate::kernel::{FromParams, Kernel, State, StateError, Visitor, declare};
use crate::window::{Around, ByLane, sum_of_each};

declare! {
    /// Mean distance of the last `period` values from their mean.
    ///
    /// ```text
    /// mean_abs_dev = mean(|x - mean(x)|)
    /// ```
    mean_abs_dev: statistic, kernel MeanAbsDev, version 1,
    also: [talib.avgdev(period = 14 as timeperiod), pine.dev(period as length)],
    source: "The mean absolute deviation of a moving window",
    series: [close],
    params: { period: usize = 14 in 1..=100_000, aliases [lookback], "Values that count." },
    outputs: { value: Difference },
    warmup: |p| [p.period - 1],
}

/// The kernel of many symbols: each has its own.
pub type MeanAbsDev<V> = ByLane<V, Distances>;

/// State of `mean_abs_dev`, of one symbol.
#[derive(Debug)]
pub struct Distances(Around);

impl FromParams for Distances {
    type Params = Params;

    fn new(params: &Params) -> Self {
        Distances(Around::new(params.period))
    }
}

impl State<f64> for Distances {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.0.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.0.visit(visitor)
    }
}

impl Kernel<f64, 1, 1> for Distances {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [f64; 1], ready: bool) -> [f64; 1] {
        let distances = self.0.push::<WARM>(x, ready);
        [distances.map_or(f64::NAN, |all| sum_of_each(all, f64::abs) / all.len() as f64)]
    }
}
