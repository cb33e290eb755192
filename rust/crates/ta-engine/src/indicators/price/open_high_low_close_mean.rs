//! Mean of the bar's four prices.

use crate::kernel::declare;

declare! {
    /// Mean of the bar's four prices.
    ///
    /// ```text
    /// open_high_low_close_mean = (open + high + low + close) / 4
    /// ```
    open_high_low_close_mean: price, version 1,
    aliases: ["avgprice", "avg_price"],
    also: [talib.avgprice()],
    source: "The mean of a bar's prices",
    fields: [open, high, low, close],
    params: {},
    outputs: { value: Price },
    body: "(open + high + low + close) / 4",
}
