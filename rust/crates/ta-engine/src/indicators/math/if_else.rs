//! One of two values, as a condition says.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;

declare! {
    /// The value of `a` where the condition is true and that of `b` where it is false.
    ///
    /// Ready where the condition and the chosen value are; the other one need not be. Both are numbers, or both are
    /// true or false, and so is the result.
    if_else: math, kernel IfElse, version 1,
    aliases: ["if"],
    source: "A choice between two values",
    operands: [condition is bool, a, b],
    params: {},
    outputs: { value: Like },
    warmup: |_| [0],
}

state! {
    /// It has no state.
    IfElse(_) {}
}

impl<V: Lanes> Kernel<V, 3, 1> for IfElse<V> {
    // The branch that is not chosen may be without a value.
    const EVERY_BAR: bool = true;

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [condition, a, b]: [V; 3], _ready: V::Mask) -> [V; 1] {
        [V::select(condition.is_number(), chosen(condition, a, b), V::NAN)]
    }
}

/// What a condition that is ready chooses.
#[inline(always)]
pub(crate) fn chosen<V: Lanes>(condition: V, a: V, b: V) -> V {
    V::select(condition.equals(V::ZERO), b, a)
}
