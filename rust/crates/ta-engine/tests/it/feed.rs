//! Rules fed by hand: a text, the columns it reads, and what came out, written so that a table can be read.

use ta_engine::plan::Plan;
use ta_engine::{Event, Options, Rule, incremental::contracts::*};

use crate::market::Market;

/// Not ready.
pub const NO: f64 = f64::NAN;

/// A rule with a node of every kind.
pub const EVERYTHING: &[(&str, &str)] = &[
    ("cross", "crossup(close, sma(close, 5)) or not (close % 7 > 3) and -close < +open ** 0.5"),
    ("bands", "bbands(close, 6, 2.0)"),
    ("momentum", "rsi(close, 4) + stochastic(5, 3, 2).d - macd(close, 3, 6, 4).histogram * wma(hlc3, 4)"),
    (
        "range",
        "atr(4) / true_range() + argmax(high, 5) - argmin(low, 3) + max(upper_wick, 4) - min(lower_wick, 3)",
    ),
    ("kept", "close.filter(close >= open)"),
    (
        "far",
        "ema(sum(close.filter(close > open), 3), 4) + rma(rolling_std(volume, 5), 3) + mean(close.2_ago, 2)",
    ),
    (
        "count",
        "ohlcv.filter(close != open).count + ohlcv.sum(volume) - ohlcv.filter(close <= hl2).avg(range)",
    ),
    ("ends", "close.max() - close.min() + close.roc_3 + close.4_ago - open + rolling_ema(close, 3)"),
    ("turn", "crossdown(open, close) == cross(close, hl2)"),
    (
        "loop",
        "let x = if(close > x[1], greatest(x[2], close[1]), 0.9 * x[1]) from low restart when close < 0.8 * x[3]; x",
    ),
    ("latch", "(let on = if(close > open, true, if(low < low[3], false, on[1])) from false; on)"),
];

pub fn rule(text: &str) -> Rule {
    Rule::compile(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

impl Market {
    /// Bars of these opens and closes; what else a bar has is 1.
    pub fn of(open: &[f64], close: &[f64]) -> Market {
        let ones = vec![1.0; close.len()];
        Market {
            open: open.to_vec(),
            high: ones.clone(),
            low: ones.clone(),
            close: close.to_vec(),
            volume: ones,
        }
    }

    /// One bar's fields that a plan reads, in its order.
    pub fn inputs(&self, plan: &Plan, bar: usize) -> Vec<f64> {
        self.columns(plan).iter().map(|column| column[bar]).collect()
    }
}

/// What a value is, in words: the number, or why there is none.
pub fn words(value: &StepValue, plan: &Plan) -> String {
    assert_eq!(value.value.is_nan(), value.availability != Availability::Ready, "{value:?}");
    match (value.availability, value.reason) {
        (Availability::Ready, None) => value.value.to_string(),
        (Availability::MissingInput, Some(Reason::MissingField(slot))) => {
            format!("missing {}", plan.describe(slot))
        }
        (Availability::MissingInput, Some(Reason::Undefined(slot))) => {
            format!("undefined {}", plan.describe(slot))
        }
        (availability, None) => availability.name().to_owned(),
        other => panic!("no such state: {other:?}"),
    }
}

/// Times of bars without gaps, where their length is known.
pub fn times(options: Options, bars: usize) -> Option<Vec<i64>> {
    options.timeframe_ns.map(|length_ns| (1..=bars as i64).map(|bar| bar * length_ns as i64).collect())
}

/// Every output of every bar, from steps.
pub fn stepped(rule: &Rule, market: &Market, options: Options) -> Vec<Vec<StepValue>> {
    stepped_at(rule, market, times(options, market.bars()).as_deref(), options)
}

/// [`stepped`] for bars at these times.
fn stepped_at(
    rule: &Rule,
    market: &Market,
    times_ns: Option<&[i64]>,
    options: Options,
) -> Vec<Vec<StepValue>> {
    let mut session = rule.session(options).expect("a plan");
    let plan = session.plan().clone();
    (0..market.bars())
        .map(|bar| {
            let inputs = market.inputs(&plan, bar);
            session
                .step(&Event { time_ns: times_ns.map(|times| times[bar]), inputs: &inputs })
                .expect("bars in order")
                .values
                .to_vec()
        })
        .collect()
}

/// The first output of every bar in words, from steps; a run of the columns must give the same numbers, and a session
/// that ran up to a bar must say the same of that bar.
pub fn said_with(rule: &Rule, market: &Market, options: Options) -> Vec<String> {
    said_at(rule, market, times(options, market.bars()).as_deref(), options)
}

/// [`said_with`] for bars at these times.
pub fn said_at(rule: &Rule, market: &Market, times_ns: Option<&[i64]>, options: Options) -> Vec<String> {
    let plan = rule.plan_at(options.timeframe_ns).expect("a plan");
    let steps = stepped_at(rule, market, times_ns, options);
    let mut session = rule.session(options).expect("a plan");
    let mut run = vec![vec![0.0; market.bars()]; plan.outputs().len()];
    let mut slices: Vec<_> = run.iter_mut().map(Vec::as_mut_slice).collect();
    session.run(times_ns, &market.columns(&plan), &mut slices).expect("columns of one length");
    for (bar, values) in steps.iter().enumerate() {
        for (column, value) in run.iter().zip(values) {
            assert_eq!(column[bar].to_bits(), value.value.to_bits(), "run in row {bar}");
        }
    }
    steps.iter().map(|values| words(&values[0], &plan)).collect()
}

/// [`said_with`] for a text, in one line.
pub fn said(text: &str, market: &Market) -> String {
    said_with(&rule(text), market, Options::default()).join(" | ")
}

pub fn bits(columns: &[Vec<f64>]) -> Vec<Vec<u64>> {
    columns.iter().map(|column| column.iter().map(|x| x.to_bits()).collect()).collect()
}
