//! Share among symbols.

use crate::kernel::{Among, declare};
use crate::window::sum_of;

declare! {
    /// A symbol's value as a share of all symbols of the row: their absolute values add up to `total`.
    ///
    /// The sum is exact: the order of symbols changes no bit. Where all values are 0 it is undefined, and missing. Symbols
    /// without a bar, or whose value is not ready, take no part and have none.
    ///
    /// ```text
    /// scale = x / sum(|x|) * total
    /// ```
    scale: cross_section, across each share, version 1,
    source: "Kakushadze, Z. (2016): 101 Formulaic Alphas",
    series: [close],
    params: {
        total: f64 = 1.0 in 1e-9..=1e9, "What the absolute values add up to.",
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Number },
}

fn share(params: &Params, values: &mut [f64], _places: &mut [usize]) {
    let sum = sum_of(values.iter().map(|x| x.abs()));
    for x in values {
        *x = *x / sum * params.total;
    }
}
