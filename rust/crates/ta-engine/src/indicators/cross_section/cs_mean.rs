//! Mean over symbols.

use crate::kernel::{Among, declare};
use crate::window::mean_of;

declare! {
    /// The mean of a value over all symbols of the row.
    ///
    /// Its sum is exact: the order of symbols changes no bit. Symbols without a bar, or whose value is not ready, take no part.
    /// All symbols have it, those that take no part, too; where none takes part it is missing.
    cs_mean: cross_section, across one mean, version 1,
    source: "The arithmetic mean",
    series: [close],
    params: {
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Price },
}

fn mean(_params: &Params, values: &[f64]) -> f64 {
    mean_of(values)
}
