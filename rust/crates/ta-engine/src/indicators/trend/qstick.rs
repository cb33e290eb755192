//! QStick.

use crate::kernel::declare;

declare! {
    /// Mean of the bars' bodies, from open to close.
    ///
    /// ```text
    /// qstick = sma(close - open, period)
    /// ```
    qstick: trend, version 1,
    also: [talib.qstick(period as timeperiod)],
    source: "Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994",
    fields: [open, close],
    params: { period: usize = 10 in 1..=1_000_000, aliases [lookback], "Bars that are averaged." },
    outputs: { value: Difference },
    body: "sma(close - open, period)",
}
