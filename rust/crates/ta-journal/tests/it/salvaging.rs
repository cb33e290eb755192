//! What salvage keeps, and that it sets everything aside before it changes anything.

use std::collections::BTreeMap;

use ta_journal::{Durability, JournalError, Start, salvage};

use crate::simulated::{SimulatedDisk, Stop};
use crate::{OWNER, append, fresh, payload, read, reopen, state_of};

type Files = BTreeMap<String, Vec<u8>>;

fn written(snapshots: &[u64]) -> Files {
    let (disk, mut journal) = fresh(Durability::Always);
    for event in 1..=80 {
        append(&mut journal, 1);
        if snapshots.contains(&event) {
            journal.snapshot(&state_of(event)).expect("the disk takes it");
        }
    }
    drop(journal);
    disk.files()
}

/// The segment and the place in it where an event's payload begins.
fn place_of(files: &Files, event: u64) -> (String, usize) {
    let (name, bytes) = files
        .iter()
        .filter(|(name, _)| name.starts_with("events-"))
        .rfind(|(name, _)| name[7..27].parse::<u64>().expect("a number") <= event)
        .expect("there is one");
    let (mut at, mut next) = (72, name[7..27].parse().expect("a number"));
    loop {
        let is_record = bytes[at + 20] == 1;
        if is_record && next == event {
            return (name.clone(), at + 40);
        }
        at += 40 + if is_record { payload(next).len() } else { 0 };
        next += u64::from(is_record);
    }
}

fn damaged(files: &Files, event: u64) -> Files {
    let mut files = files.clone();
    let (name, at) = place_of(&files, event);
    // The payload may be empty: what stands before it is the chain.
    files.get_mut(&name).expect("it is there")[at - 1] ^= 1;
    files
}

/// All that was there lies aside as it was.
fn assert_is_aside(disk: &SimulatedDisk, folder: &str, before: &Files) {
    let now = disk.files();
    for (name, bytes) in before {
        assert_eq!(now.get(&format!("{folder}/{name}")), Some(bytes), "{name}");
    }
}

#[test]
fn without_a_snapshot_the_prefix_is_kept_and_the_rest_told() {
    let files = damaged(&written(&[]), 33);
    let disk = SimulatedDisk::of(&files);
    assert!(matches!(read(&disk, Start::FirstEvent), Err(JournalError::Corrupt { .. })));
    let salvaged = salvage(&disk, OWNER).expect("the disk is well");
    assert_eq!((salvaged.first, salvaged.last, salvaged.lost), (1, 32, Some((33, 80))));
    assert_eq!(salvaged.from_snapshot, None);
    let words = salvaged.to_string();
    for part in ["is damaged at byte", "damaged-1/", "kept: events 1 to 32", "lost: events 33 to 80"] {
        assert!(words.contains(part), "{words}");
    }
    assert_is_aside(&disk, "damaged-1", &files);
    let (mut journal, contents) = reopen(&disk, Durability::Always).expect("it was salvaged");
    contents.assert_is_a_prefix(32, &"salvaged");
    append(&mut journal, 10);
    drop(journal);
    read(&disk, Start::FirstEvent).expect("it is good").assert_is_a_prefix(42, &"salvaged");
}

#[test]
fn a_snapshot_behind_the_damage_keeps_the_state_and_what_follows() {
    for event in [1, 20, 49, 50] {
        let files = damaged(&written(&[30, 50]), event);
        let disk = SimulatedDisk::of(&files);
        let salvaged = salvage(&disk, OWNER).expect("the disk is well");
        if salvaged.damage.is_none() {
            // Behind the segment with the snapshot's next event nothing is read: recovery does not need it either.
            assert!(event < 49, "{salvaged:?}");
            continue;
        }
        assert_eq!((salvaged.from_snapshot, salvaged.last, salvaged.lost), (Some(50), 80, None), "{event}");
        assert_is_aside(&disk, "damaged-1", &files);
        let contents = read(&disk, Start::NewestSnapshot).expect("it was salvaged");
        assert_eq!((contents.from, contents.last()), (50, 80));
        contents.assert_is_a_prefix(80, &event);
    }
}

