//! Dotted chains: references to data, outputs of indicators, time shifts, filters and aggregates.

use smallvec::{SmallVec, smallvec};

use super::diagnostic::Diagnostic;
use super::ir::{AggregateOp, Column, Expr, Kind, Name, ShiftOp, SourceRef, TypeTag, Value};
use super::lexer::TokenKind;
use super::parser::{Parsed, Parser, Tree};
use super::recovery::is_unread;
use super::reference::{NAMESPACES, Segment, echo, is_value, missing_field, span_of};
use super::shift::{Shift, month_or_minute, parse_shift, shorten};
use super::sources;
use super::span::Span;

/// Rows that an index may look back.
pub(super) const MOST_ROWS: i64 = u32::MAX as i64;
/// Why an index is refused.
pub(super) const LOOKS_AHEAD: &str = "Index must be a whole number from 0: a later row would look ahead";

/// What the last word of a chain can do to what stands before it.
enum Suffix {
    Count,
    Shift { shift: String, operation: Option<ShiftOp> },
}

/// Methods that columns of pandas and polars have, and how the same is written of a series `x`.
const OF_FRAMES: [(&str, &str); 12] = [
    ("shift", "x[1]"),
    ("diff", "x - x[1]"),
    ("pct_change", "x / x[1] - 1"),
    ("rolling", "rolling_mean(x, 20)` or another `rolling_...`, or `sma(x, 20)"),
    ("rolling_mean", "rolling_mean(x, 20)"),
    ("ewm", "ema(x, 20)"),
    ("ewm_mean", "ema(x, 20)"),
    ("mean", "x.avg()` of all bars, or `rolling_mean(x, 20)"),
    ("std", "rolling_std(x, 20)"),
    ("fillna", "nz(x, 0)"),
    ("clip", "greatest(least(x, upper), lower)"),
    ("where", "if(condition, x, other)"),
];

impl<'a> Parser<'a> {
    /// An operand that starts with a name: a call, a name alone, or a chain up to its first method.
    #[inline(never)]
    pub(super) fn chain(&mut self) -> Parsed<Tree> {
        let is_called = self.peek_at(1) == &TokenKind::Mark("(");
        if is_called && let Some(tree) = self.stream_word()? {
            return Ok(tree);
        }
        if let Some(tree) = self.bound_value()? {
            return Ok(tree);
        }
        if is_called {
            let span = self.advance();
            let name = self.letters(span);
            return match self.scope.find(name) {
                Some(at) => self.own_call(at, span),
                None => self.call(name, span),
            };
        }
        let start = self.span();
        let mut segments = self.first_segments();
        if self.peek() != &TokenKind::Mark(".") {
            let place = start.to(self.span_before());
            return self.resolve(&segments).or_else(|problem| self.instead(problem, place));
        }
        while self.peek() == &TokenKind::Mark(".") {
            self.advance();
            let segment = self.segment(&segments)?;
            if self.peek() != &TokenKind::Mark("(") {
                segments.push(segment);
                continue;
            }
            if let [first] = segments[..]
                && NAMESPACES.iter().any(|n| n.eq_ignore_ascii_case(first.text))
            {
                let name = format!("{}.{}", first.text, segment.text);
                return self.call(&name, first.span.to(segment.span));
            }
            let series = self.resolve(&segments).or_else(|problem| self.instead(problem, start))?;
            return self.method(series, segment);
        }
        self.resolve(&segments).or_else(|problem| self.instead(problem, start.to(self.span_before())))
    }

    /// What follows an expression: rows in square brackets, and after dots outputs, shifts, methods.
    #[inline(never)]
    pub(super) fn members(&mut self, mut tree: Tree) -> Parsed<Tree> {
        loop {
            if self.peek() == &TokenKind::Mark("[") {
                tree = self.index(tree)?;
                continue;
            }
            if !self.eat(".") {
                return Ok(tree);
            }
            let segment = self.segment(&[])?;
            tree = if let Some(map) = self.map_of(&tree.expr) {
                let place = tree.place.map_or(segment.span, |place| place.to(segment.span));
                self.choose(&map, segment.text, segment.span, place)?
            } else if self.peek() == &TokenKind::Mark("(") {
                self.method(tree, segment)?
            } else if let Some(suffix) = suffix(segment).transpose() {
                let value = || self.written(&tree);
                match suffix
                    .and_then(|suffix| time_or_timeframe(&suffix, segment, value).map_or(Ok(suffix), Err))
                {
                    Ok(suffix) => self.apply(tree, suffix, segment.span)?,
                    Err(problem) => self.instead(problem, segment.span)?,
                }
            } else {
                let span = tree.place.map(|s| s.to(segment.span));
                let member = segment.text.to_ascii_lowercase();
                let height = tree.height;
                self.grow(Kind::Member { expr: Box::new(tree.expr), member }, span, height)?
            };
        }
    }

