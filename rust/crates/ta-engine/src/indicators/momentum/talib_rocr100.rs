//! TA-Lib's ROCR100.

use crate::kernel::declare;

declare! {
    /// Ratio to the value of `period` ago, in percent, 0 where that value is 0.
    ///
    /// ```text
    /// rocr100 = 100 * x / x[period]
    /// ```
    talib.rocr100: momentum, version 1,
    source: "TA-Lib, ROCR100",
    series: [close],
    params: {
        period: usize = 10 in 1..=100_000, aliases [timeperiod], "Bars back.",
    },
    outputs: { value: Percent },
    body: |p| format!("if(close[{0}] == 0, 0 * close, 100 * (close / close[{0}]))", p.period),
}
