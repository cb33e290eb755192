//! Square root.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Square root, exactly rounded; not ready where the value is negative.
    sqrt: Sqrt, Number, also: [talib.sqrt()], source: "IEEE 754, squareRoot", |x| x.sqrt()
}
