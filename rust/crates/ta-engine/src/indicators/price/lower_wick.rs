//! Lower wick.

use crate::kernel::declare;

declare! {
    /// How far the low is below the body.
    ///
    /// ```text
    /// least(open, close) - low
    /// ```
    lower_wick: price, version 1,
    source: "Parts of a candle",
    fields: [open, low, close],
    params: {},
    outputs: { value: Difference },
    body: "least(open, close) - low",
}
