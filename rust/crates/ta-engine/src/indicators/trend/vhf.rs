//! Vertical Horizontal Filter.

use crate::kernel::declare;

declare! {
    /// Distance between the greatest and the least of the last values over the way that they went.
    ///
    /// Where nothing moves it is 0. The way has one change more than lies between the values that are compared.
    ///
    /// ```text
    /// vhf = (max(x, period) - min(x, period)) / rolling_sum(abs(x - x[1]), period)
    /// ```
    vhf: trend, version 1,
    also: [talib.vhf(period as timeperiod)],
    source: "Adam White, The Vertical Horizontal Filter, Futures, 1991",
    series: [close by source],
    params: { period: usize = 28 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Number },
    body: "let way = rolling_sum(abs(close - close[1]), period);
        if(way == 0, 0, (max(close, period) - min(close, period)) / way)",
}
