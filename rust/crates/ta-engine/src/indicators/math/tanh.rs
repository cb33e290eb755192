//! Hyperbolic tangent.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Hyperbolic tangent of a value.
    tanh: Tanh, Number, also: [talib.tanh()], source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::tanh)
}
