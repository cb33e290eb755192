//! Arnaud Legoux Moving Average with the arguments of Pine Script.

use super::alma::Peak;
use crate::kernel::declare;

declare! {
    /// Mean of the last `length` values with weights that fall to both sides as those of a normal distribution do.
    ///
    /// It is `alma`, with the offset before the deviations.
    ///
    /// ```text
    /// weight of the j-th value = exp(-(j - m) ** 2 / (2 * s ** 2))     m = offset * (length - 1), s = length / sigma, j from 0
    /// ```
    pine.alma: trend, version 1,
    source: "Pine Script v6, ta.alma",
    series: [close by source],
    params: {
        length: usize = 9 in 1..=10_000, aliases [period], "Values that count.",
        offset: f64 = 0.85 in 0.0..=1.0, "Where the greatest weight is: 0 on the oldest value, 1 on the newest.",
        sigma: f64 = 6.0 in 0.01..=1e9, "Standard deviations that the window is wide.",
        peak: Peak = "exact", "Whether the greatest weight is between two values, too: \"whole\" is Pine Script's `floor`.",
    },
    outputs: { value: Price },
    body: "alma(close, length, sigma, offset, peak)",
}
