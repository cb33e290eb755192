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

    /// Appends whether there are names, and per name its length and its letters.
    pub(super) fn save(names: Option<&SymbolNames>, out: &mut Vec<u8>) {
        out.push(u8::from(names.is_some()));
        for name in names.into_iter().flat_map(SymbolNames::all) {
            out.extend_from_slice(&(name.len() as u32).to_le_bytes());
            out.extend_from_slice(name.as_bytes());
        }
    }

    /// Reads what [`save`](SymbolNames::save) wrote of so many symbols.
    pub(super) fn load(reader: &mut Reader<'_>, symbols: u64) -> Result<Option<SymbolNames>, SnapshotError> {
        if reader.byte(1, "a presence flag")? == 0 {
            return Ok(None);
        }
        // Each takes its length at least: what is allocated is in proportion to what is there.
        if symbols > (reader.0.len() / 4) as u64 {
            return Err(invalid(format!("the names of {symbols} symbols in {} bytes", reader.0.len())));
        }
        let mut names = Vec::with_capacity(symbols as usize);
        for at in 0..symbols {
            let length = u32::from_le_bytes(reader.take()?) as usize;
            let Some((name, rest)) = reader.0.split_at_checked(length) else {
                return Err(invalid(format!(
                    "{} bytes where the name of symbol {at} has {length}",
                    reader.0.len()
                )));
            };
            reader.0 = rest;
            let name = std::str::from_utf8(name)
                .map_err(|_| invalid(format!("the name of symbol {at}, which is no text")))?;
            names.push(name.to_owned());
        }
        SymbolNames::new(names).map(Some).map_err(|problem| invalid(format!("symbols: {problem}")))
    }
}
