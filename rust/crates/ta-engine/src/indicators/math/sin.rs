//! Sine.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Sine of an angle in radians.
    sin: Sin, Number, also: [talib.sin()], source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::sin)
}
