//! WaveTrend.

use crate::kernel::declare;

declare! {
    /// How far the typical price is from its mean, in means of that distance, averaged twice.
    ///
    /// Means begin with their first values. Where the typical price is its mean the distance is 0.
    ///
    /// ```text
    /// apart = (high + low + close) / 3 - ema((high + low + close) / 3, channel_period)
    /// wt1   = ema(apart / (0.015 * ema(abs(apart), channel_period)), average_period)
    /// wt2   = sma(wt1, signal_period)
    /// ```
    wavetrend: momentum, version 1,
    source: "LazyBear, WaveTrend Oscillator, TradingView, 2014",
    fields: [high, low, close],
    params: {
        channel_period: usize = 10 in 1..=1_000_000, "Period of the means of price and distance.",
        average_period: usize = 21 in 1..=1_000_000, "Period of the mean of their ratio.",
        signal_period: usize = 4 in 1..=1_000_000, "Values that the second line averages.",
    },
    outputs: { wt1: Number, wt2: Number },
    body: "let typical = (high + low + close) / 3;
        let apart = typical - ema(typical, channel_period);
        let size = ema(abs(apart), channel_period);
        let line = ema(if(size == 0, 0, apart / (0.015 * size)), average_period);
        {wt1: line, wt2: sma(line, signal_period)}",
}
