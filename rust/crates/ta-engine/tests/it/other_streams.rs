//! `on(STREAM, EXPR)` and `fresh(STREAM)`: what stands in them is what it would be, written with the stream in every reference.

use ta_engine::calendar::Timeframe;
use ta_engine::lang::{Given, OwnSource, Value};
use ta_engine::plan::joined::Joining;
use ta_engine::{Options, Rule};

use crate::joined::{HOUR_NS, joining};
use crate::joined_by_hand::fed;
use crate::market::Market;
use crate::random_rules::{Shape, random_rule};

fn rule(text: &str) -> Rule {
    Rule::compile(text).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

fn refused(text: &str) -> String {
    match Rule::compile(text) {
        Err(error) => error.to_string(),
        Ok(rule) => panic!("{text} compiles to {:?}", rule.outputs()),
    }
}

fn assert_same(text: &str, written: &str) {
    let (on, written_out) = (rule(text), rule(written));
    assert_eq!(
        on.plan().node_count(),
        written_out.plan().node_count(),
        "{text} has other nodes than {written}"
    );
    assert_eq!(on.plan().fields(), written_out.plan().fields(), "{text} reads other fields than {written}");
    assert_eq!(on.plan().fingerprint(), written_out.plan().fingerprint(), "{text} is not {written}");
    // A tree without a text goes the same way.
    // What is printed reads back as the same rule.
    let shown = on.outputs()[0].1.to_string();
    assert_eq!(rule(&shown).plan().fingerprint(), on.plan().fingerprint(), "{text} prints as {shown}");
}

#[test]
fn what_stands_in_on_reads_that_stream_in_every_reference() {
    for (text, written) in [
        ("on(4h, close)", "ohlcv.4h.close"),
        ("on(h4, close)", "ohlcv.4h.close"),
        ("on(4h, close > open)", "ohlcv.4h.close > ohlcv.4h.open"),
        ("on(4h, sma(close, 20))", "sma(ohlcv.4h.close, 20)"),
        ("on(4h, sma(20))", "sma(ohlcv.4h.close, 20)"),
        ("on(4h, sma(20, source='high'))", "sma(ohlcv.4h.high, 20)"),
        ("on(4h, sma(20, 'high'))", "sma(ohlcv.4h.high, 20)"),
        ("on(4h, sma(hlc3, 20))", "sma(ohlcv.4h.hlc3, 20)"),
        ("on(4h, select('high'))", "ohlcv.4h.high"),
        ("on(4h, c)", "ohlcv.4h.close"),
        ("on(4h, price)", "ohlcv.4h.close"),
        ("on(4h, ohlcv)", "ohlcv.4h.close"),
        ("on(4h, rsi(14)) < 30", "rsi(ohlcv.4h.close, 14) < 30"),
        ("on(4h, ohlcv.sum(volume))", "ohlcv.4h.close.sum(volume)"),
        ("on(4h, ohlcv.filter(close > open).count())", "ohlcv.4h.close.filter(close > open).count()"),
        ("on(4h, close[1])", "ohlcv.4h.close[1]"),
        ("on(4h, close)[1]", "ohlcv.4h.close[1]"),
        ("on(4h, close).1d_ago", "ohlcv.4h.close.1d_ago"),
        ("on(1d, close[1]) > close", "ohlcv.1d.close[1] > close"),
        ("on(BTC, close)", "BTC.close"),
        ("on(BTC, close / open)", "BTC.close / BTC.open"),
        ("on(ETH.BTC.1h, close)", "ETH.BTC.1h.close"),
        ("on(ETH/BTC.1h, close)", "ETH/BTC.1h.close"),
        ("on(BTC/USDT, close)", "BTC/USDT.ohlcv.close"),
        ("on(binance.BTC/USDT.perp.4h, close)", "binance.BTC/USDT.perp.4h.close"),
        ("on(trades, volume)", "trades.volume"),
        ("on(trades, price + ohlcv.close)", "trades.price + close"),
        ("on(BTC.trades, volume)", "BTC.trades.volume"),
        ("on(ohlcv, close)", "close"),
        ("on(1x, close)", "close"),
        ("on('4h', close)", "ohlcv.4h.close"),
        ("On(4H, close)", "ohlcv.4h.close"),
        ("crossup(close, on(4h, sma(close, 5)))", "crossup(close, sma(ohlcv.4h.close, 5))"),
        ("if(on(1d, close > open), close, 0)", "if(ohlcv.1d.close > ohlcv.1d.open, close, 0)"),
    ] {
        assert_same(text, written);
    }
}

#[test]
fn what_a_function_reads_by_itself_is_read_of_the_stream() {
    let four = |field: &str| format!("{field}=ohlcv.4h.{field}");
    let bar = [four("high"), four("low"), four("close")].join(", ");
    assert_same("on(4h, atr(14))", &format!("atr(14, {bar})"));
    assert_same("on(4h, supertrend(10, 3)).direction", &format!("supertrend(10, 3, {bar}).direction"));
    assert_same("on(4h, supertrend(10, 3).direction)", &format!("supertrend(10, 3, {bar}).direction"));
    assert_same("on(4h, stochastic()).k", &format!("stochastic({bar}).k"));
    assert_same("on(BTC, obv())", "obv(close=BTC.close, volume=BTC.volume)");
    let own = rule("atr(14) + on(1x, atr(14))");
    assert_eq!(own.plan().node_count(), 2);
}

#[test]
fn a_reference_keeps_the_parts_it_names_and_takes_the_rest() {
    assert_same("on(4h, ETH.close + close)", "ETH.4h.close + ohlcv.4h.close");
    assert_same("on(BTC, ohlcv.1d.close + close)", "BTC.1d.close + BTC.close");
    assert_same("on(binance.BTC.4h, ETH.1d.close)", "binance.ETH.1d.close");
    assert_same("on(BTC, trades.volume)", "BTC.trades.volume");
    assert_same("on(trades, volume + ohlcv.volume)", "trades.volume + volume");
}

#[test]
fn of_ons_in_each_other_the_inner_one_comes_first() {
    assert_same("on(BTC, on(4h, close) + close)", "BTC.4h.close + BTC.close");
    assert_same("on(4h, on(BTC, close))", "BTC.4h.close");
    assert_same("on(4h, on(1d, close) + close)", "ohlcv.1d.close + ohlcv.4h.close");
    assert_same("on(1d, on(4h, close))", "ohlcv.4h.close");
    assert_same("on(BTC.4h, on(ETH, on(1d, close)))", "ETH.1d.close");
}

#[test]
fn a_value_from_outside_keeps_what_it_stood_for_and_a_body_follows() {
    assert_same("let m = sma(close, 3); on(4h, m + close)", "sma(close, 3) + ohlcv.4h.close");
    assert_same("let m() = sma(close, 3); on(4h, m())", "sma(ohlcv.4h.close, 3)");
    assert_same(
        "let f(x, n = 3) = sma(x, n) / close; on(4h, f(open))",
        "sma(ohlcv.4h.open, 3) / ohlcv.4h.close",
    );
    assert_same("let f(x) = on(4h, x + close); f(open)", "open + ohlcv.4h.close");
    assert_same("let b(x) = {up: x + close, down: x}; on(4h, b(open)).up", "ohlcv.4h.open + ohlcv.4h.close");
    assert_same(
        "let slow(tf) = on(tf, sma(close, 3)); slow('4h') - slow('1d')",
        "sma(ohlcv.4h.close, 3) - sma(ohlcv.1d.close, 3)",
    );
    assert_same("let on(x) = x and True; on(close > 1)", "close > 1 and True");
    // A name is only a word of the language in front of a bracket.
    assert_same("let on = close > open; on and on(4h, close > 1)", "close > open and ohlcv.4h.close > 1");
}

#[test]
fn a_parameter_may_say_the_stream() {
    let given = [("tf", Value::Text("4h".into()))];
    let text = "on({tf}, sma(close, 3)) + on(BTC.{tf}, close)";
    let bound = Rule::compile_with_parameters(text, &given, Default::default()).unwrap();
    let written = rule("sma(ohlcv.4h.close, 3) + BTC.4h.close");
    assert_eq!(bound.plan().fingerprint(), written.plan().fingerprint());
}

#[test]
fn a_stream_that_is_none_is_refused_with_its_place() {
    for (text, place, fragment) in [
        ("on(4hh, close)", "4hh", "4hh"),
        ("on(close, 4)", "close", "is no stream"),
        ("on(close > 1, close)", "close >", "no value"),
        ("on(sma(close, 3), close)", "sma(", "no value"),
        ("on(, close)", ",", "Missing stream"),
        ("on()", ")", "Missing stream"),
        ("on(4h)", ")", "`,` and what is asked of the stream"),
        ("on(4h,)", ")", "a value is needed"),
        ("on(4h, close, open)", "open", "`)`"),
        ("on(BTC.close, close)", "close", "leave the field away"),
        ("on(4h.1d, close)", "1d", "already given"),
        ("on(1M, close)", "1M", "months"),
        ("on(0x, close)", "0x", "Unknown source"),
        ("on(trades, close)", "close", "is not a field of trades"),
        ("on(trades, sma(20))", "sma(20)", "not valid for source 'trades'"),
        ("let m = close; on(m, close)", "m, ", "is a value here"),
        ("on(5, close)", "5", "stream"),
        ("fresh()", ")", "Missing stream"),
        ("fresh(4h, close)", ",", "`)`"),
        ("fresh(close)", "close", "is no stream"),
    ] {
        let shown = refused(text);
        assert!(shown.contains(fragment), "{text}\n{shown}");
        let column = text.find(place).unwrap() + 1;
        assert!(
            shown.contains(&format!("column {column}")) || shown.contains(&format!(":{column}")),
            "{text}\n{shown}"
        );
    }
}

#[test]
fn every_made_rule_on_a_stream_is_that_rule_with_the_stream_in_every_reference() {
    let mut tried = 0;
    for seed in 0..3_000 {
        let text =
            random_rule(seed, Shape { prefixes: &[""], size: 1 + seed as usize % 24, has_durations: false });
        let (heads, value) = text.rsplit_once(";\n").unwrap_or(("", &text));
        if text.contains("let value") || value.starts_with('{') {
            continue;
        }
        let heads = if heads.is_empty() { String::new() } else { format!("{heads};\n") };
        for stream in ["4h", "BTC", "binance.ETH/BTC.perp.1d"] {
            let wrapped = format!("{heads}on({stream}, {value})");
            let (plain, on) = (rule(&text), rule(&wrapped));
            let prefix = ta_engine::plan::streams::Stream::parse(
                &format!("{stream}.ohlcv").replace("4h.ohlcv", "ohlcv.4h"),
            )
            .unwrap();
            assert_eq!(plain.plan().node_count(), on.plan().node_count(), "seed {seed}\n{wrapped}");
            let pairs = plain.plan().fields().iter().zip(on.plan().fields());
            for (own, read) in pairs {
                assert_eq!(own.field, read.field, "seed {seed}\n{wrapped}");
                assert_eq!(ta_engine::plan::streams::Stream::of(read), prefix, "seed {seed}\n{wrapped}");
            }
            let moved = ta_engine::lang::moved(&plain.outputs()[0].1, stream, ta_engine::catalog()).unwrap();
            let moved = Rule::from_ir(vec![("value".to_owned(), moved)]).unwrap();
            assert_eq!(moved.plan().fingerprint(), on.plan().fingerprint(), "seed {seed}\n{wrapped}");
            let market = Market::new(seed, 60).with_missing(seed, 0.05);
            let results = [plain, on].map(|rule| {
                let columns = market.columns(rule.plan());
                rule.run(None, &columns, Options::default()).map(|outputs| {
                    outputs
                        .iter()
                        .map(|output| output.iter().map(|x| x.to_bits()).collect::<Vec<_>>())
                        .collect::<Vec<_>>()
                })
            });
            assert_eq!(results[0], results[1], "seed {seed}\n{wrapped}");
            tried += 1;
        }
    }
    assert!(tried > 3_000, "{tried}");
}

#[test]
fn the_own_timeframe_is_the_rule_itself_and_multiples_are_of_it() {
    let plan = |text: &str, own: &str| {
        let joining = Joining { timeframe: Timeframe::parse(own), ..Joining::default() };
        rule(text).joined_plan(joining)
    };
    let streams = |text: &str, own: &str| -> Vec<String> {
        plan(text, own).unwrap().streams().iter().map(|stream| stream.stream.name()).collect()
    };
    assert_eq!(streams("on(4x, close)", "1h"), ["ohlcv.4h"]);
    assert_eq!(streams("on(4x, close) - close", "15m"), ["ohlcv.1h", "ohlcv"]);
    assert_eq!(streams("on(BTC.24x, close)", "1h"), ["BTC.1d"]);
    assert_eq!(streams("on(7x, close)", "1d"), ["ohlcv.7d"]);
    assert_eq!(streams("on(2x, close) - on(2h, close)", "60m"), ["ohlcv.2h"]);
    assert_eq!(streams("on(1h, close) - close", "1h"), ["ohlcv"]);
    assert_eq!(streams("on(60m, close) - close", "1h"), ["ohlcv"]);
    let shared = plan("on(1h, sma(close, 3)) - sma(close, 3)", "1h").unwrap();
    assert_eq!(shared.plan().node_count(), 2);
    let alone =
        Rule::compile("on(4x, close)").unwrap().joined_plan(Joining::default()).unwrap_err().to_string();
    assert!(alone.contains("timeframe of its own bars is needed"), "{alone}");
    // One table holds no bars of a multiple of its own.
    assert!(rule("on(4x, close)").session(Options::default()).is_err());
    let own = shared.stream("ohlcv.1h");
    assert_eq!(own, shared.stream("ohlcv"));
}

#[test]
fn fresh_is_true_at_the_first_row_that_sees_a_new_bar() {
    let rule = rule("fresh(4h)");
    let mut session = crate::joined::session(&rule, joining("1h"), Default::default());
    let rows = fed(
        &mut session,
        &[
            ("ohlcv", 1, &[1.0]),
            ("ohlcv", 2, &[1.0]),
            ("ohlcv.4h", 4, &[1.0]),
            ("ohlcv", 4, &[1.0]),
            ("ohlcv", 5, &[f64::NAN]),
            ("ohlcv", 7, &[1.0]),
            // The row of 8:00 is missing: that of 9:00 is the first to see the bar, which has no value.
            ("ohlcv.4h", 8, &[f64::NAN]),
            ("ohlcv", 9, &[f64::NAN]),
            ("ohlcv", 10, &[1.0]),
            ("ohlcv", 12, &[1.0]),
            ("ohlcv.4h", 12, &[1.0]),
        ],
    );
    assert_eq!(
        rows,
        ["1: warming_up", "2: 0", "4: 1", "5: 0", "7: 0", "9: 1", "10: 0", "12: 1"],
        "{}",
        HOUR_NS
    );
}

#[test]
fn every_row_of_the_own_bars_is_fresh_behind_the_first() {
    let plan = rule("fresh(1h)").joined_plan(joining("1h")).unwrap();
    assert_eq!(plan.streams().len(), 1);
}

#[test]
fn bars_that_are_shorter_than_the_own_ones_are_refused_where_on_asks_for_them() {
    let refused = |text: &str| {
        let refused = rule(text).joined_plan(joining("1h")).map(|_| ()).unwrap_err().to_string();
        assert!(refused.contains("no shorter than the rule's own, which are of 1h"), "{text}: {refused}");
        // So is the tree, read again.
        let json = ta_engine::lang::json::to_json(&rule(text).outputs()[0].1);
        let tree = ta_engine::lang::json::from_json(&json, &Default::default()).unwrap();
        let again = Rule::from_ir(vec![("value".to_owned(), tree)]).unwrap();
        assert!(again.joined_plan(joining("1h")).is_err(), "{text}");
    };
    for text in
        ["on(15m, close) > close", "on(BTC.30m, rsi(14)) + close", "ohlcv.15m.close + on(15m, atr(14))"]
    {
        refused(text);
    }
    // Rows may be those of the shorter bars, where a reference says so.
    assert!(rule("ohlcv.15m.close > close").joined_plan(joining("1h")).is_ok());
    assert!(rule("on(1d, on(4h, close)) > close").joined_plan(joining("1h")).is_ok());
}

#[test]
fn columns_of_ones_own_are_read_by_the_name_of_their_source() {
    let sources = [OwnSource::read("signal", ["score", "on: bool", "size: number"]).unwrap()];
    let compile = |text: &str| {
        let given = Given { sources: &sources, ..Given::default() };
        Rule::compile_given(text, &given, Default::default())
    };
    let own = compile("signal.score > 3 and signal.on").unwrap();
    assert!(own.plan().outputs()[0].is_bool);
    let names: Vec<_> = own.plan().fields().iter().map(|field| field.field.clone().unwrap()).collect();
    assert_eq!(names, ["score", "on"]);
    assert_eq!(own.plan().streams().iter().map(|stream| stream.name()).collect::<Vec<_>>(), ["signal"]);
    assert!(compile("signal.on").unwrap().plan().outputs()[0].is_bool);
    // A tree says all of it: no declaration is needed to read it again.
    let json = ta_engine::lang::json::to_json(&own.outputs()[0].1);
    let tree = ta_engine::lang::json::from_json(&json, &Default::default()).unwrap();
    let again = Rule::from_ir(vec![("value".to_owned(), tree)]).unwrap();
    assert_eq!(again.plan().fingerprint(), own.plan().fingerprint());
    // Another stream has no other signal.
    let same = |text: &str, written: &str| {
        let (text, written) = (compile(text).unwrap(), compile(written).unwrap());
        assert_eq!(text.plan().fingerprint(), written.plan().fingerprint());
    };
    same("on(BTC, close > signal.score)", "BTC.close > signal.score");
    same("sma(signal.size, 3)[1]", "sma(signal.size, 3).1_ago");
    same("signal.score.sum()", "ohlcv.sum(signal.score)");
    let columns: [&[f64]; 2] = [&[4.0, 5.0, 1.0], &[1.0, 0.0, 1.0]];
    assert_eq!(own.run(None, &columns, Options::default()).unwrap()[0], [1.0, 0.0, 0.0]);
    for (text, fragment) in [
        ("signal.scor > 1", "did you mean 'score'"),
        ("signal.on + close", ""),
        ("signal > 1", "a source has columns"),
        ("signal.4h.score", "a column of 'signal' at most"),
        ("let signal = 1; signal", "it is a source"),
        ("signal.score.sum(close)", "cannot be chosen of a column"),
    ] {
        match compile(text) {
            Err(error) => assert!(error.to_string().contains(fragment), "{text}\n{error}"),
            Ok(_) => assert!(fragment.is_empty(), "{text}"),
        }
    }
    for (name, columns, fragment) in [
        ("close", &["x"][..], "cannot be called 'close'"),
        ("trades", &["x"], "cannot be called 'trades'"),
        ("binance", &["x"], "cannot be called 'binance'"),
        ("1h", &["x"], "cannot be called '1h'"),
        ("two words", &["x"], "cannot be called 'two words'"),
        ("signal", &[], "has no columns"),
        ("signal", &["x", "X"], "twice"),
        ("signal", &["hlc3"], "cannot be called 'hlc3'"),
        ("signal", &["count"], "cannot be called 'count'"),
        ("signal", &["x: text"], "of no kind"),
    ] {
        let error = OwnSource::read(name, columns.iter().copied()).unwrap_err();
        assert!(error.message.contains(fragment), "{name}: {}", error.message);
    }
}
