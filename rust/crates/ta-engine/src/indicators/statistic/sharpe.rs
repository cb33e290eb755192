//! Sharpe ratio.

use crate::kernel::declare;

declare! {
    /// Mean of the last `period` returns over their standard deviation, both of a year.
    ///
    /// The returns are what they exceed a riskless rate by; the deviation is that of a sample. There is none where all
    /// are equal.
    ///
    /// ```text
    /// sharpe = mean(returns) / (sample deviation of returns) * sqrt(annual)
    /// ```
    sharpe: statistic, version 1,
    source: "William F. Sharpe, The Sharpe Ratio, 1994",
    operands: [returns],
    params: {
        period: usize = 30 in 2..=1_000_000, aliases [lookback], "Returns that count.",
        annual: f64 = 252.0 in 1e-9..=1e9, "Values in a year.",
    },
    outputs: { value: Number },
    readiness: by_data,
    body: "let deviation = rolling_std(returns, period) * sqrt(period / (period - 1));
        rolling_mean(returns, period) / deviation * sqrt(annual)",
}
