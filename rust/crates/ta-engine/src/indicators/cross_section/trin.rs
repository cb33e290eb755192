//! Arms index.

use crate::kernel::{Among, declare};

declare! {
    /// Ratio of advances to declines, over that of the volumes that they have: below 1 volume goes into what rises.
    ///
    /// Symbols whose close is the one of the bar before, and those without a bar, count for neither. All symbols have the same
    /// value. Where nothing falls, or nothing that rises has volume, it is undefined, and missing.
    ///
    /// ```text
    /// trin = (advances / declines) / (advancing volume / declining volume)
    /// ```
    trin: cross_section, version 1,
    source: "Arms, R. W. (1967): The Arms Index",
    fields: [close, volume],
    params: {
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Number },
    body: "let rises = close > close[1];
            let falls = close < close[1];
            let counts = cs_sum(if(rises, 1, 0), group=group) / cs_sum(if(falls, 1, 0), group=group);
            counts / (cs_sum(if(rises, volume, 0), group=group) / cs_sum(if(falls, volume, 0), group=group))",
}
