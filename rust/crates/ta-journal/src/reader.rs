//! Reads a journal: from a snapshot or from the first event, one event after the other, as far as it is as it was written.

use crate::disk::Disk;
use crate::error::{Fault, JournalError, io_error};
use crate::format::{
    Chain, FRAME_BYTES, Frame, FrameKind, HEADER_BYTES, IDENTITY_BYTES, VERSION, chain_behind, first_chain,
};
use crate::segment::{Next, Segment, first_of};
use crate::snapshot::{self, BadSnapshot, Snapshot, position_of};

/// Where reading begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// With the newest good snapshot; with the first event where there is none.
    NewestSnapshot,
    /// With the newest good snapshot whose position is this or less; with the first event where there is none.
    SnapshotAt(u64),
    /// With the first event, of a journal that has all of them.
    FirstEvent,
}

/// An event of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// Its number; the first is 1 and none is left out.
    pub sequence: u64,
    /// What was appended.
    pub payload: &'a [u8],
}

/// How a journal ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Number of the last event; 0 where there is none.
    pub position: u64,
    /// The hash chain behind it.
    pub chain: Chain,
    /// Bytes of a torn end.
    pub torn_bytes: u64,
    /// True where the writer closed the journal.
    pub is_closed: bool,
}

/// A journal that is read and not changed: also while another process writes it.
pub struct Reader<D: Disk> {
    pub(crate) disk: D,
    pub(crate) identity: [u8; IDENTITY_BYTES],
    snapshot: Option<Snapshot>,
    bad: Vec<BadSnapshot>,
    /// Position and name of the newest snapshot that is there, good or bad: the journal went so far.
    mark: Option<(u64, String)>,
    /// First events and names of the segments that are to be read.
    segments: Vec<(u64, String)>,
    /// Which one is read.
    at: usize,
    segment: Option<Segment<D::File>>,
    pub(crate) next: u64,
    pub(crate) chain: Chain,
    pub(crate) epoch: u32,
    is_complete: bool,
    torn_bytes: u64,
    is_done: bool,
}

impl<D: Disk> Reader<D> {
    /// Opens a journal to be read.
    ///
    /// # Errors
    /// Where it cannot be read, has another identity, is of a newer version, or has no begin.
    pub fn open(disk: D, identity: [u8; IDENTITY_BYTES], start: Start) -> Result<Reader<D>, JournalError> {
        let names = disk.list().map_err(io_error("listed", "the folder"))?;
        let mut segments = sorted(&names, first_of);
        let mut snapshots = sorted(&names, position_of);
        let mark = snapshots.last().cloned();
        snapshots.retain(|(position, _)| match start {
            Start::NewestSnapshot => true,
            Start::SnapshotAt(most) => *position <= most,
            Start::FirstEvent => false,
        });
        let (mut good, mut bad) = (None, Vec::new());
        while let (None, Some((_, name))) = (&good, snapshots.pop()) {
            match snapshot::load(&disk, &name, &identity)? {
                Ok(snapshot) => good = Some(snapshot),
                Err(why) => bad.push(why),
            }
        }
        let position = good.as_ref().map_or(0, |snapshot| snapshot.position);
        let first = segments.first().map_or(1, |(first, _)| *first);
        if first > position + 1 {
            if good.is_some() {
                return Err(JournalError::Missing { from: position + 1, to: first - 1 });
            }
            return Err(JournalError::NoStart { first, bad: bad.iter().map(ToString::to_string).collect() });
        }
        let before = segments.partition_point(|(first, _)| *first <= position + 1);
        segments.drain(..before.saturating_sub(1));
        let next = segments.first().map_or(1, |(first, _)| *first);
        Ok(Reader {
            chain: first_chain(&identity),
            disk,
            identity,
            snapshot: good,
            bad,
            mark,
            segments,
            at: 0,
            segment: None,
            next,
            epoch: 0,
            is_complete: false,
            torn_bytes: 0,
            is_done: false,
        })
    }

    /// The snapshot that it begins with.
    pub fn snapshot(&self) -> Option<&Snapshot> {
        self.snapshot.as_ref()
    }

