//! A changed rule takes over what it still has; a snapshot tells what it is of.

use ta_engine::incremental::contracts::*;
use ta_engine::incremental::live::*;
use ta_engine::incremental::snapshot::{SnapshotError, inspect};
use ta_engine::{Event, Options, Rule};

use crate::feed::EVERYTHING;
use crate::market::{Market, Random};

const BARS: usize = 120;

fn rule_of(texts: &[(&str, &str)]) -> Rule {
    Rule::compile_all(texts).unwrap()
}

fn row(live: &mut LiveSession, market: &Market, bar: usize) -> Vec<(u64, Availability)> {
    let inputs = market.inputs(live.plan(), bar);
    let out = live.step(&Event { time_ns: Some(bar as i64 + 1), inputs: &inputs }).unwrap().unwrap();
    out.values.iter().map(|value| (value.value.to_bits(), value.availability)).collect()
}

#[test]
fn what_a_changed_rule_still_has_goes_on_bit_for_bit_and_what_is_new_begins() {
    for seed in 0..60 {
        let mut random = Random::new(seed);
        let market = Market::new(seed, BARS).with_missing(seed, 0.02);
        let cut = 1 + random.below(BARS - 30);
        let kept = [0, 7][random.below(2)];
        let policies = LivePolicies { revisions: kept, ..LivePolicies::default() };
        let mut picked: Vec<_> = EVERYTHING.to_vec();
        picked.retain(|_| random.below(3) > 0);
        let common = picked.split_off(random.below(picked.len().max(1)).min(picked.len()));
        let fresh_part = ("fresh", "sma(close, 4) + sma(ema(open, 3), 2)");
        let was = rule_of(&[picked.as_slice(), &common].concat());
        let is = rule_of(&[common.as_slice(), &[fresh_part]].concat());
        let mut old = was.live_session(Options::default(), policies).unwrap();
        // What goes on is held against a session of the new rule that was there from the beginning.
        let mut always = is.live_session(Options::default(), policies).unwrap();
        for bar in 0..cut {
            row(&mut old, &market, bar);
            row(&mut always, &market, bar);
        }
        let saved = old.snapshot();
        let (mut adopted, found) =
            is.adopt(&saved, true).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert_eq!(adopted.position(), cut as u64);
        if !picked.is_empty() && is.adopt(&saved, false).is_ok() {
            assert!(found.dropped.is_empty());
        }
        let mut later = rule_of(&[fresh_part]).live_session(Options::default(), policies).unwrap();
        // New parts have the bars that are kept, where any are.
        for bar in cut.saturating_sub(if kept > 0 { bars_kept(cut, kept) } else { 0 })..cut {
            row(&mut later, &market, bar);
        }
        for bar in cut..BARS {
            let (found, expected) = (row(&mut adopted, &market, bar), row(&mut always, &market, bar));
            for (at, output) in is.plan().outputs().iter().enumerate().filter(|(_, o)| o.name != "fresh") {
                assert_eq!(found[at], expected[at], "seed {seed}, bar {bar}: {}", output.name);
            }
            let at = is.plan().outputs().iter().position(|output| output.name == "fresh").unwrap();
            let shares = was.plan().outputs().iter().any(|o| ["bands", "cross"].contains(&o.name.as_str()));
            if !shares {
                assert_eq!(
                    found[at],
                    row(&mut later, &market, bar)[0],
                    "seed {seed}, bar {bar}: what is new"
                );
            }
        }
    }
}

/// How many bars a session keeps of so many: those since a multiple of the stride.
fn bars_kept(bars: usize, keep: usize) -> usize {
    let stride = keep.isqrt();
    bars - bars.saturating_sub(keep) / stride * stride
}

#[test]
fn state_is_dropped_only_where_that_is_allowed() {
    let mut session =
        Rule::compile("sma(close, 3) > ema(close, 5)").unwrap().session(Options::default()).unwrap();
    for close in [1.0, 2.0, 3.0, 4.0] {
        session.step(&Event { time_ns: None, inputs: &[close] }).unwrap();
    }
    let saved = session.snapshot();
    let changed = Rule::compile("sma(close, 3) > ema(close, 6) + open").unwrap();
    let Err(error) = changed.adopt(&saved, false) else { panic!("it was let in") };
    assert_eq!(error, SnapshotError::WouldDrop { parts: vec!["ema(5)".to_owned()] });
    assert_eq!(
        error.to_string(),
        "the state of what the rule no longer has would be dropped: ema(5); say so with allow_dropped"
    );
    let (mut adopted, found) = changed.adopt(&saved, true).unwrap();
    assert_eq!(
        (found.kept, found.added),
        (vec!["sma(close, 3)".to_owned()], vec!["ema(close, 6)".to_owned()])
    );
    assert_eq!((found.dropped, found.added_fields), (vec!["ema(5)".to_owned()], vec!["open".to_owned()]));
    assert!(!adopted.is_ready());
    // The same rule has it all.
    let same = Rule::compile("sma(close, 3) > ema(close, 5)").unwrap();
    let (mut again, found) = same.adopt(&saved, false).unwrap();
    assert!(found.added.is_empty() && found.dropped.is_empty());
    let event = Event { time_ns: None, inputs: &[9.0] };
    let expected = format!("{:?}", session.step(&event));
    assert_eq!(format!("{:?}", again.step(&event).map(Option::unwrap)), expected);
    let damaged = &saved[..saved.len() - 1];
    assert!(matches!(same.adopt(damaged, true).map(|_| ()), Err(SnapshotError::Truncated { .. })));
}

#[test]
fn a_snapshot_tells_what_it_is_of_without_its_rule() {
    let options = Options { timeframe_ns: Some(3_600_000_000_000), ..Options::default() };
    let rule = rule_of(&[("up", "sma(close, 3) > open"), ("mean", "mean(close, 3)")]);
    let mut session = rule.session(options).unwrap();
    for hour in 1..=4 {
        let inputs = vec![1.0; session.plan().fields().len()];
        session.step(&Event { time_ns: Some(hour * 3_600_000_000_000), inputs: &inputs }).unwrap();
    }
    let told = inspect(&session.snapshot()).unwrap().to_string();
    let fingerprint: String = session.plan().fingerprint().iter().map(|byte| format!("{byte:02x}")).collect();
    let bytes = session.snapshot().len();
    let reads: Vec<_> = session.plan().fields().iter().map(|field| field.field.clone().unwrap()).collect();
    assert_eq!(
        told,
        format!(
            "snapshot of a session, format version 1, {bytes} bytes\n\
             bars taken: 4, the last of 1970-01-01T04:00:00Z\n\
             timeframe: 1h\n\
             policies: missing_input=emit_missing, on_error=raise\n\
             plan: {fingerprint}\n\
             reads: {}\n\
             output mean: number\n\
             output up: true or false\n\
             node sma(3): 29 bytes\n",
            reads.join(", ")
        )
    );
    let mut universe = rule.universe(3, options).unwrap();
    assert!(inspect(&universe.snapshot()).unwrap().to_string().starts_with("snapshot of a universe"));
    let policies = LivePolicies { revisions: 3, ..LivePolicies::default() };
    let mut live = rule.live_session(options, policies).unwrap();
    assert!(inspect(&live.snapshot()).unwrap().to_string().starts_with("snapshot of a live session"));
    assert!(inspect(b"no").is_err());
}
