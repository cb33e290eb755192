//! Parabolic Stop And Reverse.

use crate::indicators::parabolic::{Beginning, Pace, ParabolicStop, Speed};
use crate::kernel::{Kernel, declare, state};
use crate::lanes::{Lanes, Mask};

declare! {
    /// A stop that runs after price, faster with every new extreme, and changes sides when price passes it.
    ///
    /// The direction is up (true) while the stop is below price. The first bar's stop is its low, with the direction up. A stop
    /// never enters the last two bars; a price on the stop does not turn it, and a stop that has turned stands at the extreme
    /// of the trend that is over.
    ///
    /// ```text
    /// sar       = sar[1] + af * (extreme - sar[1]), while the direction is up no higher than low[1] and low[2]
    /// extreme   = highest high of the upward trend; lowest low of the downward one
    /// af        = af_start, and af_increment more with every new extreme, up to af_max
    /// direction: down when low < sar, up when high > sar, else as before
    /// ```
    psar: trend, kernel Psar, version 1,
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low],
    params: {
        af_start: f64 = 0.02 in 1e-9..=1.0, "Share of the way to the extreme that a fresh stop goes on one bar.",
        af_increment: f64 = 0.02 in 0.0..=1.0, "How much the share grows with every new extreme.",
        af_max: f64 = 0.2 in 1e-9..=1.0, "Where the share stops growing; not less than the first one.",
    },
    outputs: { sar: Price, direction: Bool },
    warmup: |_| [0; 2],
    // This bar and the two before it.
    lookback: |_| 3,
    settle: depends_on_data,
    refusal: |p| (p.af_max < p.af_start).then_some("af_max must be at least af_start"),
}

state! {
    /// State of `psar`.
    Psar(params) {
        stop: ParabolicStop<V> = ParabolicStop::new(),
    }
    set {
        pace: Pace = Pace {
            speeds: [Speed { start: params.af_start, increment: params.af_increment, most: params.af_max }; 2],
            offset: 0.0,
            turns_when_touched: false,
            clears_bars: false,
        },
    }
}

impl<V: Lanes> Kernel<V, 2, 2> for Psar<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, bar: [V; 2], ready: V::Mask) -> [V; 2] {
        let [high, low] = bar;
        let beginning = Beginning { stop: low, extreme: high, is_up: V::Mask::ALL };
        let (stop, up) = self.stop.step::<WARM, true>(&self.pace, bar, ready, beginning);
        [stop, V::from_mask(up)]
    }
}
