//! Sessions over several streams, fed by hand: what is seen when, and what is refused.

use ta_engine::calendar::{Calendar, Timeframe};
use ta_engine::incremental::contracts::{Availability, MissingInput, OnError, Policies, StepError};
use ta_engine::incremental::joined::JoinedOutput;
use ta_engine::incremental::joined::StreamColumns;
use ta_engine::plan::joined::Joining;
use ta_engine::plan::joined::{Alignment, How};
use ta_engine::plan::{Plan, PlanError, PlanLimits};
use ta_engine::{Event, Instructions, JoinedSession, Rule, catalog};

use crate::feed::{rule, words};
use crate::joined::{Bars, HOUR_NS, joining, made_bars, prove, run, session};

const FOUR_HOURS: i64 = 4 * HOUR_NS;

pub fn hours(row: i64) -> i64 {
    row * HOUR_NS
}

/// A row as "hour: values".
fn row_text(out: &JoinedOutput<'_>, plan: &Plan) -> String {
    let values: Vec<_> = out.values.iter().map(|value| words(value, plan)).collect();
    format!("{}: {}", out.time_ns / HOUR_NS, values.join(", "))
}

/// A session fed by hand: bars as (stream, hour of the close, fields), rows as [`row_text`].
pub fn fed(session: &mut JoinedSession, bars: &[(&str, i64, &[f64])]) -> Vec<String> {
    let plan = session.plan().clone();
    let mut rows = Vec::new();
    for (stream, hour, inputs) in bars {
        let stream = plan.stream(stream).expect("a stream of the rule");
        let event = Event { time_ns: Some(hours(*hour)), inputs };
        session
            .push(stream, &event, &mut |out| rows.push(row_text(&out, plan.plan())))
            .unwrap_or_else(|error| panic!("{error}"));
    }
    rows
}

#[test]
fn longer_bars_are_seen_from_their_close_and_counted_as_their_own() {
    let rule = rule("sma(ohlcv.4h.close, 2) + close");
    let mut session = session(&rule, joining("1h"), Policies::default());
    let rows = fed(
        &mut session,
        &[
            ("ohlcv.4h", 4, &[10.0]),
            ("ohlcv", 4, &[1.0]),
            ("ohlcv", 5, &[2.0]),
            // The bar of 8:00 may still come: what closes then waits for it.
            ("ohlcv", 7, &[3.0]),
            ("ohlcv", 8, &[4.0]),
            ("ohlcv.4h", 8, &[20.0]),
            ("ohlcv", 9, &[5.0]),
            ("ohlcv.4h", 12, &[40.0]),
            ("ohlcv", 12, &[6.0]),
        ],
    );
    assert_eq!(rows, ["4: warming_up", "5: warming_up", "7: warming_up", "8: 19", "9: 20", "12: 36"]);
}

#[test]
fn a_stream_that_is_silent_is_waited_for_until_it_is_said_to_have_passed() {
    let rule = rule("close > ETH.close");
    let mut session = session(&rule, joining("1h"), Policies::default());
    let (own, eth) = (session.plan().stream("ohlcv").unwrap(), session.plan().stream("ETH").unwrap());
    assert!(fed(&mut session, &[("ohlcv", 1, &[5.0]), ("ohlcv", 2, &[5.0])]).is_empty());
    assert_eq!(session.waiting(), 2);
    let mut rows = Vec::new();
    let mut give = |out: JoinedOutput<'_>| rows.push((out.time_ns / HOUR_NS, out.values[0].availability));
    session.advance(eth, hours(1), &mut give).unwrap();
    let event = Event { time_ns: Some(hours(2)), inputs: &[4.0] };
    session.push(eth, &event, &mut give).unwrap();
    assert_eq!(rows, [(1, Availability::MissingInput), (2, Availability::Ready)]);
    // What has been passed is late, whoever said so; the same bar again is a duplicate.
    let refused = |session: &mut JoinedSession, stream, hour, close: f64| {
        let event = Event { time_ns: Some(hours(hour)), inputs: &[close] };
        session.push(stream, &event, &mut |_| {}).map(|_| ())
    };
    assert_eq!(refused(&mut session, eth, 2, 4.0), Ok(()));
    assert!(matches!(refused(&mut session, eth, 1, 4.0), Err(StepError::Passed { .. })));
    for (stream, close, name) in [(eth, 4.5, "ETH"), (own, 6.0, "ohlcv")] {
        let corrected = refused(&mut session, stream, 2, close).unwrap_err();
        let fields = vec!["close".to_owned()];
        assert_eq!(corrected, StepError::Corrected { stream: Some(name.into()), event_ns: hours(2), fields });
    }
    let half = Event { time_ns: Some(hours(2) + HOUR_NS / 2), inputs: &[1.0] };
    let closer = StepError::Closer {
        stream: "ohlcv".into(),
        event_ns: hours(2) + HOUR_NS / 2,
        last_ns: hours(2),
        row: None,
    };
    assert_eq!(session.push(own, &half, &mut |_| {}), Err(closer));
    let counters = session.counters();
    assert_eq!((counters.applied, counters.duplicate, counters.late), (3, 1, 4));
    assert!(matches!(session.advance(9, 0, &mut |_| {}), Err(StepError::NoSuchStream { stream: 9 })));
}

