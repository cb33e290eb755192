//! Snapshots that are damaged, of something else, or say what cannot be.

use ta_engine::incremental::contracts::*;
use ta_engine::incremental::snapshot::SnapshotError;
use ta_engine::{Event, Options, Rule, Session};

use crate::feed::rule;
use crate::market::Market;
use crate::replay::*;

/// Every length and every bit of a snapshot, and what each must be refused with.
fn refuses_all_damage(bytes: &[u8], restore: impl Fn(&[u8]) -> Result<(), SnapshotError>) -> usize {
    assert_eq!(restore(bytes), Ok(()));
    let mut tried = 0;
    for end in 0..bytes.len() {
        let error = restore(&bytes[..end]).expect_err("cut off");
        assert!(
            matches!(error, SnapshotError::Truncated { have, .. } if have == end as u64),
            "{end}: {error:?}"
        );
        tried += 1;
    }
    let mut flipped = bytes.to_vec();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            flipped[at] ^= 1 << bit;
            let error = restore(&flipped).expect_err("a bit flipped");
            let fits = match at {
                0..4 => error == SnapshotError::NotASnapshot,
                4..6 if (at, bit) == (4, 0) => error == SnapshotError::Unreleased,
                4..6 => error == SnapshotError::Newer { version: 1 ^ (1 << (bit + 8 * (at - 4))) },
                9..17 => matches!(error, SnapshotError::Truncated { .. } | SnapshotError::Trailing { .. }),
                _ => error == SnapshotError::Damaged,
            };
            assert!(fits, "byte {at}, bit {bit}: {error:?}");
            flipped[at] ^= 1 << bit;
            tried += 1;
        }
    }
    tried
}

#[test]
fn a_snapshot_cut_anywhere_or_with_any_bit_flipped_is_refused() {
    let mut tried = 0;
    for rule in [rule("ema(close, 3) > sma(open, 2)"), rule("wma(close, 9) > max(high, 12)"), everything()] {
        let market = Market::new(13, 40).with_missing(13, 0.1);
        let mut session = rule.session(Options::default()).unwrap();
        run(&mut session, &market.columns(rule.plan()), 0, 40);
        tried += refuses_all_damage(&session.snapshot(), |bytes| rule.restore(bytes).map(|_| ()));
    }
    let rule = rule("ema(close, 3) > sma(open, 2)");
    let mut universe = rule.universe(9, Options::default()).unwrap();
    run_universe(&mut universe, &matrices(&rule, &markets(13, 9, 40, 0.1)), 0, 40);
    tried += refuses_all_damage(&universe.snapshot(), |bytes| rule.restore_universe(bytes).map(|_| ()));
    assert!(tried > 25_000, "{tried} damaged snapshots");
}

#[test]
fn what_does_not_belong_has_an_error_of_its_own() {
    let rule = rule("sma(close, 3)");
    let mut session = rule.session(Options::default()).unwrap();
    run(&mut session, &[&[1.0, 2.0, 3.0, 4.0]], 0, 4);
    let bytes = session.snapshot();
    let refused = |bytes: &[u8]| rule.restore(bytes).map(|_| ()).unwrap_err();
    for other in ["sma(close, 4)", "ema(close, 3)", "sma(open, 3)", "sma(close, 3) + 0"] {
        let error = self::rule(other).restore(&bytes).map(|_| ()).unwrap_err();
        assert_eq!(error, SnapshotError::OtherPlan, "{other}");
    }
    let renamed = Rule::compile_all(&[("other", "sma(close, 3)")]).unwrap();
    assert_eq!(renamed.restore(&bytes).map(|_| ()), Err(SnapshotError::OtherPlan));
    assert!(
        self::rule("mean(close, lookback=2 + 1)").restore(&bytes).is_ok(),
        "the same rule in other words"
    );
    let mut universe = rule.universe(3, Options::default()).unwrap();
    let error = refused(&universe.snapshot());
    assert_eq!(error, SnapshotError::OtherKind { found: "universe", needed: "session" });
    let error = rule.restore_universe(&bytes).map(|_| ()).unwrap_err();
    assert_eq!(error.to_string(), "snapshot is of a session, not of a universe");
    for version in [2u16, 256, u16::MAX] {
        let mut newer = unsealed(&bytes);
        newer[4..6].copy_from_slice(&version.to_le_bytes());
        assert_eq!(refused(&sealed(newer)), SnapshotError::Newer { version });
    }
    for extra in [1, 4, 4_096] {
        let mut longer = bytes.clone();
        longer.resize(bytes.len() + extra, 0);
        assert_eq!(refused(&longer), SnapshotError::Trailing { extra: extra as u64 });
        // Where the frame says that they belong to it.
        let mut longer = unsealed(&bytes);
        longer.resize(longer.len() + extra, 0);
        assert!(matches!(refused(&sealed(longer)), SnapshotError::Invalid { .. }));
    }
    assert_eq!(refused(b"PK\x03\x04 and so on"), SnapshotError::NotASnapshot);
    assert!(matches!(refused(b""), SnapshotError::Truncated { have: 0, .. }));
    let mut third_kind = unsealed(&bytes);
    third_kind[6] = 3;
    assert!(matches!(refused(&sealed(third_kind)), SnapshotError::OtherKind { .. }));
    for at in [7, 8] {
        let mut policy = unsealed(&bytes);
        policy[at] = 9;
        assert!(matches!(refused(&sealed(policy)), SnapshotError::Invalid { .. }));
    }
}

