//! Ultimate oscillator.

use crate::kernel::declare;

declare! {
    /// Share of buying pressure in the true range over three windows, the shortest of which weighs the most; from 0 to 100.
    ///
    /// Both are measured from the close before, so that the first bar has neither. Not ready while a window has no range.
    ///
    /// ```text
    /// pressure = close - min(low, close[1])     range = max(high, close[1]) - min(low, close[1])
    /// average(n) = sum(pressure, n) / sum(range, n)
    /// ultimate = 100 * (4 * average(first_period) + 2 * average(second_period) + average(third_period)) / 7
    /// ```
    ultimate: momentum, version 1,
    aliases: ["ultosc"],
    source: "Larry Williams, The Ultimate Oscillator, 1985",
    fields: [high, low, close],
    params: {
        first_period: usize = 7 in 1..=1_000_000, aliases [timeperiod1], "Bars of the shortest window.",
        second_period: usize = 14 in 1..=1_000_000, aliases [timeperiod2], "Bars of the middle one.",
        third_period: usize = 28 in 1..=1_000_000, aliases [timeperiod3], "Bars of the longest one.",
    },
    outputs: { value: Percent },
    readiness: by_data,
    body: "let bottom = least(low, close[1]);
        let reach = close - bottom;
        let span = greatest(high, close[1]) - bottom;
        let first = rolling_sum(reach, first_period) / rolling_sum(span, first_period);
        let second = rolling_sum(reach, second_period) / rolling_sum(span, second_period);
        let third = rolling_sum(reach, third_period) / rolling_sum(span, third_period);
        100 * ((4 * first + 2 * second + third) / 7)",
}
