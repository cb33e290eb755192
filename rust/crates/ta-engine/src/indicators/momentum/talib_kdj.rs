//! KDJ, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Stochastic oscillator with a third line, three times the first less twice the second.
    ///
    /// Both means begin with plain means. A window without range gives 0. Both are Wilder's, TA-Lib's default; other kinds
    /// are those of `talib.stoch`.
    ///
    /// ```text
    /// k = talib.rma(100 * (close - min(low, fastk_period)) / (max(high, fastk_period) - min(low, fastk_period)), slowk_period)
    /// d = talib.rma(k, slowd_period)
    /// j = 3 * k - 2 * d
    /// ```
    talib.kdj: momentum, version 1,
    source: "TA-Lib, KDJ; George C. Lane's stochastic oscillator",
    fields: [high, low, close],
    params: {
        fastk_period: usize = 9 in 1..=1_000_000, "Bars whose range counts.",
        slowk_period: usize = 3 in 1..=1_000_000, "Period of the mean that K is.",
        slowd_period: usize = 3 in 1..=1_000_000, "Period of the mean that D is.",
    },
    outputs: { k: Percent, d: Percent, j: Percent },
    body: "let bottom = min(low, fastk_period);
        let span = max(high, fastk_period) - bottom;
        let first = talib.rma(if(span == 0, 0, 100 * ((close - bottom) / span)), slowk_period);
        let second = talib.rma(first, slowd_period);
        let both = first + 0 * second;
        {k: both, d: second, j: 3 * both - 2 * second}",
}
