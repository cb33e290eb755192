//! Rules over several streams: a history at once, bars in any order of arrival and restarts give the same bits, and no
//! bar is seen before it closed.

use ta_engine::calendar::{Calendar, Timeframe};
use ta_engine::incremental::contracts::{Availability, MissingInput, Policies};
use ta_engine::incremental::joined::StreamColumns;
use ta_engine::plan::PlanError;
use ta_engine::plan::joined::Joining;
use ta_engine::plan::joined::{Alignment, How};
use ta_engine::{Event, Instructions, JoinedSession, Rule};

use crate::market::{Market, Random};
use crate::random_rules::{Shape, random_rule};

pub const MINUTE_NS: i64 = 60_000_000_000;
pub const HOUR_NS: i64 = 60 * MINUTE_NS;

/// One stream's bars.
#[derive(Clone)]
pub struct Bars {
    pub closes_ns: Vec<i64>,
    pub columns: Vec<Vec<f64>>,
}

impl Bars {
    pub fn columns(&self) -> StreamColumns<'_> {
        let columns: Vec<&[f64]> = self.columns.iter().map(Vec::as_slice).collect();
        StreamColumns::new(&self.closes_ns, &columns)
    }

    fn bar(&self, row: usize) -> Vec<f64> {
        self.columns.iter().map(|column| column[row]).collect()
    }

    pub fn up_to(&self, close_ns: i64) -> Bars {
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
            close_ns = match stream.timeframe.filter(|t| t.is_of_days()) {
                Some(timeframe) => session
                    .plan()
                    .joining()
                    .calendar()
                    .cloned()
                    .unwrap_or_default()
                    .end_of(close_ns + 1, timeframe),
                None => close_ns + length,
            };
            // Bars that are never as close as they are long look longer than that, and are refused.
            if bar > 2 && random.unit() < holes {
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

/// [`run`] that also says what each value is.
fn run_explained(session: &mut JoinedSession, bars: &[Bars]) -> Vec<Row> {
    let streams: Vec<_> = bars.iter().map(Bars::columns).collect();
    let times = session.row_times(&streams).expect("bars in order");
    let outputs = session.plan().plan().outputs().len();
    let mut values = vec![vec![0.0; times.len()]; outputs];
    let mut states = vec![vec![0; times.len()]; outputs];
    let mut value_slices: Vec<&mut [f64]> = values.iter_mut().map(Vec::as_mut_slice).collect();
    let mut state_slices: Vec<&mut [u8]> = states.iter_mut().map(Vec::as_mut_slice).collect();
    session
        .run_explained(
            &streams,
            &mut value_slices,
            &mut state_slices,
            &mut ta_engine::incremental::watch::Unwatched,
        )
        .expect("bars in order");
    let state = |of: u8| Availability::ALL[usize::from(of)];
    let row = |at: usize| values.iter().zip(&states).map(|(v, s)| (v[at].to_bits(), state(s[at]))).collect();
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

    let mut explained = session(rule, joining.clone(), policies);
    assert_eq!(run_explained(&mut explained, bars), rows, "{what}: explained");
    assert!(explained.snapshot() == expected_state, "{what}: the state after explaining");

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
    /// Whose intervals end with hours, and between them.
    const CALENDARS: [(&str, &str, &str); 3] =
        [("UTC", "00:00", "monday"), ("America/New_York", "09:30", "sunday"), ("UTC", "00:40", "monday")];
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
        let resample = (seed % 5 == 1).then(|| {
            let (zone, start, week) = CALENDARS[seed as usize / 5 % CALENDARS.len()];
            Calendar::new(zone, start, week).expect("a calendar")
        });
        let joining = Joining { alignment, resample, ..joining("1h") };
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