#[test]
fn a_snapshot_knows_its_timeframe() {
    const HOUR_NS: u64 = 3_600_000_000_000;
    let rule = rule("close.change_2h");
    let options = Options { timeframe_ns: Some(HOUR_NS), ..Options::default() };
    let mut session = rule.session(options).unwrap();
    let times: Vec<i64> = (1..=5).map(|bar| bar * HOUR_NS as i64).collect();
    let run_at = |session: &mut Session, closes: &[f64], times: &[i64]| {
        let mut out = vec![0.0; closes.len()];
        session.run(Some(times), &[closes], &mut [&mut out]).expect("bars in order");
        out
    };
    run_at(&mut session, &[1.0, 2.0, 4.0], &times[..3]);
    let bytes = session.snapshot();
    assert_eq!(run_at(&mut rule.restore(&bytes).unwrap(), &[7.0, 8.0], &times[3..]), [5.0, 4.0]);
    assert_eq!(self::rule("close").restore(&bytes).map(|_| ()), Err(SnapshotError::OtherPlan));
    let mut without = self::rule("close").session(Options::default()).unwrap();
    assert_eq!(rule.restore(&without.snapshot()).map(|_| ()), Err(SnapshotError::OtherPlan));
    let mut with = unsealed(&without.snapshot());
    with[49..58].copy_from_slice(&[1, 0, 0, 0, 1, 0, 0, 0, 0]);
    // Bars may be held to a timeframe by a rule without durations, too, and stay held to it.
    let mut held = self::rule("close").restore(&sealed(with.clone())).expect("a timeframe of 2^24 ns");
    assert_eq!(held.snapshot(), sealed(with));
    let mut at = |time_ns| held.step(&Event { time_ns: Some(time_ns), inputs: &[1.0] }).map(|_| ());
    assert_eq!(at(0), Ok(()));
    assert!(matches!(at((1 << 24) - 1), Err(StepError::Overlap { spacing_ns, .. }) if spacing_ns == 1 << 24));
    assert_eq!(at(1 << 24), Ok(()));
    // The number of rows is part of the plan: another timeframe with a right checksum is another plan.
    for (timeframe_ns, is_plan) in [(HOUR_NS * 2, true), (1, false), (7, true), (u64::MAX, true), (0, true)] {
        let mut other = unsealed(&bytes);
        other[50..58].copy_from_slice(&timeframe_ns.to_le_bytes());
        let error = rule.restore(&sealed(other)).map(|_| ()).unwrap_err();
        match is_plan {
            true => assert_eq!(error, SnapshotError::OtherPlan),
            // A plan of it, but a larger one than the limits allow.
            false => assert!(matches!(error, SnapshotError::Plan(_)), "{timeframe_ns}: {error}"),
        }
    }
}

