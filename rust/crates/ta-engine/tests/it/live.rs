//! What a live session does with what a feed sends, case by case.

use ta_engine::incremental::contracts::*;
use ta_engine::incremental::live::*;
use ta_engine::{Event, Options};

use crate::feed::rule;
use crate::market::Random;

const HOUR: i64 = 3_600_000_000_000;

fn hourly() -> Options {
    Options { timeframe_ns: Some(HOUR as u64), ..Options::default() }
}

fn keeping(revisions: usize) -> LivePolicies {
    LivePolicies { revisions, ..LivePolicies::default() }
}

fn session(text: &str, policies: LivePolicies) -> LiveSession {
    rule(text).live_session(hourly(), policies).unwrap()
}

/// Takes an event at an hour and says what it gave: of each row the hour, the value, its revision where it is a correction,
/// `~` where it is not final and `!` where something is missing.
fn said(live: &mut LiveSession, hour: i64, kind: Kind<&[f64]>) -> String {
    match live.apply(&LiveEvent::new(hour * HOUR, kind)) {
        Ok(applied) => words(applied),
        Err(error) => format!("error: {error}"),
    }
}

fn words(applied: &Applied) -> String {
    let rows = applied.outputs().map(|out| {
        let value = match out.values[0].availability {
            Availability::Ready => out.values[0].value.to_string(),
            other => other.name().to_owned(),
        };
        let revision = if out.revision > 0 { format!("r{}", out.revision) } else { String::new() };
        let (forming, degraded) =
            (if out.is_final { "" } else { "~" }, if out.is_degraded { "!" } else { "" });
        format!("{}:{value}{revision}{forming}{degraded}", out.time_ns.unwrap() / HOUR)
    });
    let records = applied.records.iter().map(|record| format!("({})", record.outcome.name()));
    rows.chain(records).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_corrected_bar_gives_every_result_again_that_it_changes_and_no_other() {
    let mut live = session("sma(close, 2)", keeping(10));
    for (hour, close) in [(1, 1.0), (2, 3.0), (3, 5.0), (4, 7.0)] {
        said(&mut live, hour, Kind::Close(&[close]));
    }
    assert_eq!(said(&mut live, 2, Kind::Revise(&[5.0])), "2:3r1 3:5r1");
    assert_eq!(said(&mut live, 2, Kind::Revise(&[5.0])), "(duplicate)");
    assert_eq!(said(&mut live, 2, Kind::Revise(&[3.0])), "2:2r2 3:4r2");
    assert_eq!(said(&mut live, 5, Kind::Close(&[9.0])), "5:8");
    assert_eq!(live.counters(), Counters { received: 8, applied: 7, duplicate: 1, ..Counters::default() });
}

#[test]
fn what_lies_behind_the_kept_bars_is_refused_with_what_to_do() {
    let mut live = session("ema(close, 3)", keeping(2));
    for hour in 1..=9 {
        said(&mut live, hour, Kind::Close(&[hour as f64]));
    }
    let before = live.snapshot();
    assert_eq!(
        said(&mut live, 7, Kind::Revise(&[0.0])),
        "error: the bar of 1970-01-01T07:00:00Z is older than what is kept: 2 bars can be revised, from \
         1970-01-01T08:00:00Z on; give the whole history to rebuild from"
    );
    assert_eq!(
        said(&mut live, 10, Kind::Revise(&[0.0])),
        "error: there is no bar of 1970-01-01T10:00:00Z to revise"
    );
    assert_eq!(live.snapshot().len(), before.len());
    // The whole history does: what it changes of the kept results is given.
    let times: Vec<_> = (1..=9).map(|hour| hour * HOUR).collect();
    let closes = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 8.0, 9.0];
    let watch = &mut ta_engine::incremental::watch::Unwatched;
    let given = live.rebuild(Some(&times), &[&closes], watch).unwrap();
    let given: Vec<_> = given.outputs().map(|out| (out.time_ns.unwrap() / HOUR, out.revision)).collect();
    assert_eq!(given, [(8, 1), (9, 1)]);
    let mut fresh = rule("ema(close, 3)").session(hourly()).unwrap();
    for (time_ns, close) in times.iter().zip(&closes) {
        fresh.step(&Event { time_ns: Some(*time_ns), inputs: &[*close] }).unwrap();
    }
    assert!(live.into_session().snapshot() == fresh.snapshot());
}

