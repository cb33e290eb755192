//! TA-Lib's MAXINDEX.

use crate::kernel::declare;

declare! {
    /// Number of the value, counted from 0 at the first, that is the greatest of the last `period`.
    ///
    /// A number that counts from the beginning is another one where the history begins elsewhere: `rolling_argmax` says how long ago it was. Of equals
    /// the newest counts; TA-Lib takes one or the other, as the window happened to move.
    talib.maxindex: statistic, version 1,
    source: "TA-Lib, MAXINDEX",
    series: [close],
    params: {
        period: usize = 30 in 1..=1_000_000, aliases [timeperiod], "Values that count.",
    },
    outputs: { value: Bars },
    body: "close.count - 1 - rolling_argmax(close, period)",
}
