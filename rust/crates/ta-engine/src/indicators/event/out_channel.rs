//! Outside of a channel.

use crate::kernel::declare;

declare! {
    /// True where `price` is above `upper` or below `lower`.
    ///
    /// ```text
    /// price > upper or price < lower
    /// ```
    out_channel: event, version 1,
    source: "A price and a channel",
    operands: [price or close, upper or high, lower or low],
    params: {},
    outputs: { value: Bool },
    body: "price > upper or price < lower",
}
