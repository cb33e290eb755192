//! Stochastic of the relative strength.

use crate::kernel::declare;

declare! {
    /// Place of the relative strength in its own range of the last values, from 0 to 100, and its mean; a strength that does not move gives 50.
    ///
    /// ```text
    /// strength = rsi(x, period)
    /// k = 100 * (strength - min(strength, k_period)) / (max(strength, k_period) - min(strength, k_period))     d = sma(k, d_period)
    /// ```
    stoch_rsi: momentum, version 1,
    aliases: ["stochrsi"],
    source: "Tushar S. Chande, Stanley Kroll, The New Technical Trader, 1994",
    series: [close],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Changes that the strength averages.",
        k_period: usize = 5 in 1..=1_000_000, aliases [fast_k_period], "Strengths whose range counts.",
        d_period: usize = 3 in 1..=1_000_000, aliases [fast_d_period], "Values of %K that %D averages.",
    },
    outputs: { k: Percent, d: Percent },
    body: "let strength = rsi(close, period);
        let top = max(strength, k_period);
        let bottom = min(strength, k_period);
        let fast = if(top == bottom, 50, 100 * ((strength - bottom) / (top - bottom)));
        {k: fast, d: sma(fast, d_period)}",
}
