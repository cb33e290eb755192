//! `on(STREAM, EXPR)` and `fresh(STREAM)`: a rule of another timeframe, symbol or source.
//!
//! ```text
//! on(4h, supertrend(10, 3)).trend
//! on(BTC, close > sma(close, 200)) and fresh(1d)
//! ```
//! It is a rewriting when names are bound: what would read the rule's own bars reads those of the stream, and nothing of `on`
//! is left in the IR. What functions read by themselves is given to them as arguments.

use std::rc::Rc;

use super::bind::{self, BoundInput, SELECT};
use super::compile;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::ir::{Call, Expr, Kind, SourceRef, TypeTag, Value};
use super::lexer::{Limits, TokenKind};
use super::parser::{Parsed, Parser, Tree};
use super::recovery::is_unread;
use super::reference::{
    DEFAULT_SOURCE, Segment, echo, is_value, reference_of, span_of, take_qualifier, take_symbol,
};
use super::shift::{normal_multiple, normal_timeframe, shorten};
use super::sources;
use super::span::Span;
use crate::catalog::{Catalog, IndicatorSpec, InputRole};

/// The word in front of a stream and what is asked of it.
const ON: &str = "on";
/// The name of the call that is true where a bar of a stream has just closed; the language's own, not the catalogue's. It
/// has two arguments: what it looks at of that stream, and of the bars at which it is computed.
pub const FRESH: &str = "fresh";
const A_STREAM: &str = "a stream is a timeframe, a symbol, a source or several of them: `4h`, `4x`, `BTC`, `ETH.BTC.1h`, `trades`";

/// True for the words that a stream stands behind, in brackets.
pub(super) fn is_stream_word(word: &str) -> bool {
    word.eq_ignore_ascii_case(ON) || word.eq_ignore_ascii_case(FRESH)
}

/// What the two arguments of a [`FRESH`] call read: of the stream that is looked at, and of the bars that look.
pub fn bind_fresh(call: &Call) -> Option<(&SourceRef, &SourceRef)> {
    let [Expr { kind: Kind::SourceRef(stream), .. }, Expr { kind: Kind::SourceRef(own), .. }] =
        &call.args[..]
    else {
        return None;
    };
    (call.kwargs.is_empty() && call.output.is_none()).then_some((stream, own))
}

/// What an `on` names of a stream; the rest is that of what stands around it.
#[derive(Clone, Debug)]
pub(super) struct Ambient {
    /// Without a field.
    parts: SourceRef,
    has_source: bool,
}

impl Ambient {
    /// What is not named taken from around.
    fn within(mut self, outer: Option<&Ambient>) -> Ambient {
        if let Some(outer) = outer {
            self.parts = outer.complete(self.parts, self.has_source);
            self.has_source |= outer.has_source;
        }
        self
    }

    /// A reference with what it does not name taken from this stream.
    fn complete(&self, mut reference: SourceRef, has_source: bool) -> SourceRef {
        let parts = &self.parts;
        // A column of one's own has no other stream.
        if reference.column.is_some() {
            return reference;
        }
        let is_short_named = reference.timeframe.is_none();
        if reference.symbol.is_none() {
            reference.symbol.clone_from(&parts.symbol);
            reference.base.clone_from(&parts.base);
            reference.quote.clone_from(&parts.quote);
        }
        let rest = [
            (&mut reference.exchange, &parts.exchange),
            (&mut reference.timeframe, &parts.timeframe),
            (&mut reference.instrument_type, &parts.instrument_type),
        ];
        for (own, given) in rest {
            if own.is_none() {
                own.clone_from(given);
            }
        }
        reference.is_asked |= is_short_named && parts.timeframe.is_some();
        if !has_source {
            reference.source.clone_from(&parts.source);
        }
        reference
    }
}

