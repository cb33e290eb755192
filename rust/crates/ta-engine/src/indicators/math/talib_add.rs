//! TA-Lib's ADD.

use crate::kernel::declare;

declare! {
    /// Sum of two values: `a + b` under TA-Lib's name.
    talib.add: math, version 1,
    source: "TA-Lib, ADD",
    operands: [a, b],
    params: {},
    outputs: { value: Number },
    body: "a + b",
}
