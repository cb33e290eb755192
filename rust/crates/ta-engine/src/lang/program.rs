//! A whole text: bindings and functions, then one expression or a map of outputs.
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
use std::ops::Range;

use super::Given;
use super::bind::SELECT;
use super::definitions::{Definition, Definitions, Scope, Source, mark_cycles};
use super::diagnostic::{Diagnostic, Origin};
use super::function::{Local, is_map};
use super::ir::Expr;
use super::lets::{has_beginnings, statements};
use super::lexer::{Limits, Token, TokenKind, tokenize_into};
use super::parameters::substitute;
use super::parser::{Parsed, Parser, RESERVED, Tree, truth_value};
use super::reference::NAMESPACES;
use super::shift::shorten;
use super::sources;
use super::span::Span;
use crate::catalog::{Catalog, Group, IndicatorSpec};

/// The column of a result that holds its times: no output is called so.
pub(crate) const RESERVED_OUTPUT: &str = "timestamp";

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
    pub(super) fn exprs(&self) -> impl Iterator<Item = &Expr> {
        let (one, named) = match self {
            Outputs::One(expr) => (Some(expr), &[][..]),
            Outputs::Named(outputs) => (None, &outputs[..]),
        };
        one.into_iter().chain(named.iter().map(|(_, expr)| expr))
    }

    /// The same, to be changed.
    pub(super) fn exprs_mut(&mut self) -> impl Iterator<Item = &mut Expr> {
        let (one, named) = match self {
            Outputs::One(expr) => (Some(expr), &mut [][..]),
            Outputs::Named(outputs) => (None, &mut outputs[..]),
        };
        one.into_iter().chain(named.iter_mut().map(|(_, expr)| expr))
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
    /// `None` where the text ends before them.
    pub(super) outputs: Option<Outputs>,
    /// What no output needs: it is checked all the same.
    pub(super) unused: Vec<Expr>,
    /// What does not read.
    pub(super) problems: Vec<Diagnostic>,
    /// Where the spans of the trees come from.
    pub(super) origins: Vec<Origin>,
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
    /// True while the loop that it is a value of is being read.
    is_open: bool,
}

impl<'a> Bindings<'a> {
    /// The bound names, in the order written.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.list.iter().map(|binding| binding.name)
    }

    /// What is called so in any case.
    pub(super) fn find_alike(&self, name: &str) -> Option<(&'a str, Span)> {
        let at = *self.places.get(&name.to_ascii_lowercase())?;
        Some((self.list[at].name, self.list[at].span))
    }

    /// Binds a name.
    pub(super) fn add(&mut self, name: &'a str, span: Span, tree: Tree, nodes: usize, is_open: bool) {
        self.places.entry(name.to_ascii_lowercase()).or_insert(self.list.len());
        self.list.push(Binding { name, span, tree, nodes, is_used: false, is_open });
    }

    /// Binds a name to what it stands for, now that its loop is read.
    pub(super) fn replace(&mut self, name: &str, tree: Tree, nodes: usize, is_used: bool) {
        let open = self.list.iter_mut().find(|binding| binding.is_open && binding.name == name);
        let binding = open.expect("it is bound");
        (binding.tree, binding.nodes, binding.is_used, binding.is_open) = (tree, nodes, is_used, false);
    }
}

/// One `let` of a text.
pub(super) struct Statement {
    /// From `let` to before its `;`.
    pub(super) tokens: Range<usize>,
    /// True for `let name(`.
    pub(super) is_function: bool,
    /// False where no `;` stands behind it.
    pub(super) is_closed: bool,
}

/// What a new name is to stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Value,
    Function,
    Parameter,
}

