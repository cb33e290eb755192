//! Exact sums of any numbers: fixed-point integers with a place for every bit that a double can have.
//!
//! For windows whose numbers lie too far apart for a quicker way. Adding takes a few words, whatever the numbers are, and
//! nothing is rounded before the sum is read.

/// An exact sum of doubles, of multiples of them, or, with twice as many words, of their squares.
///
/// `L` words of 64 bits as a two's complement integer, in units of `2^-32(L - 1)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Wide<const L: usize>(Box<[u64; L]>);

/// Words for sums of up to 2^63 doubles.
pub const SUM: usize = 35;
/// Words for sums of up to 2^63 products of two doubles.
pub const SQUARES: usize = 69;

/// A finite number as `mantissa * 2^exponent`, its sign apart.
#[inline]
pub fn parts(x: f64) -> (u64, i32, bool) {
    let bits = x.to_bits();
    let (field, fraction) = ((bits >> 52 & 0x7ff) as i32, bits & ((1 << 52) - 1));
    let mantissa = if field == 0 { fraction } else { fraction | 1 << 52 };
    (mantissa, field.max(1) - 1075, bits >> 63 != 0)
}

/// `x * 2^exponent`, rounded once unless it is too small for that.
pub fn scaled(x: f64, exponent: i32) -> f64 {
    libm::scalbn(x, exponent)
}

impl<const L: usize> Wide<L> {
    const BASE: i32 = -32 * (L as i32 - 1);

    /// Zero.
    pub fn zero() -> Self {
        Wide(Box::new([0; L]))
    }

    /// Adds `magnitude * 2^exponent`, or takes it away.
    pub fn add(&mut self, magnitude: u128, exponent: i32, negative: bool) {
        let place = (exponent - Self::BASE) as usize;
        let (at, shift) = (place / 64, place % 64);
        let low = magnitude << shift;
        let high = if shift == 0 { 0 } else { (magnitude >> (128 - shift)) as u64 };
        let mut carry = false;
        let words = [low as u64, (low >> 64) as u64, high].into_iter().chain(std::iter::repeat(0));
        for (i, (word, x)) in self.0[at..].iter_mut().zip(words).enumerate() {
            if i > 2 && !carry {
                break;
            }
            (*word, carry) =
                if negative { word.borrowing_sub(x, carry) } else { word.carrying_add(x, carry) };
        }
    }

    /// Adds a whole multiple of a finite number.
    pub fn add_times(&mut self, x: f64, times: i64) {
        let (mantissa, exponent, negative) = parts(x);
        self.add(u128::from(mantissa) * u128::from(times.unsigned_abs()), exponent, negative != (times < 0));
    }

    /// Takes another sum away.
    pub fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for (word, x) in self.0.iter_mut().zip(other.0.iter()) {
            (*word, borrow) = word.borrowing_sub(*x, borrow);
        }
    }

    /// A whole multiple of the sum.
    pub fn times(&self, times: u64) -> Self {
        let mut product = Self::zero();
        let mut carry = 0;
        for (word, x) in product.0.iter_mut().zip(self.0.iter()) {
            (*word, carry) = x.carrying_mul(times, carry);
        }
        product
    }

    /// The sum without its sign, and whether that is a minus.
    fn magnitude(&self) -> (Self, bool) {
        let negative = self.0[L - 1] >> 63 != 0;
        if negative {
            let mut magnitude = Self::zero();
            magnitude.subtract(self);
            (magnitude, true)
        } else {
            (self.clone(), false)
        }
    }

    /// The first 64 bits of a sum that is not negative, the first of them set, their exponent, and whether there are any
    /// behind them; nothing of zero.
    fn leading(&self) -> Option<(u64, i32, bool)> {
        let top = self.0.iter().rposition(|word| *word != 0)?;
        let shift = self.0[top].leading_zeros();
        let (next, below) = self.0[..top].split_last().map_or((0, &[][..]), |(next, below)| (*next, below));
        let both = (u128::from(self.0[top]) << 64 | u128::from(next)) << shift;
        let more = both as u64 != 0 || below.iter().any(|word| *word != 0);
        Some(((both >> 64) as u64, Self::BASE + 64 * top as i32 - shift as i32, more))
    }

    /// The nearest double to the sum times `2^-down`.
    fn nearest(&self, down: i32) -> f64 {
        let (magnitude, negative) = self.magnitude();
        let Some((leading, exponent, more)) = magnitude.leading() else { return 0.0 };
        let x = scaled((leading | u64::from(more)) as f64, exponent - down);
        if negative { -x } else { x }
    }

    /// The nearest double to the sum, the nearest to what is left, both times `2^-down`, and `down`, which is not zero where
    /// the sum might pass the greatest double.
    pub fn read(&self) -> (f64, f64, i32) {
        let (magnitude, _) = self.magnitude();
        let down = match magnitude.leading() {
            Some((_, exponent, _)) if exponent > 900 => 128,
            _ => 0,
        };
        let high = self.nearest(down);
        let (mantissa, exponent, negative) = parts(high);
        let mut left = self.clone();
        left.add(mantissa.into(), exponent + down, !negative);
        (high, left.nearest(down), down)
    }
}

