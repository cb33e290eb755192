//! Least and greatest value of a moving window.

use crate::kernel::declare;

declare! {
    /// Least and greatest of the last `period` values.
    minmax: statistic, version 1,
    also: [talib.minmax(period = 30 as timeperiod)],
    source: "The range of a moving window",
    series: [close],
    params: {
        period: usize = 30 in 1..=1_000_000, aliases [lookback], "Values that count.",
    },
    outputs: { min: Price, max: Price },
    body: "{min: min(close, period), max: max(close, period)}",
}
