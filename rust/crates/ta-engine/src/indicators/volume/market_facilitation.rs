//! Market Facilitation Index.

use crate::kernel::declare;

declare! {
    /// Distance from low to high per unit of volume.
    ///
    /// Without volume there is no value.
    ///
    /// ```text
    /// market_facilitation = (high - low) / volume
    /// ```
    market_facilitation: volume, version 1,
    source: "Bill Williams, Trading Chaos, 1995",
    fields: [high, low, volume],
    params: {},
    outputs: { value: Number },
    readiness: by_data,
    body: "(high - low) / volume",
}
