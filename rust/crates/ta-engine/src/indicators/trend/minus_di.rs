//! Negative directional indicator.

use crate::indicators::directional::Seed;
use crate::kernel::declare;

declare! {
    /// How much of the range goes down, in percent.
    ///
    /// `dmi` says what movement is, and what holds where nothing moves.
    ///
    /// ```text
    /// minus_di = 100 * wilder(movement down, period) / wilder(true_range, period)
    /// ```
    minus_di: trend, version 1,
    also: [talib.minus_di(period = 14 as timeperiod, seed = "talib")],
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low, close],
    params: {
        period: usize = 14 in 1..=100_000, aliases [lookback], "Movements that are averaged.",
        seed: Seed = "mean", "How the means begin: with the mean of the first movements, or as in TA-Lib.",
    },
    outputs: { value: Percent },
    readiness: by_data,
    body: "dmi(period, period, seed, high=high, low=low, close=close).minus_di",
}
