//! What is computed of the values that the symbols of one row have, and keeps nothing between rows.

use super::ParamValue;

/// How a value is made of those of many symbols. They come in the order of the symbols, and no bit of a result depends on it.
#[derive(Clone, Copy, Debug)]
pub enum Across {
    /// Each value by its place among the others: written over the value. The places are room to order them in, one for each.
    Each(fn(&[ParamValue], values: &mut [f64], places: &mut [usize])),
    /// One value for all.
    One(fn(&[ParamValue], values: &[f64]) -> f64),
}

crate::catalog::choice! {
    /// Whose values are looked at together.
    Among {
        /// Those of the symbols of the symbol's own group, where the universe has groups; else of all.
        Own "own",
        /// Those of all symbols.
        All "all",
    }
}
