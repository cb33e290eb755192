//! Choppiness Index.

use crate::kernel::declare;

declare! {
    /// How much of the way of the last bars was no progress: from about 0 where they went straight to 100 where they went
    /// nowhere.
    ///
    /// True ranges begin with the second bar's. Where the bars stand still there is no value.
    ///
    /// ```text
    /// choppiness = 100 * log(rolling_sum(true_range(), period) / (max(high, period) - min(low, period))) / log(period)
    /// ```
    choppiness: trend, version 1,
    source: "E. W. Dreiss, the Choppiness Index",
    fields: [high, low, close],
    params: { period: usize = 14 in 2..=1_000_000, aliases [lookback], "Bars that count." },
    outputs: { value: Percent },
    readiness: by_data,
    body: "let reach = greatest(high - low, abs(high - close[1]), abs(low - close[1]));
        let span = max(high, period) - min(low, period);
        100 * log(rolling_sum(reach, period) / span) / log(period)",
}
