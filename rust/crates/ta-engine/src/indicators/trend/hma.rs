//! Hull's Moving Average.

use crate::kernel::declare;

declare! {
    /// Weighted mean with less lag: of twice the mean over half the period less the mean over all of it.
    ///
    /// Halves and roots are taken without their fractions.
    ///
    /// ```text
    /// hma = wma(2 * wma(x, period / 2) - wma(x, period), sqrt(period))
    /// ```
    hma: trend, version 1,
    also: [talib.hma(period as timeperiod), pine.hma(period = 9 as length)],
    source: "Alan Hull, Active Investing, 2005",
    series: [close by source],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count in the long mean." },
    outputs: { value: Price },
    body: |p| format!("wma(2 * wma(close, {}) - wma(close, period), {})", (p.period / 2).max(1), p.period.isqrt()),
}
