//! Arc sine.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Arc sine of a value, in radians; not ready outside -1 to 1.
    asin: Asin, Number, also: [talib.asin()], source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::asin)
}
