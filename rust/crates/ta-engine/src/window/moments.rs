//! Sum of a window's distances from one of its members, and of their squares.
//!
//! The member is the last of the block before while any of that block is in the window, else the newest input. Being
//! in the window it is never far from the mean, so the variance does not drown in the square of the price level.

use super::blocks::{Blocks, Cells, Fold, Place};
use crate::lanes::Lanes;

/// Mean and population variance of the last `period` inputs.
pub type Moments<V> = Blocks<V, Distances, 2, 3, 2>;

/// Folds by adding distances and their squares.
#[derive(Debug)]
pub struct Distances;

/// Adds one distance and its square.
#[inline(always)]
fn add<V: Lanes>([sum, squares]: [V; 2], distance: V) -> [V; 2] {
    [sum + distance, distance.mul_add(distance, squares)]
}

/// Mean and variance from the sums of distances from `member`.
#[inline(always)]
fn finish<V: Lanes>(member: V, [sum, squares]: [V; 2], period: usize) -> [V; 2] {
    let count = V::splat(period as f64);
    // One division, by the square of a whole number that has no error. Rounding can take the variance of equal values
    // below zero; NaN is kept.
    let spread = (-sum).mul_add(sum, squares * count);
    let variance = V::ZERO.max(spread / (count * count));
    [member + sum / count, variance]
}

impl Fold<2, 3, 2> for Distances {
    const PUSH_COMPLETES: bool = false;

    #[inline(always)]
    fn start<V: Lanes>([member, ..]: &mut [V; 3], x: V) {
        *member = x;
    }

    #[inline(always)]
    fn push<V: Lanes>(
        place: &mut impl Place<V, 2>,
        [member, sum, squares]: &mut [V; 3],
        x: V,
        period: usize,
    ) -> [V; 2] {
        place.put([x, V::ZERO]);
        [*sum, *squares] = add([*sum, *squares], x - *member);
        let [tail_sum, tail_squares] = place.next();
        finish(*member, [tail_sum + *sum, tail_squares + *squares], period)
    }

    // The block of `member` has left the window.
    #[inline(always)]
    fn complete<V: Lanes>(
        cells: &mut impl Cells<V, 2>,
        _running: &mut [V; 3],
        x: V,
        period: usize,
    ) -> [V; 2] {
        cells.set(period - 1, [x, V::ZERO]);
        let mut all = [V::ZERO; 2];
        for at in (0..period).rev() {
            all = add(all, cells.get(at)[0] - x);
        }
        finish(x, all, period)
    }

    #[inline(always)]
    fn complete_and_turn<V: Lanes>(
        cells: &mut impl Cells<V, 2>,
        running: &mut [V; 3],
        x: V,
        period: usize,
    ) -> [V; 2] {
        cells.set(period - 1, [x, V::ZERO]);
        Self::turn(cells, running, period);
        finish(x, cells.get(0), period)
    }

    #[inline(always)]
    fn turn<V: Lanes>(cells: &mut impl Cells<V, 2>, [member, sum, squares]: &mut [V; 3], period: usize) {
        *member = cells.get(period - 1)[0];
        let mut tail = [V::ZERO; 2];
        for at in (0..period).rev() {
            tail = add(tail, cells.get(at)[0] - *member);
            cells.set(at, tail);
        }
        (*sum, *squares) = (V::ZERO, V::ZERO);
    }
}
