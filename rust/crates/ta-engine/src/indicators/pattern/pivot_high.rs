//! Swing highs, once they are confirmed.

use crate::kernel::declare;

declare! {
    /// Value of a swing high, on the bar that confirms it.
    ///
    /// None of the `left` bars before a swing high is greater, and all of the `right` bars after it are less: of equal values the
    /// newest counts. There is a value on the bars that confirm one, `right` bars after it, and on no others.
    ///
    /// ```text
    /// pivot_high = x[right]     where rolling_argmax(x, left + right + 1) = right
    /// ```
    pivot_high: pattern, version 1,
    aliases: ["pivothigh"],
    also: [pine.pivothigh(left as leftbars, right as rightbars)],
    source: "Swing points with a strength to either side, as in Pine Script's ta.pivothigh",
    series: [high by source],
    params: {
        left: usize = 5 in 0..=100_000, aliases [leftbars], "Bars before it.",
        right: usize = 5 in 0..=100_000, aliases [rightbars], "Bars after it, which confirm it.",
    },
    outputs: { value: Price at - right },
    readiness: by_data,
    body: |p| {
        let around = p.left + p.right + 1;
        format!("max(high, {around}).filter(rolling_argmax(high, {around}) == right)")
    },
}
