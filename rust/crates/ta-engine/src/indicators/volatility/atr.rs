//! Average True Range.

use super::true_range::TrueRange;
use crate::kernel::{Declared, Kernel, StateError, Visitor, declare};
use crate::lanes::Lanes;
use crate::window::{WilderMean, bars_until};

declare! {
    /// Wilder's mean of the true range, seeded with the plain mean of the first `period` ranges.
    ///
    /// The first bar's range is `high - low`.
    ///
    /// ```text
    /// atr = (1 - 1 / period) * atr[1] + true_range / period
    /// ```
    atr: volatility, kernel Atr, version 1,
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low, close],
    params: { period: usize = 14 in 1..=1_000_000, aliases [lookback], "Ranges that are averaged." },
    outputs: { value: Difference },
}

/// Bars whose ranges are computed side by side while the mean, each of whose values waits for the one before, takes in
/// those of the piece before; as many as the processor's registers hold.
const PIECE: usize = 8;

/// State of `atr`.
#[derive(Debug)]
pub struct Atr<V> {
    range: TrueRange<V>,
    mean: WilderMean<V>,
}

impl<V: Lanes> Kernel<V, 3, 1> for Atr<V> {
    type Params = Params;

    const LOOKS_THROUGH: bool = true;

    fn new(params: &Params) -> Self {
        Atr { range: TrueRange::start(), mean: WilderMean::new(params.period) }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, bar: [V; 3], ready: V::Mask) -> [V; 1] {
        let range = self.range.push::<WARM>(bar, ready);
        self.mean.push_computed::<WARM>([range], ready)
    }

    fn is_warm(&self) -> bool {
        self.mean.is_warm()
    }

    #[inline(always)]
    fn run_while_ready(&mut self, [high, low, close]: [&[V]; 3], [out]: [&mut [V]; 1]) -> usize {
        let (highs, lows, closes) =
            (high.as_chunks::<PIECE>().0, low.as_chunks::<PIECE>().0, close.as_chunks::<PIECE>().0);
        let outs = out.as_chunks_mut::<PIECE>().0;
        let mut taken = 0;
        for (((high, low), close), out) in highs.iter().zip(lows).zip(closes).zip(outs) {
            let Some(ranges) = self.range.run(high, low, close) else { break };
            [*out] = self.mean.run([ranges]);
            taken += PIECE;
        }
        // Ranges are finite, so their means are.
        taken
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.range.visit(visitor)?;
        self.mean.visit(visitor)
    }
}

impl Declared<1> for Params {
    fn warmup(&self) -> [usize; 1] {
        [self.period - 1]
    }

    fn lookback(&self) -> usize {
        self.period + 1 // The oldest range looks at the close before it.
    }

    fn settle(&self, tolerance: f64) -> usize {
        self.period + bars_until(tolerance, 1.0 - 1.0 / self.period as f64)
    }
}
