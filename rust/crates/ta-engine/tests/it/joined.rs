//! Rules over several streams: a history at once, bars in any order of arrival and restarts give the same bits, and no
//! bar is seen before it closed.

use ta_engine::calendar::{Calendar, Timeframe};
use ta_engine::incremental::contracts::{Availability, MissingInput, OnError, Policies, StepError};
use ta_engine::incremental::joined::JoinedOutput;
use ta_engine::incremental::joined_run::StreamColumns;
use ta_engine::plan::PlanError;
use ta_engine::plan::regions::Joining;
use ta_engine::plan::streams::{Alignment, How};
use ta_engine::{Event, Instructions, JoinedSession, Rule};

use crate::feed::{rule, words};
use crate::market::{Market, Random};
use crate::random_rules::{Shape, random_rule};

pub const MINUTE_NS: i64 = 60_000_000_000;
const HOUR_NS: i64 = 60 * MINUTE_NS;

/// One stream's bars.
#[derive(Clone)]
pub struct Bars {
    pub closes_ns: Vec<i64>,
    pub columns: Vec<Vec<f64>>,
}

impl Bars {
    fn columns(&self) -> StreamColumns<'_> {
        let columns: Vec<&[f64]> = self.columns.iter().map(Vec::as_slice).collect();
        StreamColumns::new(&self.closes_ns, &columns)
    }

    fn bar(&self, row: usize) -> Vec<f64> {
        self.columns.iter().map(|column| column[row]).collect()
    }

    fn up_to(&self, close_ns: i64) -> Bars {
        let rows = self.closes_ns.partition_point(|t| *t <= close_ns);
        Bars {
            closes_ns: self.closes_ns[..rows].to_vec(),
            columns: self.columns.iter().map(|column| column[..rows].to_vec()).collect(),
        }
    }
}

/// A row of results: its time and every output's bits and availability.
type Row = (i64, Vec<(u64, Availability)>);

/// Made bars for every stream of a session: walks with holes, missing fields and times of their own.
pub fn made_bars(session: &JoinedSession, seed: u64, span_ns: i64, missing: f64) -> Vec<Bars> {
    let mut random = Random::new(seed);
    let start = 400_000 * HOUR_NS;
    let mut all = Vec::new();
    for stream in session.plan().streams() {
        let length = stream.timeframe.map_or(HOUR_NS, |t| t.nominal_ns() as i64);
        let mut bars = Bars { closes_ns: Vec::new(), columns: vec![Vec::new(); stream.fields.len()] };
        let holes = [0.0, 0.02, 0.3][random.below(3)];
        let market = Market::new(random.next(), (span_ns / length) as usize + 1).with_missing(seed, missing);
        let (mut hole, mut close_ns) = (0, start);
        for bar in 0..market.bars() {
            close_ns = stream.timeframe.map_or(close_ns + length, |t| t.close_of(close_ns));
            if random.unit() < holes {
                hole = random.below(6);
            }
            if hole > 0 {
                hole -= 1;
                continue;
            }
            bars.closes_ns.push(close_ns);
            for (column, field) in bars.columns.iter_mut().zip(&stream.fields) {
                column.push(match field.as_str() {
                    "open" => market.open[bar],
                    "high" => market.high[bar],
                    "low" => market.low[bar],
                    "close" | "price" => market.close[bar],
                    _ => market.volume[bar],
                });
            }
        }
        if session.plan().stream(&stream.stream.name()).is_err() {
            bars = Bars { closes_ns: Vec::new(), columns: Vec::new() };
        }
        all.push(bars);
    }
    all
}

pub fn run(session: &mut JoinedSession, bars: &[Bars]) -> Vec<(i64, Vec<u64>)> {
    let streams: Vec<_> = bars.iter().map(Bars::columns).collect();
    let times = session.row_times(&streams).expect("bars in order");
    let mut outputs = vec![vec![0.0; times.len()]; session.plan().plan().outputs().len()];
    let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
    session.run(&streams, &mut slices).expect("bars in order");
    let row = |at: usize| outputs.iter().map(|column| column[at].to_bits()).collect();
    times.iter().enumerate().map(|(at, time_ns)| (*time_ns, row(at))).collect()
}

