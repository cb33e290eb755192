//! Whether a value is there.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;

declare! {
    /// True where `x` is ready: neither warming up nor missing nor left out.
    ///
    /// It is ready itself on every bar, and looks at each bar alone.
    ready: event, kernel Ready, version 1,
    source: "A value that is there",
    operands: [x],
    params: {},
    outputs: { value: Bool },
    warmup: |_| [0],
    waits_for_all: false,
}

state! {
    /// It has no state.
    Ready(_) {}
}

impl<V: Lanes> Kernel<V, 1, 1> for Ready<V> {
    const EVERY_BAR: bool = true;

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], _ready: V::Mask) -> [V; 1] {
        [V::from_mask(x.is_number())]
    }
}
