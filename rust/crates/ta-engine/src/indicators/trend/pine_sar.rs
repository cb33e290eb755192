//! Parabolic stop as in Pine Script.

use crate::kernel::declare;

declare! {
    /// A stop that runs after price, faster with every new extreme, and changes sides when price passes it; from the second bar on.
    ///
    /// ```text
    /// stop = stop[1] + pace * (extreme - stop[1]), not beyond the two bars before; behind a turn the extreme of the side before
    /// up at first where close > close[1], with the low before as the stop; else down, with the high before
    /// ```
    pine.sar: trend, version 1,
    source: "Pine Script v6, ta.sar",
    fields: [high, low, close],
    params: {
        start: f64 = 0.02 in 1e-6..=1.0, "Share of the way at first.",
        inc: f64 = 0.02 in 0.0..=1.0, aliases [increment], "How much more with every new extreme.",
        max: f64 = 0.2 in 1e-6..=1.0, aliases [maximum], "Share of the way at most.",
    },
    outputs: { value: Price },
    body: "let first_up = close > close[1];
        let low_before = low[1];
        let high_before = high[1];
        let floor_of = least(low_before, nz(low[2], low_before));
        let top_of = greatest(high_before, nz(high[2], high_before));
        let moved = stop[1] + pace[1] * (extreme[1] - stop[1]);
        let turns = if(up[1], moved > low, moved < high);
        let up = if(turns, not up[1], up[1]) from first_up;
        let reached = turns or if(up[1], high > extreme[1], low < extreme[1]);
        let extreme = if(reached, if(up, high, low), extreme[1]) from if(first_up, high, low);
        let pace = if(turns, start, if(reached, least(pace[1] + inc, max), pace[1])) from start;
        let turned = if(turns, if(up, least(low, extreme[1]), greatest(high, extreme[1])), moved);
        let stop = if(up, least(turned, floor_of), greatest(turned, top_of)) from if(first_up, low_before, high_before);
        stop",
}
