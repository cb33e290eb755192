//! `ta live` as a process: what it gives is what one that was never stopped gives.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const RULE: &str = "{fast: ema(close, 5), signal: close > sma(close, 10)}";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("ta-live-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("it can be made");
        Folder(path)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).expect("it can be written");
        path.to_str().expect("a path of text").to_owned()
    }

    fn state(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a path of text").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn ta(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ta")).args(arguments).stdin(Stdio::null()).output().expect("it runs")
}

fn succeed(arguments: &[&str]) -> String {
    let output = ta(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn price(bar: u64) -> f64 {
    // Anything that is no line.
    let x = bar.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    100.0 + (x % 1000) as f64 / 100.0
}

/// Bars of two symbols, a forming one before each close.
fn events(bars: u64) -> String {
    let mut text = String::new();
    for bar in 0..bars {
        for symbol in ["A", "B"] {
            let time = 1_704_067_200 + bar * 60;
            let (forming, close) = (price(bar * 3 + 1), price(bar * 7));
            for (close, closed) in [(forming, false), (close, true)] {
                let _ = writeln!(
                    text,
                    r#"{{"symbol":"{symbol}","timestamp":{time},"close":"{close}","closed":{closed}}}"#
                );
            }
        }
    }
    text
}

const FLAGS: [&str; 8] = ["--timeframe", "1m", "--closed", "flag", "--unit", "s", "--durability", "os"];

/// Rows by their ids; repeats have to be what they were.
fn gather(text: &str, rows: &mut BTreeMap<String, String>) {
    for line in text.split_inclusive('\n') {
        // The last line of a process that was killed may be torn.
        let Some(line) = line.strip_suffix('\n') else { continue };
        let row: Value = serde_json::from_str(line).expect(line);
        let id = row["id"].as_str().expect("a row has an id").to_owned();
        let known = rows.entry(id).or_insert_with(|| line.to_owned());
        assert_eq!(known, line);
    }
}

#[test]
fn finals_are_those_of_a_backtest_and_forming_bars_repaint_none() {
    let folder = Folder::new("finals");
    let source = folder.file("events.jsonl", &events(60));
    let state = folder.state("state");
    let mut arguments = vec!["live", RULE, "--state", &state, "--source", &source, "--once"];
    arguments.extend(FLAGS);
    let rows = succeed(&arguments);
    let mut csv = "timestamp,close\n".to_owned();
    for bar in 0..60 {
        let _ = writeln!(csv, "{},{}", 1_704_067_200 + bar * 60, price(bar * 7));
    }
    let file = folder.file("bars.csv", &csv);
    let expected = succeed(&["run", RULE, &file, "--format", "json", "-q", "--timeframe", "1m"]);
    let expected: Vec<Value> = expected.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    for symbol in ["A", "B"] {
        let rows = rows.lines().map(|line| serde_json::from_str::<Value>(line).expect(line));
        let finals: Vec<_> = rows.filter(|row| row["symbol"] == symbol && row["final"] == true).collect();
        assert_eq!(finals.len(), expected.len());
        for (row, expected) in finals.iter().zip(&expected) {
            for name in ["timestamp", "fast", "signal"] {
                assert_eq!(row[name], expected[name], "{row} {expected}");
            }
        }
    }
    // All is read again from the journal, to the byte.
    let replayed = succeed(&["replay", &state]);
    assert_eq!(replayed, rows);
    let tail = succeed(&["replay", &state, "--from", "101", "--to", "120"]);
    let expected: String = rows.split_inclusive('\n').skip(100).take(20).collect();
    assert_eq!(tail, expected);
}

#[test]
fn killed_at_random_it_gives_every_row_of_one_that_was_not() {
    let folder = Folder::new("killed");
    let source = folder.file("events.jsonl", &events(4_000));
    let whole = folder.state("whole");
    let arguments = |state| {
        let mut arguments = vec!["live", RULE, "--state", state, "--source", &source, "--once"];
        arguments.extend(FLAGS);
        arguments.extend(["--snapshot-every", "3000"]);
        arguments
    };
    let mut expected = BTreeMap::new();
    gather(&succeed(&arguments(&whole)), &mut expected);
    assert_eq!(expected.len(), 16_000);
    let state = folder.state("state");
    let (mut rows, mut kills, mut seed) = (BTreeMap::new(), 0, 1_u64);
    loop {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ta"))
            .args(arguments(&state))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let most = (seed >> 33) % 2_500;
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped"));
        let (mut text, mut seen) = (String::new(), 0);
        while lines.read_line(&mut text).expect("it can be read") > 0 {
            seen += 1;
            if seen == most {
                child.kill().expect("it runs");
            }
        }
        gather(&text, &mut rows);
        if child.wait().expect("it has ended").success() {
            break;
        }
        kills += 1;
    }
    assert!(kills >= 3, "{kills}");
    assert!(rows == expected, "{} rows of {}", rows.len(), expected.len());
    assert_eq!(succeed(&["replay", &state]), succeed(&["replay", &whole]));
}

#[test]
fn a_bad_line_is_recorded_and_does_not_stop_it_unless_it_is_to() {
    let folder = Folder::new("bad");
    let text = "{\"timestamp\":1704067200,\"close\":1}\nnonsense\n\n{\"timestamp\":1704067260,\"close\":2}\n{\"timestamp\":1704067140,\"close\":3}\n";
    let source = folder.file("events.jsonl", text);
    let (state, records, metrics) =
        (folder.state("state"), folder.state("records.jsonl"), folder.state("metrics"));
    let shared = ["--source", &source, "--once", "--unit", "s"];
    let mut arguments =
        vec!["live", "close", "--state", &state, "--records", &records, "--metrics", &metrics];
    arguments.extend(shared);
    let rows = succeed(&arguments);
    assert_eq!(rows.lines().count(), 2, "{rows}");
    let said = fs::read_to_string(&records).expect("it was written");
    let said: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0]["record"] == "unreadable"
            && said[0]["words"].as_str().is_some_and(|words| words.starts_with("byte 35")),
        "{}",
        said[0]
    );
    assert!(said[1]["record"] == "refused" && said[1]["timestamp"] == "2023-12-31T23:59:00Z", "{}", said[1]);
    let metrics = fs::read_to_string(&metrics).expect("it was written");
    for line in [
        "ta_events_received_total 3",
        "ta_events_applied_total 2",
        "ta_events_late_total 1",
        "ta_lines_unreadable_total 1",
        "ta_journal_events_total 4",
    ] {
        assert!(metrics.lines().any(|one| one == line), "{line}:\n{metrics}");
    }
    let strict = folder.state("strict");
    let mut arguments = vec!["live", "close", "--state", &strict, "--strict"];
    arguments.extend(shared);
    let output = ta(&arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("byte 35"));
}

