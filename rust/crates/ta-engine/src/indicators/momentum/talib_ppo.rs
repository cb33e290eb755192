//! TA-Lib's PPO.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// Distance of a fast mean from a slow one, in percent of the slow one, 0 where that is 0, with TA-Lib's means; the shorter period is the fast one.
    ///
    /// ```text
    /// fast, slow = talib.ma(x, fast_period, matype), talib.ma(x, slow_period, matype)
    /// ppo = 100 * (fast - slow) / slow
    /// ```
    talib.ppo: momentum, version 1,
    source: "TA-Lib, PPO",
    series: [close],
    params: {
        fast_period: usize = 12 in 2..=100_000, aliases [fastperiod], "Values that count in one mean.",
        slow_period: usize = 26 in 2..=100_000, aliases [slowperiod], "Values that count in the other.",
        matype: MaType = "ema", "Kind of both means.",
    },
    outputs: { value: Percent },
    body: |p| format!(
        "let fast = talib.ma(close, {}, matype);
        let slow = talib.ma(close, {}, matype);
        if(slow == 0, 0, 100 * ((fast - slow) / slow))",
        p.fast_period.min(p.slow_period),
        p.fast_period.max(p.slow_period)
    ),
}
