//! Derivative Oscillator.

use crate::kernel::declare;

declare! {
    /// A strength that is averaged twice, less its mean.
    ///
    /// The exponential means begin with their first values.
    ///
    /// ```text
    /// line = ema(ema(rsi(x, period), first_period), second_period)
    /// derivative_osc = line - sma(line, signal_period)
    /// ```
    derivative_osc: momentum, version 1,
    source: "Constance Brown, Technical Analysis for the Trading Professional, 1999",
    series: [close],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Changes of the strength.",
        first_period: usize = 5 in 1..=1_000_000, "Period of the first mean.",
        second_period: usize = 3 in 1..=1_000_000, "Period of the second mean.",
        signal_period: usize = 9 in 1..=1_000_000, "Values that are averaged at last.",
    },
    outputs: { value: Histogram },
    body: "let line = ema(ema(rsi(close, period), first_period), second_period);
        line - sma(line, signal_period)",
}
