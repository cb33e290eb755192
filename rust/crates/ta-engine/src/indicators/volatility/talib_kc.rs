//! Keltner Channels, as TA-Lib has them.

use crate::kernel::declare;

declare! {
    /// Channel around an exponential mean of typical prices, as wide as some average true ranges.
    ///
    /// Both means begin with plain ones, the shorter one no sooner than it is needed, and the ranges with the second bar's,
    /// unlike those of `keltner`, whose mean is one of closes. What overflows is missing on that bar alone; TA-Lib's channel
    /// is infinite from there on.
    ///
    /// ```text
    /// middle = talib.ema((high + low + close) / 3, period)
    /// upper  = middle + multiplier * talib.rma(range, atr_period)     range: that of true_range() from the second bar on
    /// lower  = middle - multiplier * talib.rma(range, atr_period)
    /// ```
    talib.kc: volatility, version 1,
    source: "TA-Lib, KC",
    fields: [high, low, close],
    params: {
        period: usize = 20 in 2..=1_000_000, aliases [timeperiod], "Period of the mean.",
        atr_period: usize = 10 in 1..=1_000_000, aliases [atrperiod], "Period of the average true range.",
        multiplier: f64 = 2.0 in -1e9..=1e9, aliases [nbdev], "Average true ranges from the middle to either side.",
    },
    outputs: { upperband: Price, middleband: Price, lowerband: Price },
    body: |p| {
        // Both begin on one bar: the shorter one is not begun before it is needed.
        let last = (p.period - 1).max(p.atr_period);
        let late = |bars: usize, x: &str| match bars {
            0 => x.to_owned(),
            bars => format!("if(close[{bars}] == close[{bars}], {x}, {x})"),
        };
        format!(
            "let middle = talib.ema({}, period);
            let reach = greatest(high - low, abs(close[1] - high), abs(close[1] - low));
            let width = multiplier * talib.rma({}, atr_period);
            {{upperband: middle + width, middleband: middle, lowerband: middle - width}}",
            late(last - (p.period - 1), "(high + low + close) / 3"),
            // Ranges begin with the second bar's.
            late(if last == p.atr_period { 0 } else { last - p.atr_period + 1 }, "reach")
        )
    },
}
