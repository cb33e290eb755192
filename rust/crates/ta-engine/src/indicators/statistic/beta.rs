//! Beta.

use crate::kernel::declare;

declare! {
    /// Slope of the line through the last `period` pairs of one-bar returns: by how much `y` returned for what `x` did. Not ready where `x` stood still.
    ///
    /// ```text
    /// a, b = x / x[1] - 1, y / y[1] - 1
    /// beta = covariance(a, b, period) / variance(a, period)
    /// ```
    beta: statistic, version 1,
    source: "William F. Sharpe, Capital Asset Prices, 1964",
    operands: [x, y],
    params: {
        period: usize = 5 in 2..=100_000, aliases [lookback], "Returns that count.",
    },
    outputs: { value: Number },
    readiness: by_data,
    body: "let pairs = covariance((x - x[1]) / x[1], (y - y[1]) / y[1], period);
        pairs.covariance / pairs.variance_x",
}
