//! How far a window's numbers lie from their mean, for what has to look at each of them anew.
//!
//! The mean is the exact one, rounded once, and what is added up is added up in the order of the window, so that the sums are
//! a function of the numbers alone.

use super::sum::Mean;
use crate::kernel::{State, StateError, Visitor};

/// Distances of the last `period` inputs of one symbol from their mean.
#[derive(Debug)]
pub struct Around {
    mean: Mean<f64>,
    /// No state: of the oldest input first.
    distances: Box<[f64]>,
}

/// Numbers that are added up side by side.
const ABREAST: usize = 8;

impl Around {
    /// A window that has seen nothing; `period` is at least 1.
    pub fn new(period: usize) -> Around {
        Around { mean: Mean::new(period), distances: vec![0.0; period].into() }
    }

    /// Takes an input where it is ready, and gives the distances of all that are in the window; none until it is full.
    #[inline(always)]
    pub fn push<const WARM: bool>(&mut self, x: f64, ready: bool) -> Option<&[f64]> {
        let [mean] = self.mean.push::<WARM>(x, ready);
        if mean.is_nan() {
            return None;
        }
        // Half by half, each of which is a row that vectors can go along.
        let [older, newer] = self.mean.inputs();
        let (first, second) = self.distances.split_at_mut(older.len());
        for (distances, inputs) in [(first, older), (second, newer)] {
            for (distance, x) in distances.iter_mut().zip(inputs) {
                *distance = x - mean;
            }
        }
        Some(&self.distances)
    }
}

/// Sum of something of each distance.
#[inline(always)]
pub fn sum_of_each(distances: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let (pieces, rest) = distances.as_chunks::<ABREAST>();
    let mut sums = [0.0; ABREAST];
    for piece in pieces {
        for (sum, x) in sums.iter_mut().zip(piece) {
            *sum += of(*x);
        }
    }
    for (sum, x) in sums.iter_mut().zip(rest) {
        *sum += of(*x);
    }
    sums.into_iter().sum()
}

/// The power of two that brings a magnitude near 1, so that numbers times it have the same digits; not a number where the
/// magnitude is none or 0.
#[inline(always)]
pub fn near_one(magnitude: f64) -> f64 {
    if magnitude == 0.0 || !magnitude.is_finite() {
        return f64::NAN;
    }
    let exponent = (magnitude.to_bits() >> 52) & 0x7ff;
    // Of the greatest and of the finest magnitudes the power of two that is nearest to theirs and has an inverse.
    f64::from_bits((2046 - exponent.max(1)).max(1) << 52)
}

/// The greatest of something of each number, and at least 0; of what is no number nothing is greater.
#[inline(always)]
pub fn most_of_each(numbers: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let (pieces, rest) = numbers.as_chunks::<ABREAST>();
    let mut most = [0.0; ABREAST];
    let greater = |most: &mut f64, x: f64| *most = if x > *most { x } else { *most };
    for piece in pieces {
        for (most, x) in most.iter_mut().zip(piece) {
            greater(most, of(*x));
        }
    }
    for x in rest {
        greater(&mut most[0], of(*x));
    }
    most.into_iter().fold(0.0, f64::max)
}

/// Sum of the products of two windows' distances.
#[inline(always)]
pub fn sum_of_products(a: &[f64], b: &[f64]) -> f64 {
    sum_of_pairs(a, b, |a, b| a * b)
}

/// Sum of something of each pair of two rows that are as long.
#[inline(always)]
pub fn sum_of_pairs(a: &[f64], b: &[f64], of: impl Fn(f64, f64) -> f64) -> f64 {
    let ((pieces_a, rest_a), (pieces_b, rest_b)) = (a.as_chunks::<ABREAST>(), b.as_chunks::<ABREAST>());
    let mut sums = [0.0; ABREAST];
    for (a, b) in pieces_a.iter().zip(pieces_b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += of(*a, *b);
        }
    }
    for ((sum, a), b) in sums.iter_mut().zip(rest_a).zip(rest_b) {
        *sum += of(*a, *b);
    }
    sums.into_iter().sum()
}

impl State<f64> for Around {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.mean.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.mean.visit(visitor)
    }
}
