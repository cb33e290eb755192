//! Sign of a value.

use crate::indicators::elementwise::elementwise;

elementwise! {
    /// Sign of a value: 1 where it is positive, -1 where it is negative, 0 where it is zero.
    signum: Signum, Number, source: "The sign function", |x| V::from_mask(x.gt(V::ZERO)) - V::from_mask(V::ZERO.gt(x))
}
