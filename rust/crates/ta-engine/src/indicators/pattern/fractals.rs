//! Williams' fractals.

use crate::kernel::declare;

declare! {
    /// Highs above and lows below all of the bars to both sides, on the bar that confirms them.
    ///
    /// Of equal highs or lows none is one. There is a value on the bars that confirm one, `right` bars after it, and on no
    /// others.
    ///
    /// ```text
    /// high = high[right]     where high[right] > all of the `left` before and the `right` after it
    /// low  = low[right]      where low[right] < all of the `left` before and the `right` after it
    /// ```
    fractals: pattern, version 1,
    source: "Bill Williams, Trading Chaos, 1995",
    fields: [high, low],
    params: {
        left: usize = 2 in 1..=1_000_000, aliases [leftbars], "Bars before it.",
        right: usize = 2 in 1..=1_000_000, aliases [rightbars], "Bars after it, which confirm it.",
    },
    outputs: { high: Price at - right, low: Price at - right },
    readiness: by_data,
    body: |p| {
        let behind = p.right + 1;
        format!(
            "let top = greatest(max(high, right), max(high, left)[{behind}]);
            let bottom = least(min(low, right), min(low, left)[{behind}]);
            {{high: high[right].filter(high[right] > top), low: low[right].filter(low[right] < bottom)}}"
        )
    },
}
