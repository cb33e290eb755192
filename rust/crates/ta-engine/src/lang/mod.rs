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
mod columns;
mod definitions;
pub mod diagnostic;
pub mod elsewhere;
mod function;
pub mod ir;
pub mod json;
mod lets;
mod lexer;
pub(crate) mod loops;
mod normalize;
mod on;
mod parameters;
mod parser;
pub mod prelude;
mod print;
mod program;
mod recovery;
mod reference;
pub mod shift;
pub mod sources;
pub mod span;
pub(crate) mod suggest;

#[cfg(test)]
mod tests;

pub use bind::{Binding, BoundInput, SELECT, bind, bind_select};
pub use check::{aggregated_source, check, check_normal, is_truth, open_outputs, type_of};
pub use columns::OwnSource;
pub use definitions::Definitions;
pub use diagnostic::{Code, Diagnostic, DiagnosticKind, Diagnostics, Location};
pub use ir::{Expr, Value};
pub use lexer::Limits;
pub use normalize::normalize;
pub use on::{FRESH, bind_fresh, moved};
pub use program::Outputs;
pub(crate) use program::RESERVED_OUTPUT;
pub(crate) use reference::market_of;
pub use span::Span;

#[cfg(test)]
pub(crate) use tests::test_catalog;

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::catalog::Catalog;
use check::check_all;
use diagnostic::Origin;
use lexer::{Token, tokenize};
use normalize::normalize_in_place;
use parameters::check_given;
use program::{Program, parse_program};
use shift::shorten;

/// What a text is compiled with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// Values for the parameters of the text, written `{period}`.
    pub parameters: &'a [(&'a str, Value)],
    /// Functions and values that it may use besides its own.
    pub definitions: Option<&'a Definitions>,
    /// Sources of the caller's own that it may read.
    pub sources: &'a [OwnSource],
    /// True where the functions of the [`prelude`] mean nothing.
    pub is_bare: bool,
    /// The indicators that it may call, where these are others than the engine's own: [`Rule`](crate::Rule) looks here.
    pub catalog: Option<&'a Arc<Catalog>>,
}

impl<'a> Given<'a> {
    /// With these parameters and no definitions.
    pub fn parameters(parameters: &'a [(&'a str, Value)]) -> Given<'a> {
        Given { parameters, ..Given::default() }
    }
}

/// Reads a text of one value; the tree is as written, with bindings put in, neither normalised nor checked.
pub fn parse(text: &str, catalog: &Catalog, limits: &Limits) -> Result<Expr, Diagnostics> {
    let definitions = Definitions::default();
    let given = Given { definitions: Some(&definitions), ..Given::default() };
    let program = parse_program(&mut Vec::new(), text, &given, None, &definitions, catalog, limits);
    let outputs = finish(program, text, &definitions, limits, |_| Vec::new())?;
    single(outputs).map_err(|problem| problem.with_text(text))
}

/// Reads a text of one value, brings it to normal form and checks it: what it returns can be planned.
pub fn compile(text: &str, catalog: &Catalog, limits: &Limits) -> Result<Expr, Diagnostics> {
    let outputs = compile_program(text, &Given::default(), catalog, limits)?;
    single(outputs).map_err(|problem| problem.with_text(text))
}

/// [`compile`] for a text of one value or of several named ones, with parameters and definitions.
pub fn compile_program(
    text: &str,
    given: &Given<'_>,
    catalog: &Catalog,
    limits: &Limits,
) -> Result<Outputs, Diagnostics> {
    compile_in(&mut Vec::new(), text, given, catalog, limits)
}

/// [`compile_program`] with room for the tokens.
fn compile_in(
    tokens: &mut Vec<Token>,
    text: &str,
    given: &Given<'_>,
    catalog: &Catalog,
    limits: &Limits,
) -> Result<Outputs, Diagnostics> {
    let read = compile_alone(tokens, text, given, catalog, limits);
    // Most texts call nothing of the prelude, and pay nothing for it.
    if read.is_ok() || given.is_bare || text.len() > limits.text_bytes {
        return read;
    }
    match Definitions::with_prelude(given.definitions, text, catalog, limits) {
        Some(definitions) => {
            let given = Given { definitions: Some(&definitions), ..*given };
            compile_alone(tokens, text, &given, catalog, limits)
        }
        None => read,
    }
}

/// [`compile_in`] without the prelude.
fn compile_alone(
    tokens: &mut Vec<Token>,
    text: &str,
    given: &Given<'_>,
    catalog: &Catalog,
    limits: &Limits,
) -> Result<Outputs, Diagnostics> {
    let none = Definitions::default();
    let definitions = given.definitions.unwrap_or(&none);
    compile_read(
        parse_program(tokens, text, given, None, definitions, catalog, limits),
        text,
        definitions,
        catalog,
        limits,
    )
}

/// The text of an indicator's body, in which its parameters and operands are called by these names.
pub(crate) fn compile_body(
    text: &str,
    names: &[(&str, Expr)],
    catalog: &Catalog,
) -> Result<Outputs, Diagnostics> {
    let (definitions, limits) = (Definitions::default(), Limits::default());
    let program =
        parse_program(&mut Vec::new(), text, &Given::default(), Some(names), &definitions, catalog, &limits);
    compile_read(program, text, &definitions, catalog, &limits)
}

