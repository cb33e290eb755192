//! Sortino ratio.

use crate::kernel::declare;

declare! {
    /// Mean of the last `period` returns over the deviation of the negative ones from 0, both of a year.
    ///
    /// The sum of the squares of the negative returns is divided by the number of all. There is none where none is
    /// negative.
    ///
    /// ```text
    /// sortino = mean(returns) / sqrt(mean(least(returns, 0) ** 2)) * sqrt(annual)
    /// ```
    sortino: statistic, version 1,
    source: "Frank A. Sortino and Lee N. Price, Performance Measurement in a Downside Risk Framework, 1994",
    operands: [returns],
    params: {
        period: usize = 30 in 1..=1_000_000, aliases [lookback], "Returns that count.",
        annual: f64 = 252.0 in 1e-9..=1e9, "Values in a year.",
    },
    outputs: { value: Number },
    readiness: by_data,
    body: "let lost = least(returns, 0);
        rolling_mean(returns, period) / sqrt(rolling_mean(lost * lost, period)) * sqrt(annual)",
}
