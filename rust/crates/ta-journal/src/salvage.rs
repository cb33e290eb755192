//! Goes on from a damaged journal: all of it is set aside first, then what can be relied on is kept.

use std::fmt;
use std::io::ErrorKind;

use crate::disk::{Disk, DiskFile, read_full};
use crate::error::{JournalError, io_error};
use crate::fence;
use crate::format::{Chain, FrameKind, Header, IDENTITY_BYTES, SEGMENT, VERSION, chain_behind};
use crate::reader::{Reader, Start, sorted};
use crate::segment::{Next, Segment, first_of, segment_name};
use crate::snapshot::{self, Snapshot, position_of};

/// Bytes that are copied at once.
const CHUNK_BYTES: usize = 256 << 10;

/// What a salvage kept and lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salvaged {
    /// The folder in the journal's where all files lie as they were.
    pub aside: String,
    /// What was wrong; `None` where nothing was.
    pub damage: Option<String>,
    /// The first event that is kept; greater than `last` where none is.
    pub first: u64,
    /// The last event that is kept, or is in the snapshot.
    pub last: u64,
    /// The position of the snapshot that the journal now begins with, where the events before it are given up.
    pub from_snapshot: Option<u64>,
    /// Events that are known to have been there and are in no state any more: the first and the last.
    pub lost: Option<(u64, u64)>,
    /// Snapshots that were given up.
    pub snapshots_lost: Vec<String>,
}

impl fmt::Display for Salvaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.damage {
            Some(damage) => writeln!(f, "damage: {damage}")?,
            None => writeln!(f, "damage: none was found")?,
        }
        writeln!(f, "set aside: all files as they were, in {}/", self.aside)?;
        match self.from_snapshot {
            Some(position) => writeln!(f, "kept: the state behind event {position} (of a snapshot)")?,
            None if self.last == 0 => writeln!(f, "kept: nothing")?,
            None => {}
        }
        if self.first <= self.last {
            writeln!(f, "kept: events {} to {}", self.first, self.last)?;
        }
        if self.from_snapshot.is_some() && self.first > 1 {
            writeln!(
                f,
                "given up: the history before event {}; the snapshot has what it led to",
                self.first
            )?;
        }
        for name in &self.snapshots_lost {
            writeln!(f, "given up: {name}")?;
        }
        match self.lost {
            Some((from, to)) => write!(f, "lost: events {from} to {to}"),
            None => write!(f, "lost: no event is known to be"),
        }
    }
}

/// Sets a damaged journal aside, whole, and leaves one that can be opened: its longest prefix, or the newest good snapshot
/// with what follows it, whichever reaches further. It can be killed and called again.
///
/// # Errors
/// Where another process writes the journal; where it is of another identity or a newer version; where the disk fails.
pub fn salvage<D: Disk>(disk: D, identity: [u8; IDENTITY_BYTES]) -> Result<Salvaged, JournalError> {
    let _lock = fence::lock(&disk)?;
    let names = disk.list().map_err(io_error("listed", "the folder"))?;
    let segments = sorted(&names, first_of);
    let snapshots = sorted(&names, position_of);
    let prefix = Prefix::of(&disk, identity, Start::FirstEvent)?;
    let recovered = Prefix::of(&disk, identity, Start::NewestSnapshot)?;
    let mut good = Vec::new();
    for (_, name) in &snapshots {
        good.extend(snapshot::load(&disk, name, &identity)?.ok());
    }
    let mut best: Option<Suffix> = None;
    for snapshot in &good {
        let suffix = Suffix::behind(&disk, &segments, snapshot)?;
        if best.as_ref().is_none_or(|best| suffix.last >= best.last) {
            best = Some(suffix);
        }
    }
    // The whole history is worth more than a state that reaches as far. A journal that is well is kept as it is.
    let is_well = recovered.damage.is_none();
    let best = best.filter(|suffix| !is_well && suffix.last > prefix.last);
    let last = match &best {
        Some(suffix) => suffix.last,
        None if is_well => recovered.last,
        None => prefix.last,
    };
    let known = highest(&disk, &segments)?.max(snapshots.last().map_or(0, |(position, _)| *position));
    let from = best.as_ref().map_or(0, |suffix| suffix.position);
    let is_kept = |position: u64, name: &str| {
        (from..=last).contains(&position)
            && good.iter().any(|one| snapshot::snapshot_name(one.position) == name)
    };
    let lost = snapshots.iter().filter(|(position, name)| !is_kept(*position, name));
    let snapshots_lost: Vec<_> = lost.map(|(_, name)| name.clone()).collect();
    let first = match &best {
        Some(suffix) => suffix.position + 1,
        None if is_well => segments.first().map_or(1, |(first, _)| *first),
        None => 1,
    };
    let mut salvaged = Salvaged {
        aside: String::new(),
        damage: recovered.damage.or(prefix.damage.clone().filter(|_| !is_well)),
        first,
        last,
        from_snapshot: best.as_ref().map(|suffix| suffix.position),
        lost: (known > last).then_some((last + 1, known)),
        snapshots_lost,
    };
    salvaged.aside = set_aside(&disk, &names, &salvaged)?;
    if let Some(suffix) = &best {
        suffix.write(&disk, identity)?;
        for (_, name) in segments.iter().filter(|(_, name)| *name != segment_name(suffix.position + 1)) {
            disk.remove(name).map_err(io_error("removed", name))?;
        }
    } else if !is_well {
        // From the last on: killed on the way, what is left is still one journal.
        for (_, name) in segments.iter().rev().filter(|(first, _)| *first > prefix.keeps_from) {
            disk.remove(name).map_err(io_error("removed", name))?;
        }
        if let Some((name, bytes)) = &prefix.cut {
            let mut file = disk.open(name).map_err(io_error("opened", name))?;
            file.cut(*bytes).map_err(io_error("cut", name))?;
            file.sync().map_err(io_error("synced", name))?;
        }
    }
    for name in &salvaged.snapshots_lost {
        disk.remove(name).map_err(io_error("removed", name))?;
    }
    disk.sync_folder("").map_err(io_error("synced", "the folder"))?;
    Ok(salvaged)
}

