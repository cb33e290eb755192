//! Williams %R as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Distance of the close from the highest high, in percent of the range of the window, from -100 to 0.
    ///
    /// ```text
    /// 100 * (close - max(high, length)) / (max(high, length) - min(low, length))
    /// ```
    pine.wpr: momentum, version 1,
    source: "Pine Script v6, ta.wpr",
    fields: [high, low, close],
    params: {
        length: usize = 14 in 1..=1_000_000, aliases [period], "Bars that count.",
    },
    outputs: { value: Percent },
    readiness: by_data,
    body: "let top = max(high, length);
        100 * ((close - top) / (top - min(low, length)))",
}
