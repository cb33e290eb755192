//! Calls: `name(argument, ..., name=argument)`.

use std::sync::Arc;

use super::bind::{self, SELECT, SELECTED};
use super::diagnostic::{Diagnostic, DiagnosticKind};
use super::ir::{Call, Expr, Kind, Name, SourceRef, Value};
use super::lexer::{TokenKind, invalid};
use super::parser::{Parsed, Parser, Tree, truth_value};
use super::shift::shorten;
use super::sources;
use super::span::Span;
use super::suggest::{did_you_mean, written_here};
use crate::catalog::IndicatorSpec;

/// The arguments of a call, read.
struct Arguments {
    call: Call,
    /// The height of the highest.
    height: usize,
    /// The height of each, where they may be folded.
    heights: Vec<usize>,
    /// True where each has a place.
    is_sound: bool,
}

impl<'a> Parser<'a> {
    /// True for what a text may call without defining it.
    pub(super) fn is_callable(&self, name: &str) -> bool {
        self.catalog.find(name).is_some() || super::prelude::functions().any(|(known, ..)| known == name)
    }

    /// The call of `name`, with the bracket ahead.
    pub(super) fn call(&mut self, name: &str, span: Span) -> Parsed<Tree> {
        self.expect("(", "`(`")?;
        if name.eq_ignore_ascii_case(SELECT) {
            return self.select(span);
        }
        let Some(spec) = self.catalog.find(name) else {
            let lower = name.to_ascii_lowercase();
            let names = self.catalog.names().into_iter().chain([SELECT]).chain(self.scope.names());
            let problem = Diagnostic::name(format!("Indicator '{}' not found", shorten(&lower)), span)
                .with_label("no indicator has this name")
                .with_help(
                    written_here(&lower, |name| self.is_callable(name))
                        .or_else(|| did_you_mean(&lower, names)),
                );
            return self.stray_arguments(problem, span);
        };
        let Arguments { mut call, mut height, heights, mut is_sound } = self.arguments(spec)?;
        let end = self.expect(")", "`,` or `)`")?;
        let place = span.to(end);
        if is_sound && spec.folds && call.args.len() > spec.inputs.len() && call.kwargs.is_empty() {
            return self.fold(call, heights, place);
        }
        if is_sound {
            bind::name_fields(&mut call, spec);
        }
        if is_sound
            && let Some(misfit) = bind::misfit(&call, spec)
            // A series where none is taken is a matter of types, not of reading.
            && !matches!(misfit, bind::Misfit::NoSeries { .. })
        {
            is_sound = false;
            self.report(misfit.describe(spec, DiagnosticKind::Parse).at(Some(place)));
        }
        if !is_sound {
            // What the arguments are is looked into all the same.
            self.detached
                .extend(call.args.into_iter().chain(call.kwargs.into_iter().map(|(_, value)| value)));
            return self.unread(place);
        }
        if self.frame.stream.is_some() {
            height = height.max(self.read_of_stream(&mut call, spec, place));
        }
        self.grow(Kind::from(call), place, height)
    }