impl<'a> Parser<'a> {
    /// A call of `on` or `fresh`, with the name ahead and a bracket behind it; `None` where the name is another.
    pub(super) fn stream_word(&mut self) -> Parsed<Option<Tree>> {
        let name = self.letters(self.span());
        if !is_stream_word(name)
            || self.scope.find(name).is_some_and(|at| self.scope.get(at).params.is_some())
        {
            return Ok(None);
        }
        let span = self.advance();
        self.advance();
        if name.eq_ignore_ascii_case(ON) { self.on(span).map(Some) } else { self.fresh(span).map(Some) }
    }

    #[inline(never)]
    fn on(&mut self, span: Span) -> Parsed<Tree> {
        let stream = self.guarded(|parser| {
            let stream = parser.stream(ON, ",")?;
            match parser.eat(",") {
                true => Ok(stream),
                false => Err(parser.unexpected("`,` and what is asked of the stream")),
            }
        });
        let (stream, is_sound) = match stream {
            Ok(stream) => (stream, true),
            Err(problem) => {
                let unread = self.recover(problem, &[","])?;
                self.detached.push(unread.expr);
                self.advance();
                (None, false)
            }
        };
        let outer = self.frame.stream.clone();
        if let Some(stream) = stream {
            self.frame.stream = Some(Rc::new(stream.within(outer.as_deref())));
        }
        // A field alone is one of the stream, whatever is filtered around.
        let scopes = std::mem::take(&mut self.frame.scopes);
        let tree = self.enclosed(|parser| {
            let tree = parser.expression()?;
            parser.eat(",");
            Ok(tree)
        });
        (self.frame.stream, self.frame.scopes) = (outer, scopes);
        let mut tree = tree?;
        let place = span.to(self.advance());
        if !is_sound {
            self.detached.push(tree.expr);
            return self.unread(place);
        }
        tree.place = Some(place);
        if tree.expr.span.is_none_or(|inner| inner.origin == span.origin) {
            tree.expr.span = Some(place);
        }
        Ok(tree)
    }

    #[inline(never)]
    fn fresh(&mut self, span: Span) -> Parsed<Tree> {
        let stream = self.guarded(|parser| {
            let stream = parser.stream(FRESH, ")")?;
            match parser.peek() {
                TokenKind::Mark(")") => Ok(stream),
                _ => Err(parser.unexpected("`)`")),
            }
        });
        let stream = stream.or_else(|problem| self.recover(problem, &[")"]).map(|_| None))?;
        let place = span.to(self.advance());
        let Some(stream) = stream else { return self.unread(place) };
        let outer = self.frame.stream.clone();
        let stream = stream.within(outer.as_deref());
        let own = outer.map_or_else(|| SourceRef::of(DEFAULT_SOURCE, None), |outer| outer.parts.clone());
        let mut args = Vec::with_capacity(2);
        for read in [stream.parts, own] {
            let field = sources::find_source(&read.source).map(|source| source.primary);
            args.push(self.grow(Kind::from(read.with_field(field)), place, 0)?.expr);
        }
        let call = Call { name: FRESH.into(), args, kwargs: vec![], output: None };
        let mut tree = self.grow(Kind::from(call), place, 1)?;
        tree.expr.tag = TypeTag::SeriesBool;
        Ok(tree)
    }

