//! Average Day Range.

use crate::kernel::declare;

declare! {
    /// Mean distance from low to high of the last bars; gaps between them do not count.
    ///
    /// Of daily bars it is that of the days; ask another timeframe's with `on(1d, adr(14))`.
    ///
    /// ```text
    /// adr = sma(high - low, period)
    /// ```
    adr: volatility, version 1,
    also: [talib.adr(period as timeperiod)],
    source: "Average range of days, as charting programs show it",
    fields: [high, low],
    params: { period: usize = 14 in 1..=1_000_000, aliases [lookback], "Bars that are averaged." },
    outputs: { value: Difference },
    body: "sma(high - low, period)",
}
