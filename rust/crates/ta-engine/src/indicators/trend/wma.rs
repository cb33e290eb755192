//! Weighted Moving Average.

use crate::kernel::{declare, window_kernel};
use crate::window::WeightedMean;

declare! {
    /// Mean of the last `period` values with weights that rise by one from the oldest to the newest.
    ///
    /// ```text
    /// wma = (period * x + (period - 1) * x[1] + ... + 1 * x[period - 1]) / (period * (period + 1) / 2)
    /// ```
    wma: trend, kernel Wma, version 1,
    aliases: ["rolling_wma"],
    also: [talib.wma(period = 30 as timeperiod), pine.wma(period as length)],
    source: "Robert D. Edwards and John Magee, Technical Analysis of Stock Trends",
    series: [close by source],
    params: { period: usize = 14 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Price },
    warmup: |p| [p.period - 1],
}

window_kernel! {
    /// State of `wma`.
    Wma: WeightedMean
}
