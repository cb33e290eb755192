//! Snapshots of sessions over several streams: what is damaged, foreign or hostile is refused.

use ta_engine::incremental::contracts::{Policies, StepError};
use ta_engine::incremental::snapshot::SnapshotError;
use ta_engine::{Event, Instructions, Rule};

use crate::feed::rule;
use crate::joined::{joining, session};
use crate::joined_by_hand::{fed, hours};
use crate::market::Random;
use crate::replay::{HEADER, sealed, unsealed};

#[test]
fn a_damaged_or_foreign_snapshot_is_refused() {
    let rule = rule("ema(close, 3) > ohlcv.4h.close");
    let mut session = session(&rule, joining("1h"), Policies::default());
    fed(
        &mut session,
        &[("ohlcv", 1, &[1.0]), ("ohlcv", 2, &[2.0]), ("ohlcv.4h", 4, &[2.0]), ("ohlcv", 5, &[2.0])],
    );
    let bytes = session.snapshot();
    let restore = |bytes: &[u8]| rule.restore_joined(bytes, Instructions::Best).map(|mut s| s.snapshot());
    assert_eq!(restore(&bytes), Ok(bytes.clone()));
    for cut in 0..bytes.len() {
        assert!(restore(&bytes[..cut]).is_err(), "cut at {cut}");
    }
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(restore(&flipped).is_err(), "bit {bit}");
    }
    let other = Rule::compile("ema(close, 4) > ohlcv.4h.close").unwrap();
    assert!(matches!(other.restore_joined(&bytes, Instructions::Best), Err(SnapshotError::OtherPlan)));
    assert!(matches!(rule.restore(&bytes), Err(SnapshotError::Plan(_) | SnapshotError::OtherKind { .. })));
    let mut single = Rule::compile("close").unwrap().session(Default::default()).unwrap();
    assert!(matches!(restore(&single.snapshot()), Err(SnapshotError::OtherKind { .. })));
}