/// What was read, brought to normal form and checked.
fn compile_read(
    mut program: Program,
    text: &str,
    definitions: &Definitions,
    catalog: &Catalog,
    limits: &Limits,
) -> Result<Outputs, Diagnostics> {
    let outputs = program.outputs.iter_mut().flat_map(Outputs::exprs_mut);
    let mut decided = Vec::new();
    outputs.chain(&mut program.unused).for_each(|expr| normalize_in_place(expr, &mut decided));
    finish(program, text, definitions, limits, |program| {
        let outputs = program.outputs.iter().flat_map(Outputs::exprs);
        check_all(outputs.chain(&program.unused), &decided, catalog)
            .map_or_else(Diagnostics::into_list, |()| Vec::new())
    })
}

/// [`compile_program`] as named values; a value without a name is called `value`.
pub fn compile_outputs(
    text: &str,
    given: &Given<'_>,
    catalog: &Catalog,
    limits: &Limits,
) -> Result<Vec<(String, Expr)>, Diagnostics> {
    compile_program(text, given, catalog, limits).map(Outputs::into_named)
}

/// Compiles named texts of one value each; every parameter is one of some text.
pub fn compile_all(
    texts: &[(&str, &str)],
    given: &Given<'_>,
    catalog: &Catalog,
    limits: &Limits,
) -> Result<Vec<(String, Expr)>, Diagnostics> {
    let order: Vec<_> = (0..texts.len()).collect();
    let mut outputs = Vec::with_capacity(texts.len());
    compile_each(texts, &order, given, catalog, limits, |at, tree| {
        outputs.push((texts[at].0.to_owned(), tree));
        ControlFlow::Continue(())
    })?;
    Ok(outputs)
}

/// [`compile_all`] in this order of their places; each tree is given to `take`, with its place, once it is checked, and where
/// that says so the rest is left.
/// What is wrong is said of the first text of the list that is wrong, whatever the order.
pub(crate) fn compile_each(
    texts: &[(&str, &str)],
    order: &[usize],
    given: &Given<'_>,
    catalog: &Catalog,
    limits: &Limits,
    mut take: impl FnMut(usize, Expr) -> ControlFlow<()>,
) -> Result<(), Diagnostics> {
    let (mut tokens, mut needed) = (Vec::new(), Vec::new());
    let mut refused: Option<(usize, Diagnostics)> = None;
    for at in order.iter().copied() {
        if refused.as_ref().is_some_and(|(before, _)| *before < at) {
            continue;
        }
        match compile_with(&mut tokens, texts[at].1, given, catalog, limits) {
            Ok((expr, own)) => {
                if take(at, expr).is_break() {
                    return Ok(());
                }
                if !own.is_empty() {
                    needed.push((at, own));
                }
            }
            Err(problems) => refused = Some((at, problems)),
        }
    }
    if let Some((_, problems)) = refused {
        return Err(problems);
    }
    needed.sort_unstable_by_key(|(at, _)| *at);
    let needed: Vec<_> = needed.into_iter().flat_map(|(_, own)| own).collect();
    check_given(given.parameters, &needed).map_err(Diagnostics::from)
}

/// Compiles a text of one value with those parameters that it needs; gives their names, too.
fn compile_with<'t>(
    tokens: &mut Vec<Token>,
    text: &'t str,
    given: &Given<'_>,
    catalog: &Catalog,
    limits: &Limits,
) -> Result<(Expr, Vec<&'t str>), Diagnostics> {
    let needed = if text.contains('{') { parameter_names(text, limits)? } else { Vec::new() };
    let own = given.parameters.iter().filter(|(name, _)| needed.contains(name));
    let own: Vec<_> = own.cloned().collect();
    let outputs = compile_in(tokens, text, &Given { parameters: &own, ..*given }, catalog, limits)?;
    let expr = single(outputs).map_err(|problem| problem.with_text(text))?;
    Ok((expr, needed))
}

/// The parameters that a text needs, in order of their first appearance.
pub fn parameter_names<'a>(text: &'a str, limits: &Limits) -> Result<Vec<&'a str>, Diagnostics> {
    // What is no token is reported when the text is compiled.
    let tokens = tokenize(text, limits, &mut Vec::new())?;
    Ok(parameters::names_in(text, &tokens))
}

/// The outputs of a program, or all that is wrong with it: what does not read, and what `check` finds.
fn finish(
    mut program: Program,
    text: &str,
    definitions: &Definitions,
    limits: &Limits,
    check: impl FnOnce(&Program) -> Vec<Diagnostic>,
) -> Result<Outputs, Diagnostics> {
    let mut problems = std::mem::take(&mut program.problems);
    if problems.first().is_none_or(|problem| problem.code != Code::Limit) {
        problems.extend(check(&program));
    }
    if let Some(problems) = Diagnostics::from_list(problems) {
        // A text that was refused for its length is not shown.
        let shown = if text.len() <= limits.text_bytes { text } else { "" };
        return Err(problems.with_places(definitions.places(shown, program.origins)));
    }
    let outputs = program.outputs.expect("what reads has outputs");
    let calls = &program.origins;
    Ok(if calls.iter().any(|origin| origin.call.is_some()) {
        outputs.map(|expr| expr.with_spans(|span| outermost(span, calls)))
    } else {
        outputs
    })
}

/// The place in the rule's text from where a place was come to.
fn outermost(span: Span, origins: &[Origin]) -> Span {
    let outer = |span: &Span| Some(origins[span.origin as usize].call.as_ref()?.0);
    std::iter::successors(Some(span), outer).last().expect("at least itself")
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
