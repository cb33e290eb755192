//! Another value where one is not ready.

use std::marker::PhantomData;

use crate::kernel::{Declared, Kernel, StateError, Visitor, declare};
use crate::lanes::Lanes;

declare! {
    /// The value of `x`, and where `x` is not ready, for whatever reason, that of `y`.
    ///
    /// Ready wherever `x` or `y` is: `nz(rsi(14), 50)` from the first bar on. It looks at each bar alone; the value
    /// of a bar before is not carried along.
    nz: math, kernel Nz, version 1,
    source: "The first of two values that is there",
    operands: [x, y = 0.0],
    params: {},
    outputs: { value: Like },
}

/// It has no state.
#[derive(Debug)]
pub struct Nz<V>(PhantomData<V>);

impl<V: Lanes> Kernel<V, 2, 1> for Nz<V> {
    type Params = Params;

    const EVERY_BAR: bool = true;

    fn new(_params: &Params) -> Self {
        Nz(PhantomData)
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x, y]: [V; 2], _ready: V::Mask) -> [V; 1] {
        [V::select(x.is_number(), x, y)]
    }

    fn is_warm(&self) -> bool {
        true
    }

    fn visit(&mut self, _visitor: &mut impl Visitor) -> Result<(), StateError> {
        Ok(())
    }
}

impl Declared<1> for Params {
    const WAITS_FOR_ALL: bool = false;

    fn warmup(&self) -> [usize; 1] {
        [0]
    }
}
