//! Calls of functions that are defined in the language: the body is read with the arguments in place of the parameters.
//!
//! So a call means what its body means written there, and nothing of it is left in the IR.

use std::rc::Rc;

use super::definitions::{Definition, Source};
use super::diagnostic::{Diagnostic, Origin};
use super::ir::{Expr, Kind, SourceRef, TypeTag, Value};
use super::lets::has_beginning;
use super::lexer::{TokenKind, invalid};
use super::parser::{Frame, Parsed, Parser, Tree};
use super::shift::shorten;
use super::span::Span;
use super::suggest::did_you_mean;

/// The source of what stands for a map of values; no text can name it.
const MAP: &str = "{}";

/// A parameter, or a name that a bracket binds, and its value.
pub(super) struct Local<'a> {
    pub(super) name: &'a str,
    pub(super) tree: Tree,
    pub(super) nodes: usize,
    /// Which bracket binds it; `None` for a parameter.
    pub(super) bracket: Option<usize>,
    pub(super) is_used: bool,
}

impl<'a> Local<'a> {
    fn parameter(name: &'a str, tree: Tree, nodes: usize) -> Local<'a> {
        Local { name, tree, nodes, bracket: None, is_used: true }
    }

    /// A name that stands for a value, or for one with an operator.
    pub(super) fn of(name: &'a str, expr: Expr) -> Local<'a> {
        let height = usize::from(!expr.children().is_empty());
        Local::parameter(name, Tree { expr, height, place: None }, 1)
    }
}

/// What a function with several values gave.
#[derive(Debug)]
pub(super) struct ValueMap<'a> {
    function: &'a str,
    entries: Vec<(&'a str, Tree, usize)>,
}

/// True for what stands for a map of values.
pub(super) fn is_map(expr: &Expr) -> bool {
    matches!(&expr.kind, Kind::SourceRef(source) if source.source == MAP)
}

impl<'a> Parser<'a> {
    /// A call of a definition, with the bracket ahead.
    #[inline(never)]
    pub(super) fn own_call(&mut self, at: usize, span: Span) -> Parsed<Tree> {
        let definition = self.scope.get(at);
        let Some(params) = &definition.params else {
            self.skip_brackets();
            let problem = invalid("only plain function calls are allowed", span)
                .with_label(format!("'{}' is a value: write it without brackets", shorten(&definition.name)));
            return self.instead(problem, span);
        };
        self.advance();
        let before = self.nodes;
        let mut given: Vec<Option<(Tree, usize)>> = vec![None; params.len()];
        let mut places: Vec<Option<Span>> = vec![None; params.len()];
        let (mut position, mut named, mut is_sound) = (0, None, true);
        while self.peek() != &TokenKind::Mark(")") {
            let place = self.span();
            let target = match self.keyword() {
                Some((name, place)) => {
                    named = Some(place);
                    self.own_keyword(definition, &name, place)
                }
                None if named.is_some() => Err(self.behind_keyword(named)),
                None => {
                    position += 1;
                    Ok(position - 1)
                }
            };
            let target = target.and_then(|target| self.own_target(definition, target, place, &places));
            let nodes = self.nodes;
            let value = self.separate(|parser| parser.argument(false))?;
            match target {
                Ok(target) => {
                    given[target] = Some((value, self.nodes - nodes));
                    places[target] = Some(place);
                }
                Err(problem) => {
                    is_sound = false;
                    self.report(problem);
                    self.detached.push(value.expr);
                }
            }
            if !self.eat(",") {
                break;
            }
        }
        let call = span.to(self.expect(")", "`,` or `)`")?);
        let lacking: Vec<_> =
            params.iter().zip(&given).filter(|(p, g)| p.default.is_none() && g.is_none()).collect();
        if let Some((first, _)) = lacking.first().filter(|_| is_sound) {
            is_sound = false;
            let message = format!("[{}] Missing required parameter: {}", definition.name, first.name);
            let problem =
                Diagnostic::parse(message, call).with_label(definition.accepted(self.source_of(definition)));
            self.report(problem);
        }
        // The arguments are counted where they stand in the body.
        self.nodes = before;
        if !is_sound {
            self.detached.extend(given.into_iter().flatten().map(|(tree, _)| tree.expr));
            return self.unread(call);
        }
        self.expand(at, given, call)
    }

    /// One argument of several, up to the next `,` or `)`.
    pub(super) fn separate(&mut self, read: impl FnOnce(&mut Self) -> Parsed<Tree>) -> Parsed<Tree> {
        let value = self.guarded(|parser| {
            let value = read(parser)?;
            match parser.peek() {
                TokenKind::Mark("," | ")") => Ok(value),
                _ => Err(parser.unexpected("`,` or `)`")),
            }
        });
        value.or_else(|problem| self.recover(problem, &[",", ")"]))
    }

    fn own_keyword(&self, definition: &Definition, name: &str, place: Span) -> Parsed<usize> {
        let params = definition.params.as_deref().unwrap_or_default();
        params.iter().position(|param| param.name.eq_ignore_ascii_case(name)).ok_or_else(|| {
            let message = format!("[{}] Unknown parameter '{}'", definition.name, shorten(name));
            Diagnostic::name(message, place)
                .with_label(definition.accepted(self.source_of(definition)))
                .with_help(did_you_mean(name, params.iter().map(|param| param.name.as_str())))
        })
    }

    /// The parameter of that number, unless there is none or it has a value.
    fn own_target(
        &self,
        definition: &Definition,
        target: usize,
        place: Span,
        places: &[Option<Span>],
    ) -> Parsed<usize> {
        let name = &definition.name;
        match places.get(target) {
            None => {
                let message =
                    format!("[{name}] Too many positional arguments: {} are accepted", places.len());
                Err(Diagnostic::parse(message, place)
                    .with_label(definition.accepted(self.source_of(definition))))
            }
            Some(Some(first)) => {
                let param = &definition.params.as_deref().unwrap_or_default()[target].name;
                let message =
                    format!("[{name}] Parameter '{param}' is given twice; it cannot be specified both ways");
                Err(Diagnostic::parse(message, place).with_other(*first, "given here before"))
            }
            Some(None) => Ok(target),
        }
    }

    pub(super) fn source_of(&self, definition: &Definition) -> Source<'a> {
        self.scope.texts[definition.span.origin as usize]
    }

    /// Goes to the start of a text.
    pub(super) fn enter(&mut self, text: usize) {
        let source = self.scope.texts[text];
        (self.frame.text, self.frame.tokens, self.frame.at) = (source.text, source.tokens, 0);
        self.frame.origin = text as u32;
    }

    /// The body of a definition with these values of its parameters; what is missing has a default.
    pub(super) fn expand(
        &mut self,
        at: usize,
        given: Vec<Option<(Tree, usize)>>,
        call: Span,
    ) -> Parsed<Tree> {
        let definition = self.scope.get(at);
        if !definition.is_sound {
            return self.unread(call);
        }
        self.expanded[at] = true;
        let text = definition.span.origin as usize;
        self.origins.push(Origin { text, call: Some((call, definition.name.clone())) });
        let origin = self.origins.len() - 1;
        self.within(definition, origin as u32, |parser| {
            let params = definition.params.as_deref().unwrap_or_default();
            for (param, value) in params.iter().zip(given) {
                let (tree, nodes) = match (value, param.default) {
                    (Some(value), _) => value,
                    (None, first) => {
                        parser.frame.at = first.expect("what has no default is given");
                        // A default sees no parameter.
                        let locals = std::mem::take(&mut parser.frame.locals);
                        let before = parser.nodes;
                        let tree = parser.separate(|parser| parser.argument(false));
                        let nodes = std::mem::replace(&mut parser.nodes, before) - before;
                        parser.frame.locals = locals;
                        (tree?, nodes)
                    }
                };
                parser.frame.locals.push(Local::parameter(&param.name, tree, nodes));
            }
            parser.frame.at = definition.body;
            parser.body(definition)
        })
        .or_else(|problem| self.instead(problem, call))
        .map(|tree| Tree { place: Some(call), ..tree })
    }

    /// Reads in the text of a definition, and goes on behind.
    fn within<T>(
        &mut self,
        definition: &Definition,
        origin: u32,
        read: impl FnOnce(&mut Self) -> Parsed<T>,
    ) -> Parsed<T> {
        let source = self.source_of(definition);
        let is_own = definition.span.origin == 0;
        let inner = Frame {
            text: source.text,
            tokens: source.tokens,
            at: definition.body,
            origin,
            locals: Vec::new(),
            visible: if is_own { definition.span.start() } else { 0 },
            before: usize::MAX,
            brackets: 0,
            // A function's body follows the call; a value keeps what it stands for.
            stream: self.frame.stream.clone().filter(|_| definition.params.is_some()),
            scopes: Vec::new(),
        };
        let outer = std::mem::replace(&mut self.frame, inner);
        let read = self.guarded(read);
        self.frame = outer;
        read
    }

    fn body(&mut self, definition: &'a Definition) -> Parsed<Tree> {
        if definition.params.is_none() && has_beginning(self.source_of(definition), &definition.tokens) {
            return self.own_past(definition);
        }
        let tree = match self.peek() {
            TokenKind::Mark("{") => self.body_map(&definition.name)?,
            _ => self.expression()?,
        };
        match self.peek() {
            TokenKind::Mark(";") => Ok(tree),
            _ => Err(self.unexpected("an operator, or `;` behind the definition,")),
        }
    }

    /// `{name: expression, ...}` as the body of a function.
    fn body_map(&mut self, function: &'a str) -> Parsed<Tree> {
        let span = self.span();
        let before = self.nodes;
        let mut entries = Vec::new();
        self.entries("a value", |parser, name, _| {
            let nodes = parser.nodes;
            let tree = parser.expression()?;
            entries.push((name, tree, parser.nodes - nodes));
            Ok(())
        })?;
        // What is chosen is counted.
        self.nodes = before;
        let at = self.maps.len();
        self.maps.push(Rc::new(ValueMap { function, entries }));
        let source = SourceRef { symbol: Some(at.to_string()), ..SourceRef::of(MAP, None) };
        self.grow(Kind::from(source), span.to(self.span_before()), 0)
    }

    /// The values that a tree stands for, where it is a map.
    pub(super) fn map_of(&self, expr: &Expr) -> Option<Rc<ValueMap<'a>>> {
        match &expr.kind {
            Kind::SourceRef(source) if is_map(expr) => {
                let at: usize = source.symbol.as_deref()?.parse().ok()?;
                Some(Rc::clone(&self.maps[at]))
            }
            _ => None,
        }
    }

