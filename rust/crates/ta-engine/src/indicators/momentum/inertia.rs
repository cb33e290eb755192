//! Inertia.

use crate::kernel::declare;

declare! {
    /// End of the regression line over the last values of the Relative Volatility Index.
    ///
    /// Above 50 the trend is taken to go on upwards, below it downwards.
    ///
    /// ```text
    /// inertia = linreg(relative_volatility(x, rvi_period, deviation_period), period)
    /// ```
    inertia: momentum, version 1,
    source: "Donald G. Dorsey, Inertia, Technical Analysis of Stocks & Commodities, 1995",
    series: [close by source],
    params: {
        rvi_period: usize = 14 in 1..=1_000_000, "Deviations that the index averages.",
        period: usize = 20 in 2..=1_000_000, aliases [length], "Values of the line.",
        deviation_period: usize = 10 in 2..=1_000_000, "Values of a deviation.",
    },
    outputs: { value: Percent },
    body: "linreg(relative_volatility(close, rvi_period, deviation_period), period)",
}
