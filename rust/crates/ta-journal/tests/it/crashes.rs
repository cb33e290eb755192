//! Everything stops at every change of the disk: in writing, and in recovering from that.

use ta_journal::{Durability, JournalError, Start, salvage};

use crate::simulated::{SimulatedDisk, Stop};
use crate::{Contents, OWNER, append, payload, read, reopen, state_of};

const EVENTS: u64 = 50;

/// Writes events and snapshots until all is done or all stops; gives what was acknowledged.
fn work(disk: &SimulatedDisk, durability: Durability) -> Result<u64, u64> {
    let mut acknowledged = 0;
    let mut done = || {
        let (mut journal, contents) = reopen(disk, durability)?;
        acknowledged = contents.last();
        while journal.position() < EVENTS {
            let next = journal.position() + 1;
            // One by one, and some at once.
            if next.is_multiple_of(5) {
                journal.append_all((next..next + 3).map(payload))?;
            } else {
                journal.append(&payload(next))?;
            }
            acknowledged = journal.acknowledged();
            if next.is_multiple_of(9) {
                journal.snapshot(&state_of(journal.position()))?;
                acknowledged = journal.acknowledged();
            }
        }
        journal.close()
    };
    match done() {
        Ok(()) => Ok(EVENTS),
        Err(error) => {
            assert!(disk.is_off(), "{error}");
            Err(acknowledged)
        }
    }
}

/// What is left is a prefix with all that had to last; gives how much there is.
fn check(contents: &Contents, least: u64, context: &dyn std::fmt::Debug) -> u64 {
    contents.assert_is_a_prefix(EVENTS + 3, context);
    let last = contents.last();
    assert!(last >= least, "{context:?}: {last} events, and {least} were acknowledged");
    last
}

fn every_stop(stop: Stop, durability: Durability, holds: bool) -> u64 {
    let mut points = 0;
    for step in 0.. {
        let disk = SimulatedDisk::default();
        disk.stop_at(step, step * 31);
        let Err(acknowledged) = work(&disk, durability) else { break };
        let least = if holds { acknowledged } else { 0 };
        for seed in 0..8 {
            let context = (stop, durability, step, seed);
            let left = disk.after(stop, seed);
            // The recovery stops, and the recovery of that.
            for second in 0..12 {
                let left = left.after(Stop::Kill, 0);
                left.stop_at(second, seed);
                let recovered = reopen(&left, durability).map(|(_, contents)| contents);
                let left = match recovered {
                    Ok(contents) => {
                        check(&contents, least, &context);
                        left.after(stop, seed + 1)
                    }
                    Err(_) if left.is_off() => left.after(stop, seed + 1),
                    Err(error) => panic!("{context:?}: {error}"),
                };
                left.stop_at(second / 2, seed);
                let again = reopen(&left, durability).map(|_| ());
                assert!(again.is_ok() || left.is_off(), "{context:?}: {again:?}");
                let left = left.after(stop, seed + 2);
                let (mut journal, contents) = reopen(&left, durability).expect("it is good");
                let last = check(&contents, least, &context);
                append(&mut journal, EVENTS + 3 - last);
                drop(journal);
                check(&read(&left, Start::FirstEvent).expect("it is good"), EVENTS + 3, &context);
                points += 1;
            }
        }
    }
    points
}

#[test]
fn killed_at_any_step_twice_in_recovery_nothing_acknowledged_is_lost() {
    let mut points = 0;
    for durability in [Durability::Always, Durability::Batch { events: 4 }, Durability::Os] {
        points += every_stop(Stop::Kill, durability, true);
    }
    assert!(points > 5_000, "{points}");
}

#[test]
fn without_power_at_any_step_nothing_acknowledged_is_lost() {
    let mut points = 0;
    for durability in [Durability::Always, Durability::Batch { events: 4 }] {
        points += every_stop(Stop::Power, durability, true);
    }
    assert!(points > 5_000, "{points}");
    // What the system had not written is lost, and what is left is a prefix.
    every_stop(Stop::Power, Durability::Os, false);
}

#[test]
fn blocks_written_in_any_order_are_refused_or_read_and_salvaged_without_loss() {
    let (mut refused, mut good) = (0, 0);
    for step in 0.. {
        let disk = SimulatedDisk::default();
        disk.stop_at(step, step);
        let Err(acknowledged) = work(&disk, Durability::Batch { events: 16 }) else { break };
        for seed in 0..20 {
            let left = disk.after(Stop::Reordered, seed);
            let contents = match read(&left, Start::NewestSnapshot) {
                Ok(contents) => {
                    good += 1;
                    contents
                }
                Err(JournalError::Corrupt { .. }) => {
                    refused += 1;
                    salvage(&left, OWNER).expect("the disk is well");
                    read(&left, Start::NewestSnapshot).expect("it was salvaged")
                }
                Err(error) => panic!("{step} {seed}: {error}"),
            };
            check(&contents, acknowledged, &(step, seed));
        }
    }
    assert!(refused > 10 && good > 500, "{refused} {good}");
}
