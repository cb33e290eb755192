//! Williams variable accumulation/distribution.

use crate::kernel::declare;

declare! {
    /// Traded quantity, by the share of the body in the range of the bar.
    ///
    /// A bar without a range gives 0.
    ///
    /// ```text
    /// volume * (close - open) / (high - low)
    /// ```
    wvad: volume, version 1,
    source: "Larry Williams, How I Made One Million Dollars, 1973",
    fields: [open, high, low, close, volume],
    params: {},
    outputs: { value: Number },
    body: "let width = high - low;
        if(width == 0, 0, volume * ((close - open) / width))",
}
