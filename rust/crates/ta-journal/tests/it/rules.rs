//! What the journal promises, one by one.

use std::io::ErrorKind;

use ta_journal::{
    Durability, Fault, Folder, Journal, JournalError, MOST_RECORD_BYTES, Options, Reader, Start, VERSION,
};

use crate::simulated::{SimulatedDisk, Stop, Trouble};
use crate::{OWNER, append, chain_of, fresh, options, payload, read, reopen, state_of};

const HEADER: usize = 72;
const FRAME: usize = 40;

#[test]
fn what_is_appended_is_read_in_its_order() {
    for durability in [Durability::Always, Durability::Batch { events: 7 }, Durability::Os] {
        let (disk, mut journal) = fresh(durability);
        append(&mut journal, 100);
        assert_eq!((journal.position(), journal.chain()), (100, chain_of(100)));
        drop(journal);
        let contents = read(&disk, Start::FirstEvent).expect("it is good");
        assert_eq!((contents.from, contents.last()), (0, 100));
        contents.assert_is_a_prefix(100, &durability);
        assert!(disk.files().len() > 3, "it is in several files: {:?}", disk.files().keys());
    }
}

#[test]
fn always_acknowledges_what_the_disk_has() {
    let (disk, mut journal) = fresh(Durability::Always);
    append(&mut journal, 20);
    assert_eq!(journal.acknowledged(), 20);
    let left = read(&disk.after(Stop::Power, 1), Start::FirstEvent).expect("it is good");
    assert_eq!(left.last(), 20);
}

#[test]
fn batch_acknowledges_what_was_synced_and_no_more() {
    let (disk, mut journal) = fresh(Durability::Batch { events: 8 });
    append(&mut journal, 13);
    assert_eq!(journal.acknowledged(), 8);
    for seed in 0..50 {
        let left = read(&disk.after(Stop::Power, seed), Start::FirstEvent).expect("it is good");
        assert!((8..=13).contains(&left.last()), "{}", left.last());
    }
    assert_eq!(read(&disk.after(Stop::Kill, 0), Start::FirstEvent).expect("it is good").last(), 13);
    journal.sync().expect("the disk takes it");
    assert_eq!(journal.acknowledged(), 13);
    assert_eq!(read(&disk.after(Stop::Power, 9), Start::FirstEvent).expect("it is good").last(), 13);
}

#[test]
fn os_acknowledges_what_outlives_the_process() {
    let (disk, mut journal) = fresh(Durability::Os);
    append(&mut journal, 20);
    assert_eq!(journal.acknowledged(), 20);
    assert_eq!(read(&disk.after(Stop::Kill, 0), Start::FirstEvent).expect("it is good").last(), 20);
    let least =
        (0..50).map(|seed| read(&disk.after(Stop::Power, seed), Start::FirstEvent).expect("good").last());
    assert!(least.min() < Some(20), "the machine's failure may take some");
}

#[test]
fn many_events_are_one_write_and_one_sync() {
    let (disk, mut journal) = fresh(Durability::Always);
    append(&mut journal, 1);
    let before = disk.steps();
    assert_eq!(journal.append_all((2..=9).map(payload)).expect("the disk takes them"), 9);
    assert_eq!(disk.steps() - before, 2);
    drop(journal);
    assert_eq!(read(&disk, Start::FirstEvent).expect("it is good").last(), 9);
}

#[test]
fn a_torn_end_is_cut_and_what_follows_is_written_in_its_place() {
    let (disk, mut journal) = fresh(Durability::Always);
    append(&mut journal, 3);
    drop(journal);
    let mut files = disk.files();
    let (_, last) = files.iter_mut().rfind(|(name, _)| name.starts_with("events-")).expect("there is one");
    // The mark and three bytes of the last event.
    last.truncate(last.len() - FRAME - 3);
    let disk = SimulatedDisk::of(&files);
    let (mut journal, contents) = reopen(&disk, Durability::Always).expect("it is good");
    assert_eq!(contents.last(), 2);
    append(&mut journal, 2);
    drop(journal);
    read(&disk, Start::FirstEvent).expect("it is good").assert_is_a_prefix(4, &"cut");
}

