//! Exponential mean of a series.

use crate::kernel::declare;

declare! {
    /// Exponential mean, seeded by its first input; the arithmetic of `ema`.
    rolling_ema: statistic, like crate::indicators::trend::ema,
    source: "P. N. Haurlan, Measuring Trend Values, 1968",
    series: [close by field],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Sets the weight of the newest value." },
    outputs: { value: Price },
}
