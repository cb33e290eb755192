//! Relative Strength Index.

use crate::incremental::state::StateError;
use crate::kernel::{Declared, Kernel, Visitor, declare};
use crate::lanes::Lanes;
use crate::window::{WilderMeans, bars_until};

declare! {
    /// Share of upward movement in all movement, from 0 to 100.
    ///
    /// Each bar's change is split into a gain and a loss; each is averaged with Wilder's mean, seeded with
    /// the plain mean of the first `period` changes. A window without movement gives 50; where a value is the one before it,
    /// the strength stays what it was.
    ///
    /// ```text
    /// rsi = 100 * (gain / (gain + loss))
    /// ```
    rsi: momentum, kernel Rsi, version 1,
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    series: [close],
    params: { period: usize = 14 in 1..=1_000_000, aliases [lookback], "Changes that are averaged." },
    outputs: { value: Percent },
}

/// State of `rsi`.
#[derive(Debug)]
pub struct Rsi<V> {
    /// The value before; NaN before the first.
    previous: V,
    /// Mean gain and mean loss.
    means: WilderMeans<V, 2>,
    /// The strength before; NaN before the first.
    strength: V,
}

impl<V: Lanes> Kernel<V, 1, 1> for Rsi<V> {
    type Params = Params;

    fn new(params: &Params) -> Self {
        Rsi { previous: V::NAN, means: WilderMeans::new(params.period), strength: V::NAN }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        let change = x - self.previous; // NaN on a lane's first bar
        self.previous = V::keep::<WARM>(ready, x, self.previous);
        let changes = [V::ZERO.max(change), V::ZERO.max(-change)];
        let [gain, loss] = self.means.push_computed::<WARM>(changes, ready);
        let movement = gain + loss;
        let share = V::splat(100.0) * (gain / movement);
        let strength = V::select(movement.equals(V::ZERO), V::splat(50.0), share);
        // Both means shrink by the same factor, but not when they are rounded, and in the end they vanish.
        let stays = change.equals(V::ZERO) & self.strength.is_number();
        let strength = V::select(stays, self.strength, strength);
        let strength = V::select(movement.is_ready(), strength, V::NAN);
        self.strength = V::select(strength.is_number(), strength, self.strength);
        [strength]
    }

    fn is_warm(&self) -> bool {
        self.means.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        visitor.lanes(&mut self.previous)?;
        self.means.visit(visitor)?;
        visitor.lanes(&mut self.strength)
    }
}

impl Declared<1> for Params {
    fn warmup(&self) -> [usize; 1] {
        [self.period] // The first value has no change.
    }

    fn settle(&self, tolerance: f64) -> usize {
        self.period + bars_until(tolerance, 1.0 - 1.0 / self.period as f64)
    }
}
