//! Range of a window.

use crate::kernel::declare;

declare! {
    /// Greatest less least of the last `period` values.
    ///
    /// ```text
    /// max(x, period) - min(x, period)
    /// ```
    range: statistic, version 1,
    also: [pine.range(period as length)],
    source: "The range of a sample",
    series: [close by source],
    params: {
        period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count.",
    },
    outputs: { value: Difference },
    body: "max(close, period) - min(close, period)",
}
