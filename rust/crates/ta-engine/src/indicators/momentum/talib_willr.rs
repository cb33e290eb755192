//! TA-Lib's WILLR.

use crate::kernel::declare;

declare! {
    /// Williams %R as TA-Lib has it: 0 without a range, where `williams_r` is -50.
    ///
    /// ```text
    /// willr = -100 * (highest high - close) / (highest high - lowest low)
    /// ```
    talib.willr: momentum, version 1,
    source: "TA-Lib, WILLR",
    fields: [high, low, close],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [timeperiod], "Bars whose range counts.",
    },
    outputs: { value: Percent },
    body: "let top = max(high, period);
        let bottom = min(low, period);
        if(top == bottom, 0, -100 * ((top - close) / (top - bottom)))",
}
