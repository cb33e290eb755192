//! Tangent.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Tangent of an angle in radians.
    tan: Tan, Number, also: [talib.tan()], source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::tan)
}
