//! Intraday intensity.

use crate::kernel::declare;

declare! {
    /// Traded quantity, by where in the range of the bar the close is: all of it at the high, none in the middle, all of it less than 0 at the low.
    ///
    /// A bar without a range gives 0. (`ta.iii` of Pine Script divides by the volume.)
    ///
    /// ```text
    /// volume * (2 * close - high - low) / (high - low)
    /// ```
    intraday_intensity: volume, version 1,
    aliases: ["iii"],
    source: "David Bostian, Intraday Intensity Index",
    fields: [high, low, close, volume],
    params: {},
    outputs: { value: Number },
    body: "let width = high - low;
        if(width == 0, 0, volume * ((close - low - (high - close)) / width))",
}
