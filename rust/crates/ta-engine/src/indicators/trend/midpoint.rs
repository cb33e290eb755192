//! Middle of the values' range.

use crate::kernel::declare;

declare! {
    /// Middle between the greatest and the least of the last `period` values.
    ///
    /// ```text
    /// midpoint = (max(x, period) + min(x, period)) / 2
    /// ```
    midpoint: trend, version 1,
    also: [talib.midpoint(period = 14 as timeperiod)],
    source: "The middle of a range",
    series: [close],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Values that count.",
    },
    outputs: { value: Price },
    body: "0.5 * max(close, period) + 0.5 * min(close, period)",
}