/// How far a journal can be read.
struct Prefix {
    last: u64,
    damage: Option<String>,
    /// Segments that begin with a later event are not part of it; neither is one of which nothing is left.
    keeps_from: u64,
    /// The segment in which it ends, and how many of its bytes are kept.
    cut: Option<(String, u64)>,
}

impl Prefix {
    fn of<D: Disk>(disk: &D, identity: [u8; IDENTITY_BYTES], start: Start) -> Result<Prefix, JournalError> {
        let mut reader = match Reader::open(disk, identity, start) {
            Ok(reader) => reader,
            Err(error) => {
                return Ok(Prefix { last: 0, damage: Some(damage(error)?), keeps_from: 0, cut: None });
            }
        };
        let damage = loop {
            match reader.next_record() {
                Ok(Some(_)) => {}
                Ok(None) => break None,
                Err(error) => break Some(damage(error)?),
            }
        };
        let last = reader.next - 1;
        let cut = reader.last_segment().map(|(name, bytes)| (name.to_owned(), bytes));
        let cut = cut.filter(|(_, bytes)| *bytes > 0);
        let keeps_from = match &cut {
            Some((name, _)) => first_of(name).expect("a segment's name"),
            // Where its header is none, it goes with those behind it.
            None => last,
        };
        Ok(Prefix { last, damage, keeps_from, cut })
    }
}

/// In words, where it is damage; else the error.
fn damage(error: JournalError) -> Result<String, JournalError> {
    match error {
        JournalError::Corrupt { .. }
        | JournalError::Missing { .. }
        | JournalError::NoStart { .. }
        | JournalError::Lost { .. }
        | JournalError::OtherHistory { .. } => Ok(error.to_string()),
        // A block that cannot be read is damage of the disk's.
        JournalError::Io { doing: "read", .. } => Ok(error.to_string()),
        error => Err(error),
    }
}

/// Good events that follow a snapshot without a hole, whatever is before them.
struct Suffix {
    position: u64,
    chain: Chain,
    last: u64,
    /// Which bytes of which segments.
    parts: Vec<(String, u64, u64)>,
}

impl Suffix {
    fn behind<D: Disk>(
        disk: &D,
        segments: &[(u64, String)],
        snapshot: &Snapshot,
    ) -> Result<Suffix, JournalError> {
        let Snapshot { position, chain, .. } = *snapshot;
        let mut suffix = Suffix { position, chain, last: position, parts: Vec::new() };
        let mut behind = chain;
        let from = segments.partition_point(|(first, _)| *first <= position + 1).saturating_sub(1);
        for (_, name) in &segments[from..] {
            if let Err(error) = suffix.take_of(disk, name, &mut behind) {
                // What cannot be read ends it.
                damage(error)?;
                break;
            }
        }
        Ok(suffix)
    }

    /// Takes the events of a segment that come next.
    fn take_of<D: Disk>(&mut self, disk: &D, name: &str, behind: &mut Chain) -> Result<(), JournalError> {
        let mut segment = Segment::open(disk, name)?;
        segment.header()?;
        loop {
            match segment.next()? {
                Next::Frame(frame) => {
                    let is_record = frame.kind == FrameKind::Record;
                    if is_record && frame.sequence == self.last + 1 && frame.chain == *behind {
                        *behind = chain_behind(segment.coming(&frame));
                        self.last += 1;
                        let (from, to) = (segment.offset, segment.offset + frame.bytes() as u64);
                        match self.parts.last_mut().filter(|(part, ..)| part == name) {
                            // Marks between two events go with them; a footer behind the last does not.
                            Some((_, _, end)) => *end = to,
                            None => self.parts.push((name.to_owned(), from, to)),
                        }
                    } else if is_record && frame.sequence > self.last {
                        return Ok(());
                    }
                    segment.pass(frame.bytes());
                }
                // Damage before what is looked for does not matter.
                Next::Invalid if self.last == self.position => {
                    if !segment.seek_frame(before(name))? {
                        return Ok(());
                    }
                }
                Next::Invalid | Next::End => return Ok(()),
            }
        }
    }

