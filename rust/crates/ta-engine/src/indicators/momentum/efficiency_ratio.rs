//! Kaufman's Efficiency Ratio.

use crate::kernel::declare;

declare! {
    /// Distance between two values over the way there, from 0 to 1.
    ///
    /// Where nothing moves it is 1, as `kama` has it.
    ///
    /// ```text
    /// efficiency_ratio = abs(x - x[period]) / rolling_sum(abs(x - x[1]), period)
    /// ```
    efficiency_ratio: momentum, version 1,
    also: [talib.er(period as timeperiod)],
    source: "Perry J. Kaufman, Smarter Trading, 1995",
    series: [close by source],
    params: { period: usize = 10 in 1..=1_000_000, aliases [lookback], "Changes that count." },
    outputs: { value: Number },
    body: "let way = rolling_sum(abs(close - close[1]), period);
        if(way == 0, 1, abs(close - close[period]) / way)",
}