#[test]
fn a_history_may_overlap_the_feed_and_leaves_no_hole() {
    let folder = Folder::new("history");
    let bars = |range: std::ops::Range<u64>| {
        range.map(|bar| (1_704_067_200 + bar * 60, price(bar))).collect::<Vec<_>>()
    };
    let csv: String = bars(0..30).iter().map(|(time, close)| format!("{time},{close}\n")).collect();
    let history = folder.file("bars.csv", &format!("timestamp,close\n{csv}"));
    let lines = |range| -> String {
        bars(range)
            .iter()
            .map(|(time, close)| format!("{{\"timestamp\":{time},\"close\":{close}}}\n"))
            .collect()
    };
    let run = |name: &str, text: &str| {
        let source = folder.file(&format!("{name}.jsonl"), text);
        let state = folder.state(name);
        ta(&[
            "live",
            "sma(close, 10)",
            "--state",
            &state,
            "--source",
            &source,
            "--once",
            "--history",
            &history,
            "--unit",
            "s",
            "--timeframe",
            "1m",
        ])
    };
    let overlapping = run("overlapping", &lines(20..40));
    assert!(overlapping.status.success(), "{}", String::from_utf8_lossy(&overlapping.stderr));
    let rows = String::from_utf8(overlapping.stdout).expect("text");
    assert_eq!(rows.lines().count(), 40, "{rows}");
    let adjacent = run("adjacent", &lines(30..40));
    assert_eq!(String::from_utf8(adjacent.stdout).expect("text"), rows);
    let hole = run("hole", &lines(33..40));
    assert_eq!(hole.status.code(), Some(1));
    let words = String::from_utf8_lossy(&hole.stderr).into_owned();
    assert!(words.contains("3 bars are missing; a longer history is needed"), "{words}");
}