    /// The letters of a value that has been read, where they stand in this text.
    fn written(&self, tree: &Tree) -> String {
        let place = tree.place.filter(|place| place.origin == self.frame.origin);
        place.map_or_else(|| "x".to_owned(), |place| shorten(self.letters(place)))
    }

    /// `[n]`: the value n rows ago, with the bracket ahead.
    fn index(&mut self, tree: Tree) -> Parsed<Tree> {
        self.advance();
        let index = self.guarded(Self::rows);
        let is_sound = index.is_ok();
        let index = index.or_else(|problem| self.recover(problem, &["]"]))?;
        let end = self.advance();
        let span = tree.place.map(|s| s.to(end));
        if !is_sound {
            self.detached.push(tree.expr);
            return self.unread(span.unwrap_or(end));
        }
        let height = tree.height.max(index.height);
        let kind = Kind::Index { expr: Box::new(tree.expr), index: Box::new(index.expr) };
        self.grow(kind, span, height)
    }

    /// A number of rows, up to the closing bracket.
    fn rows(&mut self) -> Parsed<Tree> {
        let place = self.span();
        let refuse = |message: &str, label: &str| Err(Diagnostic::parse(message, place).with_label(label));
        let rows = match self.peek() {
            TokenKind::Int(rows) if *rows < 0 => {
                return refuse(LOOKS_AHEAD, "a number of rows ago is needed");
            }
            TokenKind::Mark("-") => return refuse(LOOKS_AHEAD, "a number of rows ago is needed"),
            TokenKind::Int(rows) if *rows > MOST_ROWS => {
                return refuse("Index is too large", "at most 4294967295 rows back are accepted");
            }
            TokenKind::Int(rows) => *rows,
            TokenKind::Name if let Some(rows) = self.rows_of_parameter() => rows,
            _ => {
                let message = "Index must be a whole number that is written out: the number of rows ago";
                return refuse(message, "for example `[1]` for the row before");
            }
        };
        self.advance();
        if self.peek() != &TokenKind::Mark("]") {
            return Err(self.unexpected("`]`"));
        }
        self.grow(Kind::Literal(Value::Int(rows)), place, 0)
    }

    /// The whole number from 0 that a parameter ahead stands for; 0 where the body is only tried out.
    fn rows_of_parameter(&self) -> Option<i64> {
        let local = self.local(self.letters(self.span()))?;
        match &local.tree.expr.kind {
            Kind::Literal(Value::Int(rows @ 0..=MOST_ROWS)) => Some(*rows),
            Kind::SourceRef(source) if is_unread(source) => Some(0),
            _ => None,
        }
    }

    /// The first word of a chain, or those of a parameter that is a text.
    fn first_segments(&mut self) -> SmallVec<[Segment<'a>; 4]> {
        let kind = self.peek();
        let span = self.advance();
        match kind {
            TokenKind::Text(text) => text.split('.').map(|text| Segment { text, span }).collect(),
            _ => smallvec![self.with_quote(span)],
        }
    }

