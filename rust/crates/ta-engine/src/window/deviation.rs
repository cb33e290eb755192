//! Standard deviation of a window, from an exact integer.
//!
//! On a grid fine enough for a window's numbers each is a whole number `k` of steps, and `n^2` times the variance is the whole
//! number `spread = n * sum(k^2) - sum(k)^2`. It is kept exactly, slides by one product, and does not depend on a pivot:
//! when `new` takes the place of `old`, it grows by `(new - old) * (n * (new + old) - sum before - sum after)`.

use super::divisor::Divisor;
use super::grid::Scratch;
use super::sliding::{Sliding, Sums, WideLanes};
use super::sum::Total;
use super::wide::{SQUARES, SUM, Wide, parts, scaled};
use crate::isa::truncated;
use crate::kernel::Visitor;
use crate::lanes::Lanes;

/// Population standard deviation of the last `period` inputs.
pub type Deviation<V> = Sliding<V, Spread<V>, 1>;

/// Mean and population standard deviation of the last `period` inputs.
pub type MeanAndDeviation<V> = Sliding<V, TotalAndSpread<V>, 2>;

/// Binary digits of the greatest whole numbers that doubles are made to.
const DIGITS: i32 = 62;

/// The exact spread of a window.
#[derive(Debug)]
pub struct Spread<V: Lanes> {
    period: usize,
    divisor: Divisor,
    /// Binary digits of the period.
    digits: i32,
    /// The step of each lane's grid, a power of two, and the least and greatest numbers for which the integers have room.
    step: V,
    least: V,
    greatest: V,
    /// Sum of whole numbers; where it passes 64 bits only its difference from others counts, which does not.
    sum: V::Words,
    /// The high and the low word of the spread.
    spread: [V::Words; 2],
    wide: WideLanes<(Wide<SUM>, Wide<SQUARES>)>,
}

/// The grid of a lane and the numbers it has room for.
struct Room {
    step: f64,
    least: f64,
    greatest: f64,
}

/// One over a power of two, which is exact.
#[inline(always)]
fn inverse(power: f64) -> f64 {
    f64::from_bits((2046 << 52) - power.to_bits())
}

/// A number as a whole number of steps.
#[inline(always)]
fn steps(x: f64, per_unit: f64) -> i64 {
    truncated(x * per_unit)
}

/// The spread after `new` took the place of `old`, and the sum.
#[inline(always)]
fn moved(spread: i128, sum: i64, new: i64, old: i64, period: i64) -> (i128, i64) {
    let difference = new.wrapping_sub(old);
    let after = sum.wrapping_add(difference);
    let slope = new.wrapping_add(old).wrapping_mul(period).wrapping_sub(sum).wrapping_sub(after);
    (spread.wrapping_add(i128::from(difference) * i128::from(slope)), after)
}

/// The nearest double to a number of 126 bits that is not negative: the same whatever the step of the grid. Without a branch,
/// so that the compiler makes vectors of it.
#[inline(always)]
fn nearest(high: i64, low: i64) -> f64 {
    const PART: u64 = (1 << 52) - 1;
    let (high, low) = (high as u64, low as u64);
    // Bits behind the leading one of a power of two are as many steps above it.
    let part = |bits: u64, exponent: u64| {
        let power = (1023 + exponent) << 52;
        f64::from_bits(power | bits) - f64::from_bits(power)
    };
    let [first, second] = [part(high >> 40, 156), part((high << 12 | low >> 52) & PART, 104)];
    let third = part(low & PART, 52);
    let sum = first + second;
    let rest = second - (sum - first);
    // Of what is behind the sum, what it cannot hold is told by an odd last bit, so that only the last addition rounds:
    // Boldo and Melquiond, Emulation of FMA and correctly rounded sums, 2008.
    let behind = rest + third;
    let lost = third - (behind - rest);
    let bits = behind.to_bits();
    let is_to_be_odd = u64::from(lost != 0.0) & !bits;
    let outwards = (lost.to_bits() ^ bits) as i64 >= 0;
    let odd = if outwards { bits + is_to_be_odd } else { bits - is_to_be_odd };
    sum + f64::from_bits(odd)
}

