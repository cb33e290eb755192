//! Logarithm to base 10.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Logarithm to base 10 of a value; not ready where the value is zero or negative.
    log10: Log10, Number, also: [talib.log10()], source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::log10)
}
