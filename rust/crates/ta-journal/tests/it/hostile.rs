//! Bytes that nobody wrote: what the fuzz targets look for, for some thousands of cases.

use std::collections::BTreeMap;

use ta_journal::{JournalError, MOST_RECORD_BYTES, Start, salvage};

use crate::simulated::SimulatedDisk;
use crate::{Numbers, OWNER, append, fresh, payload, read, state_of};

const NAME: &str = "events-00000000000000000001.log";

fn seal(frame: &mut [u8]) {
    let checksum = crc32c::crc32c(&frame[4..]);
    frame[..4].copy_from_slice(&checksum.to_le_bytes());
}

#[test]
fn a_length_beyond_the_file_is_never_allocated() {
    let (disk, mut journal) = fresh(ta_journal::Durability::Os);
    append(&mut journal, 2);
    drop(journal);
    for length in [u32::MAX, MOST_RECORD_BYTES as u32 + 1, 1 << 19] {
        let mut files = disk.files();
        let bytes = files.get_mut(NAME).expect("it is there");
        bytes.truncate(72);
        let mut frame = [0; 40];
        frame[4..8].copy_from_slice(&length.to_le_bytes());
        frame[8] = 1;
        frame[16] = 1;
        frame[20] = 1;
        seal(&mut frame);
        bytes.extend_from_slice(&frame);
        // No good frame is behind it: it is a torn end.
        let contents = read(&SimulatedDisk::of(&files), Start::FirstEvent).expect("it is torn");
        assert_eq!(contents.last(), 0);
    }
    let mut files = disk.files();
    let mut snapshot = files[NAME][..72].to_vec();
    snapshot[6] = 2;
    let checksum = crc32c::crc32c(&snapshot[..68]);
    snapshot[68..].copy_from_slice(&checksum.to_le_bytes());
    snapshot.extend_from_slice(&u64::MAX.to_le_bytes());
    let checksum = crc32c::crc32c(&snapshot);
    snapshot.extend_from_slice(&checksum.to_le_bytes());
    files.insert("snapshot-00000000000000000001.snap".to_owned(), snapshot);
    let contents = read(&SimulatedDisk::of(&files), Start::NewestSnapshot).expect("it is passed over");
    assert_eq!((contents.from, contents.last()), (0, 2));
}

#[test]
fn good_checksums_around_a_hostile_body_are_refused() {
    let (disk, mut journal) = fresh(ta_journal::Durability::Os);
    append(&mut journal, 3);
    drop(journal);
    let mut numbers = Numbers(1);
    let whole = disk.files();
    for seed in 0..20_000_u64 {
        let mut files = whole.clone();
        let bytes = files.get_mut(NAME).expect("it is there");
        // One byte of a frame's header is another, and its checksum fits.
        let mut at = 72;
        for event in 1..1 + numbers.below(3) {
            at += 40 + payload(event).len() + 40;
        }
        let is_header = numbers.below(3) == 0;
        let (from, length) = if is_header { (0, 72) } else { (at, 40) };
        let place = from + if is_header { numbers.below(68) } else { 4 + numbers.below(36) } as usize;
        let before = bytes[place];
        bytes[place] = numbers.next() as u8;
        if bytes[place] == before {
            continue;
        }
        if is_header {
            let checksum = crc32c::crc32c(&bytes[..68]);
            bytes[68..72].copy_from_slice(&checksum.to_le_bytes());
        } else {
            let said = u32::from_le_bytes(bytes[at + 4..at + 8].try_into().expect("four")) as usize;
            let end = (at + length).saturating_add(said).min(bytes.len());
            seal(&mut bytes[at..end]);
        }
        let outcome = read(&SimulatedDisk::of(&files), Start::FirstEvent);
        let is_epoch = !is_header && (16..20).contains(&(place - at));
        let is_header_epoch = is_header && (8..12).contains(&place);
        match outcome {
            // An older writer's number is as good; the events are what they were.
            Ok(contents) if is_epoch || is_header_epoch => contents.assert_is_a_prefix(3, &seed),
            // A length that takes in all that follows forges one event, the last; those before it are what they were.
            Ok(contents) if !is_header && (4..8).contains(&(place - at)) => {
                let (_, before) = contents.events.split_last().expect("there is one");
                assert!((1..).zip(before).all(|(sequence, event)| *event == payload(sequence)), "{seed}");
            }
            Ok(contents) => panic!("{seed}: byte {place} was taken: {} events", contents.last()),
            Err(
                JournalError::Corrupt { .. } | JournalError::Newer { .. } | JournalError::OtherOwner { .. },
            ) => {}
            Err(other) => panic!("{seed}: {other}"),
        }
    }
}

#[test]
fn any_bytes_are_refused_or_read_as_a_prefix() {
    let mut numbers = Numbers(2);
    let (disk, mut journal) = fresh(ta_journal::Durability::Always);
    append(&mut journal, 40);
    journal.snapshot(&state_of(40)).expect("the disk takes it");
    drop(journal);
    let whole = disk.files();
    for seed in 0..3_000 {
        let mut files: BTreeMap<_, _> = whole.clone();
        let names: Vec<_> = files.keys().cloned().collect();
        let name = &names[numbers.below(names.len() as u64) as usize];
        let other = files[&names[numbers.below(names.len() as u64) as usize]].clone();
        let bytes = files.get_mut(name).expect("it is there");
        match numbers.below(4) {
            0 => *bytes = (0..numbers.below(400)).map(|_| numbers.next() as u8).collect(),
            // A file in another's place.
            1 => *bytes = other,
            // Bytes twice, or left out.
            2 => {
                let from = numbers.below(bytes.len() as u64 + 1) as usize;
                let end = from + numbers.below((bytes.len() - from) as u64 + 1) as usize;
                let part = bytes[from..end].to_vec();
                bytes.splice(from..from, part);
            }
            _ => {
                let from = numbers.below(bytes.len() as u64 + 1) as usize;
                let end = from + numbers.below((bytes.len() - from) as u64 + 1) as usize;
                bytes.drain(from..end);
            }
        }
        let disk = SimulatedDisk::of(&files);
        if let Ok(contents) = read(&disk, Start::NewestSnapshot) {
            contents.assert_is_a_prefix(40, &seed);
        }
        let salvaged = salvage(&disk, OWNER).unwrap_or_else(|error| panic!("{seed}: {error}"));
        let contents = read(&disk, Start::NewestSnapshot);
        let contents = contents.unwrap_or_else(|error| panic!("{seed}: {error}\n{salvaged}"));
        contents.assert_is_a_prefix(40, &seed);
    }
}
