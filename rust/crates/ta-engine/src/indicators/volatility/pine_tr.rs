//! True range as in Pine Script.

use crate::kernel::declare;

declare! {
    /// True range; with `handle_na` 0 there is none on the first bar, with 1 it is the range of the bar.
    ///
    /// ```text
    /// true_range()
    /// ```
    pine.tr: volatility, version 1,
    source: "Pine Script v6, ta.tr",
    fields: [high, low, close],
    params: {
        handle_na: usize = 0 in 0..=1, "1: the first bar has its own range.",
    },
    outputs: { value: Difference },
    body: |p| if p.handle_na == 1 {
        "true_range()"
    } else {
        "greatest(high - low, abs(high - close[1]), abs(low - close[1]))"
    },
}
