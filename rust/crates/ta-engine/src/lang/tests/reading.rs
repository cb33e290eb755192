//! Text to IR: operators, literals, names, calls, limits.

use super::super::ir::*;
use super::*;
use DiagnosticKind::Parse;

fn float(value: f64) -> Expr {
    Expr::literal(Value::Float(value))
}

fn int(value: i64) -> Expr {
    Expr::literal(Value::Int(value))
}

fn text(value: &str) -> Expr {
    Expr::literal(Value::Text(value.into()))
}

fn truth(value: bool) -> Expr {
    Expr { tag: TypeTag::ScalarBool, ..Expr::literal(Value::Bool(value)) }
}

fn field(source: &str, name: &str) -> Expr {
    Kind::from(SourceRef::of(source, Some(name))).into()
}

fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    Expr::binary(op, left, right)
}

#[test]
fn every_operator_has_its_name() {
    use BinaryOp::*;
    for (symbol, op) in [
        ("+", Add),
        ("-", Sub),
        ("*", Mul),
        ("/", Div),
        ("%", Mod),
        ("**", Pow),
        (">", Gt),
        (">=", Gte),
        ("<", Lt),
        ("<=", Lte),
        ("==", Eq),
        ("!=", Neq),
        ("and", And),
        ("or", Or),
    ] {
        let read = parsed(&format!("close {symbol} open"));
        assert_eq!(read, binary(op, Expr::select("close"), Expr::select("open")), "{symbol}");
    }
    for (symbol, op) in [("-", UnaryOp::Neg), ("+", UnaryOp::Pos), ("not", UnaryOp::Not)] {
        assert_eq!(parsed(&format!("{symbol} close")), Expr::unary(op, Expr::select("close")));
    }
}

#[test]
fn operators_bind_as_in_python() {
    for (written, meant) in [
        ("-2 ** 2", "-(2 ** 2)"),
        ("2 ** 3 ** 2", "2 ** (3 ** 2)"),
        ("2 ** -1", "2 ** (-1)"),
        ("1 - 2 - 3", "(1 - 2) - 3"),
        ("1 + 2 * 3 % 4", "1 + ((2 * 3) % 4)"),
        ("not 1 < 2 and 3 < 4 or 5 < 6", "((not (1 < 2)) and (3 < 4)) or (5 < 6)"),
        ("not not close", "not (not close)"),
        ("- - 1", "-(-1)"),
        ("1 + -2", "1 + (-2)"),
        ("a_b\n> 1".replace("a_b", "close").as_str(), "close > 1"),
        ("close # the last price\n > 1", "close > 1"),
    ] {
        assert_eq!(parsed(written), parsed(meant), "{written}");
    }
    assert_eq!(compiled("-2 ** 2"), float(-4.0));
    assert_eq!(compiled("2 ** 3 ** 2"), float(512.0));
}

#[test]
fn chained_comparisons_share_their_middle() {
    assert_eq!(parsed("1 < close < 3"), parsed("1 < close and close < 3"));
    assert_eq!(parsed("1 < 2 < 3 <= 4"), parsed("1 < 2 and 2 < 3 and 3 <= 4"));
    let both = parsed("(1 < 2) < 3");
    assert!(matches!(both.kind, Kind::Binary { op: BinaryOp::Lt, .. }), "{both}");
}

#[test]
fn and_and_or_fold_to_the_left() {
    assert_eq!(parsed("open and high and low"), parsed("(open and high) and low"));
    assert_ne!(parsed("open and high and low"), parsed("open and (high and low)"));
}

#[test]
fn numbers_are_floats_as_operands_and_keep_their_type_as_arguments() {
    assert_eq!(parsed("20"), float(20.0));
    for (text, arg) in [("sma(20)", int(20)), ("sma(20.0)", float(20.0)), ("sma(1_0)", int(10))] {
        assert_eq!(parsed(text), Expr::call("sma", vec![arg], vec![]));
    }
    let first = parsed("sma(-5)");
    let Kind::Call(call) = &first.kind else { panic!("{first}") };
    assert_eq!(call.args, [Expr::unary(UnaryOp::Neg, float(5.0))]);
    assert_eq!(parsed("sma(close, -5)"), Expr::call("sma", vec![field("ohlcv", "close"), int(-5)], vec![]));
    assert_eq!(parsed("sma(period=-5)"), Expr::call("sma", vec![], vec![("period".into(), int(-5))]));
    assert_eq!(normalize(&parsed("sma(close, 5 + 5)")), parsed("sma(close, 10.0)"));
}

