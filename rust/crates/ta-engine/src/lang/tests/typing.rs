//! What is refused, and what is rewritten, after a text has been read.

use super::super::ir::*;
use super::*;
use DiagnosticKind::Type;

#[test]
fn arguments_of_the_wrong_type_are_refused() {
    for (text, fragment) in [
        ("mean(close, lookback='invalid')", "Parameter 'period' expects int, got str"),
        ("sma(True)", "Parameter 'period' expects int, got bool"),
        ("sma(close, 2.5)", "Parameter 'period' expects int, got float"),
        ("bbands(20, 'x').upper", "Parameter 'std_dev' expects float, got str"),
        ("sma(close, close)", "Parameter 'period' expects a scalar"),
        ("sma(0)", "must be positive"),
        ("sma(0)", "a whole number from 1 to 100000 is needed"),
        ("sma(-5)", "must be positive"),
        ("sma(close, -5)", "must be positive"),
        ("sma(close, lookback=3 - 5)", "must be positive"),
        ("macd(close, 12, 0).signal", "must be positive"),
        ("sma(200000)", "a whole number from 1 to 100000 is needed"),
        ("bb_upper(20, 1000.0)", "a number from 0.001 to 100 is needed"),
        ("bb_upper(20, 0)", "must be positive"),
        ("crossup(close)", "Missing required parameter: b"),
        ("crossup()", "Missing required parameter: b"),
        ("crossup(close, 'x')", "expects a Series"),
        ("atr(close)", "takes no input series"),
        ("atr(close, 14)", "takes no input series"),
        ("sma(3, 'foo')", "Field 'foo' is not valid for source 'ohlcv'"),
        ("sma(3, source=5)", "Parameter 'source' expects str, got int"),
        ("sma(3, source=close)", "Parameter 'source' expects a scalar"),
        ("sma(close, 3, source='volume')", "cannot be specified both"),
        ("select('nothing') > 1", "Field 'nothing' is not valid"),
        ("macd().sginal", "did you mean 'signal'"),
        ("macd().value", "accepted: macd, signal, histogram"),
        ("(close).upper", "no named outputs"),
        ("bbands(3) > 5", "bbands gives several values: upper, middle, lower"),
        ("-macd()", "gives several values"),
        ("sma(macd(), 3)", "gives several values"),
        ("crossup(macd(), 3)", "gives several values"),
        ("macd().change_1h", "gives several values"),
        ("macd().max()", "gives several values"),
        ("close > 1 and macd()", "gives several values"),
    ] {
        assert_refused(text, Type, fragment);
    }
}

#[test]
fn whole_floats_serve_as_whole_numbers_and_several_outputs_may_be_the_rule() {
    for text in
        ["sma(3.0)", "sma(close, 5 + 5)", "bbands(20, 2).upper", "macd()", "bbands(20)", "1 / 0", "10 % 0"]
    {
        compiled(text);
    }
}

#[test]
fn all_problems_are_reported_in_order_of_the_text() {
    let text = "sma(0) > macd() and rsi('x') < atr(close)";
    let problems = compile(text, &test_catalog(), &Limits::default()).unwrap_err();
    let starts: Vec<_> = problems.iter().map(|p| p.span.unwrap().start()).collect();
    assert_eq!(starts, [4, 9, 24, 35]);
    assert_eq!(problems.to_string().matches("error: ").count(), 4);
}

