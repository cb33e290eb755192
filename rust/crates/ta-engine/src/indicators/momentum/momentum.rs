//! Momentum.

use crate::kernel::declare;

declare! {
    /// Change since the value of `period` ago.
    ///
    /// ```text
    /// momentum = x - x[period]
    /// ```
    momentum: momentum, version 1,
    aliases: ["mom"],
    also: [talib.mom(period = 10 as timeperiod)],
    source: "The change over some bars",
    series: [close],
    params: {
        period: usize = 10 in 1..=100_000, aliases [lookback], "Bars back.",
    },
    outputs: { value: Difference },
    body: |p| format!("close - close[{}]", p.period),
}
