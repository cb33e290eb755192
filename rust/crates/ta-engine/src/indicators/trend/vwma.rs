//! Volume-weighted moving average.

use crate::kernel::declare;

declare! {
    /// Mean of the last values, each weighing as much as was traded.
    ///
    /// Of equal values it is that value. Where nothing was traded there is no value.
    ///
    /// ```text
    /// vwma = rolling_sum(x * volume, period) / rolling_sum(volume, period)
    /// ```
    vwma: trend, version 1,
    also: [talib.vwma(period as timeperiod), pine.vwma(period = 20 as length)],
    source: "Richard W. Arms Jr., Volume Cycles in the Stock Market, 1983",
    series: [close by source, volume],
    params: { period: usize = 30 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Price },
    readiness: by_data,
    body: "let same = max(close, period) == min(close, period);
        let traded = rolling_sum(volume, period);
        if(same and traded != 0, close, rolling_sum(close * volume, period) / traded)",
}
