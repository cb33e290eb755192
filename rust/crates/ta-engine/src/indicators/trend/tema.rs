//! Triple exponential mean.

use crate::kernel::declare;

declare! {
    /// Exponential mean with still less lag than `dema`: of three means of means, each seeded by its first input.
    ///
    /// ```text
    /// one = ema(x, period), two = ema(one, period), three = ema(two, period)
    /// tema = 3 * one - 3 * two + three
    /// ```
    tema: trend, version 1,
    source: "Patrick G. Mulloy, Smoothing Data with Less Lag, 1994",
    series: [close by source],
    params: {
        period: usize = 30 in 1..=1_000_000, aliases [lookback], "Sets the weight of the newest value.",
    },
    outputs: { value: Price },
    body: "let one = ema(close, period);
        let two = ema(one, period);
        3 * one - 3 * two + ema(two, period)",
}
