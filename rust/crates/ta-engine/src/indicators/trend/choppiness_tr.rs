//! Choppiness Index of true highs and lows.

use crate::kernel::declare;

declare! {
    /// As `choppiness`, beside the distance of the greatest true high from the least true low.
    ///
    /// A true high is no less than the close before, a true low no greater. Where the bars stand still there is no value.
    ///
    /// ```text
    /// choppiness_tr = 100 * log(way / (max(true_high, period) - min(true_low, period))) / log(period)
    /// way           = rolling_sum(true_range(), period)
    /// ```
    choppiness_tr: trend, version 1,
    source: "E. W. Dreiss, the Choppiness Index",
    fields: [high, low, close],
    params: { period: usize = 14 in 2..=1_000_000, aliases [lookback], "Bars that count." },
    outputs: { value: Percent },
    readiness: by_data,
    body: "let reach = greatest(high - low, abs(high - close[1]), abs(low - close[1]));
        let span = max(greatest(high, close[1]), period) - min(least(low, close[1]), period);
        100 * log(rolling_sum(reach, period) / span) / log(period)",
}
