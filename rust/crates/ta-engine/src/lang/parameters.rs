//! Parameters: `{period}` in a text stands for a value that is given when the text is compiled.
//!
//! The value takes the place of the braces before anything is read, so a bound text means what the text with the value
//! written there means: as an argument alone a whole number stays whole, as an operand it is a float like any other.

use super::diagnostic::Diagnostic;
use super::ir::Value;
use super::lexer::{Token, TokenKind, invalid};
use super::parser::Parsed;
use super::shift::shorten;
use super::suggest::did_you_mean;

/// The parameters in these tokens, in order of their first appearance.
pub(super) fn names_in<'a>(text: &'a str, tokens: &[Token]) -> Vec<&'a str> {
    let mut names = Vec::new();
    for window in tokens.windows(3) {
        if let Some(name) = placeholder(text, window)
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

/// Puts the given values in place of the parameters among the tokens; what has none is reported.
pub(super) fn substitute(
    text: &str,
    tokens: &mut Vec<Token>,
    given: &[(&str, Value)],
    problems: &mut Vec<Diagnostic>,
) {
    if given.is_empty() && !text.contains('{') {
        return;
    }
    let needed = names_in(text, tokens);
    // One name that is wrong is told once: what it was meant for says which it is.
    let refused = check_given(given, &needed).err();
    let is_told = refused.is_some();
    problems.extend(refused);
    if needed.is_empty() {
        return;
    }
    let mut bound = Vec::with_capacity(tokens.len());
    let mut rest = &tokens[..];
    while let Some((token, after)) = rest.split_first() {
        let Some(name) = placeholder(text, rest) else {
            bound.push(token.clone());
            rest = after;
            continue;
        };
        let span = token.span.to(rest[2].span);
        let value = given.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
        let kind = match value {
            None if is_told => TokenKind::Bad,
            None => {
                let message = format!("Parameter '{}' has no value", shorten(name));
                problems.push(
                    Diagnostic::name(message, span)
                        .with_label("give it when the rule is compiled")
                        .with_help(format!("needed: {}; given: {}", listed(&needed), listed_given(given))),
                );
                TokenKind::Bad
            }
            Some(Value::Int(value)) => TokenKind::Int(*value),
            Some(Value::Float(value)) if value.is_finite() => TokenKind::Float(*value),
            Some(Value::Bool(value)) => TokenKind::Truth(*value),
            Some(Value::Text(value)) => TokenKind::Text(value.clone()),
            Some(Value::Float(_) | Value::None) => {
                let reason = format!("parameter '{}' is no finite number", shorten(name));
                problems
                    .push(invalid(reason, span).with_label("a number, a truth value or a text is needed"));
                TokenKind::Bad
            }
        };
        bound.push(Token { kind, span });
        rest = &rest[3..];
    }
    *tokens = bound;
}

/// Refuses values for parameters that no text has, and two values for one.
pub(super) fn check_given(given: &[(&str, Value)], needed: &[&str]) -> Parsed<()> {
    for (at, (name, _)) in given.iter().enumerate() {
        if !needed.contains(name) {
            let message = format!("Unknown parameter '{}'", shorten(name));
            let has = format!("needed: {}; given: {}", listed(needed), listed_given(given));
            let help = did_you_mean(name, needed.iter().copied());
            let help = help.map_or(has.clone(), |help| format!("{help} {has}"));
            return Err(Diagnostic::name(message, None).with_help(help));
        }
        if given[..at].iter().any(|(before, _)| before == name) {
            return Err(Diagnostic::parse(format!("Parameter '{}' is given twice", shorten(name)), None));
        }
    }
    Ok(())
}

/// The name in `{name}` at the start of these tokens.
fn placeholder<'a>(text: &'a str, tokens: &[Token]) -> Option<&'a str> {
    let [open, name, close, ..] = tokens else { return None };
    let kinds = (&open.kind, &name.kind, &close.kind);
    let is_one = kinds == (&TokenKind::Mark("{"), &TokenKind::Name, &TokenKind::Mark("}"));
    is_one.then(|| &text[name.span.range()])
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    names.iter().map(|name| shorten(name)).collect::<Vec<_>>().join(", ")
}

fn listed_given(given: &[(&str, Value)]) -> String {
    listed(&given.iter().map(|(name, _)| *name).collect::<Vec<_>>())
}
