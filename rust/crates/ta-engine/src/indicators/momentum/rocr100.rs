//! Ratio to the value of `period` ago, in percent.

use crate::kernel::declare;

declare! {
    /// Ratio to the value of `period` ago, in percent.
    ///
    /// Not ready where that value is 0.
    ///
    /// ```text
    /// rocr100 = 100 * x / x[period]
    /// ```
    rocr100: momentum, version 1,
    source: "The rate of change over some bars",
    series: [close],
    params: {
        period: usize = 10 in 1..=100_000, aliases [lookback], "Bars back.",
    },
    outputs: { value: Percent },
    body: |p| format!("100 * (close / close[{0}])", p.period),
}
