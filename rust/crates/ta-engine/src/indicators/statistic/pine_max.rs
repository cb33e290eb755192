//! Greatest so far as in Pine Script.

use crate::kernel::declare;

declare! {
    /// The greatest value since the first bar.
    pine.max: statistic, version 1,
    source: "Pine Script v6, ta.max",
    series: [close by source],
    params: {},
    outputs: { value: Price },
    body: "cum_max(close)",
}
