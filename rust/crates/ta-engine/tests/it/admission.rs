//! What becomes of the events a session is given: policies, order, counters, forming bars.

use proptest::prelude::*;
use ta_engine::incremental::contracts::*;
use ta_engine::{Bar, Event, Instructions, Options, Rule, Session};

use crate::feed::{EVERYTHING, NO, rule, words};
use crate::market::{Market, Random};

/// Where a snapshot has its counters: behind the header (58 bytes), the position (8) and the last time (10).
const COUNTERS: std::ops::Range<usize> = 76..116;

/// A snapshot without its counters and the checksum over them.
fn state(session: &mut Session) -> Vec<u8> {
    let mut bytes = session.snapshot();
    bytes.truncate(bytes.len() - 4);
    bytes.drain(COUNTERS);
    bytes
}

fn with(missing_input: MissingInput, on_error: OnError) -> Options {
    Options { policies: Policies { missing_input, on_error }, ..Options::default() }
}

fn event(time_ns: Option<i64>, inputs: &[f64]) -> Event<'_> {
    Event { time_ns, inputs }
}

/// Steps closes one after the other and says what each gave.
fn said(session: &mut Session, closes: &[f64]) -> String {
    let plan = session.plan().clone();
    let mut said = Vec::new();
    for close in closes {
        said.push(words(&session.step(&event(None, &[*close])).unwrap().values[0], &plan));
    }
    said.join(" | ")
}

#[test]
fn a_missing_field_is_not_ready_and_leaves_state_alone() {
    let mut session = rule("sma(close, 2)").session(Options::default()).unwrap();
    assert_eq!(said(&mut session, &[1.0, NO, 3.0]), "warming_up | missing close | 2");
    let before = state(&mut session);
    assert_eq!(said(&mut session, &[f64::NEG_INFINITY, 5.0]), "missing close | 4");
    assert_ne!(before, state(&mut session));
    assert_eq!(session.counters(), Counters { received: 5, applied: 5, ..Counters::default() });
}

#[test]
fn hold_previous_feeds_the_last_good_value() {
    let options = with(MissingInput::HoldPrevious, OnError::Raise);
    let rule = rule("sum(close, 2)");
    let closes = [NO, 1.0, NO, NO, 5.0, f64::INFINITY];
    let expected = "missing close | warming_up | 2 | 2 | 6 | 10";
    assert_eq!(said(&mut rule.session(options).unwrap(), &closes), expected);
    // A run, a restored session and a universe hold the same values.
    let run = rule.run(None, &[&closes], options).unwrap();
    assert_eq!(run[0][2..], [2.0, 2.0, 6.0, 10.0]);
    assert!(run[0][..2].iter().all(|x| x.is_nan()));
    let mut session = rule.session(options).unwrap();
    said(&mut session, &closes[..3]);
    let mut restored = rule.restore(&session.snapshot()).unwrap();
    assert_eq!(restored.policies(), options.policies);
    assert_eq!(said(&mut restored, &closes[3..]), "2 | 6 | 10");
    let mut universe = rule.universe(2, options).unwrap();
    let mut last = [0.0; 2];
    for close in closes {
        universe.step(None, &[&[close, 7.0]], &mut [&mut last]).unwrap();
    }
    assert_eq!(last, [10.0, 14.0]);
}

