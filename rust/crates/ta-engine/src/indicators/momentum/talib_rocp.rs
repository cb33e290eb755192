//! TA-Lib's ROCP.

use crate::kernel::declare;

declare! {
    /// Change since the value of `period` ago as a share of it, 0 where that value is 0.
    ///
    /// ```text
    /// rocp = (x - x[period]) / x[period]
    /// ```
    talib.rocp: momentum, version 1,
    source: "TA-Lib, ROCP",
    series: [close],
    params: {
        period: usize = 10 in 1..=100_000, aliases [timeperiod], "Bars back.",
    },
    outputs: { value: Number },
    body: |p| format!("if(close[{0}] == 0, 0 * close, (close - close[{0}]) / close[{0}])", p.period),
}
