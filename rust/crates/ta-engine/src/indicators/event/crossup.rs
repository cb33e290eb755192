//! Crossing from below.

use crate::indicators::crossing::crossing;

crossing! {
    /// True where `a` rises above `b`: it is greater now and was not one value before.
    ///
    /// The first value has none before it and is not ready.
    crossup: CrossUp, aliases: ["crossover"], |a, b, a1, b1| a.gt(b) & b1.ge(a1)
}
