//! Zero-lag exponential mean, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Exponential mean, begun with a plain one, of values that are moved on by the change since half a period ago.
    ///
    /// ```text
    /// lag   = (period - 1) / 2     without its fraction
    /// zlema = talib.ema(x + (x - x[lag]), period)
    /// ```
    talib.zlema: trend, version 1,
    source: "TA-Lib, ZLEMA; John F. Ehlers and Ric Way, Zero Lag, Technical Analysis of Stocks & Commodities, 2010",
    series: [close by source],
    params: { period: usize = 30 in 1..=1_000_000, aliases [timeperiod], "Sets the weight of the newest value." },
    outputs: { value: Price },
    body: |p| format!("talib.ema(close + (close - close[{}]), period)", (p.period - 1) / 2),
}
