//! Exit from a channel.

use crate::kernel::declare;

declare! {
    /// True where `price` is outside of the channel and was in it one bar before, each bar by its own bounds.
    ///
    /// The bounds belong to the channel. The first value has none before it and is not ready.
    ///
    /// ```text
    /// out_channel(price, upper, lower) and in_channel(price, upper, lower)[1]
    /// ```
    exit_channel: event, version 1,
    source: "A price and a channel",
    operands: [price or close, upper or high, lower or low],
    params: {},
    outputs: { value: Bool },
    body: "let outside = price > upper or price < lower;
        outside and not outside[1]",
}
