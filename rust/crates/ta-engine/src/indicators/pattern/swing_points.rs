//! Swing highs and lows, once they are confirmed.

use crate::kernel::declare;

declare! {
    /// Price of a swing high, and that of a swing low, on the bar that confirms it.
    ///
    /// A swing high is higher than each of the `left` bars before it and each of the `right` bars after it: where two
    /// share the extreme there is none. There is a value on the bars that confirm one, `right` bars after it, and on no
    /// others. (Of `pivot_high` the newest of equal highs counts.)
    ///
    /// ```text
    /// high = high[right]   where high[right] > each of high[0 .. right - 1], high[right + 1 .. right + left]
    /// ```
    swing_points: pattern, version 1,
    source: "Swing points with a strength to either side",
    fields: [high, low],
    params: {
        left: usize = 2 in 1..=100_000, aliases [leftbars], "Bars before it.",
        right: usize = 2 in 1..=100_000, aliases [rightbars], "Bars after it, which confirm it.",
    },
    outputs: { high: Price at - right, low: Price at - right },
    readiness: by_data,
    body: |p| format!(
        "{{high: high[right].filter({}), low: low[right].filter({})}}",
        swing("high", p.right),
        swing("low", p.right)
    ),
}

/// Whether the bar `right` bars ago was a swing: the one bar of its surroundings with the extreme.
pub(crate) fn swing(field: &str, right: usize) -> String {
    let (extreme, than) = if field == "high" { ("max", "<") } else { ("min", ">") };
    let older = right + 1;
    format!(
        "{extreme}({field}, right) {than} {field}[right] and {extreme}({field}[{older}], left) {than} {field}[right]"
    )
}
