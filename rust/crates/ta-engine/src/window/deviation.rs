//! Variance and standard deviation of a window, from its distances from one of its members.
//!
//! The member is the last of the block before while any of that block is in the window, else the newest input. Being
//! in the window it is never far from the mean, so the variance does not drown in the square of the price level.

use super::blocks::{Blocks, Cells, Fold, Place};
use super::period::Period;
use crate::lanes::Lanes;

/// Population standard deviation of the last `period` inputs.
pub type Deviation<V> = Blocks<V, Distances, 2, 3, 1>;

/// Mean and population variance of the last `period` inputs, with the bits of `sum / period` and of what the deviation is
/// the root of.
pub type MeanAndVariance<V> = Blocks<V, TotalAndDistances, 3, 4, 2>;

/// Folds by adding distances and their squares.
#[derive(Debug)]
pub struct Distances;

/// Adds one distance and its square.
#[inline(always)]
fn add<V: Lanes>([sum, squares]: [V; 2], distance: V) -> [V; 2] {
    [sum + distance, distance.mul_add(distance, squares)]
}

/// Sums of a complete block's distances from its last input.
#[inline(always)]
fn all_from<V: Lanes, const C: usize>(last: V, cells: &impl Cells<V, C>, period: Period) -> [V; 2] {
    let mut all = [V::ZERO; 2];
    for at in (0..period.bars).rev() {
        all = add(all, cells.get(at)[0] - last);
    }
    all
}

/// Variance from the sums of distances from a member.
#[inline(always)]
fn variance<V: Lanes>([sum, squares]: [V; 2], period: Period) -> V {
    // Rounding can take the variance of equal values below zero; NaN is kept.
    let spread = (-sum).mul_add(sum, squares * period.count());
    V::ZERO.max(spread * period.of_squares())
}

impl Fold<2, 3, 1> for Distances {
    const PUSH_COMPLETES: bool = false;

    #[inline(always)]
    fn cell<V: Lanes>(x: V, _phase: V) -> [V; 2] {
        [x, V::ZERO]
    }

    #[inline(always)]
    fn start<V: Lanes>([member, ..]: &mut [V; 3], x: V) {
        *member = x;
    }

    #[inline(always)]
    fn push<V: Lanes>(
        place: &impl Place<V, 2>,
        [member, sum, squares]: &mut [V; 3],
        x: V,
        period: Period,
    ) -> [V; 1] {
        [*sum, *squares] = add([*sum, *squares], x - *member);
        let [tail_sum, tail_squares] = place.next();
        [variance([tail_sum + *sum, tail_squares + *squares], period).sqrt()]
    }

    // The block of `member` has left the window.
    #[inline(always)]
    fn complete<V: Lanes>(cells: &impl Cells<V, 2>, _running: &mut [V; 3], x: V, period: Period) -> [V; 1] {
        [variance(all_from(x, cells, period), period).sqrt()]
    }

    #[inline(always)]
    fn complete_turned<V: Lanes>(
        cells: &impl Cells<V, 2>,
        _running: &mut [V; 3],
        _x: V,
        period: Period,
    ) -> [V; 1] {
        [variance(cells.get(0), period).sqrt()]
    }

    #[inline(always)]
    fn turn<V: Lanes>(cells: &mut impl Cells<V, 2>, [member, sum, squares]: &mut [V; 3], period: Period) {
        *member = cells.get(period.bars - 1)[0];
        let mut tail = [V::ZERO; 2];
        for at in (0..period.bars).rev() {
            tail = add(tail, cells.get(at)[0] - *member);
            cells.set(at, tail);
        }
        (*sum, *squares) = (V::ZERO, V::ZERO);
    }
}

/// Folds by adding, and by adding distances and their squares.
#[derive(Debug)]
pub struct TotalAndDistances;

impl Fold<3, 4, 2> for TotalAndDistances {
    const PUSH_COMPLETES: bool = false;

    #[inline(always)]
    fn cell<V: Lanes>(x: V, _phase: V) -> [V; 3] {
        [x, V::ZERO, V::ZERO]
    }

    #[inline(always)]
    fn start<V: Lanes>([_, member, ..]: &mut [V; 4], x: V) {
        *member = x;
    }

    #[inline(always)]
    fn push<V: Lanes>(
        place: &impl Place<V, 3>,
        [head, member, sum, squares]: &mut [V; 4],
        x: V,
        period: Period,
    ) -> [V; 2] {
        *head = *head + x;
        [*sum, *squares] = add([*sum, *squares], x - *member);
        let [tail, tail_sum, tail_squares] = place.next();
        let variance = variance([tail_sum + *sum, tail_squares + *squares], period);
        [period.mean(tail + *head), variance]
    }

    #[inline(always)]
    fn complete<V: Lanes>(cells: &impl Cells<V, 3>, [head, ..]: &mut [V; 4], x: V, period: Period) -> [V; 2] {
        let variance = variance(all_from(x, cells, period), period);
        [period.mean(*head + x), variance]
    }

    #[inline(always)]
    fn complete_turned<V: Lanes>(
        cells: &impl Cells<V, 3>,
        [head, ..]: &mut [V; 4],
        x: V,
        period: Period,
    ) -> [V; 2] {
        let [_, sum, squares] = cells.get(0);
        let variance = variance([sum, squares], period);
        [period.mean(*head + x), variance]
    }

    #[inline(always)]
    fn turn<V: Lanes>(cells: &mut impl Cells<V, 3>, running: &mut [V; 4], period: Period) {
        let member = cells.get(period.bars - 1)[0];
        let mut total = V::ZERO;
        let mut tail = [V::ZERO; 2];
        for at in (0..period.bars).rev() {
            let [x, ..] = cells.get(at);
            total = x + total;
            tail = add(tail, x - member);
            cells.set(at, [total, tail[0], tail[1]]);
        }
        *running = [V::ZERO, member, V::ZERO, V::ZERO];
    }
}
