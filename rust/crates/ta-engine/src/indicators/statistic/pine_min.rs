//! Least so far as in Pine Script.

use crate::kernel::declare;

declare! {
    /// The least value since the first bar.
    pine.min: statistic, version 1,
    source: "Pine Script v6, ta.min",
    series: [close by source],
    params: {},
    outputs: { value: Price },
    body: "cum_min(close)",
}
