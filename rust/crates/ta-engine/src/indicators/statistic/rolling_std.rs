//! Standard deviation of a moving window.

use crate::kernel::{declare, window_kernel};
use crate::window::Deviation;

declare! {
    /// Population standard deviation (divisor `period`) of the last `period` values.
    ///
    /// ```text
    /// std = sqrt(mean((x - mean(x))^2))
    /// ```
    rolling_std: statistic, kernel RollingStd, version 1,
    aliases: ["std", "stddev"],
    also: [stdev(period = 5 as lookback)],
    source: "The population standard deviation of a moving window",
    series: [close by field],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Difference },
    warmup: |p| [p.period - 1],
}

window_kernel! {
    /// State of `rolling_std`.
    RollingStd: Deviation
}
