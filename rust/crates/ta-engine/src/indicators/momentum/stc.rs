//! Schaff Trend Cycle.

use crate::kernel::declare;

declare! {
    /// Stochastic oscillator of the stochastic oscillator of MACD, each smoothed.
    ///
    /// Means begin with their first values. Without range a place stays what it was, at first 0.
    ///
    /// ```text
    /// line  = ema(x, fast_period) - ema(x, slow_period)
    /// place = 100 * (line - min(line, cycle_period)) / (max(line, cycle_period) - min(line, cycle_period))
    /// s     = s[1] + (place - s[1]) / 2, and both once more of s
    /// ```
    stc: momentum, version 1,
    source: "Doug Schaff, Schaff Trend Cycle, 2008",
    series: [close by source],
    params: {
        fast_period: usize = 23 in 1..=1_000_000, "Period of the fast mean.",
        slow_period: usize = 50 in 1..=1_000_000, "Period of the slow mean.",
        cycle_period: usize = 10 in 1..=1_000_000, "Values whose range counts.",
    },
    outputs: { value: Percent },
    body: "let line = ema(close, fast_period) - ema(close, slow_period);
        let bottom = min(line, cycle_period);
        let span = max(line, cycle_period) - bottom;
        let place = if(span > 0, 100 * ((line - bottom) / if(span > 0, span, 1)), place[1]) from 0;
        let smooth = smooth[1] + 0.5 * (place - smooth[1]) from place;
        let floor_of = min(smooth, cycle_period);
        let width = max(smooth, cycle_period) - floor_of;
        let second = if(width > 0, 100 * ((smooth - floor_of) / if(width > 0, width, 1)), second[1]) from 0;
        let last = last[1] + 0.5 * (second - last[1]) from second;
        last",
}
