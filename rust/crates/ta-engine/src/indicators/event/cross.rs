//! Crossing either way.

use crate::indicators::crossing::crossing;

crossing! {
    /// True where `a` rises above `b` or falls below it.
    ///
    /// The first value has none before it and is not ready.
    cross: Cross, |a, b, a1, b1| (a.gt(b) & b1.ge(a1)) | (b.gt(a) & a1.ge(b1))
}
