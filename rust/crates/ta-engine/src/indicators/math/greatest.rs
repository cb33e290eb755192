//! Greatest of several values.

use std::marker::PhantomData;

use crate::kernel::{Declared, Kernel, StateError, Visitor, declare};
use crate::lanes::Lanes;

declare! {
    /// Greatest of two or more values of a bar: `greatest(open, close, close[1])` compares three.
    ///
    /// More than two are compared from the left: `greatest(greatest(a, b), c)`. Ready only where all of them are.
    greatest: math, kernel Greatest, version 1,
    source: "The greatest of several numbers",
    folded: [a, b],
    params: {},
    outputs: { value: Price },
}

/// It has no state.
#[derive(Debug)]
pub struct Greatest<V>(PhantomData<V>);

impl<V: Lanes> Kernel<V, 2, 1> for Greatest<V> {
    type Params = Params;

    fn new(_params: &Params) -> Self {
        Greatest(PhantomData)
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [a, b]: [V; 2], _ready: V::Mask) -> [V; 1] {
        [a.max(b)]
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
