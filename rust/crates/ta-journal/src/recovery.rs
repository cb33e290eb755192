//! What comes before writing: the events that are there are read, a torn end is cut, and others are kept from writing.

use crate::disk::{Disk, DiskFile};
use crate::error::{JournalError, io_error};
use crate::fence;
use crate::reader::{End, Reader, Record, Start};
use crate::snapshot::{BadSnapshot, Snapshot};
use crate::writer::{Journal, Options};

/// A journal that is about to be written: its snapshot, then its events, then [`finish`](Recovery::finish). Nothing on the disk is
/// changed before that, and being killed on the way is as if it had not begun.
pub struct Recovery<D: Disk> {
    reader: Reader<D>,
    lock: D::Lock,
    options: Options,
}

impl<D: Disk> Recovery<D> {
    pub(crate) fn begin(disk: D, options: Options, start: Start) -> Result<Recovery<D>, JournalError> {
        let lock = fence::lock(&disk)?;
        let reader = Reader::open(disk, options.identity, start)?;
        Ok(Recovery { reader, lock, options })
    }

    /// The snapshot that it begins with.
    pub fn snapshot(&self) -> Option<&Snapshot> {
        self.reader.snapshot()
    }

    /// Newer snapshots that were passed over, and why: to be told.
    pub fn bad_snapshots(&self) -> &[BadSnapshot] {
        self.reader.bad_snapshots()
    }

    /// The next event behind the snapshot; `None` behind the last.
    ///
    /// # Errors
    /// As [`Reader::next_record`].
    #[inline]
    pub fn next_record(&mut self) -> Result<Option<Record<'_>>, JournalError> {
        self.reader.next_record()
    }

    /// How the journal ends; `None` before its last event was given.
    pub fn end(&self) -> Option<End> {
        self.reader.end()
    }

    /// Reads what was not read, cuts a torn end, and gives the journal to be written.
    ///
    /// # Errors
    /// Where the journal is damaged; it is as it was. Where it cannot be written.
    pub fn finish(mut self) -> Result<Journal<D>, JournalError> {
        while self.reader.next_record()?.is_some() {}
        let end = self.reader.end().expect("it has been read");
        let Recovery { reader, lock, options } = self;
        let disk = &reader.disk;
        let newest = fence::read(disk)?.unwrap_or(0).max(reader.epoch);
        let epoch =
            newest.checked_add(1).ok_or(JournalError::Fenced { ours: newest, theirs: Some(newest) })?;
        fence::write(disk, epoch, options.identity)?;
        for name in disk.list().map_err(io_error("listed", "the folder"))? {
            if name.ends_with(".tmp") && (name.starts_with("snapshot-") || name.starts_with("events-")) {
                disk.remove(&name).map_err(io_error("removed", &name))?;
            }
        }
        for BadSnapshot { file, .. } in reader.bad_snapshots() {
            // It is none of those that are kept.
            disk.rename(file, &format!("{file}.bad")).map_err(io_error("renamed", file))?;
        }
        let mut open = None;
        match reader.last_segment() {
            // The begin of a segment whose header was not written.
            Some((name, 0)) => {
                disk.remove(name).map_err(io_error("removed", name))?;
                disk.sync_folder("").map_err(io_error("removed", name))?;
            }
            Some((name, bytes)) if !reader.is_complete() => {
                let mut file = disk.open(name).map_err(io_error("opened", name))?;
                if end.torn_bytes > 0 {
                    file.cut(bytes).map_err(io_error("cut", name))?;
                }
                // What a killed writer left is read, so it has to last before anything is written behind it.
                file.sync().map_err(io_error("synced", name))?;
                open = Some((name.to_owned(), file, bytes));
            }
            _ => {}
        }
        Ok(Journal::going_on(reader.disk, lock, options, epoch, &end, open))
    }
}
