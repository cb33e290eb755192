//! Width of the Keltner channel.

use crate::kernel::declare;

declare! {
    /// From the lower line of `keltner` to the upper one, as a share of the middle.
    ///
    /// ```text
    /// (upper - lower) / middle
    /// ```
    keltner_width: volatility, version 1,
    aliases: ["kcw"],
    source: "Linda Bradford Raschke's form of Chester W. Keltner, How to Make Money in Commodities, 1960",
    fields: [high, low, close],
    params: {
        period: usize = 20 in 1..=1_000_000, aliases [ema_period, lookback], "Period of the mean.",
        atr_period: usize = 10 in 1..=1_000_000, "Period of the average true range.",
        multiplier: f64 = 2.0 in 0.001..=1_000.0, aliases [mult], "Average true ranges from the middle to either side.",
    },
    outputs: { value: Number },
    readiness: by_data,
    body: "let channel = keltner(period, atr_period, multiplier);
        (channel.upper - channel.lower) / channel.middle",
}
