//! What a chain of words refers to: exchange, symbol, timeframe, instrument type, source and field.

use super::diagnostic::Diagnostic;
use super::ir::SourceRef;
use super::parser::{Parsed, truth_value};
use super::shift::{is_timeframe_shaped, month_or_minute, normal_multiple, normal_timeframe, shorten};
use super::sources;
use super::span::Span;
use super::suggest::{did_you_mean, edit_distance};

/// What a chain is of that names no source.
pub(super) const DEFAULT_SOURCE: &str = "ohlcv";

/// First words of dotted names that are calls, not data.
pub(super) const NAMESPACES: [&str; 2] = ["talib", "pine"];

/// One word of a chain; `BTC/USDT` is one word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
}

/// What a chain refers to that ends before its field: `ETH`, `ohlcv.1d`, `binance.BTC/USDT.perp.4h.trades`; `None` where a
/// text could not say so.
pub(crate) fn market_of(chain: &str) -> Option<SourceRef> {
    let words: Vec<&str> = chain.split('.').collect();
    let place_of_symbol = usize::from(sources::find_exchange(words[0]).is_some());
    let is_sound = |(at, word): (usize, &&str)| match word.split_once('/') {
        Some((base, quote)) => at == place_of_symbol && is_name(base) && is_name(quote) && !is_value(base),
        // What follows a dot may begin with a digit.
        None => {
            if at == 0 {
                is_name(word)
            } else {
                is_word(word)
            }
        }
    };
    if !words.iter().enumerate().all(is_sound) {
        return None;
    }
    let segment = |text| Segment { text, span: Span::new(0, 0) };
    let mut segments: Vec<_> = words.into_iter().map(segment).collect();
    // Which field may follow depends on the source.
    let found = sources::SOURCES.iter().find_map(|source| {
        segments.push(segment(source.primary));
        let reference = reference_of(&segments, DEFAULT_SOURCE).ok();
        segments.pop();
        reference
    });
    found.map(|(reference, _)| SourceRef { field: None, ..reference })
}

/// True for what a text may call something.
fn is_name(word: &str) -> bool {
    is_word(word) && !word.starts_with(|first: char| first.is_ascii_digit())
}

/// True for what may follow a dot: a name, or one that begins with a digit.
fn is_word(word: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !word.is_empty() && word.bytes().all(is_letter) && !matches!(word, "and" | "or" | "not")
}

/// True for a word that is a value, or begins one: what a slash behind it divides.
pub(super) fn is_value(word: &str) -> bool {
    truth_value(word).is_some()
        || sources::find_source(word).is_some()
        || sources::find_default_field(word).is_some()
}

/// The data that `[exchange.] symbol [.qualifiers] .field` or `source [.qualifiers] .field` names, of this source where it
/// names none; and whether it names one.
pub(super) fn reference_of(segments: &[Segment<'_>], source: &str) -> Parsed<(SourceRef, bool)> {
    let mut reference = SourceRef::of(source, None);
    let mut rest = segments;
    if let [first, after @ ..] = rest
        && let Some(exchange) = sources::find_exchange(first.text)
    {
        reference.exchange = Some(exchange.to_owned());
        rest = after;
    }
    if rest.first().is_none_or(|first| sources::find_source(first.text).is_none()) {
        rest = take_symbol(&mut reference, rest);
    }
    let symbol = reference.symbol.as_deref().unwrap_or("");
    let is_namespace = NAMESPACES.iter().any(|n| n.eq_ignore_ascii_case(symbol));
    if is_namespace && reference.exchange.is_none() {
        let message = format!("'{symbol}' is no symbol: '{}' would be a call", echo(segments));
        return Err(Diagnostic::parse(message, span_of(segments)).with_label("put brackets behind the name"));
    }
    if rest.len() > 4 {
        let message = format!("'{}' has too many parts", echo(segments));
        let label = "accepted: [exchange.]symbol[.timeframe][.instrument][.source].field";
        return Err(Diagnostic::parse(message, span_of(segments)).with_label(label));
    }
    let [qualifiers @ .., last] = rest else { return Err(missing_field(segments)) };
    let mut has_source = false;
    for qualifier in qualifiers {
        take_qualifier(&mut reference, &mut has_source, *qualifier, segments)?;
    }
    if let Some(source) = sources::find_source(last.text).filter(|_| !has_source) {
        reference.source = source.name.to_owned();
        return Ok((reference, true));
    }
    match sources::find_field(&reference.source, last.text) {
        Some(field) => reference.field = Some(field.to_owned()),
        None => return Err(unknown_field(&reference, *last, segments)),
    }
    Ok((reference, has_source))
}

/// Takes the symbol, a pair where the second word is a quote asset.
pub(super) fn take_symbol<'s, 'a>(reference: &mut SourceRef, rest: &'s [Segment<'a>]) -> &'s [Segment<'a>] {
    let Some((first, after)) = rest.split_first() else { return rest };
    let (pair, after) = match (first.text.split_once('/'), after.split_first()) {
        (Some(pair), _) => (Some(pair), after),
        (None, Some((quote, beyond))) if is_quote(quote.text, beyond) => {
            (Some((first.text, quote.text)), beyond)
        }
        _ => (None, after),
    };
    let Some((base, quote)) = pair else {
        reference.symbol = Some(first.text.to_owned());
        return after;
    };
    let (base, quote) = (base.to_ascii_uppercase(), quote.to_ascii_uppercase());
    reference.symbol = Some(format!("{base}/{quote}"));
    (reference.base, reference.quote) = (Some(base), Some(quote));
    match after.split_first() {
        Some((instrument, beyond)) if sources::find_instrument_type(instrument.text).is_some() => {
            reference.instrument_type = sources::find_instrument_type(instrument.text).map(str::to_owned);
            beyond
        }
        _ => after,
    }
}

