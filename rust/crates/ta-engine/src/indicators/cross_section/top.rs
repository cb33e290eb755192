//! The greatest among symbols.

use crate::indicators::ties::for_each_tie;
use crate::kernel::{Among, declare};

declare! {
    /// True for the symbols that have the `count` greatest values of the row.
    ///
    /// That is where fewer than `count` symbols have a greater value: of equal values at the edge all are among them, so that
    /// the order of symbols changes nothing. `top(-x, count)` has the least. Symbols without a bar, or whose value is not
    /// ready, take no part and have none.
    top: cross_section, across each is_among_the_first, version 1,
    source: "Order statistics",
    series: [close],
    params: {
        count: usize = 10 in 1..=1_000_000, "How many.",
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Bool },
}

fn is_among_the_first(params: &Params, values: &mut [f64], places: &mut [usize]) {
    let symbols = values.len();
    for_each_tie(values, places, |below, ties| f64::from(symbols - below - ties < params.count));
}
