//! Rows ago, bindings, maps of outputs, parameters.

use std::time::{Duration, Instant};

use super::super::ir::*;
use super::*;
use DiagnosticKind::{Parse, Type};

fn outputs(text: &str) -> Vec<(String, String)> {
    let outputs = compile_outputs(text, &Given::default(), &test_catalog(), &Limits::default());
    let outputs = outputs.unwrap_or_else(|e| panic!("{text}\n{e}"));
    outputs.into_iter().map(|(name, expr)| (name, expr.to_string())).collect()
}

fn bound(text: &str, parameters: &[(&str, Value)]) -> Result<Expr, Diagnostics> {
    let outputs = compile_outputs(text, &Given::parameters(parameters), &test_catalog(), &Limits::default())?;
    Ok(outputs.into_iter().next().unwrap().1.without_spans())
}

fn rows_ago(expr: Expr, rows: i64) -> Expr {
    Kind::Index { expr: Box::new(expr), index: Box::new(Expr::literal(Value::Int(rows))) }.into()
}

#[test]
fn square_brackets_are_rows_ago_behind_any_value() {
    for (text, of, rows) in [
        ("close[1]", "close", 1),
        ("close [ 0 ]", "close", 0),
        ("rsi(14)[3]", "rsi(14)", 3),
        ("(close + open)[2]", "close + open", 2),
        ("macd().signal[1]", "macd().signal", 1),
        ("BTC.USDT.1h.price[0x10]", "BTC.USDT.1h.price", 16),
        ("close.24h_ago[1]", "close.24h_ago", 1),
        ("trades.filter(amount > 1).count()[1]", "trades.filter(amount > 1).count()", 1),
        ("close[1][2]", "close[1]", 2),
        ("close[4_294_967_295]", "close", 4_294_967_295),
        ("2.0[1]", "2.0", 1),
    ] {
        assert_eq!(parsed(text), rows_ago(parsed(of), rows), "{text}");
    }
    assert!(matches!(parsed("-close[1]").kind, Kind::Unary { .. }));
    assert!(matches!(parsed("close[1] ** 2").kind, Kind::Binary { .. }));
    assert!(matches!(parsed("close[1].3_ago").kind, Kind::TimeShift { .. }));
    assert!(matches!(parsed("close[1].5").kind, Kind::TimeShift { .. }));
    assert_eq!(parsed("sma(close[1], 3)").calls()[0].args[0], rows_ago(Expr::select("close"), 1));
    let text = "sma(close, 3)[12]";
    let expr = parse(text, &test_catalog(), &Limits::default()).unwrap();
    assert_eq!(expr.span, Some(Span::new(0, text.len())));
}

#[test]
fn rows_that_would_look_ahead_or_are_not_written_out_are_refused() {
    for (text, fragment) in [
        ("close[-1]", "look ahead"),
        ("close[-n]", "look ahead"),
        ("close[1.5]", "whole number that is written out"),
        ("close[1 + 1]", "`]` is needed"),
        ("close[open]", "whole number that is written out"),
        ("close['a']", "whole number that is written out"),
        ("close[]", "whole number that is written out"),
        ("close[True]", "whole number that is written out"),
        ("close[4_294_967_296]", "too large"),
        ("close[1:3]", "`]` is needed"),
    ] {
        let shown = refused(text, Parse);
        assert!(shown.contains(fragment) || shown.contains("braces hold"), "{text}\n{shown}");
    }
    assert_refused("macd()[1]", Type, "gives several values");
    assert_refused("(close[1]).upper", Type, "no named outputs");
    let from_elsewhere = |rows| {
        let Kind::Index { expr, .. } = parsed("close[1]").kind else { panic!() };
        check(&Kind::Index { expr, index: Box::new(rows) }.into(), &test_catalog())
    };
    for rows in [Value::Int(-1), Value::Float(1.0), Value::Text("a".into()), Value::Bool(true)] {
        let problems = from_elsewhere(Expr::literal(rows)).unwrap_err().to_string();
        assert!(problems.contains("look ahead"), "{problems}");
    }
    assert!(from_elsewhere(Expr::select("open")).is_err());
}

