//! What is wrong with a file, or what it does not say.

use std::fmt;

use thiserror::Error;

/// The kind of what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// There is no such file.
    NotFound,
    /// It cannot be read from where it is.
    Source,
    /// It holds nothing, or no header and no rows.
    Empty,
    /// It has a header and no rows.
    NoRows,
    /// It is of a kind that is not read here.
    Format,
    /// No column is the time.
    NoTime,
    /// A column that is read is not there.
    NoColumn,
    /// A row has more or fewer cells than the header.
    Width,
    /// A cell is no number.
    Number,
    /// A cell is no time.
    Time,
    /// A bar is still forming.
    Forming,
    /// Rows are in no order of time.
    Order,
    /// The file does not say what an option has to.
    Question,
}

impl ErrorKind {
    /// What is wrong with a row of this kind.
    pub(crate) fn of_row(self) -> &'static str {
        match self {
            ErrorKind::Width => "with more or fewer cells than the header",
            ErrorKind::Number => "without a number where one is needed",
            ErrorKind::Time => "without a time",
            ErrorKind::Forming => "of bars that are not closed",
            _ => "that could not be read",
        }
    }
}

/// A file that cannot be read.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub struct ReadError {
    /// Its kind.
    pub kind: ErrorKind,
    /// The file.
    pub file: String,
    /// What rows are counted in: lines from 1, or rows of tables from 0.
    pub counted: Counted,
    /// The line or row.
    pub line: Option<u64>,
    /// The column's name.
    pub column: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// What is wrong.
    pub problem: String,
}

/// What a place in a file is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counted {
    /// Lines of text, the first being 1.
    #[default]
    Lines,
    /// Rows of JSON or a table, the first being 1.
    Rows,
}

impl Counted {
    /// One of them.
    pub fn word(self) -> &'static str {
        match self {
            Counted::Lines => "line",
            Counted::Rows => "row",
        }
    }
}

impl ReadError {
    pub(crate) fn new(kind: ErrorKind, problem: impl Into<String>) -> ReadError {
        ReadError {
            kind,
            file: String::new(),
            counted: Counted::Lines,
            line: None,
            column: None,
            value: None,
            problem: problem.into(),
        }
    }

    pub(crate) fn at(mut self, line: u64) -> ReadError {
        self.line = Some(line);
        self
    }

    pub(crate) fn cell(mut self, column: impl Into<String>, value: impl Into<String>) -> ReadError {
        self.column = Some(column.into());
        let value: String = value.into();
        self.value = Some(value.chars().take(80).collect());
        self
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", {} {line}", self.counted.word())?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column `{column}`")?;
        }
        write!(f, ": {}", self.problem)?;
        match &self.value {
            Some(value) => write!(f, ": {value:?}"),
            None => Ok(()),
        }
    }
}
