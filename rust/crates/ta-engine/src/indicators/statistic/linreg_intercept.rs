//! Begin of the regression line.

use crate::kernel::declare;

declare! {
    /// Where the line of least squares through the last `period` values is at the oldest of them.
    ///
    /// ```text
    /// linreg_intercept = linreg(x, period) - (period - 1) * linreg_slope(x, period)
    /// ```
    linreg_intercept: statistic, version 1,
    aliases: ["linearreg_intercept"],
    also: [talib.linearreg_intercept(period = 14 as timeperiod)],
    source: "Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805",
    series: [close],
    params: {
        period: usize = 14 in 2..=100_000, aliases [lookback], "Values that count.",
    },
    outputs: { value: Price },
    body: |p| format!("linreg(close, period, {}.0)", p.period - 1),
}
