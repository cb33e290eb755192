//! Negative directional movement.

use crate::indicators::directional::Seed;
use crate::kernel::declare;

declare! {
    /// Wilder's sum of how far bars reached below the ones before them.
    ///
    /// `dmi` says what movement is, and what holds where nothing moves.
    ///
    /// ```text
    /// minus_dm = period * wilder(movement down, period)
    /// ```
    minus_dm: trend, version 1,
    also: [talib.minus_dm(period = 14 as timeperiod, seed = "talib")],
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low],
    params: {
        period: usize = 14 in 1..=100_000, aliases [lookback], "Movements that are averaged.",
        seed: Seed = "mean", "How the means begin: with the mean of the first movements, or as in TA-Lib.",
    },
    outputs: { value: Difference },
    body: "directional_movement(period, seed, high=high, low=low).minus",
}
