//! Accumulative Swing Index.

use crate::kernel::declare;

declare! {
    /// Running sum of the Swing Index.
    ///
    /// It begins at 0 with the first bar; the sum is kept with twice the digits of a number.
    ///
    /// ```text
    /// accumulative_swing_index = accumulative_swing_index[1] + swing_index(limit_move)
    /// ```
    accumulative_swing_index: momentum, version 1,
    also: [talib.asi(limit_move as limitmove)],
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [open, high, low, close],
    params: {
        limit_move: f64 = 3.0 in 1e-8..=1e12, aliases [limitmove], "Greatest move of a day that the exchange allows.",
    },
    outputs: { value: Number },
    body: "let up = abs(high - nz(close[1], close));
        let down = abs(low - nz(close[1], close));
        let before = nz(close[1] - open[1], 0);
        let moved = close - nz(close[1], close) + 0.5 * (close - open) + 0.25 * before;
        let range_of = greatest(up - 0.5 * down, down - 0.5 * up, high - low) + 0.25 * abs(before);
        let begun = nz(if(close[1] == close[1], 1, 1), 0) == 1;
        cum_sum(if(not begun or range_of == 0, 0, 50 * (moved / range_of) * (greatest(up, down) / limit_move)))",
}
