//! TA-Lib's MININDEX.

use crate::kernel::declare;

declare! {
    /// Number of the value, counted from 0 at the first, that is the least of the last `period`.
    ///
    /// A number that counts from the beginning is another one where the history begins elsewhere: `rolling_argmin` says how long ago it was. Of equals
    /// the newest counts; TA-Lib takes one or the other, as the window happened to move.
    talib.minindex: statistic, version 1,
    source: "TA-Lib, MININDEX",
    series: [close],
    params: {
        period: usize = 30 in 1..=1_000_000, aliases [timeperiod], "Values that count.",
    },
    outputs: { value: Bars },
    body: "close.count - 1 - rolling_argmin(close, period)",
}
