//! Normalised average true range.

use crate::kernel::declare;

declare! {
    /// Average true range in percent of the close.
    ///
    /// ```text
    /// natr = 100 * atr(period) / close
    /// ```
    natr: volatility, version 1,
    aliases: ["atrp"],
    source: "John Forman, Cross-Market Evaluations with Normalized Average True Range, 2006",
    fields: [high, low, close],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Ranges that are averaged.",
    },
    outputs: { value: Percent },
    readiness: by_data,
    body: "100 * (atr(period, high=high, low=low, close=close) / close)",
}
