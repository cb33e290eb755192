//! True Range.

use crate::kernel::{Kernel, choice, declare, state};
use crate::lanes::{Lanes, all_finite};

choice! {
    /// What the first bar, which has no close before it, gives.
    FirstRange {
        /// Its high less its low.
        HighLow "high_low",
        /// Nothing.
        None "none",
    }
}

declare! {
    /// Greatest distance that price covered since the last close; on the first bar `high - low`, or none.
    ///
    /// ```text
    /// true_range = max(high - low, |high - close[1]|, |low - close[1]|)
    /// ```
    true_range: volatility, kernel TrueRange, version 1,
    aliases: ["tr", "trange"],
    also: [talib.trange(first = "none")],
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low, close],
    params: { first: FirstRange = "high_low", "What the first bar gives." },
    outputs: { value: Difference },
    warmup: |p| [p.first.bars()],
    // This bar and the close before it.
    lookback: |_| 2,
}

impl FirstRange {
    /// Bars before the first range.
    pub fn bars(self) -> usize {
        usize::from(self == FirstRange::None)
    }
}

state! {
    /// State of `true_range`.
    TrueRange(params) {
        /// Close of the bar before; NaN before the first.
        previous: V = V::NAN,
    }
    set {
        /// What the span of the first bar is multiplied by.
        first: f64 = if params.first == FirstRange::None { f64::NAN } else { 1.0 },
    }
}

/// The range from the close before; of numbers only, which is enough where there was a bar before.
#[inline(always)]
fn whole<V: Lanes>(high: V, low: V, previous: V) -> V {
    (high - low).greater((high - previous).abs().greater((low - previous).abs()))
}

impl<V: Lanes> TrueRange<V> {
    /// True where there was a bar before.
    #[inline(always)]
    pub fn has_before(&self) -> V::Mask {
        self.previous.is_number()
    }

    /// Takes a bar in the lanes that are ready and gives its range, infinite where that overflows and NaN
    /// where the first bar has none.
    #[inline(always)]
    pub fn push<const WARM: bool>(&mut self, [high, low, close]: [V; 3], ready: V::Mask) -> V {
        let whole = whole(high, low, self.previous);
        let first = V::splat(self.first) * (high - low);
        let value = if WARM { whole } else { V::select(self.previous.is_number(), whole, first) };
        self.previous = V::keep::<WARM>(ready, close, self.previous);
        value
    }

    /// Takes some bars and gives their ranges, if all are ready and no range overflows; there was a bar before.
    #[inline(always)]
    pub fn run<const N: usize>(&mut self, high: &[V; N], low: &[V; N], close: &[V; N]) -> Option<[V; N]> {
        let mut previous = [self.previous; N];
        previous[1..].copy_from_slice(&close[..N - 1]);
        let (mut spans, mut ranges) = ([V::ZERO; N], [V::ZERO; N]);
        for bar in 0..N {
            spans[bar] = high[bar] - low[bar];
            ranges[bar] = whole(high[bar], low[bar], previous[bar]);
        }
        // A span tells of a high or a low that is not a number, which a range may hide.
        if !all_finite([&spans, &ranges, close]) {
            return None;
        }
        self.previous = close[N - 1];
        Some(ranges)
    }
}

impl<V: Lanes> Kernel<V, 3, 1> for TrueRange<V> {
    const WARM_BEFORE_FIRST: bool = true;

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, bar: [V; 3], ready: V::Mask) -> [V; 1] {
        [self.push::<WARM>(bar, ready)]
    }
}
