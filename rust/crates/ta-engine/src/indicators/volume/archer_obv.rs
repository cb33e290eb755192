//! Archer on-balance volume.

use crate::kernel::declare;

declare! {
    /// On-balance volume with its extremes, two exponential means, and their trends.
    ///
    /// The trends are those of `amat`.
    archer_obv: volume, version 1,
    aliases: ["aobv"],
    source: "Tom Joseph, Archer On Balance Volume",
    fields: [close, volume],
    params: {
        fast: usize = 4 in 1..=1_000_000, "Period of the fast mean.",
        slow: usize = 12 in 1..=1_000_000, "Period of the slow mean.",
        lookback: usize = 2 in 1..=10_000, "Bars of the extremes and of the trends.",
    },
    outputs: { obv: Number, least: Number, greatest: Number, fast: Number, slow: Number, long: Bool, short: Bool },
    body: "let line = obv();
        let trend = amat(line, fast, slow, lookback);
        {obv: line, least: min(line, lookback), greatest: max(line, lookback), fast: ema(line, fast), slow: ema(line, slow),
            long: trend.long, short: trend.short}",
}
