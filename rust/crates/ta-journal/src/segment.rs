//! A file of events: its frames one after the other, in a buffer that does not grow with the file.

use crate::disk::{Disk, DiskFile, read_full};
use crate::error::{JournalError, io_error};
use crate::format::{Frame, FrameKind, HEADER_BYTES, Header, Parsed, SEGMENT};

/// Bytes that are read at once; a longer frame makes the buffer as long as it is.
const CHUNK_BYTES: usize = 256 << 10;

/// The name of the segment that begins with this event.
pub(crate) fn segment_name(first: u64) -> String {
    format!("events-{first:020}.log")
}

/// The first event of the segment of this name.
pub(crate) fn first_of(name: &str) -> Option<u64> {
    numbered(name, "events-", ".log")
}

/// The number in a name of twenty digits.
pub(crate) fn numbered(name: &str, before: &str, behind: &str) -> Option<u64> {
    let digits = name.strip_prefix(before)?.strip_suffix(behind)?;
    let is_number = digits.len() == 20 && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

/// What comes next in a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Frame(Frame),
    /// The file ends here.
    End,
    /// What is there is no frame.
    Invalid,
}

pub(crate) struct Segment<F> {
    file: F,
    pub(crate) name: String,
    /// What it was when the file was opened: a writer may go on.
    pub(crate) length: u64,
    /// Where the next frame begins.
    pub(crate) offset: u64,
    /// Bytes of the file up to `filled`; the next frame's begin at `at`.
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
}

impl<F: DiskFile> Segment<F> {
    pub(crate) fn open<D: Disk<File = F>>(disk: &D, name: &str) -> Result<Segment<F>, JournalError> {
        let file = disk.open(name).map_err(io_error("opened", name))?;
        let length = file.length().map_err(io_error("measured", name))?;
        Ok(Segment { file, name: name.to_owned(), length, offset: 0, buffer: Vec::new(), at: 0, filled: 0 })
    }

    /// Its header, where it is as it was written. The frames behind it come next.
    pub(crate) fn header(&mut self) -> Result<Option<Header>, JournalError> {
        self.fill(HEADER_BYTES)?;
        let header = Header::decode(&self.buffer[self.at..self.filled], SEGMENT);
        if header.is_some() {
            self.pass(HEADER_BYTES);
        }
        Ok(header)
    }

    /// What comes next; it still does once this was called.
    pub(crate) fn next(&mut self) -> Result<Next, JournalError> {
        let left = self.length - self.offset;
        if left == 0 {
            return Ok(Next::End);
        }
        loop {
            match Frame::parse(&self.buffer[self.at..self.filled], left) {
                Parsed::Whole(frame) => return Ok(Next::Frame(frame)),
                Parsed::Invalid => return Ok(Next::Invalid),
                Parsed::Needs(bytes) => {
                    if !self.fill(bytes)? {
                        return Ok(Next::Invalid);
                    }
                }
            }
        }
    }

    /// Goes on behind a frame that came next.
    #[inline]
    pub(crate) fn pass(&mut self, bytes: usize) {
        self.at += bytes;
        self.offset += bytes as u64;
    }

    /// The last bytes that were passed.
    #[inline]
    pub(crate) fn passed(&self, bytes: usize) -> &[u8] {
        &self.buffer[self.at - bytes..self.at]
    }

    /// The bytes of a frame that comes next.
    #[inline]
    pub(crate) fn coming(&self, frame: &Frame) -> &[u8] {
        &self.buffer[self.at..self.at + frame.bytes()]
    }

    /// Passes bytes until a frame comes next that is as it was written and may stand behind event `behind`; false where none
    /// does.
    pub(crate) fn seek_frame(&mut self, behind: u64) -> Result<bool, JournalError> {
        while self.offset < self.length {
            if let Next::Frame(frame) = self.next()?
                && may_follow(&frame, behind, self.length)
            {
                return Ok(true);
            }
            if self.at == self.filled {
                self.fill(1)?;
            }
            self.pass(1);
        }
        Ok(false)
    }

    /// Has so many bytes, from where the next frame begins, in the buffer; false where the file ends before.
    fn fill(&mut self, bytes: usize) -> Result<bool, JournalError> {
        if self.filled - self.at >= bytes {
            return Ok(true);
        }
        self.buffer.copy_within(self.at..self.filled, 0);
        (self.filled, self.at) = (self.filled - self.at, 0);
        let left = usize::try_from(self.length - self.offset).unwrap_or(usize::MAX);
        let room = bytes.max(CHUNK_BYTES).min(left.max(self.filled));
        if self.buffer.len() < room {
            self.buffer.resize(room, 0);
        }
        let from = self.offset + self.filled as u64;
        let into = &mut self.buffer[self.filled..room];
        self.filled += read_full(&self.file, from, into).map_err(io_error("read", &self.name))?;
        Ok(self.filled >= bytes)
    }
}

/// Whether a frame could be one of this journal behind that event: others may be what an event carries.
fn may_follow(frame: &Frame, behind: u64, file_bytes: u64) -> bool {
    let first = behind + u64::from(frame.kind == FrameKind::Record);
    (first..=behind.saturating_add(file_bytes)).contains(&frame.sequence)
}
