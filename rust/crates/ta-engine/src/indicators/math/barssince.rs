//! Bars since a condition was true.

use crate::kernel::{Declared, Kernel, NEVER, StateError, Visitor, declare};
use crate::lanes::{Lanes, Mask};

declare! {
    /// Bars since the condition was last true: 0 where it is true now.
    ///
    /// Not ready until it was true once. Bars on which the condition is not ready do not count and have no value.
    barssince: math, kernel BarsSince, version 1,
    source: "The age of an event in bars",
    operands: [condition is bool],
    params: {},
    outputs: { value: Bars },
}

/// State of `barssince`.
#[derive(Debug)]
pub struct BarsSince<V> {
    /// Bars since the condition was true; NaN before that.
    age: V,
}

impl<V: Lanes> Kernel<V, 1, 1> for BarsSince<V> {
    type Params = Params;

    fn new(_params: &Params) -> Self {
        BarsSince { age: V::NAN }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [condition]: [V; 1], ready: V::Mask) -> [V; 1] {
        let older = self.age + V::splat(1.0);
        let age = V::select(condition.equals(V::ZERO), older, V::ZERO);
        self.age = V::keep::<WARM>(ready, age, self.age);
        [self.age]
    }

    fn is_warm(&self) -> bool {
        self.age.is_number().all()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        visitor.lanes(&mut self.age)
    }
}

impl Declared<1> for Params {
    fn warmup(&self) -> [usize; 1] {
        [0] // At the earliest: nobody knows when a condition comes true.
    }

    fn settle(&self, _tolerance: f64) -> usize {
        NEVER // The condition may have been true at any time.
    }
}
