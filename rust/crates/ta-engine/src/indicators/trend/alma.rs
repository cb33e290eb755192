//! Arnaud Legoux Moving Average.

use crate::indicators::weights::{Weighted, Weights};
use crate::kernel::{choice, declare};
use crate::window::{ByLane, Scanned};

choice! {
    /// Where in the window the greatest weight is.
    Peak {
        /// Where the share says, between two values too.
        Exact "exact",
        /// On the value before that.
        Whole "whole",
    }
}

declare! {
    /// Mean of the last `period` values with weights that fall to both sides as those of a normal distribution do.
    ///
    /// The greatest weight is at a share of the window from its oldest value, as in `ta.alma` of Pine Script; with `peak` "whole" it
    /// is on a value, as in TA-Lib and Tulip.
    ///
    /// ```text
    /// weight of the j-th value = exp(-(j - m) ** 2 / (2 * s ** 2))     m = offset * (period - 1), s = period / sigma, j from 0
    /// ```
    alma: trend, kernel Alma, version 1,
    also: [talib.alma(period as timeperiod, peak = "whole")],
    source: "Arnaud Legoux and Dimitrios Kouzis-Loukas, ALMA, 2009",
    series: [close by source],
    params: {
        period: usize = 9 in 1..=10_000, aliases [lookback], "Values that count.",
        sigma: f64 = 6.0 in 0.01..=1e9, "Standard deviations that the window is wide.",
        offset: f64 = 0.85 in 0.0..=1.0, "Where the greatest weight is: 0 on the oldest value, 1 on the newest.",
        peak: Peak = "exact", "Whether that is between two values, too.",
    },
    outputs: { value: Price },
    warmup: |p| [p.period - 1],
}

/// The kernel of many symbols: each has its own.
pub type Alma<V> = ByLane<V, Scanned<Weighted<Normal>, 1>>;

/// The weights of a normal distribution.
#[derive(Debug)]
pub struct Normal;

impl Weights for Normal {
    type Params = Params;

    fn of(params: &Params) -> Vec<f64> {
        let peak = params.offset * (params.period - 1) as f64;
        let peak = match params.peak {
            Peak::Exact => peak,
            Peak::Whole => peak.floor(),
        };
        let width = params.period as f64 / params.sigma;
        let weight = |at: usize| libm::exp(-(at as f64 - peak) * (at as f64 - peak) / (2.0 * width * width));
        let weights: Vec<f64> = (0..params.period).map(weight).collect();
        // So narrow that none is left: that of the nearest value.
        if weights.iter().all(|weight| *weight == 0.0) {
            let nearest = peak.round() as usize;
            return (0..params.period).map(|at| f64::from(u8::from(at == nearest))).collect();
        }
        weights
    }
}
