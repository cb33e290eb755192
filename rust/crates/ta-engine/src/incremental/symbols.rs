//! The names of a universe's symbols: what tells whose state is whose.

use std::collections::HashMap;

use super::snapshot::{Reader, SnapshotError, invalid};

/// Names in the order of the symbols: none is empty, none stands twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SymbolNames(Box<[String]>);

impl SymbolNames {
    /// Checks names; says which of them cannot be.
    pub(crate) fn new(names: Vec<String>) -> Result<SymbolNames, String> {
        let mut places = HashMap::with_capacity(names.len());
        for (at, name) in names.iter().enumerate() {
            if name.trim().is_empty() {
                return Err(format!("the name of symbol {at} is empty"));
            }
            if let Some(first) = places.insert(name.as_str(), at) {
                return Err(format!("`{name}` is the name of symbols {first} and {at}; each needs its own"));
            }
        }
        Ok(SymbolNames(names.into()))
    }

    /// All of them.
    pub(crate) fn all(&self) -> &[String] {
        &self.0
    }

    /// Appends the names.
    pub(super) fn save(&self, out: &mut Vec<u8>) {
        save_texts(&self.0, out);
    }

    /// Reads what [`save`](SymbolNames::save) wrote of so many symbols.
    pub(super) fn load(reader: &mut Reader<'_>, symbols: u64) -> Result<SymbolNames, SnapshotError> {
        let names = load_texts(reader, symbols, "the name")?;
        SymbolNames::new(names).map_err(|problem| invalid(format!("symbols: {problem}")))
    }
}

/// Appends per text of a symbol its length and its letters.
pub(super) fn save_texts(texts: &[String], out: &mut Vec<u8>) {
    for text in texts {
        out.extend_from_slice(&(text.len() as u32).to_le_bytes());
        out.extend_from_slice(text.as_bytes());
    }
}

/// Reads what [`save_texts`] wrote of so many symbols; `what` each of them is.
pub(super) fn load_texts(
    reader: &mut Reader<'_>,
    symbols: u64,
    what: &str,
) -> Result<Vec<String>, SnapshotError> {
    // Each takes its length at least: what is allocated is in proportion to what is there.
    if symbols > (reader.0.len() / 4) as u64 {
        return Err(invalid(format!("{what} of each of {symbols} symbols in {} bytes", reader.0.len())));
    }
    let mut texts = Vec::with_capacity(symbols as usize);
    for at in 0..symbols {
        let length = u32::from_le_bytes(reader.take()?) as usize;
        let Some((text, rest)) = reader.0.split_at_checked(length) else {
            let left = reader.0.len();
            return Err(invalid(format!("{left} bytes where {what} of symbol {at} has {length}")));
        };
        reader.0 = rest;
        let text = std::str::from_utf8(text)
            .map_err(|_| invalid(format!("{what} of symbol {at}, which is no text")))?;
        texts.push(text.to_owned());
    }
    Ok(texts)
}
