//! Commodity channel index as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Distance of a value from its mean, in mean distances.
    ///
    /// ```text
    /// (x - sma(x, length)) / (0.015 * pine.dev(x, length))
    /// ```
    pine.cci: momentum, version 1,
    source: "Pine Script v6, ta.cci",
    series: [hlc3 by source],
    params: {
        length: usize = 20 in 1..=100_000, aliases [period], "Values that count.",
    },
    outputs: { value: Number },
    readiness: by_data,
    body: "(hlc3 - sma(hlc3, length)) / (0.015 * mean_abs_dev(hlc3, length))",
}
