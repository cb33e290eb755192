//! Derivative Oscillator, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// A strength that is averaged twice, less its mean.
    ///
    /// The exponential means begin with plain ones.
    ///
    /// ```text
    /// line = talib.ema(talib.ema(rsi(x, period), first_period), second_period)
    /// dosc = line - sma(line, signal_period)
    /// ```
    talib.dosc: momentum, version 1,
    source: "TA-Lib, DOSC; Constance Brown, Technical Analysis for the Trading Professional, 1999",
    series: [close],
    params: {
        period: usize = 14 in 2..=1_000_000, aliases [timeperiod], "Changes of the strength.",
        first_period: usize = 5 in 1..=1_000_000, aliases [firstperiod], "Period of the first mean.",
        second_period: usize = 3 in 1..=1_000_000, aliases [secondperiod], "Period of the second mean.",
        signal_period: usize = 9 in 1..=1_000_000, aliases [signalperiod], "Values that are averaged at last.",
    },
    outputs: { value: Histogram },
    body: "let line = talib.ema(talib.ema(rsi(close, period), first_period), second_period);
        line - sma(line, signal_period)",
}
