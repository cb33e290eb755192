//! Hyperbolic sine.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Hyperbolic sine of a value; not ready where it is too large for a number.
    sinh: Sinh, Number, also: [talib.sinh()], source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::sinh)
}
