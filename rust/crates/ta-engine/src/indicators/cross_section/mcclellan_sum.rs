//! McClellan summation index.

use crate::kernel::{Among, declare};

declare! {
    /// Running sum of the McClellan oscillator.
    ///
    /// ```text
    /// mcclellan_sum = sum of mcclellan_osc(fast, slow)
    /// ```
    mcclellan_sum: cross_section, version 1,
    source: "McClellan, S. and M. (1970): Patterns for Profit",
    fields: [close],
    params: {
        fast: usize = 19 in 1..=1_000_000, aliases [fast_period], "Values of the quicker mean.",
        slow: usize = 39 in 1..=1_000_000, aliases [slow_period], "Values of the slower mean.",
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Number },
    body: "cum_sum(mcclellan_osc(fast, slow, group=group))",
}
