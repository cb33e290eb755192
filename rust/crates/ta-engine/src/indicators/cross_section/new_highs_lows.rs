//! New highs less new lows.

use crate::kernel::{Among, declare};

declare! {
    /// How many more symbols have a new high than a new low.
    ///
    /// New is a high above each of the `period` bars before, and a low below each. Symbols without a bar, or with fewer bars
    /// before, count for neither. All symbols have the same value.
    new_highs_lows: cross_section, version 1,
    source: "Breadth of markets",
    fields: [high, low],
    params: {
        period: usize = 252 in 1..=1_000_000, aliases [lookback, length], "Bars before.",
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Number },
    body: "let is_high = if(high > max(high, period)[1], 1, 0);
            let is_low = if(low < min(low, period)[1], 1, 0);
            cs_sum(is_high - is_low, group=group)",
}
