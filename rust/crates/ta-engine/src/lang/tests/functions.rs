//! Functions of the language itself, in the rule's text and beside it.

use super::*;
use DiagnosticKind::{Parse, Type};

const SPREAD: &str = "let spread(a, b, period = 20) = (a - b) / sma(b, period);";

fn defined(texts: &[(&str, &str)]) -> Result<Definitions, Diagnostics> {
    Definitions::parse(texts, &test_catalog(), &Limits::default())
}

fn with(definitions: &Definitions, text: &str) -> Result<Expr, Diagnostics> {
    let given = Given { definitions: Some(definitions), ..Given::default() };
    let outputs = compile_outputs(text, &given, &test_catalog(), &Limits::default())?;
    Ok(outputs.into_iter().next().unwrap().1.without_spans())
}

#[test]
fn a_call_is_the_body_with_the_arguments_written_in() {
    for (text, same) in [
        ("let twice(x) = x + x; twice(close)", "close + close"),
        (
            "let spread(a, b, period = 20) = (a - b) / sma(b, period); spread(close, ohlcv.open) > 1",
            "(close - ohlcv.open) / sma(ohlcv.open, 20) > 1",
        ),
        (
            "let f(a, b = 2) = a * b; f(b=3, a=close) + f(close) + f(close, 5)",
            "close * 3 + close * 2 + close * 5",
        ),
        // In any order, and through each other.
        ("let f(x) = g(x) + 1; let g(x) = x * 2; f(open)", "open * 2 + 1"),
        // A number alone keeps its type as an argument and is a float as an operand.
        ("let f(x, n) = sma(x, n) * n; f(close, 3)", "sma(select('close'), 3) * 3"),
        ("let f(n) = sma(n); f(3)", "sma(3)"),
        ("let f(x, field) = sma(period=3, source=field); f(1, 'volume')", "sma(period=3, source='volume')"),
        ("let lag(x, n = 1) = x[n]; lag(close) + lag(close, 4)", "close[1] + close[4]"),
        ("let f(x) = x.3_ago + x.change_1h; f(close)", "close.3_ago + close.change_1h"),
        (
            "let big(t, least) = t.filter(amount > least).sum(price); big(trades, 5)",
            "trades.filter(amount > 5).sum(price)",
        ),
        ("let total(t, field) = t.sum(field); total(trades, 'amount')", "trades.sum('amount')"),
        ("let f(x) = x.signal; f(macd())", "macd().signal"),
        // A default sees the rule's names and no parameter; the body sees what is bound in front of it.
        ("let n = 2; let f(x, m = n + 1) = x + m + n; f(close)", "close + (2 + 1) + 2"),
        (
            "let bands(x, w = 2) = {upper: sma(x, 3) + w, lower: sma(x, 3) - w}; bands(close).upper - bands(close).lower",
            "sma(select('close'), 3) + 2 - (sma(select('close'), 3) - 2)",
        ),
        ("let b(x) = {up: x + 1, down: x - 1}; let d = b(close); d.up > d.DOWN", "close + 1 > close - 1"),
        ("let b(x) = {up: x + 1, down: x - 1}; let f(y) = y.up; f(b(open))", "open + 1"),
        ("let one() = 1; one() + close", "1 + close"),
        ("let on(x) = x and True; on(close > 1)", "close > 1"),
        ("let f(x) = x; {f: f(1)}", "1"),
        // A field in a body is the bar's, wherever the call stands.
        ("let big() = volume > 5; ohlcv.filter(big()).count()", "ohlcv.filter(select('volume') > 5).count()"),
        ("let f(x) = x * 2; trades.filter(f(amount) > 5).count()", "trades.filter(amount * 2 > 5).count()"),
    ] {
        let outputs = compile_outputs(text, &Given::default(), &test_catalog(), &Limits::default());
        let outputs = outputs.unwrap_or_else(|e| panic!("{text}\n{e}"));
        assert_eq!(outputs[0].1.without_spans(), compiled(same), "{text}");
    }
}

