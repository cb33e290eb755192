//! Mass Index.

use crate::kernel::declare;

declare! {
    /// Sum of what an exponential mean of the bars' ranges is of its own mean.
    ///
    /// Means begin with their first values. While no bar has a range the ratio is 1.
    ///
    /// ```text
    /// mean = ema(high - low, fast_period)
    /// mass_index = rolling_sum(mean / ema(mean, fast_period), slow_period)
    /// ```
    mass_index: momentum, version 1,
    source: "Donald G. Dorsey, The Mass Index, Technical Analysis of Stocks & Commodities, 1992",
    fields: [high, low],
    params: {
        fast_period: usize = 9 in 1..=1_000_000, "Period of the means.",
        slow_period: usize = 25 in 1..=1_000_000, "Ratios that are added up.",
    },
    outputs: { value: Number },
    body: "let mean = ema(high - low, fast_period);
        let slower = ema(mean, fast_period);
        rolling_sum(if(slower == 0, 1, mean / slower), slow_period)",
}