#[test]
fn fail_refuses_the_bar_and_leaves_the_state_as_it_was() {
    for (on_error, expected) in [
        (OnError::Raise, None),
        (OnError::EmitError, Some(Availability::Error)),
        (OnError::EmitMissing, Some(Availability::MissingInput)),
    ] {
        let rule = rule("sma(close, 2) + open");
        let close_first = rule.plan().fields()[0].field.as_deref() == Some("close");
        let mut session = rule.session(with(MissingInput::Fail, on_error)).unwrap();
        let inputs = |close, open| if close_first { [close, open] } else { [open, close] };
        for close in [1.0, 2.0] {
            session.step(&event(None, &inputs(close, 1.0))).unwrap();
        }
        let before = state(&mut session);
        for bad in [NO, f64::INFINITY] {
            let found = session.step(&event(None, &inputs(bad, 1.0))).map(|out| out.values.to_vec());
            match expected {
                None => assert_eq!(found.unwrap_err().to_string(), "`close` has no value"),
                Some(availability) => {
                    let found = found.unwrap();
                    assert_eq!((found[0].availability, found[0].reason), (availability, None));
                    assert!(found[0].value.is_nan());
                }
            }
            assert!(before == state(&mut session), "{on_error:?}: the state changed");
        }
        let bar = Bar { time_ns: None, open: 1.0, high: 1.0, low: 1.0, close: NO, volume: 1.0 };
        match expected {
            None => assert!(session.step_value(&bar).is_err()),
            Some(_) => assert!(session.step_value(&bar).unwrap().is_nan()),
        }
        assert!(before == state(&mut session), "{on_error:?}: the state changed by the fast door");
        // A whole history is refused by all of them, and nothing of it is taken.
        let columns = [inputs(1.0, 1.0), inputs(NO, 1.0)];
        let columns: Vec<Vec<f64>> = (0..2).map(|f| columns.iter().map(|row| row[f]).collect()).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let error = session.run(None, &columns, &mut [&mut [0.0; 2]]).unwrap_err();
        assert_eq!(error.to_string(), "`close` has no value in row 1");
        assert!(before == state(&mut session));
        assert_eq!(
            session.counters(),
            Counters { received: 5, applied: 2, rejected: 3, ..Counters::default() }
        );
        assert_eq!(session.step(&event(None, &inputs(4.0, 1.0))).unwrap().values[0].value, 4.0);
    }
}

#[test]
fn a_refused_bar_does_not_hide_the_result_that_a_repetition_gives() {
    let mut session = rule("close * 2").session(with(MissingInput::Fail, OnError::EmitError)).unwrap();
    session.step(&event(Some(10), &[4.0])).unwrap();
    assert_eq!(session.step(&event(Some(20), &[NO])).unwrap().values[0].availability, Availability::Error);
    let again = session.step(&event(Some(10), &[4.0])).unwrap().values[0];
    assert_eq!((again.value, again.availability), (8.0, Availability::Ready));
}

#[test]
fn misuse_is_an_error_whatever_the_policy() {
    for on_error in OnError::ALL {
        let mut session = rule("close").session(with(MissingInput::Fail, *on_error)).unwrap();
        session.step(&event(Some(10), &[1.0])).unwrap();
        let before = state(&mut session);
        let refused = |session: &mut Session, time_ns, inputs: &[f64]| {
            session.step(&event(time_ns, inputs)).map(|_| ()).unwrap_err()
        };
        assert!(matches!(
            refused(&mut session, Some(9), &[1.0]),
            StepError::Order { event_ns: 9, last_ns: 10, row: None }
        ));
        assert!(matches!(refused(&mut session, Some(11), &[]), StepError::Shape { given: 0, needed: 1, .. }));
        assert!(matches!(refused(&mut session, Some(11), &[1.0, 1.0]), StepError::Shape { given: 2, .. }));
        assert!(matches!(refused(&mut session, None, &[1.0]), StepError::Time(_)));
        assert_eq!(before, state(&mut session));
        let counters = Counters { received: 5, applied: 1, late: 1, rejected: 3, duplicate: 0 };
        assert_eq!(session.counters(), counters);
    }
}

#[test]
fn bars_come_in_order_or_are_refused_and_counted() {
    let mut session = rule("sum(close, 2)").session(Options::default()).unwrap();
    let mut take = |time_ns: i64, close: f64| {
        let out =
            session.step(&event(Some(time_ns), &[close])).map(|out| (out.values[0].value, out.is_final));
        let counters = session.counters();
        let sum = counters.applied + counters.duplicate + counters.late + counters.rejected;
        assert_eq!(counters.received, sum, "every event is accounted for");
        (out, counters, state(&mut session), session.position(), session.last_time_ns())
    };
    assert_eq!(take(100, 1.0).1.applied, 1);
    let (out, counters, after, position, last) = take(200, 2.0);
    assert_eq!((out, counters.applied, position, last), (Ok((3.0, true)), 2, 2, Some(200)));
    for time_ns in [150, 100, i64::MIN, 199] {
        let (out, _, same, ..) = take(time_ns, 2.0);
        assert_eq!(out, Err(StepError::Order { event_ns: time_ns, last_ns: 200, row: None }));
        assert_eq!(after, same, "a late bar changes nothing");
    }
    // The same bar again gives its result again; another bar of its time is refused.
    let (out, counters, same, ..) = take(200, 2.0);
    assert_eq!((out, counters.duplicate, &same), (Ok((3.0, true)), 1, &after));
    let (out, counters, same, ..) = take(200, 2.5);
    let corrected = StepError::Corrected { stream: None, event_ns: 200, fields: vec!["close".to_owned()] };
    assert!(corrected.to_string().contains("other fields, close: a corrected bar"), "{corrected}");
    assert_eq!(out, Err(corrected));
    assert_eq!((counters.late, counters.duplicate, &same), (5, 1, &after));
    let (out, _, same, ..) = take(200, NO);
    assert!(out.is_err(), "a bar without its field is another bar");
    assert_eq!(same, after);
    let (out, counters, _, position, last) = take(i64::MAX, 5.0);
    assert_eq!((out, position, last), (Ok((7.0, true)), 3, Some(i64::MAX)));
    assert_eq!(counters, Counters { received: 10, applied: 3, duplicate: 1, late: 6, rejected: 0 });
}

