//! Bias.

use crate::kernel::declare;

declare! {
    /// Distance of a value from its mean, in percent of the mean.
    ///
    /// ```text
    /// 100 * (x - sma(x, period)) / sma(x, period)
    /// ```
    bias: momentum, version 1,
    aliases: ["disparity_index"],
    source: "The disparity index of Steve Nison, Beyond Candlesticks, 1994",
    series: [close by source],
    params: {
        period: usize = 26 in 1..=1_000_000, aliases [lookback], "Values that count.",
    },
    outputs: { value: Percent },
    body: "let mean = sma(close, period);
        100 * ((close - mean) / mean)",
}
