//! IR to text: what is printed reads back as the same tree.
//!
//! Exceptions are trees that no text gives: negative or whole numbers as operands (a sign is an operator, operands are
//! floats), a field called `count` outside its source's filter, symbols that are no words, rows ([`Kind::Index`]) that
//! are no whole number, and chosen outputs that the grammar does not have. Bindings are written out.

use std::borrow::Cow;
use std::fmt;

use super::bind::SELECT;
use super::ir::{BinaryOp, Call, Expr, Kind, ShiftOp, SourceRef, UnaryOp, Value};
use super::on::{FRESH, bind_fresh};
use super::shift::{Shift, parse_shift};
use super::sources;

/// Where an expression stands; decides about brackets and short forms.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// Operators that bind less tightly need brackets.
    precedence: u8,
    /// The source whose fields stand alone here; `None` outside filters.
    scope: Option<&'a Scope>,
}

/// Within a filter's condition; the source is `None` when the filtered series is computed.
struct Scope(Option<SourceRef>);

const TOP: u8 = 0;
const NOT: u8 = 3;
const SIGN: u8 = 7;
const POWER: u8 = 8;
/// Left of a dot.
const CHAIN: u8 = 10;

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(f, self, Place { precedence: TOP, scope: None })
    }
}

fn write(f: &mut fmt::Formatter<'_>, expr: &Expr, place: Place<'_>) -> fmt::Result {
    let own = own_precedence(expr);
    if own < place.precedence {
        return bracketed(f, expr, place);
    }
    let inner = |precedence| Place { precedence, ..place };
    match &expr.kind {
        Kind::Literal(value) => literal(f, value),
        Kind::SourceRef(source) => reference(f, source, place.scope),
        Kind::Call(call) => self::call(f, call, place),
        Kind::Binary { op, left, right } => {
            // Comparisons chain and `**` groups to the right, so equals on that side need brackets.
            let (l, r) = match op {
                BinaryOp::Pow => (own + 1, SIGN),
                op if op.is_comparison() => (own + 1, own + 1),
                _ => (own, own + 1),
            };
            write(f, left, inner(l))?;
            write!(f, " {} ", op.symbol())?;
            write(f, right, inner(r))
        }
        Kind::Unary { op, operand } => {
            f.write_str(match op {
                UnaryOp::Not => "not ",
                UnaryOp::Neg => "-",
                UnaryOp::Pos => "+",
            })?;
            write(f, operand, inner(own))
        }
        Kind::Loop(it) => {
            f.write_str("(")?;
            for value in &it.values {
                write!(f, "let {} = ", value.name)?;
                write(f, &value.body, inner(TOP))?;
                for (word, part) in [(" from ", &value.first), (" restart when ", &value.restart)] {
                    if let Some(part) = part {
                        f.write_str(word)?;
                        write(f, part, inner(TOP))?;
                    }
                }
                f.write_str("; ")?;
            }
            write!(f, "{})", it.meant().name)
        }
        Kind::Own(name) => f.write_str(name),
        _ => dotted(f, expr, Place { precedence: CHAIN, ..place }),
    }
}

/// What stands left of a dot or of square brackets, and what stands behind.
fn dotted(f: &mut fmt::Formatter<'_>, expr: &Expr, left: Place<'_>) -> fmt::Result {
    match &expr.kind {
        Kind::Filter { series, condition } => {
            write(f, series, left)?;
            f.write_str(".filter(")?;
            let scope = Scope(series.source_identity());
            write(f, condition, Place { precedence: TOP, scope: Some(&scope) })?;
            f.write_str(")")
        }
        Kind::Aggregate { series, operation, field } => {
            write(f, series, left)?;
            write!(f, ".{operation}(")?;
            match field {
                Some(field) if is_word(field) => f.write_str(field)?,
                Some(field) => text(f, field)?,
                None => {}
            }
            f.write_str(")")
        }
        Kind::TimeShift { series, shift, operation } => {
            write(f, series, left)?;
            match operation.as_deref().map(|o| ShiftOp::from_name(o).map_or(o, |s| s.name())) {
                Some(operation) => write!(f, ".{operation}_{shift}"),
                // A duration alone may be the length of bars.
                None => match parse_shift(shift) {
                    Ok(Shift::Duration { .. }) if !shift.ends_with("_ago") => write!(f, ".{shift}_ago"),
                    _ => write!(f, ".{shift}"),
                },
            }
        }
        Kind::Member { expr: inner, member } => {
            // A chain that starts with a name would read the member as a field.
            match &inner.kind {
                Kind::Call(call) if call.name != SELECT => write(f, inner, left)?,
                _ => bracketed(f, inner, left)?,
            }
            write!(f, ".{member}")
        }
        Kind::Index { expr: inner, index } => {
            write(f, inner, left)?;
            f.write_str("[")?;
            write(f, index, Place { precedence: TOP, ..left })?;
            f.write_str("]")
        }
        Kind::Literal(_)
        | Kind::SourceRef(_)
        | Kind::Call(_)
        | Kind::Binary { .. }
        | Kind::Unary { .. }
        | Kind::Loop(_)
        | Kind::Own(_) => {
            unreachable!("nothing of it stands left of a dot")
        }
    }
}

