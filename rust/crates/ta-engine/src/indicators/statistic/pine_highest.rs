//! Highest value as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Greatest of the last `length` values; of the highs where no other series is given.
    ///
    /// ```text
    /// max(x, length)
    /// ```
    pine.highest: statistic, version 1,
    source: "Pine Script v6, ta.highest",
    series: [high by source],
    params: {
        length: usize = 20 in 1..=1_000_000, aliases [period], "Values that count.",
    },
    outputs: { value: Price },
    body: "max(high, length)",
}
