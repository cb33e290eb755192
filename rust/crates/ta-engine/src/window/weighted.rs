//! Sum of a window with weights 1, 2, ... `period`, the newest the heaviest.

use super::blocks::{Blocks, Cells, Fold, Place};
use super::period::Period;
use crate::lanes::Lanes;

/// Linearly weighted sum of the last `period` inputs.
pub type WeightedSum<V> = Blocks<V, Weighted, 1, 2, 1>;

/// Folds by adding with rising weights.
#[derive(Debug)]
pub struct Weighted;

impl Fold<1, 2, 1> for Weighted {
    #[inline(always)]
    fn cell<V: Lanes>(x: V, _phase: V) -> [V; 1] {
        [x]
    }

    #[inline(always)]
    fn push<V: Lanes>(
        place: &impl Place<V, 1>,
        [sum, weighted]: &mut [V; 2],
        x: V,
        period: Period,
    ) -> [V; 1] {
        *sum = *sum + x;
        *weighted = x.mul_add(place.phase() + V::splat(1.0), *weighted);
        // In the window the head stands behind the tail: each of its weights is greater by the tail's length.
        let tail_length = V::splat((period.bars - 1) as f64) - place.phase();
        let [tail] = place.next();
        [tail + sum.mul_add(tail_length, *weighted)]
    }

    #[inline(always)]
    fn turn<V: Lanes>(cells: &mut impl Cells<V, 1>, running: &mut [V; 2], period: Period) {
        let (mut sum, mut weighted) = (V::ZERO, V::ZERO);
        for at in (1..period.bars).rev() {
            // One input more in front moves the weights of all others up by one.
            sum = cells.get(at)[0] + sum;
            weighted = weighted + sum;
            cells.set(at, [weighted]);
        }
        *running = [V::ZERO; 2];
    }
}