#[test]
fn counts_that_cannot_be_are_refused_before_they_are_believed() {
    let rule = rule("sma(close, 3)");
    let mut session = rule.session(Options::default()).unwrap();
    run(&mut session, &[&[1.0, 2.0, 3.0, 4.0]], 0, 4);
    let body = unsealed(&session.snapshot());
    // Position, received and applied, all alike; then one of them wrong.
    for count in [u64::MAX, u64::MAX - 1, 1 << 63] {
        let mut hostile = body.clone();
        for at in [HEADER, HEADER + 18, HEADER + 26] {
            hostile[at..at + 8].copy_from_slice(&count.to_le_bytes());
        }
        assert!(matches!(rule.restore(&sealed(hostile)), Err(SnapshotError::Invalid { .. })), "{count}");
    }
    for at in [HEADER, HEADER + 18, HEADER + 26, HEADER + 34, HEADER + 42, HEADER + 50] {
        for count in [3, 5, u64::MAX] {
            let mut hostile = body.clone();
            hostile[at..at + 8].copy_from_slice(&u64::to_le_bytes(count));
            assert!(matches!(rule.restore(&sealed(hostile)), Err(SnapshotError::Invalid { .. })), "{at}");
        }
    }
    // Symbols, with every kind of plan: without state, without fields, with neither.
    for text in ["sma(close, 3)", "close", "1 + 2"] {
        let rule = self::rule(text);
        let mut universe = rule.universe(9, Options::default()).unwrap();
        let body = unsealed(&universe.snapshot());
        let at = HEADER + UNIVERSE_HEAD - 9;
        for symbols in [0, 1, 8, 10, 1 << 32, 1 << 61, u64::MAX / 8, u64::MAX / 16, u64::MAX] {
            let mut hostile = body.clone();
            hostile[at..at + 8].copy_from_slice(&symbols.to_le_bytes());
            let restored = rule.restore_universe(&sealed(hostile));
            assert!(matches!(restored, Err(SnapshotError::Invalid { .. })), "{text}: {symbols} symbols");
        }
        let mut hostile = body.clone();
        hostile[HEADER..HEADER + 8].copy_from_slice(&u64::MAX.to_le_bytes());
        assert!(rule.restore_universe(&sealed(hostile)).is_err(), "{text}: position");
        assert_eq!(rule.restore_universe(&sealed(body)).unwrap().symbols(), 9);
    }
}

#[test]
fn names_of_symbols_that_cannot_be_are_refused() {
    let rule = rule("sma(close, 3)");
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let given = names(&["AAPL", "MSFT", "\u{3a9}"]);
    let mut universe = rule.universe_of(given.clone(), Options::default()).unwrap();
    let saved = universe.snapshot();
    let restored = rule.restore_universe(&saved).unwrap();
    assert_eq!(restored.names(), Some(&given[..]));
    assert_eq!(restored.expect_symbols(&given), Ok(()));
    for other in [&["MSFT", "AAPL", "\u{3a9}"][..], &["AAPL", "MSFT"], &["AAPL", "MSFT", "X"]] {
        let error = restored.expect_symbols(&names(other)).unwrap_err();
        assert!(matches!(error, SnapshotError::OtherSymbols { .. }), "{error}");
    }
    let numbered = rule.universe(3, Options::default()).unwrap();
    assert!(numbered.names().is_none() && numbered.expect_symbols(&given).is_err());
    for bad in [&["A", "A"][..], &["A", ""], &[" "]] {
        assert!(rule.universe_of(names(bad), Options::default()).is_err(), "{bad:?}");
    }
    let body = unsealed(&saved);
    let flag = HEADER + UNIVERSE_HEAD - 1;
    for (at, with) in [
        (flag, &[0][..]),
        (flag, &[2]),
        (flag + 1, &[5]),
        (flag + 1, &u32::MAX.to_le_bytes()),
        (flag + 5, b"MSFT"),
        (flag + 5, b"    "),
        (flag + 5, &[0xff]),
    ] {
        let mut hostile = body.clone();
        hostile[at..at + with.len()].copy_from_slice(with);
        let error = rule.restore_universe(&sealed(hostile)).map(|_| ()).unwrap_err();
        assert!(matches!(error, SnapshotError::Invalid { .. }), "{at}: {error}");
    }
}