#[test]
fn a_repetition_is_found_after_a_restart_too() {
    let rule = rule("sum(close, 2)");
    let mut session = rule.session(Options::default()).unwrap();
    session.step(&event(Some(1), &[NO])).unwrap();
    for _ in 0..2 {
        let out = session.step(&event(Some(1), &[f64::INFINITY])).unwrap();
        assert_eq!(out.values[0].availability, Availability::MissingInput);
        session = rule.restore(&session.snapshot()).unwrap();
    }
    assert_eq!(session.counters().duplicate, 2);
    assert!(session.step(&event(Some(1), &[1.0])).is_err());
    session = rule.restore(&session.snapshot()).unwrap();
    assert_eq!(session.counters(), Counters { received: 4, applied: 1, duplicate: 2, late: 1, rejected: 0 });
}

#[test]
fn a_repetition_says_the_same_before_and_after_a_restart() {
    let rule = rule("close / open");
    let mut session = rule.session(Options::default()).unwrap();
    session.step(&event(Some(1), &[1.0, 0.0])).unwrap();
    let mut restored = rule.restore(&session.snapshot()).unwrap();
    let mut formed = Vec::new();
    session.preview(&event(Some(1), &[1.0, 0.0]), &mut formed).unwrap();
    let here = session.step(&event(Some(1), &[1.0, 0.0])).unwrap().values.to_vec();
    let there = restored.step(&event(Some(1), &[1.0, 0.0])).unwrap().values.to_vec();
    let say = |values: &[StepValue]| (values[0].value.to_bits(), values[0].availability, values[0].reason);
    assert_eq!(say(&here), say(&there));
    assert_eq!(say(&formed), say(&here), "a preview of the bar that was taken last");
    assert_eq!(here[0].availability, Availability::MissingInput);
}

#[test]
fn bars_with_and_without_time_cannot_be_mixed() {
    let rule = rule("close");
    for (first, second) in [(None, Some(5)), (Some(5), None)] {
        let mut session = rule.session(Options::default()).unwrap();
        session.step(&event(first, &[1.0])).unwrap();
        let before = state(&mut session);
        assert!(matches!(session.step(&event(second, &[2.0])), Err(StepError::Time(_))));
        let times = second.map(|time_ns| [time_ns, time_ns + 1]);
        let run = session.run(times.as_ref().map(|t| t.as_slice()), &[&[1.0; 2]], &mut [&mut [0.0; 2]]);
        assert!(matches!(run, Err(StepError::Time(_))), "{run:?}");
        assert_eq!(before, state(&mut session));
        // Disorder is late; misuse is not.
        assert_eq!(
            session.counters(),
            Counters { received: 2, applied: 1, rejected: 1, ..Counters::default() }
        );
        let mut universe = rule.universe(1, Options::default()).unwrap();
        universe.step(first, &[&[1.0]], &mut [&mut [0.0]]).unwrap();
        assert!(matches!(universe.step(second, &[&[1.0]], &mut [&mut [0.0]]), Err(StepError::Time(_))));
        assert_eq!(universe.position(), 1);
    }
}

