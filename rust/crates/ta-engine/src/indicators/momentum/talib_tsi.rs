//! True Strength Index, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Double exponential mean of changes as a share of that of their sizes, from −100 to 100.
    ///
    /// Each mean begins with the plain mean of its first values. A market that has not moved gives 0.
    ///
    /// ```text
    /// tsi = 100 * talib.ema(talib.ema(x - x[1], first_period), second_period) / the same of abs(x - x[1])
    /// ```
    talib.tsi: momentum, version 1,
    source: "TA-Lib, TSI; William Blau, Momentum, Direction, and Divergence, 1995",
    series: [close by source],
    params: {
        first_period: usize = 25 in 2..=1_000_000, aliases [firstperiod], "Period of the means of changes.",
        second_period: usize = 13 in 2..=1_000_000, aliases [secondperiod], "Period of the means of these.",
    },
    outputs: { value: Number },
    // A quarter of a change, which has its bits: the sum of sizes with which the second mean begins does not overflow.
    body: "let change = close / 4 - close[1] / 4;
        let size = talib.ema(talib.ema(abs(change), first_period), second_period);
        if(size == 0, 0, 100 * (talib.ema(talib.ema(change, first_period), second_period) / size))",
}