    /// Newer snapshots that were passed over, and why.
    pub fn bad_snapshots(&self) -> &[BadSnapshot] {
        &self.bad
    }

    /// The next event behind the snapshot; `None` behind the last.
    ///
    /// # Errors
    /// Where the journal is damaged, or cannot be read. Nothing comes behind that: the same is said again.
    #[inline]
    pub fn next_record(&mut self) -> Result<Option<Record<'_>>, JournalError> {
        let Some((sequence, bytes)) = self.advance()? else { return Ok(None) };
        let segment = self.segment.as_ref().expect("an event is of a segment");
        Ok(Some(Record { sequence, payload: &segment.passed(bytes)[FRAME_BYTES..] }))
    }

    /// How the journal ends; `None` before its last event was given.
    pub fn end(&self) -> Option<End> {
        self.is_done.then(|| End {
            position: self.next - 1,
            chain: self.chain,
            torn_bytes: self.torn_bytes,
            is_closed: self.is_complete,
        })
    }

    /// Goes to the next event; gives its number and the bytes of its frame.
    #[inline]
    fn advance(&mut self) -> Result<Option<(u64, usize)>, JournalError> {
        loop {
            if let Some(segment) = &mut self.segment
                && let Next::Frame(frame) = segment.next()?
            {
                self.check(&frame)?;
                let segment = self.segment.as_mut().expect("it is there");
                if frame.kind == FrameKind::Record {
                    self.chain = chain_behind(segment.coming(&frame));
                    self.next += 1;
                }
                self.is_complete = frame.kind == FrameKind::Footer;
                self.epoch = frame.epoch;
                segment.pass(frame.bytes());
                let position = self.snapshot.as_ref().map_or(0, |snapshot| snapshot.position);
                if frame.kind == FrameKind::Record {
                    if frame.sequence > position {
                        return Ok(Some((frame.sequence, frame.bytes())));
                    }
                    self.check_history()?;
                }
            } else if !self.turn()? {
                return Ok(None);
            }
        }
    }

    /// Where no frame comes next: goes to the next segment, or to the end; false there.
    #[cold]
    fn turn(&mut self) -> Result<bool, JournalError> {
        if self.is_done {
            return Ok(false);
        }
        let is_last = self.at + 1 >= self.segments.len();
        if let Some(segment) = &mut self.segment {
            let offset = segment.offset;
            if segment.next()? == Next::Invalid {
                if !is_last || self.is_complete || self.is_followed(offset)? {
                    return Err(
                        self.corrupt(offset, if self.is_complete { Fault::Trailing } else { Fault::Frame })
                    );
                }
                self.torn_bytes = self.segment.as_ref().map_or(0, |segment| segment.length - offset);
            } else if !is_last && !self.is_complete {
                return Err(self.corrupt(offset, Fault::Incomplete));
            }
            if is_last {
                return self.finish();
            }
            self.at += 1;
            self.segment = None;
        } else if self.segments.is_empty() {
            return self.finish();
        }
        self.enter()
    }

    /// Opens the segment that comes next; false where it is the torn begin of one.
    fn enter(&mut self) -> Result<bool, JournalError> {
        let (first, name) = &self.segments[self.at];
        let mut segment = Segment::open(&self.disk, name)?;
        let Some(header) = segment.header()? else {
            let is_last = self.at + 1 == self.segments.len();
            let length = segment.length;
            if is_last && !segment.seek_frame(first.saturating_sub(1))? {
                self.torn_bytes = length;
                if let (0, Some(snapshot)) = (self.at, &self.snapshot)
                    && snapshot.position + 1 == *first
                {
                    // Nothing else says what the chain is where the events before are forgotten.
                    self.chain = snapshot.chain;
                }
                return self.finish();
            }
            return Err(JournalError::Corrupt { file: name.clone(), offset: 0, fault: Fault::Header });
        };
        if header.version > VERSION {
            let (file, version) = (name.clone(), header.version);
            return Err(JournalError::Newer { file, version, most: VERSION });
        }
        if header.identity != self.identity {
            let (file, found) = (name.clone(), header.identity);
            return Err(JournalError::OtherOwner { file, found, needed: self.identity });
        }
        let said = |fault| Err(JournalError::Corrupt { file: name.clone(), offset: 0, fault });
        if header.position != *first {
            return said(Fault::Sequence { found: header.position, needed: *first });
        }
        if self.at > 0 || *first == 1 {
            // What was read before leads here.
            if *first > self.next {
                return Err(JournalError::Missing { from: self.next, to: first - 1 });
            }
            if *first < self.next {
                return said(Fault::Sequence { found: *first, needed: self.next });
            }
            if header.chain != self.chain {
                return said(Fault::Chain);
            }
            if header.epoch < self.epoch {
                return said(Fault::Epoch { found: header.epoch, newest: self.epoch });
            }
        }
        (self.chain, self.epoch) = (header.chain, header.epoch);
        self.is_complete = false;
        self.segment = Some(segment);
        self.check_history()?;
        Ok(true)
    }

    /// Held against the one before it, a frame that is good by itself.
    #[inline]
    fn check(&self, frame: &Frame) -> Result<(), JournalError> {
        let needed = self.next - u64::from(frame.kind != FrameKind::Record);
        let is_next = frame.sequence == needed && frame.chain == self.chain && frame.epoch >= self.epoch;
        if is_next && !self.is_complete { Ok(()) } else { Err(self.refused(frame, needed)) }
    }

    #[cold]
    fn refused(&self, frame: &Frame, needed: u64) -> JournalError {
        let fault = if self.is_complete {
            Fault::Trailing
        } else if frame.sequence != needed {
            Fault::Sequence { found: frame.sequence, needed }
        } else if frame.chain != self.chain {
            Fault::Chain
        } else {
            Fault::Epoch { found: frame.epoch, newest: self.epoch }
        };
        self.corrupt(self.segment.as_ref().map_or(0, |segment| segment.offset), fault)
    }

    /// Whether a frame stands behind bytes that are none.
    fn is_followed(&mut self, offset: u64) -> Result<bool, JournalError> {
        let name = &self.segments[self.at].1;
        let mut segment = Segment::open(&self.disk, name)?;
        segment.length = self.segment.as_ref().map_or(segment.length, |read| read.length);
        segment.offset = offset;
        segment.seek_frame(self.next - 1)
    }

    /// The snapshot's chain is the journal's.
    fn check_history(&self) -> Result<(), JournalError> {
        match &self.snapshot {
            Some(snapshot) if snapshot.position + 1 == self.next && snapshot.chain != self.chain => {
                Err(JournalError::OtherHistory { file: snapshot::snapshot_name(snapshot.position) })
            }
            _ => Ok(()),
        }
    }

    /// All has been read.
    fn finish(&mut self) -> Result<bool, JournalError> {
        let end = self.next - 1;
        if let Some((mark, file)) = &self.mark
            && (end < *mark || self.segments.is_empty())
        {
            let end = if self.segments.is_empty() { 0 } else { end };
            return Err(JournalError::Lost { end, mark: *mark, file: file.clone() });
        }
        self.is_done = true;
        Ok(false)
    }

    fn corrupt(&self, offset: u64, fault: Fault) -> JournalError {
        JournalError::Corrupt { file: self.segments[self.at].1.clone(), offset, fault }
    }

    /// The last segment, and how many of its bytes are good; less than a header where it has none.
    pub(crate) fn last_segment(&self) -> Option<(&str, u64)> {
        let (_, name) = self.segments.get(self.at)?;
        Some((name, self.segment.as_ref().map_or(0, |segment| segment.offset.max(HEADER_BYTES as u64))))
    }

    /// True where the last segment takes more.
    pub(crate) fn is_complete(&self) -> bool {
        self.is_complete
    }
}

/// Names with the number in them, by number.
pub(crate) fn sorted(names: &[String], number: impl Fn(&str) -> Option<u64>) -> Vec<(u64, String)> {
    let mut found: Vec<_> = names.iter().filter_map(|name| Some((number(name)?, name.clone()))).collect();
    found.sort();
    found
}
