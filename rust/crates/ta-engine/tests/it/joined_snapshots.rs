//! Snapshots of sessions over several streams: what is damaged, foreign or hostile is refused.

use ta_engine::incremental::contracts::Policies;
use ta_engine::incremental::snapshot::SnapshotError;
use ta_engine::{Instructions, Rule};

use crate::feed::rule;
use crate::joined::{joining, session};
use crate::joined_by_hand::{fed, hours};
use crate::market::Random;

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
