//! Average directional index rating.

use crate::indicators::directional::Seed;
use crate::kernel::declare;

declare! {
    /// Mean of the average directional index and its value `period - 1` bars ago, as TA-Lib has it.
    ///
    /// Wilder's text takes the one of `period` bars ago.
    ///
    /// ```text
    /// adxr = (adx(period) + adx(period)[period - 1]) / 2
    /// ```
    adxr: trend, version 1,
    also: [talib.adxr(period = 14 as timeperiod, seed = "talib")],
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low, close],
    params: {
        period: usize = 14 in 1..=100_000, aliases [lookback], "Movements that are averaged.",
        seed: Seed = "mean", "How the means begin: with the mean of the first movements, or as in TA-Lib.",
    },
    outputs: { value: Percent },
    body: |p| format!("let index = adx(period, seed, high=high, low=low, close=close); 0.5 * (index + index[{}])", p.period - 1),
}
