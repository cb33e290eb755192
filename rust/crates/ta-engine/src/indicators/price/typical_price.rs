//! Mean of high, low and close.

use crate::kernel::declare;

declare! {
    /// Mean of high, low and close.
    ///
    /// ```text
    /// typical_price = (high + low + close) / 3
    /// ```
    typical_price: price, version 1,
    aliases: ["typprice"],
    also: [talib.typprice()],
    source: "The mean of a bar's prices",
    fields: [high, low, close],
    params: {},
    outputs: { value: Price },
    body: "(high + low + close) / 3",
}
