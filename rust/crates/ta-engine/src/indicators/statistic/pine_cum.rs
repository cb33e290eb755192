//! Running sum as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Sum of all values since the first bar.
    ///
    /// ```text
    /// sum[1] + x
    /// ```
    pine.cum: statistic, version 1,
    source: "Pine Script v6, ta.cum",
    series: [close by source],
    params: {},
    outputs: { value: Price },
    body: "let total = total[1] + close from 0;
        total",
}
