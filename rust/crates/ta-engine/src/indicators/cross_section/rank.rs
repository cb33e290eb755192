//! Rank among symbols.

use crate::indicators::ties::for_each_tie;
use crate::kernel::{Among, choice, declare};

choice! {
    /// Which of their places equal values have.
    Ties {
        /// The mean.
        Mean "mean",
        /// The least.
        Least "least",
        /// The greatest.
        Greatest "greatest",
    }
}

declare! {
    /// The place of a symbol's value among those of all symbols of the row, as a share: 1 is the greatest.
    ///
    /// Equal values share the mean of their places, as in the rank correlation, or the least or the greatest of them. Symbols
    /// without a bar, or whose value is not ready, take no part and have none.
    /// A symbol that is alone has 1.
    ///
    /// ```text
    /// rank = place / symbols     places from 1, the least value, to the number of symbols that take part
    /// ```
    rank: cross_section, across each rank, version 1,
    source: "Spearman, C. (1904): The proof and measurement of association between two things",
    series: [close],
    params: {
        ties: Ties = "mean", "Which of their places equal values have: the `mean`, the `least` or the `greatest`.",
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Number },
}

fn rank(params: &Params, values: &mut [f64], places: &mut [usize]) {
    let count = values.len() as f64;
    for_each_tie(values, places, |below, ties| {
        let place = match params.ties {
            // Half of a whole number is exact.
            Ties::Mean => below as f64 + (ties as f64 + 1.0) / 2.0,
            Ties::Least => below as f64 + 1.0,
            Ties::Greatest => (below + ties) as f64,
        };
        place / count
    });
}
