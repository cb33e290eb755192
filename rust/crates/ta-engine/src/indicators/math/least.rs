//! Least of several values.

use std::marker::PhantomData;

use crate::kernel::{Declared, Kernel, StateError, Visitor, declare};
use crate::lanes::Lanes;

declare! {
    /// Least of two or more values of a bar: `least(open, close, close[1])` compares three.
    ///
    /// More than two are compared from the left: `least(least(a, b), c)`. Ready only where all of them are.
    least: math, kernel Least, version 1,
    source: "The least of several numbers",
    folded: [a, b],
    params: {},
    outputs: { value: Price },
}

/// It has no state.
#[derive(Debug)]
pub struct Least<V>(PhantomData<V>);

impl<V: Lanes> Kernel<V, 2, 1> for Least<V> {
    type Params = Params;

    fn new(_params: &Params) -> Self {
        Least(PhantomData)
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [a, b]: [V; 2], _ready: V::Mask) -> [V; 1] {
        [a.min(b)]
    }

    fn is_warm(&self) -> bool {
        true
    }

    fn visit(&mut self, _visitor: &mut impl Visitor) -> Result<(), StateError> {
        Ok(())
    }
}

impl Declared<1> for Params {
    fn warmup(&self) -> [usize; 1] {
        [0]
    }
}
