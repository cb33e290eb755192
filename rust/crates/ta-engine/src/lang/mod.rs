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
mod parameters;
mod parser;
mod print;
mod program;
pub mod shift;
pub mod sources;
pub mod span;
pub(crate) mod suggest;

#[cfg(test)]
mod tests;

pub use bind::{Binding, BoundInput, SELECT, bind, bind_select};
pub use check::{aggregated_source, check, open_outputs, type_of};
pub use diagnostic::{Diagnostic, DiagnosticKind, Diagnostics};
pub use ir::{Expr, Value};
pub use lexer::Limits;
pub use normalize::normalize;
pub use program::Outputs;
pub use span::Span;

#[cfg(test)]
pub(crate) use tests::test_catalog;

use crate::catalog::Catalog;
use check::check_all;
use lexer::tokenize;
use parameters::check_given;
use program::parse_program;
use shift::shorten;

/// Reads a text of one value; the tree is as written, with bindings put in, neither normalised nor checked.
pub fn parse(text: &str, catalog: &Catalog, limits: &Limits) -> Result<Expr, Diagnostics> {
    let program =
        parse_program(text, &[], catalog, limits).map_err(|problem| place(problem.into(), text, limits))?;
    single(program.outputs).map_err(|problem| place(problem, text, limits))
}

/// Reads a text of one value, brings it to normal form and checks it: what it returns can be planned.
pub fn compile(text: &str, catalog: &Catalog, limits: &Limits) -> Result<Expr, Diagnostics> {
    let outputs = compile_program(text, &[], catalog, limits)?;
    single(outputs).map_err(|problem| place(problem, text, limits))
}

/// [`compile`] for a text of one value or of several named ones, with values for its parameters.
pub fn compile_program(
    text: &str,
    parameters: &[(&str, Value)],
    catalog: &Catalog,
    limits: &Limits,
) -> Result<Outputs, Diagnostics> {
    let program = parse_program(text, parameters, catalog, limits);
    let program = program.map_err(|problem| place(problem.into(), text, limits))?;
    let outputs = program.outputs.map(normalize);
    let unused: Vec<_> = program.unused.iter().map(normalize).collect();
    check_all(outputs.exprs().into_iter().chain(&unused), catalog)
        .map_err(|problems| place(problems, text, limits))?;
    Ok(outputs)
}

/// [`compile_program`] as named values; a value without a name is called `value`.
pub fn compile_outputs(
    text: &str,
    parameters: &[(&str, Value)],
    catalog: &Catalog,
    limits: &Limits,
) -> Result<Vec<(String, Expr)>, Diagnostics> {
    compile_program(text, parameters, catalog, limits).map(Outputs::into_named)
}

/// Compiles named texts of one value each; every parameter is one of some text.
pub fn compile_all(
    texts: &[(&str, &str)],
    parameters: &[(&str, Value)],
    catalog: &Catalog,
    limits: &Limits,
) -> Result<Vec<(String, Expr)>, Diagnostics> {
    let mut needed = Vec::new();
    let mut outputs = Vec::with_capacity(texts.len());
    for (name, text) in texts {
        let own = parameter_names(text, limits)?;
        let given: Vec<_> = parameters.iter().filter(|(p, _)| own.contains(p)).cloned().collect();
        let expr = single(compile_program(text, &given, catalog, limits)?);
        outputs.push(((*name).to_owned(), expr.map_err(|problem| place(problem, text, limits))?));
        needed.extend(own);
    }
    check_given(parameters, &needed)?;
    Ok(outputs)
}

/// The parameters that a text needs, in order of their first appearance.
pub fn parameter_names<'a>(text: &'a str, limits: &Limits) -> Result<Vec<&'a str>, Diagnostics> {
    let tokens = tokenize(text, limits).map_err(|problem| place(problem.into(), text, limits))?;
    Ok(parameters::names_in(text, &tokens))
}

/// The only value.
fn single(outputs: Outputs) -> Result<Expr, Diagnostics> {
    match outputs {
        Outputs::One(expr) => Ok(expr),
        Outputs::Named(outputs) => {
            let names: Vec<_> = outputs.iter().map(|(name, _)| shorten(name)).collect();
            let message = format!(
                "Invalid expression: one value is needed here, not outputs named {}",
                names.join(", ")
            );
            Err(Diagnostic::parse(message, None).into())
        }
    }
}

/// Adds the text to show places in, unless it is one that was refused for its length.
fn place(problems: Diagnostics, text: &str, limits: &Limits) -> Diagnostics {
    if text.len() <= limits.text_bytes { problems.with_text(text) } else { problems }
}
