//! Patterns of candles: what they read is computed once for all of them.

use ta_engine::lang::{Limits, compile};
use ta_engine::planner::graph::build_graph;
use ta_engine::planner::requirements::compute_requirements;
use ta_engine::{Rule, catalog};

use crate::feed::rule;

fn nodes(texts: &[&str]) -> usize {
    let names: Vec<String> = (0..texts.len()).map(|at| format!("out{at}")).collect();
    let named: Vec<_> = names.iter().map(String::as_str).zip(texts.iter().copied()).collect();
    Rule::compile_all(&named).expect("rules of the language").plan().node_count()
}

#[test]
fn patterns_of_one_plan_share_the_means_of_the_candles_before() {
    // The body's two steps, their mean, and the pattern.
    assert_eq!(nodes(&["talib.cdl_morningstar()"]), 4);
    assert_eq!(nodes(&["talib.cdl_morningstar()", "talib.cdl_eveningstar()"]), 5);
    assert_eq!(nodes(&["talib.cdl_morningstar()", "talib.cdl_morningstar(0.5)"]), 5);
    // The range and its two means come with the hammer; the doji needs no more.
    assert_eq!(nodes(&["talib.cdl_morningstar()", "talib.cdl_hammer()"]), 8);
    assert_eq!(nodes(&["talib.cdl_morningstar()", "talib.cdl_hammer()", "talib.cdl_doji()"]), 9);
    // A rule that says the same by itself has the same node.
    assert_eq!(nodes(&["talib.cdl_morningstar()", "sma(abs(close - open), 10)"]), 4);
    // The names of what a pattern reads cannot be given.
    let error = Rule::compile("talib.cdl_morningstar(bodies=close)").expect_err("no parameter");
    assert!(error.to_string().contains("penetration"), "{error}");
}

#[test]
fn a_pattern_reads_the_fields_of_the_bar_and_waits_for_the_means_before_its_oldest_candle() {
    let star = rule("talib.cdl_morningstar()");
    let fields: Vec<_> = star.plan().fields().iter().filter_map(|field| field.field.as_deref()).collect();
    assert_eq!(fields, ["open", "high", "low", "close"]);
    assert_eq!(star.plan().warmup().unwrap(), [12]);
    assert_eq!(rule("talib.cdl_hammer()").plan().warmup().unwrap(), [11]);
    assert_eq!(rule("talib.cdl_doji()").plan().warmup().unwrap(), [10]);
    assert_eq!(rule("talib.cdl_engulfing()").plan().warmup().unwrap(), [1]);
}

#[test]
fn what_a_pattern_reads_of_itself_is_asked_for_with_its_bars() {
    let star = compile("talib.cdl_morningstar()", catalog(), &Limits::default()).unwrap();
    let needed = compute_requirements(&build_graph(&star), catalog(), None).unwrap();
    let needed: Vec<_> =
        needed.data_requirements.iter().map(|r| (r.field.as_str(), r.min_lookback)).collect();
    // Three candles, and the ten before the oldest whose bodies are averaged.
    assert_eq!(needed, ["close", "high", "low", "open"].map(|field| (field, 13)));
}
