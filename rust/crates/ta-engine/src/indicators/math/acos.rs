//! Arc cosine.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Arc cosine of a value, in radians; not ready outside -1 to 1.
    acos: Acos, Number, also: [talib.acos()], source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::acos)
}
