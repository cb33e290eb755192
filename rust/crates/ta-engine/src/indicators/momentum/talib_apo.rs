//! TA-Lib's APO.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// Distance of a fast mean from a slow one, with TA-Lib's means; the shorter period is the fast one.
    ///
    /// ```text
    /// fast, slow = talib.ma(x, fast_period, matype), talib.ma(x, slow_period, matype)
    /// apo = fast - slow
    /// ```
    talib.apo: momentum, version 1,
    source: "TA-Lib, APO",
    series: [close],
    params: {
        fast_period: usize = 12 in 2..=100_000, aliases [fastperiod], "Values that count in one mean.",
        slow_period: usize = 26 in 2..=100_000, aliases [slowperiod], "Values that count in the other.",
        matype: MaType = "ema", "Kind of both means.",
    },
    outputs: { value: Difference },
    body: |p| format!(
        "let fast = talib.ma(close, {}, matype);
        let slow = talib.ma(close, {}, matype);
        fast - slow",
        p.fast_period.min(p.slow_period),
        p.fast_period.max(p.slow_period)
    ),
}