#[test]
fn before_its_first_bar_a_derived_field_is_missing_as_any_field_is() {
    let rule = rule("{a: ETH.hlc3, b: ETH.range + close, c: ETH.lower_wick, d: ETH.close * 2, e: ETH.close}");
    let mut session = session(&rule, joining("1h"), Policies::default());
    let (own, eth) = (session.plan().stream("ohlcv").unwrap(), session.plan().stream("ETH").unwrap());
    let mut rows = Vec::new();
    let mut give = |out: JoinedOutput<'_>| {
        let words = out.values.iter().map(|v| (v.availability, v.reason.is_some()));
        rows.push(words.collect::<Vec<_>>());
    };
    let fields = vec![1.0; session.plan().streams()[eth].fields.len()];
    for hour in [1, 2] {
        session.advance(eth, hours(hour), &mut give).unwrap();
        session.push(own, &Event { time_ns: Some(hours(hour)), inputs: &[1.0] }, &mut give).unwrap();
        session = rule.restore_joined(&session.snapshot(), Instructions::Best).unwrap();
    }
    for (stream, hour, fields) in [(eth, 3, &fields[..]), (own, 3, &[1.0])] {
        session.push(stream, &Event { time_ns: Some(hours(hour)), inputs: fields }, &mut give).unwrap();
    }
    let missing = (Availability::MissingInput, true);
    let ready = (Availability::Ready, false);
    // Before a restart, and behind it.
    for row in &rows[..2] {
        assert_eq!(row[..3], [missing; 3]);
        assert_eq!(row[3].0, Availability::WarmingUp);
        assert_eq!(row[4], missing);
    }
    assert_eq!(rows[2..], [[ready; 5].to_vec()]);
}

/// Whoever writes the formula out reads the same value, and is told the same of it, whatever else the rule has.
#[test]
fn a_derived_field_that_is_written_out_is_the_field() {
    let first = |text: &str, names: &[&str]| {
        let rule = rule(text);
        let mut session = session(&rule, joining("1h"), Policies::default());
        let mut rows = Vec::new();
        let mut give = |out: JoinedOutput<'_>| {
            rows.push(out.values.iter().map(|v| (v.value.to_bits(), v.availability)).collect::<Vec<_>>());
        };
        let (own, eth) = (session.plan().stream("ohlcv").unwrap(), session.plan().stream("ETH").unwrap());
        assert_eq!(session.plan().streams()[eth].fields, names);
        session.advance(eth, hours(1), &mut give).unwrap();
        session.push(own, &Event { time_ns: Some(hours(1)), inputs: &[1.0] }, &mut give).unwrap();
        let bar: Vec<f64> = (0..names.len()).map(|at| 7.0 + at as f64).collect();
        session.push(eth, &Event { time_ns: Some(hours(2)), inputs: &bar }, &mut give).unwrap();
        session.push(own, &Event { time_ns: Some(hours(2)), inputs: &[1.0] }, &mut give).unwrap();
        rows
    };
    for (named, written, reads) in [
        ("ETH.hlc3", "(ETH.high + ETH.low + ETH.close) / 3", &["high", "low", "close"][..]),
        (
            "ETH.weighted_close",
            "(ETH.open + ETH.high + ETH.low + ETH.close) / 4",
            &["open", "high", "low", "close"],
        ),
        ("ETH.hl2", "(ETH.high + ETH.low) / 2", &["high", "low"]),
        ("ETH.range", "ETH.high - ETH.low", &["high", "low"]),
    ] {
        let pair = |value: &str| format!("{{value: {value}, own: close}}");
        let rows = first(&pair(named), reads);
        assert_eq!(rows[0][0].1, Availability::MissingInput, "{named}");
        assert_eq!(rows[1][0].1, Availability::Ready, "{named}");
        assert_eq!(first(&pair(written), reads), rows, "{written}");
        // What only looks like it is a value as any other.
        let other = first(&pair(&format!("{written} + 0 * ETH.{}", reads[0])), reads);
        assert_eq!(other[0][0].1, Availability::WarmingUp, "{written}");
    }
}

