//! Archer moving averages trends.

use crate::kernel::declare;

declare! {
    /// True where a fast mean has risen, or fallen, over some bars while a slow one moved at all.
    ///
    /// ```text
    /// long  = ema(x, fast) > ema(x, fast)[lookback] and ema(x, slow) != ema(x, slow)[lookback]
    /// short = ema(x, fast) < ema(x, fast)[lookback] and ema(x, slow) != ema(x, slow)[lookback]
    /// ```
    amat: trend, version 1,
    source: "Tom Joseph, Archer Moving Averages Trends",
    series: [close by source],
    params: {
        fast: usize = 8 in 1..=1_000_000, "Period of the fast mean.",
        slow: usize = 21 in 1..=1_000_000, "Period of the slow mean.",
        lookback: usize = 2 in 1..=10_000, "Bars over which they move.",
    },
    outputs: { long: Bool, short: Bool },
    body: "let quick = ema(close, fast);
        let slack = ema(close, slow);
        let moves = slack != slack[lookback];
        {long: quick > quick[lookback] and moves, short: quick < quick[lookback] and moves}",
}
