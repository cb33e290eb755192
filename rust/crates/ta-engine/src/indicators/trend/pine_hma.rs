//! Hull mean as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Weighted mean of twice a weighted mean over half of the values less one over all.
    ///
    /// ```text
    /// wma(2 * wma(x, length / 2) - wma(x, length), sqrt(length)), lengths rounded down
    /// ```
    pine.hma: trend, version 1,
    source: "Pine Script v6, ta.hma",
    series: [close by source],
    params: {
        length: usize = 9 in 2..=1_000_000, aliases [period], "Values that count.",
    },
    outputs: { value: Price },
    body: |p| format!(
        "wma(2 * wma(close, {}) - wma(close, length), {})",
        p.length / 2,
        p.length.isqrt()
    ),
}
