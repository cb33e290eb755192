//! Volume-weighted mean as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Mean of the last `length` values, each weighing as much as was traded.
    ///
    /// ```text
    /// sma(x * volume, length) / sma(volume, length)
    /// ```
    pine.vwma: trend, version 1,
    source: "Pine Script v6, ta.vwma",
    series: [close by source, volume],
    params: {
        length: usize = 20 in 1..=1_000_000, aliases [period], "Values that count.",
    },
    outputs: { value: Price },
    readiness: by_data,
    body: "rolling_sum(close * volume, length) / rolling_sum(volume, length)",
}
