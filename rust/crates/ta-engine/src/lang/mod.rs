//! The rule language: text to checked IR.
//!
//! ```text
//! text --parse--> IR --normalize--> IR --check--> IR for the planner
//! ```
//! Every step is a function of its arguments: the names come from the [`Catalog`] that is passed, the bounds from
//! [`Limits`]. Nothing here panics on any text or JSON, and every tree that leaves the parser or the JSON reader is of
//! bounded height, so that what walks it may recurse.

mod bind;
mod call;
mod chain;
mod check;
pub mod diagnostic;
pub mod ir;
pub mod json;
mod lexer;
mod normalize;
mod parser;
mod print;
pub mod shift;
pub mod sources;
pub mod span;
pub(crate) mod suggest;

#[cfg(test)]
mod tests;

pub use bind::{Binding, BoundInput, SELECT, bind, bind_select};
pub use check::{aggregated_source, check, open_outputs, type_of};
pub use diagnostic::{Diagnostic, DiagnosticKind, Diagnostics};
pub use ir::Expr;
pub use lexer::Limits;
pub use normalize::normalize;
pub use span::Span;

#[cfg(test)]
pub(crate) use tests::test_catalog;

use crate::catalog::Catalog;

/// Reads a text; the tree is as written, neither normalised nor checked.
pub fn parse(text: &str, catalog: &Catalog, limits: &Limits) -> Result<Expr, Diagnostics> {
    parser::parse_expression(text, catalog, limits).map_err(|problem| place(problem.into(), text, limits))
}

/// Reads a text, brings it to normal form and checks it: what it returns can be planned.
pub fn compile(text: &str, catalog: &Catalog, limits: &Limits) -> Result<Expr, Diagnostics> {
    let expr = normalize(&parse(text, catalog, limits)?);
    check(&expr, catalog).map_err(|problems| place(problems, text, limits))?;
    Ok(expr)
}

/// Adds the text to show places in, unless it is one that was refused for its length.
fn place(problems: Diagnostics, text: &str, limits: &Limits) -> Diagnostics {
    if text.len() <= limits.text_bytes { problems.with_text(text) } else { problems }
}
