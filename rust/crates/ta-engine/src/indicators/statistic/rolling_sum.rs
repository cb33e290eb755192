//! Sum of a moving window.

use crate::kernel::{declare, window_kernel};
use crate::window::Sum;

declare! {
    /// Sum of the last `period` values.
    rolling_sum: statistic, kernel RollingSum, version 1,
    aliases: ["sum"],
    also: [talib.sum(period = 30 as timeperiod)],
    source: "The sum of a moving window",
    series: [close by field],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Number },
    warmup: |p| [p.period - 1],
}

window_kernel! {
    /// State of `rolling_sum`.
    RollingSum: Sum
}
