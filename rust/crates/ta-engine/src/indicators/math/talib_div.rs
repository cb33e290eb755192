//! TA-Lib's DIV.

use crate::kernel::declare;

declare! {
    /// Quotient of two values: `a / b` under TA-Lib's name. Not ready where the divisor is 0, where TA-Lib gives an infinity.
    talib.div: math, version 1,
    source: "TA-Lib, DIV",
    operands: [a, b],
    params: {},
    outputs: { value: Number },
    body: "a / b",
}
