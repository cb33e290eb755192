//! Bars from files as people have them: one reader for any exporter's text, JSON, archives and tables.
//!
//! What a file is follows from rules, not from who wrote it. What it does not say is asked, by an error that names the option
//! which answers, and never guessed; what it was taken for is told in a line ([`Table::taken_for`]).

#[cfg(feature = "arrow")]
mod arrow;
mod bytes;
mod clock;
mod error;
mod header;
mod json;
mod moment;
mod names;
mod numbers;
mod options;
mod order;
mod pass;
mod reader;
mod roles;
mod rows;
mod stamps;
mod table;
mod zone;

pub use bytes::Source;
pub use error::{Counted, ErrorKind, ReadError};
pub use moment::DateOrder;
pub use numbers::Decimal;
pub use options::{Keep, ReadOptions, Selection, Symbols, TimeFormat};
pub use pass::TextColumn;
pub use reader::{read, read_each};
pub use table::{MissingColumn, Table};
pub use zone::zone_named;
