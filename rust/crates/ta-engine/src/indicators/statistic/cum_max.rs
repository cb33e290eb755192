//! Greatest so far.

use crate::kernel::declare;

declare! {
    /// The greatest value since the first bar.
    ///
    /// ```text
    /// greatest(x, the greatest before)
    /// ```
    cum_max: statistic, version 1,
    source: "The running maximum",
    series: [close by source],
    params: {},
    outputs: { value: Price },
    body: "let top = greatest(top[1], close) from close;
        top",
}
