//! TA-Lib's STOCH.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// Slow stochastic with means of any kind; a window without range gives 0, where `stochastic` gives 50.
    ///
    /// ```text
    /// fast = 100 * (close - lowest low) / (highest high - lowest low)
    /// k    = talib.ma(fast, slowk_period, slowk_matype)     d = talib.ma(k, slowd_period, slowd_matype)
    /// ```
    talib.stoch: momentum, version 1,
    source: "TA-Lib, STOCH",
    fields: [high, low, close],
    params: {
        fastk_period: usize = 5 in 1..=100_000, "Bars whose range counts.",
        slowk_period: usize = 3 in 1..=100_000, "Values that %K averages.",
        slowk_matype: MaType = "sma", "Kind of %K's mean.",
        slowd_period: usize = 3 in 1..=100_000, "Values of %K that %D averages.",
        slowd_matype: MaType = "sma", "Kind of %D's mean.",
    },
    outputs: { k: Percent, d: Percent },
    body: "let top = max(high, fastk_period);
        let bottom = min(low, fastk_period);
        let fast = if(top == bottom, 0, 100 * ((close - bottom) / (top - bottom)));
        let slow = talib.ma(fast, slowk_period, slowk_matype);
        {k: slow, d: talib.ma(slow, slowd_period, slowd_matype)}",
}
