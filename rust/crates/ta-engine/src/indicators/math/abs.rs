//! Magnitude.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Magnitude of a value.
    abs: Abs, Price, source: "The absolute value", |x| x.abs()
}
