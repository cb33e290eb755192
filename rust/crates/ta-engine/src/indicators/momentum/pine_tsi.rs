//! True strength index as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Doubly smoothed changes over their doubly smoothed sizes, from -1 to 1.
    ///
    /// ```text
    /// ema(ema(x - x[1], long_length), short_length) / ema(ema(abs(x - x[1]), long_length), short_length)
    /// ```
    pine.tsi: momentum, version 1,
    source: "Pine Script v6, ta.tsi",
    series: [close by source],
    params: {
        short_length: usize = 13 in 1..=1_000_000, "Period of the second mean.",
        long_length: usize = 25 in 1..=1_000_000, "Period of the first mean.",
    },
    outputs: { value: Number },
    readiness: by_data,
    body: "let change = close - close[1];
        let moved = talib.ema(talib.ema(change, long_length), short_length);
        let all = talib.ema(talib.ema(abs(change), long_length), short_length);
        moved / all",
}
