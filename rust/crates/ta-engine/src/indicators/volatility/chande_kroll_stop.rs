//! Chande Kroll Stop.

use crate::kernel::declare;

declare! {
    /// Stops some average true ranges from the extremes of the last bars, and the extremes of these.
    ///
    /// Average true ranges are Wilder's, begun with the plain mean of the first `period` from the second bar on.
    ///
    /// ```text
    /// high_stop = max(max(high, period) - multiplier * range, stop_period)     range: mean of true ranges
    /// low_stop  = min(min(low, period) + multiplier * range, stop_period)
    /// ```
    chande_kroll_stop: volatility, version 1,
    also: [talib.cksp(period as timeperiod, stop_period as stopperiod)],
    source: "Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994",
    fields: [high, low, close],
    params: {
        period: usize = 10 in 1..=1_000_000, aliases [lookback], "Bars of the extremes and of the average true range.",
        multiplier: f64 = 1.0 in 0.0..=1e9, "Average true ranges from an extreme to its stop.",
        stop_period: usize = 9 in 1..=1_000_000, aliases [stopperiod], "Stops of which the extreme counts.",
    },
    outputs: { high_stop: Price, low_stop: Price },
    body: "let reach = greatest(high - low, abs(high - close[1]), abs(low - close[1]));
        let width = multiplier * talib.rma(reach, period);
        {high_stop: max(max(high, period) - width, stop_period), low_stop: min(min(low, period) + width, stop_period)}",
}