#[test]
fn a_run_takes_all_of_its_rows_or_none() {
    let rule = rule("sum(close, 2)");
    let mut session = rule.session(Options::default()).unwrap();
    session.step(&event(Some(10), &[1.0])).unwrap();
    let before = session.snapshot();
    for times in [[10, 11, 12], [9, 11, 12], [11, 11, 12], [11, 13, 12]] {
        let mut out = [-7.0; 3];
        let run = session.run(Some(&times), &[&[1.0; 3]], &mut [&mut out]);
        assert!(matches!(run, Err(StepError::Order { .. })), "{times:?}: {run:?}");
        assert_eq!((out, session.snapshot()), ([-7.0; 3], before.clone()));
        let mut universe = rule.universe(1, Options::default()).unwrap();
        universe.step(Some(10), &[&[1.0]], &mut [&mut [0.0]]).unwrap();
        assert_eq!(universe.run(Some(&times), 3, &[&[1.0; 3]], &mut [&mut out]), run);
        assert_eq!((out, universe.position()), ([-7.0; 3], 1));
    }
    let times = [11, 12];
    for (columns, rows) in [
        (vec![[1.0; 3].as_slice()], 2),
        (vec![[1.0; 2].as_slice()], 3),
        (vec![], 2),
        (vec![&[1.0; 2], &[1.0; 2]], 2),
    ] {
        let mut out = vec![0.0; rows];
        let run = session.run(Some(&times), &columns, &mut [&mut out]);
        assert!(matches!(run, Err(StepError::Shape { .. })), "{run:?}");
        assert_eq!(session.snapshot(), before);
    }
    assert!(matches!(session.run(Some(&times), &[&[1.0; 2]], &mut []), Err(StepError::Shape { .. })));
    let mut out = [0.0; 2];
    session.run(Some(&times), &[&[2.0, 5.0]], &mut [&mut out]).unwrap();
    assert_eq!((out, session.position(), session.last_time_ns()), ([3.0, 7.0], 3, Some(12)));
    assert_eq!(session.counters(), Counters { received: 3, applied: 3, ..Counters::default() });
    assert_eq!(session.run(Some(&[]), &[&[]], &mut [&mut []]), Ok(()));
}

#[test]
fn a_forming_bar_gives_what_the_closed_one_would_and_leaves_no_trace() {
    let rule = Rule::compile_all(EVERYTHING).unwrap();
    for missing in [0.0, 0.1] {
        let market = Market::new(5, 200).with_missing(5, missing);
        let other = Market::new(6, 200).with_missing(6, missing);
        let mut session = rule.session(Options::default()).unwrap();
        let mut undisturbed = rule.session(Options::default()).unwrap();
        let (mut formed, mut ready) = (Vec::new(), 0);
        for bar in 0..200 {
            let before = session.snapshot();
            // Some other form of the bar, then the one it closes with, in one session; in the other only the last.
            for market in [&other, &market, &other, &market] {
                let inputs = market.inputs(rule.plan(), bar);
                session.preview(&event(Some(bar as i64), &inputs), &mut formed).unwrap();
                assert!(before == session.snapshot(), "bar {bar}: a forming bar left a trace");
            }
            let inputs = market.inputs(rule.plan(), bar);
            let event = event(Some(bar as i64), &inputs);
            let say = |v: &StepValue| (v.value.to_bits(), v.availability, v.reason);
            let alone: Vec<_> = undisturbed.step(&event).unwrap().values.iter().map(say).collect();
            let after: Vec<_> = session.step(&event).unwrap().values.iter().map(say).collect();
            let formed: Vec<_> = formed.iter().map(say).collect();
            assert_eq!(alone, formed, "bar {bar}");
            assert_eq!(alone, after, "bar {bar}");
            ready += alone.iter().filter(|v| v.1 == Availability::Ready).count();
        }
        assert!(ready > 700, "{ready} ready values");
        assert!(session.snapshot() == undisturbed.snapshot());
    }
}

