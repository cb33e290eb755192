//! Percentage Volume Oscillator.

use crate::kernel::declare;

declare! {
    /// Distance of a fast exponential mean of volume from a slow one, in percent of the slow one.
    ///
    /// The means begin with the first volume.
    ///
    /// ```text
    /// pvo = 100 * (ema(volume, fast_period) - ema(volume, slow_period)) / ema(volume, slow_period)
    /// ```
    pvo: momentum, version 1,
    source: "Gerald Appel's price oscillator, of volume",
    series: [volume],
    params: {
        fast_period: usize = 12 in 1..=1_000_000, "Period of the fast mean.",
        slow_period: usize = 26 in 1..=1_000_000, "Period of the slow mean.",
    },
    outputs: { value: Percent },
    readiness: by_data,
    body: "let slow = ema(volume, slow_period);
        100 * (ema(volume, fast_period) - slow) / slow",
}
