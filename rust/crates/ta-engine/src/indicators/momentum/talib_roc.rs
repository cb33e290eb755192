//! TA-Lib's ROC.

use crate::kernel::declare;

declare! {
    /// Change in percent since the value of `period` ago, 0 where that value is 0.
    ///
    /// ```text
    /// roc = 100 * ((x - x[period]) / x[period])
    /// ```
    talib.roc: momentum, version 1,
    source: "TA-Lib, ROC",
    series: [close],
    params: {
        period: usize = 10 in 1..=100_000, aliases [timeperiod], "Bars back.",
    },
    outputs: { value: Percent },
    body: |p| format!("if(close[{0}] == 0, 0 * close, 100 * ((close - close[{0}]) / close[{0}]))", p.period),
}
