//! Relative Strength Index.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::{Lanes, Mask, all_finite};
use crate::window::{WilderMeans, bars_until};

declare! {
    /// Share of upward movement in all movement, from 0 to 100.
    ///
    /// Each bar's change is split into a gain and a loss; each is averaged with Wilder's mean, seeded with
    /// the plain mean of the first `period` changes. Before anything moves it is 50, or what
    /// `flat` says; where a value is the one before it,
    /// the strength stays what it was.
    ///
    /// ```text
    /// rsi = 100 * (gain / (gain + loss))
    /// ```
    rsi: momentum, kernel Rsi, version 1,
    also: [talib.rsi(period = 14 as timeperiod, flat = 0.0)],
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    series: [close],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Changes that are averaged.",
        flat: f64 = 50.0 in 0.0..=100.0, "The strength before anything moves.",
    },
    outputs: { value: Percent },
    // The first value has no change.
    warmup: |p| [p.period],
    settle: |p, tolerance| p.period + bars_until(tolerance, 1.0 - 1.0 / p.period as f64),
}

state! {
    /// State of `rsi`.
    Rsi(params) {
        /// The value before; NaN before the first.
        previous: V = V::NAN,
        /// Mean gain and mean loss.
        means: WilderMeans<V, 2> = WilderMeans::new(params.period),
        /// The strength before; NaN before the first.
        strength: V = V::NAN,
    }
    set {
        flat: f64 = params.flat,
    }
}

/// Bars whose changes and strengths are computed side by side, while the means wait for themselves.
const PIECE: usize = 8;

/// The share of the gain in all movement, in percent.
#[inline(always)]
fn strength<V: Lanes>(gain: V, loss: V, flat: f64) -> V {
    let movement = gain + loss;
    let share = V::splat(100.0) * (gain / movement);
    V::select(movement.equals(V::ZERO), V::splat(flat), share)
}

impl<V: Lanes> Kernel<V, 1, 1> for Rsi<V> {
    const LOOKS_THROUGH: bool = true;

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        let change = x - self.previous; // NaN on a lane's first bar
        self.previous = V::keep::<WARM>(ready, x, self.previous);
        let changes = [V::ZERO.max(change), V::ZERO.max(-change)];
        let [gain, loss] = self.means.push_computed::<WARM>(changes, ready);
        let strength = strength(gain, loss, self.flat);
        // Both means shrink by the same factor, but not when they are rounded, and in the end they vanish.
        let stays = change.equals(V::ZERO) & self.strength.is_number();
        let strength = V::select(stays, self.strength, strength);
        let strength = V::select((gain + loss).is_ready(), strength, V::NAN);
        self.strength = V::select(strength.is_number(), strength, self.strength);
        [strength]
    }

    #[inline(always)]
    fn run_while_ready(&mut self, [xs]: [&[V]; 1], [out]: [&mut [V]; 1]) -> usize {
        let (pieces, outs) = (xs.as_chunks::<PIECE>().0, out.as_chunks_mut::<PIECE>().0);
        let mut taken = 0;
        for (xs, out) in pieces.iter().zip(outs) {
            // Plain loops: a closure left as a call would be compiled for any processor.
            let (mut changes, mut far) = ([V::ZERO; PIECE], [V::ZERO; PIECE]);
            changes[0] = xs[0] - self.previous;
            for bar in 1..PIECE {
                changes[bar] = xs[bar] - xs[bar - 1];
            }
            let [gain, loss] = *self.means.means();
            let mut stand_still = V::Mask::NONE;
            for bar in 0..PIECE {
                // So far from overflow that the sum of both means is finite, too.
                far[bar] = V::splat(4.0) * changes[bar];
                stand_still = stand_still | changes[bar].equals(V::ZERO);
            }
            if !all_finite([&far, &[V::splat(4.0) * (gain + loss); PIECE]]) {
                break;
            }
            if stand_still.any() {
                for (x, out) in xs.iter().zip(out) {
                    [*out] = self.step::<true>([*x], V::Mask::ALL);
                }
            } else {
                let (mut gains, mut losses) = ([V::ZERO; PIECE], [V::ZERO; PIECE]);
                for bar in 0..PIECE {
                    (gains[bar], losses[bar]) = (V::ZERO.max(changes[bar]), V::ZERO.max(-changes[bar]));
                }
                let [gains, losses] = self.means.run([gains, losses]);
                for bar in 0..PIECE {
                    out[bar] = strength(gains[bar], losses[bar], self.flat);
                }
                (self.previous, self.strength) = (xs[PIECE - 1], out[PIECE - 1]);
            }
            taken += PIECE;
        }
        taken
    }
}
