//! Crossing from above.

use crate::indicators::crossing::crossing;

crossing! {
    /// True where `a` falls below `b`: it is less now and was not one value before.
    ///
    /// The first value has none before it and is not ready.
    crossdown: CrossDown, aliases: ["crossunder"], |a, b, a1, b1| b.gt(a) & a1.ge(b1)
}