    /// The stream ahead, up to a mark; `None` where a parameter stands for it that has no value yet.
    fn stream(&mut self, word: &str, end: &'static str) -> Parsed<Option<Ambient>> {
        let place = self.span();
        let refuse = |problem: Diagnostic| Err(explained(problem));
        if self.peek() == &TokenKind::Mark(end) || self.peek() == &TokenKind::Mark(")") {
            let message = format!("[{word}] Missing stream");
            return refuse(Diagnostic::parse(message, place).with_label("for example `4h`"));
        }
        let mut segments: Vec<Segment<'a>> = Vec::new();
        loop {
            let span = self.span();
            match self.peek() {
                TokenKind::Text(text) => {
                    segments.extend(text.split('.').map(|text| Segment { text, span }));
                    self.advance();
                }
                TokenKind::Name | TokenKind::Segment => {
                    self.advance();
                    if segments.is_empty()
                        && let Some(local) = self.local(self.letters(span))
                    {
                        match &local.tree.expr.kind {
                            Kind::SourceRef(source) if is_unread(source) => return Ok(None),
                            Kind::Literal(Value::Text(text)) => {
                                // Texts of arguments live as long as the trees that hold them.
                                let stream = self.stream_called(&text.clone(), span)?;
                                return Ok(Some(stream));
                            }
                            _ => {
                                let message =
                                    format!("[{word}] '{}' is no stream", shorten(self.letters(span)));
                                return refuse(
                                    Diagnostic::parse(message, span)
                                        .with_label("a text is needed, such as '4h'"),
                                );
                            }
                        }
                    }
                    let span = self.pair(span, end);
                    segments.push(Segment { text: self.letters(span), span });
                }
                TokenKind::Bad => return Err(self.needed("a stream")),
                _ => return refuse(self.unexpected("a stream")),
            }
            if !self.eat(".") {
                break;
            }
        }
        let span = span_of(&segments).unwrap_or(place);
        if self.peek() == &TokenKind::Mark("(") || self.operator().is_some() {
            let message = format!("[{word}] The stream stands first and is no value");
            return refuse(
                Diagnostic::parse(message, span.to(self.span()))
                    .with_label("write for example `on(4h, close > open)`"),
            );
        }
        let named = |segment: &Segment<'_>| self.bindings.names().any(|name| name == segment.text);
        if let Some(value) = segments.first().filter(|first| named(first)) {
            let message = format!("[{word}] '{}' is a value here, no stream", shorten(value.text));
            return refuse(Diagnostic::parse(message, value.span).with_label("bound to a value"));
        }
        stream_of(&segments, word).map(Some).or_else(refuse)
    }

    fn stream_called(&self, text: &str, span: Span) -> Parsed<Ambient> {
        let segments: Vec<_> = text.split('.').map(|text| Segment { text, span }).collect();
        stream_of(&segments, ON).map_err(explained)
    }

    /// `BASE/QUOTE` written together, the first word of which stands before this place.
    fn pair(&mut self, base: Span, end: &'static str) -> Span {
        let (slash, quote, behind) = (self.token_at(0), self.token_at(1), self.token_at(2));
        let is_pair = slash.kind == TokenKind::Mark("/")
            && quote.kind == TokenKind::Name
            && matches!(behind.kind, TokenKind::Mark(mark) if mark == "." || mark == end)
            && base.end() == slash.span.start()
            && slash.span.end() == quote.span.start();
        if !is_pair {
            return base;
        }
        let span = base.to(Span { origin: base.origin, ..quote.span });
        self.advance();
        self.advance();
        span
    }