#[test]
fn a_state_goes_on_with_what_it_was_begun_with_alone() {
    let folder = Folder::new("settings");
    let source = folder.file("events.jsonl", "{\"timestamp\":1704067200,\"close\":1}\n");
    let state = folder.state("state");
    let begin = |rule: &'static str, late: &'static str| {
        let arguments =
            ["live", rule, "--state", &state, "--source", &source, "--once", "--unit", "s", "--late", late];
        ta(&arguments)
    };
    assert!(begin("close", "error").status.success());
    for (rule, late, part) in [("close + 1", "error", "rule is"), ("close", "side_output", "late is")] {
        let refused = begin(rule, late);
        assert_eq!(refused.status.code(), Some(2));
        let words = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(words.contains(part) && words.contains("another --state"), "{words}");
    }
    assert_eq!(ta(&["replay", &folder.state("none")]).status.code(), Some(2));
}

#[test]
fn a_damaged_state_is_refused_and_salvaged() {
    let folder = Folder::new("damaged");
    let source = folder.file("events.jsonl", &events(50));
    let state = folder.state("state");
    let mut arguments = vec!["live", RULE, "--state", &state, "--source", &source, "--once"];
    arguments.extend(FLAGS);
    let rows = succeed(&arguments);
    let log = Path::new(&state).join("events-00000000000000000001.log");
    let mut bytes = fs::read(&log).expect("it is there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&log, bytes).expect("it can be written");
    let refused = ta(&["replay", &state]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is damaged at byte"));
    let words = succeed(&["salvage", &state]);
    assert!(words.contains("set aside: all files as they were, in damaged-1/"), "{words}");
    assert!(Path::new(&state).join("damaged-1/report.txt").exists());
    // It goes on: what the source has was all taken, and nothing is given twice.
    let again = succeed(&arguments);
    assert!(rows.ends_with(&again));
}

#[test]
fn stdin_is_taken_as_it_comes_and_sigterm_leaves_a_complete_journal() {
    let folder = Folder::new("stdin");
    let state = folder.state("state");
    let mut child = Command::new(env!("CARGO_BIN_EXE_ta"))
        .args(["live", "close * 2", "--state", &state, "--unit", "s"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut stdin = child.stdin.take().expect("it is piped");
    let mut lines = BufReader::new(child.stdout.take().expect("it is piped"));
    for (time, close) in [(1_704_067_200, 1.5), (1_704_067_260, 2.5)] {
        writeln!(stdin, "{{\"timestamp\":{time},\"close\":{close}}}").expect("it reads");
        let mut line = String::new();
        lines.read_line(&mut line).expect("a row comes for each event");
        let row: Value = serde_json::from_str(&line).expect(&line);
        assert_eq!(row["value"], close * 2.0);
    }
    let killed = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("it runs");
    assert!(killed.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    let logs = fs::read_dir(&state).expect("it is there").flatten();
    let names: Vec<_> = logs.map(|entry| entry.file_name().into_string().expect("text")).collect();
    assert!(names.iter().any(|name| name.starts_with("snapshot-00000000000000000002")), "{names:?}");
    assert_eq!(succeed(&["replay", &state]).lines().count(), 2);
}
