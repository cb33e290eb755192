//! Upper wick.

use crate::kernel::declare;

declare! {
    /// How far the high is above the body.
    ///
    /// ```text
    /// high - greatest(open, close)
    /// ```
    upper_wick: price, version 1,
    source: "Parts of a candle",
    fields: [open, high, close],
    params: {},
    outputs: { value: Difference },
    body: "high - greatest(open, close)",
}
