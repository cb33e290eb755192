//! Mass Index, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Sum of what an exponential mean of the bars' ranges is of its own mean.
    ///
    /// Means begin with the plain means of their first `fast_period` values. While no bar has a range the ratio is 1.
    ///
    /// ```text
    /// mean  = talib.ema(high - low, fast_period)
    /// massi = rolling_sum(mean / talib.ema(mean, fast_period), slow_period)
    /// ```
    talib.massi: momentum, version 1,
    source: "TA-Lib, MASSI; Donald G. Dorsey, The Mass Index, Technical Analysis of Stocks & Commodities, 1992",
    fields: [high, low],
    params: {
        fast_period: usize = 9 in 2..=1_000_000, aliases [fastperiod], "Period of the means.",
        slow_period: usize = 25 in 2..=1_000_000, aliases [slowperiod], "Ratios that are added up.",
    },
    outputs: { value: Number },
    body: "let mean = talib.ema(high - low, fast_period);
        let slower = talib.ema(mean, fast_period);
        rolling_sum(if(slower == 0, 1, mean / slower), slow_period)",
}
