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
        let digits = (1..).find(|digits| scaled(1.0, *digits) >= total).expect("it is finite");
        // Of 53 bits the sums take as many as the weights have, one for the sign of a rest, and two are spare for
        // differences of sums, of which a scan adds up four before it adds them to a sum.
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

    /// Whether a number has a place on the grid.
    pub fn has_place_for(&self, scale: f64, x: f64) -> bool {
        let [_, low] = Grid::split(scale, x);
        self.fits(scale, x, low)
    }
}

/// Zeros before a column, of which a scan adds up four numbers at a time.
const BEFORE: usize = 3;

/// What scans of a piece of a column work on: made once for many pieces.
#[derive(Debug)]
pub struct Scratch {
    differences: [[f64; BEFORE + PIECE]; 2],
    weighted: [[f64; BEFORE + PIECE]; 2],
    /// Behind the ones that a scan begins with.
    sums: [[f64; 1 + PIECE]; 2],
    words: [[i64; PIECE]; 2],
}

impl Scratch {
    /// Of zeros.
    #[inline(always)]
    pub fn new() -> Scratch {
        let differences = [[0.0; BEFORE + PIECE]; 2];
        Scratch { differences, weighted: differences, sums: [[0.0; 1 + PIECE]; 2], words: [[0; PIECE]; 2] }
    }

    /// Takes the parts of what comes less those of what leaves; false if some of what comes has no place on the grid.
    #[inline(always)]
    pub fn take(&mut self, grid: &Grid, scale: f64, new: &[f64], old: &[f64]) -> bool {
        let (greatest, finest) = ((grid.greatest * scale).to_bits(), grid.finest * scale);
        // The bits of what the finest parts are off, and of how far numbers are from the greatest: reductions of integers
        // may be made in any order, so that the compiler makes vectors of them. Where there is no grid, or no number, the
        // former are those of NaN.
        let (mut off, mut room) = (0, 0);
        let [high, low] = self.differences.each_mut().map(|part| &mut part[BEFORE..]);
        for (((high, low), new), old) in high.iter_mut().zip(low).zip(new).zip(old) {
            let [new_high, new_low] = Grid::split(scale, *new);
            let [old_high, old_low] = Grid::split(scale, *old);
            off |= (((new_low + finest) - finest) - new_low).to_bits();
            room |= greatest.wrapping_sub(new.abs().to_bits());
            (*high, *low) = (new_high - old_high, new_low - old_low);
        }
        off == 0 && room >> 63 == 0
    }

    /// Room for two words per number.
    #[inline(always)]
    pub fn words(&mut self, many: usize) -> [&mut [i64]; 2] {
        self.words.each_mut().map(|words| &mut words[..many])
    }

    /// The sums of either part behind each number of the piece, begun with these; and the last, in their place.
    #[inline(always)]
    pub fn sums(&mut self, many: usize, begin: [&mut f64; 2]) -> [&[f64]; 2] {
        scan(&self.differences, &mut self.sums, many, begin)
    }

    /// The sums of either part weighted by its place in the window, the newest of `count` the heaviest, behind each number of
    /// the piece of which the [`sums`](Scratch::sums) have just been made. See there.
    #[inline(always)]
    pub fn weighted_sums(
        &mut self,
        scale: f64,
        count: f64,
        new: &[f64],
        begin: [&mut f64; 2],
    ) -> [&[f64]; 2] {
        let many = new.len();
        let [high, low] = self.weighted.each_mut().map(|part| &mut part[BEFORE..][..many]);
        let [high_before, low_before] = self.sums.each_ref().map(|part| &part[..many]);
        // Every weight falls by one, so the sum before is taken away.
        for ((high, before), x) in high.iter_mut().zip(high_before).zip(new) {
            let [x, _] = Grid::split(scale, *x);
            *high = count * x - before;
        }
        for ((low, before), x) in low.iter_mut().zip(low_before).zip(new) {
            let [_, x] = Grid::split(scale, *x);
            *low = count * x - before;
        }
        scan(&self.weighted, &mut self.sums, many, begin)
    }
}

/// See [`Scratch::sums`].
#[inline(always)]
fn scan<'a>(
    parts: &[[f64; BEFORE + PIECE]; 2],
    sums: &'a mut [[f64; 1 + PIECE]; 2],
    many: usize,
    begin: [&mut f64; 2],
) -> [&'a [f64]; 2] {
    let [begin_high, begin_low] = begin;
    (sums[0][0], sums[1][0]) = (*begin_high, *begin_low);
    let [high, low] = sums.each_mut().map(|sums| &mut sums[1..][..many]);
    *begin_high = running(*begin_high, &parts[0], high);
    *begin_low = running(*begin_low, &parts[1], low);
    [high, low]
}

/// Sums of exact differences, begun with this one; gives the last. Before the differences stand zeros.
#[inline(always)]
fn running(begin: f64, differences: &[f64; BEFORE + PIECE], sums: &mut [f64]) -> f64 {
    // Four sums at once, each that of four numbers before it and what comes since: one addition waits for the ones before.
    let column = |before| differences[before..][..sums.len()].as_chunks::<4>().0;
    let changes = column(0).iter().zip(column(1)).zip(column(2)).zip(column(3));
    let mut last = [begin; 4];
    let (fours, rest) = sums.as_chunks_mut::<4>();
    let done = 4 * fours.len();
    for (sums, (((a, b), c), d)) in fours.iter_mut().zip(changes) {
        for n in 0..4 {
            last[n] += (a[n] + b[n]) + (c[n] + d[n]);
        }
        *sums = last;
    }
    let mut last = last[3];
    for (sum, difference) in rest.iter_mut().zip(&differences[BEFORE + done..]) {
        last += difference;
        *sum = last;
    }
    last
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
