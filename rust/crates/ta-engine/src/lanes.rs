//! The number types a kernel is written for: one `f64`, or eight of them side by side.
//!
//! Every operation acts on each lane alone and gives, lane by lane, the same bits for both types. Loops over the eight
//! lanes are plain array arithmetic that the compiler turns into vector instructions.

use std::fmt::Debug;
use std::ops::{Add, BitAnd, BitOr, Div, Index, IndexMut, Mul, Neg, Not, Sub};

/// Numbers that a kernel computes with.
pub trait Lanes:
    Copy
    + Debug
    + Send
    + Sync
    + 'static
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// One truth value per lane.
    type Mask: Mask;
    /// One small whole number per lane.
    type Index: Copy + Debug + Default + Send + Sync + Index<usize, Output = u32> + IndexMut<usize>;

    /// One whole number per lane.
    type Words: Copy + Debug + Send + Sync + Index<usize, Output = i64> + IndexMut<usize>;

    /// Something of its own for each lane.
    type Each<T: Debug + Send + Sync + 'static>: Debug
        + Send
        + Sync
        + Index<usize, Output = T>
        + IndexMut<usize>;

    /// How many lanes there are.
    const LANES: usize;
    /// Zero in every lane.
    const ZERO: Self;
    /// The canonical not-ready value in every lane.
    const NAN: Self;
    /// Zero in every lane of an index.
    const INDEX_ZERO: Self::Index;
    /// Zero in every lane of whole numbers.
    const WORDS_ZERO: Self::Words;

    /// Makes something for each lane.
    fn each<T: Debug + Send + Sync + 'static>(make: impl FnMut() -> T) -> Self::Each<T>;

    /// The same number in every lane.
    fn splat(x: f64) -> Self;
    /// One lane's number.
    fn lane(&self, lane: usize) -> f64;
    /// Replaces one lane's number.
    fn set_lane(&mut self, lane: usize, x: f64);
    /// A column as numbers, where there is one lane.
    fn numbers(column: &[Self]) -> Option<&[f64]>;
    /// A column as numbers to write, where there is one lane.
    fn numbers_mut(column: &mut [Self]) -> Option<&mut [f64]>;

    /// `self * factor + addend`, rounded once.
    fn mul_add(self, factor: Self, addend: Self) -> Self;
    /// Square root.
    fn sqrt(self) -> Self;
    /// Magnitude.
    fn abs(self) -> Self;
    /// The greater; NaN when either is NaN; `other` when they are equal (which orders −0 and 0).
    fn max(self, other: Self) -> Self;
    /// The lesser; NaN when either is NaN; `other` when they are equal.
    fn min(self, other: Self) -> Self;
    /// The greater of two numbers; `other` where they are equal or either is NaN: one instruction, unlike
    /// [`max`](Lanes::max).
    fn greater(self, other: Self) -> Self;
    /// The lesser of two numbers; `other` where they are equal or either is NaN.
    fn lesser(self, other: Self) -> Self;
    /// The function applied to each lane, for what has no vector form.
    fn map(self, f: impl Fn(f64) -> f64) -> Self;
    /// The function applied to each pair of lanes.
    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self;

    /// `self > other`; false with NaN.
    fn gt(self, other: Self) -> Self::Mask;
    /// `self >= other`; false with NaN.
    fn ge(self, other: Self) -> Self::Mask;
    /// `self == other`; false with NaN.
    fn equals(self, other: Self) -> Self::Mask;
    /// `yes` where the mask holds, else `no`.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;

    /// True where the index is `n`.
    fn index_is(index: &Self::Index, n: usize) -> Self::Mask;
    /// The index as numbers.
    fn of_index(index: &Self::Index) -> Self;
    /// The index in some lanes, `n` in the others.
    fn index_select(lanes: Self::Mask, index: &Self::Index, n: usize) -> Self::Index;
    /// Sets the index to zero in some lanes.
    #[inline(always)]
    fn index_reset(index: &mut Self::Index, lanes: Self::Mask) {
        for lane in 0..Self::LANES {
            index[lane] = if lanes.lane(lane) { 0 } else { index[lane] };
        }
    }
    /// Adds one to the index in some lanes.
    #[inline(always)]
    fn index_advance(index: &mut Self::Index, lanes: Self::Mask) {
        for lane in 0..Self::LANES {
            index[lane] += u32::from(lanes.lane(lane));
        }
    }

    /// True where the lane has a finite number.
    #[inline(always)]
    fn is_ready(self) -> Self::Mask {
        Self::splat(f64::MAX).ge(self.abs())
    }

    /// True where the lane has a number: among values of the engine, all of them finite, that it is ready.
    #[inline(always)]
    fn is_number(self) -> Self::Mask {
        self.equals(self)
    }

    /// 1 where the mask holds, else 0.
    fn from_mask(mask: Self::Mask) -> Self;

    /// True when no lane of any is NaN.
    fn all_numbers<const N: usize>(xs: &[Self; N]) -> bool;

    /// `new` in the lanes that advance, `old` in the others; a warm step advances all of them.
    #[inline(always)]
    fn keep<const WARM: bool>(ready: Self::Mask, new: Self, old: Self) -> Self {
        if WARM { new } else { Self::select(ready, new, old) }
    }

    /// Anything that is not a finite number as the canonical not-ready value.
    #[inline(always)]
    fn finite_or_nan(self) -> Self {
        Self::select(self.is_ready(), self, Self::NAN)
    }
}