fn bits(rows: &[Row]) -> Vec<(i64, Vec<u64>)> {
    rows.iter().map(|(time, values)| (*time, values.iter().map(|(bits, _)| *bits).collect())).collect()
}

/// Pushes bars in a random order that keeps each stream's own, from where each has come to.
fn push_some(
    session: &mut JoinedSession,
    bars: &[Bars],
    done: &mut [usize],
    most: usize,
    random: &mut Random,
    rows: &mut Vec<Row>,
) -> bool {
    for _ in 0..most {
        let open: Vec<usize> = (0..bars.len()).filter(|s| done[*s] < bars[*s].closes_ns.len()).collect();
        if open.is_empty() {
            return false;
        }
        // Now and then a stream runs far ahead of the others.
        let stream = match random.below(4) {
            0 => open[0],
            _ => open[random.below(open.len())],
        };
        let row = done[stream];
        done[stream] += 1;
        let event = Event { time_ns: Some(bars[stream].closes_ns[row]), inputs: &bars[stream].bar(row) };
        session
            .push(stream, &event, &mut |out| {
                let values = out.values.iter().map(|v| (v.value.to_bits(), v.availability)).collect();
                rows.push((out.time_ns, values));
            })
            .expect("bars in order");
    }
    true
}

fn finish(session: &mut JoinedSession, bars: &[Bars], rows: &mut Vec<Row>) {
    if let Some(end) = bars.iter().filter_map(|b| b.closes_ns.last().copied()).max() {
        session.advance_all(end, &mut |out| {
            let values = out.values.iter().map(|v| (v.value.to_bits(), v.availability)).collect();
            rows.push((out.time_ns, values));
        });
    }
}

/// Rules over several streams, each with the length of its own bars.
pub const RULES: &[(&str, &str)] = &[
    ("close > sma(ohlcv.4h.close, 3)", "1h"),
    ("sma(BTC.4h.close, 3)", "1h"),
    ("ema(close, 5) / ema(ETH.close, 5)", "15m"),
    ("rsi(close - ETH.close, 4) > 50 and atr(3) > 0", "1h"),
    ("sma(trades.volume, 4) > sma(volume, 4)", "1h"),
    ("trades.filter(amount > 500).count + close", "1h"),
    ("crossup(ema(close, 3), ema(ohlcv.1d.close, 2)) or close.change_1d > 0", "4h"),
    ("sma(BTC.1h.close, 3) > sma(BTC.1d.close, 2)", "15m"),
    ("{a: close[1], b: BTC.2h.high[2], c: sma(close + BTC.2h.high, 2), d: 1}", "30m"),
    ("stochastic(5, 3, 2).k - ETH.close.3h_ago", "1h"),
    ("BTC.close + ETH.close + SOL.close", "1h"),
    ("max(greatest(BTC.close, ETH.30m.close), 4) - min(close, 3)", "1h"),
    ("barssince(BTC.close > ETH.close) + valuewhen(close > open, ohlcv.2h.close, 1)", "30m"),
    ("macd(ETH.4h.close, 3, 5, 2)", "1h"),
    ("binance.BTC.USDT.perp.h1.close - binance.BTC.USDT.spot.h1.close", "1h"),
    ("close.filter(close > ETH.close)", "1h"),
    ("ohlcv.filter(close > BTC.2h.close).sum(volume)", "1h"),
    ("ohlcv.1mo.close + ohlcv.1w.close.1w_ago", "1d"),
];

pub fn joining(own: &str) -> Joining {
    Joining { timeframe: Timeframe::parse(own), ..Joining::default() }
}

pub fn session(rule: &Rule, joining: Joining, policies: Policies) -> JoinedSession {
    rule.joined_session(joining, policies, Instructions::Best).unwrap_or_else(|error| panic!("{error}"))
}