/// Reads a text, or the body of an indicator, in which these names stand for these trees; nothing is normalised or checked
/// for type. The tokens take the place of what the list holds: so the texts of a set share its room.
pub(super) fn parse_program(
    tokens: &mut Vec<Token>,
    text: &str,
    given: &Given<'_>,
    body: Option<&[(&str, Expr)]>,
    definitions: &Definitions,
    catalog: &Catalog,
    limits: &Limits,
) -> Program {
    let mut problems = Vec::new();
    let alone =
        |problem| Program { outputs: None, unused: Vec::new(), problems: vec![problem], origins: Vec::new() };
    match tokenize_into(tokens, text, limits, &mut problems) {
        Ok(()) => substitute(text, tokens, given.parameters, &mut problems),
        Err(problem) => return alone(problem),
    }
    if tokens.len() == 1 && problems.is_empty() {
        return alone(Diagnostic::parse("Invalid expression: the text is empty", None));
    }
    let tokens = &tokens[..];
    let source = Source { text, tokens };
    let (statements, rest) = statements(text, tokens, 0);
    let mut own = Vec::new();
    if statements.iter().any(|statement| statement.is_function) {
        let mut scope = Scope::of(source, definitions, &[]);
        scope.sources = given.sources;
        let mut parser = Parser::new(&scope, catalog, limits);
        for statement in statements.iter().filter(|statement| statement.is_function) {
            let head = parser.head(statement, &own);
            // Where its end is missing nothing is said of its body.
            own.extend(head.map(|one| Definition { is_sound: one.is_sound && statement.is_closed, ..one }));
        }
        problems.append(&mut parser.problems);
        mark_cycles(&mut own, |_| source, &mut problems);
    }
    let mut scope = Scope::of(source, definitions, &own);
    scope.sources = given.sources;
    for statement in statements.iter().filter(|statement| !statement.is_function) {
        let name = &tokens[statement.tokens.start + 1];
        if name.kind == TokenKind::Name {
            scope.values.entry(&text[name.span.range()]).or_insert(name.span);
        }
    }
    let read = |problems: Vec<Diagnostic>, has_loops: bool| {
        let mut parser = Parser { problems, ..Parser::new(&scope, catalog, limits) };
        if let Some(names) = body {
            parser.is_body = true;
            parser.frame.locals = names.iter().map(|(name, expr)| Local::of(name, expr.clone())).collect();
        }
        let outputs = parser.program(&statements, rest, has_loops);
        (parser, outputs)
    };
    // The usual text needs no look at who needs whom.
    let has_loops = has_beginnings(text, tokens);
    let (mut parser, mut outputs) = read(problems.clone(), has_loops);
    if !has_loops && parser.needs_later.get() {
        (parser, outputs) = read(problems, true);
    }
    match outputs {
        Ok(outputs) => {
            let unused = parser.bindings.list.into_iter().filter(|binding| !binding.is_used);
            let unused = unused.map(|binding| binding.tree.expr).chain(parser.detached);
            Program {
                outputs,
                unused: unused.filter(|expr| !is_map(expr)).collect(),
                problems: parser.problems,
                origins: parser.origins,
            }
        }
        // A limit: nothing behind it was read, so nothing else is said.
        Err(problem) => Program { origins: parser.origins, ..alone(problem) },
    }
}

impl<'a> Parser<'a> {
    /// Everything; fails only where a limit is passed.
    fn program(&mut self, statements: &[Statement], rest: usize, has_loops: bool) -> Parsed<Option<Outputs>> {
        if has_loops {
            self.read_in_order(statements)?;
        }
        for statement in statements.iter().filter(|statement| !statement.is_function && !has_loops) {
            self.frame.at = statement.tokens.start;
            self.settled(|parser| parser.binding(statement))?;
        }
        for statement in statements.iter().filter(|statement| statement.is_function && !statement.is_closed) {
            self.frame.at = statement.tokens.end;
            let problem = self.needed("`;` and then the rule");
            self.report(problem);
        }
        self.frame.at = rest;
        let is_cut = statements.last().is_some_and(|last| !last.is_closed) && self.peek() == &TokenKind::End;
        let outputs = if is_cut { None } else { self.settled(Self::outputs)? };
        for at in self.scope.own() {
            self.try_out(at)?;
        }
        if !self.maps.is_empty() {
            let exprs = outputs.iter().flat_map(Outputs::exprs);
            exprs.for_each(|expr| self.report_maps(expr));
            for at in 0..self.bindings.list.len() {
                let expr = self.bindings.list[at].tree.expr.clone();
                if !self.bindings.list[at].is_used && !self.detach_map(&expr) {
                    self.report_maps(&expr);
                }
            }
        }
        Ok(outputs)
    }

