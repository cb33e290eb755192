//! Variance of a moving window.

use crate::kernel::declare;

declare! {
    /// Population variance (divisor `period`) of the last `period` values: the square of `rolling_std`.
    ///
    /// ```text
    /// variance = mean((x - mean(x))^2)
    /// ```
    variance: statistic, version 1,
    aliases: ["rolling_var"],
    source: "The population variance of a moving window",
    series: [close],
    params: {
        period: usize = 5 in 1..=1_000_000, aliases [lookback], "Values that count.",
    },
    outputs: { value: Number },
    body: "let deviation = rolling_std(close, period);
        deviation * deviation",
}
