//! What compiling costs: one rule, and a large set of rules that share parts.

use std::hint::black_box;
use std::time::Instant;

use ta_engine::Rule;
use ta_engine::lang::{Given, Limits, compile_all};
use ta_engine::plan::PlanLimits;
use ta_engine::rule::CompileLimits;

/// Fifteen nodes of a plan: fields and constants do not count.
const RULE: &str = "crossup(ema(close, 12), ema(close, 26)) and rsi(close, 14) < 70 and close > sma(close, 20) + 2 * atr(14) \
                    and volume > sma(volume, 20) * 1.5";
const RULES: usize = 10_000;
const ROUNDS: usize = 9;

/// Different rules of fifteen nodes each, of few parts in many combinations.
fn rules() -> Vec<(String, String)> {
    let rule = |at: usize| {
        let (a, b, c, d) = (at % 10, at / 10 % 10, at / 100 % 10, at / 1_000);
        format!(
            "crossup(ema(close, {}), ema(close, {})) and rsi(close, {}) < {} and close > sma(close, {}) + 2 * atr(14) \
             and volume > sma(volume, 20) * 1.5",
            5 + a,
            20 + b,
            7 + c,
            60 + d,
            10 + c,
        )
    };
    (0..RULES).map(|at| (format!("rule{at}"), rule(at))).collect()
}

/// The least time of some rounds in microseconds; what they give is dropped behind the clock.
fn least<T>(mut work: impl FnMut() -> T) -> f64 {
    (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            let given = black_box(work());
            let time = start.elapsed().as_nanos() as f64 / 1e3;
            drop(given);
            time
        })
        .fold(f64::INFINITY, f64::min)
}

/// Runs and prints both.
pub(crate) fn all() {
    let rule = Rule::compile(RULE).expect("a rule");
    let nodes = rule.plan().node_count();
    const TIMES: usize = 1_000;
    let one = least(|| {
        for _ in 0..TIMES {
            drop(black_box(Rule::compile(black_box(RULE)).expect("a rule")));
        }
    }) / TIMES as f64;
    println!("compile one rule of {nodes} nodes: {one:.1} us");
    let rules = rules();
    let texts: Vec<_> = rules.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let limits = CompileLimits {
        plan: PlanLimits { nodes: RULES * nodes, ..PlanLimits::default() },
        ..CompileLimits::default()
    };
    let language = least(|| {
        compile_all(&texts, &Given::default(), ta_engine::catalog(), &Limits::default()).expect("rules")
    });
    let mut after = 0;
    let all = least(|| {
        let set = Rule::compile_all_given(&texts, &Given::default(), limits).expect("rules");
        after = set.plan().node_count();
        set
    });
    println!(
        "compile {RULES} different rules of {nodes} nodes as one: {:.0} ms; to checked trees that are all kept: {:.0} ms; \
         {} nodes before sharing, {after} after",
        all / 1e3,
        language / 1e3,
        RULES * nodes,
    );
}
