//! Sums without rounding: numbers split on a grid, so that sums of the parts are exact.
//!
//! A number is split into a multiple of the grid's step and the rest, `high = (x + m) - m` and `low = x - high` with
//! `m = 1.5 * scale`. As long as a window's numbers are not too great and not too fine for the grid, sums of either part
//! have at most 53 bits and are exact. Exact sums are associative: a window may slide by adding the new and taking away
//! the old, in any order and by vectors, and leaves no trace of what it was.

use super::sliding::PIECE;
use super::wide::{parts, scaled};
use crate::lanes::Lanes;

/// The grids for sums of a number of values, each of which may have a weight.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    /// Binary digits of the sum of all weights.
    digits: i32,
    /// The greatest magnitude, as a share of the scale.
    greatest: f64,
    /// What rounds to the finest part of a number, as a share of the scale.
    finest: f64,
}

/// The scale of a lane that has no grid; nothing fits it.
pub const NO_GRID: f64 = f64::NAN;

impl Grid {
    /// For sums whose weights, whole numbers, add up to this.
    pub fn of_weight(total: f64) -> Grid {
        let digits = (0..).find(|digits| scaled(1.0, *digits) >= total).expect("it is finite");
        // Of 53 bits the sums take as many as the weights have, one for the sign of a rest, and two are spare for
        // differences of sums.
        Grid { digits, greatest: scaled(1.0, -1 - digits), finest: scaled(1.5, digits - 52) }
    }

    /// The scale of a grid on which these numbers have exact sums; none if they lie too far apart.
    pub fn scale(&self, numbers: impl Iterator<Item = f64>) -> Option<f64> {
        let (mut top, mut bottom) = (i32::MIN, i32::MAX);
        for (mantissa, exponent, _) in numbers.map(parts).filter(|(mantissa, ..)| *mantissa != 0) {
            top = top.max(exponent + 63 - mantissa.leading_zeros() as i32);
            bottom = bottom.min(exponent + mantissa.trailing_zeros() as i32);
        }
        if top == i32::MIN {
            return Some(1.0);
        }
        // Below this every double is fine enough, and above the greatest the sums might overflow.
        let smallest = -970 - self.digits;
        let least = (top + 2 + self.digits).max(smallest);
        let most = (bottom + 104 - self.digits).clamp(smallest, 1_000);
        // In the middle, so that both greater and finer numbers may come: numbers of 53 bits at least.
        let finer = bottom.min(top - 60) + 104 - self.digits;
        (least <= most).then(|| scaled(1.0, ((least + finer) / 2).clamp(least, most)))
    }

    /// The parts of a number.
    #[inline(always)]
    pub fn split<V: Lanes>(scale: V, x: V) -> [V; 2] {
        let middle = V::splat(1.5) * scale;
        let high = (x + middle) - middle;
        [high, x - high]
    }

    /// Where a number, split into these parts, has a place on the grid.
    #[inline(always)]
    pub fn fits<V: Lanes>(&self, scale: V, x: V, low: V) -> V::Mask {
        let finest = V::splat(self.finest) * scale;
        let rounded = (low + finest) - finest;
        (V::splat(self.greatest) * scale).ge(x.abs()) & rounded.equals(low)
    }

    /// Whether all numbers of a column have a place on the grid.
    #[inline(always)]
    fn have_place_for(&self, scale: f64, column: &[f64]) -> bool {
        let (greatest, finest) = (self.greatest * scale, self.finest * scale);
        // What a number is too great or too fine by: NaN where it is no number or there is no grid.
        let misfit = |x: f64| {
            let [_, low] = Grid::split(scale, x);
            let rounded = (low + finest) - finest;
            let over = if x.abs() > greatest { x.abs() } else { 0.0 };
            (rounded - low).abs() + over
        };
        all_fit(column, misfit)
    }