fn bracketed(f: &mut fmt::Formatter<'_>, expr: &Expr, place: Place<'_>) -> fmt::Result {
    f.write_str("(")?;
    write(f, expr, Place { precedence: TOP, ..place })?;
    f.write_str(")")
}

fn own_precedence(expr: &Expr) -> u8 {
    match &expr.kind {
        Kind::Binary { op, .. } => match op {
            BinaryOp::Or => 1,
            BinaryOp::And => 2,
            BinaryOp::Gt | BinaryOp::Gte | BinaryOp::Lt | BinaryOp::Lte | BinaryOp::Eq | BinaryOp::Neq => 4,
            BinaryOp::Add | BinaryOp::Sub => 5,
            BinaryOp::Mul | BinaryOp::Div | BinaryOp::Mod => 6,
            BinaryOp::Pow => POWER,
        },
        Kind::Unary { op: UnaryOp::Not, .. } => NOT,
        Kind::Unary { .. } => SIGN,
        // A constant cannot stand left of a dot, nor a negative number left of `**`.
        Kind::Literal(Value::Int(v)) if *v < 0 => SIGN,
        Kind::Literal(Value::Float(v)) if v.is_sign_negative() => SIGN,
        Kind::Literal(_) => CHAIN - 1,
        _ => CHAIN,
    }
}

fn literal(f: &mut fmt::Formatter<'_>, value: &Value) -> fmt::Result {
    match value {
        Value::None => f.write_str("None"),
        Value::Bool(true) => f.write_str("True"),
        Value::Bool(false) => f.write_str("False"),
        Value::Int(value) => write!(f, "{value}"),
        Value::Float(value) => write!(f, "{value:?}"),
        Value::Text(value) => text(f, value),
    }
}

fn text(f: &mut fmt::Formatter<'_>, value: &str) -> fmt::Result {
    f.write_str("'")?;
    for letter in value.chars() {
        match letter {
            '\'' => f.write_str("\\'")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            other => write!(f, "{other}")?,
        }
    }
    f.write_str("'")
}

fn call(f: &mut fmt::Formatter<'_>, call: &Call, place: Place<'_>) -> fmt::Result {
    if let Some(field) = selected(call) {
        // Inside a filter the bare name may mean the filtered source's field.
        let is_plain = place.scope.is_none() && sources::find_default_field(field) == Some(field);
        return match is_plain {
            true => f.write_str(field),
            false => select(f, field),
        };
    }
    if let Some((stream, own)) = (call.name == FRESH).then(|| bind_fresh(call)).flatten() {
        return fresh(f, stream, own);
    }
    write!(f, "{}(", call.name)?;
    for (index, value) in call.args.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        argument(f, value, index == 0, place.scope)?;
    }
    for (index, (name, value)) in call.kwargs.iter().enumerate() {
        if index > 0 || !call.args.is_empty() {
            f.write_str(", ")?;
        }
        write!(f, "{name}=")?;
        argument(f, value, false, place.scope)?;
    }
    f.write_str(")")?;
    match &call.output {
        Some(output) => write!(f, ".{output}"),
        None => Ok(()),
    }
}