#[test]
fn a_bad_frame_before_a_good_one_is_damage_and_told_with_its_place() {
    let (disk, mut journal) = fresh(Durability::Always);
    append(&mut journal, 3);
    drop(journal);
    let mut files = disk.files();
    let (name, bytes) = files.iter_mut().find(|(name, _)| name.starts_with("events-")).expect("there is one");
    let name = name.clone();
    // The second event begins behind the first and its mark.
    let second = HEADER + FRAME + payload(1).len() + FRAME;
    bytes[second + FRAME] ^= 1;
    match reopen(&SimulatedDisk::of(&files), Durability::Always).map(|_| ()) {
        Err(JournalError::Corrupt { file, offset, fault }) => {
            assert_eq!((file, offset, fault), (name, second as u64, Fault::Frame));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_last_acknowledged_event_does_not_pass_for_a_torn_one() {
    for durability in [Durability::Always, Durability::Os] {
        let (disk, mut journal) = fresh(durability);
        append(&mut journal, 3);
        drop(journal);
        let mut files = disk.files();
        let (_, bytes) =
            files.iter_mut().find(|(name, _)| name.starts_with("events-")).expect("there is one");
        let last = bytes.len() - FRAME - 1;
        bytes[last] ^= 0x10;
        let refused = read(&SimulatedDisk::of(&files), Start::FirstEvent);
        assert!(matches!(refused, Err(JournalError::Corrupt { .. })), "{refused:?}");
    }
}

#[test]
fn a_snapshot_says_how_far_the_journal_went() {
    let (disk, mut journal) = fresh(Durability::Always);
    append(&mut journal, 5);
    journal.snapshot(&state_of(5)).expect("the disk takes it");
    drop(journal);
    let mut files = disk.files();
    let (_, bytes) = files.iter_mut().find(|(name, _)| name.starts_with("events-")).expect("there is one");
    // Cut between two events, the file looks like one that ends there.
    bytes.truncate(HEADER + FRAME + payload(1).len() + FRAME);
    for start in [Start::NewestSnapshot, Start::FirstEvent] {
        let refused = read(&SimulatedDisk::of(&files), start);
        assert!(matches!(refused, Err(JournalError::Lost { end: 1, mark: 5, .. })), "{refused:?}");
    }
    files.retain(|name, _| !name.starts_with("events-"));
    let refused = read(&SimulatedDisk::of(&files), Start::NewestSnapshot);
    assert!(matches!(refused, Err(JournalError::Lost { end: 0, mark: 5, .. })), "{refused:?}");
}

#[test]
fn a_closed_journal_cannot_lose_its_end() {
    let (disk, mut journal) = fresh(Durability::Batch { events: 100 });
    append(&mut journal, 4);
    journal.close().expect("the disk takes it");
    let mut reader = Reader::open(&disk, OWNER, Start::FirstEvent).expect("it is good");
    while reader.next_record().expect("it is good").is_some() {}
    assert!(reader.end().is_some_and(|end| end.is_closed && end.position == 4));
    // And goes on in a file of its own.
    let (mut journal, _) = reopen(&disk, Durability::Always).expect("it is good");
    append(&mut journal, 1);
    drop(journal);
    read(&disk, Start::FirstEvent).expect("it is good").assert_is_a_prefix(5, &"closed");
}

#[test]
fn two_snapshots_are_kept_and_a_bad_one_falls_back_and_is_told() {
    let (disk, mut journal) = fresh(Durability::Always);
    for _ in 0..4 {
        append(&mut journal, 10);
        let position = journal.position();
        journal.snapshot(&state_of(position)).expect("the disk takes it");
    }
    append(&mut journal, 3);
    drop(journal);
    let mut files = disk.files();
    let snapshots: Vec<_> = files.keys().filter(|name| name.starts_with("snapshot-")).cloned().collect();
    assert_eq!(snapshots.len(), 2, "{snapshots:?}");
    files.get_mut(&snapshots[1]).expect("it is there")[100] ^= 1;
    let damaged = SimulatedDisk::of(&files);
    let recovery = Journal::open(damaged.clone(), options(Durability::Always), Start::NewestSnapshot);
    let recovery = recovery.expect("the older one is good");
    assert_eq!(recovery.snapshot().map(|snapshot| snapshot.position), Some(30));
    let bad: Vec<_> = recovery.bad_snapshots().iter().map(ToString::to_string).collect();
    assert_eq!(bad, [format!("{}: its checksum does not fit", snapshots[1])]);
    let mut journal = recovery.finish().expect("it is good");
    assert_eq!((journal.position(), journal.chain()), (43, chain_of(43)));
    // It is none of the two that are kept.
    journal.snapshot(&state_of(43)).expect("the disk takes it");
    drop(journal);
    let files = damaged.files();
    let kept: Vec<_> = files.keys().filter(|name| name.ends_with(".snap")).collect();
    assert_eq!(kept, ["snapshot-00000000000000000030.snap", "snapshot-00000000000000000043.snap"]);
    // Both bad: from the first event.
    let mut files = files.clone();
    files.iter_mut().filter(|(name, _)| name.ends_with(".snap")).for_each(|(_, bytes)| bytes.truncate(50));
    let contents = read(&SimulatedDisk::of(&files), Start::NewestSnapshot).expect("the events are there");
    assert_eq!((contents.from, contents.last()), (0, 43));
}

#[test]
fn forgotten_history_needs_a_good_snapshot() {
    let (disk, mut journal) = fresh(Durability::Always);
    append(&mut journal, 60);
    journal.snapshot(&state_of(60)).expect("the disk takes it");
    assert_eq!(journal.forget_history().expect("one snapshot alone may turn out bad"), 0);
    append(&mut journal, 30);
    journal.snapshot(&state_of(90)).expect("the disk takes it");
    assert!(journal.forget_history().expect("the disk takes it") > 0);
    append(&mut journal, 5);
    drop(journal);
    let contents = read(&disk, Start::NewestSnapshot).expect("it is good");
    assert_eq!((contents.from, contents.last()), (90, 95));
    let contents = read(&disk, Start::SnapshotAt(89)).expect("it is good");
    assert_eq!((contents.from, contents.last()), (60, 95));
    assert!(matches!(read(&disk, Start::FirstEvent), Err(JournalError::NoStart { .. })));
    let mut files = disk.files();
    files.iter_mut().filter(|(name, _)| name.ends_with(".snap")).for_each(|(_, bytes)| bytes[80] ^= 4);
    match read(&SimulatedDisk::of(&files), Start::NewestSnapshot) {
        Err(JournalError::NoStart { first, bad }) => assert!(first > 1 && bad.len() == 2),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_failed_write_or_sync_stops_the_journal_for_good() {
    for trouble in [Trouble::NoSpace, Trouble::Sync] {
        let (disk, mut journal) = fresh(Durability::Always);
        append(&mut journal, 5);
        let step = u64::from(trouble == Trouble::Sync);
        disk.fail_at(step, trouble);
        let failed = journal.append(&payload(6));
        assert!(matches!(failed, Err(JournalError::Io { .. })), "{failed:?}");
        assert_eq!(journal.acknowledged(), 5);
        // The disk is well again: the journal is not.
        assert!(matches!(journal.append(&payload(6)), Err(JournalError::Stopped)));
        assert!(matches!(journal.sync(), Err(JournalError::Stopped)));
        assert!(matches!(journal.snapshot(&state_of(5)), Err(JournalError::Stopped)));
        assert!(matches!(journal.close(), Err(JournalError::Stopped)));
        let (mut journal, contents) = reopen(&disk, Durability::Always).expect("what is there is good");
        contents.assert_is_a_prefix(6, &trouble);
        assert!(contents.last() >= 5);
        let left = 8 - contents.last();
        append(&mut journal, left);
        drop(journal);
        read(&disk, Start::FirstEvent).expect("it is good").assert_is_a_prefix(8, &trouble);
    }
}

#[test]
fn every_change_of_the_disk_may_fail_and_nothing_acknowledged_is_lost() {
    let mut failed = 0;
    for step in 0..400 {
        for trouble in [Trouble::NoSpace, Trouble::Sync, Trouble::Name] {
            let (disk, mut journal) = fresh(Durability::Always);
            disk.fail_at(step, trouble);
            let mut acknowledged = 0;
            let done = (|| {
                for event in 1..=60 {
                    journal.append(&payload(event))?;
                    acknowledged = event;
                    if event % 10 == 0 {
                        journal.snapshot(&state_of(event))?;
                    }
                }
                Ok::<_, JournalError>(())
            })();
            drop(journal);
            failed += u64::from(done.is_err());
            let disk = disk.after(Stop::Kill, 0);
            let (_, contents) = reopen(&disk, Durability::Always).expect("what is there is good");
            contents.assert_is_a_prefix(60, &(step, trouble));
            assert!(contents.last() >= acknowledged, "{step} {trouble:?}");
        }
    }
    assert!(failed > 150, "{failed} of them failed");
}

#[test]
fn a_disk_that_cannot_read_is_an_error_and_nothing_is_cut() {
    let (disk, mut journal) = fresh(Durability::Always);
    append(&mut journal, 20);
    drop(journal);
    let before = disk.files();
    let name = before.keys().find(|name| name.starts_with("events-")).expect("there is one");
    disk.cannot_read(name, 300);
    match reopen(&disk, Durability::Always).map(|_| ()) {
        Err(JournalError::Io { doing: "read", .. }) => {}
        other => panic!("{other:?}"),
    }
    assert_eq!(disk.files(), before);
}

#[test]
fn one_writer_at_a_time() {
    let (disk, journal) = fresh(Durability::Always);
    let second = reopen(&disk, Durability::Always).map(|_| ());
    assert!(matches!(second, Err(JournalError::Locked { .. })), "{second:?}");
    drop(journal);
    assert!(reopen(&disk, Durability::Always).is_ok());
}

#[test]
fn a_writer_that_was_replaced_writes_no_more() {
    let (disk, mut old) = fresh(Durability::Always);
    append(&mut old, 3);
    // A lock that does not reach the other machine.
    let elsewhere = SimulatedDisk::of(&disk.files());
    let (new, _) = reopen(&elsewhere, Durability::Always).expect("it is good");
    assert!(new.epoch() > old.epoch());
    let fence = elsewhere.files()["fence"].clone();
    let mut shared = disk.files();
    shared.insert("fence".to_owned(), fence.clone());
    {
        use ta_journal::{Disk, DiskFile};
        let mut file = disk.create("fence").expect("the disk takes it");
        file.append(&fence).expect("the disk takes it");
    }
    let refused = old.append(&payload(4));
    assert!(
        matches!(refused, Err(JournalError::Fenced { ours, theirs: Some(theirs) }) if ours < theirs),
        "{refused:?}"
    );
    assert!(matches!(old.append(&payload(4)), Err(JournalError::Stopped)));
    drop(old);
    assert_eq!(read(&disk, Start::FirstEvent).expect("it is good").last(), 3);
}

#[test]
fn frames_of_a_replaced_writer_are_refused() {
    let name = "events-00000000000000000001.log";
    let (replaced, mut journal) = fresh(Durability::Os);
    append(&mut journal, 4);
    let (disk, mut journal) = fresh(Durability::Os);
    append(&mut journal, 2);
    drop(journal);
    let (mut journal, _) = reopen(&disk, Durability::Os).expect("it is good");
    append(&mut journal, 1);
    drop(journal);
    // Event 4, which the first writer appended unaware of the second: it has its place in the chain.
    let late = replaced.files()[name].clone();
    let late = &late[late.len() - FRAME - payload(4).len() - FRAME..];
    let mut files = disk.files();
    files.get_mut(name).expect("it is there").extend_from_slice(late);
    match read(&SimulatedDisk::of(&files), Start::FirstEvent) {
        Err(JournalError::Corrupt { fault, .. }) => assert_eq!(fault, Fault::Epoch { found: 1, newest: 2 }),
        other => panic!("{other:?}"),
    }
}

#[test]
fn another_rules_journal_is_refused() {
    let (disk, mut journal) = fresh(Durability::Always);
    append(&mut journal, 2);
    journal.snapshot(&state_of(2)).expect("the disk takes it");
    drop(journal);
    for start in [Start::NewestSnapshot, Start::FirstEvent] {
        let opened = Journal::open(disk.clone(), Options::new([8; 32]), start);
        let refused = opened.and_then(ta_journal::Recovery::finish).map(|_| ());
        assert!(matches!(refused, Err(JournalError::OtherOwner { .. })), "{refused:?}");
    }
}

#[test]
fn a_newer_version_is_refused_by_its_name() {
    let (disk, mut journal) = fresh(Durability::Always);
    append(&mut journal, 2);
    journal.snapshot(&state_of(2)).expect("the disk takes it");
    drop(journal);
    for (prefix, has_tail) in [("events-", false), ("snapshot-", true)] {
        let mut files = disk.files();
        let (_, bytes) = files.iter_mut().find(|(name, _)| name.starts_with(prefix)).expect("there is one");
        bytes[4..6].copy_from_slice(&(VERSION + 1).to_le_bytes());
        let checksum = crc32c::crc32c(&bytes[..68]);
        bytes[68..72].copy_from_slice(&checksum.to_le_bytes());
        if has_tail {
            let body = bytes.len() - 4;
            let checksum = crc32c::crc32c(&bytes[..body]);
            bytes[body..].copy_from_slice(&checksum.to_le_bytes());
        }
        let refused = read(&SimulatedDisk::of(&files), Start::NewestSnapshot);
        match refused {
            Err(JournalError::Newer { file, version, most }) => {
                assert!(file.starts_with(prefix) && version == VERSION + 1 && most == VERSION);
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_record_that_is_too_long_is_refused_and_nothing_is_taken() {
    let (disk, mut journal) = fresh(Durability::Always);
    append(&mut journal, 2);
    let before = disk.files();
    let long = vec![0; MOST_RECORD_BYTES + 1];
    let refused = journal.append_all([payload(3), long]);
    assert!(matches!(refused, Err(JournalError::TooLong { .. })), "{refused:?}");
    assert_eq!((disk.files(), journal.position()), (before, 2));
    journal.append(&vec![1; MOST_RECORD_BYTES]).expect("this long they may be");
    drop(journal);
    assert_eq!(read(&disk, Start::FirstEvent).expect("it is good").events[2].len(), MOST_RECORD_BYTES);
}

#[test]
fn a_file_that_is_gone_is_missed() {
    let (disk, mut journal) = fresh(Durability::Always);
    append(&mut journal, 100);
    drop(journal);
    let names: Vec<_> = disk.files().into_keys().filter(|name| name.starts_with("events-")).collect();
    assert!(names.len() > 3);
    let mut files = disk.files();
    files.remove(&names[1]);
    assert!(matches!(read(&SimulatedDisk::of(&files), Start::FirstEvent), Err(JournalError::Missing { .. })));
    let mut files = disk.files();
    files.remove(&names[0]);
    assert!(matches!(read(&SimulatedDisk::of(&files), Start::FirstEvent), Err(JournalError::NoStart { .. })));
}

#[test]
fn a_journal_is_read_while_it_is_written() {
    let (disk, mut journal) = fresh(Durability::Always);
    append(&mut journal, 10);
    assert_eq!(read(&disk, Start::FirstEvent).expect("it is good").last(), 10);
    append(&mut journal, 10);
    assert_eq!(read(&disk, Start::FirstEvent).expect("it is good").last(), 20);
}

#[test]
fn a_real_folder_is_locked_against_a_second_writer() {
    let path = std::env::temp_dir().join(format!("ta-journal-lock-{}", std::process::id()));
    let open = || {
        let folder = Folder::new(&path).expect("the folder can be made");
        Journal::open(folder, Options::new(OWNER), Start::NewestSnapshot)?.finish()
    };
    let mut journal = open().expect("nobody else has it");
    journal.append(b"event").expect("the disk takes it");
    assert!(matches!(open().map(|_| ()), Err(JournalError::Locked { .. })));
    drop(journal);
    assert_eq!(open().expect("nobody has it any more").position(), 1);
    std::fs::remove_dir_all(&path).expect("it is there");
    let gone = Folder::existing(&path).map(|_| ()).map_err(|error| error.kind());
    assert_eq!(gone, Err(ErrorKind::NotFound));
}