    fn segment(&mut self, before: &[Segment<'_>]) -> Parsed<Segment<'a>> {
        match self.peek() {
            TokenKind::Name => {
                let span = self.advance();
                let is_symbol = matches!(before, [first] if sources::find_exchange(first.text).is_some());
                Ok(if is_symbol { self.with_quote(span) } else { Segment { text: self.letters(span), span } })
            }
            TokenKind::Text(text) if self.is_placeholder() => Ok(Segment { text, span: self.advance() }),
            TokenKind::Segment => {
                let span = self.advance();
                Ok(Segment { text: self.letters(span), span })
            }
            _ => Err(self.unexpected("a name after the dot")),
        }
    }

    /// `BASE/QUOTE` in front of a dot, without blanks, is one symbol, unless the first word is a value itself.
    fn with_quote(&mut self, base: Span) -> Segment<'a> {
        let text = self.letters(base);
        let is_value = || is_value(text) || self.scoped_field(text).is_some();
        let (slash, quote, dot) = (self.token_at(0), self.token_at(1), self.token_at(2));
        let is_symbol = slash.kind == TokenKind::Mark("/")
            && quote.kind == TokenKind::Name
            && dot.kind == TokenKind::Mark(".")
            && base.end() == slash.span.start()
            && slash.span.end() == quote.span.start()
            && quote.span.end() == dot.span.start()
            && !is_value();
        if !is_symbol {
            return Segment { text, span: base };
        }
        let span = base.to(quote.span);
        self.advance();
        self.advance();
        Segment { text: self.letters(span), span }
    }

    /// The meaning of a chain without methods.
    fn resolve(&mut self, segments: &[Segment<'_>]) -> Parsed<Tree> {
        let mut suffixes = Vec::new();
        let mut reference = segments;
        while let [before @ .., last] = reference
            && !before.is_empty()
            && let Some(suffix) = suffix(*last)?
        {
            suffixes.push((suffix, last, before));
            reference = before;
        }
        let mut tree = match reference {
            [name] if !name.text.contains('/') => self.bare_name(name.text, name.span).map_err(|error| {
                // `BTC.count` names a symbol, not its field.
                match suffixes.last() {
                    Some(_) => missing_field(reference).with_help(error.help),
                    None => error,
                }
            })?,
            _ => {
                let source = self.reference(reference)?;
                let is_truth = source.column == Some(Column::Bool);
                let mut tree = self.grow(Kind::from(source), span_of(reference), 0)?;
                if is_truth {
                    tree.expr.tag = TypeTag::SeriesBool;
                }
                tree
            }
        };
        for (suffix, segment, before) in suffixes.into_iter().rev() {
            if let Some(problem) = time_or_timeframe(&suffix, *segment, || echo(before)) {
                return Err(problem);
            }
            tree = self.apply(tree, suffix, segment.span)?;
        }
        Ok(tree)
    }

    fn apply(&mut self, tree: Tree, suffix: Suffix, end: Span) -> Parsed<Tree> {
        let span = tree.place.map(|s| s.to(end));
        let series = Box::new(tree.expr);
        let kind = match suffix {
            Suffix::Count => {
                Kind::Aggregate { series, operation: AggregateOp::Count.name().into(), field: None }
            }
            Suffix::Shift { shift, operation } => {
                Kind::TimeShift { series, shift, operation: operation.map(|o| o.name().into()) }
            }
        };
        self.grow(kind, span, tree.height)
    }

    /// `.filter(...)`, `.sum(...)` and the like, with the bracket ahead.
    fn method(&mut self, series: Tree, name: Segment<'_>) -> Parsed<Tree> {
        if name.text.eq_ignore_ascii_case("filter") {
            return self.filter(series);
        }
        let Some(operation) = AggregateOp::from_name(name.text) else {
            let lower = name.text.to_ascii_lowercase();
            let mut error = Diagnostic::parse(format!("Unknown method '{}'", shorten(name.text)), name.span)
                .with_label("accepted: filter, count, sum, avg, max, min");
            if let Some((_, here)) = OF_FRAMES.iter().find(|(method, _)| *method == lower) {
                error = error.with_help(format!("here it is written `{here}`"));
            } else if self.catalog.find(&lower).is_some() {
                error = error
                    .with_help(format!("an indicator takes its series as the first argument: {lower}(...)"));
            }
            self.skip_brackets();
            let is_known = !matches!(&series.expr.kind, Kind::SourceRef(source) if is_unread(source));
            self.detached.push(series.expr);
            return if is_known { self.instead(error, name.span) } else { self.unread(name.span) };
        };
        self.advance();
        if self.is_expression_ahead() && series.expr.underlying_source().is_some() {
            return self.aggregate_of(series, operation, name.span);
        }
        let field = self.guarded(|parser| {
            let field = parser.aggregate_field(operation)?;
            match parser.peek() {
                TokenKind::Mark(")") => Ok(field),
                _ => Err(parser.unexpected("`)`")),
            }
        });
        let field = match field {
            Ok(field) => field,
            Err(problem) => {
                self.recover(problem, &[")"])?;
                let place = name.span.to(self.advance());
                self.detached.push(series.expr);
                return self.unread(place);
            }
        };
        let end = self.advance();
        let span = series.place.map(|s| s.to(end));
        let operation = operation.name().into();
        let kind = Kind::Aggregate { series: Box::new(series.expr), operation, field: field.map(Name::from) };
        self.grow(kind, span, series.height)
    }

    /// True where more stands in an aggregate's brackets than the name of a field.
    fn is_expression_ahead(&self) -> bool {
        let is_whole = matches!(self.peek_at(1), TokenKind::Mark(")" | ","));
        match self.peek() {
            TokenKind::Mark(")") => false,
            TokenKind::Name if self.peek_at(1) == &TokenKind::Mark("=") => false,
            TokenKind::Name if is_whole => {
                let name = self.letters(self.span());
                self.is_bound(name) && !matches!(self.local_literal(name), Some(Value::Text(_)))
            }
            TokenKind::Int(_) | TokenKind::Float(_) | TokenKind::Text(_) => !is_whole,
            TokenKind::Bad => false,
            _ => true,
        }
    }

    /// `.sum(close * volume)` of a source, filtered or not: that of the value over the rows of the source.
    fn aggregate_of(&mut self, series: Tree, operation: AggregateOp, name: Span) -> Parsed<Tree> {
        let scope = series.expr.source_identity();
        let start = self.span();
        let value = self.enclosed(|parser| {
            parser.frame.scopes.push(scope);
            let value = parser.expression()?;
            parser.frame.scopes.pop();
            parser.eat(",");
            Ok(value)
        })?;
        let end = self.advance();
        if operation == AggregateOp::Count {
            let problem = Diagnostic::parse("count() counts rows, not values", start.to(self.span_before()))
                .with_label("write `ohlcv.filter(condition).count()`");
            self.detached.push(value.expr);
            return self.instead(problem, name.to(end));
        }
        let span = series.place.map(|s| s.to(end));
        let height = series.height.max(value.height + series.height);
        let series = Box::new(rows_of(series.expr, value.expr));
        let kind = Kind::Aggregate { series, operation: operation.name().into(), field: None };
        self.grow(kind, span, height)
    }

    fn filter(&mut self, series: Tree) -> Parsed<Tree> {
        self.advance();
        let scope = series.expr.source_identity();
        let condition = self.enclosed(|parser| parser.filter_condition(scope))?;
        let end = self.advance();
        let span = series.place.map(|s| s.to(end));
        let height = series.height.max(condition.height);
        let kind = Kind::Filter { series: Box::new(series.expr), condition: Box::new(condition.expr) };
        self.grow(kind, span, height)
    }

    /// The condition, up to the closing bracket.
    fn filter_condition(&mut self, scope: Option<SourceRef>) -> Parsed<Tree> {
        if self.peek() == &TokenKind::Mark(")") {
            return Err(Diagnostic::parse("filter() needs exactly one argument", self.span())
                .with_label("a condition is needed"));
        }
        if self.peek() == &TokenKind::Name && self.peek_at(1) == &TokenKind::Mark("=") {
            return Err(Diagnostic::parse("filter() takes no argument by name", self.span())
                .with_label("write the condition alone"));
        }
        self.frame.scopes.push(scope);
        let condition = self.expression()?;
        self.frame.scopes.pop();
        self.eat(",");
        if self.peek() != &TokenKind::Mark(")") && self.span_before_is(",") {
            return Err(Diagnostic::parse("filter() needs exactly one argument", self.span())
                .with_label("join conditions with `and`"));
        }
        Ok(condition)
    }

    fn span_before_is(&self, mark: &str) -> bool {
        self.letters(self.span_before()) == mark
    }

    /// The field in brackets: a name or a text, alone or as `field=`.
    fn aggregate_field(&mut self, operation: AggregateOp) -> Parsed<Option<String>> {
        if self.peek() == &TokenKind::Mark(")") {
            return Ok(None);
        }
        let who = operation.name();
        if self.peek() == &TokenKind::Name && self.peek_at(1) == &TokenKind::Mark("=") {
            let span = self.advance();
            if !self.letters(span).eq_ignore_ascii_case("field") {
                let message = format!("Unknown parameter '{}'", shorten(self.letters(span)));
                return Err(Diagnostic::parse(message, span).with_label("accepted: field"));
            }
            self.advance();
        }
        let span = self.span();
        let is_whole = matches!(self.peek_at(1), TokenKind::Mark(")" | ","));
        let field = match self.peek() {
            TokenKind::Name if is_whole => {
                let name = self.letters(span);
                match self.local_literal(name) {
                    Some(Value::Text(field)) => field.clone(),
                    _ => name.to_owned(),
                }
            }
            TokenKind::Text(text) if is_whole => text.clone(),
            _ => {
                let message = format!("{who}() needs the name of a field");
                return Err(Diagnostic::parse(message, span).with_label("a name or a text is needed"));
            }
        };
        self.advance();
        if self.eat(",") && self.peek() != &TokenKind::Mark(")") {
            let message = format!("{who}() accepts at most one argument");
            return Err(Diagnostic::parse(message, self.span()));
        }
        Ok(Some(field))
    }
}

/// A value on those rows of a source that are kept.
fn rows_of(source: Expr, value: Expr) -> Expr {
    match source.kind {
        Kind::Filter { series, condition } => {
            Expr { kind: Kind::Filter { series: Box::new(rows_of(*series, value)), condition }, ..source }
        }
        _ => value,
    }
}

/// What `segment` does as the last word of a chain; `None` where it is a field or an output.
fn suffix(segment: Segment<'_>) -> Parsed<Option<Suffix>> {
    let word = segment.text.to_ascii_lowercase();
    if word == "count" {
        return Ok(Some(Suffix::Count));
    }
    let prefixes = [
        // `change_pct_` starts with `change_`.
        ("change_pct_", Some(ShiftOp::ChangePct)),
        ("change_", Some(ShiftOp::Change)),
        ("roc_", Some(ShiftOp::Roc)),
        ("", None),
    ];
    let (prefix, operation) = prefixes.into_iter().find(|(p, _)| word.starts_with(p)).unwrap_or(("", None));
    let shift = &word[prefix.len()..];
    if operation.is_none() && !shift.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(None);
    }
    let written = &segment.text[prefix.len()..];
    if let Some(hint) = month_or_minute(written.trim_end_matches("_ago").trim_end_matches("_AGO")) {
        let message = format!("'{}' may be a month or a minute", shorten(segment.text));
        return Err(Diagnostic::parse(message, segment.span).with_label(hint));
    }
    // A change is since some time; "ago" says it twice.
    match parse_shift(shift) {
        Ok(_) if operation.is_none() || !shift.ends_with("_ago") => {
            Ok(Some(Suffix::Shift { shift: shift.to_owned(), operation }))
        }
        Ok(_) => Err(Diagnostic::parse(format!("Invalid time shift '{word}'"), segment.span)
            .with_label(format!("write `{}`", word.trim_end_matches("_ago")))),
        Err(reason) => {
            Err(Diagnostic::parse(format!("Invalid time shift '{}'", shorten(&word)), segment.span)
                .with_label("accepted: 24h_ago, change_24h, change_pct_1d, roc_10")
                .with_help(reason))
        }
    }
}

/// What is wrong with a duration alone behind a value: it may be some time ago or the length of bars.
fn time_or_timeframe(
    suffix: &Suffix,
    segment: Segment<'_>,
    value: impl FnOnce() -> String,
) -> Option<Diagnostic> {
    let Suffix::Shift { shift, operation: None } = suffix else { return None };
    let is_duration = matches!(parse_shift(shift), Ok(Shift::Duration { .. }));
    if !is_duration || shift.ends_with("_ago") {
        return None;
    }
    let (word, value) = (segment.text, value());
    let message = format!("'{}' may be a time ago or the length of bars", shorten(word));
    let label = format!(
        "write `{value}.{word}_ago` for the value some time ago, `on({word}, {value})` for bars of that length"
    );
    Some(Diagnostic::parse(message, segment.span).with_label(label))
}
