//! The latest swing lows.

use crate::indicators::pattern::swing_points::swing;
use crate::kernel::declare;

declare! {
    /// Price of the latest confirmed swing low, or of the `index`-th latest, on every bar behind it.
    ///
    /// Swings are those of `swing_points`; there is no value until so many are confirmed.
    ///
    /// ```text
    /// swing_low_at = swing_points(left, right).low of the index-th latest swing
    /// ```
    swing_low_at: pattern, version 1,
    source: "Swing points with a strength to either side",
    fields: [low],
    params: {
        index: usize = 1 in 1..=10_000, "Which: 1 is the latest, 2 the one before it.",
        left: usize = 2 in 1..=100_000, aliases [leftbars], "Bars before it.",
        right: usize = 2 in 1..=100_000, aliases [rightbars], "Bars after it, which confirm it.",
    },
    outputs: { value: Price },
    readiness: by_data,
    body: |p| format!("valuewhen({}, low[right], {})", swing("low", p.right), p.index - 1),
}
