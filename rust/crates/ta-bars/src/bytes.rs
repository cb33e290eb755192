//! Where a file's bytes come from, and what they are: text, an archive of it, JSON, a table.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::error::{ErrorKind, ReadError};
use crate::json;

/// What is read.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// A file.
    Path(&'a Path),
    /// Bytes, and what errors call them.
    Bytes(&'a str, &'a [u8]),
    /// What comes through a pipe, to its end.
    Stdin,
}

impl Source<'_> {
    /// What errors call it.
    pub fn name(&self) -> String {
        match self {
            Source::Path(path) => path.display().to_string(),
            Source::Bytes(name, _) => (*name).to_owned(),
            Source::Stdin => "stdin".to_owned(),
        }
    }
}

/// A file's content.
pub(crate) enum Content<'a> {
    /// Text on the disk, to be read in pieces.
    File(File),
    /// Text.
    Memory(std::borrow::Cow<'a, [u8]>),
    /// Rows of JSON.
    Rows(json::Rows),
    /// A table of typed columns.
    #[cfg(feature = "arrow")]
    Table(crate::arrow::Typed),
}

/// Bytes that say what a file is.
const HEAD: usize = 1 << 16;
/// What an archive may hold: more is no file of bars, and may have no end.
const LARGEST: u64 = 1 << 34;

/// Opens a source, and finds out what it is. Gives notes, too.
pub(crate) fn open<'a>(source: &Source<'a>, notes: &mut Vec<String>) -> Result<Content<'a>, ReadError> {
    let failed = |error: io::Error| {
        let kind =
            if error.kind() == io::ErrorKind::NotFound { ErrorKind::NotFound } else { ErrorKind::Source };
        ReadError::new(kind, error.to_string())
    };
    match source {
        Source::Bytes(_, bytes) => content(bytes.to_vec(), notes),
        Source::Stdin => read_all(io::stdin().lock(), notes),
        Source::Path(path) => {
            let mut file = File::open(path).map_err(failed)?;
            let about = file.metadata().map_err(failed)?;
            if about.is_dir() {
                return Err(ReadError::new(ErrorKind::Source, "that is a folder, and a file is needed"));
            }
            if !about.is_file() {
                return read_all(file, notes);
            }
            let mut head = Vec::new();
            file.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(failed)?;
            if is_plain(&head) {
                return Ok(Content::File(file));
            }
            file.read_to_end(&mut head).map_err(failed)?;
            content(head, notes)
        }
    }
}

/// Reads what may have no end: it is looked at before more of it is taken.
fn read_all<'a>(mut from: impl Read, notes: &mut Vec<String>) -> Result<Content<'a>, ReadError> {
    let failed = |error: io::Error| ReadError::new(ErrorKind::Source, error.to_string());
    let mut bytes = Vec::new();
    from.by_ref().take(HEAD as u64).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.iter().take(4096).all(|byte| *byte == 0) && !bytes.is_empty() {
        return Err(binary());
    }
    from.take(LARGEST).read_to_end(&mut bytes).map_err(failed)?;
    content(bytes, notes)
}

fn binary() -> ReadError {
    ReadError::new(
        ErrorKind::Format,
        "these bytes are no text, JSON, gzip, zip, Parquet or Arrow file, which are read here",
    )
}

/// True for text that can be read as it lies on the disk.
fn is_plain(head: &[u8]) -> bool {
    let is_archive = [&[0x1f, 0x8b][..], b"PK", b"PAR1", b"ARROW1", b"FEA1", &[0xff, 0xfe], &[0xfe, 0xff]]
        .iter()
        .any(|magic| head.starts_with(magic));
    !is_archive && !json::is_json(head) && !head.contains(&0) && !is_page(head) && !head.is_empty()
}

fn is_page(head: &[u8]) -> bool {
    let start = head.trim_ascii_start();
    [&b"<!doctype"[..], b"<html", b"<?xml"]
        .iter()
        .any(|tag| start.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag)))
}

