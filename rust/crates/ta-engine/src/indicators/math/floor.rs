//! Round down.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Greatest whole number that is not above a value.
    floor: Floor, Price, also: [talib.floor()], source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::floor)
}