/// Adds zero times each number: a finite number times zero is zero, any other is NaN, and NaN stays in a sum.
#[inline(always)]
pub fn add_zeros<V: Lanes, const N: usize>(sums: &mut [V; N], xs: &[V; N]) {
    for (sum, x) in sums.iter_mut().zip(xs) {
        *sum = *sum + *x * V::ZERO;
    }
}

/// True when every number of some pieces of columns is finite.
#[inline(always)]
pub fn all_finite<V: Lanes, const N: usize, const C: usize>(pieces: [&[V; N]; C]) -> bool {
    let mut sums = [V::ZERO; N];
    for piece in pieces {
        add_zeros(&mut sums, piece);
    }
    V::all_numbers(&sums)
}

/// One truth value per lane.
pub trait Mask:
    Copy + Debug + Send + Sync + BitAnd<Output = Self> + BitOr<Output = Self> + Not<Output = Self>
{
    /// True in every lane.
    const ALL: Self;
    /// False in every lane.
    const NONE: Self;

    /// True in every lane.
    fn all(self) -> bool;
    /// True in some lane.
    fn any(self) -> bool;
    /// One lane's truth value.
    fn lane(self, lane: usize) -> bool;
    /// Replaces one lane's truth value.
    fn set_lane(&mut self, lane: usize, holds: bool);
}

impl Lanes for f64 {
    type Mask = bool;
    type Index = [u32; 1];
    type Words = [i64; 1];
    type Each<T: Debug + Send + Sync + 'static> = [T; 1];

    const LANES: usize = 1;
    const ZERO: f64 = 0.0;
    const NAN: f64 = f64::NAN;
    const INDEX_ZERO: [u32; 1] = [0];
    const WORDS_ZERO: [i64; 1] = [0];

