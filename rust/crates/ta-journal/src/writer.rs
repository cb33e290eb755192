//! Writes a journal.

use crate::disk::{Disk, DiskFile};
use crate::error::{JournalError, io_error};
use crate::fence;
use crate::format::{
    Chain, Frame, FrameKind, HEADER_BYTES, Header, IDENTITY_BYTES, MOST_RECORD_BYTES, MOST_SNAPSHOT_BYTES,
    SEGMENT, VERSION,
};
use crate::reader::{End, Start, sorted};
use crate::recovery::Recovery;
use crate::segment::{first_of, segment_name};
use crate::snapshot::{self, position_of};

/// When an event counts as written, and what may be lost then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Once the disk has it. Nothing acknowledged is lost, whatever fails but the disk.
    Always,
    /// Once the disk has it, which is asked of it for so many events at once, or by [`Journal::sync`]. Events behind
    /// [`Journal::acknowledged`] may be lost when the machine fails; when the process is killed they are there, unacknowledged.
    Batch {
        /// Events that are written between two syncs.
        events: u64,
    },
    /// Once the operating system has it. Nothing is lost when the process is killed; when the machine fails, what the system had
    /// not written by itself, usually of the last half minute.
    Os,
}

/// How a journal is written.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whose journal it is: a hash of what its events mean something to. Another's is refused.
    pub identity: [u8; IDENTITY_BYTES],
    /// When an event counts as written.
    pub durability: Durability,
    /// A file of events is completed once it has so many bytes.
    pub segment_bytes: u64,
    /// Snapshots that are kept, 2 at least.
    pub snapshots: usize,
}

impl Options {
    /// Every event on the disk before it is acknowledged, files of 64 MiB, two snapshots.
    pub fn new(identity: [u8; IDENTITY_BYTES]) -> Options {
        Options { identity, durability: Durability::Always, segment_bytes: 64 << 20, snapshots: 2 }
    }
}

/// A journal that is written. When it is dropped it is as if the process had been killed; [`close`](Journal::close) ends it.
pub struct Journal<D: Disk> {
    disk: D,
    _lock: D::Lock,
    options: Options,
    epoch: u32,
    /// The segment that is written: its name, its file, its bytes.
    open: Option<(String, D::File, u64)>,
    next: u64,
    chain: Chain,
    acknowledged: u64,
    /// The last event that the disk has for certain.
    synced: u64,
    frames: Vec<u8>,
    is_stopped: bool,
}

impl<D: Disk> Journal<D> {
    /// Opens a journal, or begins one where there is none.
    ///
    /// # Errors
    /// Where another process writes it; where it is damaged, of another identity, or of a newer version.
    pub fn open(disk: D, options: Options, start: Start) -> Result<Recovery<D>, JournalError> {
        Recovery::begin(disk, options, start)
    }

    pub(crate) fn going_on(
        disk: D,
        lock: D::Lock,
        options: Options,
        epoch: u32,
        end: &End,
        open: Option<(String, D::File, u64)>,
    ) -> Journal<D> {
        Journal {
            disk,
            _lock: lock,
            options,
            epoch,
            open,
            next: end.position + 1,
            chain: end.chain,
            acknowledged: end.position,
            synced: end.position,
            frames: Vec::new(),
            is_stopped: false,
        }
    }

    /// Number of the last event that was appended; 0 where there is none.
    pub fn position(&self) -> u64 {
        self.next - 1
    }

    /// The hash chain behind it.
    pub fn chain(&self) -> Chain {
        self.chain
    }

    /// Number of the last event that counts as written.
    pub fn acknowledged(&self) -> u64 {
        self.acknowledged
    }

    /// This writer's number: each has a greater one than those before.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Appends one event and gives its number.
    ///
    /// # Errors
    /// Where it is too long, and nothing was written. Where it could not be written, and the journal is stopped.
    pub fn append(&mut self, payload: &[u8]) -> Result<u64, JournalError> {
        self.append_all([payload])
    }

