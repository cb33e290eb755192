//! What a text means to the engine: equal parts share nodes however they are written, outputs have their names.

use ta_engine::lang::{Definitions, Given, Limits, Value};
use ta_engine::rule::CompileLimits;
use ta_engine::{Options, Rule};

fn rule(text: &str) -> Rule {
    Rule::compile(text).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

fn fingerprint(text: &str) -> [u8; 32] {
    *rule(text).plan().fingerprint()
}

fn run(text: &str, close: &[f64]) -> Vec<Vec<f64>> {
    rule(text).run(None, &[close], Options::default()).expect("close is all it reads")
}

#[test]
fn rows_in_brackets_are_a_shift_by_rows() {
    for (text, same) in [
        ("close[3]", "close.3_ago"),
        ("rsi(14)[1]", "rsi(14).1_ago"),
        ("(close + open)[2]", "(close + open).2_ago"),
        ("close[0]", "close"),
        ("close - close[1]", "close - close.1_ago"),
    ] {
        assert_eq!(fingerprint(text), fingerprint(same), "{text}");
    }
    assert_eq!(rule("close[3] - close.3_ago").plan().node_count(), 2);
    assert_eq!(rule("close[1][2] + close.1_ago[2]").plan().node_count(), 3);
    let [shifted] = &run("close[2]", &[1.0, 2.0, 3.0, 4.0])[..] else { panic!() };
    assert!(shifted[0].is_nan() && shifted[1].is_nan());
    assert_eq!(shifted[2..], [1.0, 2.0]);
    assert!(rule("(close > close[1])[1]").plan().outputs()[0].is_bool);
    assert_eq!(rule("sma(close, 3)[4]").plan().warmup().unwrap(), [6]);
}

#[test]
fn a_binding_is_computed_once_wherever_it_stands() {
    let text = "let fast = ema(close, 12); let slow = ema(close, 26); fast > slow and fast[1] <= slow[1]";
    let written = "ema(close, 12) > ema(close, 26) and ema(close, 12)[1] <= ema(close, 26)[1]";
    assert_eq!(fingerprint(text), fingerprint(written));
    assert_eq!(rule(text).plan().node_count(), 7);
    let doubled = "let x = close + close; let y = x + x; let z = y + y; z + z";
    assert_eq!(rule(doubled).plan().node_count(), 4);
    assert_eq!(run(doubled, &[1.5])[0], [24.0]);
}

#[test]
fn a_map_is_the_rule_of_its_texts_compiled_together() {
    let map = rule("let slow = sma(close, 2); {signal: close > slow, stop: slow - 1}");
    let together =
        Rule::compile_all(&[("signal", "close > sma(close, 2)"), ("stop", "sma(close, 2) - 1")]).unwrap();
    assert_eq!(map.plan().fingerprint(), together.plan().fingerprint());
    let outputs: Vec<_> = map.plan().outputs().iter().map(|o| (o.name.as_str(), o.is_bool)).collect();
    assert_eq!(outputs, [("signal", true), ("stop", false)]);
    let other_order = rule("{stop: sma(close, 2) - 1, signal: close > sma(close, 2)}");
    assert_eq!(other_order.plan().fingerprint(), together.plan().fingerprint());
    let names = |text: &str| rule(text).plan().outputs().iter().map(|o| o.name.clone()).collect::<Vec<_>>();
    assert_eq!(names("{m: macd(close), c: close}"), ["m.macd", "m.signal", "m.histogram", "c"]);
    let values = run("{up: close > close[1], last: close[1]}", &[1.0, 3.0, 2.0]);
    assert_eq!((values[0][1..].to_vec(), values[1][1..].to_vec()), (vec![1.0, 0.0], vec![1.0, 3.0]));
}

#[test]
fn texts_compiled_together_keep_their_order_and_tell_the_first_problem_of_the_list() {
    let texts = [("c", "macd(close)"), ("a", "close"), ("b", "sma(close, 2)")];
    let rule = Rule::compile_all(&texts).unwrap();
    let trees: Vec<_> = rule.outputs().iter().map(|(name, tree)| (name.as_str(), tree.to_string())).collect();
    assert_eq!(trees, texts.map(|(name, text)| (name, text.to_owned())));
    let names: Vec<_> = rule.plan().outputs().iter().map(|output| output.name.as_str()).collect();
    assert_eq!(names, ["c.macd", "c.signal", "c.histogram", "a", "b"]);

    let listed = [("c", "close"), ("b", "first()"), ("a", "second()"), ("d", "third()")];
    let error = Rule::compile_all(&listed).expect_err("three are wrong").to_string();
    assert!(error.contains("'first'") && !error.contains("second"), "{error}");

    let parameters = [("stray", Value::Int(1)), ("y", Value::Int(2)), ("x", Value::Int(3))];
    let given = Given::parameters(&parameters);
    let listed = [("b", "sma({y})"), ("a", "sma({x})")];
    let error = Rule::compile_all_given(&listed, &given, Default::default()).expect_err("one is stray");
    assert!(error.to_string().contains("needed: y, x;"), "{error}");
}

#[test]
fn trees_of_texts_compiled_together_are_those_of_each_alone() {
    let language = Limits { text_bytes: 100_000, ..Limits::default() };
    let limits = CompileLimits { language, ..CompileLimits::default() };
    let texts = [("spreads", "let spread(a, b) = (a - b) / b;")];
    let definitions = Definitions::parse(&texts, ta_engine::catalog(), &language).unwrap();
    let given = |parameters| Given { definitions: Some(&definitions), ..Given::parameters(parameters) };
    let (level, period) = (("level", Value::Float(0.5)), ("period", Value::Int(3)));
    let long = format!("rsi(close, {{period}}){}", " ".repeat(70_000));
    let alone = [("a", "spread(close, open) > {level}", level.clone()), ("b", &long, period.clone())];
    let listed = alone.clone().map(|(name, text, _)| (name, text));
    let parameters = [level, period];
    let together = Rule::compile_all_given(&listed, &given(&parameters), limits).unwrap();
    // Asked for twice: made once.
    assert!(std::ptr::eq(together.outputs(), together.outputs()));
    for ((name, text, parameter), (known, tree)) in alone.iter().zip(together.outputs()) {
        let rule = Rule::compile_given(text, &given(std::slice::from_ref(parameter)), limits).unwrap();
        assert_eq!((*name, &rule.outputs()[0].1), (known.as_str(), tree));
    }
}

#[test]
fn a_bound_rule_is_the_rule_with_the_values_written_in() {
    let parameters = [("period", Value::Int(5)), ("level", Value::Float(30.0))];
    let bound =
        Rule::compile_with_parameters("rsi(close, {period}) < {level}", &parameters, Default::default());
    assert_eq!(bound.unwrap().plan().fingerprint(), &fingerprint("rsi(close, 5) < 30"));
    let error = Rule::compile("rsi(close, {period})").expect_err("no value").to_string();
    assert!(error.contains("Parameter 'period' has no value"), "{error}");
}
