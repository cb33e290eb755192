//! Keltner channel.

use crate::kernel::declare;

declare! {
    /// Channel around an exponential mean of closes, as wide as some average true ranges.
    ///
    /// ```text
    /// middle = ema(close, period)
    /// upper  = middle + multiplier * atr(atr_period)
    /// lower  = middle - multiplier * atr(atr_period)
    /// ```
    keltner: volatility, version 1,
    aliases: ["kc"],
    source: "Linda Bradford Raschke's form of Chester W. Keltner, How to Make Money in Commodities, 1960",
    fields: [high, low, close],
    params: {
        period: usize = 20 in 1..=1_000_000, aliases [ema_period, lookback], "Period of the mean.",
        atr_period: usize = 10 in 1..=1_000_000, "Period of the average true range.",
        multiplier: f64 = 2.0 in 0.001..=1_000.0, aliases [mult], "Average true ranges from the middle to either side.",
    },
    outputs: { upper: Price, middle: Price, lower: Price },
    body: "let middle = ema(close, period);
        let width = multiplier * atr(atr_period);
        {upper: middle + width, middle: middle, lower: middle - width}",
}
