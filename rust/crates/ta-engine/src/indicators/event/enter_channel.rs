//! Entry into a channel.

use crate::kernel::declare;

declare! {
    /// True where `price` is in the channel and was not one bar before, each bar by its own bounds.
    ///
    /// The bounds belong to the channel. The first value has none before it and is not ready.
    ///
    /// ```text
    /// in_channel(price, upper, lower) and not in_channel(price, upper, lower)[1]
    /// ```
    enter_channel: event, version 1,
    source: "A price and a channel",
    operands: [price or close, upper or high, lower or low],
    params: {},
    outputs: { value: Bool },
    body: "let inside = lower <= price and price <= upper;
        inside and not inside[1]",
}
