//! Swing lows, once they are confirmed.

use crate::kernel::declare;

declare! {
    /// Value of a swing low, on the bar that confirms it.
    ///
    /// None of the `left` bars before a swing low is less, and all of the `right` bars after it are greater: of equal values the
    /// newest counts. There is a value on the bars that confirm one, `right` bars after it, and on no others.
    ///
    /// ```text
    /// pivot_low = x[right]     where rolling_argmin(x, left + right + 1) = right
    /// ```
    pivot_low: pattern, version 1,
    aliases: ["pivotlow"],
    also: [pine.pivotlow(left as leftbars, right as rightbars)],
    source: "Swing points with a strength to either side, as in Pine Script's ta.pivotlow",
    series: [low by source],
    params: {
        left: usize = 5 in 0..=100_000, aliases [leftbars], "Bars before it.",
        right: usize = 5 in 0..=100_000, aliases [rightbars], "Bars after it, which confirm it.",
    },
    outputs: { value: Price at - right },
    readiness: by_data,
    body: |p| {
        let around = p.left + p.right + 1;
        format!("min(low, {around}).filter(rolling_argmin(low, {around}) == right)")
    },
}
