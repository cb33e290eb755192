//! True Range.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::{Lanes, all_finite};

declare! {
    /// Greatest distance that price covered since the last close; `high - low` on the first bar.
    ///
    /// ```text
    /// true_range = max(high - low, |high - close[1]|, |low - close[1]|)
    /// ```
    true_range: volatility, kernel TrueRange, version 1,
    aliases: ["tr"],
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low, close],
    params: {},
    outputs: { value: Difference },
    warmup: |_| [0],
    // This bar and the close before it.
    lookback: |_| 2,
}

state! {
    /// State of `true_range`.
    TrueRange(_) {
        /// Close of the bar before; NaN before the first.
        previous: V = V::NAN,
    }
}

/// The range from the close before; of numbers only, which is enough where there was a bar before.
#[inline(always)]
fn whole<V: Lanes>(high: V, low: V, previous: V) -> V {
    (high - low).greater((high - previous).abs().greater((low - previous).abs()))
}

impl<V: Lanes> TrueRange<V> {
    /// Takes a bar in the lanes that are ready and gives its range, infinite where that overflows.
    #[inline(always)]
    pub fn push<const WARM: bool>(&mut self, [high, low, close]: [V; 3], ready: V::Mask) -> V {
        let whole = whole(high, low, self.previous);
        let first = high - low;
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
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, bar: [V; 3], ready: V::Mask) -> [V; 1] {
        [self.push::<WARM>(bar, ready)]
    }
}
