//! Price momentum oscillator.

use crate::kernel::declare;

declare! {
    /// One-bar changes in percent, smoothed twice, and a signal line.
    ///
    /// The smoothing weighs the newest value by `2 / period` and begins with the first; the signal is an exponential
    /// mean.
    ///
    /// ```text
    /// once   = once[1] + 2 / first * (100 * (x / x[1] - 1) - once[1])
    /// pmo    = pmo[1] + 2 / second * (10 * once - pmo[1])
    /// signal = ema(pmo, signal_period)
    /// ```
    pmo: momentum, version 1,
    source: "Carl Swenlin, DecisionPoint",
    series: [close by source],
    params: {
        first: usize = 35 in 2..=1_000_000, "Sets the weight in the first smoothing.",
        second: usize = 20 in 2..=1_000_000, "Sets the weight in the second smoothing.",
        signal_period: usize = 10 in 1..=1_000_000, aliases [signal], "Period of the signal.",
    },
    outputs: { pmo: Number, signal: Number },
    body: "let change = 100 * (close / close[1] - 1);
        let once = once[1] + 2 / first * (change - once[1]) from change;
        let ten = 10 * once;
        let line = line[1] + 2 / second * (ten - line[1]) from ten;
        {pmo: line, signal: ema(line, signal_period)}",
}