#[test]
fn definitions_may_stand_in_texts_of_their_own() {
    let definitions =
        defined(&[("a.ta", SPREAD), ("b.ta", "let n = 7; # a value\nlet wide(x) = spread(x, open, n);")])
            .unwrap();
    assert_eq!(definitions.names().collect::<Vec<_>>(), ["spread", "n", "wide"]);
    let expr = with(&definitions, "wide(close) > n").unwrap();
    assert_eq!(expr, compiled("(close - open) / sma(select('open'), 7.0) > 7"));
    assert_eq!(with(&definitions, "let own(x) = wide(x); own(close) > n").unwrap(), expr);
    let statements: Vec<_> = definitions.statements().collect();
    assert_eq!(statements[1], ("n", "let n = 7;", "let n = 7 ;".to_owned()));
    for (text, fragments) in [
        ("let spread(a) = a; close", &["'spread' is bound twice", "a.ta:1:5", "rule:1:5"][..]),
        ("let Wide = 1; close", &["differ in case only", "b.ta:2:5"]),
        ("wide(close, 1)", &["Too many positional arguments: 1 are accepted", "accepted: x"]),
        ("n(1)", &["'n' is a value"]),
        ("wide + 1", &["write `wide(...)`"]),
        ("wid(close)", &["did you mean 'wide'"]),
    ] {
        let shown = with(&definitions, text).expect_err(text).to_string();
        for fragment in fragments {
            assert!(shown.contains(fragment), "{text}\nshould say: {fragment}\n{shown}");
        }
    }
    for (text, fragment) in [
        ("let f(x) = x", "`;` behind a definition"),
        ("close", "a definition, `let name(a, b) = ...;`"),
        ("let f(x) = x; close > 1", "a definition, `let name(a, b) = ...;`"),
        ("let f(x) = sma(x, {n});", "takes what it needs in brackets"),
        ("let f(x) = y;", "Unknown identifier 'y'"),
        ("let f(x) = smaa(x);", "did you mean 'sma'"),
        ("let f(x) = f(x);", "'f' needs itself: f -> f"),
        ("let a = 1; let a = 2;", "'a' is bound twice"),
        ("let f(close) = close;", "'close' cannot be bound: it is a field"),
    ] {
        let shown = defined(&[("a.ta", text)]).expect_err(text).to_string();
        assert!(shown.contains(fragment) && shown.contains("a.ta:1:"), "{text}\n{shown}");
    }
    let long = "let f(x) = x;".repeat(10_000);
    assert_eq!(defined(&[("a.ta", &long)]).unwrap_err().first().code, Code::Limit);
}

#[test]
fn errors_inside_a_body_name_the_definition_and_the_call() {
    let definitions =
        defined(&[("mine.ta", "let f(x, n) = sma(x, n) + 1;\nlet g(x) = 2 * f(x, 0);")]).unwrap();
    let problems = with(&definitions, "close > 1 and\ng(open) > g(close)").unwrap_err();
    let shown = problems.to_string();
    assert_eq!(problems.iter().count(), 1, "{shown}");
    for fragment in [
        "must be positive: it is 0",
        "mine.ta:1:22",
        "in this call of 'f'",
        "rule:2:1",
        "in this call of 'g'",
    ] {
        assert!(shown.contains(fragment), "should say: {fragment}\n{shown}");
    }
    let span = problems.first().span.unwrap();
    let place = problems.locate(span).unwrap();
    assert_eq!((place.name, &place.text[place.bytes]), ("mine.ta", "n"));
    let calls: Vec<_> =
        problems.calls(span).into_iter().map(|(at, f)| (at.name, &at.text[at.bytes], f)).collect();
    assert_eq!(calls, [("mine.ta", "f(x, 0)", "f"), ("rule", "g(open)", "g")]);
    // In a rule's own text, too; and a body that is called in vain is told once.
    let shown = refused("let f(x) = smaa(x);\nf(open) + f(close)", Parse);
    assert!(shown.contains("rule:1:12") && shown.contains("in this call of 'f'"), "{shown}");
    assert_eq!(shown.matches("error:").count(), 1, "{shown}");
    assert_refused("let f(x) = x.filter(1); f(open)", Type, "in this call of 'f'");
    // One that nothing calls is read all the same.
    assert_refused("let f(x) = foo + x; close", Parse, "Unknown identifier 'foo'");
    assert_refused("let f(x) = x +; close", Parse, "a value is needed");
    assert_refused("let f(x, y = foo) = x; close", Parse, "Unknown identifier 'foo'");
    assert!(
        compile(
            "let f(t) = t.filter(anything > 1).sum(x) + t[1] + t.signal; close",
            &test_catalog(),
            &Limits::default()
        )
        .is_ok()
    );
}

#[test]
fn places_of_a_called_body_are_those_of_the_call() {
    let text = "let f(x) = x + 1;\n2 * f(close)";
    let expr = compile(text, &test_catalog(), &Limits::default()).unwrap();
    let spans: Vec<_> = expr.children().iter().map(|child| child.span.unwrap()).collect();
    assert_eq!(spans, [Span::new(18, 19), Span::new(22, 30)]);
    assert!(expr.children()[1].children().iter().all(|part| part.span == Some(Span::new(22, 30))));
}

#[test]
fn names_of_functions_and_parameters_shadow_nothing() {
    for (text, fragment) in [
        ("let sma(x) = x; close", "'sma' cannot be bound: it is an indicator"),
        ("let mean(x) = x; close", "it is an indicator"),
        ("let close(x) = x; open", "it is a field"),
        ("let trades(x) = x; open", "it is a source"),
        ("let okx(x) = x; open", "it is an exchange"),
        ("let c(x) = x; open", "it is a short name of a field"),
        ("let f(x) = x; let f(y) = y; open", "'f' is bound twice"),
        ("let f = 1; let f(y) = y; open", "'f' is bound twice"),
        ("let f(y) = y; let F = 1; open", "differ in case only"),
        ("let f(volume) = volume; open", "it is a field"),
        ("let f(sma) = sma; open", "it is an indicator"),
        ("let f(x, X) = x; open", "differ in case only"),
        ("let f(g) = g; let g(x) = x; open", "'g' is bound twice"),
        ("let a = 1; let f(a) = a; open", "'a' is bound twice"),
        ("let f(imbalance) = 1; open", "a field of orderbook"),
    ] {
        let shown = refused(text, Parse);
        assert!(shown.contains(fragment), "{text}\nshould say: {fragment}\n{shown}");
        if fragment.contains("twice") {
            assert!(shown.contains("bound here before"), "{shown}");
        }
    }
}

