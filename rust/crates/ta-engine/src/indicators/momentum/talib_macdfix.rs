//! MACD of 12 and 26 values, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// MACD of 12 and 26 values whose newest weighs 0.15 and 0.075, which `talib.macd` has as 2 / 13 and 2 / 27.
    ///
    /// ```text
    /// macdfix = talib.macd(x, 12, 26, signal_period, 0.15, 0.075)
    /// ```
    talib.macdfix: momentum, version 1,
    aliases: ["macdfix"],
    source: "TA-Lib, MACDFIX",
    series: [close],
    params: { signal_period: usize = 9 in 1..=100_000, aliases [signalperiod], "Period of the signal's mean." },
    outputs: { macd: Difference, signal: Difference, histogram: Histogram },
    body: "let all = talib.macd(close, 12, 26, signal_period, 0.15, 0.075);
        {macd: all.macd, signal: all.signal, histogram: all.histogram}",
}
