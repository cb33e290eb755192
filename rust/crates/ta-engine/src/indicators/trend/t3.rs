//! Generalised double exponential mean, three times.

use crate::indicators::trend::talib_t3::t3;
use crate::kernel::declare;

declare! {
    /// Smooth mean with little lag: three times over, an exponential mean plus some of what a second one lags behind it.
    ///
    /// Every mean is seeded by its first input. A factor of 0 makes it the mean of a mean of a mean; one of 1, `dema` three times.
    ///
    /// ```text
    /// gd(x) = (1 + volume_factor) * ema(x, period) - volume_factor * ema(ema(x, period), period)
    /// t3    = gd(gd(gd(x)))
    /// ```
    t3: trend, version 1,
    source: "Tim Tillson, Smoothing Techniques for More Accurate Signals, 1998",
    series: [close by source],
    params: {
        period: usize = 5 in 1..=1_000_000, aliases [lookback], "Sets the weight of the newest value.",
        volume_factor: f64 = 0.7 in 0.0..=1.0, aliases [v], "How much of the lag is made up for.",
    },
    outputs: { value: Price },
    body: |p| t3("ema", p.volume_factor),
}
