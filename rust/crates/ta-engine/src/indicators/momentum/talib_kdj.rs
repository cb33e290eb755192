//! KDJ, as TA-Lib has it.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// Stochastic oscillator with a third line, three times the first less twice the second.
    ///
    /// A window without range gives 0. Both means are Wilder's where no other kind is chosen, and begin with plain means.
    ///
    /// ```text
    /// k = talib.ma(100 * (close - min(low, fastk_period)) / (max(high, fastk_period) - min(low, fastk_period)), slowk_period, slowk_matype)
    /// d = talib.ma(k, slowd_period, slowd_matype)
    /// j = 3 * k - 2 * d
    /// ```
    talib.kdj: momentum, version 1,
    source: "TA-Lib, KDJ; George C. Lane's stochastic oscillator",
    fields: [high, low, close],
    params: {
        fastk_period: usize = 9 in 1..=1_000_000, "Bars whose range counts.",
        slowk_period: usize = 3 in 1..=100_000, "Period of the mean that K is.",
        slowk_matype: MaType = "rma", "Kind of the mean that K is.",
        slowd_period: usize = 3 in 1..=100_000, "Period of the mean that D is.",
        slowd_matype: MaType = "rma", "Kind of the mean that D is.",
    },
    outputs: { k: Percent, d: Percent, j: Percent },
    body: "let bottom = min(low, fastk_period);
        let span = max(high, fastk_period) - bottom;
        let first = talib.ma(if(span == 0, 0, 100 * ((close - bottom) / span)), slowk_period, slowk_matype);
        let second = talib.ma(first, slowd_period, slowd_matype);
        let both = first + 0 * second;
        {k: both, d: second, j: 3 * both - 2 * second}",
}
