//! ZigZag.

use crate::kernel::declare;

declare! {
    /// The extreme of the present leg, which direction the leg has, and how many bars ago its extreme was.
    ///
    /// A leg turns where price comes back from its extreme by `sensitivity` percent, no sooner than `minimum_trend_length`
    /// bars after it; only then is the extreme behind it final. The first leg is a falling one from the first bar's low. Of
    /// equal extremes the newest counts.
    zigzag: trend, version 1,
    source: "ZigZag, as charting programs show it; Arthur A. Merrill, Filtered Waves, 1977",
    fields: [high, low],
    params: {
        sensitivity: f64 = 5.0 in 0.0..=100.0, "Percent of the extreme that turn a leg.",
        minimum_trend_length: usize = 1 in 1..=1_000_000, aliases [mintrendlength], "Bars that a leg lasts at least.",
    },
    outputs: { zigzag: Price, trend: Number, age: Bars },
    body: "let grown = 1 + sensitivity / 100;
        let shrunk = 1 - sensitivity / 100;
        let old = nz(if(high[1] == high[1], 1, 1), 0) == 1 and age[1] + 1 >= minimum_trend_length;
        let turns_up = lean[1] < 0 and high >= pivot[1] * grown and old;
        let turns_down = lean[1] > 0 and low <= pivot[1] * shrunk and old;
        let lean = if(turns_up, 1, if(turns_down, -1, lean[1])) from -1;
        let reach = if(lean[1] < 0, least(pivot[1], low), greatest(pivot[1], high));
        let pivot = if(turns_up, high, if(turns_down, low, reach)) from low;
        let is_new = turns_up or turns_down or (lean[1] < 0 and low <= pivot[1]) or (lean[1] > 0 and high >= pivot[1]);
        let age = if(is_new, 0, age[1] + 1) from 0;
        {zigzag: pivot, trend: lean, age: age}",
}
