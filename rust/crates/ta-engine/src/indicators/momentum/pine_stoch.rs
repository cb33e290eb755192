//! Stochastic as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Where a value is between the least and the greatest of other series, in percent.
    ///
    /// ```text
    /// 100 * (x - min(low, length)) / (max(high, length) - min(low, length))
    /// ```
    pine.stoch: momentum, version 1,
    source: "Pine Script v6, ta.stoch",
    operands: [x or close, high or high, low or low],
    params: {
        length: usize = 14 in 1..=1_000_000, aliases [period], "Values that count.",
    },
    outputs: { value: Percent },
    readiness: by_data,
    body: "let bottom = min(low, length);
        100 * ((x - bottom) / (max(high, length) - bottom))",
}
