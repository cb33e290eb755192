//! The bytes: headers of files, and frames. `docs/journal-format.md` has them as tables.

use twox_hash::XxHash3_128;

/// The version that is written, and the newest that is read.
pub const VERSION: u16 = 1;
/// Bytes of what says whose a journal is.
pub const IDENTITY_BYTES: usize = 32;
/// Bytes of the chain's value.
pub const CHAIN_BYTES: usize = 16;
/// Bytes that a record may have.
pub const MOST_RECORD_BYTES: usize = 1 << 20;
/// Bytes that the state in a snapshot may have.
pub const MOST_SNAPSHOT_BYTES: u64 = 1 << 32;

const MAGIC: [u8; 4] = *b"LTAJ";
/// What a file is.
pub(crate) const SEGMENT: u8 = 1;
pub(crate) const SNAPSHOT: u8 = 2;
pub(crate) const FENCE: u8 = 3;

/// Bytes of a file's header, its checksum included.
pub(crate) const HEADER_BYTES: usize = 72;
/// Bytes of a frame before its payload.
pub(crate) const FRAME_BYTES: usize = 40;

/// Value of the hash chain behind an event: a hash of its bytes and of the value before. Equal chains mean equal events,
/// whoever wrote them and however often he was killed.
pub type Chain = [u8; CHAIN_BYTES];

/// The chain before the first event.
pub(crate) fn first_chain(identity: &[u8; IDENTITY_BYTES]) -> Chain {
    XxHash3_128::oneshot(identity).to_le_bytes()
}

/// What every file begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) kind: u8,
    pub(crate) version: u16,
    pub(crate) epoch: u32,
    /// Of a segment the number of its first event, of a snapshot that of the last event in it.
    pub(crate) position: u64,
    /// Of a segment before its first event, of a snapshot behind its last.
    pub(crate) chain: Chain,
    pub(crate) identity: [u8; IDENTITY_BYTES],
}

impl Header {
    pub(crate) fn encode(&self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[..4].copy_from_slice(&MAGIC);
        bytes[4..6].copy_from_slice(&self.version.to_le_bytes());
        bytes[6] = self.kind;
        bytes[8..12].copy_from_slice(&self.epoch.to_le_bytes());
        bytes[12..20].copy_from_slice(&self.position.to_le_bytes());
        bytes[20..36].copy_from_slice(&self.chain);
        bytes[36..68].copy_from_slice(&self.identity);
        let checksum = crc32c::crc32c(&bytes[..68]);
        bytes[68..].copy_from_slice(&checksum.to_le_bytes());
        bytes
    }

    /// A header that is as it was written, of whatever version; `None` for anything else.
    pub(crate) fn decode(bytes: &[u8], kind: u8) -> Option<Header> {
        let bytes = bytes.first_chunk::<HEADER_BYTES>()?;
        let is_whole = crc32c::crc32c(&bytes[..68]) == u32::from_le_bytes(part(bytes, 68));
        let header = Header {
            version: u16::from_le_bytes(part(bytes, 4)),
            kind: bytes[6],
            epoch: u32::from_le_bytes(part(bytes, 8)),
            position: u64::from_le_bytes(part(bytes, 12)),
            chain: part(bytes, 20),
            identity: part(bytes, 36),
        };
        let is_ours = bytes[..4] == MAGIC && header.version > 0 && header.kind == kind && bytes[7] == 0;
        (is_whole && is_ours).then_some(header)
    }
}

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum FrameKind {
    /// An event.
    Record = 1,
    /// Says that all before was acknowledged: damage to it is then no torn end.
    Mark = 2,
    /// Says that the segment is complete.
    Footer = 3,
}

/// A frame's header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) kind: FrameKind,
    pub(crate) length: u32,
    /// An event's number; of marks and footers that of the last event before them.
    pub(crate) sequence: u64,
    pub(crate) epoch: u32,
    /// The chain before it.
    pub(crate) chain: Chain,
}

/// What stands at the begin of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parsed {
    /// A frame as it was written.
    Whole(Frame),
    /// A frame may begin here; so many bytes are needed to tell.
    Needs(usize),
    /// No frame.
    Invalid,
}

impl Frame {
    /// Bytes it takes with its payload.
    pub(crate) fn bytes(&self) -> usize {
        FRAME_BYTES + self.length as usize
    }

    /// Writes a frame behind what is in `into`, and gives the chain behind it.
    pub(crate) fn write(
        kind: FrameKind,
        (sequence, epoch): (u64, u32),
        chain: Chain,
        payload: &[u8],
        into: &mut Vec<u8>,
    ) -> Chain {
        let from = into.len();
        let mut header = [0; FRAME_BYTES];
        header[4..8].copy_from_slice(&u32::try_from(payload.len()).expect("records are short").to_le_bytes());
        header[8..16].copy_from_slice(&sequence.to_le_bytes());
        header[16..20].copy_from_slice(&epoch.to_le_bytes());
        header[20] = kind as u8;
        header[24..40].copy_from_slice(&chain);
        into.extend_from_slice(&header);
        into.extend_from_slice(payload);
        let checksum = crc32c::crc32c(&into[from + 4..]);
        into[from..from + 4].copy_from_slice(&checksum.to_le_bytes());
        match kind {
            FrameKind::Record => chain_behind(&into[from..]),
            FrameKind::Mark | FrameKind::Footer => chain,
        }
    }

    /// What stands at the begin of `bytes`, where the file has `left` bytes from there on.
    pub(crate) fn parse(bytes: &[u8], left: u64) -> Parsed {
        if left < FRAME_BYTES as u64 {
            return Parsed::Invalid;
        }
        let Some(header) = bytes.first_chunk::<FRAME_BYTES>() else { return Parsed::Needs(FRAME_BYTES) };
        let kind = match header[20] {
            1 => FrameKind::Record,
            2 => FrameKind::Mark,
            3 => FrameKind::Footer,
            _ => return Parsed::Invalid,
        };
        let frame = Frame {
            kind,
            length: u32::from_le_bytes(part(header, 4)),
            sequence: u64::from_le_bytes(part(header, 8)),
            epoch: u32::from_le_bytes(part(header, 16)),
            chain: part(header, 24),
        };
        let is_short = frame.length as usize <= MOST_RECORD_BYTES && frame.bytes() as u64 <= left;
        let is_empty = frame.length == 0 || kind == FrameKind::Record;
        if header[21..24] != [0; 3] || !is_short || !is_empty {
            return Parsed::Invalid;
        }
        let Some(whole) = bytes.get(..frame.bytes()) else { return Parsed::Needs(frame.bytes()) };
        let is_whole = crc32c::crc32c(&whole[4..]) == u32::from_le_bytes(part(header, 0));
        if is_whole { Parsed::Whole(frame) } else { Parsed::Invalid }
    }
}

/// The chain behind an event, of its frame: what is hashed stands together in it.
pub(crate) fn chain_behind(frame: &[u8]) -> Chain {
    XxHash3_128::oneshot(&frame[24..]).to_le_bytes()
}

fn part<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    *bytes[at..].first_chunk().expect("a header has its parts")
}
