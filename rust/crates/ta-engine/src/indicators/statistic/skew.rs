//! Skewness of a moving window.

use crate::kernel::{choice, declare};
use crate::window::{ByLane, Figure, Scanned};

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
        // About the first value, and by the greatest distance from it: shares neither overflow nor lose digits to a great mean.
        let first = window[0];
        let most = window.iter().fold(0.0, |most: f64, x| most.max((x - first).abs()));
        if most == 0.0 {
            return [0.0];
        }
        let count = window.len() as f64;
        let share = |x: &f64| (x - first) / most;
        let mean = window.iter().map(share).sum::<f64>() / count;
        let (mut squares, mut cubes) = (0.0, 0.0);
        for x in window {
            let distance = share(x) - mean;
            squares += distance * distance;
            cubes += distance * distance * distance;
        }
        let variance = squares / count;
        [self.correction * (cubes / count) / (variance * variance.sqrt())]
    }
}
