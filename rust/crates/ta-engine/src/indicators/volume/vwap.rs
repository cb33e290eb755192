//! Volume-weighted average price.

use crate::kernel::{Kernel, Settle, choice, declare, state};
use crate::lanes::Lanes;
use crate::window::add_to;

choice! {
    /// Where the sums begin.
    Anchor {
        /// With the history.
        First "first",
        /// With each session of the calendar.
        Session "session",
        /// With each week of the calendar.
        Week "week",
        /// With each month of the calendar.
        Month "month",
    }
}

declare! {
    /// Mean of the bars' typical prices, each weighing as much as was traded, since the anchor.
    ///
    /// The anchor is the first bar, or the first of each session, week or month of the calendar. A calendar's intervals are known
    /// where bars are given as streams, which have closes and a calendar; a bar is part of the interval that it closes in. While
    /// nothing is traded the value is the typical price.
    ///
    /// ```text
    /// vwap = sum((high + low + close) / 3 * volume) / sum(volume)
    /// ```
    vwap: volume, kernel Vwap, version 1,
    also: [pine.vwap(anchor = "session")],
    source: "Stephen A. Berkowitz, Dennis E. Logue, Eugene A. Noser, The Total Cost of Transactions on the NYSE, 1988",
    fields: [high, low, close, volume, interval of anchor],
    params: { anchor: Anchor = "first", "Where the sums begin." },
    outputs: { value: Price },
    warmup: |_| [0],
    settle: |p, _tolerance| match p.anchor {
        Anchor::First => Settle::Never,
        Anchor::Session | Anchor::Week | Anchor::Month => Settle::DependsOnData,
    },
}

state! {
    /// State of `vwap`.
    Vwap(_) {
        /// When the interval began; NaN before the first bar.
        interval: V = V::NAN,
        /// Typical price of the interval's first bar: sums of what differs from it are small, and none where nothing moves.
        first: V = V::NAN,
        /// By how much prices differed from it, each times what was traded; where that price is great, on a smaller scale.
        moved: V = V::ZERO,
        /// What the sum is off.
        moved_rest: V = V::ZERO,
        traded: V = V::ZERO,
        /// The same of the volumes.
        traded_rest: V = V::ZERO,
    }
}

/// A power of two, about 1e150.
const GREAT: f64 = f64::from_bits((1023 + 500) << 52);

impl<V: Lanes> Kernel<V, 5, 1> for Vwap<V> {
    #[inline(always)]
    fn step<const WARM: bool>(
        &mut self,
        [high, low, close, volume, interval]: [V; 5],
        ready: V::Mask,
    ) -> [V; 1] {
        // A third of each: the sum of three may overflow.
        let third = V::splat(1.0 / 3.0);
        let typical = (high + low + close) / V::splat(3.0);
        let typical = V::select(typical.is_ready(), typical, high * third + low * third + close * third);
        let goes_on = interval.equals(self.interval);
        let begins = |kept: V, anew: V| V::select(goes_on, kept, anew);
        let first = begins(self.first, typical);
        // A first price out of all measure would have all that differs from it overflow, on every bar behind.
        let is_great = first.abs().gt(V::splat(GREAT));
        let scale = V::select(is_great, V::splat(1.0 / GREAT), V::splat(1.0));
        let [moved, moved_rest] = add_to(
            [begins(self.moved, V::ZERO), begins(self.moved_rest, V::ZERO)],
            (typical - first) * scale * volume,
        );
        let [traded, traded_rest] =
            add_to([begins(self.traded, V::ZERO), begins(self.traded_rest, V::ZERO)], volume);
        // With which a sum overflows, a bar is missing.
        let taken = ready & moved.is_ready() & traded.is_ready();
        self.interval = V::select(taken, interval, self.interval);
        self.first = V::select(taken, first, self.first);
        self.moved = V::select(taken, moved, self.moved);
        self.moved_rest = V::select(taken, moved_rest, self.moved_rest);
        self.traded = V::select(taken, traded, self.traded);
        self.traded_rest = V::select(taken, traded_rest, self.traded_rest);
        let mean = first + moved / traded * V::select(is_great, V::splat(GREAT), V::splat(1.0));
        [V::select(taken, V::select(traded.equals(V::ZERO), typical, mean), V::NAN)]
    }
}