#[test]
fn truth_values_are_truth_values_in_any_case() {
    for written in ["True", "true", "TRUE"] {
        assert_eq!(parsed(written), truth(true));
    }
    assert_eq!(
        parsed("sma(close, False)"),
        Expr::call("sma", vec![field("ohlcv", "close"), truth(false)], vec![])
    );
    assert_eq!(compiled("True and close > 1"), compiled("close > 1"));
}

#[test]
fn bare_names_are_sources_or_selected_fields() {
    assert_eq!(parsed("Close"), Expr::select("close"));
    assert_eq!(parsed("c"), Expr::select("close"));
    assert_eq!(parsed("price"), Expr::select("price"));
    assert_eq!(parsed("typical_price"), Expr::select("typical_price"));
    assert_eq!(parsed("amount"), Expr::select("amount"));
    assert_eq!(parsed("ohlcv"), field("ohlcv", "close"));
    assert_eq!(parsed("trades"), Kind::from(SourceRef::of("trades", None)).into());
}

#[test]
fn a_bare_field_in_first_place_is_a_reference() {
    let args = |text: &str| match parsed(text).kind {
        Kind::Call(call) => call.args,
        other => panic!("{other:?}"),
    };
    assert_eq!(args("mean(volume, 10)"), [field("ohlcv", "volume"), int(10)]);
    assert_eq!(args("sma(c, 3)"), [field("ohlcv", "close"), int(3)]);
    assert_eq!(args("sma(close)"), [field("ohlcv", "close")]);
    assert_eq!(args("crossup(close, open)"), [field("ohlcv", "close"), Expr::select("open")]);
    assert_eq!(args("sma(close + 1, 3)")[0], binary(BinaryOp::Add, Expr::select("close"), float(1.0)));
}

#[test]
fn calls_have_the_shapes_they_are_written_in() {
    let call = |name: &str, args, kwargs| Expr::call(name, args, kwargs);
    let period = |value| vec![("period".into(), int(value))];
    assert_eq!(parsed("sma(20)"), call("sma", vec![int(20)], vec![]));
    assert_eq!(parsed("SMA(period=20)"), call("sma", vec![], period(20)));
    assert_eq!(parsed("sma(Lookback=20,)"), call("sma", vec![], period(20)));
    assert_eq!(parsed("sma(BTC.price, period=20)"), {
        let mut btc = SourceRef::of("ohlcv", Some("price"));
        btc.symbol = Some("BTC".into());
        call("sma", vec![Kind::from(btc).into()], period(20))
    });
    assert_eq!(
        parsed("mean(10, field='high')"),
        call("rolling_mean", vec![int(10)], vec![("field".into(), text("high"))])
    );
    assert_eq!(parsed("tr()"), call("true_range", vec![], vec![]));
    for (alias, name) in
        [("mean", "rolling_mean"), ("median", "rolling_median"), ("rma", "rolling_rma"), ("max", "max")]
    {
        let read = parsed(&format!("{alias}(close, 3)"));
        assert_eq!(read.calls()[0].name, name);
    }
    let names = |text: &str| parsed(text).calls().iter().map(|c| c.name.clone()).collect::<Vec<_>>();
    assert_eq!(
        names("in_channel(close, bb_upper(20, 2), bb_lower(20, 2))"),
        ["in_channel", "bb_upper", "bb_lower"]
    );
    assert_eq!(names("(sma(20) > sma(50)) and (rsi(14) < 30)"), ["sma", "sma", "rsi"]);
    assert_eq!(names("volume > mean(volume, lookback=10) * 5"), ["select", "rolling_mean"]);
    assert_eq!(names("BTC.price > mean(BTC.price, lookback=50)"), ["rolling_mean"]);
}

#[test]
fn dotted_calls_are_looked_up_under_their_whole_name() {
    assert_eq!(parsed("talib.EMA(close, 5)"), {
        Expr::call("talib.ema", vec![field("ohlcv", "close"), int(5)], vec![])
    });
    assert_eq!(parsed("Pine.tr().change_1h").calls()[0].name, "pine.tr");
    assert_refused("talib.emma(3)", Parse, "Indicator 'talib.emma' not found");
    assert_refused("talib.close", Parse, "'talib' is no symbol");
    assert_refused("talib.price.change_1h", Parse, "'talib' is no symbol");
    assert!(parse("talib.USDT.price", &test_catalog(), &Limits::default()).is_ok());
    assert!(parse("binance.pine.price", &test_catalog(), &Limits::default()).is_ok());
}

