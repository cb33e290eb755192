//! Means of a window with weights of their own.

use crate::window::{Figure, sum_of_pairs};

/// The weights of a mean, by its parameters: of the oldest value first.
pub trait Weights: std::fmt::Debug + Send + Sync + 'static {
    /// Checked parameters.
    type Params;

    /// One weight for each value of the window; they need not add up to anything.
    fn of(params: &Self::Params) -> Vec<f64>;
}

/// The mean of a window with these weights.
#[derive(Debug)]
pub struct Weighted<W> {
    /// They add up to 1.
    weights: Box<[f64]>,
    of: std::marker::PhantomData<W>,
}

impl<W: Weights> Figure<1> for Weighted<W> {
    type Params = W::Params;

    fn new(params: &W::Params) -> Self {
        let weights = W::of(params);
        let sum: f64 = weights.iter().sum();
        Weighted {
            weights: weights.into_iter().map(|weight| weight / sum).collect(),
            of: std::marker::PhantomData,
        }
    }

    fn period(params: &W::Params) -> usize {
        W::of(params).len()
    }

    fn of(&mut self, window: &[f64]) -> [f64; 1] {
        // From the newest value, so that equal ones stand still.
        let newest = window[window.len() - 1];
        [newest + sum_of_pairs(window, &self.weights, |x, weight| weight * (x - newest))]
    }
}
