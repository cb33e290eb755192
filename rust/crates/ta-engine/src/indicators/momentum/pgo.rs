//! Pretty good oscillator.

use crate::kernel::declare;

declare! {
    /// Distance of the close from its mean, in exponential means of true ranges.
    ///
    /// Without movement it is 0.
    ///
    /// ```text
    /// (close - sma(close, period)) / ema(true_range(), period)
    /// ```
    pgo: momentum, version 1,
    source: "Mark Johnson, Pretty Good Oscillator",
    fields: [high, low, close],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Period of the means.",
    },
    outputs: { value: Number },
    body: "let reach = ema(true_range(), period);
        let distance = close - sma(close, period);
        if(distance == 0, 0, distance / reach)",
}