    /// What a chain refers to at this place.
    pub(super) fn reference(&self, segments: &[Segment<'_>]) -> Parsed<SourceRef> {
        if !self.scope.sources.is_empty()
            && let Some(own) = self.own_column(segments)
        {
            return own;
        }
        let Some(stream) = self.frame.stream.as_deref() else {
            return reference_of(segments, DEFAULT_SOURCE).map(|(reference, _)| reference);
        };
        let (reference, has_source) = reference_of(segments, &stream.parts.source)?;
        Ok(stream.complete(reference, has_source))
    }

    /// What a name alone means on the stream of this place: a source, or a field of the stream's.
    pub(super) fn name_in_stream(&self, name: &str) -> Option<SourceRef> {
        let stream = self.frame.stream.as_deref()?;
        if let Some(source) = sources::find_source(name) {
            let field = (source.name == DEFAULT_SOURCE).then_some(source.primary);
            return Some(stream.complete(SourceRef::of(source.name, field), true));
        }
        let field = sources::find_readable_field(&stream.parts.source, name)?;
        Some(self.field_of_stream(field))
    }

    /// What is wrong with a name that is a field of the rule's own bars and none of this place's stream.
    pub(super) fn no_field_of_stream(&self, name: &str, span: Span) -> Option<Diagnostic> {
        let source = &self.frame.stream.as_deref()?.parts.source;
        sources::find_default_field(name)?;
        let message = format!("'{}' is not a field of {source}", shorten(name));
        let label = format!("accepted: {}", sources::field_list(source));
        let help = format!("a field of the bars is `ohlcv.{}`", shorten(name));
        Some(Diagnostic::name(message, span).with_label(label).with_help(help))
    }

    /// The field of that name, in a text, at this place.
    pub(super) fn field_called(&self, name: &str) -> Option<SourceRef> {
        if self.frame.stream.is_some() {
            return self.name_in_stream(name);
        }
        sources::find_default_field(name).map(|field| SourceRef::of(DEFAULT_SOURCE, Some(field)))
    }

    /// That field of the stream of this place.
    pub(super) fn field_of_stream(&self, field: &str) -> SourceRef {
        let parts = self.frame.stream.as_deref().map(|stream| stream.parts.with_field(Some(field)));
        parts.unwrap_or_else(|| SourceRef::of(DEFAULT_SOURCE, Some(field)))
    }

    /// Gives a call those values of this place's stream that it would read of the rule's own bars; the height of the highest.
    pub(super) fn read_of_stream(
        &mut self,
        call: &mut Call,
        spec: &'static IndicatorSpec,
        place: Span,
    ) -> usize {
        let Some(stream) = self.frame.stream.clone() else { return 0 };
        let (nodes, height) = give_values(call, spec, Some(place), &stream, self.catalog);
        self.count(nodes);
        height
    }
}

/// A problem that says what a stream is, unless it helps otherwise.
fn explained(problem: Diagnostic) -> Diagnostic {
    let help = problem.help.clone().unwrap_or_else(|| A_STREAM.to_owned());
    problem.with_help(help)
}

/// What a chain without a field names.
fn stream_of(segments: &[Segment<'_>], word: &str) -> Parsed<Ambient> {
    let mut parts = SourceRef::of(DEFAULT_SOURCE, None);
    let (mut rest, mut has_source) = (segments, false);
    if let [first, after @ ..] = rest
        && let Some(exchange) = sources::find_exchange(first.text)
    {
        parts.exchange = Some(exchange.to_owned());
        rest = after;
    }
    let is_qualifier = |text: &str| {
        sources::find_source(text).is_some()
            || sources::find_instrument_type(text).is_some()
            || normal_timeframe(text).is_some()
            || normal_multiple(text).is_some()
            || text.starts_with(|first: char| first.is_ascii_digit())
    };
    if let Some(first) = rest.first().filter(|first| !is_qualifier(first.text)) {
        let is_word = first.text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'/'));
        if is_value(first.text) || !is_word || first.text.is_empty() {
            let message = format!("[{word}] '{}' is no stream", shorten(&echo(segments)));
            return Err(Diagnostic::parse(message, first.span).with_label("a stream is needed"));
        }
        rest = take_symbol(&mut parts, rest);
    }
    for qualifier in rest {
        take_stream_part(&mut parts, &mut has_source, *qualifier, segments)?;
    }
    // Once the rule's own timeframe is that timeframe.
    parts.timeframe = parts.timeframe.filter(|timeframe| timeframe != "1x");
    parts.is_asked = parts.timeframe.is_some();
    Ok(Ambient { parts, has_source })
}

