//! Count in a window.

use crate::kernel::declare;

declare! {
    /// On how many of the last `period` bars the condition was true.
    ///
    /// ```text
    /// rolling_sum(if(condition, 1, 0), period)
    /// ```
    rolling_count: statistic, version 1,
    source: "The number of events in a window",
    operands: [condition is bool],
    params: {
        period: usize = 20 in 1..=1_000_000, aliases [lookback], "Bars that count.",
    },
    outputs: { value: Bars },
    body: "rolling_sum(if(condition, 1, 0), period)",
}
