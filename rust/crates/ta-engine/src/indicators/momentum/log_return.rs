//! Logarithmic return.

use crate::kernel::declare;

declare! {
    /// Natural logarithm of a value over that of some bars before.
    ///
    /// ```text
    /// log(x / x[period])
    /// ```
    log_return: momentum, version 1,
    source: "Returns that add up over time",
    series: [close by source],
    params: {
        period: usize = 1 in 1..=1_000_000, aliases [lookback], "Bars back.",
    },
    outputs: { value: Number },
    body: "log(close / close[period])",
}
