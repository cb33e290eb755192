//! Width of Bollinger Bands as in Pine Script.

use crate::kernel::declare;

declare! {
    /// From the lower band to the upper one, in percent of the middle.
    ///
    /// ```text
    /// 100 * (upper - lower) / middle
    /// ```
    pine.bbw: volatility, version 1,
    source: "Pine Script v6, ta.bbw",
    series: [close by source],
    params: {
        length: usize = 20 in 1..=1_000_000, aliases [period], "Values that count.",
        mult: f64 = 2.0 in 1e-9..=1e9, aliases [multiplier], "Standard deviations from the middle to a band.",
    },
    outputs: { value: Percent },
    readiness: by_data,
    body: "let bands = bbands(close, length, mult);
        100 * ((bands.upper - bands.lower) / bands.middle)",
}
