//! Snapshots of sessions and universes whose frame and checksum are right and whose parts contradict each other.

use ta_engine::incremental::snapshot::SnapshotError;
use ta_engine::{Event, Options};

use crate::feed::rule;
use crate::replay::{HEADER, SESSION_HEAD, UNIVERSE_HEAD, names_length, sealed, unsealed};

/// A snapshot's header and body, and the names behind them.
fn parted(snapshot: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut body = unsealed(snapshot);
    let names = body.split_off(body.len() - names_length(&body));
    (body, names)
}

/// What is wrong with a snapshot whose parts contradict each other.
fn invalid<T>(restored: Result<T, SnapshotError>) -> String {
    match restored.map(|_| ()) {
        Err(SnapshotError::Invalid { what }) => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_time_before_the_first_bar_is_refused() {
    let rule = rule("sma(close, 3)");
    let session = unsealed(&rule.session(Options::default()).unwrap().snapshot());
    let universe = unsealed(&rule.universe(2, Options::default()).unwrap().snapshot());
    let (any, timed, time) = (HEADER + 8, HEADER + 9, HEADER + 10);
    let refused = |places: &[usize]| {
        let wrong = |body: &[u8]| {
            let mut body = body.to_vec();
            places.iter().for_each(|at| body[*at] = 1);
            sealed(body)
        };
        let one = invalid(rule.restore(&wrong(&session)));
        assert_eq!(invalid(rule.restore_universe(&wrong(&universe))), one, "{places:?}");
        one
    };
    assert_eq!(refused(&[timed]), "a time before the first bar");
    assert_eq!(refused(&[timed, time]), "a time before the first bar");
    assert_eq!(refused(&[time]), "a value that is said to be absent");
    assert_eq!(refused(&[any]), "a last bar after 0 bars");
    assert_eq!(refused(&[any, timed, time]), "a last bar after 0 bars");
}

#[test]
fn bars_without_a_last_one_are_refused() {
    let rule = rule("sma(close, 3)");
    let mut session = rule.session(Options::default()).unwrap();
    session.step(&Event { time_ns: None, inputs: &[1.0] }).unwrap();
    let mut body = unsealed(&session.snapshot());
    assert_eq!(body[HEADER + 8], 1);
    body[HEADER + 8] = 0;
    assert_eq!(invalid(rule.restore(&sealed(body))), "no last bar after 1 bars");
}

/// Where the length of the first node's state stands, behind its hash.
fn length_at(head: usize, numbers: usize) -> usize {
    HEADER + head + numbers + 16
}

fn length_of(body: &[u8], at: usize) -> usize {
    u32::from_le_bytes(*body[at..].first_chunk().unwrap()) as usize
}

fn set_length(body: &mut [u8], at: usize, length: usize) {
    body[at..at + 4].copy_from_slice(&(length as u32).to_le_bytes());
}

#[test]
fn bytes_that_a_nodes_state_does_not_take_are_refused() {
    let rule = rule("sma(close, 3)");
    let (body, names) = parted(&rule.session(Options::default()).unwrap().snapshot());
    let sealed = |body: Vec<u8>| sealed([body, names.clone()].concat());
    let at = length_at(SESSION_HEAD, 8 + 9);
    let length = length_of(&body, at);
    assert_eq!(at + 4 + length, body.len(), "the only node ends the body");
    for extra in [1, 8] {
        let mut longer = body.clone();
        longer.resize(body.len() + extra, 0);
        set_length(&mut longer, at, length + extra);
        let refused = invalid(rule.restore(&sealed(longer)));
        assert_eq!(refused, format!("{extra} bytes after the state of sma(close, 3)"));
        // The length alone, with nothing behind it.
        let mut short = body.clone();
        set_length(&mut short, at, length + extra);
        let refused = invalid(rule.restore(&sealed(short)));
        assert_eq!(
            refused,
            format!("{length} bytes where the state of sma(close, 3) has {}", length + extra)
        );
    }
}

#[test]
fn the_states_of_a_universe_are_held_against_its_length() {
    let rule = rule("sma(close, 3) + max(close, 4)");
    let mut universe = rule.universe(2, Options::default()).unwrap();
    let (body, names) = parted(&universe.snapshot());
    let sealed = |body: Vec<u8>| sealed([body, names.clone()].concat());
    let at = length_at(UNIVERSE_HEAD, 2 * 8);
    let length = length_of(&body, at);
    // The first node takes a byte of the second symbol's state.
    let mut greedy = body.clone();
    set_length(&mut greedy, at, length + 1);
    assert_eq!(invalid(rule.restore_universe(&sealed(greedy))), "1 bytes after the state of sma(close, 3)");
    let mut long = body.clone();
    set_length(&mut long, at, u32::MAX as usize);
    let refused = invalid(rule.restore_universe(&sealed(long)));
    assert!(
        refused.ends_with(&format!("bytes where the state of sma(close, 3) has {}", u32::MAX)),
        "{refused}"
    );
    // One symbol more than there are bytes for is known from the whole length, before any state is looked at.
    let symbols_at = HEADER + UNIVERSE_HEAD - 9;
    let rest = body.len() - symbols_at - 9;
    for symbols in [1u64, 3, 1 << 40] {
        let mut wrong = body.clone();
        wrong[symbols_at..symbols_at + 8].copy_from_slice(&symbols.to_le_bytes());
        let refused = invalid(rule.restore_universe(&sealed(wrong)));
        assert_eq!(refused, format!("{symbols} symbols in {rest} bytes"));
    }
    let mut cut = body.clone();
    cut.pop();
    assert_eq!(invalid(rule.restore_universe(&sealed(cut))), format!("2 symbols in {} bytes", rest - 1));
}

#[test]
fn a_symbol_that_keeps_nothing_has_a_byte_of_zero() {
    let rule = rule("1 + 2");
    let (body, names) = parted(&rule.universe(9, Options::default()).unwrap().snapshot());
    let sealed = |body: Vec<u8>| sealed([body, names.clone()].concat());
    assert!(body[body.len() - 9..].iter().all(|byte| *byte == 0));
    for symbol in 1..=9 {
        let mut wrong = body.clone();
        let at = body.len() - symbol;
        wrong[at] = 1;
        assert_eq!(invalid(rule.restore_universe(&sealed(wrong))), "1 as a symbol that keeps nothing");
    }
}
