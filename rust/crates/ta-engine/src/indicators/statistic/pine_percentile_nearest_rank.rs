//! Percentile as in Pine Script, of the nearest rank.

use crate::kernel::declare;

declare! {
    /// The least of the last `length` values that some percent of them do not exceed.
    ///
    /// ```text
    /// percentile(x, length, percentage, method="nearest")
    /// ```
    pine.percentile_nearest_rank: statistic, version 1,
    source: "Pine Script v6, ta.percentile_nearest_rank",
    series: [close by source],
    params: {
        length: usize = 20 in 1..=1_000_000, aliases [period], "Values that count.",
        percentage: f64 = 50.0 in 0.0..=100.0, aliases [percent], "Percent of the values.",
    },
    outputs: { value: Price },
    body: "percentile(close, length, percentage, 'nearest')",
}
