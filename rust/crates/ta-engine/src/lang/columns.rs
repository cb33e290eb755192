//! Sources of one's own: columns that are declared when a rule is compiled, `signal: score, on: bool`.

use super::diagnostic::Diagnostic;
use super::ir::{Column, SourceRef};
use super::parser::{Parsed, Parser, RESERVED, truth_value};
use super::reference::{DEFAULT_SOURCE, NAMESPACES, Segment, echo, is_value, span_of};
use super::shift::{is_timeframe_shaped, normal_multiple, parse_shift, shorten};
use super::sources;
use super::suggest::did_you_mean;

/// A source of one's own with its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSource {
    name: String,
    columns: Vec<(String, Column)>,
}

impl OwnSource {
    /// A source of this name with columns that are written `score`, `score: number` or `on: bool`.
    ///
    /// # Errors
    /// What is wrong with a name, and what is accepted.
    pub fn read<'c>(name: &str, columns: impl IntoIterator<Item = &'c str>) -> Result<OwnSource, Diagnostic> {
        let refuse = |message: String, label: &str| Err(Diagnostic::parse(message, None).with_label(label));
        let means = is_value(name)
            || sources::find_exchange(name).is_some()
            || sources::find_instrument_type(name).is_some()
            || NAMESPACES.iter().any(|namespace| namespace.eq_ignore_ascii_case(name));
        if means || !is_free(name) {
            let message = format!("A source cannot be called '{}'", shorten(name));
            return refuse(message, "a word is needed that means nothing yet, such as `signal`");
        }
        let mut read = OwnSource { name: name.to_owned(), columns: Vec::new() };
        for written in columns {
            let (column, kind) = match written.split_once(':') {
                None => (written.trim(), Some(Column::Number)),
                Some((column, kind)) => (column.trim(), Column::from_name(kind.trim())),
            };
            let Some(kind) = kind else {
                let message = format!("The column '{}' of '{name}' is of no kind", shorten(written));
                return refuse(message, "accepted: `score`, `score: number`, `on: bool`");
            };
            let is_computed = !sources::derived_from(column).is_empty() || column == "price";
            let is_suffix = column.eq_ignore_ascii_case("count") || parse_shift(column).is_ok();
            if !is_free(column) || is_computed || is_suffix {
                let message = format!("A column of '{name}' cannot be called '{}'", shorten(column));
                return refuse(message, "a word is needed that means nothing behind a dot, such as `score`");
            }
            if read.columns.iter().any(|(known, _)| known.eq_ignore_ascii_case(column)) {
                return refuse(format!("'{name}' has the column '{column}' twice"), "leave one away");
            }
            read.columns.push((column.to_owned(), kind));
        }
        match read.columns.is_empty() {
            true => refuse(format!("The source '{name}' has no columns"), "at least one is needed"),
            false => Ok(read),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// True for a word that is none of the language and no length of bars.
fn is_free(word: &str) -> bool {
    let is_word = word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let is_reserved = RESERVED.contains(&word) || ["and", "or", "not"].contains(&word);
    let is_length = is_timeframe_shaped(word) || normal_multiple(word).is_some();
    is_word && !is_reserved && !is_length && truth_value(word).is_none()
}

impl<'a> Parser<'a> {
    /// The source of one's own that is called `name`.
    pub(super) fn own_source(&self, name: &str) -> Option<&'a OwnSource> {
        self.scope.sources.iter().find(|source| source.name == name)
    }

    /// What a chain refers to that begins with a source of one's own; `None` for another.
    pub(super) fn own_column(&self, segments: &[Segment<'_>]) -> Option<Parsed<SourceRef>> {
        let [first, rest @ ..] = segments else { return None };
        let source = self.own_source(first.text)?;
        let accepted = || {
            let names: Vec<_> = source.columns.iter().map(|(name, _)| name.as_str()).collect();
            format!("accepted: {}", names.join(", "))
        };
        let [column] = rest else {
            let message = format!("'{}' is a column of '{}' at most", echo(segments), source.name);
            return Some(Err(Diagnostic::parse(message, span_of(segments)).with_label(accepted())));
        };
        let found = source.columns.iter().find(|(name, _)| name.eq_ignore_ascii_case(column.text));
        Some(match found {
            Some((name, kind)) => Ok(SourceRef {
                symbol: Some(source.name.clone()),
                column: Some(*kind),
                ..SourceRef::of(DEFAULT_SOURCE, Some(name))
            }),
            None => {
                let message = format!("'{}' has no column '{}'", source.name, shorten(column.text));
                let names = source.columns.iter().map(|(name, _)| name.as_str());
                Err(Diagnostic::name(message, column.span)
                    .with_label(accepted())
                    .with_help(did_you_mean(column.text, names)))
            }
        })
    }
}
