//! TA-Lib's ULTOSC.

use crate::kernel::declare;

declare! {
    /// Ultimate oscillator of three periods in any order: the shortest weighs the most. A window without range counts as 0.
    ///
    /// `ultimate` takes the periods as they are given, and is not ready where a window has no range.
    ///
    /// ```text
    /// pressure = close - min(low, close[1])     range = max(high, close[1]) - min(low, close[1])
    /// average(n) = sum(pressure, n) / sum(range, n)
    /// ultosc = 100 * (4 * average(shortest) + 2 * average(middle) + average(longest)) / 7
    /// ```
    talib.ultosc: momentum, version 1,
    source: "TA-Lib, ULTOSC",
    fields: [high, low, close],
    params: {
        timeperiod1: usize = 7 in 1..=1_000_000, "Bars of one window.",
        timeperiod2: usize = 14 in 1..=1_000_000, "Bars of another.",
        timeperiod3: usize = 28 in 1..=1_000_000, "Bars of the third.",
    },
    outputs: { value: Percent },
    body: |p| {
        let mut periods = [p.timeperiod1, p.timeperiod2, p.timeperiod3];
        periods.sort_unstable();
        let [shortest, middle, longest] = periods;
        let share = |n: usize| {
            format!("if(rolling_sum(span, {n}) == 0, 0, rolling_sum(reach, {n}) / rolling_sum(span, {n}))")
        };
        format!(
            "let bottom = least(low, close[1]);
            let reach = close - bottom;
            let span = greatest(high, close[1]) - bottom;
            100 * ((4 * {} + 2 * {} + {}) / 7)",
            share(shortest),
            share(middle),
            share(longest)
        )
    },
}
