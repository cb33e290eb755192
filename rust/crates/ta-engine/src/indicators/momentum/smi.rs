//! Stochastic Momentum Index.

use crate::kernel::declare;

declare! {
    /// Distance of the close from the middle of the last bars' range, doubly averaged, in percent of half that range,
    /// averaged alike.
    ///
    /// The means begin with their first values. While there is no range the value is 0.
    ///
    /// ```text
    /// smi    = 200 * ema(ema(close - middle, slow_period), fast_period) / ema(ema(span, slow_period), fast_period)
    /// middle = (max(high, period) + min(low, period)) / 2
    /// span   = max(high, period) - min(low, period)
    /// signal = ema(smi, signal_period)
    /// ```
    smi: momentum, version 1,
    source: "William Blau, Stochastic Momentum, Technical Analysis of Stocks & Commodities, 1993",
    fields: [high, low, close],
    params: {
        period: usize = 13 in 1..=1_000_000, aliases [lookback], "Bars whose range counts.",
        fast_period: usize = 2 in 1..=1_000_000, "Period of the second mean.",
        slow_period: usize = 25 in 1..=1_000_000, "Period of the first mean.",
        signal_period: usize = 9 in 1..=1_000_000, "Period of the signal.",
    },
    outputs: { smi: Number, signal: Number },
    body: "let top = max(high, period) / 1024;
        let bottom = min(low, period) / 1024;
        let span = ema(ema(top - bottom, slow_period), fast_period);
        let apart = ema(ema(close / 1024 - 0.5 * (top + bottom), slow_period), fast_period);
        let index = if(span == 0, 0, 200 * (apart / span));
        {smi: index, signal: ema(index, signal_period)}",
}
