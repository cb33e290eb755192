//! Average True Range.

use super::true_range::TrueRange;
use crate::incremental::state::StateError;
use crate::kernel::{Declared, Kernel, Visitor, declare};
use crate::lanes::{Lanes, Mask};
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
/// those of the piece before.
const PIECE: usize = 16;

/// State of `atr`.
#[derive(Debug)]
pub struct Atr<V> {
    range: TrueRange<V>,
    mean: WilderMean<V>,
}

impl<V: Lanes> Kernel<V, 3, 1> for Atr<V> {
    type Params = Params;

    fn new(params: &Params) -> Self {
        Atr { range: TrueRange::start(), mean: WilderMean::new(params.period) }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, bar: [V; 3], ready: V::Mask) -> [V; 1] {
        let range = self.range.push::<WARM>(bar, ready);
        self.mean.push::<WARM>([range], ready)
    }

    fn is_warm(&self) -> bool {
        self.mean.is_warm()
    }

    #[inline(always)]
    fn run(&mut self, [high, low, close]: [&[V]; 3], [out]: [&mut [V]; 1]) {
        let ((highs, high), (lows, low)) = (high.as_chunks::<PIECE>(), low.as_chunks::<PIECE>());
        let ((closes, close), (outs, out)) = (close.as_chunks::<PIECE>(), out.as_chunks_mut::<PIECE>());
        for (((high, low), close), out) in highs.iter().zip(lows).zip(closes).zip(outs) {
            *out = self.mean.run(self.range.run(high, low, close));
        }
        for (((high, low), close), out) in high.iter().zip(low).zip(close).zip(out) {
            [*out] = self.step::<true>([*high, *low, *close], V::Mask::ALL);
        }
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
