//! Forecast Oscillator.

use crate::kernel::declare;

declare! {
    /// By how many percent a value is above what the straight line through the ones before foretold.
    ///
    /// The line is that of least squares through the last `period` values up to the one before.
    ///
    /// ```text
    /// forecast     = 3 * wma(x, period) - 2 * sma(x, period) + 6 * (wma(x, period) - sma(x, period)) / (period - 1)
    /// forecast_osc = 100 * (x - forecast[1]) / x
    /// ```
    forecast_osc: momentum, version 1,
    also: [talib.fosc(period as timeperiod)],
    source: "Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994",
    series: [close by source],
    params: { period: usize = 5 in 2..=1_000_000, aliases [lookback], "Values that the line goes through." },
    outputs: { value: Percent },
    body: "let weighted = wma(close, period);
        let apart = weighted - sma(close, period);
        let forecast = weighted + 2 * apart + 6 / (period - 1) * apart;
        100 * (close - forecast[1]) / close",
}
