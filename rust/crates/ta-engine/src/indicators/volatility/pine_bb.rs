//! Bollinger Bands as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Mean of a window and bands some population standard deviations above and below it, the middle first.
    pine.bb: volatility, version 1,
    source: "Pine Script v6, ta.bb",
    series: [close by source],
    params: {
        length: usize = 20 in 1..=1_000_000, aliases [period], "Values that count.",
        mult: f64 = 2.0 in 1e-9..=1e9, aliases [multiplier], "Standard deviations from the middle to a band.",
    },
    outputs: { middle: Price, upper: Price, lower: Price },
    body: "let bands = bbands(close, length, mult);
        {middle: bands.middle, upper: bands.upper, lower: bands.lower}",
}