#[test]
fn damage_behind_the_snapshot_leaves_the_whole_prefix() {
    let files = damaged(&written(&[30, 50]), 70);
    let disk = SimulatedDisk::of(&files);
    let salvaged = salvage(&disk, OWNER).expect("the disk is well");
    assert_eq!((salvaged.from_snapshot, salvaged.first, salvaged.last), (None, 1, 69));
    assert_eq!(salvaged.lost, Some((70, 80)));
    assert_eq!(read(&disk, Start::FirstEvent).expect("it was salvaged").last(), 69);
    assert_eq!(read(&disk, Start::NewestSnapshot).expect("it was salvaged").from, 50);
}

#[test]
fn a_good_journal_is_kept_as_it_is() {
    let files = written(&[30, 50]);
    let disk = SimulatedDisk::of(&files);
    let salvaged = salvage(&disk, OWNER).expect("the disk is well");
    assert_eq!((salvaged.damage.clone(), salvaged.lost, salvaged.last), (None, None, 80));
    let mut now = disk.files();
    now.retain(|name, _| !name.contains('/'));
    assert_eq!(now, files);
}

#[test]
fn everything_damaged_in_any_way_can_be_salvaged_and_opened() {
    let whole = written(&[30, 50]);
    let mut numbers = crate::Numbers(5);
    for seed in 0..400 {
        let mut files = whole.clone();
        for _ in 0..1 + numbers.below(4) {
            let names: Vec<_> = files.keys().cloned().collect();
            let name = &names[numbers.below(names.len() as u64) as usize];
            let bytes = files.get_mut(name).expect("it is there");
            match numbers.below(4) {
                0 => bytes.truncate(numbers.below(bytes.len() as u64 + 1) as usize),
                1 => drop(files.remove(name)),
                _ if bytes.is_empty() => {}
                _ => {
                    let at = numbers.below(bytes.len() as u64) as usize;
                    bytes[at] ^= 1 << numbers.below(8);
                }
            }
            if files.is_empty() {
                break;
            }
        }
        let disk = SimulatedDisk::of(&files);
        let salvaged = salvage(&disk, OWNER).expect("the disk is well");
        assert_is_aside(&disk, &salvaged.aside, &files);
        let (mut journal, contents) =
            reopen(&disk, Durability::Always).unwrap_or_else(|error| panic!("{seed}: {error}\n{salvaged}"));
        contents.assert_is_a_prefix(80, &(seed, &salvaged));
        assert_eq!(contents.last(), salvaged.last, "{seed}: {salvaged}");
        append(&mut journal, 3);
        drop(journal);
        assert_eq!(read(&disk, Start::NewestSnapshot).expect("it is good").last(), salvaged.last + 3);
    }
}

#[test]
fn killed_at_any_step_a_salvage_can_be_called_again() {
    for event in [33, 50] {
        let files = damaged(&written(&[30, 50]), event);
        let whole = SimulatedDisk::of(&files);
        let kept = salvage(&whole, OWNER).expect("the disk is well").last;
        for step in 0.. {
            let disk = SimulatedDisk::of(&files);
            disk.stop_at(step, step);
            if salvage(&disk, OWNER).is_ok() {
                assert!(step > 20);
                break;
            }
            for stop in [Stop::Kill, Stop::Power] {
                let left = disk.after(stop, step);
                let now = left.files();
                let is_changed = files.iter().any(|(name, bytes)| now.get(name) != Some(bytes));
                let is_aside = |folder: &str| {
                    files.iter().all(|(name, bytes)| now.get(&format!("{folder}/{name}")) == Some(bytes))
                };
                assert!(!is_changed || is_aside("damaged-1"), "{event} {step}: changed before it was aside");
                let again = salvage(&left, OWNER).expect("the disk is well");
                assert_eq!(again.last, kept, "{event} {step} {stop:?}: {again}");
                assert_eq!(read(&left, Start::NewestSnapshot).expect("it was salvaged").last(), kept);
            }
        }
    }
}

#[test]
fn blocks_that_cannot_be_read_are_gone_around() {
    let files = written(&[50]);
    let disk = SimulatedDisk::of(&files);
    let (name, at) = place_of(&files, 20);
    disk.cannot_read(&name, at as u64);
    assert!(matches!(read(&disk, Start::FirstEvent), Err(JournalError::Io { .. })));
    let salvaged = salvage(&disk, OWNER).expect("the rest of the disk is well");
    // The snapshot reaches as far as the journal did, and recovery does not look at the block before it.
    assert_eq!((salvaged.last, salvaged.lost), (80, None), "{salvaged}");
}
