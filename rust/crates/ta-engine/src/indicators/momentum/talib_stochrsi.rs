//! TA-Lib's STOCHRSI.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// Fast stochastic of the relative strength, with a mean of any kind; a strength that does not move gives 0, where `stoch_rsi` gives 50.
    ///
    /// ```text
    /// strength = talib.rsi(x, period)
    /// k = 100 * (strength - min(strength, fastk_period)) / (max(strength, fastk_period) - min(strength, fastk_period))
    /// d = talib.ma(k, fastd_period, fastd_matype)
    /// ```
    talib.stochrsi: momentum, version 1,
    source: "TA-Lib, STOCHRSI",
    series: [close],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [timeperiod], "Changes that the strength averages.",
        fastk_period: usize = 5 in 1..=100_000, "Strengths whose range counts.",
        fastd_period: usize = 3 in 1..=100_000, "Values of %K that %D averages.",
        fastd_matype: MaType = "sma", "Kind of %D's mean.",
    },
    outputs: { k: Percent, d: Percent },
    body: "let strength = talib.rsi(close, period);
        let top = max(strength, fastk_period);
        let bottom = min(strength, fastk_period);
        let fast = if(top == bottom, 0, 100 * ((strength - bottom) / (top - bottom)));
        {k: fast, d: talib.ma(fast, fastd_period, fastd_matype)}",
}
