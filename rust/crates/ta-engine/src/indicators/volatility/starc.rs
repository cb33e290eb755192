//! Stoller average range channel.

use crate::kernel::declare;

declare! {
    /// A plain mean of closes, and lines some average true ranges above and below it.
    ///
    /// ```text
    /// middle = sma(close, period)
    /// upper, lower = middle +/- multiplier * atr(atr_period)
    /// ```
    starc: volatility, version 1,
    source: "Manning Stoller, STARC bands",
    fields: [high, low, close],
    params: {
        period: usize = 6 in 1..=1_000_000, aliases [lookback], "Period of the mean.",
        atr_period: usize = 15 in 1..=1_000_000, "Period of the average true range.",
        multiplier: f64 = 2.0 in 1e-9..=1e9, aliases [mult], "Average true ranges from the middle to either side.",
    },
    outputs: { upper: Price, middle: Price, lower: Price },
    body: "let middle = sma(close, period);
        let width = multiplier * atr(atr_period);
        {upper: middle + width, middle: middle, lower: middle - width}",
}