/// Whether all numbers of a column are in a range and whole numbers of steps.
#[inline(always)]
fn has_room(least: f64, greatest: f64, step: f64, column: &[f64]) -> bool {
    let per_unit = inverse(step);
    // A reduction of integers, of which the compiler makes vectors. Of NaN the bits are not zero.
    let misfits = column.iter().fold(0, |misfits, x| {
        let steps = x * per_unit;
        let outside = !((*x >= least) & (greatest >= *x));
        misfits | (steps - steps.floor()).to_bits() | u64::from(outside)
    });
    misfits == 0
}

impl<V: Lanes> Spread<V> {
    /// A grid for a window's numbers; none if they lie too far apart.
    fn room(&self, window: impl Iterator<Item = f64>) -> Option<Room> {
        let (mut least, mut greatest) = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut top, mut bottom, mut finest) = (i32::MIN, i32::MAX, i32::MAX);
        for x in window {
            (least, greatest) = (least.min(x), greatest.max(x));
            let (mantissa, exponent, _) = parts(x);
            if mantissa != 0 {
                top = top.max(exponent + 63 - mantissa.leading_zeros() as i32);
                bottom = bottom.min(exponent + mantissa.trailing_zeros() as i32);
                finest = finest.min(exponent);
            }
        }
        if top == i32::MIN {
            (top, bottom, finest) = (0, 0, 0);
        }
        // Halves, so that the width of a range cannot overflow.
        let (mantissa, exponent, _) = parts(greatest / 2.0 - least / 2.0);
        let width = exponent + 65 - mantissa.leading_zeros() as i32;
        // Whole numbers of 62 bits, and a range so wide that neither a product with the period nor the spread overflows.
        let coarse = (top + 1 - DIGITS).max(width - (DIGITS - 2 - self.digits)).max(-960);
        let fine = bottom.min(900);
        if coarse > fine {
            return None;
        }
        // In the middle, so that both numbers further out and finer ones may come.
        let exponent = ((coarse + finest.min(fine)) / 2).clamp(coarse, fine);
        let step = scaled(1.0, exponent);
        let most = scaled(1.0, exponent + DIGITS);
        let spare = (scaled(1.0, exponent + DIGITS - 1 - self.digits) - (greatest - least)) / 2.0;
        Some(Room { step, least: (least - spare).max(-most), greatest: (greatest + spare).min(most) })
    }

    /// Whether the integers of the one lane have room for all these numbers.
    #[inline(always)]
    fn fits(&self, new: &[f64]) -> bool {
        has_room(self.least.lane(0), self.greatest.lane(0), self.step.lane(0), new)
    }

    /// Slides the one lane over a piece of a column that [fits](Spread::fits).
    #[inline(always)]
    fn take(&mut self, new: &[f64], old: &[f64], out: &mut [f64], scratch: &mut Scratch) {
        let step = self.step.lane(0);
        let (per_unit, period) = (inverse(step), self.period as i64);
        let mut spread = i128::from(self.spread[0][0]) << 64 | i128::from(self.spread[1][0] as u64);
        let mut sum = self.sum[0];
        let [high, low] = scratch.words(new.len());
        for (((high, low), new), old) in high.iter_mut().zip(&mut *low).zip(new).zip(old) {
            (spread, sum) = moved(spread, sum, steps(*new, per_unit), steps(*old, per_unit), period);
            (*high, *low) = ((spread >> 64) as i64, spread as i64);
        }
        self.sum[0] = sum;
        (self.spread[0][0], self.spread[1][0]) = ((spread >> 64) as i64, spread as i64);
        for ((out, high), low) in out.iter_mut().zip(high).zip(low) {
            *out = self.deviation(nearest(*high, *low)) * step;
        }
    }

    /// `sqrt(spread) / period`, in steps.
    #[inline(always)]
    fn deviation<W: Lanes>(&self, spread: W) -> W {
        self.divisor.quotient(spread.sqrt())
    }
}