#[test]
fn a_forming_bar_meets_the_policies_that_a_closed_one_meets() {
    for (on_error, expected) in
        [(OnError::EmitError, Availability::Error), (OnError::EmitMissing, Availability::MissingInput)]
    {
        let mut session = rule("close").session(with(MissingInput::Fail, on_error)).unwrap();
        session.step(&event(Some(1), &[3.0])).unwrap();
        let before = session.snapshot();
        let mut formed = Vec::new();
        session.preview(&event(Some(2), &[NO]), &mut formed).unwrap();
        assert_eq!((formed.len(), formed[0].availability), (1, expected));
        assert!(session.preview(&event(Some(0), &[1.0]), &mut formed).is_err(), "late");
        assert_eq!(session.snapshot(), before);
    }
    let mut session = rule("close").session(with(MissingInput::Fail, OnError::Raise)).unwrap();
    let before = session.snapshot();
    assert!(session.preview(&event(None, &[NO]), &mut Vec::new()).is_err());
    assert_eq!(session.snapshot(), before);
    let mut session =
        rule("sum(close, 2)").session(with(MissingInput::HoldPrevious, OnError::Raise)).unwrap();
    session.step(&event(None, &[3.0])).unwrap();
    let mut formed = Vec::new();
    for (close, sum) in [(4.0, 7.0), (NO, 6.0)] {
        session.preview(&event(None, &[close]), &mut formed).unwrap();
        assert_eq!(formed[0].value, sum, "the bar held is the closed one, not a forming one");
    }
}

#[test]
fn the_fast_door_gives_what_the_wide_one_gives() {
    let market = Market::new(9, 300).with_missing(9, 0.05);
    let mut rules = 0;
    for (name, text) in &EVERYTHING[1..] {
        let rule = Rule::compile(text).unwrap();
        if rule.plan().outputs().len() == 1 {
            assert_fast_is_wide(&rule, &market, name);
            rules += 1;
        }
    }
    assert!(rules > 5, "{rules}");
    let mut session = self::rule("trades.volume").session(Options::default()).unwrap();
    let bar = Bar { time_ns: None, open: 1.0, high: 1.0, low: 1.0, close: 1.0, volume: 1.0 };
    assert!(
        matches!(session.step_value(&bar), Err(StepError::NoSuchField { field }) if field == "trades.volume")
    );
    assert!(session.step_bar(&bar).is_err());
}

#[test]
fn the_fast_door_gives_no_number_of_several_outputs() {
    let bar = Bar { time_ns: Some(0), open: 1.0, high: 1.0, low: 1.0, close: 1.0, volume: 1.0 };
    for rule in [
        Rule::compile_all(&[("a", "close"), ("b", "open")]).unwrap(),
        Rule::compile("bbands(close, 2)").unwrap(),
        Rule::compile("{up: close > 1, down: close < 1}").unwrap(),
        // One that is stepped with care.
        Rule::compile_all(&[("a", "close"), ("b", "trades.volume")]).unwrap(),
    ] {
        let mut session = rule.session(Options::default()).unwrap();
        let before = session.snapshot();
        let error = session.step_value(&bar).unwrap_err();
        let names: Vec<_> = rule.plan().outputs().iter().map(|output| output.name.clone()).collect();
        assert!(error.to_string().contains(&names.join(", ")), "{error}");
        assert_eq!(error, StepError::SeveralOutputs { names });
        assert_eq!(session.snapshot(), before);
    }
}

