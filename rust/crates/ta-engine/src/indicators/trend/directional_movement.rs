//! Directional movement.

use crate::indicators::directional::{self, Movement, Seed};
use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::{WilderMeans, bars_until};

declare! {
    /// How far the last bars reached above and below the ones before them: Wilder's sums of movements.
    ///
    /// A bar's movement is how far it reaches above the one before, or below it if that is more. A sum loses one part in
    /// `period` of itself for every movement that comes, so that it is `period` times Wilder's mean.
    ///
    /// ```text
    /// plus, minus = period * wilder(movement up or down, period)
    /// ```
    directional_movement: trend, kernel DirectionalMovement, version 1,
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Movements that are averaged.",
        seed: Seed = "mean", "How the sums begin: with the sum of the first movements, or as in TA-Lib.",
    },
    outputs: { plus: Difference, minus: Difference },
    // The first bar has no movement.
    warmup: |p| [p.period - usize::from(p.seed == Seed::Talib); 2],
    lookback: |p| p.period + 1,
    settle: |p, tolerance| p.period + bars_until(tolerance, 1.0 - 1.0 / p.period as f64),
}

state! {
    /// State of `directional_movement`.
    DirectionalMovement(params) {
        movement: Movement<V> = Movement::new(&directional::Params),
        means: WilderMeans<V, 2> = WilderMeans::new(params.period),
    }
    set {
        seed: Seed = params.seed,
        period: f64 = params.period as f64,
    }
}

impl<V: Lanes> Kernel<V, 2, 2> for DirectionalMovement<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [high, low]: [V; 2], ready: V::Mask) -> [V; 2] {
        let moved = self.movement.push::<WARM>(high, low, self.seed, ready);
        self.means.push_computed::<WARM>(moved, ready).map(|mean| V::splat(self.period) * mean)
    }
}
