//! Butterworth filter of two poles, as Ehlers has it.

use crate::kernel::declare;

declare! {
    /// Smooths what is shorter than the period, more strictly than `gaussian`.
    ///
    /// It begins as if all values before had been the first one.
    ///
    /// ```text
    /// a = -b + sqrt(b ** 2 + 2 * b)     b = 2.415 * (1 - cos(2 * pi / period))
    /// butterworth = a ** 2 / 4 * (x + 2 * x[1] + x[2]) + 2 * (1 - a) * butterworth[1] - (1 - a) ** 2 * butterworth[2]
    /// ```
    butterworth: trend, version 1,
    also: [talib.swak_butter(period as timeperiod)],
    source: "John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006",
    series: [close by source],
    params: { period: usize = 20 in 2..=1_000_000, aliases [lookback], "Shortest swing that passes, in bars." },
    outputs: { value: Price },
    body: |p| {
        let sine = libm::sin(std::f64::consts::PI / p.period as f64);
        let b = 2.415 * 2.0 * sine * sine;
        let alpha = libm::sqrt(b * b + 2.0 * b) - b;
        let (one, two, gain) = (2.0 * (1.0 - alpha), (1.0 - alpha) * (1.0 - alpha), 0.25 * alpha * alpha);
        format!(
            "let before = nz(close[1], close);
            let first = nz(close[2], before);
            let line = {gain} * (close + 2 * before + first) + {one} * line[1] - {two} * line[2] from close; line"
        )
    },
}
