//! Bars to the highest value as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Bars from the newest back to the greatest of the last `length` values, less than 0; of the highs where no other series is given.
    ///
    /// Of equal values the newest counts.
    ///
    /// ```text
    /// -rolling_argmax(x, length)
    /// ```
    pine.highestbars: statistic, version 1,
    source: "Pine Script v6, ta.highestbars",
    series: [high by source],
    params: {
        length: usize = 20 in 1..=1_000_000, aliases [period], "Values that count.",
    },
    outputs: { value: Bars },
    body: "0 - rolling_argmax(high, length)",
}
