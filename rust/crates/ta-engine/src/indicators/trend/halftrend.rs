//! HalfTrend.

use crate::kernel::declare;

declare! {
    /// A line that stays until price has turned by more than its own extremes, and a channel around it.
    ///
    /// The direction is up (true) until the mean of the highs falls below the greatest low since, and the close below
    /// the low before; then down until the other way round. While it is up the line only rises, while it is down it
    /// only falls. The channel is `deviation` halves of an average true range wide to either side.
    ///
    /// ```text
    /// turns down where sma(high, amplitude) < greatest of min(low, amplitude) since and close < low[1]
    /// turns up   where sma(low, amplitude) > least of max(high, amplitude) since and close > high[1]
    /// ```
    halftrend: trend, version 1,
    source: "Alex Orekhov (everget), HalfTrend, on TradingView",
    fields: [high, low, close],
    params: {
        amplitude: usize = 2 in 1..=1_000_000, "Bars whose extremes and means count.",
        deviation: f64 = 2.0 in 1e-9..=1e9, "Half average ranges from the line to the channel.",
        atr_period: usize = 100 in 1..=1_000_000, "Period of the average true range.",
    },
    outputs: { line: Price, direction: Bool, upper: Price, lower: Price },
    body: "let highest = max(high, amplitude);
        let lowest = min(low, amplitude);
        let high_mean = sma(high, amplitude);
        let low_mean = sma(low, amplitude);
        let floor_before = low[1];
        let top_before = high[1];
        let waits = waiting[1];
        let raised = greatest(lowest, bottom[1]);
        let lowered = least(highest, top[1]);
        let falls = waits and high_mean < raised and close < floor_before;
        let rises = not waits and low_mean > lowered and close > top_before;
        let waiting = if(falls, false, if(rises, true, waits)) from false;
        let is_up = if(falls, false, if(rises, true, is_up[1])) from true;
        let bottom = if(waits, raised, if(rises, lowest, bottom[1])) from floor_before;
        let top = if(waits, if(falls, highest, top[1]), lowered) from top_before;
        let turns = falls or (rises and not nz(is_up[1], true));
        let line = if(turns, line[1], if(is_up, greatest(bottom, line[1]), least(top, line[1]))) from floor_before;
        let width = deviation * 0.5 * atr(atr_period);
        {line: line, direction: is_up, upper: line + width, lower: line - width}",
}
