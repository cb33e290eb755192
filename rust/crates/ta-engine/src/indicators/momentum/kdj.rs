//! KDJ.

use crate::kernel::declare;

declare! {
    /// Stochastic oscillator with a third line, three times the first less twice the second.
    ///
    /// The means are Wilder's, begun with plain ones. A window without range gives 50.
    ///
    /// ```text
    /// k = talib.rma(100 * (close - min(low, period)) / (max(high, period) - min(low, period)), k_period)
    /// d = talib.rma(k, d_period)
    /// j = 3 * k - 2 * d
    /// ```
    kdj: momentum, version 1,
    source: "George C. Lane's stochastic oscillator, as Chinese charts show it",
    fields: [high, low, close],
    params: {
        period: usize = 9 in 1..=1_000_000, aliases [lookback], "Bars whose range counts.",
        k_period: usize = 3 in 1..=1_000_000, "Period of the mean that K is.",
        d_period: usize = 3 in 1..=1_000_000, "Period of the mean that D is.",
    },
    outputs: { k: Percent, d: Percent, j: Percent },
    body: "let bottom = min(low, period);
        let span = max(high, period) - bottom;
        let first = talib.rma(if(span == 0, 50, 100 * ((close - bottom) / span)), k_period);
        let second = talib.rma(first, d_period);
        {k: first, d: second, j: 3 * first - 2 * second}",
}
