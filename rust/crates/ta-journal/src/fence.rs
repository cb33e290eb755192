//! The file that says who writes: each writer has an epoch greater than those before, and one that finds a greater epoch than its
//! own writes no more. The lock keeps writers of one machine apart; the fence those whom a lock does not reach.

use crate::disk::{Disk, DiskFile, read_full};
use crate::error::{JournalError, io_error};
use crate::format::{CHAIN_BYTES, FENCE, HEADER_BYTES, Header, IDENTITY_BYTES, VERSION};
use crate::snapshot::write_whole;

const NAME: &str = "fence";
/// The file that a writer has locked.
pub(crate) const LOCK: &str = "lock";

/// The epoch of the newest writer; `None` where there was none, or its file is damaged and the frames have to say.
pub(crate) fn read<D: Disk>(disk: &D) -> Result<Option<u32>, JournalError> {
    let mut bytes = [0; HEADER_BYTES];
    let read = match disk.open(NAME).and_then(|file| Ok((read_full(&file, 0, &mut bytes)?, file.length()?))) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        read => read.map_err(io_error("read", NAME))?,
    };
    let is_whole = read == (HEADER_BYTES, HEADER_BYTES as u64);
    Ok(Header::decode(&bytes, FENCE).filter(|_| is_whole).map(|header| header.epoch))
}

pub(crate) fn write<D: Disk>(
    disk: &D,
    epoch: u32,
    identity: [u8; IDENTITY_BYTES],
) -> Result<(), JournalError> {
    let header =
        Header { kind: FENCE, version: VERSION, epoch, position: 0, chain: [0; CHAIN_BYTES], identity };
    write_whole(disk, NAME, &[&header.encode()])
}

pub(crate) fn lock<D: Disk>(disk: &D) -> Result<D::Lock, JournalError> {
    disk.lock(LOCK).map_err(|error| match error.kind() {
        std::io::ErrorKind::WouldBlock => JournalError::Locked { file: LOCK.to_owned() },
        _ => io_error("locked", LOCK)(error),
    })
}
