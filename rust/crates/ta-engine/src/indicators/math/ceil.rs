//! Round up.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Least whole number that is not below a value.
    ceil: Ceil, Price, also: [talib.ceil()], source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::ceil)
}
