//! Symbols above their mean.

use crate::kernel::{Among, declare};

declare! {
    /// How many of the symbols close above their own mean of the last `period` closes, in percent.
    ///
    /// Symbols without a bar, or with fewer bars, do not count. All symbols have the same value.
    percent_above_ma: cross_section, version 1,
    source: "Breadth of markets",
    fields: [close],
    params: {
        period: usize = 50 in 1..=1_000_000, aliases [lookback, length], "Closes of the mean.",
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Percent },
    body: "100 * cs_mean(if(close > sma(close, period), 1, 0), group=group)",
}
