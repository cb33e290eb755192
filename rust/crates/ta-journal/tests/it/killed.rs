//! A real process, really killed, on a real disk.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use ta_journal::{Durability, Folder, Journal, Options, Start};

use crate::{Numbers, OWNER, chain_of, payload};

/// Events of a run: fewer where each waits for the disk.
fn events_of(durability: &str) -> u64 {
    if durability == "always" { 400 } else { 3_000 }
}

const FOLDER: &str = "TA_JOURNAL_KILLED";

/// The state: what all events led to, so that one that is left out changes all rows behind it.
#[derive(Clone, Copy, PartialEq, Debug)]
struct State(u64);

impl State {
    fn take(&mut self, sequence: u64, payload: &[u8]) -> String {
        for byte in payload {
            self.0 = self.0.rotate_left(7).wrapping_mul(31) ^ u64::from(*byte);
        }
        self.0 ^= sequence;
        format!("{sequence} {:x}", self.0)
    }
}

/// The process that is killed: takes events until there are all, and gives a row for each once it is acknowledged.
#[test]
fn child() {
    let Ok(path) = env::var(FOLDER) else { return };
    let name = env::var("TA_JOURNAL_DURABILITY").expect("it is set with the folder");
    let durability = match name.as_str() {
        "always" => Durability::Always,
        "batch" => Durability::Batch { events: 200 },
        _ => Durability::Os,
    };
    let (events, snapshots) = (events_of(&name), events_of(&name) / 5);
    let options = Options { durability, segment_bytes: 20_000, ..Options::new(OWNER) };
    let mut out = std::io::stdout();
    // Its own line: the harness of tests writes before it.
    out.write_all(b"\nrecovering\n").expect("somebody reads");
    let mut recovery =
        Journal::open(Folder::new(path).expect("the folder is there"), options, Start::NewestSnapshot)
            .expect("it is good");
    let mut state = State(0);
    if let Some(snapshot) = recovery.snapshot() {
        state = State(u64::from_le_bytes(snapshot.state[..8].try_into().expect("eight bytes")));
    }
    while let Some(record) = recovery.next_record().expect("it is good") {
        let row = format!("{}\n", state.take(record.sequence, record.payload));
        out.write_all(row.as_bytes()).expect("somebody reads");
    }
    let mut journal = recovery.finish().expect("it is good");
    out.write_all(b"recovered\n").expect("somebody reads");
    // Rows of events that were not acknowledged yet.
    let mut rows = String::new();
    while journal.position() < events {
        let next = journal.position() + 1;
        let event = payload(next);
        journal.append(&event).expect("the disk takes it");
        rows.push_str(&state.take(next, &event));
        rows.push('\n');
        if next == events {
            journal.sync().expect("the disk takes it");
        }
        if journal.acknowledged() == next {
            out.write_all(rows.as_bytes()).expect("somebody reads");
            rows.clear();
        }
        if next.is_multiple_of(snapshots) {
            journal.sync().expect("the disk takes it");
            out.write_all(rows.as_bytes()).expect("somebody reads");
            rows.clear();
            journal.snapshot(&state.0.to_le_bytes()).expect("the disk takes it");
        }
    }
    let chain: String = journal.chain().iter().map(|byte| format!("{byte:02x}")).collect();
    journal.close().expect("the disk takes it");
    out.write_all(format!("chain {chain}\ndone\n").as_bytes()).expect("somebody reads");
}

/// Runs the child until it has given so many lines, in recovery or behind it; true where it was killed.
fn run(
    folder: &str,
    durability: &str,
    kill: Option<(bool, u64)>,
    rows: &mut BTreeMap<u64, String>,
) -> (Option<String>, bool, bool) {
    let mut child = Command::new(env::current_exe().expect("it runs"))
        .args(["--exact", "killed::child", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env("TA_JOURNAL_DURABILITY", durability)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the child runs");
    let mut lines = BufReader::new(child.stdout.take().expect("it is piped"));
    let (mut line, mut chain, mut seen) = (String::new(), None, 0);
    let (mut is_killed, mut in_recovery, mut is_recovering) = (false, false, true);
    while lines.read_line(&mut line).expect("it can be read") > 0 {
        let text = line.strip_suffix('\n').unwrap_or("torn").to_owned();
        line.clear();
        match text.split_once(' ') {
            Some(("chain", value)) => chain = Some(value.to_owned()),
            Some((sequence, value)) => {
                if let Ok(sequence) = sequence.parse::<u64>() {
                    // Repeats are dropped, and have to be what they were.
                    let known = rows.entry(sequence).or_insert_with(|| value.to_owned());
                    assert_eq!(known, value, "row {sequence}");
                }
            }
            None if text == "recovering" => is_recovering = true,
            None if text == "recovered" => is_recovering = false,
            None => {}
        }
        if let Some((wants_recovery, count)) = kill
            && !is_killed
            && is_recovering == wants_recovery
        {
            seen += 1;
            if seen > count {
                child.kill().expect("it runs");
                is_killed = true;
                in_recovery = is_recovering;
            }
        }
    }
    let status = child.wait().expect("it has ended");
    assert!(status.success() || is_killed, "the child failed");
    (chain, is_killed, in_recovery)
}

#[test]
fn a_killed_process_loses_no_row_and_makes_none_up() {
    let expected = |events| -> (BTreeMap<u64, String>, String) {
        let mut state = State(0);
        let rows = (1..=events).map(|sequence| {
            let row = state.take(sequence, &payload(sequence));
            (sequence, row.split_once(' ').expect("it has two parts").1.to_owned())
        });
        (rows.collect(), chain_of(events).iter().map(|byte| format!("{byte:02x}")).collect())
    };
    let mut numbers = Numbers(3);
    let (mut kills, mut in_recovery, mut round) = (0, 0, 0_u64);
    while kills < 200 || in_recovery < 50 {
        let durability = ["os", "batch", "always"][round as usize % 3];
        let path = env::temp_dir().join(format!("ta-journal-killed-{}-{round}", std::process::id()));
        let folder = path.to_str().expect("a path of text");
        let (expected, chain) = expected(events_of(durability));
        let most = events_of(durability) / 6;
        let mut rows = BTreeMap::new();
        loop {
            // Some way into recovery, or into what comes behind it.
            let wants_recovery = numbers.below(3) == 0;
            let count = numbers.below(if wants_recovery { most / 2 } else { most });
            let (done, was_killed, was_recovering) =
                run(folder, durability, Some((wants_recovery, count)), &mut rows);
            kills += u64::from(was_killed);
            in_recovery += u64::from(was_recovering);
            if let Some(done) = done {
                assert_eq!(done, chain);
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(rows, expected, "round {round}, {durability}");
        std::fs::remove_dir_all(&path).expect("it is there");
        round += 1;
    }
}