#[test]
fn calls_that_do_not_fit_say_what_is_accepted() {
    for (call, fragment) in [
        ("spread(close)", "Missing required parameter: b"),
        ("spread()", "Missing required parameter: a"),
        ("spread(close, open, 3, 4)", "Too many positional arguments: 3 are accepted"),
        ("spread(close, open, perod=3)", "did you mean 'period'"),
        ("spread(close, open, perod=3)", "accepted: a, b, period = 20"),
        ("spread(close, a=open)", "cannot be specified both"),
        ("spread(a=close, a=open)", "cannot be specified both"),
        ("spread(a=close, open)", "positional argument follows keyword argument"),
        ("spread(close, open", "the text ends too early"),
    ] {
        let shown = refused(&format!("{SPREAD} {call}"), Parse);
        assert!(shown.contains(fragment), "{call}\nshould say: {fragment}\n{shown}");
    }
    for (text, fragment) in [
        ("let b(x) = {up: x, down: x}; {a: b(close)}", "b gives several values: up, down; choose one"),
        ("let b(x) = {up: x, down: x}; b(close) + 1", "for example `.up`"),
    ] {
        assert_refused(text, Type, fragment);
    }
    assert_refused("let f(x) = x + 1; f('x')", Parse, "is a text here");
    assert_refused("let b(x) = {up: x, down: x}; b(close).upp", Parse, "did you mean 'up'");
    assert_refused("let f(x, n = 1, m) = x; f(1, m=2)", Parse, "Parameter 'm' needs a default");
    assert_refused("let f(x, 1) = x; 1", Parse, "the name of a parameter");
    assert_refused("let f(x = ) = x; 1", Parse, "a value is needed");
    assert_refused("let f(x) x; 1", Parse, "`=` is needed");
    assert_refused("let f(x) = x", Parse, "`;` and then the rule");
    assert_refused("let f(x) = ; f(1)", Parse, "a value is needed");
    assert_refused("let f(x) = x y; f(1)", Parse, "`;` behind the definition");
    assert_refused("let f(x) = {}; f(1).a", Parse, "names at least one");
    assert_refused("let n = 3; let f(x) = close[x]; f(n)", Parse, "whole number that is written out");
}

#[test]
fn definitions_may_not_need_themselves() {
    for (text, fragments) in [
        ("let f(x) = f(x); f(1)", &["'f' needs itself: f -> f", "defined here"][..]),
        (
            "let f(x) = g(x); let g(x) = 1 + k(x); let k(x) = f(x); f(1)",
            &["'f' needs itself: f -> g -> k -> f"],
        ),
        ("let f(x, n = f(1)) = x; 1", &["'f' needs itself"]),
        ("let f(x) = f(x); let g(x) = f(x) + g(x); g(1)", &["f -> f", "g -> g"]),
    ] {
        let shown = refused(text, Parse);
        for fragment in fragments {
            assert!(shown.contains(fragment), "{text}\nshould say: {fragment}\n{shown}");
        }
        assert_eq!(shown.matches("error:").count(), shown.matches("needs itself").count(), "{shown}");
    }
}

#[test]
fn bombs_of_functions_are_refused() {
    let refuse = |text: &str, fragment: &str| {
        let problems = compile(text, &test_catalog(), &Limits::default()).unwrap_err();
        assert_eq!((problems.iter().count(), problems.first().code), (1, Code::Limit));
        let shown = problems.to_string();
        assert!(shown.contains(fragment), "{}", &shown[..shown.len().min(500)]);
    };
    let chain = |times: usize, body: &str| {
        let lines =
            (1..=times).map(|i| format!("let f{i}(x) = {};", body.replace('#', &(i - 1).to_string())));
        lines.collect::<String>()
    };
    refuse(&format!("let f0(x) = x + x; {} f12(close)", chain(12, "f#(x) + f#(x)")), "more than 4096 nodes");
    refuse(&format!("let f0(x) = x; {} f30(close)", chain(30, "f#(f#(x))")), "more than");
    refuse(&format!("let f0(x) = x; {} f500(close)", chain(500, "f#(x)")), "nested more than 64");
    refuse(
        &format!("let f0(x) = {{a: x, b: x}}; {} f30(close).a", chain(30, "{a: f#(x).a, b: f#(x).b}")),
        "more than",
    );
    refuse(&format!("let f0(x) = x; {} close", chain(500, "f#(x) + f#(x)")), "more than");
    let small = std::thread::Builder::new().stack_size(1 << 20);
    let text = format!("let f0(x) = x; {} f28(close)", chain(28, "(f#(x) + 1)"));
    small.spawn(move || drop(compiled(&text))).unwrap().join().unwrap();
}
