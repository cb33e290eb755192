//! Price Volume Trend.

use crate::kernel::declare;

declare! {
    /// Running sum of volume times the bar's relative change.
    ///
    /// It begins at 0 with the first bar; the sum is kept with twice the digits of a number.
    ///
    /// ```text
    /// pvt = pvt[1] + volume * (close - close[1]) / close[1]
    /// ```
    pvt: volume, version 1,
    also: [talib.pvt()],
    source: "David L. Markstein, How to Chart Your Way to Stock Market Profits, 1966",
    fields: [close, volume],
    params: {},
    outputs: { value: Number },
    body: "let before = nz(close[1], close);
        cum_sum(volume * ((close - before) / before))",
}
