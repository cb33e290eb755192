//! What a step costs, here and in the crate ta-lib: `steps BARS ROUNDS` writes the figures as JSON.
//!
//! Both sides have taken a history before, take bars one by one and give values; the least of some rounds, in turns.

use std::hint::black_box;
use std::time::Instant;

use serde_json::json;
use ta_engine::{Event, Options, Rule};
use ta_lib::{Core, MAType};

const HISTORY: usize = 500;

struct Bars {
    open: Vec<f64>,
    high: Vec<f64>,
    low: Vec<f64>,
    close: Vec<f64>,
    volume: Vec<f64>,
}

impl Bars {
    fn walk(count: usize) -> Bars {
        let mut seed = 7u64;
        let mut unit = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 11) as f64 / (1u64 << 53) as f64
        };
        let mut bars = Bars {
            open: vec![],
            high: vec![],
            low: vec![],
            close: vec![],
            volume: vec![],
        };
        let mut close = 100.0;
        for _ in 0..count {
            let open = close;
            close *= 1.0 + 0.002 * (unit() - 0.5);
            bars.open.push(open);
            bars.high
                .push(f64::max(open, close) * (1.0 + 0.001 * unit()));
            bars.low
                .push(f64::min(open, close) * (1.0 - 0.001 * unit()));
            bars.close.push(close);
            bars.volume.push(1_000.0 * unit());
        }
        bars
    }

    fn column(&self, field: &str) -> &[f64] {
        match field {
            "open" => &self.open,
            "high" => &self.high,
            "low" => &self.low,
            "close" => &self.close,
            _ => &self.volume,
        }
    }
}

/// Nanoseconds of the steps of a rule behind the history, and its last value.
fn ours(text: &str, bars: &Bars) -> (f64, f64) {
    let rule = Rule::compile(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let fields = rule
        .plan()
        .fields()
        .iter()
        .map(|one| one.field.as_deref().expect("a field"));
    let columns: Vec<_> = fields.map(|field| bars.column(field)).collect();
    let mut session = rule.session(Options::default()).expect("no durations");
    let mut inputs = vec![0.0; columns.len()];
    let mut last = f64::NAN;
    let mut step = |row: usize| {
        for (input, column) in inputs.iter_mut().zip(&columns) {
            *input = column[row];
        }
        let out = session
            .step(&Event {
                time_ns: None,
                inputs: &inputs,
            })
            .expect("no times, no order");
        last = black_box(out.values[0].value);
    };
    (0..HISTORY).for_each(&mut step);
    let start = Instant::now();
    (HISTORY..bars.close.len()).for_each(&mut step);
    (start.elapsed().as_nanos() as f64, last)
}

/// The first value of what a stream gives.
trait First {
    fn first(self) -> f64;
}

impl First for f64 {
    fn first(self) -> f64 {
        self
    }
}

impl First for (f64, f64) {
    fn first(self) -> f64 {
        self.0
    }
}

impl First for (f64, f64, f64) {
    fn first(self) -> f64 {
        self.0
    }
}

type Peer = (&'static str, fn(&Core, &Bars) -> (f64, f64));

/// A rule, and the stream of the crate: its opener, the columns it takes and its parameters.
macro_rules! peers {
    ($($rule:literal: $open:ident [$($column:ident),+] ($($param:expr),*);)+) => {
        const PEERS: &[Peer] = &[$(($rule, |core, bars| {
            let opened = core.$open($(&bars.$column[..HISTORY],)+ $($param),*);
            let (mut stream, _) = opened.unwrap_or_else(|error| panic!("{}: {error:?}", $rule));
            let mut last = f64::NAN;
            let start = Instant::now();
            for row in HISTORY..bars.close.len() {
                last = black_box(stream.update($(bars.$column[row]),+).expect("a finite bar")).first();
            }
            (start.elapsed().as_nanos() as f64, last)
        })),+];
    };
}

peers! {
    "sma(close, 30)": sma_open [close] (30);
    "ema(close, 30)": ema_open [close] (30);
    "wma(close, 30)": wma_open [close] (30);
    "talib.dema(close, 30)": dema_open [close] (30);
    "talib.tema(close, 30)": tema_open [close] (30);
    "talib.t3(close, 5)": t3_open [close] (5, 0.7);
    "kama(close, 30)": kama_open [close] (30);
    "rsi(close, 14)": rsi_open [close] (14);
    "talib.mom(close, 10)": mom_open [close] (10);
    "talib.roc(close, 10)": roc_open [close] (10);
    "talib.macd(close, 12, 26, 9)": macd_open [close] (12, 26, 9);
    "talib.trix(close, 30)": trix_open [close] (30);
    "talib.bbands(close, 20, 2)": bbands_open [close] (20, 2.0, 2.0, MAType::SMA);
    "talib.stddev(close, 20)": stddev_open [close] (20, 1.0);
    "talib.linearreg(close, 14)": linearreg_open [close] (14);
    "talib.tsf(close, 14)": tsf_open [close] (14);
    "max(close, 30)": max_open [close] (30);
    "talib.atr(14)": atr_open [high, low, close] (14);
    "talib.natr(14)": natr_open [high, low, close] (14);
    "talib.adx(14)": adx_open [high, low, close] (14);
    "talib.cci(14)": cci_open [high, low, close] (14);
    "talib.willr(14)": willr_open [high, low, close] (14);
    "talib.ultosc(7, 14, 28)": ultosc_open [high, low, close] (7, 14, 28);
    "talib.stoch(5, 3, 'sma', 3, 'sma')": stoch_open [high, low, close] (5, 3, MAType::SMA, 3, MAType::SMA);
    "talib.mfi(14)": mfi_open [high, low, close, volume] (14);
    "talib.obv()": obv_open [close, volume] ();
    "talib.sar(0.02, 0.2)": sar_open [high, low] (0.02, 0.2);
    "talib.aroon(14)": aroon_open [high, low] (14);
    "talib.correl(high, low, 30)": correl_open [high, low] (30);
    "talib.beta(high, low, 5)": beta_open [high, low] (5);
}

fn main() {
    let arguments: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|one| one.parse().ok())
        .collect();
    let [count, rounds] = arguments[..] else {
        panic!("usage: steps BARS ROUNDS")
    };
    let (bars, core) = (Bars::walk(HISTORY + count), Core::new());
    let found: Vec<_> = PEERS
        .iter()
        .map(|(rule, peer)| {
            let mut least = [f64::INFINITY; 2];
            let mut values = [f64::NAN; 2];
            for _ in 0..rounds {
                for (at, (ns, value)) in [ours(rule, &bars), peer(&core, &bars)]
                    .into_iter()
                    .enumerate()
                {
                    least[at] = least[at].min(ns / count as f64);
                    values[at] = value;
                }
            }
            let size = values[0].abs().max(values[1].abs());
            let apart = if size == 0.0 {
                0.0
            } else {
                (values[0] - values[1]).abs() / size
            };
            json!({ "rule": rule, "here": least[0], "peer": least[1], "apart": apart })
        })
        .collect();
    println!("{}", json!({ "bars": count, "steps": found }));
}
