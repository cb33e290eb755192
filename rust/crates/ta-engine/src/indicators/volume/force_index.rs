//! Elder's Force Index.

use crate::kernel::declare;

declare! {
    /// Exponential mean of changes times volumes.
    ///
    /// The mean begins with the first one.
    ///
    /// ```text
    /// force_index = ema((close - close[1]) * volume, period)
    /// ```
    force_index: volume, version 1,
    source: "Alexander Elder, Trading for a Living, 1993",
    fields: [close, volume],
    params: { period: usize = 13 in 1..=1_000_000, aliases [lookback], "Sets the weight of the newest bar." },
    outputs: { value: Number },
    body: "ema((close - close[1]) * volume, period)",
}