#[test]
fn a_bar_of_a_feed_without_flags_closes_when_the_next_one_opens_or_time_has_passed_it() {
    let policies = LivePolicies { closed: Closed::NextOpen, stamps: Stamp::Open, ..LivePolicies::default() };
    let mut live = session("close", policies);
    let update = |live: &mut LiveSession, hour, close| {
        said(live, hour, Kind::Update(&[close], Closed::NextOpen, None))
    };
    assert_eq!(update(&mut live, 1, 10.0), "1:10~");
    assert_eq!(update(&mut live, 1, 11.0), "1:11~");
    assert_eq!(update(&mut live, 2, 12.0), "1:11 2:12~");
    // Stamped by its open, it ends an hour later.
    assert_eq!(said(&mut live, 2, Kind::Heartbeat), "");
    assert_eq!(said(&mut live, 3, Kind::Heartbeat), "2:12");
    assert_eq!(update(&mut live, 2, 12.0), "(duplicate)");
    assert_eq!(
        update(&mut live, 2, 13.0),
        "error: the bar of 1970-01-01T02:00:00Z is not after the last committed bar, which has the same time; lateness allowed: 0 s"
    );
}

#[test]
fn a_feed_with_flags_has_to_say_whether_a_bar_has_closed() {
    let mut live = session("close", LivePolicies { closed: Closed::Flag, ..LivePolicies::default() });
    assert_eq!(said(&mut live, 1, Kind::Update(&[10.0], Closed::Flag, Some(false))), "1:10~");
    assert_eq!(said(&mut live, 1, Kind::Update(&[11.0], Closed::Flag, Some(true))), "1:11");
    assert!(
        said(&mut live, 2, Kind::Update(&[11.0], Closed::Flag, None))
            .starts_with("error: the message of 1970-01-01T02")
    );
    let mut each = session("close", LivePolicies::default());
    assert_eq!(said(&mut each, 1, Kind::Update(&[11.0], Closed::Each, None)), "1:11");
}

#[test]
fn trades_make_bars_of_half_open_intervals() {
    let trade = |live: &mut LiveSession, minutes: i64, price, amount| {
        let event = LiveEvent::new(minutes * HOUR / 60, Kind::Trade { price, amount });
        live.apply(&event).map(words).unwrap_or_else(|error| error.to_string())
    };
    let mut live =
        session("{x: open + 2 * high + 3 * low + 5 * close + 7 * volume}", LivePolicies::default());
    let value = |o: f64, h: f64, l: f64, c: f64, v: f64| o + 2.0 * h + 3.0 * l + 5.0 * c + 7.0 * v;
    assert_eq!(trade(&mut live, 60, 10.0, 1.0), format!("2:{}~", value(10.0, 10.0, 10.0, 10.0, 1.0)));
    assert_eq!(trade(&mut live, 90, 14.0, 2.0), format!("2:{}~", value(10.0, 14.0, 10.0, 14.0, 3.0)));
    // An earlier trade that comes later is the open; it is not the close.
    assert_eq!(trade(&mut live, 60, 9.0, 0.0), format!("2:{}~", value(10.0, 14.0, 9.0, 14.0, 3.0)));
    let closed = value(10.0, 14.0, 9.0, 14.0, 3.0);
    // At the end of an interval begins the next.
    assert_eq!(
        trade(&mut live, 120, 20.0, 1.0),
        format!("2:{closed} 3:{}~", value(20.0, 20.0, 20.0, 20.0, 1.0))
    );
    assert!(trade(&mut live, 119, 1.0, 1.0).starts_with("the bar of"), "a trade of a bar that has closed");
    assert!(trade(&mut live, 130, f64::NAN, 1.0).contains("a trade at the price NaN"));
    assert!(trade(&mut live, 130, 1.0, -1.0).contains("a trade of -1"));
    assert_eq!(trade(&mut live, 130, -3.0, 0.0).split(':').next(), Some("3"), "a price below zero is one");
    let mut timeless = rule("close").live_session(Options::default(), LivePolicies::default()).unwrap();
    assert!(
        trade(&mut timeless, 1, 1.0, 1.0).starts_with("trades are made into bars of the session's timeframe")
    );
}

