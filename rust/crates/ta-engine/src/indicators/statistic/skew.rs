//! Skewness of a moving window.

use crate::kernel::{choice, declare};
use crate::window::{ByLane, Figure, Scanned, most_of_each, near_one, sum_of_each};

choice! {
    /// Of what the values are taken to be.
    Of {
        /// They are all there are.
        Population "population",
        /// They are some of many.
        Sample "sample",
    }
}

declare! {
    /// Skewness of the last `period` values: greater than 0 where the long tail is that of great values.
    ///
    /// It is the third moment about the mean over the cube of the standard deviation. As of a sample it is corrected for its bias,
    /// as in pandas. Equal values give 0.
    ///
    /// ```text
    /// population = mean((x - mean) ** 3) / mean((x - mean) ** 2) ** 1.5
    /// sample     = population * sqrt(period * (period - 1)) / (period - 2)
    /// ```
    skew: statistic, kernel Skew, version 1,
    aliases: ["skewness"],
    source: "Ronald A. Fisher, Statistical Methods for Research Workers, 1925",
    series: [close by source],
    params: {
        period: usize = 30 in 3..=10_000, aliases [lookback], "Values that count.",
        of: Of = "population", "Of what the values are taken to be.",
    },
    outputs: { value: Number },
    warmup: |p| [p.period - 1],
}

/// The kernel of many symbols: each has its own.
pub type Skew<V> = ByLane<V, Scanned<Skewness, 1>>;

/// Skewness of a window.
#[derive(Debug)]
pub struct Skewness {
    correction: f64,
}

impl Figure<1> for Skewness {
    type Params = Params;

    fn new(params: &Params) -> Self {
        let n = params.period as f64;
        let correction = match params.of {
            Of::Population => 1.0,
            Of::Sample => (n * (n - 1.0)).sqrt() / (n - 2.0),
        };
        Skewness { correction }
    }

    fn period(params: &Params) -> usize {
        params.period
    }

    fn of(&mut self, window: &[f64]) -> [f64; 1] {
        let (first, count) = (window[0], window.len() as f64);
        let most = most_of_each(window, |x| (x - first).abs());
        if most == 0.0 {
            return [0.0];
        }
        // About the first value, and by a power of two near the greatest distance from it: shares neither overflow nor lose
        // digits to a great mean.
        let near = near_one(most);
        let share = |x: f64| (x - first) * near;
        let mean = sum_of_each(window, share) / count;
        let distance = |x: f64| share(x) - mean;
        let squares = sum_of_each(window, |x| distance(x) * distance(x));
        let cubes = sum_of_each(window, |x| distance(x) * distance(x) * distance(x));
        let variance = squares / count;
        [self.correction * (cubes / count) / (variance * variance.sqrt())]
    }
}
