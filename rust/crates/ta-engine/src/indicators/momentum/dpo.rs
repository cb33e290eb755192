//! Detrended Price Oscillator.

use crate::kernel::declare;

declare! {
    /// A value of half a period ago less the mean of the last ones.
    ///
    /// It looks back, not ahead: the mean is not moved to the middle of its window.
    ///
    /// ```text
    /// dpo = x[period / 2 + 1] - sma(x, period)     period / 2 without its fraction
    /// ```
    dpo: momentum, version 1,
    also: [talib.dpo(period as timeperiod)],
    source: "Steven B. Achelis, Technical Analysis from A to Z, 2000",
    series: [close by source],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that are averaged." },
    outputs: { value: Difference },
    body: |p| format!("close[{}] - sma(close, period)", p.period / 2 + 1),
}