fn take_stream_part(
    parts: &mut SourceRef,
    has_source: &mut bool,
    segment: Segment<'_>,
    segments: &[Segment<'_>],
) -> Parsed<()> {
    if sources::find_field(&parts.source, segment.text).is_some()
        && sources::find_source(segment.text).is_none()
    {
        let message = format!("'{}' names a field, and a stream has none", echo(segments));
        let label = "leave the field away: it is read of the stream behind the comma";
        return Err(Diagnostic::parse(message, segment.span).with_label(label));
    }
    take_qualifier(parts, has_source, segment, segments)
}

/// The same rule on a stream: what `on(STREAM, ...)` is of it, for trees that are made without a text. What names no source
/// is the stream's.
///
/// # Errors
/// Where the chain names no stream.
pub fn moved(expr: &Expr, stream: &str, catalog: &Catalog) -> Result<Expr, Diagnostics> {
    let span = Span::new(0, 0);
    let segments: Vec<_> = stream.split('.').map(|text| Segment { text, span }).collect();
    let stream = stream_of(&segments, ON)
        .map_err(|problem| Diagnostics::from(Diagnostic { span: None, ..explained(problem) }))?;
    let mut moved = expr.clone();
    stream.take(&mut moved, catalog);
    Ok(moved)
}

impl Ambient {
    /// Has a tree read this stream.
    fn take(&self, expr: &mut Expr, catalog: &Catalog) {
        expr.children_mut().into_iter().for_each(|child| self.take(child, catalog));
        let field = |field: &str| self.parts.with_field(Some(field));
        match &mut expr.kind {
            Kind::SourceRef(source) if sources::find_source(&source.source).is_some() => {
                let reference = SourceRef::clone(source);
                let has_source = reference.source != DEFAULT_SOURCE;
                expr.kind = Kind::from(self.complete(reference, has_source));
            }
            Kind::Call(call) if call.name == SELECT => {
                if let Ok(name) = bind::bind_select(call) {
                    expr.kind = Kind::from(field(name));
                }
            }
            Kind::Call(call) => {
                if let Some(spec) = catalog.find(&call.name) {
                    give_values(call, spec, expr.span, self, catalog);
                }
            }
            _ => {}
        }
    }
}

/// Gives a call those values of a stream that it would read of the rule's own bars; how many nodes they have, and the height
/// of the highest.
fn give_values(
    call: &mut Call,
    spec: &'static IndicatorSpec,
    place: Option<Span>,
    stream: &Ambient,
    catalog: &Catalog,
) -> (usize, usize) {
    // What does not fit is told by the check.
    let Ok(binding) = bind::bind(call, spec) else { return (0, 0) };
    let value_of = |bound: &BoundInput<'_>| match *bound {
        BoundInput::Field(field) => Some(Expr::at(Kind::from(stream.parts.with_field(Some(field))), place)),
        BoundInput::Computed(text) => {
            let mut value = compile(text, catalog, &Limits::default()).ok()?;
            stream.take(&mut value, catalog);
            Some(Expr { span: place, ..value.without_spans() })
        }
        // When a bar closed, and its interval began, follow the bars that it reads.
        BoundInput::Time | BoundInput::Interval(_) | BoundInput::Expr(_) | BoundInput::Number(_) => None,
    };
    let values = binding.inputs.iter().map(value_of);
    let given: Vec<_> =
        spec.inputs.iter().zip(values).filter_map(|(input, value)| Some((input, value?))).collect();
    drop(binding);
    let (mut nodes, mut height) = (0, 0);
    for (input, value) in given {
        nodes += value.node_count();
        height = height.max(height_of(&value));
        match input.role {
            InputRole::Series { field_param, .. } => {
                // The name of its field has been heeded.
                call.args.truncate(spec.params.len());
                call.kwargs.retain(|(name, _)| Some(&**name) != field_param);
                call.args.insert(0, value);
            }
            _ => call.kwargs.push((input.name.into(), value)),
        }
    }
    (nodes, height)
}

fn height_of(expr: &Expr) -> usize {
    1 + expr.children().into_iter().map(height_of).max().unwrap_or(0)
}
