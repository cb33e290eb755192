//! Ages of the least and the greatest value of a moving window.

use crate::kernel::declare;

declare! {
    /// How many values ago the least and the greatest of the last `period` values were: 0 is now; of equals the newest counts.
    ///
    /// `talib.minmaxindex` counts from the first bar.
    minmaxindex: statistic, version 1,
    source: "The positions of the ends of a range",
    series: [close],
    params: {
        period: usize = 30 in 1..=1_000_000, aliases [lookback], "Values that count.",
    },
    outputs: { min: Bars, max: Bars },
    body: "{min: rolling_argmin(close, period), max: rolling_argmax(close, period)}",
}