impl Wide<SUM> {
    /// The sum of these numbers.
    fn of(numbers: impl IntoIterator<Item = f64>) -> Self {
        let mut sum = Wide::zero();
        for x in numbers {
            sum.add_times(x, 1);
        }
        sum
    }

    /// The sum divided by a count: the nearest double, and what that leaves.
    fn over(&self, count: usize) -> [f64; 2] {
        let (sum, rest, down) = self.read();
        let count = count as f64;
        let near = sum / count;
        let left = ((-near).mul_add(count, sum) + rest) / count;
        let quotient = near + left;
        [quotient, left - (quotient - near)].map(|x| if down == 0 { x } else { scaled(x, down) })
    }
}

/// The sum of numbers, rounded once: the same in any order.
pub fn sum_of(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, _, down) = Wide::of(numbers).read();
    if down == 0 { sum } else { scaled(sum, down) }
}

/// The mean of numbers, one at least: the same in any order, and of equal numbers each of them.
pub fn mean_of(numbers: &[f64]) -> f64 {
    Wide::of(numbers.iter().copied()).over(numbers.len())[0]
}

/// How far a number is from a mean of twice as many digits.
fn distance(x: f64, [mean, rest]: [f64; 2]) -> f64 {
    (x - mean) - rest
}

/// Puts in place of numbers, one at least, how far they are from their mean, which has twice as many digits.
pub fn take_mean_away(numbers: &mut [f64]) {
    let mean = Wide::of(numbers.iter().copied()).over(numbers.len());
    for x in numbers {
        *x = distance(*x, mean);
    }
}

/// [`take_mean_away`], and gives the deviation of the numbers, whose square is the mean square of these distances.
pub fn take_mean_away_and_deviation(numbers: &mut [f64]) -> f64 {
    let sum = Wide::of(numbers.iter().copied());
    let mut squares = Wide::<SQUARES>::zero();
    for x in &*numbers {
        squares.add_square(*x, false);
    }
    let count = numbers.len();
    let (bits, exponent) = squares.spread(count as u64, &sum);
    // A root halves the exponent, which has to be even.
    let odd = exponent & 1;
    let deviation = scaled(bits as f64, odd).sqrt() / count as f64;
    let mean = sum.over(count);
    for x in numbers {
        *x = distance(*x, mean);
    }
    scaled(deviation, (exponent - odd) / 2)
}

impl Wide<SQUARES> {
    /// Adds the square of a finite number, or takes it away.
    pub fn add_square(&mut self, x: f64, negative: bool) {
        let (mantissa, exponent, _) = parts(x);
        self.add(u128::from(mantissa) * u128::from(mantissa), 2 * exponent, negative);
    }

    /// `times * self - sum^2`, which is not negative, as its first 63 bits, the last of them set if there are any behind, and
    /// their exponent: what is nearest to them is nearest to it.
    pub fn spread(&self, times: u64, sum: &Wide<SUM>) -> (i64, i32) {
        let mut spread = self.times(times);
        let (sum, _) = sum.magnitude();
        for (i, a) in sum.0.iter().enumerate().filter(|(_, a)| **a != 0) {
            let mut product = [0; SUM + 1];
            let mut carry = 0;
            for (word, b) in product.iter_mut().zip(sum.0.iter()) {
                (*word, carry) = a.carrying_mul(*b, carry);
            }
            product[SUM] = carry;
            let mut borrow = false;
            // Words behind the last are zero, for the square is no greater than what it is taken from.
            for (word, x) in spread.0[i..].iter_mut().zip(product.into_iter().chain(std::iter::repeat(0))) {
                (*word, borrow) = word.borrowing_sub(x, borrow);
            }
        }
        match spread.leading() {
            Some((leading, exponent, more)) => {
                ((leading >> 1 | leading & 1 | u64::from(more)) as i64, exponent + 1)
            }
            None => (0, 0),
        }
    }
}
