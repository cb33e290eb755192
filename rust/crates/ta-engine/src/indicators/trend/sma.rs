//! Simple Moving Average.

use crate::kernel::{declare, window_kernel};
use crate::window::Mean;

declare! {
    /// Mean of the last `period` values: their exact sum divided, rounded once.
    ///
    /// ```text
    /// sma = (x[0] + x[1] + ... + x[period - 1]) / period
    /// ```
    sma: trend, kernel Sma, version 1,
    also: [talib.sma(period = 30 as timeperiod), pine.sma(period as length)],
    source: "The arithmetic mean of a moving window",
    series: [close by source],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Price },
    warmup: |p| [p.period - 1],
}

window_kernel! {
    /// State of `sma`.
    Sma: Mean
}
