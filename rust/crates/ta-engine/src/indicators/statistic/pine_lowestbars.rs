//! Bars to the lowest value as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Bars from the newest back to the least of the last `length` values, less than 0; of the lows where no other series is given.
    ///
    /// Of equal values the newest counts.
    ///
    /// ```text
    /// -rolling_argmin(x, length)
    /// ```
    pine.lowestbars: statistic, version 1,
    source: "Pine Script v6, ta.lowestbars",
    series: [low by source],
    params: {
        length: usize = 20 in 1..=1_000_000, aliases [period], "Values that count.",
    },
    outputs: { value: Bars },
    body: "0 - rolling_argmin(low, length)",
}
