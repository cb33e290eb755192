//! High-pass filter of two poles.

use crate::kernel::declare;

declare! {
    /// What is shorter than the period, around zero, more strictly than `high_pass`.
    ///
    /// It begins at 0, as if all values before had been the first one.
    ///
    /// ```text
    /// a = -b + sqrt(b ** 2 + 2 * b)     b = 2.415 * (1 - cos(2 * pi / period))
    /// high_pass2 = (1 - a / 2) ** 2 * (x - 2 * x[1] + x[2]) + 2 * (1 - a) * high_pass2[1] - (1 - a) ** 2 * high_pass2[2]
    /// ```
    high_pass2: cycle, version 1,
    also: [talib.swak_2php(period as timeperiod)],
    source: "John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006",
    series: [close by source],
    params: { period: usize = 20 in 2..=1_000_000, aliases [lookback], "Longest swing that passes, in bars." },
    outputs: { value: Difference },
    body: |p| {
        let sine = libm::sin(std::f64::consts::PI / p.period as f64);
        let b = 2.415 * 2.0 * sine * sine;
        let alpha = libm::sqrt(b * b + 2.0 * b) - b;
        let (one, two) = (2.0 * (1.0 - alpha), (1.0 - alpha) * (1.0 - alpha));
        let gain = (1.0 - 0.5 * alpha) * (1.0 - 0.5 * alpha);
        format!(
            "let small = close / 1024;
            let before = nz(small[1], small);
            let first = nz(small[2], before);
            let line = {gain} * (small - 2 * before + first) + {one} * line[1] - {two} * line[2] from 0; 1024 * line"
        )
    },
}
