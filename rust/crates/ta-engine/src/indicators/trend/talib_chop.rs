//! Choppiness Index, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// How much of the way of the last bars was no progress: from about 0 where they went straight to 100 where they went
    /// nowhere.
    ///
    /// True ranges begin with the second bar's. Where the bars stand still it is 100.
    ///
    /// ```text
    /// chop = 100 * log(rolling_sum(true_range(), period) / (max(high, period) - min(low, period))) / log(period)
    /// ```
    talib.chop: trend, version 1,
    source: "TA-Lib, CHOP; E. W. Dreiss, the Choppiness Index",
    fields: [high, low, close],
    params: { period: usize = 14 in 2..=1_000_000, aliases [timeperiod], "Bars that count." },
    outputs: { value: Percent },
    body: "let reach = greatest(high - low, abs(high - close[1]), abs(low - close[1]));
        let way = rolling_sum(reach, period);
        let span = max(high, period) - min(low, period);
        if(span == 0, 100 + 0 * way, 100 * log(way / span) / log(period))",
}