    fn each<T: Debug + Send + Sync + 'static>(mut make: impl FnMut() -> T) -> [T; 1] {
        [make()]
    }
    #[inline(always)]
    fn splat(x: f64) -> f64 {
        x
    }
    #[inline(always)]
    fn lane(&self, _lane: usize) -> f64 {
        *self
    }
    #[inline(always)]
    fn set_lane(&mut self, _lane: usize, x: f64) {
        *self = x;
    }
    #[inline(always)]
    fn numbers(column: &[f64]) -> Option<&[f64]> {
        Some(column)
    }
    #[inline(always)]
    fn numbers_mut(column: &mut [f64]) -> Option<&mut [f64]> {
        Some(column)
    }
    #[inline(always)]
    fn mul_add(self, factor: f64, addend: f64) -> f64 {
        f64::mul_add(self, factor, addend)
    }
    #[inline(always)]
    fn sqrt(self) -> f64 {
        f64::sqrt(self)
    }
    #[inline(always)]
    fn abs(self) -> f64 {
        f64::abs(self)
    }
    #[inline(always)]
    fn max(self, other: f64) -> f64 {
        // `f64::max` drops NaN and leaves the order of −0 and 0 open. The choice by `>` alone is one instruction, which
        // gives `other` where either is NaN; so only a NaN of `self` needs another look, and none where it is constant.
        if self.is_nan() { self } else { self.greater(other) }
    }
    #[inline(always)]
    fn min(self, other: f64) -> f64 {
        if self.is_nan() { self } else { self.lesser(other) }
    }
    #[inline(always)]
    fn greater(self, other: f64) -> f64 {
        if self > other { self } else { other }
    }
    #[inline(always)]
    fn lesser(self, other: f64) -> f64 {
        if self < other { self } else { other }
    }
    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> f64 {
        f(self)
    }
    #[inline(always)]
    fn zip(self, other: f64, f: impl Fn(f64, f64) -> f64) -> f64 {
        f(self, other)
    }
    #[inline(always)]
    fn gt(self, other: f64) -> bool {
        self > other
    }
    #[inline(always)]
    fn ge(self, other: f64) -> bool {
        self >= other
    }
    #[inline(always)]
    fn equals(self, other: f64) -> bool {
        self == other
    }
    #[inline(always)]
    fn select(mask: bool, yes: f64, no: f64) -> f64 {
        if mask { yes } else { no }
    }
    #[inline(always)]
    fn all_numbers<const N: usize>(xs: &[f64; N]) -> bool {
        // Words in the order of the numbers: truth values would not be made vectors, and one word for all would have the
        // numbers shuffled for it where they are computed.
        let mut nan = [0; 4];
        for (i, x) in xs.iter().enumerate() {
            nan[i % 4] |= word(x.is_nan());
        }
        nan[0] | nan[1] | nan[2] | nan[3] == 0
    }
    #[inline(always)]
    fn from_mask(mask: bool) -> f64 {
        // Never a branch: what a rule decides is hard to foresee.
        f64::from_bits(word(mask) & 1f64.to_bits())
    }
    #[inline(always)]
    fn index_is(index: &[u32; 1], n: usize) -> bool {
        index[0] == n as u32
    }
    #[inline(always)]
    fn index_select(lanes: bool, index: &[u32; 1], n: usize) -> [u32; 1] {
        [if lanes { index[0] } else { n as u32 }]
    }
    #[inline(always)]
    fn of_index(index: &[u32; 1]) -> f64 {
        index[0].into()
    }
}

impl Mask for bool {
    const ALL: bool = true;
    const NONE: bool = false;

    #[inline(always)]
    fn all(self) -> bool {
        self
    }
    #[inline(always)]
    fn any(self) -> bool {
        self
    }
    #[inline(always)]
    fn lane(self, _lane: usize) -> bool {
        self
    }
    #[inline(always)]
    fn set_lane(&mut self, _lane: usize, holds: bool) {
        *self = holds;
    }
}

/// Eight numbers, one per symbol of a tile.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub struct Lanes8(pub [f64; 8]);

impl Lanes8 {
    /// The first four numbers, or the last.
    #[inline(always)]
    pub(crate) fn half(&self, half: usize) -> [f64; 4] {
        self.0.as_chunks().0[half]
    }

    /// Puts the first four numbers, or the last.
    #[inline(always)]
    pub(crate) fn set_half(&mut self, half: usize, numbers: [f64; 4]) {
        self.0.as_chunks_mut().0[half] = numbers;
    }
}

/// Eight truth values, each a word of ones or of zeros so that selecting is bit arithmetic.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub struct Mask8([u64; 8]);

/// Applies an expression to each lane of some arrays.
///
/// A loop, not closures: what the compiler leaves as a call is compiled for the baseline, whoever calls it.
macro_rules! each {
    ($($a:ident in $x:expr),+ => $e:expr) => {{
        let mut out = [Default::default(); 8];
        let mut lane = 0;
        while lane < 8 {
            $(let $a = $x[lane];)+
            out[lane] = $e;
            lane += 1;
        }
        out
    }};
}

macro_rules! arithmetic {
    ($($trait:ident $method:ident $op:tt)*) => {$(
        impl $trait for Lanes8 {
            type Output = Lanes8;
            #[inline(always)]
            fn $method(self, other: Lanes8) -> Lanes8 {
                Lanes8(each!(a in self.0, b in other.0 => a $op b))
            }
        }
    )*};
}
arithmetic!(Add add +  Sub sub -  Mul mul *  Div div /);