#[test]
fn alignment_says_where_streams_of_one_length_meet() {
    let bars: &[(&str, i64, &[f64])] = &[
        ("ETH", 1, &[1.0]),
        ("ohlcv", 1, &[10.0]),
        ("ohlcv", 2, &[20.0]),
        ("ETH", 3, &[3.0]),
        ("ohlcv", 4, &[40.0]),
        ("ETH", 4, &[4.0]),
    ];
    let met = |how, fills| {
        let rule = rule("close + ETH.close");
        let joining = Joining { alignment: Alignment { how, fills }, ..joining("1h") };
        let mut session = session(&rule, joining, Policies::default());
        fed(&mut session, bars)
    };
    let gone = "missing ETH.close";
    assert_eq!(met(How::Left, true), ["1: 11", "2: 21", "4: 44"]);
    assert_eq!(met(How::Left, false), ["1: 11".into(), format!("2: {gone}"), "4: 44".into()]);
    assert_eq!(met(How::Inner, false), ["1: 11", "4: 44"]);
    assert_eq!(met(How::Right, true), ["1: 11", "3: 23", "4: 44"]);
    assert_eq!(met(How::Outer, true), ["1: 11", "2: 21", "3: 23", "4: 44"]);
    let outer = met(How::Outer, false);
    assert_eq!(outer, ["1: 11".into(), format!("2: {gone}"), "3: missing close".into(), "4: 44".into()]);
}

#[test]
fn bars_made_of_shorter_ones_are_those_that_are_given() {
    let rule = rule(
        "{close: ohlcv.4h.close, range: ohlcv.4h.high - ohlcv.4h.low, open: ohlcv.4h.open, mean: sma(ohlcv.4h.volume, 2)}",
    );
    let calendar = Calendar::default();
    let made = Joining { resample: Some(calendar.clone()), ..joining("1h") };
    let made_session = session(&rule, made.clone(), Policies::default());
    let bars = made_bars(&made_session, 7, 900 * HOUR_NS, 0.0);
    let own = made_session.plan().stream("ohlcv").unwrap();
    let fields = &made_session.plan().streams()[own].fields;
    // The same four-hour bars by hand: those whose close lies in an interval, in order.
    let given_session = session(&rule, joining("1h"), Policies::default());
    let long = given_session.plan().stream("ohlcv.4h").unwrap();
    let mut given = Bars { closes_ns: vec![], columns: vec![vec![]; 5] };
    for row in 0..bars[own].closes_ns.len() {
        let close_ns = bars[own].closes_ns[row];
        let end = (close_ns - 1).div_euclid(FOUR_HOURS) * FOUR_HOURS + FOUR_HOURS;
        let is_new = given.closes_ns.last() != Some(&end);
        if is_new {
            given.closes_ns.push(end);
        }
        for (column, name) in given.columns.iter_mut().zip(&given_session.plan().streams()[long].fields) {
            let x = bars[own].columns[fields.iter().position(|f| f == name).unwrap()][row];
            if is_new {
                column.push(x);
                continue;
            }
            let so_far = column.last_mut().unwrap();
            *so_far = match name.as_str() {
                "open" => *so_far,
                "high" => so_far.max(x),
                "low" => so_far.min(x),
                "volume" => *so_far + x,
                _ => x,
            };
        }
    }
    let clock = |joining: Joining| Joining { clock: Some("ohlcv".to_owned()), ..joining };
    let mut from_made = session(&rule, clock(made.clone()), Policies::default());
    let mut from_given = session(&rule, clock(joining("1h")), Policies::default());
    let times = Bars { closes_ns: bars[own].closes_ns.clone(), columns: vec![] };
    let both: Vec<Bars> = from_given
        .plan()
        .streams()
        .iter()
        .map(|s| if s.stream.name() == "ohlcv" { times.clone() } else { given.clone() })
        .collect();
    let expected = run(&mut from_given, &both);
    assert_eq!(run(&mut from_made, &bars), expected);
    assert!(
        expected.iter().filter(|(_, values)| values.iter().all(|x| !f64::from_bits(*x).is_nan())).count()
            > 500
    );
    let ready = prove(&rule, &clock(made), Policies::default(), &bars, 7, "made of shorter bars");
    assert!(ready > 2_000, "{ready}");
}

