//! Least value of a moving window.

use crate::kernel::{declare, window_kernel};
use crate::window::Minimum;

declare! {
    /// Least of the last `period` values.
    min: statistic, kernel Min, version 1,
    also: [talib.min(period = 30 as timeperiod), rolling_min(period = 30 as lookback)],
    source: "The least value of a moving window",
    series: [close by field],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Price },
    warmup: |p| [p.period - 1],
    block: |p| p.period,
}

window_kernel! {
    /// State of `min`.
    Min: Minimum
}
