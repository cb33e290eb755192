//! Correlation.

use crate::kernel::declare;

declare! {
    /// Pearson's correlation of the last `period` pairs, from -1 to 1. Not ready where `x` or `y` stood still.
    ///
    /// ```text
    /// correlation = covariance(x, y) / (std(x) * std(y))
    /// ```
    correlation: statistic, version 1,
    aliases: ["correl"],
    also: [pine.correlation(period as length)],
    source: "Karl Pearson, Regression, Heredity, and Panmixia, 1896",
    operands: [x, y],
    params: {
        period: usize = 30 in 2..=100_000, aliases [lookback], "Pairs that count.",
    },
    outputs: { value: Number },
    readiness: by_data,
    body: "let pairs = covariance(x, y, period);
        greatest(-1, least(1, pairs.covariance / sqrt(pairs.variance_x) / sqrt(pairs.variance_y)))",
}