fn assert_fast_is_wide(rule: &Rule, market: &Market, name: &str) {
    let mut fast = rule.session(Options::default()).unwrap();
    let mut wide = rule.session(Options::default()).unwrap();
    let mut ready = 0;
    for bar in 0..300 {
        let bar = Bar {
            time_ns: Some(bar as i64),
            open: market.open[bar],
            high: market.high[bar],
            low: market.low[bar],
            close: market.close[bar],
            volume: market.volume[bar],
        };
        let expected = wide.step_bar(&bar).unwrap().values[0].value;
        assert_eq!(fast.step_value(&bar).unwrap().to_bits(), expected.to_bits(), "{name}");
        assert!(fast.snapshot() == wide.snapshot());
        assert_eq!(fast.step_value(&bar).unwrap().to_bits(), expected.to_bits(), "repeated");
        wide.step_bar(&bar).unwrap();
        ready += usize::from(expected.is_finite());
    }
    assert!(ready > 50, "{name}: {ready}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// However events come, each is counted once, in the class that a model of the rules puts it in.
    #[test]
    fn every_event_is_counted_in_its_class(seed: u64, policy in 0usize..3) {
        let mut random = Random::new(seed);
        let missing_input = MissingInput::ALL[policy];
        let mut session = rule("close + ema(close, 3)").session(with(missing_input, OnError::Raise)).unwrap();
        let mut last: Option<(i64, Option<f64>)> = None;
        let mut expected = Counters::default();
        for _ in 0..60 {
            let time_ns = random.below(12) as i64 + session.position() as i64;
            let close = [1.0, 2.0, NO][random.below(3)];
            let inputs = [close, close];
            let inputs = &inputs[..if random.below(8) == 0 { 2 } else { 1 }];
            expected.received += 1;
            let fails = missing_input == MissingInput::Fail && close.is_nan();
            let good = if close.is_nan() { None } else { Some(close) };
            match last {
                Some((then, _)) if time_ns < then => expected.late += 1,
                _ if inputs.len() != 1 || fails => expected.rejected += 1,
                Some((then, held)) if time_ns == then => {
                    let holds = missing_input == MissingInput::HoldPrevious && good.is_none();
                    if good == held || holds { expected.duplicate += 1 } else { expected.late += 1 }
                }
                _ => {
                    expected.applied += 1;
                    let before = last.and_then(|(_, held)| held);
                    let holds = missing_input == MissingInput::HoldPrevious;
                    last = Some((time_ns, if holds { good.or(before) } else { good }));
                }
            }
            let taken = session.step(&event(Some(time_ns), inputs)).is_ok();
            prop_assert_eq!(session.counters(), expected);
            prop_assert_eq!(session.position(), expected.applied);
            prop_assert!(taken || expected.late + expected.rejected > 0);
        }
    }
}

#[test]
fn a_corrected_bar_is_refused_with_the_names_of_the_fields_that_differ() {
    let rule = rule("close + high - open");
    let fields: Vec<_> = (0..3).map(|slot| rule.plan().describe(slot)).collect();
    let wrong = |places: &[usize], x: f64| {
        let mut inputs = [1.0, 2.0, 3.0];
        places.iter().for_each(|at| inputs[*at] = x);
        inputs
    };
    for (missing_input, x) in [(MissingInput::EmitMissing, NO), (MissingInput::HoldPrevious, 7.0)] {
        let options = with(missing_input, OnError::Raise);
        let mut session = rule.session(options).unwrap();
        let mut universe = rule.universe(2, options).unwrap();
        let mut step = |inputs: &[f64], out: &mut [f64; 2]| {
            let rows: Vec<_> = inputs.iter().zip([1.0, 2.0, 3.0]).map(|(x, same)| [same, *x]).collect();
            let rows: Vec<&[f64]> = rows.iter().map(|row| row.as_slice()).collect();
            universe.step(Some(5), &rows, &mut [out])
        };
        session.step(&event(Some(5), &wrong(&[], x))).unwrap();
        step(&wrong(&[], x), &mut [0.0; 2]).unwrap();
        for places in [&[0][..], &[1], &[2], &[0, 2], &[0, 1, 2]] {
            let names: Vec<_> = places.iter().map(|at| fields[*at].clone()).collect();
            let expected = StepError::Corrected { stream: None, event_ns: 5, fields: names };
            let inputs = wrong(places, x);
            assert_eq!(session.step(&event(Some(5), &inputs)).map(|_| ()), Err(expected.clone()));
            assert_eq!(session.preview(&event(Some(5), &inputs), &mut Vec::new()), Err(expected.clone()));
            assert_eq!(step(&inputs, &mut [0.0; 2]), Err(expected));
        }
        assert_eq!(session.counters().late, 5);
        let same = step(&wrong(&[], x), &mut [0.0; 2]).unwrap_err();
        assert_eq!(same, StepError::Order { event_ns: 5, last_ns: 5, row: None });
        assert!(same.to_string().contains("last committed bar, which has the same time"), "{same}");
    }
}

/// Whether it waits for other streams or has been taken, and after a restart.
#[test]
fn a_bar_of_one_stream_repeats_its_last_as_the_policy_reads_it() {
    let rule = rule("close + open + ETH.close");
    let hour = 3_600_000_000_000;
    for (missing_input, given, differing) in [
        // A missing field keeps its last value: it differs from none, and is compared as it was kept.
        (
            MissingInput::HoldPrevious,
            [NO, 5.0],
            &[([NO, 5.0], ""), ([1.0, 5.0], ""), ([NO, NO], ""), ([2.0, 5.0], "1st"), ([NO, 6.0], "2nd")][..],
        ),
        (
            MissingInput::EmitMissing,
            [NO, 5.0],
            &[([NO, 5.0], ""), ([1.0, 5.0], "1st"), ([NO, NO], "2nd"), ([2.0, 6.0], "1st, 2nd")],
        ),
    ] {
        for waits in [false, true] {
            let policies = Policies { missing_input, ..Policies::default() };
            let mut session = crate::joined::session(&rule, crate::joined::joining("1h"), policies);
            let plan = session.plan().clone();
            let (own, eth) = (plan.stream("ohlcv").unwrap(), plan.stream("ETH").unwrap());
            let mut push = |stream, time_ns, inputs: &[f64]| {
                session.push(stream, &event(Some(time_ns), inputs), &mut |_| {}).unwrap();
            };
            push(own, hour, &[1.0, 1.0]);
            push(eth, hour, &[1.0]);
            push(own, 2 * hour, &given);
            if !waits {
                push(eth, 2 * hour, &[1.0]);
            }
            let (mut duplicates, mut late) = (0, 0);
            for (inputs, names) in differing {
                let found = session.push(own, &event(Some(2 * hour), inputs), &mut |_| {});
                let fields = &plan.streams()[own].fields;
                let expected = names.replace("1st", &fields[0]).replace("2nd", &fields[1]);
                let what = format!("{missing_input:?}, waits: {waits}, {inputs:?}");
                match found {
                    Ok(()) => {
                        assert_eq!(expected, "", "{what}");
                        duplicates += 1;
                    }
                    Err(StepError::Corrected { stream, event_ns, fields }) => {
                        assert_eq!((stream.as_deref(), event_ns), (Some("ohlcv"), 2 * hour), "{what}");
                        assert_eq!(fields.join(", "), expected, "{what}");
                        late += 1;
                    }
                    other => panic!("{what}: {other:?}"),
                }
                let snapshot = session.snapshot();
                session = rule.restore_joined(&snapshot, Instructions::Best).unwrap();
            }
            assert_eq!((session.counters().duplicate, session.counters().late), (duplicates, late));
        }
    }
}

#[test]
fn a_session_and_a_universe_refuse_a_history_for_the_same_reason() {
    const HOUR: i64 = 3_600_000_000_000;
    let rule = Rule::compile("close.2h_ago").unwrap();
    let policies = Policies { missing_input: MissingInput::Fail, ..Policies::default() };
    let options = Options { timeframe_ns: Some(HOUR as u64), policies, ..Options::default() };
    let (rising, falling, close) = ([HOUR, 2 * HOUR], [2 * HOUR, HOUR], [HOUR, HOUR + 1]);
    let (good, gap, long) = ([1.0, 2.0], [1.0, f64::NAN], [1.0, 2.0, 3.0]);
    // What is wrong with several things is refused for the first of them.
    type Case<'a> = (Option<&'a [i64]>, &'a [f64], fn(&StepError) -> bool);
    let cases: [Case<'_>; 6] = [
        (Some(&falling), &long, |error| matches!(error, StepError::Shape { .. })),
        (Some(&falling), &gap, |error| matches!(error, StepError::Order { row: Some(1), .. })),
        (Some(&close), &gap, |error| matches!(error, StepError::Overlap { .. })),
        (Some(&rising), &gap, |error| matches!(error, StepError::MissingInput { row: Some(1), .. })),
        (None, &good, |error| matches!(error, StepError::Time(_))),
        (None, &gap, |error| matches!(error, StepError::Time(_))),
    ];
    for (at, (times, column, is_it)) in cases.into_iter().enumerate() {
        let mut out = vec![0.0; 2];
        let single = rule.session(options).unwrap().run(times, &[column], &mut [&mut out]).unwrap_err();
        let mut universe = rule.universe(1, options).unwrap();
        let tiled = universe.run(times, 2, &[column], &mut [&mut out]).unwrap_err();
        assert!(is_it(&single), "case {at}, a session: {single}");
        assert!(is_it(&tiled), "case {at}, a universe: {tiled}");
    }
    assert_eq!(rule.session(options).unwrap().run(Some(&[]), &[&[]], &mut [&mut []]), Ok(()));
    assert_eq!(rule.universe(1, options).unwrap().run(Some(&[]), 0, &[&[]], &mut [&mut []]), Ok(()));
}
