//! Snapshots of released versions go on as what never stopped: their bytes are kept, and what is made today equals them.

use std::fs;
use std::path::PathBuf;

use ta_engine::incremental::live::*;
use ta_engine::{Event, Options, Rule};

use crate::market::Market;

/// Rules with a node of every kind of state: windows, means that never forget, loops, shifts, aggregates, durations.
const RULES: &[(&str, &str)] = &[
    ("means", "ema(close, 3) + wma(close, 4) + rma(close, 5) + sma(close, 6)"),
    ("windows", "max(high, 5) - min(low, 4) + argmax(close, 3) + rolling_std(close, 5)"),
    ("bands", "bbands(close, 6, 2.0)"),
    ("oscillators", "{r: rsi(close, 4), s: stochastic(5, 3, 2).d, m: macd(close, 3, 6, 4).histogram}"),
    ("loop", "let x = if(close > x[1], close, 0.5 * x[1]) from low restart when close < x[2]; x"),
    ("past", "close.2_ago + close.roc_3 + close.avg() + close.change_2h"),
    ("events", "crossup(close, sma(close, 3)) or barssince(close > open) > 2"),
];
const BARS: usize = 30;
const HOUR: i64 = 3_600_000_000_000;

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{name}.v1.snapshot"))
}

fn fed(rule: &Rule, policies: LivePolicies, bars: usize) -> LiveSession {
    let options = Options { timeframe_ns: Some(HOUR as u64), ..Options::default() };
    let mut live = rule.live_session(options, policies).unwrap();
    (0..bars).for_each(|bar| feed(&mut live, bar));
    live
}

fn feed(live: &mut LiveSession, bar: usize) {
    let market = Market::new(2, 2 * BARS).with_missing(2, 0.02);
    let inputs = market.inputs(live.plan(), bar);
    live.step(&Event { time_ns: Some((bar as i64 + 1) * HOUR), inputs: &inputs }).unwrap();
}

#[test]
fn snapshots_of_version_1_are_read_and_written_as_they_were() {
    let kept = LivePolicies { revisions: 9, emit: Emit::Changes, ..LivePolicies::default() };
    for (name, text) in RULES {
        for (kind, policies) in [("session", LivePolicies::default()), ("live", kept)] {
            let rule = Rule::compile(text).unwrap();
            let name = format!("{name}-{kind}");
            let mut today = fed(&rule, policies, BARS);
            if std::env::var_os("GOLDEN").is_some() {
                fs::write(file(&name), today.snapshot()).unwrap();
            }
            let bytes = fs::read(file(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(&bytes[..6], b"LTAS\x01\x00");
            assert!(today.snapshot() == bytes, "{name}: what is made today has other bytes");
            let mut restored = rule.restore_live(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
            for bar in BARS..2 * BARS {
                feed(&mut today, bar);
                feed(&mut restored, bar);
            }
            assert!(restored.snapshot() == today.snapshot(), "{name}: it goes on otherwise");
        }
    }
}