/// Trees that no text gives: an IR may also come from JSON.
#[test]
fn trees_from_elsewhere_are_checked_too() {
    let close = || Expr::select("close");
    let boxed = |e: Expr| Box::new(e);
    let refuse = |kind: Kind, fragment: &str| {
        let problems = check(&kind.into(), &test_catalog()).unwrap_err().to_string();
        assert!(problems.contains(fragment), "{problems}");
    };
    refuse(Kind::from(SourceRef::of("candles", Some("close"))), "Unknown source 'candles'");
    refuse(Kind::from(SourceRef::of("trades", Some("hlc3"))), "is not valid for source 'trades'");
    let shift = |shift: &str, operation: Option<&str>| Kind::TimeShift {
        series: boxed(close()),
        shift: shift.into(),
        operation: operation.map(|name| name.to_owned().into()),
    };
    refuse(shift("", None), "Missing shift value");
    refuse(shift("h1", None), "Invalid time shift");
    refuse(shift("1h", Some("delta")), "Unknown operation 'delta'");
    let aggregate = |operation: &str, field: Option<&str>| Kind::Aggregate {
        series: boxed(close()),
        operation: operation.to_owned().into(),
        field: field.map(|name| name.to_owned().into()),
    };
    refuse(aggregate("median", None), "Unknown operation 'median'");
    refuse(aggregate("", None), "Unknown operation");
    refuse(aggregate("sum", Some("")), "Field '' is not valid");
    let call = |name: &str, args, kwargs| Expr::call(name, args, kwargs).kind;
    refuse(call("nothing", vec![], vec![]), "Unknown indicator: nothing");
    let three = || Expr::literal(Value::Int(3));
    refuse(call("sma", vec![], vec![("foo".into(), three())]), "Unknown keyword argument 'foo'");
    refuse(
        call("sma", vec![three()], vec![("period".into(), three())]),
        "Parameter 'period' specified both positionally and as keyword",
    );
    refuse(call("rsi", vec![three(), three()], vec![]), "Too many positional arguments");
    let index = |index: Expr| Kind::Index { expr: boxed(close()), index: boxed(index) };
    refuse(index(Expr::literal(Value::Int(-1))), "look ahead");
    refuse(index(close()), "whole number");
    assert!(check(&index(three()).into(), &test_catalog()).is_ok());
    refuse(
        Expr::binary(BinaryOp::Add, close(), Expr::literal(Value::Text("x".into()))).kind,
        "is no operand",
    );
    let deep = Expr::unary(
        UnaryOp::Neg,
        Kind::Member { expr: boxed(call("macd", vec![], vec![]).into()), member: "x".into() }.into(),
    );
    refuse(deep.kind, "accepted: macd, signal, histogram");
    let chosen = |output: &str| {
        Kind::from(Call { name: "macd".into(), args: vec![], kwargs: vec![], output: Some(output.into()) })
    };
    refuse(chosen("upper"), "is no output of macd");
    assert!(check(&Expr::unary(UnaryOp::Neg, chosen("signal").into()), &test_catalog()).is_ok());
}

#[test]
fn constants_are_computed() {
    let number = |value: f64| Expr::literal(Value::Float(value));
    let truth = |value| Expr::literal(Value::Bool(value));
    for (text, value) in [
        ("1 + 2*3", number(7.0)),
        ("-(-3)", number(3.0)),
        ("7 % 4", number(3.0)),
        ("1 < 2", truth(true)),
        ("not (True and False)", truth(true)),
        ("not 0", truth(true)),
        ("1 < 2 or close", truth(true)),
        ("close and 1 > 2", truth(false)),
    ] {
        assert_eq!(compiled(text), value, "{text}");
    }
    for text in ["10 / 0", "10 % 0", "0 / 0", "1e300 * 1e300", "(-8) ** 0.5", "-7 % 4"] {
        assert!(compiled(text).as_literal().is_none(), "{text}");
    }
    let whole = Expr::binary(BinaryOp::Add, Expr::literal(Value::Int(5)), Expr::literal(Value::Int(5)));
    assert_eq!(normalize(&whole), Expr::literal(Value::Int(10)));
    let huge = Expr::binary(BinaryOp::Mul, Expr::literal(Value::Int(i64::MAX)), Expr::literal(Value::Int(2)));
    assert_eq!(normalize(&huge), number(i64::MAX as f64 * 2.0));
}

#[test]
fn deciding_truths_decide_and_others_vanish() {
    let close = || compiled("close > 1");
    for (text, left) in [
        ("1 < 2 and close > 1", true),
        ("close > 1 and 1 < 2", true),
        ("1 > 2 or close > 1", true),
        ("close > 1 or 1 > 2", true),
        ("close > 1 and close > 1", false),
    ] {
        assert_eq!(compiled(text) == close(), left, "{text}");
    }
    // Only truth values do so; numbers keep their place.
    assert!(compiled("1 and close > 1").as_literal().is_none());
    assert_ne!(compiled("1 and close > 1"), close());
}

