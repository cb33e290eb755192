//! Pascal-weighted mean.

use crate::indicators::weights::{Weighted, Weights};
use crate::kernel::declare;
use crate::window::{ByLane, Scanned};

declare! {
    /// Mean of the last `period` values with the numbers of a row of Pascal's triangle as weights.
    ///
    /// The weights fall to either side of the middle, as those of a normal distribution do. (Others call a mean with parabolic weights
    /// by this name.)
    ///
    /// ```text
    /// weight of x[i] = (period - 1)! / (i! * (period - 1 - i)!)
    /// ```
    pwma: trend, kernel Pwma, version 1,
    source: "Binomial smoothing; pandas-ta, pwma",
    series: [close by source],
    params: { period: usize = 10 in 1..=1_000, aliases [lookback], "Values that count." },
    outputs: { value: Price },
    warmup: |p| [p.period - 1],
}

/// The kernel of many symbols: each has its own.
pub type Pwma<V> = ByLane<V, Scanned<Weighted<Triangle>, 1>>;

/// The weights of a row of Pascal's triangle.
#[derive(Debug)]
pub struct Triangle;

impl Weights for Triangle {
    type Params = Params;

    fn of(params: &Params) -> Vec<f64> {
        let last = params.period - 1;
        let next = |weight: &f64, at: usize| weight * (last + 1 - at) as f64 / at as f64;
        let mut weights = vec![1.0];
        for at in 1..=last {
            weights.push(next(&weights[at - 1], at));
        }
        weights
    }
}
