//! Standard score among symbols.

use crate::kernel::{Among, declare};
use crate::window::take_mean_away_and_deviation;

declare! {
    /// How many standard deviations a symbol's value is from the mean of all symbols of the row.
    ///
    /// Sums are exact: the order of symbols changes no bit. Where all values are equal it is 0. With `ddof` 1 the deviation is
    /// that of a sample, as in pandas. Symbols without a bar, or whose value is not ready, take no part and have none.
    ///
    /// ```text
    /// cs_zscore = (x - mean) / (deviation * sqrt(symbols / (symbols - ddof)))
    /// ```
    cs_zscore: cross_section, across each score, version 1,
    source: "The standard score",
    series: [close],
    params: {
        ddof: usize = 0 in 0..=1, "What is taken from the number of symbols for the deviation.",
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Number },
}

fn score(params: &Params, values: &mut [f64], _places: &mut [usize]) {
    let count = values.len() as f64;
    let deviation = take_mean_away_and_deviation(values);
    // The deviation of a sample is greater by this; of one value there is none, and it stands at the mean.
    let share = ((count - params.ddof as f64) / count).sqrt();
    for x in values {
        *x = if deviation == 0.0 { 0.0 } else { *x / deviation * share };
    }
}
