//! Accumulation and distribution line.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::add_to;

declare! {
    /// Running sum of volume, each bar's times the place of its close in its range, from -1 at the low to 1 at the high.
    ///
    /// A bar without range adds nothing. The sum is kept with twice the digits of a number, so that it does not drift.
    ///
    /// ```text
    /// ad = ad[1] + volume * ((close - low) - (high - close)) / (high - low)
    /// ```
    ad: volume, kernel AccumulationDistribution, version 1,
    aliases: ["accumulation_distribution"],
    also: [talib.ad()],
    source: "Marc Chaikin, The Accumulation/Distribution Line",
    fields: [high, low, close, volume],
    params: {},
    outputs: { value: Number },
    warmup: |_| [0],
    settle: never,
}

state! {
    /// State of `ad`.
    AccumulationDistribution(_) {
        total: V = V::ZERO,
        /// What the total is off.
        rest: V = V::ZERO,
    }
}

impl<V: Lanes> Kernel<V, 4, 1> for AccumulationDistribution<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [high, low, close, volume]: [V; 4], ready: V::Mask) -> [V; 1] {
        let range = high - low;
        let place = ((close - low) - (high - close)) / range;
        let moved = V::select(range.gt(V::ZERO), place * volume, V::ZERO);
        let [total, rest] = add_to([self.total, self.rest], moved);
        // With which the total overflows, a bar is missing.
        let taken = ready & total.is_ready();
        self.total = V::select(taken, total, self.total);
        self.rest = V::select(taken, rest, self.rest);
        [V::select(taken, total, V::NAN)]
    }
}
