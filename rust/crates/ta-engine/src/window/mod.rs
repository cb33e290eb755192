//! Building blocks of kernels: each holds its own state, seeds itself and says when it is warm.
//!
//! A bad value that leaves a window leaves no trace: nothing is ever subtracted from a running sum.

mod abreast;
mod average;
mod blocks;
mod delay;
mod deviation;
mod extrema;
mod history;
mod period;
mod sum;
mod weighted;

pub use average::{ExponentialMean, WilderMean, WilderMeans, bars_until};
pub use blocks::{Blocks, Cells, Fold, Place};
pub use delay::Delay;
pub use deviation::{Deviation, MeanAndVariance};
pub use extrema::{Maximum, MaximumAt, Minimum, MinimumAt};
pub use history::History;
pub use sum::Sum;
pub use weighted::WeightedSum;