    /// The chosen value of a map.
    pub(super) fn choose(&mut self, map: &ValueMap<'a>, name: &str, span: Span, place: Span) -> Parsed<Tree> {
        let found = map.entries.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
        let Some((_, tree, nodes)) = found else {
            let names: Vec<_> = map.entries.iter().map(|(name, ..)| *name).collect();
            let message = format!("[{}] '{}' is no output of {0}", map.function, shorten(name));
            let problem = Diagnostic::name(message, span)
                .with_label(format!("accepted: {}", names.join(", ")))
                .with_help(did_you_mean(name, names));
            return self.instead(problem, place);
        };
        self.count(*nodes);
        self.check_size(Some(place))?;
        Ok(Tree { expr: tree.expr.clone(), height: tree.height, place: Some(place) })
    }

    /// The values of a map as the outputs of a rule.
    pub(super) fn outputs_of(
        &mut self,
        map: &ValueMap<'a>,
        place: Option<Span>,
    ) -> Parsed<Vec<(String, Expr)>> {
        let mut outputs = Vec::with_capacity(map.entries.len());
        for (name, tree, nodes) in &map.entries {
            self.check_output(name, place);
            self.count(*nodes);
            self.check_size(place)?;
            outputs.push(((*name).to_owned(), tree.expr.clone()));
        }
        Ok(outputs)
    }

