//! Exponential.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// The number e to the power of a value; not ready where the result is too large for a number.
    exp: Exp, Number, also: [talib.exp()], source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::exp)
}
