//! Middle of the bars' range.

use crate::kernel::declare;

declare! {
    /// Middle between the highest high and the lowest low of the last `period` bars.
    ///
    /// ```text
    /// midprice = (max(high, period) + min(low, period)) / 2
    /// ```
    midprice: trend, version 1,
    also: [talib.midprice(period = 14 as timeperiod)],
    source: "The middle of a range",
    fields: [high, low],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Bars that count.",
    },
    outputs: { value: Price },
    body: "0.5 * max(high, period) + 0.5 * min(low, period)",
}
