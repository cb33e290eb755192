//! Linear decay.

use crate::kernel::declare;

declare! {
    /// The value, or what it was before less `1 / period` for each bar, whichever is greater.
    ///
    /// ```text
    /// decay = greatest(x, decay[1] - 1 / period)
    /// ```
    linear_decay: statistic, version 1,
    aliases: ["decay"],
    source: "Tulip Indicators, decay",
    series: [close by source],
    params: {
        period: usize = 5 in 1..=1_000_000, aliases [lookback], "Bars on which 1 decays.",
    },
    outputs: { value: Number },
    body: "let kept = greatest(close, kept[1] - 1 / period) from close;
        kept",
}
