//! On-balance volume as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Running sum of volumes with the sign of the change of the close, from the second bar on.
    ///
    /// ```text
    /// sum of volume * signum(close - close[1])
    /// ```
    pine.obv: volume, version 1,
    source: "Pine Script v6, ta.obv",
    fields: [close, volume],
    params: {},
    outputs: { value: Number },
    body: "let signed = volume * signum(close - close[1]);
        let total = total[1] + signed from 0;
        total",
}
