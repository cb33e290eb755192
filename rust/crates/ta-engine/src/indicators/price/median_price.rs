//! Middle of the bar's range.

use crate::kernel::declare;

declare! {
    /// Middle of the bar's range.
    ///
    /// ```text
    /// median_price = (high + low) / 2
    /// ```
    median_price: price, version 1,
    aliases: ["medprice"],
    also: [talib.medprice()],
    source: "The mean of a bar's prices",
    fields: [high, low],
    params: {},
    outputs: { value: Price },
    body: "(high + low) / 2",
}
