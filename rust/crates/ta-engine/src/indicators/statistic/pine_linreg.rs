//! Linear regression as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Value of the line of least squares through the last `length` values, `offset` bars before the newest.
    ///
    /// Where one of the values is missing there is none.
    ///
    /// ```text
    /// linreg(x, length) - offset * linreg_slope(x, length)
    /// ```
    pine.linreg: statistic, version 1,
    source: "Pine Script v6, ta.linreg",
    series: [close by source],
    params: {
        length: usize = 14 in 2..=100_000, aliases [period], "Values that count.",
        offset: usize = 0 in 0..=100_000, "Bars before the newest.",
    },
    outputs: { value: Price },
    readiness: by_data,
    body: "let is_whole = max(if(ready(close), 0, 1), length) == 0;
        (linreg(close, length) - offset * linreg_slope(close, length)).filter(is_whole)",
}
