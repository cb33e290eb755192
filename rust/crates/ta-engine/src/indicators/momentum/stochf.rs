//! Fast stochastic.

use crate::kernel::declare;

declare! {
    /// Place of the close in the range of the last bars, from 0 to 100, and its mean; a window without range gives 50.
    ///
    /// It is `stochastic` with a `k` that is not averaged, and shorter windows.
    ///
    /// ```text
    /// k = 100 * (close - lowest low) / (highest high - lowest low)     d = sma(k, d_period)
    /// ```
    stochf: momentum, version 1,
    aliases: ["stoch_fast", "fast_stochastic"],
    source: "George C. Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities, 1984",
    fields: [high, low, close],
    params: {
        k_period: usize = 5 in 1..=1_000_000, aliases [fast_k_period], "Bars whose range counts.",
        d_period: usize = 3 in 1..=1_000_000, aliases [fast_d_period], "Values of %K that %D averages.",
    },
    outputs: { k: Percent, d: Percent },
    body: "let fast = stochastic(k_period, d_period, high=high, low=low, close=close);
        {k: fast.k, d: fast.d}",
}
