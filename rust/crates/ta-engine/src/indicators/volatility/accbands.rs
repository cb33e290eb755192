//! Acceleration Bands.

use crate::kernel::declare;

declare! {
    /// Means of closes and of highs and lows that are moved away by the width of their bars.
    ///
    /// Where high and low add up to nothing the width is nothing.
    ///
    /// ```text
    /// width  = 4 * (high - low) / (high + low)
    /// upper  = sma(high * (1 + width), period)
    /// middle = sma(close, period)
    /// lower  = sma(low * (1 - width), period)
    /// ```
    accbands: volatility, version 1,
    also: [talib.accbands(period as timeperiod)],
    source: "Price Headley, Big Trends in Trading, 2002",
    fields: [high, low, close],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Bars that are averaged." },
    outputs: { upper: Price, middle: Price, lower: Price },
    body: "let both = high + low;
        let width = if(both == 0, 0, 4 * (high - low) / both);
        {upper: sma(high * (1 + width), period), middle: sma(close, period), lower: sma(low * (1 - width), period)}",
}
