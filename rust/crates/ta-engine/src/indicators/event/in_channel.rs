//! Within a channel.

use crate::kernel::declare;

declare! {
    /// True where `price` is between `lower` and `upper`, both of which belong to the channel.
    ///
    /// ```text
    /// lower <= price <= upper
    /// ```
    in_channel: event, version 1,
    source: "A price and a channel",
    operands: [price or close, upper or high, lower or low],
    params: {},
    outputs: { value: Bool },
    body: "lower <= price and price <= upper",
}