    /// The arguments of a call up to the closing bracket.
    fn arguments(&mut self, spec: &'static IndicatorSpec) -> Parsed<Arguments> {
        let mut call = Call { name: spec.name.into(), args: vec![], kwargs: vec![], output: None };
        let mut names: Vec<(&'static str, Span)> = Vec::new();
        let (mut height, mut heights, mut is_sound) = (0, Vec::new(), true);
        while self.peek() != &TokenKind::Mark(")") {
            let target = match self.keyword() {
                Some((given, place)) => self.keyword_of(spec, &mut names, given, place).map(Some),
                None if names.is_empty() => Ok(None),
                None => Err(self.behind_keyword(names.last().map(|(_, place)| *place))),
            };
            let is_first = call.args.is_empty() && matches!(target, Ok(None));
            let is_value = match &target {
                Ok(Some(name)) => bind::is_input(spec, name),
                Ok(None) => bind::is_value_place(spec, call.args.len()),
                Err(_) => false,
            };
            let value = self.separate(|parser| parser.argument_of(is_first, is_value))?;
            height = height.max(value.height);
            if spec.folds {
                heights.push(value.height);
            }
            match target {
                Ok(Some(name)) => {
                    call.kwargs.reserve_exact(1);
                    call.kwargs.push((name.into(), value.expr));
                }
                Ok(None) => {
                    if is_first {
                        // A list grows to four places at least, and trees are kept: most calls need fewer.
                        call.args.reserve_exact(bind::usual_arguments(spec));
                    }
                    call.args.push(value.expr);
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
        Ok(Arguments { call, height, heights, is_sound })
    }

    /// The arguments of what cannot be called: they are read for what is wrong with them.
    fn stray_arguments(&mut self, problem: Diagnostic, span: Span) -> Parsed<Tree> {
        self.report(problem);
        while self.peek() != &TokenKind::Mark(")") {
            self.keyword();
            let value = self.separate(|parser| parser.argument(false))?;
            self.detached.push(value.expr);
            if !self.eat(",") {
                break;
            }
        }
        let end = self.expect(")", "`,` or `)`")?;
        self.unread(span.to(end))
    }

    /// A value without a name stands behind one with a name.
    pub(super) fn behind_keyword(&self, before: Option<Span>) -> Diagnostic {
        let before = before.map_or("", |place| self.letters(place));
        invalid("positional argument follows keyword argument", self.span())
            .with_label(format!("write it before `{before}`"))
    }

    /// `f(a, b, c)` as `f(f(a, b), c)`.
    #[inline(never)]
    fn fold(&mut self, call: Call, heights: Vec<usize>, place: Span) -> Parsed<Tree> {
        let mut operands = call.args.into_iter().zip(heights);
        let (mut folded, mut height) = operands.next().expect("more operands than inputs");
        for (operand, below) in operands {
            let args = vec![folded, operand];
            let pair = Call { name: call.name.clone(), args, kwargs: vec![], output: None };
            Tree { expr: folded, height, .. } = self.grow(Kind::from(pair), place, height.max(below))?;
        }
        Ok(Tree { expr: folded, height, place: Some(place) })
    }

    /// `name=` ahead, stepped over.
    pub(super) fn keyword(&mut self) -> Option<(String, Span)> {
        let is_keyword = self.peek() == &TokenKind::Name && self.peek_at(1) == &TokenKind::Mark("=");
        is_keyword.then(|| {
            let span = self.advance();
            self.advance();
            (self.letters(span).to_ascii_lowercase(), span)
        })
    }

    /// The canonical name of a keyword that was not given before.
    fn keyword_of(
        &self,
        spec: &'static IndicatorSpec,
        names: &mut Vec<(&'static str, Span)>,
        given: String,
        span: Span,
    ) -> Parsed<&'static str> {
        let Some(canonical) = bind::canonical_keyword(spec, &given) else {
            let misfit = bind::Misfit::Unknown { name: shorten(&given), span: Some(span) };
            return Err(misfit.describe(spec, DiagnosticKind::Parse));
        };
        if let Some((_, before)) = names.iter().find(|(name, _)| *name == canonical) {
            let message = format!(
                "[{}] Parameter '{canonical}' cannot be specified both as '{}' and as '{given}'",
                spec.name,
                self.letters(*before)
            );
            return Err(Diagnostic::parse(message, span).with_label("given before"));
        }
        names.push((canonical, span));
        Ok(canonical)
    }

    /// One argument. A constant alone keeps its type; a field alone in first place is a reference.
    pub(super) fn argument(&mut self, is_first: bool) -> Parsed<Tree> {
        self.argument_of(is_first, false)
    }

    /// [`argument`](Parser::argument), of which it is known that a value is needed.
    fn argument_of(&mut self, is_first: bool, is_value: bool) -> Parsed<Tree> {
        let span = self.span();
        let is_whole = |ahead: usize| matches!(self.peek_at(ahead), TokenKind::Mark("," | ")"));
        let literal = match self.peek() {
            TokenKind::Int(value) if is_whole(1) => Some(Value::Int(*value)),
            TokenKind::Float(value) if is_whole(1) => Some(Value::Float(*value)),
            // A parameter that is a text names a field where a value is needed.
            TokenKind::Text(value) if is_whole(1) && !(is_value && self.is_placeholder()) => {
                Some(Value::Text(value.clone()))
            }
            TokenKind::Truth(value) if is_whole(1) => {
                let value = *value;
                self.advance();
                return self.truth(value, span);
            }
            TokenKind::Mark(sign @ ("-" | "+")) if !is_first && is_whole(2) => {
                signed(self.peek_at(1), *sign == "-")
            }
            TokenKind::Name if is_whole(1) => {
                let name = self.letters(span);
                if let Some(value) = truth_value(name) {
                    self.advance();
                    return self.truth(value, span);
                }
                let value = self.local_literal(name).filter(|value| !is_value || !is_text(value)).cloned();
                if let Some(value) = value {
                    self.advance();
                    return match value {
                        Value::Bool(value) => self.truth(value, span),
                        value => self.grow(Kind::Literal(value), span, 0),
                    };
                }
                if !self.is_bound(name)
                    && let Some(source) = is_first.then(|| self.first_field(name)).flatten()
                {
                    self.advance();
                    return self.grow(Kind::from(source), span, 0);
                }
                None
            }
            _ => None,
        };
        let Some(value) = literal else { return self.expression() };
        let first = self.advance();
        let span = if is_sign(self.letters(first)) { first.to(self.advance()) } else { first };
        self.grow(Kind::Literal(value), span, 0)
    }

    fn first_field(&self, name: &str) -> Option<Arc<SourceRef>> {
        if self.frame.stream.is_some() {
            return None;
        }
        self.scoped_field(name)
            .map(Arc::new)
            .or_else(|| sources::find_default_field(name).map(SourceRef::of_bar))
    }

    /// `select('field')`: a field of the bar by name.
    fn select(&mut self, span: Span) -> Parsed<Tree> {
        let read = self.guarded(|parser| parser.select_field(span));
        read.or_else(|problem| {
            self.recover(problem, &[")"])?;
            let end = self.advance();
            self.unread(span.to(end))
        })
    }

    fn select_field(&mut self, span: Span) -> Parsed<Tree> {
        let refuse = |message: &str, span: Span| {
            Err(Diagnostic::parse(format!("[select] {message}"), span)
                .with_label("accepted: the name of a field in quotes"))
        };
        let mut kwargs: Vec<(Name, Expr)> = Vec::new();
        let mut chosen = None;
        while self.peek() != &TokenKind::Mark(")") {
            if let Some((name, place)) = self.keyword()
                && name != "field"
            {
                return refuse(&format!("Unknown parameter '{}'", shorten(&name)), place);
            }
            let place = self.span();
            let TokenKind::Text(text) = self.peek().clone() else {
                return refuse("Parameter 'field' must be a text", place);
            };
            if !kwargs.is_empty() {
                return refuse("Parameter 'field' is given twice; it cannot be specified both ways", place);
            }
            self.advance();
            let field = sources::find_default_field(&text).map_or(text.to_ascii_lowercase(), str::to_owned);
            if self.frame.stream.is_some() {
                chosen = Some(field.clone());
            }
            let value = self.grow(Kind::Literal(Value::Text(field)), place, 0)?;
            kwargs.push(("field".into(), value.expr));
            if !self.eat(",") {
                break;
            }
        }
        let end = self.expect(")", "`)`")?;
        if self.frame.stream.is_some() {
            let field = chosen.as_deref().unwrap_or(SELECTED);
            return self.grow(Kind::from(self.field_of_stream(field)), span.to(end), 0);
        }
        let call = Call { name: SELECT.into(), args: vec![], kwargs, output: None };
        self.grow(Kind::from(call), span.to(end), 1)
    }
}

fn is_text(value: &Value) -> bool {
    matches!(value, Value::Text(_))
}

fn signed(number: &TokenKind, is_negative: bool) -> Option<Value> {
    Some(match number {
        TokenKind::Int(value) => Value::Int(if is_negative { value.checked_neg()? } else { *value }),
        TokenKind::Float(value) => Value::Float(if is_negative { -value } else { *value }),
        _ => return None,
    })
}

fn is_sign(letters: &str) -> bool {
    matches!(letters, "-" | "+")
}
