//! A whole text: bindings, then one expression or a map of outputs.
//!
//! ```text
//! let fast = ema(close, 12);
//! let slow = ema(close, 26);
//! {signal: crossup(fast, slow), stop: slow - 2 * atr(14)}
//! ```
//! A binding is a name for a tree and nothing else: where the name stands, the tree is put, so the IR knows no names.
//! That could grow a tree twofold per binding, so its size is counted before it is copied. The plan finds the equal
//! parts again and computes them once.

use std::collections::HashMap;

use super::bind::SELECT;
use super::chain::NAMESPACES;
use super::diagnostic::Diagnostic;
use super::ir::{Expr, Value};
use super::lexer::{Limits, TokenKind, tokenize};
use super::parameters::substitute;
use super::parser::{Parsed, Parser, RESERVED, Tree, truth_value};
use super::shift::shorten;
use super::sources;
use super::span::Span;
use crate::catalog::Catalog;

/// What a text gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Outputs {
    /// One value without a name.
    One(Expr),
    /// Named values, in the order written; at least one.
    Named(Vec<(String, Expr)>),
}

impl Outputs {
    /// The values with names; one without a name is called `value`.
    pub fn into_named(self) -> Vec<(String, Expr)> {
        match self {
            Outputs::One(expr) => vec![("value".to_owned(), expr)],
            Outputs::Named(outputs) => outputs,
        }
    }

    /// The values without their names.
    pub(super) fn exprs(&self) -> Vec<&Expr> {
        match self {
            Outputs::One(expr) => vec![expr],
            Outputs::Named(outputs) => outputs.iter().map(|(_, expr)| expr).collect(),
        }
    }

    /// Each value changed by `change`.
    pub(super) fn map(self, change: impl Fn(&Expr) -> Expr) -> Outputs {
        match self {
            Outputs::One(expr) => Outputs::One(change(&expr)),
            Outputs::Named(outputs) => {
                Outputs::Named(outputs.into_iter().map(|(name, expr)| (name, change(&expr))).collect())
            }
        }
    }
}

/// A text, read.
pub(super) struct Program {
    pub(super) outputs: Outputs,
    /// What is bound and not used: it is checked all the same.
    pub(super) unused: Vec<Expr>,
}

/// What names stand for.
#[derive(Default)]
pub(super) struct Bindings<'a> {
    list: Vec<Binding<'a>>,
    /// Place in the list by lower-case name: names that differ in case only are not told apart by readers.
    places: HashMap<String, usize>,
}

struct Binding<'a> {
    name: &'a str,
    span: Span,
    tree: Tree,
    nodes: usize,
    is_used: bool,
}

impl<'a> Bindings<'a> {
    /// The bound names, in the order written.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.list.iter().map(|binding| binding.name)
    }
}

/// Reads a text; nothing is normalised or checked for type.
pub(super) fn parse_program(
    text: &str,
    parameters: &[(&str, Value)],
    catalog: &Catalog,
    limits: &Limits,
) -> Parsed<Program> {
    let tokens = substitute(text, tokenize(text, limits)?, parameters)?;
    let mut parser = Parser::new(text, tokens, catalog, limits);
    if parser.peek() == &TokenKind::End {
        return Err(Diagnostic::parse("Invalid expression: the text is empty", None));
    }
    while parser.is_at_binding() {
        parser.binding()?;
    }
    let outputs = if parser.peek() == &TokenKind::Mark("{") {
        Outputs::Named(parser.output_map()?)
    } else {
        Outputs::One(parser.expression()?.expr)
    };
    if parser.peek() != &TokenKind::End {
        return Err(parser.unexpected("an operator or the end"));
    }
    let unused = parser.bindings.list.into_iter().filter(|binding| !binding.is_used);
    Ok(Program { outputs, unused: unused.map(|binding| binding.tree.expr).collect() })
}

impl<'a> Parser<'a> {
    fn is_at_binding(&self) -> bool {
        let is_word = self.peek() == &TokenKind::Name && self.letters(self.span()) == "let";
        is_word && self.peek_at(1) != &TokenKind::Mark(".")
    }

    /// `let name = expression;`
    fn binding(&mut self) -> Parsed<()> {
        self.advance();
        if self.peek() != &TokenKind::Name {
            return Err(self.unexpected("a name"));
        }
        let span = self.advance();
        let name = self.letters(span);
        self.check_name(name, span)?;
        self.expect("=", "`=`")?;
        // Only what is used counts as part of the rule; `written` counts all.
        let before = std::mem::take(&mut self.nodes);
        let tree = self.expression()?;
        let nodes = std::mem::replace(&mut self.nodes, before);
        self.expect(";", "an operator, or `;` and then the rule,")?;
        self.bindings.places.insert(name.to_ascii_lowercase(), self.bindings.list.len());
        self.bindings.list.push(Binding { name, span, tree, nodes, is_used: false });
        Ok(())
    }

