//! Chaikin oscillator.

use crate::kernel::declare;

declare! {
    /// Distance of a fast exponential mean of the accumulation line from a slow one, both seeded by the line's first value.
    ///
    /// ```text
    /// adosc = ema(ad, fast_period) - ema(ad, slow_period)
    /// ```
    adosc: volume, version 1,
    aliases: ["chaikin_oscillator"],
    source: "Marc Chaikin, The Chaikin Oscillator",
    fields: [high, low, close, volume],
    params: {
        fast_period: usize = 3 in 1..=1_000_000, "Period of the fast mean.",
        slow_period: usize = 10 in 1..=1_000_000, "Period of the slow mean.",
    },
    outputs: { value: Number },
    body: "let line = ad(high=high, low=low, close=close, volume=volume);
        ema(line, fast_period) - ema(line, slow_period)",
}
