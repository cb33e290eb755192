//! Relative Volatility Index.

use crate::kernel::declare;

declare! {
    /// Share of rises in the deviations of the last values, from 0 to 100: as RSI, of deviations in place of changes.
    ///
    /// The means are Wilder's, begun with plain ones. Where nothing varies it is 50.
    ///
    /// ```text
    /// up   = talib.rma(where x rises rolling_std(x, deviation_period), else 0, period)
    /// down = talib.rma(where x falls rolling_std(x, deviation_period), else 0, period)
    /// relative_volatility = 100 * up / (up + down)
    /// ```
    relative_volatility: volatility, version 1,
    also: [talib.rvi(period as timeperiod, deviation_period as stddevperiod)],
    source: "Donald G. Dorsey, The Relative Volatility Index, Technical Analysis of Stocks & Commodities, 1993",
    series: [close by source],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Deviations that are averaged.",
        deviation_period: usize = 10 in 2..=1_000_000, aliases [stddevperiod], "Values of a deviation.",
    },
    outputs: { value: Percent },
    body: "let width = rolling_std(close, deviation_period);
        let up = talib.rma(if(close > close[1], width, 0 * width), period);
        let down = talib.rma(if(close < close[1], width, 0 * width), period);
        if(up + down == 0, 50, 100 * (up / (up + down)))",
}
