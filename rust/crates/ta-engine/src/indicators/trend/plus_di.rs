//! Positive directional indicator.

use crate::indicators::directional::Seed;
use crate::kernel::declare;

declare! {
    /// How much of the range goes up, in percent.
    ///
    /// `dmi` says what movement is, and what holds where nothing moves.
    ///
    /// ```text
    /// plus_di = 100 * wilder(movement up, period) / wilder(true_range, period)
    /// ```
    plus_di: trend, version 1,
    also: [talib.plus_di(period = 14 as timeperiod, seed = "talib")],
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low, close],
    params: {
        period: usize = 14 in 1..=100_000, aliases [lookback], "Movements that are averaged.",
        seed: Seed = "mean", "How the means begin: with the mean of the first movements, or as in TA-Lib.",
    },
    outputs: { value: Percent },
    readiness: by_data,
    body: "dmi(period, period, seed, high=high, low=low, close=close).plus_di",
}