    /// A name may be bound when it means nothing yet.
    fn check_name(&self, name: &str, span: Span) -> Parsed<()> {
        let lower = name.to_ascii_lowercase();
        if let Some(at) = self.bindings.places.get(&lower) {
            let first = &self.bindings.list[*at];
            let message = match first.name == name {
                true => format!("'{}' is bound twice", shorten(name)),
                false => format!("'{}' and '{}' differ in case only", shorten(name), shorten(first.name)),
            };
            return Err(Diagnostic::parse(message, span)
                .with_label("choose another name")
                .with_other(first.span, "bound here before"));
        }
        let refuse = |means: &str| {
            let message = format!("'{}' cannot be bound: it is {means}", shorten(name));
            Diagnostic::parse(message, span).with_label("choose another name")
        };
        let elsewhere = sources::SOURCES.iter().find(|s| s.fields.contains(&lower.as_str()));
        let means = if truth_value(name).is_some() {
            "a truth value"
        } else if RESERVED.contains(&name) || ["and", "or", "not"].contains(&lower.as_str()) {
            "a reserved word"
        } else if sources::find_source(name).is_some() {
            "a source"
        } else if let Some(field) = sources::find_default_field(name) {
            if field == lower { "a field" } else { "a short name of a field" }
        } else if let Some(source) = elsewhere {
            return Err(refuse(&format!("a field of {}", source.name)));
        } else if lower == SELECT || self.catalog.find(&lower).is_some() {
            "an indicator"
        } else if sources::find_exchange(name).is_some() {
            "an exchange"
        } else if NAMESPACES.contains(&lower.as_str()) {
            "a namespace of indicators"
        } else {
            return Ok(());
        };
        Err(refuse(means))
    }

    /// What the name ahead stands for, stepped over; `None` where it is not bound.
    pub(super) fn bound_value(&mut self) -> Parsed<Option<Tree>> {
        let (span, limits) = (self.span(), self.limits);
        let name = self.letters(span);
        let Some(at) = self.bindings.places.get(&name.to_ascii_lowercase()).copied() else { return Ok(None) };
        if self.bindings.list[at].name != name {
            return Ok(None);
        }
        self.advance();
        let nodes = self.bindings.list[at].nodes;
        self.count(nodes);
        self.check_size(Some(span)).map_err(|error| {
            error.with_label(format!("{nodes} nodes stand here for '{}'", shorten(name))).with_help(format!(
                "a binding is written out where it is used: {} nodes are accepted",
                limits.nodes
            ))
        })?;
        let binding = &mut self.bindings.list[at];
        binding.is_used = true;
        let mut expr = binding.tree.expr.clone();
        // What is said of the whole is said here, of its parts where they were written.
        expr.span = Some(span);
        Ok(Some(Tree { expr, height: binding.tree.height }))
    }

    /// `{name: expression, ...}`, with the brace ahead.
    fn output_map(&mut self) -> Parsed<Vec<(String, Expr)>> {
        self.advance();
        let mut outputs: Vec<(String, Expr)> = Vec::new();
        let mut places: HashMap<&str, Span> = HashMap::new();
        while self.peek() != &TokenKind::Mark("}") {
            if self.peek() != &TokenKind::Name {
                return Err(self.unexpected("the name of an output"));
            }
            let span = self.advance();
            let name = self.letters(span);
            if let Some(first) = places.insert(name, span) {
                return Err(Diagnostic::parse(format!("Output '{}' is given twice", shorten(name)), span)
                    .with_label("choose another name")
                    .with_other(first, "given here before"));
            }
            if self.peek() != &TokenKind::Mark(":") {
                return Err(self.needed("`:` and the value of the output"));
            }
            self.advance();
            outputs.push((name.to_owned(), self.expression()?.expr));
            if !self.eat(",") {
                break;
            }
        }
        self.expect("}", "`,` or `}`")?;
        if outputs.is_empty() {
            let message = "Invalid expression: a map of outputs names at least one";
            return Err(Diagnostic::parse(message, self.span_before()).with_label("write `{name: value}`"));
        }
        Ok(outputs)
    }
}
