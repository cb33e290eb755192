//! Detrended synthetic price.

use crate::kernel::declare;

declare! {
    /// Exponential mean over a quarter of a cycle less that over a half.
    ///
    /// ```text
    /// ema((high + low) / 2, period / 4) - ema((high + low) / 2, period / 2)
    /// ```
    detrended_synthetic: cycle, version 1,
    aliases: ["dsp"],
    source: "John F. Ehlers, in Technical Analysis of Stocks and Commodities",
    series: [hl2 by source],
    params: {
        period: usize = 40 in 4..=1_000_000, aliases [lookback], "Bars of a cycle.",
    },
    outputs: { value: Difference },
    body: |p| format!("ema(hl2, {}) - ema(hl2, {})", p.period / 4, p.period / 2),
}
