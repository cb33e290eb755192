//! Mean of high, low and twice the close.

use crate::kernel::declare;

declare! {
    /// Mean of high, low and twice the close.
    ///
    /// ```text
    /// weighted_close = (high + low + 2 * close) / 4
    /// ```
    weighted_close: price, version 1,
    aliases: ["wclprice"],
    also: [talib.wclprice()],
    source: "The mean of a bar's prices",
    fields: [high, low, close],
    params: {},
    outputs: { value: Price },
    body: "(high + low + 2 * close) / 4",
}
