//! Kurtosis of a moving window.

use super::skew::Of;
use crate::kernel::declare;
use crate::window::{ByLane, Figure, Scanned, most_of_each, near_one, sum_of_each};

declare! {
    /// Kurtosis of the last `period` values beyond that of a normal distribution: greater than 0 where extremes are frequent.
    ///
    /// As of a sample it is corrected for its bias, as in pandas, Excel and TA-Lib. Of equal values there is none.
    ///
    /// ```text
    /// population = mean((x - mean) ** 4) / mean((x - mean) ** 2) ** 2 - 3
    /// sample     = (period - 1) / ((period - 2) * (period - 3)) * ((period + 1) * population + 6)
    /// ```
    kurtosis: statistic, kernel Kurtosis, version 1,
    aliases: ["kurt"],
    also: [talib.kurtosis(period as timeperiod)],
    source: "Ronald A. Fisher, Statistical Methods for Research Workers, 1925",
    series: [close by source],
    params: {
        period: usize = 30 in 4..=10_000, aliases [lookback], "Values that count.",
        of: Of = "sample", "Of what the values are taken to be.",
    },
    outputs: { value: Number },
    warmup: |p| [p.period - 1],
    readiness: by_data,
}

/// The kernel of many symbols: each has its own.
pub type Kurtosis<V> = ByLane<V, Scanned<Excess, 1>>;

/// Kurtosis of a window.
#[derive(Debug)]
pub struct Excess {
    factor: f64,
    addend: f64,
}

impl Figure<1> for Excess {
    type Params = Params;

    fn new(params: &Params) -> Self {
        let n = params.period as f64;
        match params.of {
            Of::Population => Excess { factor: 1.0, addend: 0.0 },
            Of::Sample => {
                let common = (n - 1.0) / ((n - 2.0) * (n - 3.0));
                Excess { factor: common * (n + 1.0), addend: common * 6.0 }
            }
        }
    }

    fn period(params: &Params) -> usize {
        params.period
    }

    fn of(&mut self, window: &[f64]) -> [f64; 1] {
        let (first, count) = (window[0], window.len() as f64);
        let most = most_of_each(window, |x| (x - first).abs());
        // About the first value, and by a power of two near the greatest distance from it: shares neither overflow nor lose
        // digits to a great mean.
        let near = near_one(most);
        let share = |x: f64| (x - first) * near;
        let mean = sum_of_each(window, share) / count;
        let square = |x: f64| (share(x) - mean) * (share(x) - mean);
        let squares = sum_of_each(window, square);
        let fourths = sum_of_each(window, |x| square(x) * square(x));
        [self.factor * (count * fourths / (squares * squares) - 3.0) + self.addend]
    }
}
