//! What a second stream costs: rules whose nodes read two streams, against the same nodes on one.

use std::hint::black_box;

use ta_engine::calendar::Timeframe;
use ta_engine::incremental::joined::StreamColumns;
use ta_engine::plan::joined::Joining;
use ta_engine::{Event, Options, Rule};

use crate::bench::{BARS, least, market};

const MINUTE_NS: i64 = 60_000_000_000;

/// Rules over two streams, and the same nodes on one: eight nodes, and about two dozen.
const RULES: [(&str, &str); 2] = [
    (
        "sma(close, 20) > ema(open, 50) and rsi(close, 14) < 30 and open > ema(open, 12)",
        "sma(close, 20) > ema(ETH.open, 50) and rsi(close, 14) < 30 and ETH.open > ema(ETH.open, 12)",
    ),
    (
        "{a: crossup(ema(close, 12), ema(close, 26)) and rsi(close, 14) < 70 and sma(close, 20) > sma(close, 50), \
         b: crossup(ema(open, 12), ema(open, 26)) and rsi(open, 14) < 70 and sma(open, 20) > sma(open, 50), \
         c: rolling_std(close, 20) > rolling_std(open, 20)}",
        "{a: crossup(ema(close, 12), ema(close, 26)) and rsi(close, 14) < 70 and sma(close, 20) > sma(close, 50), \
         b: crossup(ema(ETH.open, 12), ema(ETH.open, 26)) and rsi(ETH.open, 14) < 70 \
            and sma(ETH.open, 20) > sma(ETH.open, 50), \
         c: rolling_std(close, 20) > rolling_std(ETH.open, 20)}",
    ),
];

fn rule(text: &str) -> Rule {
    Rule::compile(text).expect("a rule")
}

fn joining() -> Joining {
    Joining { timeframe: Timeframe::parse("1m"), ..Joining::default() }
}

/// Closes of bars, minute by minute; of an hour each where `every` is 60.
fn closes(bars: usize, every: i64) -> Vec<i64> {
    (1..=bars as i64).map(|bar| bar * every * MINUTE_NS).collect()
}

struct Data {
    close: Vec<f64>,
    open: Vec<f64>,
    times: Vec<i64>,
}

impl Data {
    fn column(&self, field: &str) -> &[f64] {
        if field == "open" { &self.open } else { &self.close }
    }
}

/// Nanoseconds per row of a history on one stream, and on two.
fn batch(one: &Rule, two: &Rule, data: &Data) -> (f64, f64) {
    let rows = data.times.len();
    let fields = one.plan().fields().iter().map(|f| data.column(f.field.as_deref().expect("a field")));
    let columns: Vec<&[f64]> = fields.collect();
    let mut outputs = vec![vec![0.0; rows]; one.plan().outputs().len()];
    let mut slices: Vec<_> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
    let alone = least(|| {
        let mut session = one.session(Options::default()).expect("a session");
        session.run(Some(&data.times), &columns, &mut slices).expect("it runs");
        black_box(&slices);
    });
    let plan = two.joined_plan(joining()).expect("a plan");
    let streams: Vec<StreamColumns<'_>> = plan
        .streams()
        .iter()
        .map(|s| {
            let columns: Vec<&[f64]> = s.fields.iter().map(|field| data.column(field)).collect();
            StreamColumns::new(&data.times, &columns)
        })
        .collect();
    let joined = least(|| {
        let mut session =
            two.joined_session(joining(), Default::default(), Default::default()).expect("a session");
        session.run(&streams, &mut slices).expect("it runs");
        black_box(&slices);
    });
    (alone / rows as f64, joined / rows as f64)
}

/// Nanoseconds per row when bars come one by one: a bar of one stream, and one of each of two.
fn live(one: &Rule, two: &Rule, data: &Data) -> (f64, f64) {
    let rows = data.times.len() / 4;
    let fields = one.plan().fields().iter().map(|f| data.column(f.field.as_deref().expect("a field")));
    let columns: Vec<&[f64]> = fields.collect();
    let alone = least(|| {
        let mut session = one.session(Options::default()).expect("a session");
        let mut inputs = [0.0; 2];
        for row in 0..rows {
            for (input, column) in inputs.iter_mut().zip(&columns) {
                *input = column[row];
            }
            let event = Event { time_ns: Some(data.times[row]), inputs: &inputs[..columns.len()] };
            black_box(session.step(&event).expect("in order").values);
        }
    });
    let joined = least(|| {
        let mut session =
            two.joined_session(joining(), Default::default(), Default::default()).expect("a session");
        let streams: Vec<(usize, &[f64])> = (session.plan().streams().iter().enumerate())
            .map(|(at, s)| (at, data.column(&s.fields[0])))
            .collect();
        for row in 0..rows {
            for (stream, column) in &streams {
                let event = Event { time_ns: Some(data.times[row]), inputs: &column[row..=row] };
                session.push(*stream, &event, &mut |out| _ = black_box(out.values)).expect("in order");
            }
        }
    });
    (alone / rows as f64, joined / rows as f64)
}

/// Nanoseconds per minute of a live rule over minutes and hours.
fn minutes_and_hours(data: &Data) -> f64 {
    let rule = rule("close > sma(ohlcv.1h.close, 20) and rsi(close, 14) < 30");
    let rows = data.times.len() / 4;
    let hours = closes(rows / 60, 60);
    least(|| {
        let mut session =
            rule.joined_session(joining(), Default::default(), Default::default()).expect("a session");
        let stream = |name| session.plan().stream(name).expect("a stream");
        let (minute, hour) = (stream("ohlcv"), stream("ohlcv.1h"));
        for row in 0..rows {
            if (row + 1) % 60 == 0 && row / 60 < hours.len() {
                let event = Event { time_ns: Some(hours[row / 60]), inputs: &data.open[row..=row] };
                session.push(hour, &event, &mut |out| _ = black_box(out.values)).expect("in order");
            }
            let event = Event { time_ns: Some(data.times[row]), inputs: &data.close[row..=row] };
            session.push(minute, &event, &mut |out| _ = black_box(out.values)).expect("in order");
        }
    }) / rows as f64
}

/// Runs and prints all of them.
pub(crate) fn all() {
    let [open, _, _, close, _] = market(BARS, 3);
    let data = Data { open, close, times: closes(BARS, 1) };
    println!("two streams of {BARS} bars against the same nodes on one, ns per row");
    for (one, two) in RULES {
        let (one, two) = (rule(one), rule(two));
        let nodes = two.plan().node_count();
        for (what, (alone, joined)) in
            [("batch", batch(&one, &two, &data)), ("live", live(&one, &two, &data))]
        {
            println!("  {nodes:>2} nodes, {what:<5} {alone:>8.2} {joined:>8.2}   {:.2} x", joined / alone);
        }
    }
    println!("minutes joined with hours, live: {:.1} ns per minute", minutes_and_hours(&data));
}