    /// The values of a map, to be checked although none is chosen.
    pub(super) fn detach_map(&mut self, expr: &Expr) -> bool {
        let Some(map) = self.map_of(expr) else { return false };
        self.detached.extend(map.entries.iter().map(|(_, tree, _)| tree.expr.clone()));
        true
    }

    /// Reports each map in a tree of which no value is chosen.
    pub(super) fn report_maps(&mut self, expr: &Expr) {
        if let Some(map) = self.map_of(expr) {
            let names: Vec<_> = map.entries.iter().map(|(name, ..)| *name).collect();
            let message = format!("{} gives several values: {}; choose one", map.function, names.join(", "));
            let first = names.first().copied().unwrap_or_default();
            self.report(
                Diagnostic::mistyped(message, expr.span).with_label(format!("for example `.{first}`")),
            );
        }
        for child in expr.children() {
            self.report_maps(child);
        }
    }

    /// The value of the parameter called `name`.
    pub(super) fn local(&self, name: &str) -> Option<&Local<'a>> {
        self.frame.locals.iter().rev().find(|local| local.name == name)
    }

    /// The constant that a parameter stands for, where it is one and nothing is done with it.
    pub(super) fn local_literal(&self, name: &str) -> Option<&Value> {
        self.local(name)?.tree.expr.as_literal()
    }

    /// What a parameter stands for as an operand, where numbers are floats.
    pub(super) fn local_operand(&mut self, name: &str, span: Span) -> Parsed<Option<Tree>> {
        let Some(at) = self.frame.locals.iter().rposition(|local| local.name == name) else {
            return Ok(None);
        };
        let local = &mut self.frame.locals[at];
        local.is_used = true;
        let (mut tree, nodes) = (local.tree.clone(), local.nodes);
        self.count(nodes);
        self.check_size(Some(span))?;
        if let Kind::Literal(value) = &mut tree.expr.kind {
            match value {
                Value::Int(whole) => *value = Value::Float(*whole as f64),
                Value::Text(field) if let Some(source) = self.field_called(&field.clone()) => {
                    tree.expr.kind = Kind::from(source);
                    tree.expr.tag = tree.expr.kind.default_tag();
                }
                Value::Text(_) => {
                    let message = format!("Parameter '{}' is a text here", shorten(name));
                    let problem =
                        Diagnostic::parse(message, span).with_label("a number or a series is needed");
                    return self.instead(problem, span).map(Some);
                }
                Value::Bool(_) => tree.expr.tag = TypeTag::ScalarBool,
                Value::Float(_) | Value::None => {}
            }
        }
        tree.expr.span = Some(span);
        tree.place = Some(span);
        Ok(Some(tree))
    }

    /// Reads a body that nothing calls, its parameters standing for anything; fails where a limit is passed.
    pub(super) fn try_out(&mut self, at: usize) -> Parsed<()> {
        let definition = self.scope.get(at);
        self.check_params(definition);
        if !definition.is_sound || self.expanded[at] {
            return Ok(());
        }
        let before = std::mem::take(&mut self.nodes);
        let origin = definition.span.origin;
        let tree = self.within(definition, origin, |parser| {
            let params = definition.params.as_deref().unwrap_or_default();
            for param in params {
                if let Some(first) = param.default {
                    parser.frame.at = first;
                    let locals = std::mem::take(&mut parser.frame.locals);
                    parser.separate(|parser| parser.argument(false))?;
                    parser.frame.locals = locals;
                }
                let tree = parser.unread(definition.span)?;
                parser.frame.locals.push(Local::parameter(&param.name, tree, 1));
            }
            parser.frame.at = definition.body;
            parser.body(definition)
        });
        self.nodes = before;
        match tree {
            Err(problem) if self.is_over => Err(problem),
            Err(problem) => {
                self.report(problem);
                Ok(())
            }
            Ok(_) => Ok(()),
        }
    }
}
