//! Time series forecast.

use crate::kernel::declare;

declare! {
    /// Where the line of least squares through the last `period` values is one bar later. It looks at no later bar.
    ///
    /// ```text
    /// tsf = linreg(x, period) + linreg_slope(x, period)
    /// ```
    tsf: trend, version 1,
    also: [talib.tsf(period = 14 as timeperiod)],
    source: "Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805",
    series: [close],
    params: {
        period: usize = 14 in 2..=100_000, aliases [lookback], "Values that count.",
    },
    outputs: { value: Price },
    body: "linreg(close, period, -1.0)",
}
