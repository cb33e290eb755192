//! Sine-weighted mean.

use crate::indicators::weights::{Weighted, Weights};
use crate::kernel::declare;
use crate::window::{ByLane, Scanned};

declare! {
    /// Mean of the last `period` values with the weights of half a sine wave: most for those in the middle.
    ///
    /// ```text
    /// weight of x[i] = sin(pi * (i + 1) / (period + 1))
    /// ```
    sine_wma: trend, kernel SineWma, version 1,
    aliases: ["sinwma"],
    source: "Patrick E. Lafferty, The End Point Moving Average, 1995",
    series: [close by source],
    params: { period: usize = 14 in 1..=10_000, aliases [lookback], "Values that count." },
    outputs: { value: Price },
    warmup: |p| [p.period - 1],
}

/// The kernel of many symbols: each has its own.
pub type SineWma<V> = ByLane<V, Scanned<Weighted<HalfWave>, 1>>;

/// The weights of half a sine wave.
#[derive(Debug)]
pub struct HalfWave;

impl Weights for HalfWave {
    type Params = Params;

    fn of(params: &Params) -> Vec<f64> {
        let angle = std::f64::consts::PI / (params.period as f64 + 1.0);
        (1..=params.period).map(|at| libm::sin(angle * at as f64)).collect()
    }
}