    /// Runs `read`; `None` where it fails and that is told. Fails only where a limit is passed.
    pub(super) fn settled<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<Option<T>> {
        match self.guarded(read) {
            Ok(value) => Ok(Some(value)),
            Err(problem) if self.is_over => Err(problem),
            Err(problem) => {
                self.report(problem);
                Ok(None)
            }
        }
    }

    fn outputs(&mut self) -> Parsed<Outputs> {
        let outputs = if self.peek() == &TokenKind::Mark("{") {
            Outputs::Named(self.output_map()?)
        } else {
            let expr = self.expression()?.expr;
            match self.map_of(&expr) {
                Some(map) => Outputs::Named(self.outputs_of(&map, expr.span)?),
                None => Outputs::One(expr),
            }
        };
        if self.peek() != &TokenKind::End {
            let problem = self.unexpected("an operator or the end");
            self.report(problem);
        }
        Ok(outputs)
    }

    /// `let name = expression;`
    pub(super) fn binding(&mut self, statement: &Statement) -> Parsed<()> {
        self.advance();
        if self.peek() != &TokenKind::Name {
            return Err(self.unexpected("a name"));
        }
        let span = self.advance();
        let name = self.letters(span);
        let known = self.bindings.find_alike(name);
        let known = known.or_else(|| self.scope.find_alike(name).map(|one| (one.name.as_str(), one.span)));
        if let Err(problem) = self.check_new(name, span, known, Role::Value) {
            self.report(problem);
        }
        let bound = self.bound(statement)?;
        // A name that is not bound to anything that reads is bound to anything.
        let (tree, nodes) = self.plain_tree(name, span, bound)?;
        self.bindings.add(name, span, tree, nodes, false);
        Ok(())
    }