#[test]
fn a_forming_bar_that_ends_an_interval_is_seen_with_the_bar_it_completes() {
    let rule = rule("{close: ohlcv.4h.close, high: ohlcv.4h.high, mean: sma(ohlcv.4h.close, 2), own: close}");
    let joining =
        Joining { resample: Some(Calendar::default()), clock: Some("ohlcv".into()), ..joining("1h") };
    let mut session = session(&rule, joining, Policies::default());
    let own = session.plan().stream("ohlcv").unwrap();
    let fields = session.plan().streams()[own].fields.len();
    let (mut seen, mut ready) = (Vec::new(), 0);
    // The seventh hour is not there: what ended an interval before it is pending when the eighth forms.
    for hour in [1, 2, 3, 4, 5, 6, 8, 9, 10, 13, 16, 17] {
        let bar = vec![hour as f64; fields];
        let event = Event { time_ns: Some(hours(hour)), inputs: &bar };
        let state = session.snapshot();
        session.preview(own, &event, &mut seen).unwrap();
        assert!(session.snapshot() == state, "a forming bar left a trace");
        let mut rows = Vec::new();
        let mut give = |row: JoinedOutput<'_>| rows.push((row.time_ns, row.values.to_vec()));
        session.push(own, &event, &mut give).unwrap();
        let (time_ns, values) = rows.pop().expect("a row");
        assert_eq!(time_ns, hours(hour));
        for (found, value) in seen.iter().zip(&values) {
            assert_eq!(found.value.to_bits(), value.value.to_bits(), "hour {hour}");
            assert_eq!(found.availability, value.availability, "hour {hour}");
            ready += usize::from(value.availability == Availability::Ready);
        }
    }
    assert!(ready > 30, "{ready}");
}

#[test]
fn a_run_goes_on_where_an_interval_ended_between_two_bars() {
    // Intervals end at half past, when the hour before has passed and the one after is not there.
    let calendar = Calendar::new("UTC", "00:30", "monday").unwrap();
    let rule = rule("close - sma(ohlcv.4h.close, 2)");
    let joining = Joining { resample: Some(calendar), ..joining("1h") };
    let mut at_once = session(&rule, joining.clone(), Policies::default());
    let bars = made_bars(&at_once, 11, 90 * HOUR_NS, 0.0);
    let own = at_once.plan().stream("ohlcv").unwrap();
    let expected = run(&mut at_once, &bars);
    let mut piece_by_piece = session(&rule, joining, Policies::default());
    let (mut found, mut before) = (Vec::new(), i64::MIN);
    for close_ns in &bars[own].closes_ns {
        let first = bars[own].closes_ns.partition_point(|t| *t <= before);
        let mut piece = vec![Bars { closes_ns: vec![], columns: vec![] }; bars.len()];
        let head = bars[own].up_to(*close_ns);
        piece[own] = Bars {
            closes_ns: head.closes_ns[first..].to_vec(),
            columns: head.columns.iter().map(|column| column[first..].to_vec()).collect(),
        };
        found.extend(run(&mut piece_by_piece, &piece));
        before = *close_ns;
    }
    assert_eq!(found, expected);
    assert_eq!(piece_by_piece.snapshot(), at_once.snapshot());
    let fed = prove(&rule, at_once.plan().joining(), Policies::default(), &bars, 11, "ends between two bars");
    assert!(fed > 50, "{fed}");
}

