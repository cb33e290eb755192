//! Gaussian filter of two poles.

use crate::kernel::declare;

declare! {
    /// Smooths what is shorter than the period, with little lag.
    ///
    /// It begins as if all values before had been the first one.
    ///
    /// ```text
    /// a = -b + sqrt(b ** 2 + 2 * b)     b = 2.415 * (1 - cos(2 * pi / period))
    /// gaussian = a ** 2 * x + 2 * (1 - a) * gaussian[1] - (1 - a) ** 2 * gaussian[2]
    /// ```
    gaussian: trend, version 1,
    also: [talib.swak_gauss(period as timeperiod)],
    source: "John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006",
    series: [close by source],
    params: { period: usize = 20 in 2..=1_000_000, aliases [lookback], "Shortest swing that passes, in bars." },
    outputs: { value: Price },
    body: |p| {
        let sine = libm::sin(std::f64::consts::PI / p.period as f64);
        let b = 2.415 * 2.0 * sine * sine;
        let alpha = libm::sqrt(b * b + 2.0 * b) - b;
        let (one, two, gain) = (2.0 * (1.0 - alpha), (1.0 - alpha) * (1.0 - alpha), alpha * alpha);
        format!("let line = {gain} * close + {one} * line[1] - {two} * line[2] from close; line")
    },
}
