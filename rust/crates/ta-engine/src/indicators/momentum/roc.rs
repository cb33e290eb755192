//! Change in percent since the value of `period` ago.

use crate::kernel::declare;

declare! {
    /// Change in percent since the value of `period` ago.
    ///
    /// Not ready where that value is 0.
    ///
    /// ```text
    /// roc = 100 * ((x - x[period]) / x[period])
    /// ```
    roc: momentum, version 1,
    source: "The rate of change over some bars",
    series: [close],
    params: {
        period: usize = 10 in 1..=100_000, aliases [lookback], "Bars back.",
    },
    outputs: { value: Percent },
    body: |p| format!("100 * ((close - close[{0}]) / close[{0}])", p.period),
}