/// What every way of feeding the same bars has to agree on: returns how many values were ready.
pub fn prove(
    rule: &Rule,
    joining: &Joining,
    policies: Policies,
    bars: &[Bars],
    seed: u64,
    what: &str,
) -> usize {
    let mut whole = session(rule, joining.clone(), policies);
    let expected = run(&mut whole, bars);
    let expected_state = whole.snapshot();
    let mut random = Random::new(seed);
    let total: usize = bars.iter().map(|b| b.closes_ns.len()).sum();

    // Any order of arrival, with restarts on the way and a look at a forming bar now and then.
    let (mut live, mut rows, mut done) =
        (session(rule, joining.clone(), policies), Vec::new(), vec![0; bars.len()]);
    while push_some(&mut live, bars, &mut done, 1 + random.below(total / 3 + 1), &mut random, &mut rows) {
        let state = live.snapshot();
        let ahead = (0..bars.len()).find(|s| done[*s] < bars[*s].closes_ns.len());
        if let Some(stream) = ahead {
            let bar = bars[stream].bar(done[stream]);
            let event = Event { time_ns: Some(bars[stream].closes_ns[done[stream]]), inputs: &bar };
            live.preview(stream, &event, &mut Vec::new()).expect("a bar in order");
        }
        assert!(live.snapshot() == state, "{what}: a forming bar left a trace");
        live = rule.restore_joined(&state, Instructions::Best).expect("a snapshot of this rule");
        assert!(live.snapshot() == state, "{what}: a restored session is another");
    }
    finish(&mut live, bars, &mut rows);
    let pushed = bits(&rows);
    assert_eq!(pushed.len(), expected.len(), "{what}: rows pushed");
    for (row, expected) in pushed.iter().zip(&expected) {
        assert_eq!(row, expected, "{what}: pushed");
    }
    assert!(live.snapshot() == expected_state, "{what}: the state after pushing");

    // In two halves, the first at once.
    let times: Vec<i64> = expected.iter().map(|(time, _)| *time).collect();
    if let Some(middle) = times.get(times.len() / 2) {
        let first: Vec<Bars> = bars.iter().map(|b| b.up_to(*middle)).collect();
        let mut halves = session(rule, joining.clone(), policies);
        let before = run(&mut halves, &first);
        for (row, expected) in before.iter().zip(&expected) {
            assert_eq!(row, expected, "{what}: later bars change nothing");
        }
    }
    expected.iter().flat_map(|(_, values)| values).filter(|bits| !f64::from_bits(**bits).is_nan()).count()
}

