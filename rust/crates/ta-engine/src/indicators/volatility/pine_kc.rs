//! Keltner channel as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Exponential mean of closes, and lines some exponential means of true ranges above and below it, the middle first.
    ///
    /// ```text
    /// middle = pine.ema(close, length)
    /// upper, lower = middle +/- mult * pine.ema(pine.tr(), length)
    /// ```
    pine.kc: volatility, version 1,
    source: "Pine Script v6, ta.kc",
    fields: [high, low, close],
    params: {
        length: usize = 20 in 1..=1_000_000, aliases [period], "Period of the means.",
        mult: f64 = 2.0 in 1e-9..=1e9, aliases [multiplier], "Mean ranges from the middle to a line.",
    },
    outputs: { middle: Price, upper: Price, lower: Price },
    body: "let middle = talib.ema(close, length);
        let width = mult * talib.ema(pine.tr(), length);
        {middle: middle, upper: middle + width, lower: middle - width}",
}