#[test]
fn holes_mark_results_until_they_are_filled_or_acknowledged() {
    let mut live = session("close", LivePolicies { late: Late::Rebuild, ..keeping(10) });
    assert_eq!(said(&mut live, 1, Kind::Close(&[1.0])), "1:1");
    assert_eq!(said(&mut live, 4, Kind::Close(&[4.0])), "4:4! (gap)");
    assert_eq!(said(&mut live, 3, Kind::Close(&[3.0])), "3:3!");
    assert_eq!(said(&mut live, 2, Kind::Close(&[2.0])), "2:2");
    assert_eq!(said(&mut live, 7, Kind::Close(&[7.0])), "7:7! (gap)");
    assert_eq!(live.holes(), [Hole { after_ns: 4 * HOUR, until_ns: 7 * HOUR, missing: Some(2) }]);
    assert_eq!(said(&mut live, 7, Kind::Acknowledge), "");
    assert_eq!(said(&mut live, 8, Kind::Close(&[8.0])), "8:8");
    assert_eq!(said(&mut live, 8, Kind::Halt), "");
    assert_eq!(
        said(&mut live, 20, Kind::Close(&[20.0])),
        "20:20",
        "nothing is expected while trading stands still"
    );
    assert_eq!(said(&mut live, 20, Kind::Gap { until_ns: 21 * HOUR }), "(gap)");
    assert_eq!(said(&mut live, 21, Kind::Close(&[21.0])), "21:21!");
    let mut sparse = session("close", LivePolicies { sparse: true, ..LivePolicies::default() });
    assert_eq!(said(&mut sparse, 1, Kind::Close(&[1.0])), "1:1");
    assert_eq!(said(&mut sparse, 9, Kind::Close(&[9.0])), "9:9");
}

#[test]
fn numbers_of_the_source_tell_what_came_before_and_what_is_missing() {
    let mut live = session("close", LivePolicies { late: Late::SideOutput, ..LivePolicies::default() });
    let mut at = |hour: i64, number: u64| {
        let sequence = Some(Sequence { epoch: 0, number });
        let event = LiveEvent { sequence, ..LiveEvent::new(hour * HOUR, Kind::Close(&[1.0])) };
        words(live.apply(&event).unwrap())
    };
    assert_eq!(at(1, 5), "1:1");
    assert_eq!(at(2, 5), "(duplicate)");
    assert_eq!(at(2, 7), "2:1! (skipped)");
    assert_eq!(at(3, 6), "3:1");
    assert_eq!(at(1, 8), "(late)");
}

#[test]
fn results_are_given_as_they_are_asked_for() {
    let closes = [(1, 1.0), (2, 3.0), (3, 3.0), (4, 1.0), (5, 4.0)];
    let given = |emit: Emit| {
        let mut live = session("close > 2", LivePolicies { emit, ..keeping(5) });
        let rows: Vec<_> = closes.map(|(hour, close)| said(&mut live, hour, Kind::Close(&[close]))).into();
        let forming = [5.0, 6.0, 0.0, 0.0].map(|close| said(&mut live, 6, Kind::Forming(&[close])));
        let corrected = said(&mut live, 2, Kind::Revise(&[0.0]));
        (rows.join(" "), forming.join(" "), corrected)
    };
    let told = |rows: &str, forming: &str, corrected: &str| {
        (rows.to_owned(), forming.to_owned(), corrected.to_owned())
    };
    assert_eq!(given(Emit::All), told("1:0 2:1 3:1 4:0 5:1", "6:1~ 6:1~ 6:0~ 6:0~", "2:0r1"));
    assert_eq!(given(Emit::Changes), told("1:0 2:1  4:0 5:1", "  6:0~ ", "2:0r1"));
    assert_eq!(given(Emit::True), told(" 2:1 3:1  5:1", "6:1~ 6:1~ 6:0~ ", "2:0r1"));
    let refused =
        rule("close").live_session(hourly(), LivePolicies { emit: Emit::True, ..LivePolicies::default() });
    assert_eq!(
        refused.err().unwrap().to_string(),
        "`emit` is \"true\", and no output of the rule is true or false: value"
    );
}

#[test]
fn policies_that_need_bars_to_go_back_to_are_refused_without() {
    let refused =
        |policies: LivePolicies| rule("close").live_session(hourly(), policies).err().unwrap().to_string();
    assert_eq!(
        refused(LivePolicies { late: Late::Rebuild, ..LivePolicies::default() }),
        "late=\"rebuild\" needs bars to go back to: say how many with `revisions`"
    );
    assert!(
        refused(LivePolicies { corrected: Corrected::Revise, ..LivePolicies::default() })
            .starts_with("corrected=")
    );
    assert!(refused(keeping(usize::MAX)).starts_with("revisions: 18446744073709551615 given"));
}