#[test]
fn and_or_and_not_give_truth_values_whatever_their_operands() {
    for (text, same) in [
        ("close and true", "close != 0"),
        ("true and close", "close != 0"),
        ("close or false", "close != 0"),
        ("false or close", "close != 0"),
        ("close - open or false", "close - open != 0"),
        ("crossup(close, 1) and true", "crossup(close, 1) != 0"),
        ("(close and true) and true", "close != 0"),
        ("2 and true", "true"),
        ("false or 0", "false"),
        ("0.5 and 2", "true"),
        ("0 or 0.0", "false"),
        ("1 and true and close > 1", "close > 1"),
        ("rolling_sum(close and true, 2)", "rolling_sum(close != 0, 2)"),
        // What decides alone.
        ("close and false", "false"),
        ("true or close", "true"),
    ] {
        assert_eq!(compiled(text).to_string(), compiled(same).to_string(), "{text}");
    }
    for text in
        ["close and true", "false or close", "close and 1", "close or 0", "not close", "close and open"]
    {
        assert_eq!(type_of(&compiled(text), &test_catalog()), TypeTag::SeriesBool, "{text}");
    }
    for text in ["macd() and true", "true and 'close'"] {
        let parsed = parse(text, &test_catalog(), &Limits::default());
        let checked = parsed.map(|expr| check(&normalize(&expr), &test_catalog()));
        assert!(!matches!(checked, Ok(Ok(()))), "{text}");
    }
}

#[test]
fn each_output_of_an_indicator_has_a_type_of_its_own() {
    for (text, tag) in [
        ("supertrend(10, 3).rising", TypeTag::SeriesBool),
        ("supertrend(10, 3).RISING[2]", TypeTag::SeriesBool),
        ("supertrend(10, 3).line", TypeTag::SeriesNumber),
        ("if_else(supertrend().rising, close, open)", TypeTag::SeriesNumber),
        ("supertrend()", TypeTag::Unknown),
    ] {
        assert_eq!(type_of(&compiled(text), &test_catalog()), tag, "{text}");
    }
    let problems = compile("supertrend() + 1", &test_catalog(), &Limits::default()).unwrap_err();
    assert!(problems.to_string().contains("rising"), "{problems}");
}

#[test]
fn normalising_touches_nothing_and_is_done_once() {
    let expr = parsed("trades.filter(price > 1 + 1).sum(price) > BTC.price.change_1h");
    let before = expr.clone();
    let once = normalize(&expr);
    assert_eq!(expr, before);
    assert_eq!(normalize(&once), once);
    assert_ne!(once, expr);
}

#[test]
fn types_follow_from_the_parts() {
    use TypeTag::*;
    for (text, expected) in [
        ("close", SeriesNumber),
        ("close > 1", SeriesBool),
        ("not close", SeriesBool),
        ("-close", SeriesNumber),
        ("True", ScalarBool),
        ("1 / 0", ScalarNumber),
        ("1 / 0 > 2", ScalarBool),
        ("crossup(close, 1)", SeriesBool),
        ("crossup(close, 1).1h_ago", SeriesBool),
        ("macd()", Unknown),
        ("macd().signal", SeriesNumber),
        ("close.change_1h", SeriesNumber),
        ("ohlcv.filter(close > 1)", SeriesNumber),
        ("trades.count", SeriesNumber),
    ] {
        assert_eq!(type_of(&compiled(text), &test_catalog()), expected, "{text}");
    }
}

