//! One table of bars is held to the timeframe that its caller names, in every schedule alike.

use ta_engine::closing::CloseError;
use ta_engine::incremental::contracts::{Counters, StepError};
use ta_engine::rule::RunError;
use ta_engine::{Bar, Event, Options, Rule};

const HOUR_NS: i64 = 3_600_000_000_000;

fn of(timeframe_hours: i64) -> Options {
    Options { timeframe_ns: Some((timeframe_hours * HOUR_NS).unsigned_abs()), ..Options::default() }
}

/// Stamps in tenths of an hour.
fn stamps(tenths: &[i64]) -> Vec<i64> {
    tenths.iter().map(|tenth| 19_000 * 24 * HOUR_NS + tenth * (HOUR_NS / 10)).collect()
}

/// The first bar that some schedule refuses for being too close, if all agree.
fn refused(rule: &Rule, options: Options, times: &[i64]) -> Option<usize> {
    let column = vec![1.0; times.len()];
    let place = |error: StepError| match error {
        StepError::Overlap { event_ns, .. } => times.iter().position(|time| *time == event_ns),
        other => panic!("{other}"),
    };
    let mut found = vec![];
    found.push(rule.run(Some(times), &[&column], options).err().and_then(|error| match error {
        RunError::Step(error) => place(error),
        RunError::Plan(error) => panic!("{error}"),
    }));
    let (mut stepped, mut fast) = (rule.session(options).unwrap(), rule.session(options).unwrap());
    let mut restored = rule.restore(&rule.session(options).unwrap().snapshot()).unwrap();
    let mut universe = rule.universe(3, options).unwrap();
    let mut firsts = [None; 5];
    for time in times {
        let event = Event { time_ns: Some(*time), inputs: &[1.0] };
        let bar = Bar { time_ns: Some(*time), open: 1.0, high: 1.0, low: 1.0, close: 1.0, volume: 1.0 };
        let previewed = stepped.preview(&event, &mut Vec::new()).err();
        let before = (stepped.snapshot(), universe.snapshot());
        let results = [
            previewed,
            stepped.step(&event).err(),
            fast.step_value(&bar).err(),
            restored.step(&event).err(),
            universe.step(Some(*time), &[&[1.0; 3]], &mut [&mut [0.0; 3]]).err(),
        ];
        if results.iter().all(Option::is_some) {
            assert_eq!(universe.snapshot(), before.1, "a refused row changes nothing");
            let Counters { rejected, .. } = stepped.counters();
            assert!(rejected > 0);
        }
        // From now on they would miss the bar that was refused.
        let is_over = results.iter().any(Option::is_some);
        for (first, error) in firsts.iter_mut().zip(results) {
            *first = error.and_then(place);
        }
        if is_over {
            break;
        }
    }
    found.extend(firsts);
    let mut rows = rule.universe(2, options).unwrap();
    let matrix = vec![1.0; 2 * times.len()];
    let done = rows.run(Some(times), times.len(), &[&matrix], &mut [&mut vec![0.0; matrix.len()]]);
    found.push(done.err().and_then(place));
    let mut runs = rule.session(options).unwrap();
    runs.run(Some(&times[..1]), &[&[1.0]], &mut [&mut [0.0]]).unwrap();
    let rest = times.len() - 1;
    let done = runs.run(Some(&times[1..]), &[&column[1..]], &mut [&mut vec![0.0; rest]]);
    found.push(done.err().and_then(place));
    found.push(rule.verify(Some(times), &[&column], options).err().and_then(|error| match error {
        RunError::Step(error) => place(error),
        RunError::Plan(error) => panic!("{error}"),
    }));
    assert!(found.iter().all(|one| *one == found[0]), "{found:?} of {times:?}");
    found[0]
}

#[test]
fn bars_closer_than_they_are_said_to_be_long_are_refused_in_every_schedule() {
    for text in ["sma(close, 2)", "close", "close.sum()", "close - close.4h_ago"] {
        let rule = Rule::compile(text).unwrap();
        let hours = |tenths: &[i64]| refused(&rule, of(1), &stamps(tenths));
        assert_eq!(hours(&[0, 10, 20, 30, 40]), None, "{text}");
        assert_eq!(hours(&[0, 10, 25, 70, 80]), None, "{text}: with holes");
        assert_eq!(hours(&[0, 10, 19, 30]), Some(2), "{text}");
        assert_eq!(hours(&[0, 5]), Some(1), "{text}");
        assert_eq!(hours(&[0, 10, 11, 12]), Some(2), "{text}: minutes said to be hours");
    }
}

