//! Klinger Volume Oscillator.

use crate::kernel::declare;

declare! {
    /// Distance of a fast mean of volume force from a slow one, and its mean.
    ///
    /// The force begins with the second bar, and the means with it. The trend is up where the sum of high, low and close
    /// rises, down where it falls, and stays where it stands.
    ///
    /// ```text
    /// range  = high - low
    /// sum    = sum[1] + range, from range[1] + range where the trend turns
    /// force  = volume * abs(2 * range / sum - 1) * 100, with the sign of the trend
    /// kvo    = ema(force, fast_period) - ema(force, slow_period)
    /// signal = ema(kvo, signal_period)
    /// ```
    klinger: volume, version 1,
    source: "Stephen J. Klinger, Identifying Trends with Volume Analysis, Stocks & Commodities, 1997",
    fields: [high, low, close, volume],
    params: {
        fast_period: usize = 34 in 1..=1_000_000, aliases [fastperiod], "Period of the fast mean.",
        slow_period: usize = 55 in 1..=1_000_000, aliases [slowperiod], "Period of the slow mean.",
        signal_period: usize = 13 in 1..=1_000_000, aliases [signalperiod], "Period of the signal.",
    },
    outputs: { kvo: Difference, signal: Difference },
    body: "let total = high + low + close;
        let lean = if(total > nz(total[1], total), 1, if(total < nz(total[1], total), -1, lean[1])) from 1;
        let span = high - low;
        let sum_of = if(lean == nz(lean[1], 1), sum_of[1], nz(span[1], 0)) + span from 0;
        let force = if(sum_of == 0, 0 * span[1], volume * abs(2 * (span / sum_of) - 1) * 100 * lean + 0 * span[1]);
        let line = ema(force, fast_period) - ema(force, slow_period);
        {kvo: line, signal: ema(line, signal_period)}",
}
