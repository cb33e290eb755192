//! Rogers-Satchell volatility.

use crate::kernel::declare;

declare! {
    /// Volatility from open, high, low and close, which a trend does not disturb.
    ///
    /// It is annualised by the square root of `annualization` bars; 0 takes the bars as they are.
    ///
    /// ```text
    /// x = log(high / close) * log(high / open) + log(low / close) * log(low / open)
    /// rogers_satchell = sqrt(annualization * sma(x, period))
    /// ```
    rogers_satchell: volatility, version 1,
    also: [talib.rogerssatchell(period as timeperiod)],
    source: "L. C. G. Rogers and S. E. Satchell, Estimating Variance from High, Low and Closing Prices, 1991",
    fields: [open, high, low, close],
    params: {
        period: usize = 10 in 1..=1_000_000, aliases [lookback], "Bars that count.",
        annualization: f64 = 252.0 in 1e-9..=1e9, "Bars of a year.",
    },
    outputs: { value: Number },
    body: "let up = log(high / close) * log(high / open);
        let down = log(low / close) * log(low / open);
        sqrt(annualization * greatest(sma(up + down, period), 0))",
}