    /// A name may be given when it means nothing yet; `known` is what is called so already.
    pub(super) fn check_new(
        &self,
        name: &str,
        span: Span,
        known: Option<(&str, Span)>,
        role: Role,
    ) -> Parsed<()> {
        let lower = name.to_ascii_lowercase();
        if let Some((first, place)) = known {
            let message = match first == name {
                true => format!("'{}' is bound twice", shorten(name)),
                false => format!("'{}' and '{}' differ in case only", shorten(name), shorten(first)),
            };
            return Err(Diagnostic::name(message, span)
                .with_label("choose another name")
                .with_other(place, "bound here before"));
        }
        let refuse = |means: &str| {
            let message = format!("'{}' cannot be bound: it is {means}", shorten(name));
            Diagnostic::name(message, span).with_label("choose another name")
        };
        let elsewhere = sources::SOURCES.iter().find(|s| s.fields.contains(&lower.as_str()));
        let means = if truth_value(name).is_some() {
            "a truth value"
        } else if RESERVED.contains(&name) || ["and", "or", "not"].contains(&lower.as_str()) {
            "a reserved word"
        } else if sources::find_source(name).is_some() || self.own_source(name).is_some() {
            "a source"
        } else if sources::find_default_field(name).is_some_and(|field| field == lower) {
            "a field"
        } else if sources::find_default_field(name).is_some() && role == Role::Function {
            "a short name of a field"
        } else if sources::find_default_field(name).is_some() {
            // The short name of a field, where nothing has that name.
            return Ok(());
        } else if let Some(source) = elsewhere.filter(|_| role != Role::Function) {
            // With brackets behind it a name is no field.
            return Err(refuse(&format!("a field of {}", source.name)));
        } else if lower == SELECT || (!self.is_body && self.is_taken(&lower, role)) {
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

    /// True for the name of an indicator. Those that look across symbols have common names (`top`, `rank`, `scale`), and a value may
    /// have one of these: with brackets behind it the name is the function.
    fn is_taken(&self, name: &str, role: Role) -> bool {
        let is_common = |spec: &IndicatorSpec| spec.group == Group::CrossSection && role != Role::Function;
        self.catalog.find(name).is_some_and(|spec| !is_common(spec))
    }

    /// What the name ahead stands for, stepped over; `None` where it is not bound.
    pub(super) fn bound_value(&mut self) -> Parsed<Option<Tree>> {
        let (span, limits) = (self.span(), self.limits);
        let name = self.letters(span);
        if !self.frame.locals.is_empty()
            && let Some(tree) = self.local_operand(name, span)?
        {
            self.advance();
            return Ok(Some(tree));
        }
        if let Some(at) = self.scope.find(name).filter(|at| self.scope.get(*at).params.is_none()) {
            if self.peek_at(1) == &TokenKind::Mark("(") {
                return Ok(None);
            }
            self.advance();
            return self.expand(at, Vec::new(), span).map(Some);
        }
        if self.bindings.list.is_empty() {
            return Ok(None);
        }
        let Some(at) = self.bindings.places.get(&name.to_ascii_lowercase()).copied() else { return Ok(None) };
        let binding = &self.bindings.list[at];
        let is_behind = binding.span.start() >= self.frame.before && !binding.is_open;
        if binding.span.start() >= self.frame.visible || is_behind {
            return Ok(None);
        }
        if binding.name != name {
            if sources::find_default_field(name).is_none() {
                return Ok(None);
            }
            let message = format!("'{}' and '{}' differ in case only", name, binding.name);
            let place = binding.span;
            return Err(Diagnostic::name(message, span)
                .with_label("a value, or a field: write which")
                .with_other(place, "bound here"));
        }
        let nodes = binding.nodes;
        self.advance();
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
        Ok(Some(Tree { expr, height: binding.tree.height, place: Some(span) }))
    }

    /// `{name: expression, ...}`, with the brace ahead.
    fn output_map(&mut self) -> Parsed<Vec<(String, Expr)>> {
        let mut outputs: Vec<(String, Expr)> = Vec::new();
        self.entries("an output", |parser, name, span| {
            parser.check_output(name, span);
            let tree = parser.expression()?;
            outputs.push((name.to_owned(), tree.expr));
            Ok(())
        })?;
        Ok(outputs)
    }

    /// Refuses an output that is called like a column of results.
    pub(super) fn check_output(&mut self, name: &str, span: impl Into<Option<Span>>) {
        if name == RESERVED_OUTPUT {
            let message = format!("An output cannot be called '{name}': results have their times there");
            self.report(Diagnostic::name(message, span).with_label("choose another name"));
        }
    }

    /// True where a name ahead is bound to a value, be it by a parameter or by `let`.
    pub(super) fn is_bound(&self, name: &str) -> bool {
        let is_visible =
            |binding: &Binding<'_>| binding.name == name && binding.span.start() < self.frame.visible;
        let is_let = || {
            let at = self.bindings.places.get(&name.to_ascii_lowercase());
            at.is_some_and(|at| is_visible(&self.bindings.list[*at]))
        };
        self.local(name).is_some() || !self.bindings.list.is_empty() && is_let()
    }

    /// The entries of a map, with the brace ahead; `read` takes what stands behind each colon.
    pub(super) fn entries(
        &mut self,
        what: &str,
        mut read: impl FnMut(&mut Self, &'a str, Span) -> Parsed<()>,
    ) -> Parsed<()> {
        let open = self.advance();
        let mut places: HashMap<&str, Span> = HashMap::new();
        while self.peek() != &TokenKind::Mark("}") {
            let entry = self.guarded(|parser| {
                if parser.peek() != &TokenKind::Name {
                    return Err(parser.unexpected(&format!("the name of {what}")));
                }
                let span = parser.advance();
                let name = parser.letters(span);
                if let Some(first) = places.insert(name, span) {
                    let problem =
                        Diagnostic::name(format!("Output '{}' is given twice", shorten(name)), span)
                            .with_label("choose another name")
                            .with_other(first, "given here before");
                    parser.report(problem);
                }
                if parser.peek() != &TokenKind::Mark(":") {
                    return Err(parser.needed(&format!("`:` and the value of {what}")));
                }
                parser.advance();
                read(parser, name, span)?;
                match parser.peek() {
                    TokenKind::Mark("," | "}") => Ok(()),
                    _ => Err(parser.unexpected("`,` or `}`")),
                }
            });
            if let Err(problem) = entry {
                self.recover(problem, &[",", "}"])?;
            }
            if !self.eat(",") {
                break;
            }
        }
        let end = self.expect("}", "`,` or `}`")?;
        if places.is_empty() && self.problems.is_empty() {
            let message = "Invalid expression: a map of outputs names at least one";
            return Err(Diagnostic::parse(message, open.to(end)).with_label("write `{name: value}`"));
        }
        Ok(())
    }
}
