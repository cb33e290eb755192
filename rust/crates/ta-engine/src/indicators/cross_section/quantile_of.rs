//! Quantile among symbols.

use crate::indicators::ties::for_each_tie;
use crate::kernel::{Among, declare};

declare! {
    /// Which of `count` parts a symbol's value is in, when the symbols of the row are parted by it: 1 is the part of the least.
    ///
    /// Parts have as many symbols each as can be, and equal values, which have the mean of their places, are in one part: it is
    /// `ceil(rank(x) * count)`. Symbols without a bar, or whose value is not ready, take no part and have none.
    quantile_of: cross_section, across each quantile, version 1,
    source: "Order statistics",
    series: [close],
    params: {
        count: usize = 5 in 2..=1_000_000, "How many parts.",
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Number },
}

fn quantile(params: &Params, values: &mut [f64], places: &mut [usize]) {
    let symbols = values.len();
    // In whole numbers, of twice the place: a quotient would be rounded.
    for_each_tie(values, places, |below, ties| {
        ((2 * below + ties + 1) * params.count).div_ceil(2 * symbols) as f64
    });
}
