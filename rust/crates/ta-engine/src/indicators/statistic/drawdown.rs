//! Drawdown.

use crate::kernel::declare;

declare! {
    /// How far a value is below the greatest so far, in percent of that.
    ///
    /// ```text
    /// 100 * (1 - x / cum_max(x))
    /// ```
    drawdown: statistic, version 1,
    source: "Loss from a peak",
    series: [close by source],
    params: {},
    outputs: { value: Percent },
    readiness: by_data,
    body: "let top = greatest(top[1], close) from close;
        100 * ((top - close) / top)",
}
