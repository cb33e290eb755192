//! Garman-Klass volatility.

use crate::kernel::declare;

declare! {
    /// Volatility by the ranges and the bodies of bars, in percent for a year.
    ///
    /// ```text
    /// 100 * sqrt(annual * sma(log(high / low) ** 2 / 2 - (2 * log(2) - 1) * log(close / open) ** 2, period))
    /// ```
    garman_klass: volatility, version 1,
    source: "Mark B. Garman and Michael J. Klass, On the Estimation of Security Price Volatilities from Historical Data, 1980",
    fields: [open, high, low, close],
    params: {
        period: usize = 20 in 1..=1_000_000, aliases [lookback], "Bars that count.",
        annual: f64 = 252.0 in 1e-9..=1e9, "Bars in a year.",
    },
    outputs: { value: Percent },
    body: "let width = log(high / low);
        let body = log(close / open);
        100 * sqrt(annual * greatest(sma(0.5 * width * width - (2 * log(2) - 1) * body * body, period), 0))",
}