#[test]
fn a_binding_is_the_tree_it_stands_for() {
    for (text, same) in [
        ("let a = close; a", "close"),
        ("let a = close + 1;\nlet b = a * a;\n# remark\nb > a", "(close + 1) * (close + 1) > close + 1"),
        ("let a = sma(close, 3); ema(a, 5)", "ema(sma(close, 3), 5)"),
        ("let m = macd(); m.signal > m.histogram", "macd().signal > macd().histogram"),
        ("let a = close; a[1] + a.3_ago + a.change_1h", "close[1] + close.3_ago + close.change_1h"),
        ("let big = volume > 5; ohlcv.filter(big).count()", "ohlcv.filter(select('volume') > 5).count()"),
        ("let t = trades; t.filter(amount > 5).sum(price)", "trades.filter(amount > 5).sum(price)"),
        ("let a = 1; let b = 2; -a ** b", "-(1.0 ** 2.0)"),
        ("let n = 14; rsi(close, n)", "rsi(close, 14.0)"),
        ("let unused = open; close", "close"),
        ("let _x9 = close; (_x9)", "close"),
        ("let letter = close; letter", "close"),
        ("let a = close; crossup(a, b=a)", "crossup(select('close'), b=close)"),
    ] {
        assert_eq!(compiled(text), compiled(same), "{text}");
    }
    // A symbol may be called `let`.
    assert!(matches!(parsed("let.close").kind, Kind::SourceRef(_)));
}

#[test]
fn names_shadow_nothing() {
    for (name, what) in [
        ("close", "a field"),
        ("Spread", "a field of orderbook"),
        ("trades", "a source"),
        ("sma", "an indicator"),
        ("Mean", "an indicator"),
        ("select", "an indicator"),
        ("true", "a truth value"),
        ("if", "a reserved word"),
        ("let", "a reserved word"),
        ("And", "a reserved word"),
        ("binance", "an exchange"),
        ("talib", "a namespace of indicators"),
    ] {
        assert_refused(&format!("let {name} = 1; 2"), Parse, &format!("cannot be bound: it is {what}"));
    }
    let shown = refused("let fast = 1;\nlet fast = 2;\nfast", Parse);
    assert!(shown.contains("'fast' is bound twice"), "{shown}");
    assert!(shown.contains("rule:2:5") && shown.contains("bound here before"), "{shown}");
    assert_refused("let fast = 1; let Fast = 2; fast", Parse, "differ in case only");
}

#[test]
fn bindings_are_used_behind_themselves_and_end_with_a_semicolon() {
    for (text, fragment) in [
        ("let a = b; let b = 1; a", "Unknown identifier 'b'"),
        ("let a = a; a", "`a` needs its own value of this bar: write `a[1]` (a -> a)"),
        ("let fast = 1; fats", "did you mean 'fast'"),
        ("let Fast = 1; fast", "did you mean 'Fast'"),
        ("let a = 1", "`;` and then the rule"),
        ("let a = 1 a", "`;` and then the rule"),
        ("let a = 1;", "the text ends too early"),
        ("let a = ; a", "only a `let` ends with `;`"),
        ("let a 1; a", "`=` is needed"),
        ("let 1 = 1; a", "a name is needed"),
        ("close; open", "only a `let` ends with `;`"),
        ("close; let a = 1", "only a `let` ends with `;`"),
        ("let a = 1; a(3)", "only plain function calls"),
        ("let a = {x: 1}; a", "braces hold a parameter"),
    ] {
        let shown = refused(text, Parse).replace('`', "'");
        assert!(shown.contains(&fragment.replace('`', "'")), "{text}\nshould say: {fragment}\n{shown}");
    }
}

#[test]
fn an_unused_binding_is_checked_and_a_used_one_is_reported_once() {
    assert_refused("let a = sma(0); close", Type, "must be positive");
    let problems = compile("let a = sma(0) + 1; a + a + a", &test_catalog(), &Limits::default()).unwrap_err();
    assert_eq!(problems.iter().count(), 1, "{problems}");
    assert_eq!(problems.first().span, Some(Span::new(12, 13)));
}

/// `let b0 = close; let b1 = b0 + b0; ...`
fn doubling(times: usize, last: &str) -> String {
    let lines = (1..=times).map(|i| format!("let b{i} = b{} + b{};", i - 1, i - 1));
    format!("let b0 = close;{}{last}", lines.collect::<String>())
}

