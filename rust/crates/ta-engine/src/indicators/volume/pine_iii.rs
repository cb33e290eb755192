//! Intraday intensity index as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Where in the range of the bar the close is, over the volume.
    ///
    /// ```text
    /// (2 * close - high - low) / ((high - low) * volume)
    /// ```
    pine.iii: volume, version 1,
    source: "Pine Script v6, ta.iii",
    fields: [high, low, close, volume],
    params: {},
    outputs: { value: Number },
    readiness: by_data,
    body: "(close - low - (high - close)) / (high - low) / volume",
}
