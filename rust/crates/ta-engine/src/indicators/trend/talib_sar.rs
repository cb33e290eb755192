//! Parabolic Stop And Reverse, as TA-Lib has it.

use crate::indicators::parabolic::{Beginning, Pace, ParabolicStop, Speed};
use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;

declare! {
    /// The parabolic stop with TA-Lib's beginning and turns.
    ///
    /// The trend of the second bar, which has the first value, is down if its low fell below the first bar's by more than its
    /// high rose above, else up; its stop is the first bar's low or high. A price on the stop turns it, and a stop that has
    /// turned stands at the extreme of the trend that is over, or beyond it where one of the last two bars is.
    ///
    /// ```text
    /// sar = sar[1] + af * (extreme - sar[1]), while the trend is up no higher than low[1] and low[2]
    /// ```
    talib.sar: trend, kernel Sar, version 1,
    source: "TA-Lib, SAR, after J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low],
    params: {
        acceleration: f64 = 0.02 in 0.0..=1.0,
            "First share of the way to the extreme that the stop goes on one bar, and by how much it grows.",
        maximum: f64 = 0.2 in 0.0..=1.0, "Where the share stops growing; holds for the first one, too.",
    },
    outputs: { value: Price },
    // The trend of the second bar is that from the first.
    warmup: |_| [1],
    lookback: |_| 3,
    settle: depends_on_data,
}

state! {
    /// State of `talib.sar`.
    Sar(params) {
        stop: ParabolicStop<V> = ParabolicStop::new(),
    }
    set {
        pace: Pace = Pace {
            speeds: {
                let start = params.acceleration.min(params.maximum);
                [Speed { start, increment: start, most: params.maximum }; 2]
            },
            offset: 0.0,
            turns_when_touched: true,
            clears_bars: true,
        },
    }
}

impl<V: Lanes> Kernel<V, 2, 1> for Sar<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, bar: [V; 2], ready: V::Mask) -> [V; 1] {
        if WARM {
            return [self.stop.step::<true, true>(&self.pace, bar, ready, Beginning::NOWHERE).0];
        }
        let (beginning, has_before) = self.stop.beginning_by_movement(bar);
        let (stop, _) = self.stop.step::<false, true>(&self.pace, bar, ready & has_before, beginning);
        self.stop.wait(bar, ready & !has_before);
        [V::select(has_before, stop, V::NAN)]
    }
}
