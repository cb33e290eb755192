//! Ratio to the value of `period` ago.

use crate::kernel::declare;

declare! {
    /// Ratio to the value of `period` ago.
    ///
    /// Not ready where that value is 0.
    ///
    /// ```text
    /// rocr = x / x[period]
    /// ```
    rocr: momentum, version 1,
    source: "The rate of change over some bars",
    series: [close],
    params: {
        period: usize = 10 in 1..=100_000, aliases [lookback], "Bars back.",
    },
    outputs: { value: Number },
    body: |p| format!("close / close[{0}]", p.period),
}
