//! On Balance Volume.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::add_to;

declare! {
    /// Running sum of volume: added where the close rises, taken away where it falls.
    ///
    /// Begins with the first bar's volume. The sum is kept with twice the digits of a number, so that it does not drift.
    ///
    /// ```text
    /// obv = obv[1] + volume * sign(close - close[1])
    /// ```
    obv: volume, kernel Obv, version 1,
    also: [talib.obv()],
    source: "Joseph E. Granville, Granville's New Key to Stock Market Profits, 1963",
    fields: [close, volume],
    params: {},
    outputs: { value: Number },
    warmup: |_| [0],
    // This bar and the close before it.
    lookback: |_| 2,
    settle: never,
}

state! {
    /// State of `obv`.
    Obv(_) {
        /// Close of the bar before; NaN before the first.
        previous: V = V::NAN,
        total: V = V::ZERO,
        /// What the total is off.
        rest: V = V::ZERO,
    }
}

impl<V: Lanes> Kernel<V, 2, 1> for Obv<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [close, volume]: [V; 2], ready: V::Mask) -> [V; 1] {
        let adds = close.gt(self.previous) | !self.previous.is_number();
        let moved = V::select(self.previous.gt(close), -volume, V::ZERO);
        let moved = V::select(adds, volume, moved);
        let [total, rest] = add_to([self.total, self.rest], moved);
        // With which the total overflows, a bar is missing.
        let taken = ready & total.is_ready();
        self.previous = V::select(taken, close, self.previous);
        self.total = V::select(taken, total, self.total);
        self.rest = V::select(taken, rest, self.rest);
        [V::select(taken, total, V::NAN)]
    }
}
