//! What a bar costs: batch, step and universe, in nanoseconds, the least of several rounds.

use std::hint::black_box;
use std::time::Instant;

use ta_engine::{Bar, Instructions, Options, Rule};

pub(crate) const BARS: usize = 1_000_000;
const ROUNDS: usize = 9;
const RULE: &str = "sma(close, 20) > ema(close, 50) and rsi(close, 14) < 30";
const SYMBOLS: usize = 4_096;
/// Twenty nodes that compute: eleven indicators and nine operators.
const UNIVERSE: [(&str, &str); 4] = [
    ("signal", "crossup(ema(close, 12), ema(close, 26)) and rsi(close, 14) < 70"),
    ("trend", "sma(close, 20) > sma(close, 50) and ema(close, 12) > sma(close, 20)"),
    ("stop", "close - 2 * atr(14)"),
    (
        "bands",
        "(close - rolling_mean(close, 30)) / rolling_std(close, 20) + wma(close, 20) - max(high, 20) + min(low, 20)",
    ),
];

/// Thirteen operations that see their own past, and two that do not.
const LOOP: &str = "let way = if(close > stop[1], 1, if(close < stop[1], -1, way[1])) from 1;
    let stop = if(way[1] == 1, greatest(stop[1], low - 0.1), least(stop[1], high + 0.1)) from close;
    let age = (age[1] + 1) * way from 0;
    let slow = slow[1] + 0.1 * (age - slow[1]) from 0;
    slow";

/// The least time of some rounds in nanoseconds.
pub(crate) fn least(mut work: impl FnMut()) -> f64 {
    (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_nanos() as f64
        })
        .fold(f64::INFINITY, f64::min)
}

struct Walk(u64);

impl Walk {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

pub(crate) fn market(bars: usize, seed: u64) -> [Vec<f64>; 5] {
    let mut walk = Walk(seed);
    let mut columns: [Vec<f64>; 5] = Default::default();
    let mut close = 100.0;
    for _ in 0..bars {
        let open = close;
        close *= 1.0 + 0.002 * (walk.unit() - 0.5);
        let high = f64::max(open, close) * (1.0 + 0.001 * walk.unit());
        let low = f64::min(open, close) * (1.0 - 0.001 * walk.unit());
        for (column, x) in columns.iter_mut().zip([open, high, low, close, 1_000.0 * walk.unit()]) {
            column.push(x);
        }
    }
    columns
}

fn fields<'a>(rule: &Rule, market: &'a [Vec<f64>; 5]) -> Vec<&'a [f64]> {
    let names = ["open", "high", "low", "close", "volume"];
    let find = |field: &str| names.iter().position(|name| *name == field).expect("a bar has it");
    rule.plan()
        .fields()
        .iter()
        .map(|f| market[find(f.field.as_deref().expect("a field"))].as_slice())
        .collect()
}

fn batch(text: &str, market: &[Vec<f64>; 5], instructions: Instructions) -> f64 {
    let rule = Rule::compile(text).expect("a rule");
    let columns = fields(&rule, market);
    let options = Options { instructions, ..Options::default() };
    let mut outputs = vec![vec![0.0; BARS]; rule.plan().outputs().len()];
    least(|| {
        let mut session = rule.session(options).expect("a session");
        let mut slices: Vec<_> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        session.run(None, &columns, &mut slices).expect("it runs");
        black_box(&slices);
    }) / BARS as f64
}

fn step(text: &str, market: &[Vec<f64>; 5]) -> f64 {
    let rule = Rule::compile(text).expect("a rule");
    let bars: Vec<Bar> = (0..BARS / 4)
        .map(|i| Bar {
            time_ns: Some(i as i64),
            open: market[0][i],
            high: market[1][i],
            low: market[2][i],
            close: market[3][i],
            volume: market[4][i],
        })
        .collect();
    least(|| {
        let mut session = rule.session(Options::default()).expect("a session");
        for bar in &bars {
            black_box(session.step_value(black_box(bar)).expect("in order"));
        }
    }) / bars.len() as f64
}

/// Nanoseconds per bar and symbol.
fn universe(rule: &Rule, missing: f64) -> f64 {
    const BARS: usize = 256;
    let columns = market(SYMBOLS * BARS, 5);
    let mut walk = Walk(11);
    let columns = columns
        .map(|c| c.into_iter().map(|x| if walk.unit() < missing { f64::NAN } else { x }).collect::<Vec<_>>());
    let fields = fields(rule, &columns);
    let mut out = vec![vec![0.0; SYMBOLS]; rule.plan().outputs().len()];
    let mut universe = rule.universe(SYMBOLS, Options::default()).expect("a universe");
    let mut pass = |bars: std::ops::Range<usize>| {
        for bar in bars {
            let rows: Vec<_> = fields.iter().map(|f| &f[bar * SYMBOLS..][..SYMBOLS]).collect();
            let mut slices: Vec<_> = out.iter_mut().map(Vec::as_mut_slice).collect();
            universe.step(None, &rows, &mut slices).expect("it steps");
        }
    };
    pass(0..BARS);
    least(|| pass(0..BARS)) / (BARS * SYMBOLS) as f64
}

/// Runs and prints all of them, or those whose text contains `filter`.
pub(crate) fn all(filter: Option<&str>) {
    let wanted = |text: &str| filter.is_none_or(|f| text.contains(f));
    if wanted("compile") {
        crate::compile::all();
    }
    if filter == Some("compile") {
        return;
    }
    let market = market(BARS, 3);
    println!("batch at {BARS} bars, one thread, ns per bar        best instructions    baseline");
    for text in [
        "close",
        "close + 1",
        "sma(close, 20)",
        "ema(close, 12)",
        "rsi(close, 14)",
        "atr(14)",
        "macd(close, 12, 26, 9)",
        "bbands(close, 20, 2)",
        "stochastic(14, 3)",
        "rolling_std(close, 20)",
        "wma(close, 20)",
        "max(high, 20)",
        "sma(close, 200)",
        "rolling_std(close, 200)",
        "max(high, 200)",
        RULE,
    ]
    .into_iter()
    .filter(|text| wanted(text))
    {
        let (best, baseline) =
            (batch(text, &market, Instructions::Best), batch(text, &market, Instructions::Baseline));
        println!("  {text:<60} {best:>6.2} {baseline:>10.2}");
    }
    println!("step from Rust, ns per bar");
    for text in [
        "close",
        "sma(close, 20)",
        "ema(close, 50)",
        "rsi(close, 14)",
        "sma(close, 20) > ema(close, 50)",
        RULE,
    ] {
        if wanted(text) || wanted("step") {
            println!("  {text:<60} {:>6.2}", step(text, &market));
        }
    }
    if wanted("loop") {
        let rule = Rule::compile(LOOP).expect("a rule");
        println!(
            "a loop of thirteen operations, ns per bar: {:.2} in a column, {:.2} by steps, {:.2} per symbol of {SYMBOLS}",
            batch(LOOP, &market, Instructions::Best),
            step(LOOP, &market),
            universe(&rule, 0.0)
        );
    }
    if wanted("streams") {
        crate::joined::all();
    }
    if !wanted("universe") {
        return;
    }
    let rule = Rule::compile_all(&UNIVERSE).expect("rules");
    let nodes = rule.plan().node_count();
    for missing in [0.0, 0.001, 0.01, 0.2] {
        let ns = universe(&rule, missing) / nodes as f64;
        println!(
            "universe of {SYMBOLS} symbols x {nodes} nodes, {:>4} % missing: {ns:.2} ns per node and symbol",
            missing * 100.0
        );
    }
}
