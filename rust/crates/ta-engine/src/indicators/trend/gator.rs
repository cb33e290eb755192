//! Gator oscillator.

use crate::kernel::declare;

declare! {
    /// How far the lines of `alligator` are apart, as they are drawn at the bar.
    ///
    /// ```text
    /// upper = abs(jaw[jaw_offset] - teeth[teeth_offset])
    /// lower = -abs(teeth[teeth_offset] - lips[lips_offset])
    /// ```
    gator: trend, version 1,
    source: "Bill Williams, New Trading Dimensions, 1998",
    series: [hl2 by source],
    params: {
        jaw: usize = 13 in 1..=1_000_000, "Period of the jaw.",
        jaw_offset: usize = 8 in 0..=1_000, "Bars by which the jaw is drawn ahead.",
        teeth: usize = 8 in 1..=1_000_000, "Period of the teeth.",
        teeth_offset: usize = 5 in 0..=1_000, "Bars by which the teeth are drawn ahead.",
        lips: usize = 5 in 1..=1_000_000, "Period of the lips.",
        lips_offset: usize = 3 in 0..=1_000, "Bars by which the lips are drawn ahead.",
    },
    outputs: { upper: Histogram, lower: Histogram },
    body: "let middle = rolling_rma(hl2, teeth)[teeth_offset];
        {upper: abs(rolling_rma(hl2, jaw)[jaw_offset] - middle), lower: 0 - abs(middle - rolling_rma(hl2, lips)[lips_offset])}",
}