#[test]
fn bars_that_cannot_be_are_refused_where_that_is_asked_for() {
    let mut live =
        session("open + high + low + close + volume", LivePolicies { bars: Bars::Reject, ..keeping(3) });
    let order = live.plan().fields().iter().map(|f| f.field.clone().unwrap()).collect::<Vec<_>>();
    let bar = |o: f64, h: f64, l: f64, c: f64, v: f64| -> Vec<f64> {
        let of = |name: &String| match name.as_str() {
            "open" => o,
            "high" => h,
            "low" => l,
            "close" => c,
            _ => v,
        };
        order.iter().map(of).collect()
    };
    assert_eq!(
        said(&mut live, 1, Kind::Close(&bar(-2.0, -1.0, -4.0, -3.0, 0.0))),
        "1:-10",
        "prices below zero are real"
    );
    for (bad, why) in [
        (bar(2.0, 1.0, 3.0, 2.0, 0.0), "its high 1 is below its low 3"),
        (bar(9.0, 3.0, 1.0, 2.0, 0.0), "its open 9 is above its high 3"),
        (bar(2.0, 3.0, 1.0, 0.0, 0.0), "its close 0 is below its low 1"),
        (bar(2.0, 3.0, 1.0, 2.0, -1.0), "its volume is -1"),
    ] {
        assert_eq!(
            said(&mut live, 2, Kind::Close(&bad)),
            format!("error: the bar of 1970-01-01T02:00:00Z cannot be: {why}")
        );
        assert!(said(&mut live, 1, Kind::Revise(&bad)).contains(why));
        assert!(said(&mut live, 2, Kind::Forming(&bad)).contains(why));
    }
    let off = live.apply(&LiveEvent::new(2 * HOUR + 1, Kind::Close(&bar(2.0, 3.0, 1.0, 2.0, 0.0))));
    assert!(off.unwrap_err().to_string().contains("no whole number of bars"));
    assert_eq!(live.counters().rejected, 13);
}

#[test]
fn a_split_brings_what_was_taken_to_the_new_units() {
    let mut live = session("sma(close, 3)", keeping(10));
    for (hour, close) in [(1, 30.0), (2, 60.0)] {
        said(&mut live, hour, Kind::Close(&[close]));
    }
    assert_eq!(said(&mut live, 2, Kind::Reset { factor: 3.0 }), "");
    assert_eq!(said(&mut live, 3, Kind::Close(&[30.0])), "3:20");
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(said(&mut live, 3, Kind::Reset { factor: bad }).contains("no finite number above zero"));
    }
}

#[test]
fn events_that_wait_are_taken_in_the_order_of_their_times_however_they_arrive() {
    let delay = Reorder { delay_ns: 4 * HOUR as u64, most: 100 };
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let mut events: Vec<(i64, i64, f64)> =
            (0..40).map(|hour| (hour, hour * 2, (random.below(100)) as f64)).collect();
        // A bar comes four hours late at most.
        for event in &mut events {
            event.1 += random.below(8) as i64;
        }
        let straight = events.clone();
        events.sort_by_key(|(_, arrival, _)| *arrival);
        let rows = |events: &[(i64, i64, f64)], policies: LivePolicies| {
            let mut live = session("ema(close, 5) > close", policies);
            let mut rows = Vec::new();
            for (hour, _, close) in events {
                rows.push(said(&mut live, *hour, Kind::Close(&[*close])));
                if hour % 7 == 3 {
                    live = rule("ema(close, 5) > close").restore_live(&live.snapshot()).unwrap();
                }
            }
            rows.push(words(live.flush()));
            rows.retain(|row| !row.is_empty());
            (rows.join(" "), live.counters())
        };
        let plain = rows(&straight, LivePolicies::default());
        let waited = rows(&events, LivePolicies { reorder: Some(delay), ..LivePolicies::default() });
        assert_eq!(waited, plain, "seed {seed}");
    }
}

#[test]
fn a_full_buffer_lets_the_oldest_go_and_says_so() {
    let delay = Reorder { delay_ns: u64::MAX, most: 2 };
    let mut live = session("close", LivePolicies { reorder: Some(delay), ..LivePolicies::default() });
    assert_eq!(said(&mut live, 3, Kind::Close(&[3.0])), "");
    assert_eq!(said(&mut live, 2, Kind::Close(&[2.0])), "");
    assert_eq!(live.buffered(), 2);
    assert_eq!(said(&mut live, 1, Kind::Close(&[1.0])), "1:1 (crowded)");
    // Whoever gave it has gone on: that it is refused is told by a record.
    assert_eq!(said(&mut live, 1, Kind::Close(&[9.0])), "(crowded) (refused)");
    assert_eq!(said(&mut live, 3, Kind::Heartbeat), "2:2 3:3");
    let Counters { received, applied, late, .. } = live.counters();
    assert_eq!((received, applied, late), (5, 4, 1));
}

