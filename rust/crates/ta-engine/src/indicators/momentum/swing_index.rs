//! Swing Index.

use crate::kernel::declare;

declare! {
    /// How much of the way of a bar since the close before went in one direction.
    ///
    /// A bar on which nothing moved counts 0.
    ///
    /// ```text
    /// swing_index = 50 * moved / r * greatest(up, down) / limit_move
    /// moved = close - close[1] + (close - open) / 2 + (close[1] - open[1]) / 4
    /// up = abs(high - close[1]), down = abs(low - close[1])
    /// r  = greatest(up - down / 2, down - up / 2, high - low) + abs(close[1] - open[1]) / 4
    /// ```
    swing_index: momentum, version 1,
    also: [talib.si(limit_move as limitmove)],
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [open, high, low, close],
    params: {
        limit_move: f64 = 3.0 in 1e-8..=1e12, aliases [limitmove], "Greatest move of a day that the exchange allows.",
    },
    outputs: { value: Number },
    body: "let up = abs(high - close[1]);
        let down = abs(low - close[1]);
        let range_of = greatest(up - 0.5 * down, down - 0.5 * up, high - low) + 0.25 * abs(close[1] - open[1]);
        let moved = close - close[1] + 0.5 * (close - open) + 0.25 * (close[1] - open[1]);
        if(range_of == 0, 0 * moved, 50 * (moved / range_of) * (greatest(up, down) / limit_move))",
}
