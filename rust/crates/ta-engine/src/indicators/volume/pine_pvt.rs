//! Price-volume trend as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Running sum of volumes, each times the change of the close as a share, from the second bar on.
    ///
    /// ```text
    /// sum of volume * (close - close[1]) / close[1]
    /// ```
    pine.pvt: volume, version 1,
    source: "Pine Script v6, ta.pvt",
    fields: [close, volume],
    params: {},
    outputs: { value: Number },
    body: "cum_sum(volume * ((close - close[1]) / close[1]))",
}