/// True where the second word of a chain can only be the quote asset of a pair.
///
/// Three or four letters are enough. Others must be followed by a word that goes after a symbol, and must not look
/// like a slip in a word that could stand there.
fn is_quote(text: &str, beyond: &[Segment<'_>]) -> bool {
    let is_word =
        text.bytes().all(|b| b.is_ascii_alphanumeric()) && text.bytes().any(|b| b.is_ascii_alphabetic());
    if !is_word || is_vocabulary(text) || is_timeframe_shaped(text) || normal_multiple(text).is_some() {
        return false;
    }
    match text.len() {
        3 | 4 => true,
        2 | 5..=10 => {
            let lower = text.to_ascii_lowercase();
            let words = sources::SOURCES.map(|s| s.name).into_iter();
            let mut words = words.chain(sources::INSTRUMENT_TYPES.map(|(written, _)| written));
            let goes_on =
                |next: &Segment<'_>| is_vocabulary(next.text) || normal_timeframe(next.text).is_some();
            beyond.first().is_some_and(goes_on) && !words.any(|w| edit_distance(&lower, w) <= 2)
        }
        _ => false,
    }
}

/// True for sources, instrument types and fields.
fn is_vocabulary(text: &str) -> bool {
    sources::find_source(text).is_some()
        || sources::find_instrument_type(text).is_some()
        || sources::is_any_field(text)
}

pub(super) fn take_qualifier(
    reference: &mut SourceRef,
    has_source: &mut bool,
    segment: Segment<'_>,
    segments: &[Segment<'_>],
) -> Parsed<()> {
    let repeated = |what: &str| {
        let message = format!("Unexpected '{}' in '{}'", shorten(segment.text), echo(segments));
        Err(Diagnostic::parse(message, segment.span).with_label(format!("the {what} is already given")))
    };
    if let Some(timeframe) = normal_timeframe(segment.text).or_else(|| normal_multiple(segment.text)) {
        if reference.timeframe.is_some() {
            return repeated("timeframe");
        }
        reference.timeframe = Some(timeframe);
    } else if let Some(instrument) = sources::find_instrument_type(segment.text) {
        if reference.instrument_type.is_some() {
            return repeated("instrument type");
        }
        reference.instrument_type = Some(instrument.to_owned());
    } else if let Some(source) = sources::find_source(segment.text) {
        if *has_source {
            return repeated("source");
        }
        *has_source = true;
        reference.source = source.name.to_owned();
    } else if let Some(hint) = month_or_minute(segment.text) {
        let message = format!("'{}' may be a month or a minute", shorten(segment.text));
        return Err(Diagnostic::parse(message, segment.span).with_label(hint));
    } else {
        let message = format!("Unknown source '{}' in '{}'", shorten(segment.text), echo(segments));
        let label =
            format!("a timeframe, instrument type or source is needed; sources: {}", sources::source_list());
        let words = sources::SOURCES.map(|s| s.name).into_iter();
        let words = words.chain(sources::INSTRUMENT_TYPES.map(|(written, _)| written));
        return Err(Diagnostic::parse(message, segment.span)
            .with_label(label)
            .with_help(did_you_mean(segment.text, words)));
    }
    Ok(())
}

fn unknown_field(reference: &SourceRef, last: Segment<'_>, segments: &[Segment<'_>]) -> Diagnostic {
    let is_qualifier =
        normal_timeframe(last.text).is_some() || sources::find_instrument_type(last.text).is_some();
    if is_qualifier {
        return missing_field(segments);
    }
    let source = &reference.source;
    let message = format!("Unknown field '{}': it is not valid for source '{source}'", shorten(last.text));
    let fields = sources::find_source(source).expect("a chain names a known source").fields;
    Diagnostic::parse(message, last.span)
        .with_label(format!("accepted: {}", sources::field_list(source)))
        .with_help(did_you_mean(last.text, fields.iter().copied()))
}

/// A chain that ends before it names a field.
pub(super) fn missing_field(segments: &[Segment<'_>]) -> Diagnostic {
    let chain = echo(segments);
    let error = |message: String| Diagnostic::parse(message, span_of(segments));
    let [first, .., last] = segments else {
        return error(format!("Missing field: '{chain}' names a symbol only"))
            .with_label(format!("write for example `{chain}.close`"));
    };
    let is_value = sources::find_default_field(first.text).is_some();
    let fields = sources::SOURCES[0].fields.iter().copied();
    let help = did_you_mean(last.text, fields);
    let word = shorten(last.text);
    if is_value && segments.len() == 2 {
        return Diagnostic::parse(format!("Unknown field '{word}' of '{}'", first.text), last.span)
            .with_label("accepted: a shift such as 1h_ago, count, or a method such as filter(...)");
    }
    error(format!("Missing field: '{word}' is not one, so '{chain}' names a market only"))
        .with_label(format!("write for example `{chain}.close`"))
        .with_help(help)
}

pub(super) fn span_of(segments: &[Segment<'_>]) -> Option<Span> {
    Some(segments.first()?.span.to(segments.last()?.span))
}

pub(super) fn echo(segments: &[Segment<'_>]) -> String {
    const SHOWN: usize = 12;
    let words: Vec<_> = segments.iter().take(SHOWN).map(|s| shorten(s.text)).collect();
    let more = if segments.len() > SHOWN { "..." } else { "" };
    words.join(".") + more
}
