//! Rate of change as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Change over `length` bars in percent of the value before.
    ///
    /// ```text
    /// 100 * (x - x[length]) / x[length]
    /// ```
    pine.roc: momentum, version 1,
    source: "Pine Script v6, ta.roc",
    series: [close by source],
    params: {
        length: usize = 9 in 1..=1_000_000, aliases [period], "Bars back.",
    },
    outputs: { value: Percent },
    body: "100 * (close - close[length]) / close[length]",
}
