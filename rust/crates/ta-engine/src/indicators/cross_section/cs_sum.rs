//! Sum over symbols.

use crate::kernel::{Among, declare};
use crate::window::sum_of;

declare! {
    /// The sum of a value over all symbols of the row.
    ///
    /// It is exact: the order of symbols changes no bit. Symbols without a bar, or whose value is not ready, take no part. All
    /// symbols have it, those that take no part, too; where none takes part it is missing.
    cs_sum: cross_section, across one sum, version 1,
    source: "Addition",
    series: [close],
    params: {
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Number },
}

fn sum(_params: &Params, values: &[f64]) -> f64 {
    sum_of(values.iter().copied())
}