    /// Whether a number has a place on the grid.
    pub fn has_place_for(&self, scale: f64, x: f64) -> bool {
        let [_, low] = Grid::split(scale, x);
        self.fits(scale, x, low)
    }
}

/// Whether nothing in a column is off: what each number is off by is not negative, and NaN where it is no number.
#[inline(always)]
pub fn all_fit(column: &[f64], misfit: impl Fn(f64) -> f64) -> bool {
    let mut misfits = [0.0; 8];
    let (pieces, rest) = column.as_chunks::<8>();
    for piece in pieces {
        for (sum, x) in misfits.iter_mut().zip(piece) {
            *sum += misfit(*x);
        }
    }
    for x in rest {
        misfits[0] += misfit(*x);
    }
    misfits == [0.0; 8]
}

/// Sums of parts along a piece of a column.
#[derive(Debug)]
pub struct Parts([[f64; PIECE]; 2]);

impl Parts {
    /// Of what comes less what leaves; none if some of what comes has no place on the grid.
    #[inline(always)]
    pub fn differences(grid: &Grid, scale: f64, new: &[f64], old: &[f64]) -> Option<Parts> {
        if !grid.have_place_for(scale, new) {
            return None;
        }
        let mut parts = [[0.0; PIECE]; 2];
        let [high, low] = &mut parts;
        for (((high, low), new), old) in high.iter_mut().zip(low).zip(new).zip(old) {
            let [new_high, new_low] = Grid::split(scale, *new);
            let [old_high, old_low] = Grid::split(scale, *old);
            (*high, *low) = (new_high - old_high, new_low - old_low);
        }
        Some(Parts(parts))
    }

    /// Of what comes, with this weight.
    #[inline(always)]
    pub fn weighted(scale: f64, weight: f64, new: &[f64]) -> Parts {
        let mut parts = [[0.0; PIECE]; 2];
        let [high, low] = &mut parts;
        for ((high, low), new) in high.iter_mut().zip(low).zip(new) {
            let [new_high, new_low] = Grid::split(scale, *new);
            (*high, *low) = (weight * new_high, weight * new_low);
        }
        Parts(parts)
    }

    /// The first of each.
    #[inline(always)]
    pub fn of(&mut self, many: usize) -> [&mut [f64]; 2] {
        self.0.each_mut().map(|part| &mut part[..many])
    }
}

/// Makes a column of exact differences one of sums, begun with this one; gives the last.
#[inline(always)]
pub fn running(mut sum: f64, column: &mut [f64]) -> f64 {
    // Four at a time, so that only one addition waits for the sum before them.
    let (fours, rest) = column.as_chunks_mut::<4>();
    for four in fours {
        let [a, b, c, d] = *four;
        let (ab, cd) = (a + b, c + d);
        *four = [sum + a, sum + ab, sum + (ab + c), sum + (ab + cd)];
        sum = four[3];
    }
    for x in rest {
        sum += *x;
        *x = sum;
    }
    sum
}

/// `a + b` as the nearest double and what it is off, both exact: Knuth, The Art of Computer Programming 2, 4.2.2.
#[inline(always)]
pub fn two_sum<V: Lanes>(a: V, b: V) -> [V; 2] {
    let sum = a + b;
    let of_b = sum - a;
    [sum, (a - (sum - of_b)) + (b - of_b)]
}

/// Adds a number to a sum of about 106 bits, kept as the nearest double and what it is off.
#[inline(always)]
pub fn add_to<V: Lanes>([sum, rest]: [V; 2], x: V) -> [V; 2] {
    let [sum, lost] = two_sum(sum, x);
    let rest = rest + lost;
    joined(sum, rest)
}

/// `high + low`, two sums of parts, as the nearest double and what it is off.
#[inline(always)]
pub fn joined<V: Lanes>(high: V, low: V) -> [V; 2] {
    let sum = high + low;
    // Exact: where the low sum is the greater one, the sum itself is.
    [sum, (high - sum) + low]
}
