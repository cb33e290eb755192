//! Lowest value as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Least of the last `length` values; of the lows where no other series is given.
    ///
    /// ```text
    /// min(x, length)
    /// ```
    pine.lowest: statistic, version 1,
    source: "Pine Script v6, ta.lowest",
    series: [low by source],
    params: {
        length: usize = 20 in 1..=1_000_000, aliases [period], "Values that count.",
    },
    outputs: { value: Price },
    body: "min(low, length)",
}
