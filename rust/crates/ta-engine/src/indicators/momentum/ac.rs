//! Accelerator Oscillator.

use crate::kernel::declare;

declare! {
    /// The Awesome Oscillator less its own mean.
    ///
    /// ```text
    /// ac = ao(fast_period, slow_period) - sma(ao(fast_period, slow_period), signal_period)
    /// ```
    ac: momentum, version 1,
    also: [talib.ac(fast_period as fastperiod, slow_period as slowperiod, signal_period as signalperiod)],
    source: "Bill Williams, New Trading Dimensions, 1998",
    fields: [high, low],
    params: {
        fast_period: usize = 5 in 1..=1_000_000, "Middles of the short mean.",
        slow_period: usize = 34 in 1..=1_000_000, "Middles of the long mean.",
        signal_period: usize = 5 in 1..=1_000_000, "Oscillator's values that are averaged.",
    },
    outputs: { value: Histogram },
    body: "let middle = 0.5 * (high + low);
        let distance = sma(middle, fast_period) - sma(middle, slow_period);
        distance - sma(distance, signal_period)",
}
