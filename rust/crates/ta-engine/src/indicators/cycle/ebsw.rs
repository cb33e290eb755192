//! Even better sinewave.

use crate::kernel::declare;

declare! {
    /// Phase of the dominant cycle as a sine from -1 to 1, without its strength.
    ///
    /// A high-pass filter takes out what is slower than `high_pass` bars, a super smoother what is quicker than
    /// `smooth`; three values of that are divided by the root of the mean of their squares. Where all three are 0, so
    /// is the value.
    ///
    /// ```text
    /// a  = (1 - sin(2 * pi / high_pass)) / cos(2 * pi / high_pass)
    /// hp = (1 + a) / 2 * (x - x[1]) + a * hp[1]
    /// f  = c1 * (hp + hp[1]) / 2 + c2 * f[1] + c3 * f[2]     with c2 = 2 * b * cos(sqrt(2) * pi / smooth), c3 = -b * b,
    ///                                                          b = exp(-sqrt(2) * pi / smooth), c1 = 1 - c2 - c3
    /// ebsw = (f + f[1] + f[2]) / 3 / sqrt((f * f + f[1] * f[1] + f[2] * f[2]) / 3)
    /// ```
    ebsw: cycle, version 1,
    source: "John F. Ehlers, Cycle Analytics for Traders, 2013",
    series: [close by source],
    params: {
        high_pass: usize = 40 in 5..=1_000_000, aliases [hp], "Bars of the slowest wave that passes.",
        smooth: usize = 10 in 2..=1_000_000, aliases [ssf], "Bars of the quickest wave that passes.",
    },
    outputs: { value: Number },
    body: |p| {
        let angle = 2.0 * std::f64::consts::PI / p.high_pass as f64;
        let a = (1.0 - libm::sin(angle)) / libm::cos(angle);
        let angle = std::f64::consts::SQRT_2 * std::f64::consts::PI / p.smooth as f64;
        let b = libm::exp(-angle);
        let (second, third) = (2.0 * b * libm::cos(angle), -b * b);
        let (half, first) = (0.5 * (1.0 + a), 0.5 * (1.0 - second - third));
        // Squares of shares of the greatest of the three do not overflow.
        format!(
            "let change = close - close[1];
            let hp = {half} * change + {a} * hp[1] from 0;
            let f = {first} * (hp + nz(hp[1], 0)) + {second} * f[1] + ({third}) * f[2] from 0;
            let before = f[1];
            let older = f[2];
            let most = greatest(abs(f), abs(before), abs(older));
            let x = f / most;
            let y = before / most;
            let z = older / most;
            if(most == 0, 0, (x + y + z) / 3 / sqrt((x * x + y * y + z * z) / 3))"
        )
    },
}
