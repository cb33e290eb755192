//! SuperTrend, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// A stop that follows price at some average true ranges and changes sides when the close crosses it.
    ///
    /// The ranges begin with the second bar's, unlike those of `supertrend`; the trend is 1 while the line is below and −1
    /// while it is above, and begins with 1.
    ///
    /// ```text
    /// as supertrend, of talib.rma(range, period)     range: that of true_range() from the second bar on
    /// ```
    talib.supertrend: trend, version 1,
    source: "TA-Lib, SUPERTREND; Olivier Seban, Tout le monde mérite d'être riche, 2008",
    fields: [high, low, close],
    params: {
        period: usize = 10 in 2..=1_000_000, aliases [timeperiod], "Ranges that are averaged.",
        multiplier: f64 = 3.0 in 0.0..=1e9, "Average ranges from the middle of the bar to a band.",
    },
    outputs: { supertrend: Price, trend: Number },
    body: "let reach = greatest(high - low, abs(close[1] - high), abs(close[1] - low));
        let width = multiplier * talib.rma(reach, period);
        let middle = 0.5 * (high + low);
        let top = if(middle + width < top[1] or close[1] > top[1], middle + width, top[1]) from middle + width;
        let bottom = if(middle - width > bottom[1] or close[1] < bottom[1], middle - width, bottom[1]) from middle - width;
        let way = if(way[1] > 0, if(close < bottom, -1, 1), if(close > top, 1, -1)) from 1;
        {supertrend: if(way > 0, bottom, top), trend: way}",
}