#[test]
fn every_way_of_feeding_the_same_bars_gives_the_same_bits() {
    let mut ready = 0;
    for (at, (text, own)) in RULES.iter().enumerate() {
        let rule = Rule::compile(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        for seed in 0..12 {
            let alignment = match seed % 6 {
                0..2 => Alignment::default(),
                n => Alignment {
                    how: [How::Inner, How::Outer, How::Left, How::Right][n as usize - 2],
                    fills: seed % 4 == 0,
                },
            };
            let joining = Joining { alignment, ..joining(own) };
            let missing_input =
                [MissingInput::EmitMissing, MissingInput::HoldPrevious][(seed % 5 == 4) as usize];
            let policies = Policies { missing_input, ..Policies::default() };
            let seed = seed + 100 * at as u64;
            let length = Timeframe::parse(own).unwrap().nominal_ns() as i64;
            let span = length * [300, 30, 6_000][seed as usize % 3];
            let bars = made_bars(&session(&rule, joining.clone(), policies), seed, span, 0.01);
            ready += prove(&rule, &joining, policies, &bars, seed, &format!("{text}, seed {seed}"));
        }
    }
    assert!(ready > 100_000, "{ready} ready values");
}

/// Two thousand rules over the whole grammar, each over streams of its own: at once, pushed in any order and restored on
/// the way, and not changed by later bars.
#[test]
fn made_rules_over_streams_give_the_same_bits_however_they_are_fed() {
    const PREFIXES: [&str; 5] = ["", "ETH.", "ohlcv.4h.", "BTC.2h.", "BTC.30m."];
    let (mut proven, mut several, mut ready) = (0, 0, 0);
    for seed in 0..2_200 {
        let shape = Shape {
            prefixes: &PREFIXES[..2 + seed as usize % 4],
            size: 3 + seed as usize % 17,
            has_durations: seed % 4 == 0,
        };
        let text = random_rule(seed, shape);
        let what = format!("seed {seed}: {text}");
        let rule = Rule::compile(&text).unwrap_or_else(|error| panic!("{what}: {error}"));
        let how = [How::Left, How::Inner, How::Outer, How::Right][seed as usize / 4 % 4];
        let alignment = Alignment { how, fills: seed % 3 > 0 };
        let alignment = if seed % 2 == 0 { Alignment::default() } else { alignment };
        let joining = Joining { alignment, ..joining("1h") };
        let policies = Policies {
            missing_input: if seed % 7 == 0 { MissingInput::HoldPrevious } else { MissingInput::EmitMissing },
            ..Policies::default()
        };
        let session = match rule.joined_session(joining.clone(), policies, Instructions::Best) {
            Ok(session) => session,
            // An hour's shift of bars of four.
            Err(PlanError::NotWholeBars { .. }) => continue,
            Err(error) => panic!("{what}: {error}"),
        };
        if session.plan().streams().is_empty() || session.plan().plan().fields().is_empty() {
            continue;
        }
        several += usize::from(session.plan().streams().len() > 1);
        let bars = made_bars(&session, seed, (40 + seed as i64 % 200) * HOUR_NS, 0.02);
        ready += prove(&rule, &joining, policies, &bars, seed, &what);
        proven += 1;
    }
    assert!(proven >= 2_000 && several >= 1_200 && ready >= 100_000, "{proven} {several} {ready}");
}

const FOUR_HOURS: i64 = 4 * HOUR_NS;

pub fn hours(row: i64) -> i64 {
    row * HOUR_NS
}

/// A session fed by hand: bars as (stream, hour of the close, fields), rows as "hour: values".
pub fn fed(session: &mut JoinedSession, bars: &[(&str, i64, &[f64])]) -> Vec<String> {
    let plan = session.plan().clone();
    let mut rows = Vec::new();
    for (stream, hour, inputs) in bars {
        let stream = plan.stream(stream).expect("a stream of the rule");
        let event = Event { time_ns: Some(hours(*hour)), inputs };
        session
            .push(stream, &event, &mut |out| {
                let values: Vec<_> = out.values.iter().map(|v| words(v, plan.plan())).collect();
                rows.push(format!("{}: {}", out.time_ns / HOUR_NS, values.join(", ")));
            })
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
    for (stream, hour, close) in [(eth, 2, 4.5), (eth, 1, 4.0), (own, 2, 6.0)] {
        assert!(matches!(refused(&mut session, stream, hour, close), Err(StepError::Passed { .. })));
    }
    let half = Event { time_ns: Some(hours(2) + HOUR_NS / 2), inputs: &[1.0] };
    let passed = StepError::Passed {
        stream: "ohlcv".into(),
        event_ns: hours(2) + HOUR_NS / 2,
        passed_ns: hours(3) - 1,
    };
    assert_eq!(session.push(own, &half, &mut |_| {}), Err(passed));
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
    session.advance(eth, hours(1), &mut give).unwrap();
    for (stream, hour, fields) in [(own, 1, &[1.0][..]), (eth, 2, &fields[..]), (own, 2, &[1.0])] {
        session.push(stream, &Event { time_ns: Some(hours(hour)), inputs: fields }, &mut give).unwrap();
    }
    let missing = (Availability::MissingInput, true);
    let ready = (Availability::Ready, false);
    assert_eq!(rows[0][..3], [missing; 3]);
    assert_eq!(rows[0][3].0, Availability::WarmingUp);
    assert_eq!(rows[0][4], missing);
    assert_eq!(rows[1..], [[ready; 5].to_vec()]);
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
    let (mut found, mut before, mut has_waited) = (Vec::new(), i64::MIN, false);
    for close_ns in &bars[own].closes_ns {
        let first = bars[own].closes_ns.partition_point(|t| *t <= before);
        let mut piece = vec![Bars { closes_ns: vec![], columns: vec![] }; bars.len()];
        let head = bars[own].up_to(*close_ns);
        piece[own] = Bars {
            closes_ns: head.closes_ns[first..].to_vec(),
            columns: head.columns.iter().map(|column| column[first..].to_vec()).collect(),
        };
        found.extend(run(&mut piece_by_piece, &piece));
        has_waited |= piece_by_piece.waiting() > 0;
        before = *close_ns;
    }
    assert!(has_waited);
    assert_eq!(found, expected);
    assert_eq!(piece_by_piece.snapshot(), at_once.snapshot());
    let fed = prove(&rule, at_once.plan().joining(), Policies::default(), &bars, 11, "ends between two bars");
    assert!(fed > 50, "{fed}");
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
    assert!(matches!(live.push(eth, &event(2, &[21.0]), none), Err(StepError::Passed { .. })));
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
