//! High, low and close of the interval before.

use crate::indicators::volume::vwap::Anchor;
use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;

declare! {
    /// High, low and close of the session, week or month of the calendar before the one that the bar is part of.
    ///
    /// Intervals are those of the calendar, which bars given as streams have; a bar is part of the interval that it closes in. The interval
    /// before is the last one that has bars. With `anchor` "first" the whole history is one interval, and there is none before it.
    previous_high_low: pattern, kernel PreviousHighLow, version 1,
    source: "The range of the day before",
    fields: [high, low, close, interval of anchor],
    params: { anchor: Anchor = "session", "What makes an interval." },
    outputs: { high: Price, low: Price, close: Price },
    warmup: |_| [1; 3],
    settle: depends_on_data,
    readiness: by_data,
}

state! {
    /// State of `previous_high_low`.
    PreviousHighLow(_) {
        /// When the interval began; NaN before the first bar.
        interval: V = V::NAN,
        /// Highest high, lowest low and last close of the interval.
        present: [V; 3] = [V::NAN; 3],
        /// Those of the one before; NaN while there is none.
        before: [V; 3] = [V::NAN; 3],
    }
}

impl<V: Lanes> Kernel<V, 4, 3> for PreviousHighLow<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [high, low, close, interval]: [V; 4], ready: V::Mask) -> [V; 3] {
        let goes_on = interval.equals(self.interval);
        let [top, bottom, _] = self.present;
        let present = [
            V::select(goes_on, V::select(high.gt(top), high, top), high),
            V::select(goes_on, V::select(bottom.gt(low), low, bottom), low),
            close,
        ];
        for (at, x) in present.into_iter().enumerate() {
            let before = V::select(goes_on, self.before[at], self.present[at]);
            self.before[at] = V::keep::<WARM>(ready, before, self.before[at]);
            self.present[at] = V::keep::<WARM>(ready, x, self.present[at]);
        }
        self.interval = V::keep::<WARM>(ready, interval, self.interval);
        self.before.map(|x| V::select(ready, x, V::NAN))
    }
}
