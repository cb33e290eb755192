//! Width of the Keltner channel as in Pine Script.

use crate::kernel::declare;

declare! {
    /// From the lower line to the upper one, as a share of the middle.
    ///
    /// ```text
    /// (upper - lower) / middle
    /// ```
    pine.kcw: volatility, version 1,
    source: "Pine Script v6, ta.kcw",
    fields: [high, low, close],
    params: {
        length: usize = 20 in 1..=1_000_000, aliases [period], "Period of the means.",
        mult: f64 = 2.0 in 1e-9..=1e9, aliases [multiplier], "Mean ranges from the middle to a line.",
    },
    outputs: { value: Number },
    readiness: by_data,
    body: "let channel = pine.kc(length, mult);
        (channel.upper - channel.lower) / channel.middle",
}
