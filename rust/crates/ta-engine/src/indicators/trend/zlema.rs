//! Zero-lag exponential mean.

use crate::kernel::declare;

declare! {
    /// Exponential mean of values that are moved on by the change since half a period ago.
    ///
    /// It begins with the first of these.
    ///
    /// ```text
    /// lag   = (period - 1) / 2     without its fraction
    /// zlema = ema(x + (x - x[lag]), period)
    /// ```
    zlema: trend, version 1,
    source: "John F. Ehlers and Ric Way, Zero Lag, Technical Analysis of Stocks & Commodities, 2010",
    series: [close by source],
    params: { period: usize = 30 in 1..=1_000_000, aliases [lookback], "Sets the weight of the newest value." },
    outputs: { value: Price },
    body: |p| format!("ema(close + (close - close[{}]), period)", (p.period - 1) / 2),
}