    /// Appends events, all at one write and one sync, and gives the number of the last.
    ///
    /// # Errors
    /// As [`append`](Journal::append); either all are taken or none.
    pub fn append_all<P: AsRef<[u8]>>(
        &mut self,
        payloads: impl IntoIterator<Item = P>,
    ) -> Result<u64, JournalError> {
        self.check_running()?;
        let before = (self.next, self.chain);
        self.frames.clear();
        for payload in payloads {
            let payload = payload.as_ref();
            if payload.len() > MOST_RECORD_BYTES {
                (self.next, self.chain) = before;
                let length = payload.len() as u64;
                return Err(JournalError::TooLong { what: "record", length, most: MOST_RECORD_BYTES as u64 });
            }
            let place = (self.next, self.epoch);
            self.chain = Frame::write(FrameKind::Record, place, self.chain, payload, &mut self.frames);
            self.next += 1;
        }
        if self.next > before.0 {
            self.or_stop(|journal| journal.write_events(before))?;
        }
        Ok(self.position())
    }

    /// Has the disk take all that was appended, whatever the durability.
    ///
    /// # Errors
    /// Where it did not, and the journal is stopped.
    pub fn sync(&mut self) -> Result<(), JournalError> {
        self.check_running()?;
        self.or_stop(Journal::sync_events)
    }

    /// Writes a snapshot of the state behind the last event, once the disk has all events before it, and removes those that
    /// are older than the ones that are kept.
    ///
    /// # Errors
    /// Where the state is too long, and nothing was written. Where it could not be written, and the journal is stopped.
    pub fn snapshot(&mut self, state: &[u8]) -> Result<(), JournalError> {
        self.check_running()?;
        let length = state.len() as u64;
        if length > MOST_SNAPSHOT_BYTES {
            return Err(JournalError::TooLong { what: "snapshot", length, most: MOST_SNAPSHOT_BYTES });
        }
        self.or_stop(|journal| {
            // A snapshot is held against the journal, which so has a file from the first on.
            journal.open_segment(journal.next, journal.chain)?;
            journal.sync_events()?;
            let place = (journal.position(), journal.epoch);
            snapshot::write(&journal.disk, place, journal.chain, journal.options.identity, state)?;
            let names = journal.disk.list().map_err(io_error("listed", "the folder"))?;
            let snapshots = sorted(&names, position_of);
            let kept = journal.options.snapshots.max(2);
            for (_, name) in &snapshots[..snapshots.len().saturating_sub(kept)] {
                journal.disk.remove(name).map_err(io_error("removed", name))?;
            }
            Ok(())
        })
    }

    /// Removes the files of events that all snapshots are behind, and gives how many. What comes back of the past then, as
    /// corrections of old bars do, cannot be computed anew.
    ///
    /// # Errors
    /// Where one cannot be removed, and the journal is stopped.
    pub fn forget_history(&mut self) -> Result<usize, JournalError> {
        self.check_running()?;
        self.or_stop(|journal| {
            let names = journal.disk.list().map_err(io_error("listed", "the folder"))?;
            let snapshots = sorted(&names, position_of);
            let segments = sorted(&names, first_of);
            // One alone may turn out bad.
            let [(oldest, _), _, ..] = snapshots.as_slice() else { return Ok(0) };
            let behind = segments.partition_point(|(first, _)| *first <= oldest + 1).saturating_sub(1);
            for (_, name) in &segments[..behind] {
                journal.disk.remove(name).map_err(io_error("removed", name))?;
            }
            journal.disk.sync_folder("").map_err(io_error("synced", "the folder"))?;
            Ok(behind)
        })
    }

    /// Completes the journal and ends it: whoever opens it knows that nothing was cut.
    ///
    /// # Errors
    /// As [`sync`](Journal::sync).
    pub fn close(mut self) -> Result<(), JournalError> {
        self.complete()
    }

