//! Crossing as in Pine Script.

use crate::kernel::declare;

declare! {
    /// True where `pine.crossover` or `pine.crossunder` is.
    pine.cross: event, version 1,
    source: "Pine Script v6, ta.cross",
    operands: [a or close, b],
    params: {},
    outputs: { value: Bool },
    body: "pine.crossover(a, b) or pine.crossunder(a, b)",
}
