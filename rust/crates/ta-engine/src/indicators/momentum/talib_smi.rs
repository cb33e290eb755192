//! Stochastic Momentum Index, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Distance of the close from the middle of the last bars' range, doubly averaged, in percent of half that range,
    /// averaged alike.
    ///
    /// Each mean begins with the plain mean of its first values. While there is no range the value is 0. Both outputs have
    /// their first value on one bar.
    ///
    /// ```text
    /// as smi, of means of talib.ema
    /// ```
    talib.smi: momentum, version 1,
    source: "TA-Lib, SMI; William Blau, Stochastic Momentum, Technical Analysis of Stocks & Commodities, 1993",
    fields: [high, low, close],
    params: {
        period: usize = 13 in 2..=1_000_000, aliases [timeperiod], "Bars whose range counts.",
        fast_period: usize = 2 in 2..=1_000_000, aliases [fastperiod], "Period of the second mean.",
        slow_period: usize = 25 in 2..=1_000_000, aliases [slowperiod], "Period of the first mean.",
        signal_period: usize = 9 in 2..=1_000_000, aliases [signalperiod], "Period of the signal.",
    },
    outputs: { smi: Number, smisignal: Number },
    body: "let top = max(high, period) / 1024;
        let bottom = min(low, period) / 1024;
        let span = talib.ema(talib.ema(top - bottom, slow_period), fast_period);
        let apart = talib.ema(talib.ema(close / 1024 - 0.5 * (top + bottom), slow_period), fast_period);
        let index = if(span == 0, 0, 200 * (apart / span));
        let average = talib.ema(index, signal_period);
        {smi: index + 0 * average, smisignal: average}",
}
