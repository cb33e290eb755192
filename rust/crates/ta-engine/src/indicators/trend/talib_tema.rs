//! TA-Lib's TEMA.

use crate::kernel::declare;

declare! {
    /// Triple exponential mean of means that begin with the plain mean of their first `period` values.
    ///
    /// `tema` is the same of means that are seeded by their first input.
    talib.tema: trend, version 1,
    source: "TA-Lib, TEMA",
    series: [close by source],
    params: {
        period: usize = 30 in 1..=100_000, aliases [timeperiod], "Sets the weight of the newest value.",
    },
    outputs: { value: Price },
    body: "talib.ma(close, period, 'tema')",
}
