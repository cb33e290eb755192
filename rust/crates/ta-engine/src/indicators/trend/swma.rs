//! Symmetrically weighted mean.

use crate::kernel::declare;

declare! {
    /// Mean of the last four values with the weights 1, 2, 2, 1.
    ///
    /// ```text
    /// (x + 2 * x[1] + 2 * x[2] + x[3]) / 6
    /// ```
    swma: trend, version 1,
    also: [pine.swma()],
    source: "Pine Script's ta.swma",
    series: [close by source],
    params: {},
    outputs: { value: Price },
    body: "close[1] + (close - close[1] + 2 * (close[2] - close[1]) + (close[3] - close[1])) / 6",
}
