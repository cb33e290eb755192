//! Parabolic Stop And Reverse with a speed for each side, as TA-Lib has it.

use crate::indicators::parabolic::{Beginning, Pace, ParabolicStop, Speed};
use crate::kernel::{Kernel, declare, state};
use crate::lanes::{Lanes, Mask};

declare! {
    /// The stop of `talib.sar` with a speed for each side; below zero while the trend is down.
    ///
    /// A start value above zero begins an upward trend with that stop, one below zero a downward trend; 0 begins as `talib.sar`
    /// does. A stop that has turned stands by the offset's share of itself further away.
    talib.sarext: trend, kernel SarExt, version 1,
    aliases: ["sarext"],
    source: "TA-Lib, SAREXT, after J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low],
    params: {
        startvalue: f64 = 0.0 in -1e15..=1e15, aliases [start_value], "The first stop, less than 0 for a downward trend.",
        offsetonreverse: f64 = 0.0 in 0.0..=1e6, aliases [offset_on_reverse], "Share of itself by which a stop that has turned stands further away.",
        accelerationinitlong: f64 = 0.02 in 0.0..=1.0, aliases [af_init_long], "First share of the way to the extreme, upward.",
        accelerationlong: f64 = 0.02 in 0.0..=1.0, aliases [af_long], "By how much it grows.",
        accelerationmaxlong: f64 = 0.2 in 0.0..=1.0, aliases [af_max_long], "Where it stops growing; holds for the first one, too.",
        accelerationinitshort: f64 = 0.02 in 0.0..=1.0, aliases [af_init_short], "First share of the way to the extreme, downward.",
        accelerationshort: f64 = 0.02 in 0.0..=1.0, aliases [af_short], "By how much it grows.",
        accelerationmaxshort: f64 = 0.2 in 0.0..=1.0, aliases [af_max_short], "Where it stops growing; holds for the first one, too.",
    },
    outputs: { value: Price },
    // The trend of the second bar is that from the first.
    warmup: |_| [1],
    lookback: |_| 3,
    settle: depends_on_data,
}

/// No share is greater than the greatest.
fn speed(start: f64, increment: f64, most: f64) -> Speed {
    Speed { start: start.min(most), increment: increment.min(most), most }
}

state! {
    /// State of `talib.sarext`.
    SarExt(params) {
        stop: ParabolicStop<V> = ParabolicStop::new(),
    }
    set {
        start: f64 = params.startvalue,
        pace: Pace = Pace {
            speeds: [
                speed(params.accelerationinitlong, params.accelerationlong, params.accelerationmaxlong),
                speed(params.accelerationinitshort, params.accelerationshort, params.accelerationmaxshort),
            ],
            offset: params.offsetonreverse,
            turns_when_touched: true,
            clears_bars: true,
        },
    }
}

impl<V: Lanes> Kernel<V, 2, 1> for SarExt<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, bar: [V; 2], ready: V::Mask) -> [V; 1] {
        let (mut beginning, has_before) =
            if WARM { (Beginning::NOWHERE, V::Mask::ALL) } else { self.stop.beginning_by_movement(bar) };
        if !WARM && self.start != 0.0 {
            let is_up = self.start > 0.0;
            let none = V::Mask::NONE;
            beginning = Beginning {
                stop: V::splat(self.start.abs()),
                extreme: bar[usize::from(!is_up)],
                is_up: if is_up { V::Mask::ALL } else { none },
            };
        }
        let (stop, up) = self.stop.step::<WARM, false>(&self.pace, bar, ready & has_before, beginning);
        if !WARM {
            self.stop.wait(bar, ready & !has_before);
        }
        let signed = V::select(up, stop, -stop);
        [if WARM { signed } else { V::select(has_before, signed, V::NAN) }]
    }
}
