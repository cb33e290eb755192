//! Percentile as in Pine Script, between values.

use crate::kernel::declare;

declare! {
    /// The value that some percent of the last `length` values do not exceed, between two of them in proportion.
    ///
    /// Where one of the values is missing there is none.
    ///
    /// ```text
    /// percentile(x, length, percentage, method="hazen")
    /// ```
    pine.percentile_linear_interpolation: statistic, version 1,
    source: "Pine Script v6, ta.percentile_linear_interpolation",
    series: [close by source],
    params: {
        length: usize = 20 in 1..=1_000_000, aliases [period], "Values that count.",
        percentage: f64 = 50.0 in 0.0..=100.0, aliases [percent], "Percent of the values.",
    },
    outputs: { value: Price },
    readiness: by_data,
    body: "let is_whole = max(if(ready(close), 0, 1), length) == 0;
        percentile(close, length, percentage, 'hazen').filter(is_whole)",
}