#[test]
fn without_a_timeframe_bars_come_when_they_come() {
    let rule = Rule::compile("sma(close, 2)").unwrap();
    assert_eq!(refused(&rule, Options::default(), &stamps(&[0, 1, 20, 21, 500, 501])), None);
}

#[test]
fn days_may_be_stamped_anywhere_in_them_where_closes_decide_nothing() {
    let rule = Rule::compile("sma(close, 2)").unwrap();
    // At 17:00, at midnight, at the close of half a trading day, at the end of a day of 23 hours.
    for days in
        [&[170, 410, 650][..], &[0, 240, 480], &[210, 420, 690], &[0, 230, 470], &[160, 390, 530, 880]]
    {
        assert_eq!(refused(&rule, of(24), &stamps(days)), None, "{days:?}");
    }
    assert_eq!(refused(&rule, of(24), &stamps(&[0, 10, 20])), Some(1), "hours said to be days");
    assert_eq!(refused(&rule, of(7 * 24), &stamps(&[0, 240, 480])), Some(1), "days said to be weeks");
    let shifted = Rule::compile("close.2d_ago").unwrap();
    assert_eq!(refused(&shifted, of(24), &stamps(&[0, 230, 470])), None);
    assert_eq!(refused(&shifted, of(24), &stamps(&[210, 420, 690])), Some(1), "durations reckon with closes");
}

/// What a history as a whole gives, where it is said to be of bars of so many hours.
fn run(rule: &Rule, hours: i64, tenths: &[i64]) -> Result<(), RunError> {
    let (times, column) = (stamps(tenths), vec![1.0; tenths.len()]);
    let whole = rule.run(Some(&times), &[&column], of(hours)).map(|_| ());
    let verified = rule.verify(Some(&times), &[&column], of(hours)).map(|_| ());
    assert_eq!(whole, verified);
    let mut universe = rule.universe(1, of(hours)).unwrap();
    let done = universe.run(Some(&times), times.len(), &[&column], &mut [&mut vec![0.0; times.len()]]);
    assert_eq!(whole, done.map_err(RunError::Step));
    if whole.is_err() {
        assert_eq!(universe.position(), 0, "nothing is taken");
    }
    whole
}

#[test]
fn a_history_of_bars_that_look_longer_than_they_are_said_to_be_is_refused() {
    let days = [0, 240, 480, 720, 960];
    for text in ["sma(close, 2)", "close.24h_ago"] {
        let rule = Rule::compile(text).unwrap();
        for (hours, tenths) in [
            (4, &days[..]),
            (1, &days),
            // One of them of 23 hours, one of 25.
            (4, &[0, 240, 470, 710, 960, 1_200, 1_440]),
            (1, &[0, 15, 30, 45, 60]),
            (1, &[0, 40, 120, 160, 200]),
        ] {
            let error = run(&rule, hours, tenths).unwrap_err();
            let RunError::Step(StepError::Close(CloseError::Longer { .. })) = error else {
                panic!("{error}")
            };
            let said = format!("the bars of `ohlcv` are declared as {hours}h and never so close");
            assert!(error.to_string().starts_with(&said), "{error}");
            assert!(!error.to_string().contains("close_time"), "a table has no such column: {error}");
        }
        for (hours, sparse) in [
            (24, &days[..]),
            (4, &[0, 40, 80, 400]),
            (4, &[0, 80, 200, 320, 680]),
            // A night every day, and too few to say.
            (1, &[0, 10, 20, 240, 250, 260]),
            (4, &[0, 240, 480]),
            (4, &[0]),
        ] {
            run(&rule, hours, sparse).unwrap_or_else(|error| panic!("{text}, {sparse:?}: {error}"));
        }
    }
    // Stamped with the first trade of each hour, of which some have none.
    let rule = Rule::compile("sma(close, 2)").unwrap();
    run(&rule, 1, &[0, 13, 24, 40, 53, 71]).unwrap();
}

#[test]
fn parts_of_a_history_that_is_well_are_not_asked_again() {
    // Sparse at its end: a session that is restored there runs on over bars which, alone, would look longer.
    let rule = Rule::compile("sma(close, 2)").unwrap();
    let mut tenths: Vec<i64> = (0..60).map(|hour| 10 * hour).collect();
    tenths.extend((1..30).map(|day| 600 + 240 * day));
    run(&rule, 1, &tenths).unwrap();
}
