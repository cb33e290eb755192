//! Yang-Zhang volatility.

use crate::kernel::declare;

declare! {
    /// Volatility by gaps, bodies and ranges of bars, in percent for a year.
    ///
    /// The variances are those of samples.
    ///
    /// ```text
    /// k = 0.34 / (1.34 + (period + 1) / (period - 1))
    /// rs = log(high / close) * log(high / open) + log(low / close) * log(low / open)
    /// 100 * sqrt(annual * (variance of log(open / close[1]) + k * variance of log(close / open) + (1 - k) * sma(rs, period)))
    /// ```
    yang_zhang: volatility, version 1,
    source: "Dennis Yang and Qiang Zhang, Drift-Independent Volatility Estimation Based on High, Low, Open, and Close Prices, 2000",
    fields: [open, high, low, close],
    params: {
        period: usize = 20 in 2..=1_000_000, aliases [lookback], "Bars that count.",
        annual: f64 = 252.0 in 1e-9..=1e9, "Bars in a year.",
    },
    outputs: { value: Percent },
    body: "let gap = rolling_std(log(open / close[1]), period);
        let body = rolling_std(log(close / open), period);
        let within = sma(log(high / close) * log(high / open) + log(low / close) * log(low / open), period);
        let k = 0.34 / (1.34 + (period + 1) / (period - 1));
        let all = period / (period - 1) * (gap * gap + k * body * body) + (1 - k) * greatest(within, 0);
        100 * sqrt(annual * all)",
}