#[test]
fn the_smoke_expressions_compile_and_round_trip() {
    for text in [
        "sma(close, 5 + 5)",
        "rsi(price, 14)",
        "not (close > open)",
        "trades.sum(amount)",
        "trades.filter(amount > 1000).sum(price)",
        "trades.avg(price) > ohlcv.close",
        "bbands(close, 20).upper > close",
        "macd(close, 12, 26, 9).signal > 0",
        "stochastic(14, 3).k < 20",
        "typical_price > sma(typical_price, 20)",
        "hlc3 > sma(hlc3, 10)",
        "abs(close - open) / atr(14)",
        "ohlcv.filter(volume > 1000).count()",
        "sma(BTC.high + BTC.low, period=5)",
        "close < fib_level_down(level=0.618, left=2, right=2)",
        "close < fib_down(level=0.618)",
        "BTC.price + BTC.trades.volume / 1000",
        "sma(BTC.price, 20) > sma(BTC.trades.volume, 20) / 100",
        "binance.ETH.ohlcv.close > 2000",
        "BTC.trades.volume > mean(volume, 10)",
        "rma(tr(), period=14) > 50",
        "rsi(14) < 50 and sma(close, 50) < sma(close, 100)",
        "crossup(ema(2), ema(4))",
        "crossup(a=ema(2), b=ema(4))",
        "in_channel(close, 16, 12)",
        "sma(period=3, source='volume')",
        "close.change_pct_2h",
        "close.roc_2",
        "close.2h_ago",
        "binance.BTC.USDT.perp.h1.price > okx.BTC.USDT.price",
    ] {
        let catalog = test_catalog();
        let expr = compile(text, &catalog, &Limits::default()).unwrap_or_else(|e| panic!("{e}"));
        let json = json::to_json(&expr);
        let through_text: serde_json::Value = serde_json::from_str(&json.to_string()).unwrap();
        assert_eq!(json::from_json(&json, &Limits::default()).unwrap(), expr, "{text}");
        assert_eq!(json::from_json(&through_text, &Limits::default()).unwrap(), expr, "{text}");
        assert_eq!(compiled(&expr.to_string()), expr.without_spans(), "{text} printed as {expr}");
    }
}

#[test]
fn json_has_the_documented_keys() {
    let json = |text: &str| json::to_json(&parsed(text));
    assert_eq!(
        json("mean(10, field='high')").to_string(),
        r#"{"type":"call","name":"rolling_mean","args":[{"type":"literal","value":10,"type_tag":"scalar_number"}],"kwargs":{"field":{"type":"literal","value":"high","type_tag":"scalar_number"}},"type_tag":"series_number"}"#
    );
    assert_eq!(
        json("BTC.USDT.h1.price").to_string(),
        r#"{"type":"source_ref","symbol":"BTC/USDT","field":"price","source":"ohlcv","timeframe":"1h","base":"BTC","quote":"USDT","type_tag":"series_number"}"#
    );
    assert_eq!(json("close > 1")["operator"], "gt");
    assert!(json("close > 1").get("type_tag").is_none());
    let placed = json::to_json(&parse("1", &test_catalog(), &Limits::default()).unwrap());
    assert_eq!((&placed["span_start"], &placed["span_end"]), (&0.into(), &1.into()));
    assert_eq!(json("close.1h_ago").get("operation"), None);
    assert_eq!(json("trades")["symbol"], serde_json::Value::Null);
}

#[test]
fn malformed_json_says_where() {
    use serde_json::json;
    let one = json!({"type": "literal", "value": 1});
    for (bad, path, words) in [
        (json!(1), "root", "a node is an object"),
        (json!({}), "root", "`type` is missing"),
        (json!({"type": "lambda"}), "root", "unknown node type 'lambda'"),
        (json!({"type": "literal"}), "root", "`value` is missing"),
        (json!({"type": "literal", "value": [1]}), "root", "not a list"),
        (
            json!({"type": "binary_op", "operator": "xor", "left": one, "right": one}),
            "root",
            "unknown operator 'xor'",
        ),
        (json!({"type": "binary_op", "operator": "add", "left": one}), "root", "`right` is missing"),
        (json!({"type": "call", "name": "sma", "args": [one, 5]}), "root.args[1]", "a node is an object"),
        (
            json!({"type": "call", "name": "sma", "kwargs": {"period": {"type": "x"}}}),
            "root.kwargs.period",
            "unknown node type",
        ),
        (json!({"type": "call", "name": 5}), "root", "`name` is a text"),
        (json!({"type": "call", "name": "sma", "args": {}}), "root", "`args` is a list"),
        (json!({"type": "literal", "value": 1, "type_tag": "int"}), "root", "unknown type_tag"),
        (json!({"type": "literal", "value": 1, "span_start": 4, "span_end": 2}), "root", "in this order"),
        (json!({"type": "literal", "value": 1, "span_start": -4, "span_end": 2}), "root", "whole number"),
        (json!({"type": "timeshift", "series": one}), "root", "`shift` is missing"),
    ] {
        let error = json::from_json(&bad, &Limits::default()).unwrap_err();
        assert_eq!(error.path, path, "{error}");
        assert!(error.message.contains(words), "{error}");
    }
    let mut deep = one;
    for _ in 0..300 {
        deep = json!({"type": "unary_op", "operator": "neg", "operand": deep});
    }
    assert!(json::from_json(&deep, &Limits::default()).unwrap_err().message.contains("nodes high"));
    let few = Limits { nodes: 10, ..Limits::default() };
    assert!(json::from_json(&deep, &few).unwrap_err().message.contains("more than 10 nodes"));
}

