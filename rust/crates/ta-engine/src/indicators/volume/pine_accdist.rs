//! Accumulation/distribution as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Running sum of volumes, each by where in the range of its bar the close is.
    ///
    /// ```text
    /// sum of volume * (2 * close - high - low) / (high - low)
    /// ```
    pine.accdist: volume, version 1,
    source: "Pine Script v6, ta.accdist",
    fields: [high, low, close, volume],
    params: {},
    outputs: { value: Number },
    body: "let width = high - low;
        let flow = if(width == 0, 0, volume * ((close - low - (high - close)) / if(width == 0, 1, width)));
        let total = total[1] + flow from 0;
        total",
}