impl<V: Lanes> Sums<V, 1> for Spread<V> {
    fn new(period: usize) -> Self {
        let digits = usize::BITS - (period - 1).leading_zeros();
        Spread {
            period,
            divisor: Divisor::new(period as f64),
            digits: digits as i32,
            step: V::splat(1.0),
            least: V::NAN,
            greatest: V::NAN,
            sum: V::WORDS_ZERO,
            spread: [V::WORDS_ZERO; 2],
            wide: WideLanes::new(),
        }
    }

    #[inline(always)]
    fn slide<const WARM: bool>(&mut self, new: V, old: V, lanes: V::Mask) -> V::Mask {
        // Nothing moves where a number takes its own place.
        let new = V::keep::<WARM>(lanes, new, old);
        let per_unit = self.step.map(inverse);
        let steps_of_new = new * per_unit;
        let whole = steps_of_new.map(f64::floor).equals(steps_of_new);
        let fits = new.ge(self.least) & self.greatest.ge(new) & whole;
        let [high, low] = &mut self.spread;
        for lane in 0..V::LANES {
            let per_unit = per_unit.lane(lane);
            let (new, old) = (truncated(steps_of_new.lane(lane)), steps(old.lane(lane), per_unit));
            let spread = i128::from(high[lane]) << 64 | i128::from(low[lane] as u64);
            let (spread, sum) = moved(spread, self.sum[lane], new, old, self.period as i64);
            (high[lane], low[lane]) = ((spread >> 64) as i64, spread as i64);
            self.sum[lane] = sum;
        }
        fits
    }

    #[inline(always)]
    fn values(&self) -> [V; 1] {
        let mut spread = V::ZERO;
        let [high, low] = &self.spread;
        for lane in 0..V::LANES {
            spread.set_lane(lane, nearest(high[lane], low[lane]));
        }
        [self.deviation(spread) * self.step]
    }

    fn sum_up(&mut self, lane: usize, window: impl Iterator<Item = f64> + Clone) {
        if let Some(Room { step, least, greatest }) = self.room(window.clone()) {
            let per_unit = inverse(step);
            let first = window.clone().next().map_or(0, |x| steps(x, per_unit));
            // As if all numbers had been the first, and then become what they are.
            let mut sum = first.wrapping_mul(self.period as i64);
            let mut spread = 0;
            for x in window {
                (spread, sum) = moved(spread, sum, steps(x, per_unit), first, self.period as i64);
            }
            self.step.set_lane(lane, step);
            self.least.set_lane(lane, least);
            self.greatest.set_lane(lane, greatest);
            self.sum[lane] = sum;
            (self.spread[0][lane], self.spread[1][lane]) = ((spread >> 64) as i64, spread as i64);
            self.wide.drop(lane);
        } else {
            let (mut sum, mut squares) = (Wide::zero(), Wide::zero());
            for x in window {
                sum.add_times(x, 1);
                squares.add_square(x, false);
            }
            self.least.set_lane(lane, f64::NAN);
            self.wide.put(lane, (sum, squares), self.period);
        }
    }

    fn mend(&mut self, lane: usize, new: f64, old: f64, window: impl Iterator<Item = f64> + Clone) {
        if let Some((sum, squares)) = self.wide.take_turn(lane) {
            sum.add_times(new, 1);
            sum.add_times(old, -1);
            squares.add_square(new, false);
            squares.add_square(old, true);
        } else if !has_room(self.least.lane(lane), self.greatest.lane(lane), self.step.lane(lane), &[new]) {
            self.sum_up(lane, window);
        }
    }

    fn wide_values(&self, lane: usize) -> Option<[f64; 1]> {
        self.wide.get(lane).map(|(sum, squares)| {
            let (bits, exponent) = squares.spread(self.period as u64, sum);
            // A root halves the exponent, which has to be even.
            let odd = exponent & 1;
            [scaled(self.deviation(scaled(bits as f64, odd)), (exponent - odd) / 2)]
        })
    }

