//! TA-Lib's MULT.

use crate::kernel::declare;

declare! {
    /// Product of two values: `a * b` under TA-Lib's name.
    talib.mult: math, version 1,
    source: "TA-Lib, MULT",
    operands: [a, b],
    params: {},
    outputs: { value: Number },
    body: "a * b",
}
