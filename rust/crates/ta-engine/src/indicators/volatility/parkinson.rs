//! Parkinson volatility.

use crate::kernel::declare;

declare! {
    /// Volatility by the ranges of bars, in percent for a year.
    ///
    /// ```text
    /// 100 * sqrt(annual * sma(log(high / low) ** 2, period) / (4 * log(2)))
    /// ```
    parkinson: volatility, version 1,
    source: "Michael Parkinson, The Extreme Value Method for Estimating the Variance of the Rate of Return, 1980",
    fields: [high, low],
    params: {
        period: usize = 20 in 1..=1_000_000, aliases [lookback], "Bars that count.",
        annual: f64 = 252.0 in 1e-9..=1e9, "Bars in a year.",
    },
    outputs: { value: Percent },
    body: "let width = log(high / low);
        100 * sqrt(annual * sma(width * width, period) / (4 * log(2)))",
}
