//! Standard deviation as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Standard deviation of the last `length` values: with `biased` 1 of a population, with 0 of a sample.
    ///
    /// ```text
    /// rolling_std(x, length) * sqrt(length / (length - 1 + biased))
    /// ```
    pine.stdev: statistic, version 1,
    source: "Pine Script v6, ta.stdev",
    series: [close by source],
    params: {
        length: usize = 20 in 2..=1_000_000, aliases [period], "Values that count.",
        biased: usize = 1 in 0..=1, "1: divided by the number of values; 0: by one less.",
    },
    outputs: { value: Difference },
    body: "rolling_std(close, length) * sqrt(length / (length - 1 + biased))",
}
