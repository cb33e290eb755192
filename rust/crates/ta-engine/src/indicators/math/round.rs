//! Round to nearest.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Nearest whole number; of two equally near ones that which is farther from zero.
    round: Round, Price, source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::round)
}
