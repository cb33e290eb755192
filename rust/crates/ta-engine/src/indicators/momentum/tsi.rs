//! True Strength Index.

use crate::kernel::declare;

declare! {
    /// Double exponential mean of changes as a share of that of their sizes, from −100 to 100.
    ///
    /// The means begin with the first change. A market that has not moved gives 0.
    ///
    /// ```text
    /// tsi = 100 * ema(ema(x - x[1], first_period), second_period) / ema(ema(abs(x - x[1]), first_period), second_period)
    /// ```
    tsi: momentum, version 1,
    source: "William Blau, Momentum, Direction, and Divergence, 1995",
    series: [close by source],
    params: {
        first_period: usize = 25 in 1..=1_000_000, aliases [slow_period], "Period of the means of changes.",
        second_period: usize = 13 in 1..=1_000_000, aliases [fast_period], "Period of the means of these.",
    },
    outputs: { value: Number },
    body: "let change = close - close[1];
        let size = ema(ema(abs(change), first_period), second_period);
        if(size == 0, 0, 100 * (ema(ema(change, first_period), second_period) / size))",
}