impl Neg for Lanes8 {
    type Output = Lanes8;
    #[inline(always)]
    fn neg(self) -> Lanes8 {
        Lanes8(each!(a in self.0 => -a))
    }
}

/// The word that stands for a truth value.
#[inline(always)]
const fn word(holds: bool) -> u64 {
    (holds as u64).wrapping_neg()
}

impl Lanes for Lanes8 {
    type Mask = Mask8;
    type Index = [u32; 8];
    type Words = [i64; 8];
    type Each<T: Debug + Send + Sync + 'static> = [T; 8];

    const LANES: usize = 8;
    const ZERO: Lanes8 = Lanes8([0.0; 8]);
    const NAN: Lanes8 = Lanes8([f64::NAN; 8]);
    const INDEX_ZERO: [u32; 8] = [0; 8];
    const WORDS_ZERO: [i64; 8] = [0; 8];

    fn each<T: Debug + Send + Sync + 'static>(mut make: impl FnMut() -> T) -> [T; 8] {
        std::array::from_fn(|_| make())
    }
    #[inline(always)]
    fn splat(x: f64) -> Lanes8 {
        Lanes8([x; 8])
    }
    #[inline(always)]
    fn lane(&self, lane: usize) -> f64 {
        self.0[lane]
    }
    #[inline(always)]
    fn set_lane(&mut self, lane: usize, x: f64) {
        self.0[lane] = x;
    }
    #[inline(always)]
    fn numbers(_column: &[Lanes8]) -> Option<&[f64]> {
        None
    }
    #[inline(always)]
    fn numbers_mut(_column: &mut [Lanes8]) -> Option<&mut [f64]> {
        None
    }
    #[inline(always)]
    fn mul_add(self, factor: Lanes8, addend: Lanes8) -> Lanes8 {
        Lanes8(each!(a in self.0, b in factor.0, c in addend.0 => a.mul_add(b, c)))
    }
    #[inline(always)]
    fn sqrt(self) -> Lanes8 {
        Lanes8(each!(a in self.0 => a.sqrt()))
    }
    #[inline(always)]
    fn abs(self) -> Lanes8 {
        Lanes8(each!(a in self.0 => a.abs()))
    }
    #[inline(always)]
    fn max(self, other: Lanes8) -> Lanes8 {
        Lanes8(each!(a in self.0, b in other.0 => Lanes::max(a, b)))
    }
    #[inline(always)]
    fn min(self, other: Lanes8) -> Lanes8 {
        Lanes8(each!(a in self.0, b in other.0 => Lanes::min(a, b)))
    }
    #[inline(always)]
    fn greater(self, other: Lanes8) -> Lanes8 {
        Lanes8(each!(a in self.0, b in other.0 => if a > b { a } else { b }))
    }
    #[inline(always)]
    fn lesser(self, other: Lanes8) -> Lanes8 {
        Lanes8(each!(a in self.0, b in other.0 => if a < b { a } else { b }))
    }
    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> Lanes8 {
        Lanes8(each!(a in self.0 => f(a)))
    }
    #[inline(always)]
    fn zip(self, other: Lanes8, f: impl Fn(f64, f64) -> f64) -> Lanes8 {
        Lanes8(each!(a in self.0, b in other.0 => f(a, b)))
    }
    #[inline(always)]
    fn gt(self, other: Lanes8) -> Mask8 {
        Mask8(each!(a in self.0, b in other.0 => word(a > b)))
    }
    #[inline(always)]
    fn ge(self, other: Lanes8) -> Mask8 {
        Mask8(each!(a in self.0, b in other.0 => word(a >= b)))
    }
    #[inline(always)]
    fn equals(self, other: Lanes8) -> Mask8 {
        Mask8(each!(a in self.0, b in other.0 => word(a == b)))
    }
    #[inline(always)]
    fn select(mask: Mask8, yes: Lanes8, no: Lanes8) -> Lanes8 {
        Lanes8(
            each!(m in mask.0, x in yes.0, y in no.0 => f64::from_bits((x.to_bits() & m) | (y.to_bits() & !m))),
        )
    }
    #[inline(always)]
    fn all_numbers<const N: usize>(xs: &[Lanes8; N]) -> bool {
        let mut numbers = Mask8::ALL;
        for x in xs {
            numbers = numbers & x.is_number();
        }
        numbers.all()
    }
    #[inline(always)]
    fn from_mask(mask: Mask8) -> Lanes8 {
        Lanes8(each!(m in mask.0 => f64::from_bits(m & 1f64.to_bits())))
    }
    #[inline(always)]
    fn index_is(index: &[u32; 8], n: usize) -> Mask8 {
        let n = n as u32;
        Mask8(each!(i in index => word(i == n)))
    }
    #[inline(always)]
    fn index_select(lanes: Mask8, index: &[u32; 8], n: usize) -> [u32; 8] {
        let n = n as u32;
        each!(m in lanes.0, i in index => (i & m as u32) | (n & !m as u32))
    }
    #[inline(always)]
    fn of_index(index: &[u32; 8]) -> Lanes8 {
        Lanes8(each!(i in index => f64::from(i)))
    }
}

