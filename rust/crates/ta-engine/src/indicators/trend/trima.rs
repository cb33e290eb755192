//! Triangular mean.

use crate::kernel::declare;

declare! {
    /// Mean whose weights rise to the middle of the window and fall again: a mean of means.
    ///
    /// Of an even number of values the first mean is of half of them, the second of one more.
    ///
    /// ```text
    /// trima = sma(sma(x, ceil(period / 2)), floor(period / 2) + 1)
    /// ```
    trima: trend, version 1,
    also: [talib.trima(period = 30 as timeperiod)],
    source: "The mean of a mean of half the window",
    series: [close by source],
    params: {
        period: usize = 30 in 1..=1_000_000, aliases [lookback], "Values that count.",
    },
    outputs: { value: Price },
    body: |p| format!("sma(sma(close, {}), {})", p.period.div_ceil(2), p.period / 2 + 1),
}
