//! Double exponential mean.

use crate::kernel::declare;

declare! {
    /// Exponential mean with less lag: twice the mean less the mean of the mean.
    ///
    /// ```text
    /// dema = 2 * ema(x, period) - ema(ema(x, period), period)
    /// ```
    dema: trend, version 1,
    source: "Patrick G. Mulloy, Smoothing Data with Faster Moving Averages, 1994",
    series: [close by source],
    params: { period: usize = 30 in 1..=1_000_000, aliases [lookback], "Sets the weight of the newest value." },
    outputs: { value: Price },
    body: "2 * ema(close, period) - ema(ema(close, period), period)",
}
