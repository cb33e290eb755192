//! TA-Lib's SUB.

use crate::kernel::declare;

declare! {
    /// Difference of two values: `a - b` under TA-Lib's name.
    talib.sub: math, version 1,
    source: "TA-Lib, SUB",
    operands: [a, b],
    params: {},
    outputs: { value: Number },
    body: "a - b",
}