/// A bar that is made of shorter ones is seen once no more of them can come into it, though it ends later.
#[test]
fn a_run_ends_with_the_rows_that_pushing_its_bars_gives() {
    let calendar = Calendar::new("UTC", "00:30", "monday").unwrap();
    let delivered = Some(vec!["ohlcv".to_owned()]);
    let joining = Joining { resample: Some(calendar), delivered, ..joining("1h") };
    let rule = rule("ohlcv.2h.close");
    let mut live = session(&rule, joining.clone(), Policies::default());
    let rows = fed(&mut live, &[1, 2, 3, 4].map(|hour| ("ohlcv", hour, &[1.0][..])));
    assert_eq!(rows, ["2: 1", "4: 1"]);
    let made = live.plan().streams().iter().map(|stream| stream.source().is_some());
    let bars: Vec<Bars> = made
        .map(|is_made| match is_made {
            true => Bars { closes_ns: vec![], columns: vec![] },
            false => Bars { closes_ns: [1, 2, 3, 4].map(hours).to_vec(), columns: vec![vec![1.0; 4]] },
        })
        .collect();
    let half = HOUR_NS / 2;
    let times: Vec<i64> = run(&mut session(&rule, joining, Policies::default()), &bars)
        .into_iter()
        .map(|(time_ns, _)| time_ns)
        .collect();
    assert_eq!(times, [hours(2) + half, hours(4) + half]);
}

#[test]
fn a_rule_that_reads_nothing_has_a_row_per_own_bar() {
    let mut session = session(&rule("{three: 1 + 2, yes: 1 < 2}"), joining("1h"), Policies::default());
    assert_eq!(fed(&mut session, &[("ohlcv", 1, &[]), ("ohlcv", 2, &[])]), ["1: 3, 1", "2: 3, 1"]);
    let bars = [Bars { closes_ns: vec![hours(3)], columns: vec![] }];
    assert_eq!(run(&mut session, &bars), [(hours(3), vec![3f64.to_bits(), 1f64.to_bits()])]);
}

/// The time of each clock's bars is no node of the rule, but what all of them remember counts.
#[test]
fn limits_are_those_of_the_rule_not_of_how_its_streams_come_together() {
    let rule = rule("close.4h_ago + ETH.close.4h_ago");
    let within = |limits| {
        Rule::from_ir_within(rule.outputs().to_vec(), catalog(), limits).unwrap().joined_plan(joining("1h"))
    };
    let nodes = rule.plan().node_count();
    assert!(within(PlanLimits { nodes, ..PlanLimits::default() }).is_ok());
    // Four bars ago: six numbers and their times at least, of two streams; a snapshot frames each with twenty bytes.
    let one = session(&rule, joining("1h"), Policies::default());
    let bytes = one.state_bytes() - 2 * 20;
    assert!(bytes >= 2 * 6 * 16);
    assert!(within(PlanLimits { window_bytes: bytes, ..PlanLimits::default() }).is_ok());
    let refused = within(PlanLimits { window_bytes: bytes - 1, ..PlanLimits::default() });
    assert!(matches!(refused, Err(PlanError::TooLarge { needed, .. }) if needed == bytes));
}

/// What is computed apart is to its readers as a field: missing where it is undefined, live and after a restart.
#[test]
fn why_a_value_of_another_clock_is_not_ready_is_the_same_after_a_restart() {
    let rule = rule("{sum: close + ohlcv.4h.close / ohlcv.4h.open, ratio: ohlcv.4h.close / ohlcv.4h.open}");
    let mut live = session(&rule, joining("1h"), Policies::default());
    assert_eq!(fed(&mut live, &[("ohlcv.4h", 4, &[1.0, 0.0])]), [""; 0]);
    let ratio = "(ohlcv.4h.close / ohlcv.4h.open)";
    let rows = fed(&mut live, &[("ohlcv", 4, &[1.0])]);
    assert_eq!(rows, [format!("4: missing {ratio}, undefined {ratio}")]);
    let mut restored = rule.restore_joined(&live.snapshot(), Instructions::Best).unwrap();
    for session in [&mut live, &mut restored] {
        let mut sums = Vec::new();
        let event = Event { time_ns: Some(hours(5)), inputs: &[2.0] };
        let own = session.plan().stream("ohlcv").unwrap();
        let plan = session.plan().plan().clone();
        session.push(own, &event, &mut |out| sums.push(words(&out.values[0], &plan))).unwrap();
        assert_eq!(sums, [format!("missing {ratio}")]);
    }
}

