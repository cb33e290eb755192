//! TTM trend.

use crate::kernel::declare;

declare! {
    /// True where the close is above the mean of the last middles of bars.
    ///
    /// ```text
    /// close > sma((high + low) / 2, period)
    /// ```
    ttm_trend: trend, version 1,
    source: "John F. Carter, Mastering the Trade, 2005",
    fields: [high, low, close],
    params: {
        period: usize = 6 in 1..=1_000_000, aliases [lookback], "Bars that are averaged.",
    },
    outputs: { value: Bool },
    body: "close > sma(0.5 * (high + low), period)",
}
