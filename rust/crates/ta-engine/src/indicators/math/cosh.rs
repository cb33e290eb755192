//! Hyperbolic cosine.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Hyperbolic cosine of a value; not ready where it is too large for a number.
    cosh: Cosh, Number, also: [talib.cosh()], source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::cosh)
}