#[test]
fn select_takes_one_text() {
    assert_eq!(parsed("select('C')"), Expr::select("close"));
    assert_eq!(parsed("select(field='VOLUME')"), Expr::select("volume"));
    assert_eq!(parsed("select()"), Expr::call("select", vec![], vec![]));
    for text in
        ["select(close)", "select(1)", "select('close', 'open')", "select(name='close')", "select('a' + 'b')"]
    {
        refused(text, Parse);
    }
}

#[test]
fn what_rules_do_not_have_is_an_invalid_expression() {
    for text in [
        "",
        "  \n",
        "# only a remark",
        "1 +",
        "(1",
        "1)",
        "close close",
        "a // b",
        "close & open",
        "close | open",
        "close ^ 2",
        "close << 1",
        "close @ open",
        "~close",
        "close[]",
        "close[1",
        "close]",
        "close[1:2]",
        "[1]",
        "{1}",
        "close if open else high",
        "lambda: 1",
        "close in open",
        "close is open",
        "x := 1",
        "sma(*args)",
        "sma(**kwargs)",
        "sma(20)(30)",
        "(close)(1)",
        "'text'",
        "1 + 'a'",
        "None",
        "sma(None)",
        "b'a'",
        "f'a'",
        "1j",
        "close = 1",
        "a = 1",
        "1 == not 2",
        "sma(period=3, 4)",
        "sma(close 3)",
        "sma(,)",
        "close.",
        ".close",
        "close..open",
        "not",
        "1 < ",
        "let a = 1",
        "sma(close; 3)",
        "a ? b : c",
        "close\\",
        "\u{0}",
        "é > 1",
        "1 = = 2",
        "sma(20",
        "((((1)))",
        "close AND open",
        "5.price",
    ] {
        refused(text, Parse);
    }
    for text in ["", "1 +", "a // b", "close[0", "x := 1", "sma(20)(30)", "1j", "close AND open"] {
        assert_refused(text, Parse, "Invalid expression");
    }
    assert_refused("close > 1 AND open > 2", Parse, "write `and`");
    assert_refused("close = 1", Parse, "write `==`");
}

#[test]
fn names_that_nothing_has_are_refused_with_a_suggestion() {
    assert_refused("colse > 1", Parse, "did you mean 'close'");
    assert_refused("smaa(3)", Parse, "did you mean 'sma'");
    assert_refused("SMAA(3)", Parse, "'smaa' not found");
    assert_refused("stochastics(3)", Parse, "did you mean 'stochastic'");
    assert_refused("rsi > 1", Parse, "write `rsi(...)`");
    assert_refused("frobnicate", Parse, "Unknown identifier 'frobnicate'");
}

#[test]
fn arguments_without_a_place_are_refused_when_read() {
    for (text, fragment) in [
        ("sma(20, period=20)", "cannot be specified both"),
        ("sma(20, lookback=20)", "cannot be specified both"),
        ("sma(lookback=20, period=20)", "cannot be specified both"),
        ("sma(period=20, period=20)", "cannot be specified both"),
        ("rsi(close, perod=14)", "Unknown parameter 'perod'"),
        ("rsi(close, perod=14)", "accepted: period (alias lookback)"),
        ("rsi(close, perod=14)", "did you mean 'period'"),
        ("rsi(close, 14, 15)", "Too many positional arguments"),
        ("tr(14)", "Too many positional arguments"),
        ("crossup(1, 2, 3)", "accepted: a, b"),
        ("trades.sum(price, amount)", "at most one argument"),
        ("trades.sum(1)", "needs the name of a field"),
        ("trades.sum(name=price)", "Unknown parameter 'name'"),
        ("trades.filter()", "exactly one argument"),
        ("trades.filter(amount > 1, price > 1)", "exactly one argument"),
        ("trades.filter(condition=amount > 1)", "no argument by name"),
        ("trades.median(amount)", "Unknown method 'median'"),
        ("BTC.USDT.rsi(14)", "Missing field"),
        ("BTC.USDT.price.rsi(14)", "Unknown method 'rsi'"),
    ] {
        assert_refused(text, Parse, fragment);
    }
    assert!(parse("sma(BTC.price, period=20)", &test_catalog(), &Limits::default()).is_ok());
}

#[test]
fn a_refused_keyword_is_shown_where_it_stands() {
    let problems =
        parse("sma(close, 20) > 5 and rsi(close, perod=14) < 30", &test_catalog(), &Limits::default());
    assert_eq!(problems.unwrap_err().first().span, Some(Span::new(34, 39)));
}