#[test]
fn a_session_that_was_asked_for_nothing_has_the_bytes_and_the_counters_of_one_without() {
    let mut plain = rule("sma(close, 3)").session(hourly()).unwrap();
    let mut live = session("sma(close, 3)", LivePolicies::default());
    for hour in [1, 2, 2, 1, 3] {
        let event = Event { time_ns: Some(hour * HOUR), inputs: &[hour as f64] };
        let (a, b) = (plain.step(&event), live.step(&event).map(Option::unwrap));
        assert_eq!(format!("{a:?}"), format!("{b:?}"));
    }
    assert!(plain.snapshot() == live.snapshot());
    assert_eq!(plain.counters(), live.counters());
    assert_eq!(live.counters().late, 1);
}

/// What is told of closes that come one after the other.
fn why(text: &str, closes: &[f64]) -> String {
    let mut live = session(text, LivePolicies::default());
    for (hour, close) in closes.iter().enumerate() {
        let fields = vec![*close; live.plan().fields().len()];
        live.step(&Event { time_ns: Some(hour as i64 * HOUR), inputs: &fields }).unwrap();
    }
    live.why().map_or_else(String::new, |why| why.to_string())
}

#[test]
fn why_a_rule_is_not_true_is_told_part_by_part_and_what_was_one_condition_short() {
    assert_eq!(
        why("close > sma(close, 2) and sma(close, 2) > 5", &[1.0, 2.0]),
        "value: false at 1970-01-01T01:00:00Z\n\
         `- ((close > sma(close, 2)) and (sma(close, 2) > 5)): false\n   \
            |- (close > sma(close, 2)): true\n   \
            |  |- close: 2\n   \
            |  `- sma(close, 2): 1.5\n   \
            |     `- close: 2\n   \
            `- (sma(close, 2) > 5): false\n      \
               |- sma(close, 2): 1.5  (as above)\n      \
               `- 5\n\
         one condition short: sma(close, 2) > 5 (1.5 against 5)\n"
    );
    let short = |text: &str, closes: &[f64]| {
        let told = why(text, closes);
        told.lines()
            .find_map(|line| line.strip_prefix("one condition short: ").map(str::to_owned))
            .unwrap_or_default()
    };
    assert_eq!(short("close > 1 and close > 5", &[7.0]), "", "what is true lacks nothing");
    assert_eq!(short("close > 8 and close > 5", &[1.0]), "", "two conditions are more than one");
    assert_eq!(
        short("close > 8 or close > 5", &[1.0]),
        "close > 8 (1 against 8), or close > 5 (1 against 5)"
    );
    assert_eq!(
        short("not (close > 1 and close < 9)", &[4.0]),
        "close > 1 (4 against 1), or close < 9 (4 against 9)"
    );
    assert_eq!(short("close > 1 and sma(close, 3) > 5", &[7.0]), "sma(close, 3) > 5 (not ready against 5)");
    assert_eq!(short("close > 9 or sma(close, 3) > 5", &[7.0]), "");
    assert_eq!(short("close > 9 and sma(close, 3) > 5", &[7.0]), "");
    assert_eq!(
        short("(close > 1 and (close > 2 and close > 9)) and not (close < 1)", &[4.0]),
        "close > 9 (4 against 9)"
    );
    assert!(
        why("close / open > 1", &[0.0]).contains("(close / open): missing_input, undefined: (close / open)")
    );
    assert!(why("close > 1", &[f64::NAN]).contains("close: missing_input, close is missing"));
}

#[test]
fn why_is_known_behind_a_bar_and_of_a_restored_session_where_bars_are_kept() {
    assert_eq!(why("close > 1", &[]), "");
    for (kept, is_known) in [(0, false), (3, true)] {
        let mut live = session("close > 1", keeping(kept));
        said(&mut live, 1, Kind::Close(&[2.0]));
        let told = live.why();
        assert!(told.is_some());
        let before = live.snapshot();
        assert!(live.snapshot() == before, "asking changes no bit");
        said(&mut live, 2, Kind::Forming(&[0.0]));
        assert_eq!(live.why(), told, "what forms leaves no trace");
        let mut restored = rule("close > 1").restore_live(&live.snapshot()).unwrap();
        assert_eq!(restored.why().is_some(), is_known);
        said(&mut restored, 2, Kind::Close(&[0.0]));
        assert_eq!(restored.why().unwrap().outputs[0].short, ["close > 1 (0 against 1)"]);
    }
}