/// `fresh(4h)`, within `on` where other bars than the rule's own look at the stream.
fn fresh(f: &mut fmt::Formatter<'_>, stream: &SourceRef, own: &SourceRef) -> fmt::Result {
    let of_own = own.with_field(None) == SourceRef::of("ohlcv", None);
    let name = |source: &SourceRef| market_words(source, None).join(".");
    match of_own {
        true => write!(f, "{FRESH}({})", name(stream)),
        false => write!(f, "on({}, {FRESH}({}))", name(own), name(stream)),
    }
}

fn argument(f: &mut fmt::Formatter<'_>, value: &Expr, is_first: bool, scope: Option<&Scope>) -> fmt::Result {
    let place = Place { precedence: TOP, scope };
    match &value.kind {
        // Without brackets it would be a signed constant.
        Kind::Unary { op: UnaryOp::Neg | UnaryOp::Pos, operand } if operand.as_literal().is_some() => {
            write(f, value, Place { precedence: CHAIN, ..place })
        }
        Kind::SourceRef(source) if is_first && scope.is_none() => match &source.field {
            Some(field) if **source == SourceRef::of("ohlcv", Some(field)) && is_default(field) => {
                f.write_str(field)
            }
            _ => reference(f, source, scope),
        },
        // A bare name in first place is a reference.
        Kind::Call(call) if is_first && let Some(field) = selected(call) => select(f, field),
        _ => write(f, value, place),
    }
}

fn is_default(field: &str) -> bool {
    sources::find_default_field(field) == Some(field)
}

fn select(f: &mut fmt::Formatter<'_>, field: &str) -> fmt::Result {
    write!(f, "{SELECT}(")?;
    text(f, field)?;
    f.write_str(")")
}

/// The field of a `select` call in its plain form.
fn selected(call: &Call) -> Option<&str> {
    match (&call.kwargs[..], call.args.is_empty(), &call.output) {
        ([(name, value)], true, None) if call.name == SELECT && name == "field" => match value.as_literal() {
            Some(Value::Text(field)) => Some(field),
            _ => None,
        },
        _ => None,
    }
}

fn reference(f: &mut fmt::Formatter<'_>, source: &SourceRef, scope: Option<&Scope>) -> fmt::Result {
    if let (Some(Scope(Some(scoped))), Some(field)) = (scope, &source.field)
        && source.with_field(None) == *scoped
        && sources::find_field(&source.source, field) == Some(field.as_str())
    {
        return f.write_str(field);
    }
    // A column of one's own has no place in a chain.
    if let Some(field) = &source.field
        && sources::find_source(&source.source).is_some()
        && sources::find_field(&source.source, field).is_none()
        && source.with_field(None) != SourceRef::of("ohlcv", None)
        && sources::find_readable_field(&source.source, field) == Some(field.as_str())
    {
        return write!(f, "on({}, {field})", market_words(source, None).join("."));
    }
    f.write_str(&market_words(source, source.field.as_deref()).join("."))
}

/// The words of a chain: of a market, and of a field of it.
fn market_words<'s>(source: &'s SourceRef, field: Option<&'s str>) -> Vec<Cow<'s, str>> {
    let qualifiers = [&source.timeframe, &source.instrument_type];
    let is_qualified = qualifiers.iter().any(|q| q.is_some());
    let symbol = match (&source.base, &source.quote) {
        (Some(base), Some(quote)) => Some(Cow::from(format!("{base}/{quote}"))),
        _ => source.symbol.as_deref().map(Cow::from),
    };
    // A bar's source goes without saying after a symbol, where nothing else could be meant.
    let says_source = source.source != "ohlcv" || symbol.is_none() || field.is_none() || is_qualified;
    let mut words: Vec<Cow<'_, str>> = Vec::new();
    words.extend(source.exchange.as_deref().map(Cow::from));
    let has_symbol = symbol.is_some();
    words.extend(symbol);
    let qualifiers = qualifiers.into_iter().flatten().map(|word| Cow::from(word.as_str()));
    if has_symbol {
        words.extend(qualifiers);
        words.extend(says_source.then_some(Cow::from(source.source.as_str())));
    } else {
        words.push(Cow::from(source.source.as_str()));
        words.extend(qualifiers);
    }
    words.extend(field.map(Cow::from));
    words
}

fn is_word(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !["and", "or", "not"].contains(&text)
}
