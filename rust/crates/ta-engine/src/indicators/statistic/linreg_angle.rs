//! Angle of the regression line.

use crate::kernel::declare;

declare! {
    /// Angle in degrees of the line of least squares through the last `period` values, where a bar is as long as a unit of price.
    ///
    /// ```text
    /// linreg_angle = atan(linreg_slope(x, period)) in degrees
    /// ```
    linreg_angle: statistic, version 1,
    aliases: ["linearreg_angle"],
    also: [talib.linearreg_angle(period = 14 as timeperiod)],
    source: "Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805",
    series: [close],
    params: {
        period: usize = 14 in 2..=100_000, aliases [lookback], "Values that count.",
    },
    outputs: { value: Number },
    body: "57.29577951308232 * atan(linreg_slope(close, period))",
}
