//! What the parabolic stops share: a stop that runs after price ever faster and changes sides when price meets it.
//!
//! A falling stop is a rising one in a mirror, so there is one text for both: prices are turned round while the trend is down.

use crate::kernel::{State, StateError, Visitor};
use crate::lanes::{Lanes, Mask};

/// How fast a stop runs.
#[derive(Clone, Copy, Debug)]
pub struct Speed {
    /// Share of the way to the extreme that a fresh stop goes on one bar.
    pub start: f64,
    /// By how much it grows with every new extreme.
    pub increment: f64,
    /// Where it stops growing.
    pub most: f64,
}

/// How a stop runs.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// While the trend is up, and while it is down.
    pub speeds: [Speed; 2],
    /// Share of itself by which a stop that has turned stands further away.
    pub offset: f64,
    /// True where a bar that touches the stop turns it; else the bar has to pass it.
    pub turns_when_touched: bool,
    /// True where a stop that has turned stands beyond the last two bars; else at the extreme.
    pub clears_bars: bool,
}

/// Where a trend begins.
#[derive(Clone, Copy, Debug)]
pub struct Beginning<V: Lanes> {
    /// The stop of its first bar.
    pub stop: V,
    /// The highest high or the lowest low so far.
    pub extreme: V,
    /// Where it is up.
    pub is_up: V::Mask,
}

impl<V: Lanes> Beginning<V> {
    /// For a stop that has begun.
    pub const NOWHERE: Beginning<V> = Beginning { stop: V::NAN, extreme: V::NAN, is_up: V::Mask::ALL };
}

/// A stop, and the bars that it may not enter.
#[derive(Debug)]
pub struct ParabolicStop<V> {
    /// NaN before the first.
    stop: V,
    extreme: V,
    share: V,
    /// 1 while the trend is up, 0 while it is down; NaN before the first.
    up: V,
    /// Highs of the last two bars, the last first; NaN where there is none.
    highs: [V; 2],
    lows: [V; 2],
}

impl<V: Lanes> ParabolicStop<V> {
    /// One that has seen nothing.
    pub fn new() -> Self {
        let (one, two) = (V::NAN, [V::NAN; 2]);
        ParabolicStop { stop: one, extreme: one, share: one, up: one, highs: two, lows: two }
    }

    /// True where there is a stop.
    #[inline(always)]
    pub fn has_begun(&self) -> V::Mask {
        self.stop.is_number()
    }

    /// High and low of the bar before; NaN where there is none.
    #[inline(always)]
    pub fn bar_before(&self) -> [V; 2] {
        [self.highs[0], self.lows[0]]
    }

    /// The beginning of a trend on the second bar, on the side that the movement from the first one says, and where there is one.
    #[inline(always)]
    pub fn beginning_by_movement(&self, [high, low]: [V; 2]) -> (Beginning<V>, V::Mask) {
        let [high_before, low_before] = self.bar_before();
        let (rise, fall) = (high - high_before, low_before - low);
        let is_up = !(fall.gt(V::ZERO) & fall.gt(rise));
        let beginning = Beginning {
            stop: V::select(is_up, low_before, high_before),
            extreme: V::select(is_up, high, low),
            is_up,
        };
        (beginning, high_before.is_number())
    }

    /// Keeps the bar where a trend has yet to begin.
    #[inline(always)]
    pub fn wait(&mut self, [high, low]: [V; 2], ready: V::Mask) {
        self.highs[0] = V::select(ready, high, self.highs[0]);
        self.lows[0] = V::select(ready, low, self.lows[0]);
    }

    /// Takes a bar in the lanes that are ready and gives the stop and where the trend is up; in the lanes that have no stop yet
    /// one begins.
    #[inline(always)]
    pub fn step<const WARM: bool, const ONE_SPEED: bool>(
        &mut self,
        pace: &Pace,
        [high, low]: [V; 2],
        ready: V::Mask,
        beginning: Beginning<V>,
    ) -> (V, V::Mask) {
        let first = !self.has_begun();
        let was_up = (first & beginning.is_up) | (!first & self.up.equals(V::splat(1.0)));
        let [up, down] = pace.speeds;
        let of_side = |up: f64, down: f64| {
            if ONE_SPEED { V::splat(up) } else { V::select(was_up, V::splat(up), V::splat(down)) }
        };
        let share = V::select(first, of_side(up.start, down.start), self.share);
        let extreme = V::select(first, beginning.extreme, self.extreme);
        let turned = |x: V| V::select(was_up, x, -x);
        let seen = |up: V, down: V| V::select(was_up, up, -down);

        // Weights that add up to one, so that no difference of far prices overflows.
        let stays = V::splat(1.0) - share;
        let moved = stays.mul_add(self.stop, (V::splat(1.0) - stays) * extreme);
        let stop = turned(V::select(first, beginning.stop, moved));
        let extreme = turned(extreme);
        let (above, below) = (seen(high, low), seen(low, high));
        // Where there is no bar before, nothing is entered.
        let held = seen(self.lows[0], self.highs[0]).lesser(stop);
        let held = seen(self.lows[1], self.highs[1]).lesser(held);
        // A stop that is given may begin anywhere.
        let stop = if ONE_SPEED { held } else { V::select(first, stop, held) };

        let turns = if pace.turns_when_touched { stop.ge(below) } else { stop.gt(below) };
        let mut beyond = extreme;
        if pace.clears_bars {
            // On its first bar a stop knows no other.
            beyond = V::select(first, V::NAN, seen(self.highs[0], self.lows[0])).greater(beyond);
            beyond = above.greater(beyond);
        }
        if !ONE_SPEED {
            let further = beyond * of_side(1.0 + pace.offset, 1.0 - pace.offset);
            // A stop that is infinite would never be met.
            beyond = V::select(further.is_ready(), further, beyond);
        }
        let advances = above.gt(extreme);
        let faster = (share + of_side(up.increment, down.increment)).lesser(of_side(up.most, down.most));
        let share = V::select(turns, of_side(down.start, up.start), V::select(advances, faster, share));
        let extreme = V::select(turns, below, V::select(advances, above, extreme));
        let (stop, extreme) = (turned(V::select(turns, beyond, stop)), turned(extreme));
        let up = (was_up & !turns) | (!was_up & turns);

        self.stop = V::keep::<WARM>(ready, stop, self.stop);
        self.extreme = V::keep::<WARM>(ready, extreme, self.extreme);
        self.share = V::keep::<WARM>(ready, share, self.share);
        self.up = V::keep::<WARM>(ready, V::from_mask(up), self.up);
        for (bars, x) in [(&mut self.highs, high), (&mut self.lows, low)] {
            let before = V::select(first, V::NAN, bars[0]);
            *bars = [V::keep::<WARM>(ready, x, bars[0]), V::keep::<WARM>(ready, before, bars[1])];
        }
        (stop, up)
    }
}

impl<V: Lanes> State<V> for ParabolicStop<V> {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.lows.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        for part in [&mut self.stop, &mut self.extreme, &mut self.share, &mut self.up] {
            visitor.lanes(part)?;
        }
        self.highs.visit(visitor)?;
        self.lows.visit(visitor)
    }
}
