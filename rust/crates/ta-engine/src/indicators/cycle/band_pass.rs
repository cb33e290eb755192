//! Band-pass filter.

use crate::kernel::declare;

declare! {
    /// Swings of about the period, around zero.
    ///
    /// It begins at 0, as if all values before had been the first one.
    ///
    /// ```text
    /// a = (1 - sin(t)) / cos(t)     t = 4 * pi * delta / period, b = cos(2 * pi / period)
    /// band_pass = (1 - a) / 2 * (x - x[2]) + b * (1 + a) * band_pass[1] - a * band_pass[2]
    /// ```
    band_pass: cycle, version 1,
    also: [talib.swak_bp(period as timeperiod)],
    source: "John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006",
    series: [close by source],
    params: {
        period: usize = 20 in 5..=1_000_000, aliases [lookback], "Bars of a swing.",
        delta: f64 = 0.1 in 0.05..=0.5, "Half the width of the band, as a share of the period.",
    },
    outputs: { value: Difference },
    body: |p| {
        let period = p.period as f64;
        let angle = 4.0 * std::f64::consts::PI * p.delta / period;
        let alpha = (1.0 - libm::sin(angle)) / libm::cos(angle);
        let (gain, one) = (0.5 * (1.0 - alpha), libm::cos(2.0 * std::f64::consts::PI / period) * (1.0 + alpha));
        format!(
            "let first = nz(close[2], nz(close[1], close));
            let line = {gain} * (close - first) + {one} * line[1] - {alpha} * line[2] from 0; line"
        )
    },
}
