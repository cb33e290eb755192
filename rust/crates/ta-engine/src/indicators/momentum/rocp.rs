//! Change since the value of `period` ago as a share of it.

use crate::kernel::declare;

declare! {
    /// Change since the value of `period` ago as a share of it.
    ///
    /// Not ready where that value is 0.
    ///
    /// ```text
    /// rocp = (x - x[period]) / x[period]
    /// ```
    rocp: momentum, version 1,
    source: "The rate of change over some bars",
    series: [close],
    params: {
        period: usize = 10 in 1..=100_000, aliases [lookback], "Bars back.",
    },
    outputs: { value: Number },
    body: |p| format!("(close - close[{0}]) / close[{0}]", p.period),
}