    #[inline(always)]
    fn run(&mut self, new: &[f64], old: &[f64], [out]: [&mut [f64]; 1], scratch: &mut Scratch) -> bool {
        let fits = self.fits(new);
        if fits {
            self.take(new, old, out, scratch);
        }
        fits
    }

    fn visit_implied(&mut self, visitor: &mut impl Visitor) {
        for number in [&mut self.step, &mut self.least, &mut self.greatest] {
            visitor.implied(number);
        }
        let [high, low] = &mut self.spread;
        for words in [&mut self.sum, high, low] {
            visitor.implied_words::<V>(words);
        }
    }
}

/// The exact sum and spread of a window, given as mean and deviation.
#[derive(Debug)]
pub struct TotalAndSpread<V: Lanes> {
    total: Total<V, true>,
    spread: Spread<V>,
}

impl<V: Lanes> Sums<V, 2> for TotalAndSpread<V> {
    fn new(period: usize) -> Self {
        TotalAndSpread { total: Total::new(period), spread: Spread::new(period) }
    }

    #[inline(always)]
    fn slide<const WARM: bool>(&mut self, new: V, old: V, lanes: V::Mask) -> V::Mask {
        self.total.slide::<WARM>(new, old, lanes) & self.spread.slide::<WARM>(new, old, lanes)
    }

    #[inline(always)]
    fn values(&self) -> [V; 2] {
        let ([mean], [deviation]) = (self.total.values(), self.spread.values());
        [mean, deviation]
    }

    fn sum_up(&mut self, lane: usize, window: impl Iterator<Item = f64> + Clone) {
        self.total.sum_up(lane, window.clone());
        self.spread.sum_up(lane, window);
    }

    fn mend(&mut self, lane: usize, new: f64, old: f64, window: impl Iterator<Item = f64> + Clone) {
        self.total.mend(lane, new, old, window.clone());
        self.spread.mend(lane, new, old, window);
    }

    fn wide_values(&self, lane: usize) -> Option<[f64; 2]> {
        let (mean, deviation) = (self.total.wide_values(lane), self.spread.wide_values(lane));
        if mean.is_none() && deviation.is_none() {
            return None;
        }
        let ([quick_mean], [quick_deviation]) = (self.total.values(), self.spread.values());
        Some([
            mean.map_or(quick_mean.lane(lane), |[mean]| mean),
            deviation.map_or(quick_deviation.lane(lane), |[deviation]| deviation),
        ])
    }

    #[inline(always)]
    fn run(
        &mut self,
        new: &[f64],
        old: &[f64],
        [means, deviations]: [&mut [f64]; 2],
        scratch: &mut Scratch,
    ) -> bool {
        // Neither goes on alone.
        let fit = self.spread.fits(new) && self.total.run(new, old, [means], scratch);
        if fit {
            self.spread.take(new, old, deviations, scratch);
        }
        fit
    }

    fn visit_implied(&mut self, visitor: &mut impl Visitor) {
        self.total.visit_implied(visitor);
        self.spread.visit_implied(visitor);
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn two_words_become_the_nearest_double_ties_to_even() {
        let check = |x: i128| {
            let given = nearest((x >> 64) as i64, x as i64);
            assert_eq!(given.to_bits(), (x as f64).to_bits(), "{x:#x}");
        };
        // Few bits at any places, and what stands beside them: halves between two doubles, and what is next to a half.
        for a in 0..126 {
            for b in 0..=a {
                for c in 0..=b {
                    let x = 1i128 << a | 1 << b | 1 << c;
                    let most = (1i128 << 126) - 1;
                    [x - 1, x, x + 1, x ^ 1 << (a / 2)].into_iter().for_each(|x| check(x.min(most)));
                }
            }
        }
        let mut word = 1u64;
        let mut next = || {
            word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            u128::from(word >> 11)
        };
        for _ in 0..100_000 {
            let x = (next() << 106 | next() << 53 | next()) >> 2;
            let shift = next() % 126;
            check((x >> shift) as i128);
        }
    }
}