#[test]
fn json_fills_in_what_may_be_left_out() {
    use serde_json::json;
    let read = |json| json::from_json(&json, &Limits::default()).unwrap();
    assert_eq!(read(json!({"type": "call", "name": "SMA"})), Expr::call("sma", vec![], vec![]));
    assert_eq!(
        read(json!({"type": "source_ref", "field": "close"})).kind,
        Kind::from(SourceRef::of("ohlcv", Some("close")))
    );
    let unknown = json!({"type": "literal", "value": 1, "type_tag": "unknown"});
    assert_eq!(read(unknown.clone()).tag, TypeTag::Unknown);
    assert_eq!(json::to_json(&read(unknown.clone())), unknown);
}

#[test]
fn what_a_constant_leaves_without_effect_has_to_fit_together_all_the_same() {
    for (text, said) in [
        ("false and nosuch(close) > 1", "nosuch"),
        ("nosuch(close) > 1 or true", "nosuch"),
        ("sma(close, 0) > 1 and false", "period"),
        ("false and macd(close)", "gives several values"),
        ("close > 1 and (true or trades.sum(nothing) > 1)", "is not valid for source 'trades'"),
        ("abs(false and sma(close, 0) > 1)", "period"),
        ("close.filter(false and sma(close, 0) > 1)", "period"),
        ("if_else(close > 1, close > 2, 1 > 2 and sma(close, 0) > 1)", "period"),
        ("let a = true or sma(close, 0) > 1; close", "period"),
        ("{a: close, b: 1 > 2 and sma(close, 0) > 1}", "period"),
    ] {
        let refused = compile_outputs(text, &Given::default(), crate::catalog(), &Limits::default());
        let problems = refused.expect_err(text).to_string();
        assert!(problems.contains(said), "{text}: {problems}");
        assert!(problems.contains('^'), "{text} has a place: {problems}");
    }
    for text in
        ["false and sma(close, 2) > 1", "true or close", "close > 1 and (true or trades.sum(amount) > 1)"]
    {
        assert!(
            compile_outputs(text, &Given::default(), crate::catalog(), &Limits::default()).is_ok(),
            "{text}"
        );
    }
    let tree = parse("false and sma(close, 0) > 1", crate::catalog(), &Limits::default()).unwrap();
    assert!(check_normal(&tree, crate::catalog()).is_err(), "trees that were made elsewhere too");
    assert!(crate::Rule::from_ir(vec![("value".to_owned(), tree)]).is_err());
}

#[test]
fn a_field_is_chosen_of_a_source_and_of_nothing_else() {
    for operation in ["sum", "avg", "max", "min", "count"] {
        for (series, field, said) in [
            ("ohlcv", "amount", "Field 'amount' is not valid for source 'ohlcv'"),
            ("close", "amount", "Field 'amount' is not valid for source 'ohlcv'"),
            ("close.filter(close > 1)", "amount", "Field 'amount' is not valid for source 'ohlcv'"),
            ("trades", "close", "Field 'close' is not valid for source 'trades'"),
            ("close", "open", "Field 'open' cannot be chosen of 'close'"),
            ("volume", "volume", "Field 'volume' cannot be chosen of 'volume'"),
            ("hl2.filter(close > 1)", "close", "Field 'close' cannot be chosen of 'hl2'"),
            ("sma(close, 2)", "close", "Field 'close' cannot be chosen of a computed value"),
            ("close.1_ago", "close", "Field 'close' cannot be chosen of a computed value"),
        ] {
            let text = format!("1 + {series}.{operation}({field})");
            let problems = crate::Rule::compile(&text).expect_err(&text).to_string();
            assert!(problems.contains(said) && problems.contains("1 | 1 + "), "{text}: {problems}");
            assert!(problems.contains('^'), "{text} has a place: {problems}");
        }
        for text in
            [format!("ohlcv.{operation}(close)"), format!("trades.filter(amount > 1).{operation}(price)")]
        {
            crate::Rule::compile(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        }
    }
}
