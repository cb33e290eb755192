//! Holt-Winters mean.

use crate::kernel::declare;

declare! {
    /// Exponential smoothing of a value, its change, and the change of that.
    ///
    /// Begins with the first value, at rest, and anew where it is beyond 1e300.
    ///
    /// ```text
    /// f = (1 - na) * (f[1] + v[1] + a[1] / 2) + na * x
    /// v = (1 - nb) * (v[1] + a[1]) + nb * (f - f[1])
    /// a = (1 - nc) * a[1] + nc * (v - v[1])
    /// hwma = f + v + a / 2
    /// ```
    hwma: trend, version 1,
    source: "Charles C. Holt, Forecasting Seasonals and Trends by Exponentially Weighted Moving Averages, 1957",
    series: [close by source],
    params: {
        na: f64 = 0.2 in 1e-6..=1.0, "Weight of the newest value.",
        nb: f64 = 0.1 in 1e-6..=1.0, "Weight of its newest change.",
        nc: f64 = 0.1 in 1e-6..=1.0, "Weight of the newest change of that.",
    },
    outputs: { value: Price },
    body: "let told = f[1] + v[1] + 0.5 * a[1];
        let f = told + na * (close - told) from close restart when greatest(abs(f[1]), abs(v[1]), abs(a[1])) > 1e300;
        let v = (v[1] + a[1]) + nb * ((f - f[1]) - (v[1] + a[1])) from 0 restart when greatest(abs(f[1]), abs(v[1]), abs(a[1])) > 1e300;
        let a = a[1] + nc * ((v - v[1]) - a[1]) from 0 restart when greatest(abs(f[1]), abs(v[1]), abs(a[1])) > 1e300;
        f + v + 0.5 * a",
}
