//! Vortex Indicator, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Reach from each low to the next high, and from each high to the next low, over the true ranges.
    ///
    /// Where nothing moves both are 0.
    ///
    /// ```text
    /// plusvi  = rolling_sum(abs(high - low[1]), period) / rolling_sum(true_range(), period)
    /// minusvi = rolling_sum(abs(low - high[1]), period) / rolling_sum(true_range(), period)
    /// ```
    talib.vortex: trend, version 1,
    source: "TA-Lib, VORTEX; Etienne Botes and Douglas Siepman, The Vortex Indicator, Stocks & Commodities, 2010",
    fields: [high, low, close],
    params: { period: usize = 14 in 1..=1_000_000, aliases [timeperiod], "Bars that count." },
    outputs: { plusvi: Number, minusvi: Number },
    body: "let ranges = rolling_sum(true_range(high=high, low=low, close=close), period);
        let up = rolling_sum(abs(high - low[1]), period);
        let down = rolling_sum(abs(low - high[1]), period);
        {plusvi: if(ranges == 0, 0 * up, up / ranges), minusvi: if(ranges == 0, 0 * down, down / ranges)}",
}
