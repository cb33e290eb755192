//! Donchian Channel.

use crate::kernel::declare;

declare! {
    /// Greatest high and least low of the last bars, and the middle between them.
    ///
    /// The bar itself is among them: a price beyond yesterday's channel is beyond `donchian(20).upper[1]`.
    ///
    /// ```text
    /// upper  = max(high, period)
    /// middle = (upper + lower) / 2
    /// lower  = min(low, period)
    /// ```
    donchian: volatility, version 1,
    also: [talib.donchian(period as timeperiod)],
    source: "Richard D. Donchian, High Finance in Copper, Financial Analysts Journal, 1960",
    fields: [high, low],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Bars that count." },
    outputs: { upper: Price, middle: Price, lower: Price },
    body: "let top = max(high, period);
        let bottom = min(low, period);
        {upper: top, middle: 0.5 * (top + bottom), lower: bottom}",
}
