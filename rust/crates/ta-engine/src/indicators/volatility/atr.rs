//! Average True Range.

use super::true_range::{self, FirstRange, TrueRange};
use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::{WilderMean, bars_until};

declare! {
    /// Wilder's mean of the true range, seeded with the plain mean of the first `period` ranges.
    ///
    /// The first bar's range is `high - low`; TA-Lib leaves it out.
    ///
    /// ```text
    /// atr = (1 - 1 / period) * atr[1] + true_range / period
    /// ```
    atr: volatility, kernel Atr, version 1,
    also: [talib.atr(period = 14 as timeperiod, first = "none"), pine.atr(period as length)],
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low, close],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Ranges that are averaged.",
        first: FirstRange = "high_low", "What the range of the first bar is.",
    },
    outputs: { value: Difference },
    warmup: |p| [p.period - 1 + p.first.bars()],
    // The oldest range looks at the close before it.
    lookback: |p| p.period + 1,
    settle: |p, tolerance| p.period + bars_until(tolerance, 1.0 - 1.0 / p.period as f64),
}

/// Bars whose ranges are computed side by side while the mean, each of whose values waits for the one before, takes in
/// those of the piece before; as many as the processor's registers hold.
const PIECE: usize = 8;

state! {
    /// State of `atr`.
    Atr(params) {
        range: TrueRange<V> = TrueRange::new(&true_range::Params { first: params.first }),
        mean: WilderMean<V> = WilderMean::new(params.period),
    }
}

impl<V: Lanes> Kernel<V, 3, 1> for Atr<V> {
    const LOOKS_THROUGH: bool = true;

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, bar: [V; 3], ready: V::Mask) -> [V; 1] {
        let range = self.range.push::<WARM>(bar, ready);
        self.mean.push_computed::<WARM>([range], ready)
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
}
