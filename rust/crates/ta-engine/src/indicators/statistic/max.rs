//! Greatest value of a moving window.

use crate::kernel::{declare, window_kernel};
use crate::window::Maximum;

declare! {
    /// Greatest of the last `period` values.
    max: statistic, kernel Max, version 1,
    also: [talib.max(period = 30 as timeperiod), rolling_max(period = 30 as lookback)],
    source: "The greatest value of a moving window",
    series: [close by field],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Price },
    warmup: |p| [p.period - 1],
    block: |p| p.period,
}

window_kernel! {
    /// State of `max`.
    Max: Maximum
}
