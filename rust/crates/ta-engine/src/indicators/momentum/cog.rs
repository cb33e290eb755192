//! Center of Gravity.

use crate::kernel::declare;

declare! {
    /// Where in its window the weight of the last values is, in bars from the newest one, which counts 1; negative, so that
    /// it rises with price.
    ///
    /// Equal values give `-(period + 1) / 2`.
    ///
    /// ```text
    /// cog = -(1 * x + 2 * x[1] + ... + period * x[period - 1]) / rolling_sum(x, period)
    /// ```
    cog: momentum, version 1,
    also: [talib.cg(period as timeperiod), pine.cog(period as length)],
    source: "John F. Ehlers, The CG Oscillator, Stocks & Commodities, 2002",
    series: [close by source],
    params: { period: usize = 10 in 2..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Bars },
    body: "(period + 1) * (0.5 * wma(close, period) / sma(close, period) - 1)",
}