#[test]
fn sharing_bombs_are_refused_before_they_are_written_out() {
    let start = Instant::now();
    let refuse = |text: &str, fragments: &[&str]| {
        let shown = compile(text, &test_catalog(), &Limits::default()).expect_err(text).to_string();
        for fragment in fragments {
            assert!(shown.contains(fragment), "{}", &shown[..shown.len().min(500)]);
        }
    };
    // First one that fits into memory even if nothing held it.
    refuse(&doubling(12, "b12"), &["more than 4096 nodes"]);
    refuse(&doubling(60, "b60"), &["more than 4096 nodes", "nodes stand here for 'b", "written out"]);
    // A `select` has two nodes, so that eleven doublings come to 3 * 2 ** 10 - 1.
    assert_eq!(compiled(&doubling(10, "b10")).node_count(), 3 * 1024 - 1);
    refuse(&doubling(10, "b10 + b10"), &["more than 4096 nodes", "3071 nodes stand here for 'b10'"]);
    // Many large bindings, each within the limit.
    let many: String = (0..4_000).map(|i| format!("let x{i} = b10;")).collect();
    refuse(&doubling(10, &format!("{many} close")), &["comes, with all its bindings, to more than 131072"]);
    let tall = (0..300).map(|i| format!("let y{} = y{i} + 1;", i + 1)).collect::<String>();
    refuse(&format!("let y0 = close; {tall} y300"), &["more than 256 nodes high"]);
    let outputs = (0..3).map(|i| format!("o{i}: b10")).collect::<Vec<_>>().join(",");
    refuse(&doubling(10, &format!("{{{outputs}}}")), &["more than 4096 nodes"]);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn bindings_that_are_not_used_do_not_count_as_nodes_of_the_rule() {
    let wide = vec!["close"; 200].join(" + ");
    let bindings: String = (0..20).map(|i| format!("let a{i} = {wide};")).collect();
    assert_eq!(compiled(&format!("{bindings} a3")), compiled(&wide));
}

#[test]
fn a_map_names_outputs_in_the_order_written() {
    let named = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(n, e)| ((*n).to_owned(), (*e).to_owned())).collect::<Vec<_>>()
    };
    let text = "let a = sma(close, 3);\n{\n  signal: close > a,\n  stop: a - 1,\n}";
    assert_eq!(outputs(text), named(&[("signal", "close > sma(close, 3)"), ("stop", "sma(close, 3) - 1.0")]));
    assert_eq!(outputs("{close: open}"), named(&[("close", "open")]));
    assert_eq!(outputs("open"), named(&[("value", "open")]));
    let program =
        |text: &str| compile_program(text, &Given::default(), &test_catalog(), &Limits::default()).unwrap();
    assert!(matches!(program("{value: open}"), Outputs::Named(_)));
    assert!(matches!(program("open"), Outputs::One(_)));
}

#[test]
fn maps_of_outputs_are_refused_where_they_do_not_belong() {
    let refuse = |text: &str, fragment: &str| {
        let shown =
            compile_outputs(text, &Given::default(), &test_catalog(), &Limits::default()).expect_err(text);
        assert_eq!(shown.kind(), Parse);
        let shown = shown.to_string();
        assert!(shown.contains(fragment), "{text}\nshould say: {fragment}\n{shown}");
    };
    refuse("{a: 1, b: 2, a: 3}", "Output 'a' is given twice");
    refuse("{a: 1, a: 3}", "given here before");
    refuse("{}", "names at least one");
    refuse("{a: 1} + 1", "an operator or the end");
    refuse("{a: 1", "the text ends too early");
    refuse("{a: }", "braces hold");
    refuse("{a: 1 b: 2}", "`,` or `}`");
    refuse("{a = 1}", "`:` and the value");
    refuse("{1: 2}", "the name of an output");
    refuse("{a: {b: 1}}", "braces hold");
    refuse("1 + {a: 1}", "braces hold");
    refuse("sma({a: 1})", "braces hold");
    assert_refused("{a: 1, b: 2}", Parse, "one value is needed here, not outputs named a, b");
    let shown =
        compile_outputs("{a: sma(0), b: rsi(0)}", &Given::default(), &test_catalog(), &Limits::default());
    assert_eq!(shown.unwrap_err().iter().count(), 2);
}

