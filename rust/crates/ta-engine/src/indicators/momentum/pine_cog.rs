//! Center of gravity as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Where the sum of the last `length` values has its centre, counted from the newest, less than 0.
    ///
    /// ```text
    /// -(1 * x + 2 * x[1] + ... + length * x[length - 1]) / sum(x, length)
    /// ```
    pine.cog: momentum, version 1,
    source: "Pine Script v6, ta.cog",
    series: [close by source],
    params: {
        length: usize = 10 in 1..=1_000_000, aliases [period], "Values that count.",
    },
    outputs: { value: Number },
    readiness: by_data,
    body: "wma(close, length) * (length * (length + 1) / 2) / rolling_sum(close, length) - (length + 1)",
}
