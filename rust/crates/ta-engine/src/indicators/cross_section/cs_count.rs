//! How many symbols.

use crate::kernel::{Among, declare};

declare! {
    /// How many symbols of the row have a value.
    ///
    /// All symbols have it; where none has a value it is missing.
    cs_count: cross_section, across one count, version 1,
    source: "Counting",
    series: [close],
    params: {
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Number },
}

fn count(_params: &Params, values: &[f64]) -> f64 {
    values.len() as f64
}
