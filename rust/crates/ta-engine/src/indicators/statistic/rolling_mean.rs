//! Mean of a moving window.

use crate::kernel::declare;

declare! {
    /// Mean of the last `period` values; the arithmetic of `sma`.
    rolling_mean: statistic, like crate::indicators::trend::sma,
    aliases: ["mean", "average", "avg"],
    source: "The arithmetic mean of a moving window",
    series: [close by field],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Price },
}
