//! Slope.

use crate::kernel::declare;

declare! {
    /// Change over some bars, per bar.
    ///
    /// ```text
    /// (x - x[period]) / period
    /// ```
    slope: momentum, version 1,
    source: "The slope of a chord",
    series: [close by source],
    params: {
        period: usize = 1 in 1..=1_000_000, aliases [lookback], "Bars back.",
    },
    outputs: { value: Difference },
    body: "(close - close[period]) / period",
}
