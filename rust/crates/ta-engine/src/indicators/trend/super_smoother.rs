//! Super smoother.

use crate::kernel::declare;

declare! {
    /// Low-pass filter of two or three poles, with less lag than a mean as smooth.
    ///
    /// Equal values give that value. It begins anew where it is beyond 1e300.
    ///
    /// ```text
    /// a = exp(-sqrt(2) * pi / period)     b = 2 * a * cos(sqrt(2) * pi / period)
    /// two poles:   y = (1 - b + a * a) * x + b * y[1] - a * a * y[2]
    /// a = exp(-pi / period)     b = 2 * a * cos(sqrt(3) * pi / period)     c = a * a
    /// three poles: y = (1 - b + c) * (1 - c) * x + (b + c) * y[1] - (c + b * c) * y[2] + c * c * y[3]
    /// ```
    super_smoother: trend, version 1,
    aliases: ["ssf"],
    source: "John F. Ehlers, Cybernetic Analysis for Stocks and Futures, 2004",
    series: [close by source],
    params: {
        period: usize = 20 in 2..=1_000_000, aliases [lookback], "Shortest wave that passes.",
        poles: usize = 2 in 2..=3, "Poles of the filter.",
    },
    outputs: { value: Price },
    body: |p| {
        let angle = std::f64::consts::PI / p.period as f64;
        // Moved from the newest value, so that equal ones stand still.
        if p.poles == 2 {
            let a = libm::exp(-std::f64::consts::SQRT_2 * angle);
            let b = 2.0 * a * libm::cos(std::f64::consts::SQRT_2 * angle);
            format!(
                "let y = close + {b} * (y[1] - close) - {} * (y[2] - close) from close
                    restart when greatest(abs(y[1]), abs(y[2])) > 1e300;
                y",
                a * a
            )
        } else {
            let a = libm::exp(-angle);
            let (b, c) = (2.0 * a * libm::cos(3.0_f64.sqrt() * angle), a * a);
            format!(
                "let y = close + {} * (y[1] - close) - {} * (y[2] - close) + {} * (y[3] - close) from close
                    restart when greatest(abs(y[1]), abs(y[2]), abs(y[3])) > 1e300;
                y",
                b + c,
                c + b * c,
                c * c
            )
        }
    },
}
