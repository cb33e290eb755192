//! Cosine.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Cosine of an angle in radians.
    cos: Cos, Number, also: [talib.cos()], source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::cos)
}
