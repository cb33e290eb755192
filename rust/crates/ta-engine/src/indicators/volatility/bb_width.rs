//! Bollinger Band Width.

use crate::kernel::declare;

declare! {
    /// Distance between the Bollinger Bands in percent of their middle.
    ///
    /// ```text
    /// bb_width = 100 * (upper - lower) / middle     of bbands(x, period, multiplier)
    /// ```
    bb_width: volatility, version 1,
    source: "John Bollinger, Bollinger on Bollinger Bands, 2001",
    series: [close by source],
    params: {
        period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count.",
        multiplier: f64 = 2.0 in 1e-9..=1e9, aliases [mult, std_dev], "Standard deviations from the middle to either band.",
    },
    outputs: { value: Percent },
    body: "200 * multiplier * rolling_std(close, period) / sma(close, period)",
}
