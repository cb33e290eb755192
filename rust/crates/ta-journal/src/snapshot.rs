//! Snapshots: the state behind an event, in a file that is whole or not there.

use thiserror::Error;

use crate::disk::{Disk, DiskFile, read_whole};
use crate::error::{JournalError, io_error};
use crate::format::{Chain, HEADER_BYTES, Header, IDENTITY_BYTES, MOST_SNAPSHOT_BYTES, SNAPSHOT, VERSION};
use crate::segment::numbered;

/// Bytes around the state: header, length, checksum.
const FRAMING_BYTES: u64 = HEADER_BYTES as u64 + 8 + 4;

/// A state and the events it is behind.
#[derive(Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Number of the last event in it.
    pub position: u64,
    /// The hash chain behind that event.
    pub chain: Chain,
    /// What was given to [`Journal::snapshot`](crate::Journal::snapshot).
    pub state: Vec<u8>,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Snapshot {{ position: {}, state: {} bytes }}", self.position, self.state.len())
    }
}

/// A snapshot that was passed over.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{file}: {why}")]
pub struct BadSnapshot {
    /// Its file.
    pub file: String,
    /// What is wrong with it.
    pub why: String,
}

pub(crate) fn snapshot_name(position: u64) -> String {
    format!("snapshot-{position:020}.snap")
}

pub(crate) fn position_of(name: &str) -> Option<u64> {
    numbered(name, "snapshot-", ".snap")
}

/// Reads a snapshot. One that is damaged is no error, since there may be an older one.
pub(crate) fn load<D: Disk>(
    disk: &D,
    name: &str,
    identity: &[u8; IDENTITY_BYTES],
) -> Result<Result<Snapshot, BadSnapshot>, JournalError> {
    let bad = |why: String| Ok(Err(BadSnapshot { file: name.to_owned(), why }));
    let read = disk.open(name).and_then(|file| read_whole(&file, MOST_SNAPSHOT_BYTES + FRAMING_BYTES));
    let mut bytes = match read {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return bad(format!("longer than {MOST_SNAPSHOT_BYTES} bytes")),
        // There may be a good one elsewhere on a disk of which some blocks cannot be read.
        Err(error) => return bad(format!("cannot be read: {error}")),
    };
    let Some((body, checksum)) = bytes.split_last_chunk::<4>() else {
        return bad(format!("ends after {} bytes", bytes.len()));
    };
    if crc32c::crc32c(body) != u32::from_le_bytes(*checksum) {
        return bad("its checksum does not fit".to_owned());
    }
    let Some(header) = Header::decode(body, SNAPSHOT) else {
        return bad("its header is not as it was written".to_owned());
    };
    if header.version > VERSION {
        let (file, version) = (name.to_owned(), header.version);
        return Err(JournalError::Newer { file, version, most: VERSION });
    }
    if header.identity != *identity {
        let (file, found) = (name.to_owned(), header.identity);
        return Err(JournalError::OtherOwner { file, found, needed: *identity });
    }
    if Some(header.position) != position_of(name) {
        return bad(format!("it is one of position {}", header.position));
    }
    let Some(length) = body[HEADER_BYTES..].first_chunk().map(|bytes| u64::from_le_bytes(*bytes)) else {
        return bad(format!("ends after {} bytes", bytes.len()));
    };
    let has = body.len() as u64 - HEADER_BYTES as u64 - 8;
    if length != has {
        return bad(format!("has {has} bytes of state and says {length}"));
    }
    bytes.truncate(bytes.len() - 4);
    bytes.drain(..HEADER_BYTES + 8);
    Ok(Ok(Snapshot { position: header.position, chain: header.chain, state: bytes }))
}

/// Writes a snapshot: to a temporary file that takes its name once it is on the disk.
pub(crate) fn write<D: Disk>(
    disk: &D,
    (position, epoch): (u64, u32),
    chain: Chain,
    identity: [u8; IDENTITY_BYTES],
    state: &[u8],
) -> Result<(), JournalError> {
    let header = Header { kind: SNAPSHOT, version: VERSION, epoch, position, chain, identity };
    let mut framed = header.encode().to_vec();
    framed.extend_from_slice(&(state.len() as u64).to_le_bytes());
    let checksum = crc32c::crc32c_append(crc32c::crc32c(&framed), state);
    let name = snapshot_name(position);
    write_whole(disk, &name, &[&framed, state, &checksum.to_le_bytes()])
}

/// Writes a file that is whole or as it was.
pub(crate) fn write_whole<D: Disk>(disk: &D, name: &str, parts: &[&[u8]]) -> Result<(), JournalError> {
    let temporary = format!("{name}.tmp");
    let mut file = disk.create(&temporary).map_err(io_error("made", &temporary))?;
    for part in parts {
        file.append(part).map_err(io_error("written", &temporary))?;
    }
    file.sync().map_err(io_error("synced", &temporary))?;
    disk.rename(&temporary, name).map_err(io_error("renamed", &temporary))?;
    disk.sync_folder("").map_err(io_error("given its name on the disk", name))
}
