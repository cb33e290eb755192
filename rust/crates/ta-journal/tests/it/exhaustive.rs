//! Every file of small journals cut at every length and with every bit turned.

use std::collections::BTreeMap;

use ta_journal::{Durability, JournalError, Start};

use crate::simulated::SimulatedDisk;
use crate::{Contents, append, fresh, payload, read, reopen, state_of};

type Files = BTreeMap<String, Vec<u8>>;

/// What was written, and how much of it was acknowledged.
struct Written {
    name: &'static str,
    files: Files,
    events: u64,
    acknowledged: u64,
}

fn journals() -> Vec<Written> {
    let mut journals = Vec::new();
    for (name, durability, is_closed) in [
        ("always", Durability::Always, false),
        ("always, closed", Durability::Always, true),
        ("batch", Durability::Batch { events: 16 }, false),
        ("os", Durability::Os, false),
    ] {
        for (events, snapshots) in [(9, &[][..]), (44, &[][..]), (45, &[12, 20, 31][..]), (40, &[40][..])] {
            let (disk, mut journal) = fresh(durability);
            for event in 1..=events {
                append(&mut journal, 1);
                if snapshots.contains(&event) {
                    journal.snapshot(&state_of(event)).expect("the disk takes it");
                }
            }
            let acknowledged = journal.acknowledged();
            if is_closed {
                journal.close().expect("the disk takes it");
            } else {
                drop(journal);
            }
            let acknowledged = if is_closed { events } else { acknowledged };
            journals.push(Written { name, files: disk.files(), events, acknowledged });
        }
    }
    journals
}

/// What may come of a damaged journal: a typed error, or a prefix of what was written that has all that was acknowledged.
fn check(outcome: &Result<Contents, JournalError>, written: &Written, context: &str) -> bool {
    match outcome {
        Ok(contents) => {
            contents.assert_is_a_prefix(written.events, &context);
            let (last, acknowledged) = (contents.last(), written.acknowledged);
            assert!(last >= acknowledged, "{context}: {last} of {acknowledged} acknowledged events");
            true
        }
        Err(
            JournalError::Corrupt { .. }
            | JournalError::Lost { .. }
            | JournalError::NoStart { .. }
            | JournalError::Missing { .. }
            | JournalError::OtherHistory { .. },
        ) => false,
        Err(other) => panic!("{context}: {other}"),
    }
}

#[test]
fn no_turned_bit_takes_an_acknowledged_event_or_passes_for_one() {
    let (mut points, mut refused, mut read_on) = (0_u64, 0_u64, 0_u64);
    for written in journals() {
        for name in written.files.keys() {
            let mut files = written.files.clone();
            for bit in 0..files[name].len() * 8 {
                files.get_mut(name).expect("it is there")[bit / 8] ^= 1 << (bit % 8);
                let outcome = read(&SimulatedDisk::of(&files), Start::NewestSnapshot);
                let context = format!("{}, {} events: bit {bit} of {name}", written.name, written.events);
                match check(&outcome, &written, &context) {
                    true => read_on += 1,
                    false => refused += 1,
                }
                files.get_mut(name).expect("it is there")[bit / 8] ^= 1 << (bit % 8);
                points += 1;
            }
        }
    }
    assert!(points >= 300_000, "{points} points");
    assert!(refused > points / 4 && read_on > points / 20, "{refused} refused, {read_on} read of {points}");
}

/// Events of which the first `length` bytes of a segment have all, counted by the layout alone.
fn whole_events(bytes: &[u8], length: usize, first: u64) -> u64 {
    let (mut at, mut next) = (72, first);
    while at + 40 <= length {
        let is_record = bytes[at + 20] == 1;
        at += 40 + if is_record { payload(next).len() } else { 0 };
        if at > length {
            break;
        }
        next += u64::from(is_record);
    }
    next - first
}

#[test]
fn cut_anywhere_the_longest_whole_prefix_is_left() {
    let (mut points, mut cut_points) = (0_u64, 0_u64);
    for written in journals() {
        let last_segment = written.files.keys().rfind(|name| name.starts_with("events-")).cloned();
        let last_segment = last_segment.expect("there is one");
        for name in written.files.keys() {
            let whole = &written.files[name];
            for length in 0..whole.len() {
                points += 1;
                let mut files = written.files.clone();
                files.get_mut(name).expect("it is there").truncate(length);
                let context = format!("{}, {} events: {name} cut to {length}", written.name, written.events);
                let disk = SimulatedDisk::of(&files);
                let outcome = read(&disk, Start::NewestSnapshot);
                if *name != last_segment {
                    check(&outcome, &written, &context);
                    continue;
                }
                let first: u64 = name[7..27].parse().expect("a number");
                let left = first - 1 + whole_events(whole, length, first);
                let mark = written.files.keys().filter_map(|name| name.strip_prefix("snapshot-"));
                let mark = mark.filter_map(|name| name[..20].parse().ok()).max().unwrap_or(0);
                match outcome {
                    Ok(contents) => {
                        contents.assert_is_a_prefix(written.events, &context);
                        assert_eq!(contents.last(), left, "{context}");
                        assert!(mark <= left, "{context}");
                        cut_points += 1;
                        // Written on: what is cut makes room.
                        let (mut journal, _) = reopen(&disk, Durability::Os).expect("it is good");
                        append(&mut journal, 2);
                        drop(journal);
                        let contents = read(&disk, Start::NewestSnapshot).expect("it is good");
                        contents.assert_is_a_prefix(left + 2, &context);
                        assert_eq!(contents.last(), left + 2, "{context}");
                    }
                    Err(JournalError::Lost { end, mark: said, .. }) => {
                        assert!(end == left && said == mark && mark > left, "{context}: {end} of {said}");
                    }
                    Err(other) => panic!("{context}: {other}"),
                }
            }
        }
    }
    assert!(points > 15_000 && cut_points > 5_000, "{points} points, {cut_points} cut");
}

#[test]
fn any_two_files_may_be_gone_and_nothing_is_made_up() {
    for written in journals() {
        let names: Vec<_> = written.files.keys().cloned().collect();
        for a in &names {
            for b in &names {
                let mut files = written.files.clone();
                files.remove(a);
                files.remove(b);
                let outcome = read(&SimulatedDisk::of(&files), Start::NewestSnapshot);
                if let Ok(contents) = outcome {
                    contents.assert_is_a_prefix(written.events, &(a, b));
                }
            }
        }
    }
}
