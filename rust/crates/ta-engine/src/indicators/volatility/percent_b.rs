//! %b.

use crate::kernel::declare;

declare! {
    /// Where a value is between the Bollinger Bands: 0 on the lower, 1 on the upper one.
    ///
    /// Equal values, whose bands meet, give 0.5.
    ///
    /// ```text
    /// percent_b = (x - lower) / (upper - lower)     of bbands(x, period, multiplier)
    /// ```
    percent_b: volatility, version 1,
    source: "John Bollinger, Bollinger on Bollinger Bands, 2001",
    series: [close by source],
    params: {
        period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count.",
        multiplier: f64 = 2.0 in 1e-9..=1e9, aliases [mult, std_dev], "Standard deviations from the middle to either band.",
    },
    outputs: { value: Number },
    body: "let width = multiplier * rolling_std(close, period);
        if(width == 0, 0.5, 0.5 + 0.5 * (close - sma(close, period)) / width)",
}