impl BitAnd for Mask8 {
    type Output = Mask8;
    #[inline(always)]
    fn bitand(self, other: Mask8) -> Mask8 {
        Mask8(each!(a in self.0, b in other.0 => a & b))
    }
}

impl BitOr for Mask8 {
    type Output = Mask8;
    #[inline(always)]
    fn bitor(self, other: Mask8) -> Mask8 {
        Mask8(each!(a in self.0, b in other.0 => a | b))
    }
}

impl Not for Mask8 {
    type Output = Mask8;
    #[inline(always)]
    fn not(self) -> Mask8 {
        Mask8(each!(a in self.0 => !a))
    }
}

impl Mask for Mask8 {
    const ALL: Mask8 = Mask8([u64::MAX; 8]);
    const NONE: Mask8 = Mask8([0; 8]);

    #[inline(always)]
    fn all(self) -> bool {
        let w = self.0;
        (w[0] & w[1] & w[2] & w[3]) & (w[4] & w[5] & w[6] & w[7]) != 0
    }
    #[inline(always)]
    fn any(self) -> bool {
        let w = self.0;
        (w[0] | w[1] | w[2] | w[3]) | (w[4] | w[5] | w[6] | w[7]) != 0
    }
    #[inline(always)]
    fn lane(self, lane: usize) -> bool {
        self.0[lane] != 0
    }
    #[inline(always)]
    fn set_lane(&mut self, lane: usize, holds: bool) {
        self.0[lane] = word(holds);
    }
}

/// Bits of a number with NaN in one form.
#[inline]
pub(crate) fn canonical_bits(x: f64) -> u64 {
    if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: [f64; 8] = [0.0, -0.0, 1.5, -1.5, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE, 1e308];

    #[test]
    fn each_lane_gives_the_bits_of_the_single_number() {
        for shift in 0..8 {
            let other: [f64; 8] = std::array::from_fn(|i| NUMBERS[(i + shift) % 8]);
            let (a, b) = (Lanes8(NUMBERS), Lanes8(other));
            for i in 0..8 {
                let (x, y) = (NUMBERS[i], other[i]);
                for (lanes, single) in [
                    (a.max(b), Lanes::max(x, y)),
                    (a.min(b), Lanes::min(x, y)),
                    (a.mul_add(b, a), x.mul_add(y, x)),
                    (Lanes8::select(a.gt(b), a, b), if x > y { x } else { y }),
                ] {
                    let found = lanes.0[i];
                    assert!(found.to_bits() == single.to_bits() || (found.is_nan() && single.is_nan()));
                }
            }
        }
    }

    #[test]
    fn greater_and_lesser_keep_nan_on_either_side() {
        assert!(Lanes::max(f64::NAN, 1.0).is_nan() && Lanes::max(1.0, f64::NAN).is_nan());
        assert!(Lanes::min(f64::NAN, 1.0).is_nan() && Lanes::min(1.0, f64::NAN).is_nan());
        assert_eq!(Lanes::max(0.0, -0.0).to_bits(), (-0.0f64).to_bits());
    }

    #[test]
    fn what_is_not_finite_is_not_a_number_in_one_form() {
        assert_eq!((-f64::NAN).finite_or_nan().to_bits(), f64::NAN.to_bits());
        assert!(f64::INFINITY.finite_or_nan().is_nan());
    }
}
