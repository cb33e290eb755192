//! High-pass filter of one pole.

use crate::kernel::declare;

declare! {
    /// What is shorter than the period, around zero.
    ///
    /// It begins at 0, as if all values before had been the first one.
    ///
    /// ```text
    /// a = (cos(w) + sin(w) - 1) / cos(w)     w = 2 * pi / period
    /// high_pass = (1 - a / 2) * (x - x[1]) + (1 - a) * high_pass[1]
    /// ```
    high_pass: cycle, version 1,
    also: [talib.swak_hp(period as timeperiod)],
    source: "John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006",
    series: [close by source],
    params: { period: usize = 20 in 5..=1_000_000, aliases [lookback], "Longest swing that passes, in bars." },
    outputs: { value: Difference },
    body: |p| {
        let half = std::f64::consts::PI / p.period as f64;
        let (sine, cosine) = (libm::sin(half), libm::cos(half));
        let alpha = 2.0 * sine * (cosine - sine) / (1.0 - 2.0 * sine * sine);
        let (gain, rest) = (1.0 - 0.5 * alpha, 1.0 - alpha);
        format!("let line = {gain} * (close - nz(close[1], close)) + {rest} * line[1] from 0; line")
    },
}
