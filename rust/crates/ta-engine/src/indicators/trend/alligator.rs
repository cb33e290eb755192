//! Alligator.

use crate::kernel::declare;

declare! {
    /// Three smoothed means of the middle of the bar, drawn some bars ahead.
    ///
    /// Values stay with the bar that gave them; what is drawn at a bar is `jaw[jaw_offset]`. The means are
    /// `rolling_rma`, which begin with the first value; MetaTrader's begin with a plain mean.
    ///
    /// ```text
    /// jaw, teeth, lips = rolling_rma((high + low) / 2, period)
    /// ```
    alligator: trend, version 1,
    source: "Bill Williams, Trading Chaos, 1995",
    series: [hl2 by source],
    params: {
        jaw: usize = 13 in 1..=1_000_000, "Period of the jaw.",
        jaw_offset: usize = 8 in 0..=1_000, "Bars by which the jaw is drawn ahead.",
        teeth: usize = 8 in 1..=1_000_000, "Period of the teeth.",
        teeth_offset: usize = 5 in 0..=1_000, "Bars by which the teeth are drawn ahead.",
        lips: usize = 5 in 1..=1_000_000, "Period of the lips.",
        lips_offset: usize = 3 in 0..=1_000, "Bars by which the lips are drawn ahead.",
    },
    outputs: { jaw: Price at + jaw_offset, teeth: Price at + teeth_offset, lips: Price at + lips_offset },
    body: "{jaw: rolling_rma(hl2, jaw), teeth: rolling_rma(hl2, teeth), lips: rolling_rma(hl2, lips)}",
}
