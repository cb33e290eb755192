//! TA-Lib's STDDEV.

use crate::kernel::declare;

declare! {
    /// Population standard deviation of the last `period` values, `nbdev` times.
    ///
    /// ```text
    /// stddev = nbdev * rolling_std(x, period)
    /// ```
    talib.stddev: statistic, version 1,
    source: "TA-Lib, STDDEV",
    series: [close],
    params: {
        period: usize = 5 in 1..=1_000_000, aliases [timeperiod], "Values that count.",
        nbdev: f64 = 1.0 in -1e9..=1e9, "How many deviations.",
    },
    outputs: { value: Difference },
    body: "nbdev * rolling_std(close, period)",
}
