//! Range of a bar.

use crate::kernel::declare;

declare! {
    /// From the low of a bar to its high.
    ///
    /// ```text
    /// high - low
    /// ```
    bar_range: price, version 1,
    source: "Parts of a candle",
    fields: [high, low],
    params: {},
    outputs: { value: Difference },
    body: "high - low",
}
