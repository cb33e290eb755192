//! Vortex Indicator.

use crate::kernel::declare;

declare! {
    /// Reach from each low to the next high, and from each high to the next low, over the true ranges.
    ///
    /// Where nothing moves there is no value.
    ///
    /// ```text
    /// plus  = rolling_sum(abs(high - low[1]), period) / rolling_sum(true_range(), period)
    /// minus = rolling_sum(abs(low - high[1]), period) / rolling_sum(true_range(), period)
    /// ```
    vortex: trend, version 1,
    source: "Etienne Botes and Douglas Siepman, The Vortex Indicator, Stocks & Commodities, 2010",
    fields: [high, low, close],
    params: { period: usize = 14 in 1..=1_000_000, aliases [lookback], "Bars that count." },
    outputs: { plus: Number, minus: Number },
    readiness: by_data,
    body: "let ranges = rolling_sum(true_range(high=high, low=low, close=close), period);
        {plus: rolling_sum(abs(high - low[1]), period) / ranges, minus: rolling_sum(abs(low - high[1]), period) / ranges}",
}
