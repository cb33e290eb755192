//! What a text may leave away or call otherwise: parameters that are names, short names, aggregates over values, functions
//! that every text has.

use ta_engine::lang::{Definitions, Given, Limits, Value};
use ta_engine::{Options, Rule};

fn rule(text: &str) -> Rule {
    Rule::compile(text).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

fn given(text: &str, parameters: &[(&str, &str)]) -> Rule {
    let parameters: Vec<_> = parameters.iter().map(|(n, v)| (*n, Value::Text((*v).to_owned()))).collect();
    Rule::compile_with_parameters(text, &parameters, Default::default())
        .unwrap_or_else(|error| panic!("{text}\n{error}"))
}

fn refused(text: &str) -> String {
    Rule::compile(text).expect_err(text).to_string()
}

fn same(text: &str, written: &str) {
    assert_eq!(
        rule(text).plan().fingerprint(),
        rule(written).plan().fingerprint(),
        "{text} is not {written}"
    );
}

fn run(text: &str, close: &[f64]) -> Vec<f64> {
    rule(text).run(None, &[close], Options::default()).expect("close is all it reads").remove(0)
}

#[test]
fn a_parameter_may_stand_for_a_word_of_a_chain_or_for_a_field() {
    for (text, parameters, written) in [
        ("ohlcv.{tf}.close", &[("tf", "4h")][..], "ohlcv.4h.close"),
        ("BTC.{tf}.{field}", &[("tf", "1d"), ("field", "high")], "BTC.1d.high"),
        ("{market}.close", &[("market", "BTC.1d")], "BTC.1d.close"),
        ("max({src}, 20)", &[("src", "close")], "max(close, 20)"),
        ("max({src}, 20)", &[("src", "ETH.close")], "max(ETH.close, 20)"),
        ("{src} > open", &[("src", "hlc3")], "hlc3 > open"),
        ("crossup({a}, {b})", &[("a", "close"), ("b", "open")], "crossup(close, open)"),
        ("crossup(a={a}, b={b})", &[("a", "close"), ("b", "open")], "crossup(close, open)"),
        ("sma(20, source={src})", &[("src", "high")], "sma(high, 20)"),
        ("let f(x) = sma(x, 3) - x; f({src})", &[("src", "high")], "sma(high, 3) - high"),
        ("on({tf}, max({src}, 20))", &[("src", "high"), ("tf", "4h")], "max(ohlcv.4h.high, 20)"),
        ("ohlcv.sum({src})", &[("src", "volume")], "ohlcv.sum(volume)"),
        ("{src}[1] + ({src}).3_ago", &[("src", "close")], "close[1] + close[3]"),
    ] {
        let bound = given(text, parameters);
        assert_eq!(bound.plan().fingerprint(), rule(written).plan().fingerprint(), "{text} is not {written}");
    }
    let parameters = [("src", Value::Text("closse".into()))];
    let error = Rule::compile_with_parameters("max({src}, 20)", &parameters, Default::default()).unwrap_err();
    assert!(error.to_string().contains("Unknown identifier 'closse'"), "{error}");
    assert!(error.to_string().contains("did you mean 'close'"), "{error}");
}

#[test]
fn a_wrong_name_of_a_parameter_is_one_error() {
    let parameters = [("perid", Value::Int(3))];
    let Err(ta_engine::rule::RuleError::Language(problems)) =
        Rule::compile_with_parameters("sma(close, {period})", &parameters, Default::default())
    else {
        panic!("it has no value")
    };
    assert_eq!(problems.iter().count(), 1, "{problems}");
    assert!(problems.to_string().contains("did you mean 'period'"), "{problems}");
    for text in
        ["sma(close, perod=3)", "crossup(close, bb=open)", "macd(fst=3).signal", "let f(x) = x; f(y=close)"]
    {
        let Err(ta_engine::rule::RuleError::Language(problems)) = Rule::compile(text) else {
            panic!("{text}")
        };
        assert_eq!(problems.iter().count(), 1, "{text}\n{problems}");
    }
}

#[test]
fn an_aggregate_runs_over_any_value_of_the_rows_of_its_source() {
    same("ohlcv.sum(close * volume)", "(close * volume).sum()");
    same("ohlcv.filter(close > open).sum(close * volume)", "(close * volume).filter(close > open).sum()");
    same("ohlcv.max(high - low)", "(high - low).max()");
    same("BTC.trades.sum(price * volume)", "(BTC.trades.price * BTC.trades.volume).sum()");
    same("ohlcv.avg((close))", "close.avg()");
    same("let body = high - low; ohlcv.avg(body)", "(high - low).avg()");
    same("let f(x) = ohlcv.sum(x); f(close * 2)", "(close * 2).sum()");
    assert_eq!(run("ohlcv.sum(close * 2)", &[1.0, f64::NAN, 3.0]), [2.0, 2.0, 8.0]);
    for (text, fragment) in [
        ("ohlcv.count(close > open)", "count() counts rows"),
        ("(close + 1).sum(close * 2)", "needs the name of a field"),
        ("ohlcv.sum(close * )", "a value is needed"),
        ("ohlcv.sum(5)", "needs the name of a field"),
        ("ohlcv.sum(close * 2, 3)", "`)`"),
    ] {
        let shown = refused(text);
        assert!(shown.contains(fragment), "{text}\n{shown}");
    }
}

#[test]
fn short_names_of_fields_are_free_where_a_value_has_the_name() {
    same("let c = close - open; c + sma(c, 3)", "close - open + sma(close - open, 3)");
    same("let h = close; let l = open; h - l", "close - open");
    same("let f(v) = v + 1; f(close)", "close + 1");
    same("c - o", "close - open");
    same("let c = open; ohlcv.filter(c > close).count()", "ohlcv.filter(select('open') > close).count()");
    let shown = refused("let c = open; C + 1");
    assert!(shown.contains("'C' and 'c' differ in case only"), "{shown}");
    assert!(refused("let close = open; close").contains("a field"));
    assert!(refused("let o(x) = x; o(close)").contains("a short name of a field"));
}

#[test]
fn a_function_with_several_values_may_be_the_whole_rule() {
    let bands = rule("let bands(x, n = 3) = {upper: sma(x, n) + 1, lower: sma(x, n) - 1}; bands(close)");
    let written = rule("{upper: sma(close, 3) + 1, lower: sma(close, 3) - 1}");
    assert_eq!(bands.plan().fingerprint(), written.plan().fingerprint());
    let names: Vec<_> = bands.plan().outputs().iter().map(|output| output.name.as_str()).collect();
    assert_eq!(names, ["upper", "lower"]);
    let on = rule("let bands(x) = {upper: x + 1, lower: x - 1}; on(4h, bands(close))");
    assert_eq!(
        on.plan().fingerprint(),
        rule("{upper: ohlcv.4h.close + 1, lower: ohlcv.4h.close - 1}").plan().fingerprint()
    );
    assert!(refused("let f(x) = {timestamp: x}; f(close)").contains("results have their times there"));
}

#[test]
fn ready_and_fixnan_look_at_what_is_there() {
    let nan = f64::NAN;
    assert_eq!(run("ready(close)", &[1.0, nan, 3.0]), [1.0, 0.0, 1.0]);
    assert_eq!(run("ready(sma(close, 2))", &[1.0, 2.0, nan]), [0.0, 1.0, 0.0]);
    assert_eq!(run("nz(fixnan(close), -1)", &[nan, 2.0, nan, 4.0]), [-1.0, 2.0, 2.0, 4.0]);
    assert!(rule("fixnan(close > 1)").plan().outputs()[0].is_bool);
    assert_eq!(run("nz(fixnan(close.filter(close > 2)), -1)", &[1.0, 3.0, 2.0]), [-1.0, 3.0, 3.0]);
}

#[test]
fn what_every_text_may_call_is_there_unless_it_is_told_not_to() {
    assert_eq!(run("within(close > 2, 2)", &[3.0, 1.0, 1.0, 1.0])[1..], [1.0, 0.0, 0.0]);
    assert_eq!(run("rising(close, 2)", &[1.0, 2.0, 3.0, 2.5])[2..], [1.0, 0.0]);
    assert_eq!(run("falling(close)", &[3.0, 2.0, 2.0])[1..], [1.0, 0.0]);
    same("on(4h, rising(close, 3))", "ohlcv.4h.close > max(ohlcv.4h.close, 3)[1]");
    // A function of one's own comes first.
    same("let rising(x) = x > 1; rising(close)", "close > 1");
    same("let rising = close > 1; rising", "close > 1");
    let texts = [("own", "let calm(n) = not within(close > open, n);")];
    let definitions = Definitions::parse(&texts, ta_engine::catalog(), &Limits::default()).unwrap();
    assert_eq!(definitions.names().collect::<Vec<_>>(), ["calm"]);
    let with = Given { definitions: Some(&definitions), ..Given::default() };
    let calm = Rule::compile_given("calm(3) and rising(close)", &with, Default::default()).unwrap();
    let written = rule("not (max(if(close > open, 1, 0), 3) > 0) and close > max(close, 1)[1]");
    assert_eq!(calm.plan().fingerprint(), written.plan().fingerprint());
    let bare = Given { is_bare: true, ..Given::default() };
    let error = Rule::compile_given("rising(close)", &bare, Default::default()).unwrap_err().to_string();
    assert!(error.contains("'rising' not found"), "{error}");
    let error = refused("rising(close, 2) and clsoe > 1 and rising(close, 0)");
    assert!(error.contains("clsoe") && error.contains("prelude:") && error.contains("rule:1:"), "{error}");
    for (name, remark, statement) in ta_engine::lang::prelude::functions() {
        assert!(remark.ends_with('.') && statement.starts_with(&format!("let {name}(")), "{name}");
    }
}

#[test]
fn what_every_text_may_call_remembers_what_it_says_it_does() {
    assert_eq!(run("latch(close > 3, close < 2)", &[1.0, 4.0, 2.5, 1.0, 2.5]), [0.0, 1.0, 1.0, 0.0, 0.0]);
    assert_eq!(run("once(close > 2, close < 1)", &[3.0, 3.0, 0.5, 3.0, 3.0]), [1.0, 0.0, 0.0, 1.0, 0.0]);
    assert_eq!(run("once(close > 2)", &[1.0, 3.0, 0.5, 3.0]), [0.0, 1.0, 0.0, 0.0]);
    assert_eq!(run("once(close > 2, close > 2)", &[3.0, 3.0]), [1.0, 1.0]);
    assert_eq!(run("streak(close > 2)", &[3.0, 3.0, 1.0, 3.0]), [1.0, 2.0, 0.0, 1.0]);
    assert_eq!(run("since_highest(close, close == 1)", &[2.0, 3.0, 1.0, 2.0]), [2.0, 3.0, 1.0, 2.0]);
    assert_eq!(run("since_lowest(close, close == 5)", &[2.0, 1.0, 5.0, 6.0]), [2.0, 1.0, 5.0, 5.0]);
    assert_eq!(run("first_since(close, close > 4)", &[1.0, 2.0, 5.0, 3.0, 6.0]), [1.0, 1.0, 5.0, 5.0, 6.0]);
    same(
        "latch(close > 3, close < 2)",
        "let on = if(close > 3, true, if(close < 2, false, on[1])) from false; on",
    );
}

#[test]
fn what_other_languages_write_is_told_once_and_with_what_to_write() {
    for (text, fragment) in [
        ("close > open ? 1 : 0", "`if(condition, a, b)`"),
        ("if close > open then 1 else 0", "`if(condition, a, b)`"),
        ("1 if close > open else 0", "`if(condition, a, b)`"),
        ("max(high, close)", "`greatest(a, b)`"),
        ("min(low, open)", "`least(a, b)`"),
        ("highest(high, 20)", "`max(high, 20)`"),
        ("lowest(low, 20)", "`min(low, 20)`"),
        ("change(close)", "`close - close[1]`"),
        ("na(close)", "`not ready(x)`"),
    ] {
        let Err(ta_engine::rule::RuleError::Language(problems)) = Rule::compile(text) else {
            panic!("{text}")
        };
        assert_eq!(problems.iter().count(), 1, "{text}\n{problems}");
        assert!(problems.to_string().contains(fragment), "{text}\n{problems}");
    }
    same("crossover(close, open)", "crossup(close, open)");
    same("crossunder(close, open)", "crossdown(close, open)");
}

#[test]
fn a_duration_behind_a_value_says_both_ways_to_go_on() {
    for (text, ago, stream) in [
        ("close.4h", "`close.4h_ago`", "`on(4h, close)`"),
        ("sma(close, 3).4h > 1", "`sma(close, 3).4h_ago`", "`on(4h, sma(close, 3))`"),
        ("let x = rsi(14); x.4h", "`x.4h_ago`", "`on(4h, x)`"),
        ("ETH.close.1d", "`ETH.close.1d_ago`", "`on(1d, ETH.close)`"),
    ] {
        let shown = refused(text);
        assert!(shown.contains(ago) && shown.contains(stream), "{text}\n{shown}");
    }
}
