//! A journal of events, and snapshots of what they led to.
//!
//! What a session is fed is written here before it is taken, so that a process that is killed goes on where it was: the
//! newest snapshot is restored and the events behind it are fed again. The journal knows bytes, their order and nothing of
//! what they mean. What it holds:
//!
//! * An acknowledged event is there after a crash, as far as [`Durability`] says; what is read is always a prefix of what
//!   was written, of whole events.
//! * A torn end is cut, since a write was under way. Anything else that is not as it was written is [`JournalError::Corrupt`] and
//!   refused; [`salvage`] goes on from it, and sets all of it aside first.
//! * Nothing is retried: after a write or a sync that failed the journal is stopped for good.
//!
//! The bytes are described in `docs/journal-format.md`. Files are reached through [`Disk`], so that a simulated one can stand
//! in; [`Folder`] is the real one.
//!
//! ```
//! use ta_journal::{Folder, Journal, Options, Start};
//! # let path = std::env::temp_dir().join(format!("ta-journal-doc-{}", std::process::id()));
//!
//! let mut journal = Journal::open(Folder::new(&path)?, Options::new([7; 32]), Start::NewestSnapshot)?.finish()?;
//! journal.append(b"first")?;
//! journal.snapshot(b"state after one event")?;
//! journal.append(b"second")?;
//! drop(journal); // Or killed.
//!
//! let mut recovery = Journal::open(Folder::new(&path)?, Options::new([7; 32]), Start::NewestSnapshot)?;
//! assert_eq!(recovery.snapshot().map(|s| (s.position, s.state.as_slice())), Some((1, b"state after one event".as_slice())));
//! while let Some(record) = recovery.next_record()? {
//!     assert_eq!((record.sequence, record.payload), (2, b"second".as_slice()));
//! }
//! let journal = recovery.finish()?;
//! # drop(journal);
//! # std::fs::remove_dir_all(&path)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod disk;
mod error;
mod fence;
mod folder;
mod format;
mod reader;
mod recovery;
mod salvage;
mod segment;
mod snapshot;
mod writer;

pub use disk::{Disk, DiskFile};
pub use error::{Fault, JournalError};
pub use folder::Folder;
pub use format::{CHAIN_BYTES, Chain, IDENTITY_BYTES, MOST_RECORD_BYTES, MOST_SNAPSHOT_BYTES, VERSION};
pub use reader::{End, Reader, Record, Start};
pub use recovery::Recovery;
pub use salvage::{Salvaged, salvage};
pub use snapshot::{BadSnapshot, Snapshot};
pub use writer::{Durability, Journal, Options};
