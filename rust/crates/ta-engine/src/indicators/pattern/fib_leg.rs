//! The latest leg between two swings.

use crate::indicators::pattern::swing_points::swing;
use crate::kernel::declare;

declare! {
    /// Price of the swing high and of the swing low that the latest leg lies between, and whether it rises.
    ///
    /// Swings are those of `swing_points`, each from the bar on that confirms it. Of swings of one kind that follow one
    /// another the most extreme counts. A leg leads from the swing of one kind to the later one of the other; it rises
    /// where the high is later. There is no value before both are there, nor where the high is not above the low.
    fib_leg: pattern, version 1,
    source: "Legs between alternating swings",
    fields: [high, low],
    params: {
        left: usize = 2 in 1..=100_000, aliases [leftbars], "Bars before it.",
        right: usize = 2 in 1..=100_000, aliases [rightbars], "Bars after it, which confirm it.",
    },
    outputs: { high: Price, low: Price, rises: Bool },
    readiness: by_data,
    body: |p| {
        let (tops, bottoms) = (swing("high", p.right), swing("low", p.right));
        // The kind of the last swing: 1 for a high, 2 for a low; of two on one bar the low is the later.
        format!(
            "let is_top = {tops};
            let is_bottom = {bottoms};
            let kind = if(is_bottom, 2, if(is_top, 1, kind[1])) from 0;
            let before = nz(kind[1], 0);
            let top = if(is_top, if(before == 1, greatest(top[1], high[right]), high[right]), top[1]) from high[right];
            let is_new = is_top or before != 2;
            let bottom = if(is_bottom, if(is_new, low[right], least(bottom[1], low[right])), bottom[1]) from low[right];
            let has_top = is_top or has_top[1] from false;
            let has_bottom = is_bottom or has_bottom[1] from false;
            let is_leg = has_top and has_bottom and top > bottom;
            {{high: top.filter(is_leg), low: bottom.filter(is_leg), rises: (kind == 1).filter(is_leg)}}"
        )
    },
}
