//! Technical-analysis rules: one plan, one arithmetic, the same bits over history and on live bars.

pub mod catalog;
pub mod lang;
