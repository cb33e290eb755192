//! Williams variable accumulation/distribution as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Traded quantity, by the share of the body in the range of the bar; none where that has no range.
    ///
    /// ```text
    /// volume * (close - open) / (high - low)
    /// ```
    pine.wvad: volume, version 1,
    source: "Pine Script v6, ta.wvad",
    fields: [open, high, low, close, volume],
    params: {},
    outputs: { value: Number },
    readiness: by_data,
    body: "volume * ((close - open) / (high - low))",
}
