//! Distance from the mean of symbols.

use crate::kernel::{Among, declare};
use crate::window::take_mean_away;

declare! {
    /// How far a symbol's value is above the mean of all symbols of the row, or below it.
    ///
    /// The sum is exact: the order of symbols changes no bit. Symbols without a bar, or whose value is not ready, take no part
    /// and have none.
    ///
    /// ```text
    /// demean = x - mean
    /// ```
    demean: cross_section, across each distance, version 1,
    source: "The arithmetic mean",
    series: [close],
    params: {
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Difference },
}

fn distance(_params: &Params, values: &mut [f64], _places: &mut [usize]) {
    take_mean_away(values);
}
