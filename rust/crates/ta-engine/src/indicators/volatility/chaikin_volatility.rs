//! Chaikin's Volatility.

use crate::kernel::declare;

declare! {
    /// By how many percent the exponential mean of the bars' ranges has changed.
    ///
    /// The mean begins with the first range.
    ///
    /// ```text
    /// mean = ema(high - low, period)
    /// chaikin_volatility = 100 * (mean - mean[roc_period]) / mean[roc_period]
    /// ```
    chaikin_volatility: volatility, version 1,
    source: "Marc Chaikin; Steven B. Achelis, Technical Analysis from A to Z, 2000",
    fields: [high, low],
    params: {
        period: usize = 10 in 1..=1_000_000, aliases [lookback], "Sets the weight of the newest range.",
        roc_period: usize = 10 in 1..=1_000_000, "Bars of the change.",
    },
    outputs: { value: Percent },
    readiness: by_data,
    body: "let mean = ema(high - low, period);
        100 * (mean - mean[roc_period]) / mean[roc_period]",
}