    /// Writes a segment of them.
    fn write<D: Disk>(&self, disk: &D, identity: [u8; IDENTITY_BYTES]) -> Result<(), JournalError> {
        let name = segment_name(self.position + 1);
        let temporary = format!("{name}.tmp");
        let (position, chain) = (self.position + 1, self.chain);
        // Its frames keep the epochs of those who wrote them.
        let header = Header { kind: SEGMENT, version: VERSION, epoch: 0, position, chain, identity };
        let mut file = disk.create(&temporary).map_err(io_error("made", &temporary))?;
        file.append(&header.encode()).map_err(io_error("written", &temporary))?;
        for (name, from, to) in &self.parts {
            copy(disk, name, *from..*to, &mut file, &temporary)?;
        }
        file.sync().map_err(io_error("synced", &temporary))?;
        disk.rename(&temporary, &name).map_err(io_error("renamed", &temporary))?;
        disk.sync_folder("").map_err(io_error("given its name on the disk", &name))
    }
}

/// The greatest number of an event of which there is a good frame, as far as files can be read.
fn highest<D: Disk>(disk: &D, segments: &[(u64, String)]) -> Result<u64, JournalError> {
    let mut highest = 0;
    for (_, name) in segments {
        if let Err(error) = highest_of(disk, name, &mut highest) {
            damage(error)?;
        }
    }
    Ok(highest)
}

fn highest_of<D: Disk>(disk: &D, name: &str, highest: &mut u64) -> Result<(), JournalError> {
    let mut segment = Segment::open(disk, name)?;
    segment.header()?;
    loop {
        match segment.next()? {
            Next::Frame(frame) => {
                *highest = frame.sequence.max(*highest);
                segment.pass(frame.bytes());
            }
            Next::Invalid if segment.seek_frame(before(name))? => {}
            _ => return Ok(()),
        }
    }
}

/// The event before those of a segment.
fn before(name: &str) -> u64 {
    first_of(name).unwrap_or(0).saturating_sub(1)
}

/// Copies all files to a folder of their own, and gives its name.
fn set_aside<D: Disk>(disk: &D, names: &[String], salvaged: &Salvaged) -> Result<String, JournalError> {
    let mut number = 1;
    let folder = loop {
        let folder = format!("damaged-{number}");
        match disk.create_folder(&folder) {
            Ok(()) => break folder,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(io_error("made", &folder)(error)),
        }
    };
    for name in names.iter().filter(|name| *name != fence::LOCK) {
        let aside = format!("{folder}/{name}");
        let mut file = disk.create(&aside).map_err(io_error("made", &aside))?;
        copy(disk, name, 0..u64::MAX, &mut file, &aside)?;
        file.sync().map_err(io_error("synced", &aside))?;
    }
    // Written last: a folder without it is that of a salvage which was killed before it changed anything.
    let report = format!("{folder}/report.txt");
    let words = Salvaged { aside: folder.clone(), ..salvaged.clone() }.to_string();
    let mut file = disk.create(&report).map_err(io_error("made", &report))?;
    file.append(words.as_bytes()).map_err(io_error("written", &report))?;
    file.append(b"\n").map_err(io_error("written", &report))?;
    file.sync().map_err(io_error("synced", &report))?;
    disk.sync_folder(&folder).map_err(io_error("synced", &folder))?;
    disk.sync_folder("").map_err(io_error("synced", "the folder"))?;
    Ok(folder)
}

/// Copies bytes of a file behind another. What cannot be read is left out, block by block.
fn copy<D: Disk>(
    disk: &D,
    from: &str,
    range: std::ops::Range<u64>,
    to: &mut D::File,
    to_name: &str,
) -> Result<(), JournalError> {
    let file = disk.open(from).map_err(io_error("opened", from))?;
    let end = range.end.min(file.length().map_err(io_error("measured", from))?);
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut offset = range.start;
    while offset < end {
        let wanted = CHUNK_BYTES.min(usize::try_from(end - offset).unwrap_or(CHUNK_BYTES));
        let bytes = match read_full(&file, offset, &mut chunk[..wanted]) {
            Ok(0) => break,
            Ok(bytes) => bytes,
            Err(_) => {
                // Zeros in its place: offsets stay what they are in reports.
                chunk[..wanted].fill(0);
                wanted
            }
        };
        to.append(&chunk[..bytes]).map_err(io_error("written", to_name))?;
        offset += bytes as u64;
    }
    Ok(())
}
