//! Historical volatility.

use crate::kernel::declare;

declare! {
    /// Standard deviation of the last logarithmic returns, in percent for a year.
    ///
    /// The deviation is that of a sample.
    ///
    /// ```text
    /// 100 * (sample deviation of log(close / close[1])) * sqrt(annual)
    /// ```
    historical_volatility: volatility, version 1,
    aliases: ["hvol"],
    source: "John C. Hull, Options, Futures, and Other Derivatives",
    series: [close by source],
    params: {
        period: usize = 20 in 2..=1_000_000, aliases [lookback], "Returns that count.",
        annual: f64 = 252.0 in 1e-9..=1e9, "Bars in a year.",
    },
    outputs: { value: Percent },
    body: "100 * rolling_std(log(close / close[1]), period) * sqrt(annual * period / (period - 1))",
}