/// Gives the rows that a stream's passing of an hour completes.
fn advanced(session: &mut JoinedSession, stream: &str, hour: i64) -> Vec<String> {
    let (plan, mut rows) = (session.plan().clone(), Vec::new());
    let stream = plan.stream(stream).expect("a stream of the rule");
    let mut give = |out: JoinedOutput<'_>| rows.push(row_text(&out, plan.plan()));
    session.advance(stream, hours(hour), &mut give).expect("a stream whose bars are given");
    rows
}

/// Rows of ETH, where a value of 1:00 is read whose other part comes at 4:00, without an own bar.
fn waiting_for_four(rule: &Rule) -> JoinedSession {
    let joining = Joining { clock: Some("ETH".to_owned()), ..joining("1h") };
    let mut session = session(rule, joining, Policies::default());
    assert_eq!(fed(&mut session, &[("ohlcv", 1, &[1.0])]), [""; 0]);
    for stream in ["ETH", "ohlcv.4h", "ohlcv"] {
        assert_eq!(advanced(&mut session, stream, 3), [""; 0]);
    }
    session
}

const OF_SEVERAL_HOURS: &str =
    "{a: sum(ETH.close, 1), b: close + ohlcv.4h.close, c: close - sum(ohlcv.4h.close, 1)}";

/// Long after its last bar a value is read that was missing then; what was missing has come since.
#[test]
fn why_a_value_was_not_ready_is_told_as_of_its_own_bar() {
    let rule = rule(OF_SEVERAL_HOURS);
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        for is_tried in [false, true] {
            let (mut session, mut rows) = (waiting_for_four(&rule), Vec::new());
            for what in order {
                rows.extend(match what {
                    0 => fed(&mut session, &[("ohlcv.4h", 4, &[5.0])]),
                    1 => fed(&mut session, &[("ETH", 4, &[2.0])]),
                    _ => advanced(&mut session, "ohlcv", 4),
                });
                if is_tried && rows.is_empty() {
                    let event = Event { time_ns: Some(hours(5)), inputs: &[3.0] };
                    let own = session.plan().stream("ohlcv").unwrap();
                    session.preview(own, &event, &mut Vec::new()).unwrap();
                }
            }
            assert_eq!(rows, ["4: 2, missing ohlcv.4h.close, warming_up"], "{order:?}");
        }
    }
}

#[test]
fn a_run_tells_first_why_values_were_not_ready() {
    let rule = rule(OF_SEVERAL_HOURS);
    let mut session = waiting_for_four(&rule);
    let bars_of = |closes: &[i64]| Bars {
        closes_ns: closes.iter().map(|hour| hours(*hour)).collect(),
        columns: vec![closes.iter().map(|hour| *hour as f64).collect()],
    };
    let streams = session.plan().streams().iter().map(|stream| stream.stream.name());
    let bars: Vec<Bars> = streams
        .map(|name| match name.as_str() {
            "ETH" => bars_of(&[4, 5, 6, 7, 8, 9]),
            "ohlcv.4h" => bars_of(&[4, 8]),
            _ => bars_of(&[]),
        })
        .collect();
    assert_eq!(run(&mut session, &bars).len(), 6);
    // The next row reads the value of 1:00 still.
    assert_eq!(fed(&mut session, &[("ETH", 10, &[3.0])]), [""; 0]);
    assert_eq!(advanced(&mut session, "ohlcv", 10), ["10: 3, missing ohlcv.4h.close, warming_up"]);
}

