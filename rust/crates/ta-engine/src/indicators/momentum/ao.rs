//! Awesome Oscillator.

use crate::kernel::declare;

declare! {
    /// Distance of the mean of the last few bars' middles from the mean of more of them.
    ///
    /// ```text
    /// ao = sma((high + low) / 2, fast_period) - sma((high + low) / 2, slow_period)
    /// ```
    ao: momentum, version 1,
    also: [talib.ao(fast_period as fastperiod, slow_period as slowperiod)],
    source: "Bill Williams, New Trading Dimensions, 1998",
    fields: [high, low],
    params: {
        fast_period: usize = 5 in 1..=1_000_000, "Middles of the short mean.",
        slow_period: usize = 34 in 1..=1_000_000, "Middles of the long mean.",
    },
    outputs: { value: Histogram },
    body: "let middle = 0.5 * (high + low);
        sma(middle, fast_period) - sma(middle, slow_period)",
}
