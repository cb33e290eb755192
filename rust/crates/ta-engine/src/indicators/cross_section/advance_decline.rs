//! Line of advances and declines.

use crate::kernel::{Among, declare};

declare! {
    /// Running sum of how many more symbols rise than fall in a row, from close to close.
    ///
    /// Symbols whose close is the one of the bar before, and those without a bar, count for neither. All symbols have the same
    /// value.
    ///
    /// ```text
    /// advance_decline = sum of (advances - declines)
    /// ```
    advance_decline: cross_section, version 1,
    source: "L. P. Ayres, Cleveland Trust (1926)",
    fields: [close],
    params: {
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Number },
    body: "cum_sum(cs_sum(signum(close - close[1]), group=group))",
}
