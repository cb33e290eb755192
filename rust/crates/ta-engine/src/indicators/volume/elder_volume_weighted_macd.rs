//! Volume-weighted MACD.

use crate::kernel::declare;

declare! {
    /// The MACD of means in which each close weighs as much as was traded.
    ///
    /// Where nothing was traded in a window its mean is the plain one.
    ///
    /// ```text
    /// vwma(n)   = rolling_sum(close * volume, n) / rolling_sum(volume, n)
    /// macd      = vwma(fast_period) - vwma(slow_period)
    /// signal    = ema(macd, signal_period)
    /// histogram = macd - signal
    /// ```
    elder_volume_weighted_macd: volume, version 1,
    aliases: ["vwmacd"],
    source: "Buff Dormeier, Investing with Volume Analysis, 2011",
    fields: [close, volume],
    params: {
        fast_period: usize = 12 in 1..=1_000_000, "Period of the fast mean.",
        slow_period: usize = 26 in 1..=1_000_000, "Period of the slow mean.",
        signal_period: usize = 9 in 1..=1_000_000, "Period of the signal's mean.",
    },
    outputs: { macd: Difference, signal: Difference, histogram: Histogram },
    body: "let weighted_mean(n) = (
            let traded = rolling_sum(volume, n);
            let weighted = if(traded == 0, sma(close, n), rolling_sum(close * volume, n) / traded);
            least(greatest(weighted, min(close, n)), max(close, n)));
        let line = weighted_mean(fast_period) - weighted_mean(slow_period);
        let signal = ema(line, signal_period);
        {macd: line, signal: signal, histogram: line - signal}",
}
