//! Directional index.

use crate::indicators::directional::Seed;
use crate::kernel::declare;

declare! {
    /// How far the two directional indicators are apart, as a share of both, from 0 to 100.
    ///
    /// `dmi` says what movement is, and what holds where nothing moves.
    ///
    /// ```text
    /// dx = 100 * |plus_di - minus_di| / (plus_di + minus_di)
    /// ```
    dx: trend, version 1,
    also: [talib.dx(period = 14 as timeperiod, seed = "talib")],
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low, close],
    params: {
        period: usize = 14 in 1..=100_000, aliases [lookback], "Movements that are averaged.",
        seed: Seed = "mean", "How the means begin: with the mean of the first movements, or as in TA-Lib.",
    },
    outputs: { value: Percent },
    body: "dmi(period, period, seed, high=high, low=low, close=close).dx",
}
