//! Schaff Trend Cycle, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Stochastic oscillator of the stochastic oscillator of MACD, each smoothed.
    ///
    /// Means begin with the plain means of their first values; where the fast period is the longer one they change places.
    /// Without range a place stays what it was, at first 0.
    ///
    /// ```text
    /// line  = talib.ema(x, fast_period) - talib.ema(x, slow_period)
    /// place = 100 * (line - min(line, cycle_period)) / (max(line, cycle_period) - min(line, cycle_period))
    /// s     = s[1] + (place - s[1]) / 2, and both once more of s
    /// ```
    talib.stc: momentum, version 1,
    source: "TA-Lib, STC; Doug Schaff, Schaff Trend Cycle, 2008",
    series: [close by source],
    params: {
        fast_period: usize = 23 in 2..=1_000_000, aliases [fastperiod], "Period of the fast mean.",
        slow_period: usize = 50 in 2..=1_000_000, aliases [slowperiod], "Period of the slow mean.",
        cycle_period: usize = 10 in 2..=1_000_000, aliases [cycleperiod], "Values whose range counts.",
    },
    outputs: { value: Percent },
    body: |p| {
        let (fast, slow) = (p.fast_period.min(p.slow_period), p.fast_period.max(p.slow_period));
        format!(
            "let line = talib.ema(close, {fast}) - talib.ema(close, {slow});
            let bottom = min(line, cycle_period);
            let span = max(line, cycle_period) - bottom;
            let place = if(span > 0, 100 * ((line - bottom) / if(span > 0, span, 1)), place[1]) from 0;
            let smooth = smooth[1] + 0.5 * (place - smooth[1]) from place;
            let floor_of = min(smooth, cycle_period);
            let width = max(smooth, cycle_period) - floor_of;
            let second = if(width > 0, 100 * ((smooth - floor_of) / if(width > 0, width, 1)), second[1]) from 0;
            let last = last[1] + 0.5 * (second - last[1]) from second;
            last"
        )
    },
}
