//! Why a journal is refused, or has stopped.

use std::fmt;
use std::io;

use thiserror::Error;

/// Why a journal cannot be opened, read or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The disk failed. A journal that was being written is stopped.
    #[error("{file} cannot be {doing}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// To which file.
        file: String,
        /// What the disk said.
        source: io::Error,
    },
    /// Another process writes here.
    #[error("the journal is written by another process, which holds `{file}`")]
    Locked {
        /// The file that is locked.
        file: String,
    },
    /// A newer writer has taken over.
    #[error(
        "the journal was taken over by another writer: epoch {ours} is ours, {} is in `fence`",
        theirs.map_or("none".to_owned(), |theirs| theirs.to_string())
    )]
    Fenced {
        /// The epoch this journal was opened with.
        ours: u32,
        /// That of the fence, where it can be read.
        theirs: Option<u32>,
    },
    /// A write or a sync failed before; what is on the disk is known once it is opened again.
    #[error("the journal is stopped, since a write or a sync failed; open it again")]
    Stopped,
    /// More than a record or a snapshot may have.
    #[error("{length} bytes are given, and a {what} has {most} at most")]
    TooLong {
        /// A record or a snapshot.
        what: &'static str,
        /// Bytes that were given.
        length: u64,
        /// Bytes that are accepted.
        most: u64,
    },
    /// Written by a newer version.
    #[error("{file} has format version {version}; this program reads version {most}")]
    Newer {
        /// The file.
        file: String,
        /// Its version.
        version: u16,
        /// The newest that is read.
        most: u16,
    },
    /// The journal of something else.
    #[error("{file} belongs to another rule or setting: its identity is {found}, and {needed} is needed", found = Hex(found), needed = Hex(needed))]
    OtherOwner {
        /// The file.
        file: String,
        /// The identity it has.
        found: [u8; 32],
        /// The identity that was asked for.
        needed: [u8; 32],
    },
    /// Not as it was written, and more than a torn end.
    #[error(
        "{file} is damaged at byte {offset}: {fault}; `salvage` goes on from it and keeps all of it aside"
    )]
    Corrupt {
        /// The file.
        file: String,
        /// Where the first bytes are that are not as written.
        offset: u64,
        /// What they are.
        fault: Fault,
    },
    /// Events between two files are gone.
    #[error("events {from} to {to} are in no file")]
    Missing {
        /// The first of them.
        from: u64,
        /// The last of them.
        to: u64,
    },
    /// The journal begins later, and no snapshot leads there.
    #[error("the journal begins with event {first}, and there is no good snapshot to begin from{}", Bad(bad))]
    NoStart {
        /// Its first event.
        first: u64,
        /// Snapshots that are there and bad.
        bad: Vec<String>,
    },
    /// The journal ends before an event that it is known to have had.
    #[error("the journal ends with event {end}, and {file} says that it had {mark}")]
    Lost {
        /// The last event that is there.
        end: u64,
        /// The last event that was there.
        mark: u64,
        /// What says so.
        file: String,
    },
    /// A snapshot is one of another history.
    #[error("{file} was taken of other events than those of the journal")]
    OtherHistory {
        /// The snapshot.
        file: String,
    },
}

/// What damaged bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The header of a file is none.
    Header,
    /// A frame that is none, with good ones behind it or where the file was complete.
    Frame,
    /// A good frame with another number than comes next.
    Sequence {
        /// Its number.
        found: u64,
        /// The number that comes next.
        needed: u64,
    },
    /// A good frame behind other events than it was written behind.
    Chain,
    /// A good frame of a writer that had been replaced before.
    Epoch {
        /// The writer's epoch.
        found: u32,
        /// The newest before it.
        newest: u32,
    },
    /// Bytes behind the end of a file that was completed.
    Trailing,
    /// A file that is not the last and was not completed.
    Incomplete,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Header => f.write_str("the header is not as it was written"),
            Fault::Frame => {
                f.write_str("the frame is not as it was written, and it is not the torn end of the last one")
            }
            Fault::Sequence { found, needed } => write!(f, "event {found} stands where {needed} comes next"),
            Fault::Chain => f.write_str("the event was written behind other events than those before it"),
            Fault::Epoch { found, newest } => {
                write!(f, "the frame is of writer {found}, which writer {newest} had replaced")
            }
            Fault::Trailing => f.write_str("there are bytes behind the footer"),
            Fault::Incomplete => f.write_str("the file ends without a footer, and another follows it"),
        }
    }
}

struct Hex<'a>(&'a [u8; 32]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0[..8].iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

struct Bad<'a>(&'a [String]);

impl fmt::Display for Bad<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, "; bad: {}", self.0.join("; ")) }
    }
}

/// What the disk said of a file while something was done to it.
pub(crate) fn io_error<'a>(
    doing: &'static str,
    file: &'a str,
) -> impl FnOnce(io::Error) -> JournalError + use<'a> {
    move |source| JournalError::Io { doing, file: file.to_owned(), source }
}
