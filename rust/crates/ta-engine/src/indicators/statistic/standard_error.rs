//! Standard error of the mean.

use crate::kernel::declare;

declare! {
    /// Population standard deviation of the last `period` values over the square root of their number.
    ///
    /// Others call the error of a regression so.
    ///
    /// ```text
    /// rolling_std(x, period) / sqrt(period)
    /// ```
    standard_error: statistic, version 1,
    aliases: ["stderr"],
    source: "The standard error of the mean",
    series: [close by source],
    params: {
        period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count.",
    },
    outputs: { value: Difference },
    body: "rolling_std(close, period) / sqrt(period)",
}