    /// Completes the file that is written; what is appended behind goes to another.
    ///
    /// # Errors
    /// As [`sync`](Journal::sync).
    pub fn complete(&mut self) -> Result<(), JournalError> {
        self.check_running()?;
        self.or_stop(Journal::complete_segment)
    }

    fn check_running(&self) -> Result<(), JournalError> {
        if self.is_stopped { Err(JournalError::Stopped) } else { Ok(()) }
    }

    /// What fails stops the journal: what the disk has then is known once it is read again, and a sync that failed once
    /// would succeed the next time although pages were lost.
    fn or_stop<T>(
        &mut self,
        act: impl FnOnce(&mut Journal<D>) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        self.is_stopped = true;
        let done = act(self)?;
        self.is_stopped = false;
        Ok(done)
    }

    /// Writes the frames that were made, behind this event and chain.
    fn write_events(&mut self, (first, chain): (u64, Chain)) -> Result<(), JournalError> {
        if self.open.as_ref().is_some_and(|(_, _, bytes)| *bytes >= self.options.segment_bytes) {
            let frames = std::mem::take(&mut self.frames);
            let behind =
                (std::mem::replace(&mut self.next, first), std::mem::replace(&mut self.chain, chain));
            self.complete_segment()?;
            (self.next, self.chain) = behind;
            self.frames = frames;
        }
        self.open_segment(first, chain)?;
        let is_due = match self.options.durability {
            Durability::Always => true,
            Durability::Batch { events } => self.position() - self.synced >= events.max(1),
            Durability::Os => false,
        };
        let is_acknowledged = is_due || self.options.durability == Durability::Os;
        if is_acknowledged {
            self.mark(FrameKind::Mark);
        }
        self.write_frames(is_due)?;
        if is_acknowledged {
            self.acknowledged = self.position();
        }
        Ok(())
    }

    fn sync_events(&mut self) -> Result<(), JournalError> {
        if self.synced == self.position() {
            return Ok(());
        }
        self.frames.clear();
        self.mark(FrameKind::Mark);
        self.write_frames(true)?;
        self.acknowledged = self.position();
        Ok(())
    }

    fn complete_segment(&mut self) -> Result<(), JournalError> {
        if self.open.is_some() {
            self.frames.clear();
            self.mark(FrameKind::Footer);
            self.write_frames(true)?;
            self.acknowledged = self.position();
            self.open = None;
        }
        Ok(())
    }

    fn mark(&mut self, kind: FrameKind) {
        Frame::write(kind, (self.position(), self.epoch), self.chain, &[], &mut self.frames);
    }

    fn open_segment(&mut self, first: u64, chain: Chain) -> Result<(), JournalError> {
        if self.open.is_some() {
            return Ok(());
        }
        let name = segment_name(first);
        let Options { identity, .. } = self.options;
        let header =
            Header { kind: SEGMENT, version: VERSION, epoch: self.epoch, position: first, chain, identity };
        let mut file = self.disk.create(&name).map_err(io_error("made", &name))?;
        file.append(&header.encode()).map_err(io_error("written", &name))?;
        file.sync().map_err(io_error("synced", &name))?;
        self.disk.sync_folder("").map_err(io_error("given its name on the disk", &name))?;
        self.open = Some((name, file, HEADER_BYTES as u64));
        Ok(())
    }

    /// Writes the frames that were made, and has the disk take them where that is asked for.
    fn write_frames(&mut self, is_synced: bool) -> Result<(), JournalError> {
        if is_synced {
            // Whoever took over has read the journal without these events.
            let theirs = fence::read(&self.disk)?;
            if theirs != Some(self.epoch) {
                return Err(JournalError::Fenced { ours: self.epoch, theirs });
            }
        }
        let (name, file, bytes) = self.open.as_mut().expect("a segment is open");
        file.append(&self.frames).map_err(io_error("written", name))?;
        *bytes += self.frames.len() as u64;
        if is_synced {
            file.sync().map_err(io_error("synced", name))?;
            self.synced = self.next - 1;
        }
        Ok(())
    }
}