#[test]
fn a_parameter_means_what_its_value_would_mean_written_there() {
    use Value::{Bool, Float, Int, Text};
    for (text, parameters, same) in [
        (
            "rsi(close, {period}) < {level}",
            &[("period", Int(14)), ("level", Int(30))][..],
            "rsi(close, 14) < 30",
        ),
        ("sma({n})", &[("n", Int(3))], "sma(3)"),
        ("bb_upper(20, {k})", &[("k", Float(2.5))], "bb_upper(20, 2.5)"),
        ("sma(close, { n } + 1)", &[("n", Int(3))], "sma(close, 3 + 1)"),
        ("close[{n}]", &[("n", Int(2))], "close[2]"),
        (
            "sma(period={n}, source={f})",
            &[("n", Int(3)), ("f", Text("open".into()))],
            "sma(period=3, source='open')",
        ),
        ("{on} and close > 1", &[("on", Bool(true))], "True and close > 1"),
        ("let n = {n}; {a: n, b: {n}}", &[("n", Int(3))], "3"),
        ("{x} ** 2", &[("x", Int(-3))], "(-3) ** 2"),
        ("{x}.5", &[("x", Int(1))], "(1).5"),
        ("sma(close, {n}) + ema({n})", &[("n", Int(3))], "sma(close, 3) + ema(3)"),
    ] {
        assert_eq!(bound(text, parameters).unwrap(), compiled(same), "{text}");
    }
    let call = bound("rsi(close, {period})", &[("period", Int(14))]).unwrap();
    assert_eq!(call.calls()[0].args[1].as_literal(), Some(&Int(14)));
    assert_eq!(parameter_names("{b} + {a} + {b}", &Limits::default()).unwrap(), ["b", "a"]);
}

#[test]
fn parameters_without_values_and_values_without_parameters_are_refused() {
    use Value::{Float, Int, None};
    let text = "rsi(close, {period}) < {level}";
    for (text, parameters, fragments) in [
        (
            text,
            &[("period", Int(14))][..],
            &["'level' has no value", "needed: period, level; given: period"][..],
        ),
        (text, &[], &["'period' has no value", "given: none"]),
        (
            text,
            &[("perod", Int(1)), ("level", Int(1))],
            &[
                "Unknown parameter 'perod'",
                "did you mean 'period'",
                "needed: period, level; given: perod, level",
            ],
        ),
        ("close", &[("period", Int(14))], &["Unknown parameter 'period'", "needed: none"]),
        ("{a} + 1", &[("a", Int(1)), ("a", Int(2))], &["'a' is given twice"]),
        ("{a} + 1", &[("a", Float(f64::NAN))], &["'a' is no finite number"]),
        ("{a} + 1", &[("a", None)], &["'a' is no finite number"]),
        ("close[{n}]", &[("n", Int(-1))], &["look ahead"]),
        ("close[{n}]", &[("n", Float(1.0))], &["whole number"]),
        ("{a b}", &[], &["`:` and the value"]),
        ("1 + {a b}", &[], &["braces hold"]),
    ] {
        let shown = bound(text, parameters).expect_err(text).to_string();
        for fragment in fragments {
            assert!(shown.contains(fragment), "{text}\nshould say: {fragment}\n{shown}");
        }
    }
    assert_refused("sma(close, {n})", Parse, "Parameter 'n' has no value");
    assert_refused("sma(close, -{n})", Parse, "Parameter 'n' has no value");
    let least = bound("sma(close, -{n})", &[("n", Int(i64::MIN))]).expect_err("out of range");
    assert_eq!(least.kind(), Type);
    let problem = bound("sma(close, {n})", &[("n", Int(0))]).expect_err("out of range");
    assert_eq!(problem.first().span, Some(Span::new(11, 14)));
}

#[test]
fn texts_compiled_together_share_parameters() {
    let texts = [("a", "sma(close, {n})"), ("b", "close > {level}")];
    let compile = |parameters: &[(&str, Value)]| {
        compile_all(&texts, &Given::parameters(parameters), &test_catalog(), &Limits::default())
    };
    let all = [("n", Value::Int(3)), ("level", Value::Int(5))];
    let outputs = compile(&all).unwrap();
    assert_eq!(outputs[1].1.to_string(), "close > 5.0");
    assert!(compile(&all[..1]).unwrap_err().to_string().contains("'level' has no value"));
    let more = [all[0].clone(), all[1].clone(), ("x", Value::Int(1))];
    assert!(compile(&more).unwrap_err().to_string().contains("Unknown parameter 'x'"));
    let map = compile_all(&[("a", "{x: 1}")], &Given::default(), &test_catalog(), &Limits::default());
    assert!(map.unwrap_err().to_string().contains("one value is needed"));
}
