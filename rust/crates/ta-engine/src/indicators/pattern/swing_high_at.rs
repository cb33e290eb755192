//! The latest swing highs.

use crate::indicators::pattern::swing_points::swing;
use crate::kernel::declare;

declare! {
    /// Price of the latest confirmed swing high, or of the `index`-th latest, on every bar behind it.
    ///
    /// Swings are those of `swing_points`; there is no value until so many are confirmed.
    ///
    /// ```text
    /// swing_high_at = swing_points(left, right).high of the index-th latest swing
    /// ```
    swing_high_at: pattern, version 1,
    source: "Swing points with a strength to either side",
    fields: [high],
    params: {
        index: usize = 1 in 1..=10_000, "Which: 1 is the latest, 2 the one before it.",
        left: usize = 2 in 1..=100_000, aliases [leftbars], "Bars before it.",
        right: usize = 2 in 1..=100_000, aliases [rightbars], "Bars after it, which confirm it.",
    },
    outputs: { value: Price },
    readiness: by_data,
    body: |p| format!("valuewhen({}, high[right], {})", swing("high", p.right), p.index - 1),
}