/// What is new may still be warming up.
#[test]
fn a_value_that_has_to_be_new_is_told_from_one_that_waits() {
    let rule = rule("close - sum(ETH.close, 2)");
    let alignment = Alignment { how: How::Left, fills: false };
    let mut session = session(&rule, Joining { alignment, ..joining("1h") }, Policies::default());
    let eth = session.plan().stream("ETH").unwrap();
    let mut rows = fed(&mut session, &[("ETH", 1, &[1.0]), ("ohlcv", 1, &[1.0])]);
    session.advance(eth, hours(2), &mut |_| ()).unwrap();
    rows.extend(fed(&mut session, &[("ohlcv", 2, &[1.0]), ("ETH", 3, &[1.0]), ("ohlcv", 3, &[5.0])]));
    assert_eq!(rows, ["1: warming_up", "2: missing rolling_sum(ETH.close, 2)", "3: 3"]);
}

/// What a restored session reads of longer bars is what they were before, though none of them has come since.
#[test]
fn a_run_of_a_restored_session_reads_what_was_before() {
    let rule = rule("close + sum(ohlcv.4h.close, 1)");
    let mut live = session(&rule, joining("1h"), Policies::default());
    fed(&mut live, &[("ohlcv.4h", 4, &[70.0]), ("ohlcv", 4, &[1.0])]);
    let mut restored = rule.restore_joined(&live.snapshot(), Instructions::Best).unwrap();
    let own = Bars { closes_ns: vec![hours(5), hours(6), hours(7)], columns: vec![vec![2.0, 3.0, 4.0]] };
    let none = Bars { closes_ns: vec![], columns: vec![vec![]] };
    let streams: Vec<StreamColumns<'_>> = (live.plan().streams().iter())
        .map(|s| if s.timeframe == Timeframe::parse("4h") { none.columns() } else { own.columns() })
        .collect();
    for session in [&mut live, &mut restored] {
        let mut row = [0.0; 3];
        session.run(&streams, &mut [&mut row]).unwrap();
        assert_eq!(row, [72.0, 73.0, 74.0]);
    }
}

/// Bars that wait for the rest of their time are bars that wait: in what is counted, refused, saved and previewed.
#[test]
fn the_bars_of_a_time_may_come_from_the_streams_in_any_order() {
    let rule = rule("close + ETH.close + BTC.close");
    let mut live = session(&rule, joining("1h"), Policies::default());
    assert_eq!(
        fed(&mut live, &[("ETH", 1, &[10.0]), ("ohlcv", 1, &[1.0]), ("BTC", 1, &[100.0])]),
        ["1: 111"]
    );
    assert_eq!(fed(&mut live, &[("BTC", 2, &[200.0]), ("ETH", 2, &[20.0])]), [""; 0]);
    assert_eq!(live.waiting(), 2);
    let stream = |live: &JoinedSession, name| live.plan().stream(name).unwrap();
    let (own, eth, btc) = (stream(&live, "ohlcv"), stream(&live, "ETH"), stream(&live, "BTC"));
    let event = |hour, field| Event { time_ns: Some(hours(hour)), inputs: field };
    let none = &mut |_: JoinedOutput<'_>| panic!("no row is complete");
    live.push(eth, &event(2, &[20.0]), none).expect("the same bar again");
    assert!(matches!(live.push(eth, &event(2, &[21.0]), none), Err(StepError::Corrected { .. })));
    let mut restored = rule.restore_joined(&live.snapshot(), Instructions::Best).unwrap();
    let mut out = Vec::new();
    live.preview(own, &event(2, &[5.0]), &mut out).unwrap();
    assert_eq!(out[0].value, 5.0 + 10.0 + 100.0, "bars that wait are not seen");
    assert!(matches!(live.run(&[], &mut []), Err(StepError::Shape { .. })));
    for session in [&mut live, &mut restored] {
        // One of the next time may come before this one is complete.
        assert_eq!(fed(session, &[("ETH", 3, &[30.0])]), [""; 0]);
        assert_eq!((session.waiting(), session.counters().duplicate, session.counters().late), (3, 1, 1));
        assert_eq!(fed(session, &[("ohlcv", 2, &[2.0]), ("ohlcv", 3, &[3.0])]), ["2: 222"]);
        session
            .push(btc, &event(3, &[f64::INFINITY]), &mut |row| assert!(row.values[0].value.is_nan()))
            .unwrap();
        let last = [("BTC", 4, &[400.0][..]), ("ohlcv", 4, &[4.0]), ("ETH", 4, &[40.0])];
        assert_eq!(fed(session, &last), ["4: 444"]);
        assert_eq!(session.waiting(), 0);
    }
    assert!(live.snapshot() == restored.snapshot());
}

