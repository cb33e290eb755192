//! TA-Lib's ROCR.

use crate::kernel::declare;

declare! {
    /// Ratio to the value of `period` ago, 0 where that value is 0.
    ///
    /// ```text
    /// rocr = x / x[period]
    /// ```
    talib.rocr: momentum, version 1,
    source: "TA-Lib, ROCR",
    series: [close],
    params: {
        period: usize = 10 in 1..=100_000, aliases [timeperiod], "Bars back.",
    },
    outputs: { value: Number },
    body: |p| format!("if(close[{0}] == 0, 0 * close, close / close[{0}])", p.period),
}
