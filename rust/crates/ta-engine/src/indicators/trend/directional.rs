//! What the directional indicators share: how far a bar reaches beyond the one before, and how means of it begin.

use crate::kernel::{choice, state};
use crate::lanes::Lanes;

choice! {
    /// How Wilder's means begin.
    Seed {
        /// With the plain mean of the first `period` movements.
        Mean "mean",
        /// With that of one movement less and a bar that did not move.
        Talib "talib",
    }
}

impl Seed {
    /// Movements of the first bar, which has none before it.
    #[inline(always)]
    pub fn first<V: Lanes>(self) -> V {
        if self == Seed::Talib { V::ZERO } else { V::NAN }
    }
}

/// Nothing is to be set.
pub struct Params;

state! {
    /// High and low of the bar before; NaN before the first.
    Movement(_) {
        high: V = V::NAN,
        low: V = V::NAN,
    }
}

impl<V: Lanes> Movement<V> {
    /// True where there was a bar before.
    #[inline(always)]
    pub fn has_before(&self) -> V::Mask {
        self.high.is_number()
    }

    /// Takes a bar in the lanes that are ready and gives how far it reaches above the one before and below it: the lesser of
    /// the two does not count.
    #[inline(always)]
    pub fn push<const WARM: bool>(&mut self, high: V, low: V, seed: Seed, ready: V::Mask) -> [V; 2] {
        let (up, down) = (high - self.high, self.low - low);
        let plus = V::select(up.gt(down) & up.gt(V::ZERO), up, V::ZERO);
        let minus = V::select(down.gt(up) & down.gt(V::ZERO), down, V::ZERO);
        let has_before = self.has_before();
        self.high = V::keep::<WARM>(ready, high, self.high);
        self.low = V::keep::<WARM>(ready, low, self.low);
        if WARM {
            [plus, minus]
        } else {
            [plus, minus].map(|moved| V::select(has_before, moved, seed.first()))
        }
    }
}
