//! TA-Lib's VAR.

use crate::kernel::declare;

declare! {
    /// Population variance of the last `period` values; `nbdev` changes nothing, as in TA-Lib.
    talib.var: statistic, version 1,
    source: "TA-Lib, VAR",
    series: [close],
    params: {
        period: usize = 5 in 1..=1_000_000, aliases [timeperiod], "Values that count.",
        nbdev: f64 = 1.0 in -1e9..=1e9, "Changes nothing.",
    },
    outputs: { value: Number },
    body: "variance(close, period)",
}
