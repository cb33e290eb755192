//! Change as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Difference from the value `length` bars before.
    ///
    /// ```text
    /// x - x[length]
    /// ```
    pine.change: momentum, version 1,
    source: "Pine Script v6, ta.change",
    series: [close by source],
    params: {
        length: usize = 1 in 1..=1_000_000, aliases [period], "Bars back.",
    },
    outputs: { value: Difference },
    body: "close - close[length]",
}
