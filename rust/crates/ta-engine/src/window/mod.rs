//! Building blocks of kernels: each holds its own state, seeds itself and says when it is warm.
//!
//! A value of a window is a function of the numbers in it and of nothing else: sums are exact, and the greatest and the
//! least are.

mod abreast;
mod around;
mod average;
mod blocks;
mod by_lane;
mod cells;
mod delay;
mod deviation;
mod divisor;
mod extrema;
mod grid;
mod history;
mod ordered;
mod parting;
mod regression;
mod ring;
mod scanned;
mod sliding;
mod sum;
mod wait;
mod weighted;
mod wide;

pub use around::{Around, most_of_each, near_one, sum_of_each, sum_of_pairs, sum_of_products};
pub use average::{ExponentialMean, WilderMean, WilderMeans, bars_until};
pub use blocks::{Blocks, Fold};
pub use by_lane::ByLane;
pub use cells::{Cells, Place};
pub use delay::Delay;
pub use deviation::{Deviation, MeanAndDeviation};
pub use divisor::quotient_of_any;
pub use extrema::{Maximum, MaximumAt, Minimum, MinimumAt};
pub use grid::add_to;
pub use history::History;
pub use ordered::Ordered;
pub use regression::RegressionLine;
pub use ring::Ring;
pub use scanned::{Figure, Scanned};
pub use sliding::{Sliding, Sums};
pub use sum::{Mean, Sum};
pub use wait::Wait;
pub use weighted::WeightedMean;
pub use wide::{mean_of, sum_of, take_mean_away, take_mean_away_and_deviation};

use crate::kernel::State;
use crate::lanes::Lanes;

/// A window over the last `period` inputs of one series that has one value.
pub trait Window<V: Lanes>: State<V> {
    /// See [`LOOKS_THROUGH`](crate::kernel::Kernel::LOOKS_THROUGH).
    const LOOKS_THROUGH: bool;

    /// See [`run_while_ready`](crate::kernel::Kernel::run_while_ready).
    fn run_while_quick(&mut self, xs: &[V], out: &mut [V]) -> usize;
}

impl<V: Lanes, S: Sums<V, 1>> Window<V> for Sliding<V, S, 1> {
    const LOOKS_THROUGH: bool = true;

    #[inline(always)]
    fn run_while_quick(&mut self, xs: &[V], out: &mut [V]) -> usize {
        Sliding::run_while_quick(self, xs, [out])
    }
}

impl<V: Lanes, F: Fold<C, R, 1>, const C: usize, const R: usize> Window<V> for Blocks<V, F, C, R, 1> {
    const LOOKS_THROUGH: bool = false;

    #[inline(always)]
    fn run_while_quick(&mut self, _xs: &[V], _out: &mut [V]) -> usize {
        0
    }
}
