//! Exponential decay.

use crate::kernel::declare;

declare! {
    /// The value, or what it was before less its `period`-th part for each bar, whichever is greater.
    ///
    /// ```text
    /// decay = greatest(x, decay[1] * (1 - 1 / period))
    /// ```
    exp_decay: statistic, version 1,
    aliases: ["edecay"],
    source: "Tulip Indicators, edecay",
    series: [close by source],
    params: {
        period: usize = 5 in 1..=1_000_000, aliases [lookback], "On each bar such a part of it is lost.",
    },
    outputs: { value: Number },
    body: "let kept = greatest(close, kept[1] * (1 - 1 / period)) from close;
        kept",
}
