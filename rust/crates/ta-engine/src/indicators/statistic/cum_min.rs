//! Least so far.

use crate::kernel::declare;

declare! {
    /// The least value since the first bar.
    ///
    /// ```text
    /// least(x, the least before)
    /// ```
    cum_min: statistic, version 1,
    source: "The running minimum",
    series: [close by source],
    params: {},
    outputs: { value: Price },
    body: "let bottom = least(bottom[1], close) from close;
        bottom",
}