fn content<'a>(bytes: Vec<u8>, notes: &mut Vec<String>) -> Result<Content<'a>, ReadError> {
    let refused = |problem: String| ReadError::new(ErrorKind::Format, problem);
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut plain = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes.as_slice())
            .take(LARGEST)
            .read_to_end(&mut plain)
            .map_err(|error| refused(format!("the gzip file is damaged: {error}")))?;
        notes.push("gzip".to_owned());
        return content(plain, notes);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let plain = unzip(bytes)?;
        notes.push("zip".to_owned());
        return content(plain, notes);
    }
    if bytes.starts_with(b"PAR1") || bytes.starts_with(b"ARROW1") || bytes.starts_with(b"\xff\xff\xff\xff") {
        return table(bytes);
    }
    if bytes.starts_with(b"FEA1") {
        return Err(refused(
            "the file is Feather version 1; version 2, which is an Arrow file, is read here".to_owned(),
        ));
    }
    if is_page(&bytes) {
        return Err(refused("the file is a web page or XML, not the data that it shows".to_owned()));
    }
    let bytes = match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) if encoding != encoding_rs::UTF_8 => {
            notes.push(encoding.name().to_owned());
            decoded(encoding, &bytes)?
        }
        _ => bytes,
    };
    // Text of ASCII letters in UTF-16 without a sign of it.
    let bytes = match (bytes.first(), bytes.get(1)) {
        (Some(1..=127), Some(0)) => decoded(encoding_rs::UTF_16LE, &bytes)?,
        (Some(0), Some(1..=127)) => decoded(encoding_rs::UTF_16BE, &bytes)?,
        _ => bytes,
    };
    if bytes.contains(&0) {
        return Err(binary());
    }
    if bytes.trim_ascii().is_empty() {
        return Err(ReadError::new(ErrorKind::Empty, "there is nothing in the file"));
    }
    if json::is_json(&bytes) {
        notes.push("JSON".to_owned());
        return json::read(&bytes).map(Content::Rows).map_err(refused);
    }
    Ok(Content::Memory(bytes.into()))
}

fn decoded(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let (text, bad) = encoding.decode_with_bom_removal(bytes);
    if bad {
        return Err(ReadError::new(ErrorKind::Format, format!("the text is not all {}", encoding.name())));
    }
    Ok(text.into_owned().into_bytes())
}

fn unzip(bytes: Vec<u8>) -> Result<Vec<u8>, ReadError> {
    let refused = |problem: String| ReadError::new(ErrorKind::Format, problem);
    let damaged = |error: &dyn std::fmt::Display| refused(format!("the zip file cannot be read: {error}"));
    let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let names = (0..archive.len())
        .map(|at| archive.by_index_raw(at).map(|member| member.name().map(|name| name.into_owned())));
    let names: Vec<String> = names
        .collect::<Result<Result<_, _>, _>>()
        .map_err(|error| damaged(&error))?
        .map_err(|error| damaged(&error))?;
    if names.iter().any(|name| name == "[Content_Types].xml") {
        return Err(refused("the file is a spreadsheet; save it as CSV".to_owned()));
    }
    let is_file = |name: &&String| !name.ends_with('/') && !name.starts_with("__MACOSX/");
    let files: Vec<&String> = names.iter().filter(is_file).collect();
    let [only] = files.as_slice() else {
        let there: Vec<_> = files.iter().take(10).map(|name| name.as_str()).collect();
        let there = if there.is_empty() { "none".to_owned() } else { there.join(", ") };
        return Err(refused(format!(
            "a zip with one file is read, and this one has {}: {there}",
            files.len()
        )));
    };
    let member = archive.by_name(only).map_err(|error| damaged(&error))?;
    let mut plain = Vec::new();
    member.take(LARGEST).read_to_end(&mut plain).map_err(|error| damaged(&error))?;
    Ok(plain)
}

#[cfg(feature = "arrow")]
fn table<'a>(bytes: Vec<u8>) -> Result<Content<'a>, ReadError> {
    crate::arrow::read(bytes)
        .map(Content::Table)
        .map_err(|problem| ReadError::new(ErrorKind::Format, problem))
}

#[cfg(not(feature = "arrow"))]
fn table<'a>(_: Vec<u8>) -> Result<Content<'a>, ReadError> {
    Err(ReadError::new(
        ErrorKind::Format,
        "Parquet and Arrow files are read with the feature `arrow`, which is off",
    ))
}
