//! A window that is looked through on every bar: for values that no sums and no order of its inputs give quicker.

use std::fmt::Debug;

use super::ring::Ring;
use crate::kernel::{FromParams, Kernel, State, StateError, Visitor};

/// What is computed of a full window: `O` values.
pub trait Figure<const O: usize>: Debug + Send + Sync + 'static {
    /// Checked parameters.
    type Params;

    /// With these parameters.
    fn new(params: &Self::Params) -> Self;

    /// How many inputs count.
    fn period(params: &Self::Params) -> usize;

    /// The values of a window, whose oldest input comes first. They are functions of the inputs in it and of nothing else.
    fn of(&mut self, window: &[f64]) -> [f64; O];
}

/// The kernel of one symbol that looks through its last inputs on every bar.
#[derive(Debug)]
pub struct Scanned<F, const O: usize> {
    ring: Ring<f64>,
    /// The window in order.
    window: Box<[f64]>,
    figure: F,
}

impl<F: Figure<O>, const O: usize> FromParams for Scanned<F, O> {
    type Params = F::Params;

    fn new(params: &F::Params) -> Self {
        let period = F::period(params);
        Scanned { ring: Ring::new(period), window: vec![0.0; period].into(), figure: F::new(params) }
    }
}

impl<F: Figure<O>, const O: usize> State<f64> for Scanned<F, O> {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.ring.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.ring.visit(visitor)
    }
}

impl<F: Figure<O>, const O: usize> Kernel<f64, 1, O> for Scanned<F, O> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [f64; 1], ready: bool) -> [f64; O] {
        if WARM || ready {
            self.ring.push_lanes(x, true);
        }
        if !(WARM || ready && self.ring.is_warm()) {
            return [f64::NAN; O];
        }
        let [older, newer] = self.ring.halves();
        let (first, second) = self.window.split_at_mut(older.len());
        first.copy_from_slice(older);
        second.copy_from_slice(newer);
        self.figure.of(&self.window)
    }
}
