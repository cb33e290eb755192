//! The value a series had when a condition was true.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::Delay;

declare! {
    /// The value of `x` on the latest bar on which the condition was true, or on the `n`-th such bar before that.
    ///
    /// Not ready until the condition was true `n + 1` times. Bars on which `x` or the condition is not ready do not
    /// count and have no value.
    valuewhen: math, kernel ValueWhen, version 1,
    also: [pine.valuewhen(n as occurrence)],
    source: "The value at an event",
    operands: [condition is bool, x],
    params: { n: usize = 0 in 0..=10_000, "Which occurrence: 0 is the latest, 1 the one before it." },
    outputs: { value: Like },
    // At the earliest: where the condition is always true.
    warmup: |p| [p.n],
    // The condition may have been true at any time.
    settle: depends_on_data,
    readiness: by_data,
}

state! {
    /// State of `valuewhen`.
    ValueWhen(params) {
        /// The value that holds until the condition is true again; NaN before there is one.
        held: V = V::NAN,
        /// Values of `x` on the bars on which the condition was true; `None` where the latest is enough.
        before: Option<Delay<V>> = (params.n > 0).then(|| Delay::new(params.n)),
    }
}

impl<V: Lanes> Kernel<V, 2, 1> for ValueWhen<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [condition, x]: [V; 2], ready: V::Mask) -> [V; 1] {
        let happened = ready & !condition.equals(V::ZERO);
        let value = match &mut self.before {
            Some(before) => before.push::<false>(x, happened),
            None => x,
        };
        self.held = V::select(happened, value, self.held);
        [self.held]
    }
}