#[test]
fn streams_and_clocks_that_do_not_fit_are_refused_by_name() {
    let refused = |text: &str, joining: Joining| rule(text).joined_plan(joining).unwrap_err().to_string();
    let one = |text| refused(text, Joining::default());
    assert!(one("close > ohlcv.4h.close").contains("the timeframe of its own bars is needed"));
    assert!(
        refused("close", Joining { clock: Some("ETH".into()), ..joining("1h") })
            .contains("there is no stream `ETH`; there are ohlcv")
    );
    assert!(refused("ohlcv.4h.close.90m_ago", joining("1h")).contains("not a whole number of bars"));
    assert!(refused("ohlcv.1mo.close.30d_ago", joining("1d")).contains("not all of one length"));
    let finer = Joining { resample: Some(Calendar::default()), ..joining("1h") };
    assert_eq!(
        refused("ohlcv.4h.close > close", Joining { delivered: Some(vec!["ETH".into()]), ..finer.clone() }),
        "there is no stream `ohlcv.4h`; there are ETH"
    );
    assert!(
        refused("trades.4h.volume > close", Joining { delivered: Some(vec!["ohlcv".into()]), ..finer })
            .contains("there is no stream `trades.4h`")
    );
    let several = rule("close > ohlcv.4h.close");
    let error =
        several.session(ta_engine::Options { timeframe_ns: Some(HOUR_NS as u64), ..Default::default() });
    assert!(matches!(error, Err(PlanError::SeveralTimeframes { .. })));
}

#[test]
fn bars_that_nobody_asks_after_do_not_pile_up_without_end() {
    let rule = rule("close > ETH.close");
    let mut session = session(&rule, joining("1h"), Policies::default());
    let push = |session: &mut JoinedSession, hour| {
        let event = Event { time_ns: Some(hours(hour)), inputs: &[1.0] };
        session.push(0, &event, &mut |_| {})
    };
    for hour in 0..1 << 16 {
        assert_eq!(push(&mut session, hour), Ok(()));
    }
    let full = push(&mut session, 1 << 16);
    assert!(
        matches!(full, Err(StepError::Backlog { ref for_stream, .. }) if for_stream == "ETH"),
        "{full:?}"
    );
    let columns = StreamColumns::new(&[], &[]);
    assert!(matches!(session.row_times(&[columns.clone(), columns]), Err(StepError::Waiting { .. })));
}

#[test]
fn the_policies_for_missing_input_hold_for_every_stream() {
    let rule = rule("close + ETH.close");
    let with = |missing_input, on_error| Policies { missing_input, on_error };
    let bars: &[(&str, i64, &[f64])] =
        &[("ohlcv", 1, &[1.0]), ("ETH", 1, &[10.0]), ("ohlcv", 2, &[f64::NAN]), ("ETH", 2, &[20.0])];
    let mut emitting = session(&rule, joining("1h"), Policies::default());
    assert_eq!(fed(&mut emitting, bars), ["1: 11", "2: missing close"]);
    let mut holding = session(&rule, joining("1h"), with(MissingInput::HoldPrevious, OnError::Raise));
    assert_eq!(fed(&mut holding, bars), ["1: 11", "2: 21"]);
    let mut failing = session(&rule, joining("1h"), with(MissingInput::Fail, OnError::Raise));
    fed(&mut failing, &bars[..2]);
    let missing = Event { time_ns: Some(hours(2)), inputs: &[f64::NAN] };
    let refused = failing.push(0, &missing, &mut |_| {}).unwrap_err();
    assert_eq!(refused.to_string(), "`ohlcv.close` has no value");
    assert_eq!(fed(&mut failing, &[("ohlcv", 2, &[2.0]), ("ETH", 2, &[20.0])]), ["2: 22"]);
    let mut telling = session(&rule, joining("1h"), with(MissingInput::Fail, OnError::EmitError));
    assert_eq!(fed(&mut telling, bars), ["1: 11", "2: error"]);
}
