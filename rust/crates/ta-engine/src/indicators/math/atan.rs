//! Arc tangent.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Arc tangent of a value, in radians.
    atan: Atan, Number, also: [talib.atan()], source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::atan)
}
