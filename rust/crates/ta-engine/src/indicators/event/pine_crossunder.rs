//! Crossing from above as in Pine Script.

use crate::kernel::declare;

declare! {
    /// True where `a` is below `b` and was above it on the last bar on which the two were not equal.
    ///
    /// Bars on which both are equal neither cross nor prepare it. On the first bar it is false.
    pine.crossunder: event, version 1,
    source: "Pine Script v6, ta.crossunder",
    operands: [a or close, b],
    params: {},
    outputs: { value: Bool },
    body: "let relation = if(a > b, 1, if(a < b, -1, relation[1])) from 0;
        relation == -1 and nz(relation[1], 0) == 1",
}
