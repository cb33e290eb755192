//! TA-Lib's MINMAXINDEX.

use crate::kernel::declare;

declare! {
    /// Numbers of the values, counted from 0 at the first, that are the least and the greatest of the last `period`.
    ///
    /// A number that counts from the beginning is another one where the history begins elsewhere: `minmaxindex` says how long ago it was. Of equals
    /// the newest counts; TA-Lib takes one or the other, as the window happened to move.
    talib.minmaxindex: statistic, version 1,
    source: "TA-Lib, MINMAXINDEX",
    series: [close],
    params: {
        period: usize = 30 in 1..=1_000_000, aliases [timeperiod], "Values that count.",
    },
    outputs: { min: Bars, max: Bars },
    body: "let newest = close.count - 1;
        {min: newest - rolling_argmin(close, period), max: newest - rolling_argmax(close, period)}",
}
