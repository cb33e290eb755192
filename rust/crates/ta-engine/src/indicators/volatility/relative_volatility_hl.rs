//! Relative Volatility Index of highs and lows.

use crate::kernel::declare;

declare! {
    /// Mean of the Relative Volatility Indices of highs and of lows: Dorsey's revision.
    ///
    /// ```text
    /// relative_volatility_hl = (relative_volatility(high, ...) + relative_volatility(low, ...)) / 2
    /// ```
    relative_volatility_hl: volatility, version 1,
    also: [talib.rvir(period as timeperiod, deviation_period as stddevperiod)],
    source: "Donald G. Dorsey, Refining the Relative Volatility Index, Stocks & Commodities, 1995",
    fields: [high, low],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Deviations that are averaged.",
        deviation_period: usize = 10 in 2..=1_000_000, "Values of a deviation.",
    },
    outputs: { value: Percent },
    body: "0.5 * (relative_volatility(high, period, deviation_period) + relative_volatility(low, period, deviation_period))",
}
