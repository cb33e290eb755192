//! All errors of a text at once, in order of place, each once.

use super::*;

fn problems(text: &str) -> Vec<(String, usize)> {
    let problems =
        compile_outputs(text, &Given::default(), &test_catalog(), &Limits::default()).expect_err(text);
    problems.iter().map(|p| (p.message.clone(), p.span.map_or(usize::MAX, |s| s.start()))).collect()
}

/// Checks that these are told, each at the place of its mark `§` in the text, and nothing else.
#[track_caller]
fn assert_told(marked: &str, fragments: &[&str]) {
    let text = marked.replace('§', "");
    let mut places = Vec::new();
    for (count, (at, _)) in marked.match_indices('§').enumerate() {
        places.push(at - count * '§'.len_utf8());
    }
    let told = problems(&text);
    let shown = || format!("{text}\n{told:#?}");
    assert_eq!(told.len(), fragments.len(), "{}", shown());
    assert_eq!(told.iter().map(|(_, at)| *at).collect::<Vec<_>>(), places, "{}", shown());
    for ((message, _), fragment) in told.iter().zip(fragments) {
        assert!(message.contains(fragment), "should say: {fragment}\n{}", shown());
    }
}

#[test]
fn independent_errors_are_all_told_in_order() {
    let unknown = "Unknown identifier";
    assert_told("§colse > 1 and §opne < 2", &[unknown, unknown]);
    assert_told("let a = 1 +§; let b = §colse; a > b", &["unexpected `;`", unknown]);
    assert_told("sma(§foo, §0) + §smaa(close, §bar)", &[unknown, "must be positive", "not found", unknown]);
    assert_told("rsi(sma(close, §0), §perod=14)", &["must be positive", "Unknown parameter"]);
    assert_told("{a: §foo, b: 1 +§, c: sma(§0)}", &[unknown, "unexpected `,`", "must be positive"]);
    assert_told("(1 +§) * (2 *§) + §foo", &["unexpected `)`", "unexpected `)`", unknown]);
    assert_told("close §& §foo > 1 §? 2", &["`&` is not supported", unknown, "unexpected character"]);
    assert_told("trades.filter(§foo > 1).sum(§1) > §bar", &[unknown, "needs the name of a field", unknown]);
    assert_told("§foo.filter(bar > 1).count > §macd()", &[unknown, "gives several values"]);
    assert_told("let §close = 1; let f(x, §sma) = x; §foo", &["cannot be bound", "cannot be bound", unknown]);
    assert_told("let a = sma(§0); let f(x) = §foo + x; f(1) + ema(§0)", &["positive", unknown, "positive"]);
    assert_told("sma(close, §{n}) + §foo", &["has no value", unknown]);
    assert_told("trades.§median(amount) > §foo", &["Unknown method", unknown]);
    assert_told("close.§change_1x > 1 and close[§-1] > §foo", &["Invalid time shift", "look ahead", unknown]);
    assert_told("let a = close §let b = open; a > b", &["unexpected `let`"]);
    assert_told("let §1 = 2; let c2 = §foo; c2", &["unexpected `1`", unknown]);
}

#[test]
fn what_follows_from_an_error_is_not_told() {
    for text in [
        "let a = foo; a > 1 and sma(a, 3) > a.change_1h and a[1] > 1",
        "let a = ; a + sma(close, a)",
        "smaa(close, 20).signal > 1",
        "sma(close, foo) > 1",
        "sma(close, foo + 1) > 1",
        "macd(close, 12, foo).signal",
        "foo.sum(price) + 1",
        "foo.filter(bar > 1).sum(price)",
        "trades.filter(foo).sum(price)",
        "crossup(aa=close, b=open)",
        "let f(x) = foo; f(1) + f(2)",
        "let f(x = x; f(1) + f(2)",
        "let a = (1; a",
        "sma(close, (1 + 2",
        "close & open",
        "close > 1 ? open",
        "'close > 1",
        "rsi(close, perod=0)",
        "let a = 1 let",
        "let a = 1",
        "close close close close",
        "sma((((close",
        "sma(close, b'abc')",
        "sma(close,,20)",
        "NOT close",
        "lambda x",
        "BTC.rsi(14)",
        "let f(x) = x",
        "let b(x) = {up: x, down: x}; -b(close)",
        "close>1and open<2",
    ] {
        // A name in the filter of something unknown may be one of its fields.
        let told = problems(text);
        assert_eq!(told.len(), 1, "{text}\n{told:#?}");
    }
}

#[test]
fn a_hostile_text_is_told_no_more_than_a_page() {
    for text in
        ["foo + ".repeat(5_000) + "1", "? ".repeat(5_000), "sma(0), ".repeat(3_000), "f(x ".repeat(60)]
    {
        let told = compile(&text, &test_catalog(), &Limits::default()).unwrap_err();
        assert!(told.iter().count() <= 51, "{}", told.iter().count());
    }
}
