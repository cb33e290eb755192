//! Elder Ray.

use crate::kernel::declare;

declare! {
    /// How far high and low reach from an exponential mean of closes.
    ///
    /// The mean begins with the first close.
    ///
    /// ```text
    /// bull = high - ema(close, period)
    /// bear = low - ema(close, period)
    /// ```
    elder_ray: trend, version 1,
    source: "Alexander Elder, Trading for a Living, 1993",
    fields: [high, low, close],
    params: { period: usize = 13 in 1..=1_000_000, aliases [lookback], "Sets the weight of the newest close." },
    outputs: { bull: Histogram, bear: Histogram },
    body: "let mean = ema(close, period);
        {bull: high - mean, bear: low - mean}",
}