#[test]
fn nodes_know_where_they_were_written() {
    let text = "sma(close, 20).change_1h > (1 + 2)";
    let expr = parse(text, &test_catalog(), &Limits::default()).unwrap();
    let place = |e: &Expr| &text[e.span.unwrap().range()];
    let Kind::Binary { left, right, .. } = &expr.kind else { panic!() };
    assert_eq!((place(&expr), place(left), place(right)), (text, "sma(close, 20).change_1h", "(1 + 2)"));
    let Kind::TimeShift { series, .. } = &left.kind else { panic!() };
    assert_eq!(place(series), "sma(close, 20)");
    assert_eq!(place(series.children()[0]), "close");
}

#[test]
fn bombs_are_refused_without_falling_over() {
    let refuse = |text: String, fragment: &str| {
        let problems = compile(&text, &test_catalog(), &Limits::default()).unwrap_err();
        let shown = problems.to_string();
        assert!(shown.contains(fragment), "{}", &shown[..shown.len().min(300)]);
        assert_eq!(problems.kind(), Parse);
    };
    refuse("(".repeat(30_000), "nested more than 64");
    refuse("-".repeat(30_000) + "1", "nested more than 64");
    refuse("not ".repeat(10_000) + "1", "nested more than 64");
    refuse("sma(".repeat(10_000), "nested more than 64");
    refuse("trades.filter(".repeat(4_000), "nested more than 64");
    refuse("2**".repeat(10_000) + "2", "nested more than 64");
    refuse("1+".repeat(10_000) + "1", "more than 256 nodes high");
    refuse("1 < ".repeat(10_000) + "1", "more than 256 nodes high");
    refuse("f()".replace('f', "tr") + &".x".repeat(10_000), "more than 256 nodes high");
    refuse("close".to_owned() + &".1h_ago".repeat(9_000), "more than 256 nodes high");
    refuse("close".to_owned() + &".x".repeat(10_000), "too many parts");
    refuse("1 < (".repeat(50) + "1" + &") < 2".repeat(50), "more than 4096 nodes");
    refuse(format!("crossup({}1)", "1, ".repeat(9_000)), "more than 4096 nodes");
    refuse("1 ".repeat(40_000), "65536 are accepted");
    refuse("'".to_owned() + &"a".repeat(60_000), "closing quote");
    refuse("a".repeat(60_000), "Unknown identifier");
}

#[test]
fn the_deepest_accepted_rule_needs_little_stack() {
    let text = "1 or 1 and 1 < 1 + 1 * (".repeat(50) + "1" + &")".repeat(50);
    let small = std::thread::Builder::new().stack_size(700 << 10);
    let work = move || {
        let expr = compile(&text, &test_catalog(), &Limits::default()).unwrap();
        let json = json::to_json(&parsed(&text));
        let tall = vec!["close"; 250].join(" + ");
        let tall = compile(&tall, &test_catalog(), &Limits::default()).unwrap();
        assert_eq!(compiled(&tall.to_string()), tall.without_spans());
        assert_eq!(json::from_json(&json, &Limits::default()).unwrap(), parsed(&text));
        (expr.to_string().len(), json::to_json(&tall).to_string().len())
    };
    small.spawn(work).unwrap().join().unwrap();
}

#[test]
fn long_flat_rules_are_accepted() {
    let nested = "(".repeat(60) + "1" + &")".repeat(60);
    assert!(compile(&nested, &test_catalog(), &Limits::default()).is_ok());
    for (terms, word) in [(2, "or"), (192, "or"), (193, "and"), (800, "or"), (819, "and")] {
        let text = (0..terms).map(|i| format!("c > {i}")).collect::<Vec<_>>().join(&format!(" {word} "));
        let expr = parsed(&text);
        // As many joints as between all terms, in the order written, and the tree reads back as it is printed.
        assert_eq!(
            expr.to_string().replace(['(', ')'], ""),
            parsed(&text.replace(['(', ')'], "")).to_string().replace(['(', ')'], "")
        );
        assert_eq!(parsed(&expr.to_string()), expr);
        let (mut left, mut numbers) = (vec![&expr], Vec::new());
        while let Some(node) = left.pop() {
            match &node.kind {
                Kind::Literal(Value::Float(x)) => numbers.push(*x as usize),
                _ => left.extend(node.children().into_iter().rev()),
            }
        }
        assert_eq!(numbers, (0..terms).collect::<Vec<_>>());
    }
    // Short chains are folded from the left, one by one.
    let folded = parsed("c > 1 and o > 1 and h > 1");
    assert_eq!(folded, parsed("(c > 1 and o > 1) and h > 1"));
    assert_ne!(folded, parsed("c > 1 and (o > 1 and h > 1)"));
    // However few brackets are allowed.
    let limits = Limits { depth: 2, ..Limits::default() };
    let few = vec!["1 > 2"; 300].join(" or ");
    assert!(compile(&few, &test_catalog(), &limits).is_ok());
}
