//! WaveTrend, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// How far the typical price is from its mean, in means of that distance, averaged twice.
    ///
    /// Means begin with the plain means of their first values. Both outputs have their first value on one bar. Where the
    /// typical price is its mean the distance is 0.
    ///
    /// ```text
    /// apart = (high + low + close) / 3 - talib.ema((high + low + close) / 3, channel_period)
    /// wt1   = talib.ema(apart / (0.015 * talib.ema(abs(apart), channel_period)), average_period)
    /// wt2   = sma(wt1, signal_period)
    /// ```
    talib.wavetrend: momentum, version 1,
    source: "TA-Lib, WAVETREND; LazyBear, WaveTrend Oscillator, TradingView, 2014",
    fields: [high, low, close],
    params: {
        channel_period: usize = 10 in 2..=1_000_000, aliases [channelperiod], "Period of the means of price and distance.",
        average_period: usize = 21 in 1..=1_000_000, aliases [averageperiod], "Period of the mean of their ratio.",
        signal_period: usize = 4 in 1..=1_000_000, aliases [signalperiod], "Values that the second line averages.",
    },
    outputs: { wt1: Number, wt2: Number },
    body: "let typical = (high + low + close) / 3;
        let apart = typical - talib.ema(typical, channel_period);
        let size = talib.ema(abs(apart), channel_period);
        let line = talib.ema(if(size == 0, 0, apart / (0.015 * size)), average_period);
        let average = sma(line, signal_period);
        {wt1: line + 0 * average, wt2: average}",
}