/// Bytes with a right checksum and a body that is not: nothing but an error, and never a panic.
#[test]
fn a_hostile_snapshot_is_an_error() {
    let rule = rule("sma(close, 3) > ETH.4h.close");
    let mut session = session(&rule, joining("1h"), Policies::default());
    fed(&mut session, &[("ohlcv", 1, &[1.0]), ("ohlcv", 2, &[2.0]), ("ETH.4h", 4, &[2.0])]);
    let bytes = session.snapshot();
    let body = bytes.len() - 4;
    let mut random = Random::new(11);
    let (mut refused, mut taken) = (0, 0);
    for _ in 0..20_000 {
        let mut hostile = bytes[..body].to_vec();
        for _ in 0..1 + random.below(4) {
            let at = 58 + random.below(body - 58);
            hostile[at] = random.next() as u8;
        }
        hostile.extend_from_slice(&crc32c::crc32c(&hostile).to_le_bytes());
        match rule.restore_joined(&hostile, Instructions::Best) {
            Ok(mut session) => {
                taken += 1;
                session.advance_all(hours(100), &mut |_| {});
                session.snapshot();
            }
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 1_000 && taken > 100, "{refused} refused, {taken} taken");
}

/// Bytes of a stream that reads one field before the bars that wait: last, passed, the field, how many wait.
const FEED_HEAD: usize = 9 + 9 + 8 + 4;

/// Where the first stream stands in a snapshot of a rule with one output.
fn feeds_at(body: &[u8]) -> usize {
    let text = u32::from_le_bytes(*body[HEADER..].first_chunk().unwrap()) as usize;
    HEADER + 4 + text + 9 + 8 + 40 + 9
}

fn put(body: &mut [u8], at: usize, bytes: &[u8]) {
    body[at..at + bytes.len()].copy_from_slice(bytes);
}

#[test]
fn bars_that_wait_in_another_order_than_that_of_time_are_refused() {
    let rule = rule("close + ETH.close");
    let mut session = session(&rule, joining("1h"), Policies::default());
    fed(&mut session, &[("ohlcv", 1, &[1.0]), ("ohlcv", 2, &[2.0]), ("ohlcv", 3, &[3.0])]);
    let body = unsealed(&session.snapshot());
    let closes = feeds_at(&body) + FEED_HEAD;
    let restored = |hours_at: [i64; 3]| {
        let mut other = body.clone();
        for (at, hour) in hours_at.into_iter().enumerate() {
            put(&mut other, closes + 16 * at, &hours(hour).to_le_bytes());
        }
        rule.restore_joined(&sealed(other), Instructions::Best).map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(restored([1, 2, 3]), Ok(()));
    assert_eq!(restored([0, 1, 3]), Ok(()));
    for wrong in [[2, 1, 3], [2, 2, 3], [1, 3, 3]] {
        let refused = restored(wrong).unwrap_err();
        assert_eq!(refused, "snapshot holds bars that wait in another order than that of time", "{wrong:?}");
    }
}

#[test]
fn no_more_bars_wait_than_a_session_lets_wait() {
    const MOST: u32 = 1 << 16;
    let rule = rule("close + ETH.close");
    let mut session = session(&rule, joining("1h"), Policies::default());
    for hour in 1..=i64::from(MOST) {
        session.push(0, &Event { time_ns: Some(hours(hour)), inputs: &[1.0] }, &mut |_| {}).unwrap();
    }
    let body = unsealed(&session.snapshot());
    let at = feeds_at(&body);
    assert_eq!(body[at + FEED_HEAD - 4..at + FEED_HEAD], MOST.to_le_bytes());
    let restore = |body| rule.restore_joined(&sealed(body), Instructions::Best);
    let mut full = restore(body.clone()).expect("as many as may wait");
    let next = Event { time_ns: Some(hours(i64::from(MOST) + 1)), inputs: &[1.0] };
    assert!(matches!(full.push(0, &next, &mut |_| {}), Err(StepError::Backlog { .. })));
    // One more, in order and told everywhere.
    let mut more = body.clone();
    put(&mut more, at + FEED_HEAD - 4, &(MOST + 1).to_le_bytes());
    let newest_ns = hours(i64::from(MOST) + 1);
    put(&mut more, at + 1, &newest_ns.to_le_bytes());
    put(&mut more, at + 10, &hours(i64::from(MOST) + 3).to_le_bytes());
    let bar = [newest_ns.to_le_bytes(), 1f64.to_le_bytes()].concat();
    let end = at + FEED_HEAD + 16 * MOST as usize;
    more.splice(end..end, bar);
    let refused = restore(more).map(|_| ()).unwrap_err();
    assert_eq!(refused.to_string(), "snapshot holds 65537 bars that wait");
}

#[test]
fn how_far_a_stream_has_come_is_held_against_its_bars() {
    let rule = rule("close + ETH.close");
    let mut session = session(&rule, joining("1h"), Policies::default());
    fed(
        &mut session,
        &[("ohlcv", 1, &[1.0]), ("ETH", 1, &[1.0]), ("ohlcv", 2, &[2.0]), ("ohlcv", 3, &[3.0])],
    );
    let body = unsealed(&session.snapshot());
    let own = feeds_at(&body);
    // Behind its bars: that none of them was told, and that the last was not.
    let eth = own + FEED_HEAD + 2 * 16 + 4 + 1;
    let time = own - 9 - 40 - 8 - 9;
    let optional = |hour: Option<i64>| {
        let mut bytes = vec![u8::from(hour.is_some())];
        bytes.extend_from_slice(&hour.map_or(0, hours).to_le_bytes());
        bytes
    };
    let restored = |changes: &[(usize, Option<i64>)]| {
        let mut other = body.clone();
        for (at, hour) in changes {
            put(&mut other, *at, &optional(*hour));
        }
        let restored = rule.restore_joined(&sealed(other), Instructions::Best);
        restored.map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(restored(&[(own, Some(3)), (eth, Some(1)), (time, Some(1))]), Ok(()));
    assert_eq!(restored(&[(own + 9, Some(9))]), Ok(()), "a stream may have been said to have come further");
    for (changes, said) in [
        (&[(own, Some(2))][..], "waits behind the last"),
        (&[(own, Some(4)), (own + 9, Some(9))], "waits behind the last"),
        (&[(own, None)], "bars of a stream that has had none"),
        (&[(eth, None)], "bars of a stream that has had none"),
        (&[(own + 9, None)], "of a stream that has passed nothing"),
        (&[(own + 9, Some(2))], "of a stream that has passed 1970-01-01T02:00:00Z"),
        // The next bar closes an hour later, and what comes before has passed.
        (&[(own + 9, Some(3))], "of a stream that has passed 1970-01-01T03:00:00Z"),
        (&[(eth + 9, Some(2))], "a bar that waits for none, closed at 1970-01-01T02:00:00Z"),
        (
            &[(time, Some(2))],
            "a row of 1970-01-01T02:00:00Z where all streams have passed 1970-01-01T01:59:59",
        ),
        (&[(time, None)], "no last row after 1 rows"),
    ] {
        let refused = restored(changes).expect_err(said);
        assert!(refused.contains(said), "{refused}");
    }
    let mut rows = body.clone();
    put(&mut rows, time + 9, &u64::MAX.to_le_bytes());
    let refused = rule.restore_joined(&sealed(rows), Instructions::Best).map(|_| ()).unwrap_err();
    assert_eq!(refused.to_string(), format!("snapshot holds {} rows", u64::MAX));
}

#[test]
fn what_was_told_of_bars_is_held_against_them() {
    let rule = rule("close + ETH.close");
    let mut session = session(&rule, joining("1h"), Policies::default());
    for hour in [1, 2] {
        let event = Event { time_ns: Some(hours(hour)), inputs: &[1.0] };
        session.push_told(0, hours(hour) - 7, &event, &mut |_| {}).unwrap();
    }
    let bytes = session.snapshot();
    let body = unsealed(&bytes);
    let told = feeds_at(&body) + FEED_HEAD + 2 * 16;
    let restored = |at: usize, with: &[u8]| {
        let mut other = body.clone();
        put(&mut other, at, with);
        let restored = rule.restore_joined(&sealed(other), Instructions::Best);
        restored.map(|mut session| session.snapshot()).map_err(|error| error.to_string())
    };
    assert_eq!(restored(told, &2u32.to_le_bytes()), Ok(bytes.clone()));
    for (at, with, said) in [
        (told, &3u32.to_le_bytes()[..], "3 stamps of 2 bars that wait"),
        (told + 4, &hours(3).to_le_bytes(), "a stamp of a bar that does not wait"),
        (told + 20, &hours(1).to_le_bytes(), "a stamp of a bar that does not wait"),
        // After a bar that was not told its stream has passed more.
        (told + 36, &[0], "of a stream that has passed 1970-01-01T02:00:00Z"),
        (told + 36, &[2], "a flag of a told close"),
    ] {
        let refused = restored(at, with).expect_err(said);
        assert!(refused.contains(said), "{refused}");
    }
    // The rows have the stamps that were told, also after a restart.
    let mut session = rule.restore_joined(&bytes, Instructions::Best).unwrap();
    let mut stamps = Vec::new();
    session.advance_all(hours(2), &mut |out| stamps.push(out.stamp_ns));
    assert_eq!(stamps, [Some(hours(1) - 7), Some(hours(2) - 7)]);
}
