//! TA-Lib's NATR.

use crate::kernel::declare;

declare! {
    /// TA-Lib's average true range, which begins with the second bar's, in percent of the close; 0 where that is 0.
    ///
    /// ```text
    /// natr = 100 * talib.atr(period) / close
    /// ```
    talib.natr: volatility, version 1,
    source: "TA-Lib, NATR",
    fields: [high, low, close],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [timeperiod], "Ranges that are averaged.",
    },
    outputs: { value: Percent },
    readiness: by_data,
    body: "let width = talib.atr(period, high=high, low=low, close=close);
        if(close == 0, 0 * width, 100 * (width / close))",
}
