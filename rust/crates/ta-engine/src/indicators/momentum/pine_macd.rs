//! MACD as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Distance of a fast exponential mean from a slow one, its own mean, and their difference, of means that begin with plain ones.
    ///
    /// ```text
    /// macd = pine.ema(x, fastlen) - pine.ema(x, slowlen)
    /// signal = pine.ema(macd, siglen)
    /// histogram = macd - signal
    /// ```
    pine.macd: momentum, version 1,
    source: "Pine Script v6, ta.macd",
    series: [close by source],
    params: {
        fastlen: usize = 12 in 1..=1_000_000, aliases [fast_period], "Period of the fast mean.",
        slowlen: usize = 26 in 1..=1_000_000, aliases [slow_period], "Period of the slow mean.",
        siglen: usize = 9 in 1..=1_000_000, aliases [signal_period], "Period of the signal's mean.",
    },
    outputs: { macd: Difference, signal: Difference, histogram: Histogram },
    body: "let line = talib.ema(close, fastlen) - talib.ema(close, slowlen);
        let signal = talib.ema(line, siglen);
        {macd: line, signal: signal, histogram: line - signal}",
}
