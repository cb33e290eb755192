//! TA-Lib's STOCHF.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// Fast stochastic with a mean of any kind; a window without range gives 0, where `stochf` gives 50.
    ///
    /// ```text
    /// k = 100 * (close - lowest low) / (highest high - lowest low)     d = talib.ma(k, fastd_period, fastd_matype)
    /// ```
    talib.stochf: momentum, version 1,
    source: "TA-Lib, STOCHF",
    fields: [high, low, close],
    params: {
        fastk_period: usize = 5 in 1..=100_000, "Bars whose range counts.",
        fastd_period: usize = 3 in 1..=100_000, "Values of %K that %D averages.",
        fastd_matype: MaType = "sma", "Kind of %D's mean.",
    },
    outputs: { k: Percent, d: Percent },
    body: "let top = max(high, fastk_period);
        let bottom = min(low, fastk_period);
        let fast = if(top == bottom, 0, 100 * ((close - bottom) / (top - bottom)));
        {k: fast, d: talib.ma(fast, fastd_period, fastd_matype)}",
}
