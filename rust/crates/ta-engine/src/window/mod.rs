//! Building blocks of kernels: each holds its own state, seeds itself and says when it is warm.
//!
//! A value of a window is a function of the numbers in it and of nothing else: sums are exact, and the greatest and the
//! least are.

mod abreast;
mod average;
mod blocks;
mod delay;
mod deviation;
mod divisor;
mod extrema;
mod grid;
mod history;
mod ring;
mod sliding;
mod sum;
mod weighted;
mod wide;

pub use average::{ExponentialMean, WilderMean, WilderMeans, bars_until};
pub use blocks::{Blocks, Cells, Fold, Place};
pub use delay::Delay;
pub use deviation::{Deviation, MeanAndDeviation};
pub use divisor::quotient_of_any;
pub use extrema::{Maximum, MaximumAt, Minimum, MinimumAt};
pub use grid::add_to;
pub use history::History;
pub use sliding::{Sliding, Sums};
pub use sum::{Mean, Sum};
pub use weighted::WeightedMean;
