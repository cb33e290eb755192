//! Elder Ray, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// How far high and low reach from an exponential mean of closes that begins with the plain mean of its first `period`.
    ///
    /// ```text
    /// bullpower = high - talib.ema(close, period)
    /// bearpower = low - talib.ema(close, period)
    /// ```
    talib.eri: trend, version 1,
    source: "TA-Lib, ERI; Alexander Elder, Trading for a Living, 1993",
    fields: [high, low, close],
    params: { period: usize = 13 in 1..=1_000_000, aliases [timeperiod], "Sets the weight of the newest close." },
    outputs: { bullpower: Histogram, bearpower: Histogram },
    body: "let mean = talib.ema(close, period);
        {bullpower: high - mean, bearpower: low - mean}",
}
