//! Falling as in Pine Script.

use crate::kernel::declare;

declare! {
    /// True where a value is less than each of the `length` values before.
    ///
    /// Where there are not so many it is false. (PyneCore asks each of the steps to go that way.)
    ///
    /// ```text
    /// x < min(x, length)[1]
    /// ```
    pine.falling: event, version 1,
    source: "Pine Script v6, ta.falling",
    series: [close by source],
    params: {
        length: usize = 1 in 1..=1_000_000, aliases [period], "Values before.",
    },
    outputs: { value: Bool },
    body: "nz(close < min(close, length)[1], false)",
}
