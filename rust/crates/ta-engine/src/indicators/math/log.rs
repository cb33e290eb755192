//! Natural logarithm.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Natural logarithm; not ready where the value is zero or negative.
    log: Log, Number, aliases: ["ln"], also: [talib.ln()], source: "ISO/IEC 9899, Programming languages: C, 7.12", |x| x.map(libm::log)
}
