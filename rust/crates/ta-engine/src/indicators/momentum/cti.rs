//! Correlation Trend Indicator.

use crate::kernel::declare;

declare! {
    /// Correlation of the last values with time, from −1 to 1.
    ///
    /// Equal values give 0.
    ///
    /// ```text
    /// cti = sqrt(3 * (period + 1) / (period - 1)) * (wma(x, period) - sma(x, period)) / rolling_std(x, period)
    /// ```
    cti: momentum, version 1,
    also: [talib.cti(period as timeperiod)],
    source: "John F. Ehlers, Correlation as a Trend Indicator, Stocks & Commodities, 2020",
    series: [close by source],
    params: { period: usize = 20 in 2..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Number },
    body: "let width = rolling_std(close, period);
        let apart = wma(close, period) - sma(close, period);
        if(width == 0, 0, sqrt(3 * (period + 1) / (period - 1)) * (apart / width))",
}
