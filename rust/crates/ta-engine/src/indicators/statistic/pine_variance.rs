//! Variance as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Variance of the last `length` values: with `biased` 1 of a population, with 0 of a sample.
    ///
    /// ```text
    /// rolling_std(x, length) ** 2 * length / (length - 1 + biased)
    /// ```
    pine.variance: statistic, version 1,
    source: "Pine Script v6, ta.variance",
    series: [close by source],
    params: {
        length: usize = 20 in 2..=1_000_000, aliases [period], "Values that count.",
        biased: usize = 1 in 0..=1, "1: divided by the number of values; 0: by one less.",
    },
    outputs: { value: Number },
    body: "let deviation = rolling_std(close, length);
        deviation * deviation * length / (length - 1 + biased)",
}
