//! What holds for every tree and every text.

use proptest::prelude::*;

use super::super::ir::*;
use super::*;

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![0u32..1000, any::<u32>()].prop_flat_map(|v| {
        prop_oneof![
            Just(f64::from(v)),
            Just(f64::from(v) / 7.0),
            Just(f64::from(v) * 1e-9),
            Just(f64::from(v) * 1e30)
        ]
    })
}

fn truth() -> impl Strategy<Value = Expr> {
    any::<bool>().prop_map(|v| Expr { tag: TypeTag::ScalarBool, ..Expr::literal(Value::Bool(v)) })
}

fn source() -> impl Strategy<Value = SourceRef> {
    let symbols = prop_oneof![
        Just(None),
        Just(Some(("BTC".to_owned(), None))),
        Just(Some(("AAPL".to_owned(), None))),
        Just(Some(("ETH/FDUSD".to_owned(), Some(("ETH".to_owned(), "FDUSD".to_owned()))))),
        Just(Some(("BTC/USDT".to_owned(), Some(("BTC".to_owned(), "USDT".to_owned()))))),
    ];
    let fields = (0usize..4, any::<prop::sample::Index>()).prop_map(|(source, field)| {
        let def = &sources::SOURCES[source];
        // A chain that ends in `count` counts.
        let fields: Vec<_> = def.fields.iter().filter(|f| **f != "count").collect();
        (def.name, *fields[field.index(fields.len())])
    });
    let word = |words: &'static [&'static str]| {
        prop::option::of(prop::sample::select(words).prop_map(str::to_owned))
    };
    (
        symbols,
        fields,
        word(&["binance", "okx"]),
        word(&["1h", "15m", "1mo"]),
        word(&["perp", "spot", "futures"]),
    )
        .prop_map(|(symbol, (source, field), exchange, timeframe, instrument_type)| {
            let (symbol, pair) = symbol.map_or((None, None), |(s, pair)| (Some(s), pair));
            let (base, quote) = pair.map_or((None, None), |(b, q)| (Some(b), Some(q)));
            SourceRef {
                exchange,
                timeframe,
                symbol,
                base,
                quote,
                instrument_type,
                ..SourceRef::of(source, Some(field))
            }
        })
}

fn leaf() -> impl Strategy<Value = Expr> {
    let fields: Vec<_> = sources::default_field_names().filter(|f| f.len() > 1).collect();
    prop_oneof![
        number().prop_map(|v| Expr::literal(Value::Float(v))),
        truth(),
        prop::sample::select(fields).prop_map(Expr::select),
        source().prop_map(|s| Kind::from(s).into()),
        Just(Kind::from(SourceRef::of("trades", None)).into()),
        Just(Expr::call("true_range", vec![], vec![])),
    ]
}

fn constant(is_signed: bool) -> impl Strategy<Value = Expr> {
    let least = if is_signed { -50 } else { 0 };
    prop_oneof![
        (least..50i64).prop_map(|v| Expr::literal(Value::Int(v))),
        number().prop_map(move |v| Expr::literal(Value::Float(if is_signed { -v } else { v }))),
        truth(),
        "[ -~\n\té]{0,12}".prop_map(|v| Expr::literal(Value::Text(v))),
    ]
}

fn call(inner: impl Strategy<Value = Expr> + Clone + 'static) -> impl Strategy<Value = Expr> {
    let first = prop_oneof![
        constant(false).boxed(),
        inner.clone().prop_filter("a constant alone keeps its type", |e| !is_number(e)).boxed(),
        source()
            .prop_map(|s| Kind::from(SourceRef::of(
                "ohlcv",
                s.field.as_deref().filter(|f| sources::find_field("ohlcv", f).is_some()).or(Some("high"))
            ))
            .into())
            .boxed(),
    ];
    let later = prop_oneof![
        constant(true).boxed(),
        inner.prop_filter("a constant alone keeps its type", |e| !is_number(e)).boxed()
    ];
    (first, later.clone(), later, 0..9usize).prop_map(|(first, second, third, shape)| {
        let named = |name: &'static str, value: Expr| (name.into(), value);
        match shape {
            0 => Expr::call("sma", vec![first], vec![named("period", second)]),
            1 => Expr::call("crossup", vec![first, second], vec![]),
            2 => Expr::call("in_channel", vec![], vec![named("lower", second), named("price", third)]),
            3 => Expr::call("talib.ema", vec![first], vec![named("timeperiod", third)]),
            4 => Expr::call("in_channel", vec![first, second, third], vec![]),
            5 => Expr::call("macd", vec![], vec![named("fast_period", second)]),
            6 => Expr::call("if_else", vec![first, second, third], vec![]),
            7 => Expr::call("greatest", vec![first], vec![named("b", second)]),
            _ => Expr::call("abs", vec![first], vec![]),
        }
    }).prop_filter("the parser refuses arguments without a place", |e| {
        let Kind::Call(call) = &e.kind else { return false };
        let spec = test_catalog().find(&call.name).unwrap();
        !matches!(super::super::bind::misfit(call, spec), Some(m) if !matches!(m, super::super::bind::Misfit::NoSeries { .. }))
    })
}

fn is_number(expr: &Expr) -> bool {
    matches!(expr.as_literal(), Some(Value::Int(_) | Value::Float(_)))
}

fn tree() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(5, 40, 3, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        let shift = prop_oneof![Just("24h_ago"), Just("1h_ago"), Just("3"), Just("12_ago"), Just("2mo_ago")];
        let operation = prop::sample::select(vec!["change", "change_pct", "roc"]);
        let field = prop::option::of(prop_oneof![Just("price"), Just("VOLUME"), Just("not a word"), Just("and")]);
        prop_oneof![
            4 => (prop::sample::select(BinaryOp::ALL), inner.clone(), inner.clone()).prop_map(|(op, l, r)| Expr::binary(op, l, r)),
            2 => (prop::sample::select(UnaryOp::ALL), inner.clone()).prop_map(|(op, x)| Expr::unary(op, x)),
            3 => call(inner.clone()),
            1 => (boxed.clone(), boxed.clone()).prop_map(|(series, condition)| Kind::Filter { series, condition }.into()),
            1 => (boxed.clone(), prop::sample::select(AggregateOp::ALL), field).prop_map(|(series, op, field)| {
                Kind::Aggregate { series, operation: op.name().into(), field: field.map(Name::from) }.into()
            }),
            1 => (boxed.clone(), shift).prop_map(|(series, shift)| Kind::TimeShift { series, shift: shift.into(), operation: None }.into()),
            1 => (boxed.clone(), operation).prop_map(|(series, op)| {
                Kind::TimeShift { series, shift: "5d".into(), operation: Some(op.into()) }.into()
            }),
            1 => (boxed.clone(), 0..=super::super::chain::MOST_ROWS).prop_map(|(expr, rows)| {
                Kind::Index { expr, index: Box::new(Expr::literal(Value::Int(rows))) }.into()
            }),
            1 => (boxed, prop::sample::select(vec!["signal", "upper", "x_1"])).prop_map(|(expr, member)| {
                Kind::Member { expr, member: member.into() }.into()
            }),
        ]
    })
}

/// Pieces that make deep and broken texts more often than letters do.
const PIECES: &[&str] = &[
    "close",
    "let f(x, n = 3) = ",
    "let a = ",
    "(let b = ",
    "a[1]",
    "b[1]",
    "b",
    " from ",
    " restart when ",
    "; ",
    "{a: ",
    "}",
    "f(",
    "n",
    "x",
    "a",
    "BTC",
    "USDT",
    "binance",
    "trades",
    "perp",
    "price",
    "sma",
    "macd",
    "talib",
    "select",
    "filter",
    "count",
    "sum",
    "change_1h",
    "24h_ago",
    "1h_ago",
    "and",
    "or",
    "not",
    "True",
    "1",
    "2.5",
    ".5",
    "'x'",
    "\"",
    "(",
    ")",
    ",",
    ".",
    "=",
    "==",
    "<",
    "+",
    "-",
    "*",
    "**",
    "/",
    "//",
    "%",
    " ",
    "\n",
    "#",
    "[",
    "]",
    "[1]",
    "{",
    "}",
    ":",
    ";",
    "let ",
    "let a = ",
    "(let b = ",
    "a[1]",
    "b[1]",
    "b",
    " from ",
    " restart when ",
    "a",
    "{a: ",
    "{p}",
    "é",
    "period",
    "period=",
    "(close, ",
    ").",
    "1e9",
    "0x",
    "_",
];

fn token_soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn what_is_printed_reads_back_as_the_same_tree(expr in tree()) {
        let text = expr.to_string();
        let read = parse(&text, &test_catalog(), &Limits::default());
        let read = read.map_err(|e| TestCaseError::fail(format!("{text}\n{e}")))?;
        prop_assert_eq!(read.without_spans(), expr, "{}", text);
    }

    #[test]
    fn json_reads_back_as_the_same_tree(expr in tree()) {
        let json = json::to_json(&expr);
        prop_assert_eq!(json::from_json(&json, &Limits::default()).unwrap(), expr);
    }

    #[test]
    fn normalising_twice_changes_nothing_more(expr in tree()) {
        let once = normalize(&expr);
        prop_assert_eq!(normalize(&once), once);
    }

    #[test]
    fn a_checked_tree_binds_everywhere(expr in tree()) {
        let expr = normalize(&expr);
        let catalog = test_catalog();
        type_of(&expr, &catalog);
        if check(&expr, &catalog).is_ok() {
            for call in expr.calls() {
                match catalog.find(&call.name) {
                    Some(spec) => prop_assert!(bind(call, spec).is_ok()),
                    None => prop_assert!(bind_select(call).is_ok()),
                }
            }
        }
    }

    #[test]
    fn no_text_makes_the_compiler_panic(text in any::<String>()) {
        if let Err(problems) = compile(&text, &test_catalog(), &Limits::default()) {
            prop_assert!(!problems.to_string().is_empty());
        }
    }

    #[test]
    fn no_soup_of_tokens_makes_the_compiler_panic(text in token_soup()) {
        match compile(&text, &test_catalog(), &Limits::default()) {
            Ok(expr) => prop_assert!(!expr.to_string().is_empty()),
            Err(problems) => prop_assert!(!problems.to_string().is_empty()),
        }
        let parameters = [("p", Value::Int(-3))];
        if let Err(problems) = compile_outputs(&text, &Given::parameters(&parameters), &test_catalog(), &Limits::default()) {
            prop_assert!(!problems.to_string().is_empty());
        }
    }

    /// However often a tree is bound to a name, what is read is the tree.
    #[test]
    fn a_bound_tree_is_the_tree_written_out(expr in tree()) {
        let text = format!("let one = {expr};\nlet two = (one);\n{{first: two, second: one}}");
        let definitions = Definitions::default();
        let program = parse_program(&mut Vec::new(), &text, &Given::default(), None, &definitions, &test_catalog(), &Limits::default());
        prop_assert_eq!(&program.problems, &[], "{}", &text);
        for (_, found) in program.outputs.unwrap().into_named() {
            prop_assert_eq!(&found.without_spans(), &expr, "{}", &text);
        }
    }

    #[test]
    fn spans_lie_within_the_text(text in token_soup()) {
        let inside = |span: Option<Span>| span.is_none_or(|s| text.get(s.range()).is_some());
        match parse(&text, &test_catalog(), &Limits::default()) {
            Ok(expr) => {
                let mut todo = vec![&expr];
                while let Some(node) = todo.pop() {
                    prop_assert!(inside(node.span));
                    todo.extend(node.children());
                }
            }
            Err(problems) => prop_assert!(problems.iter().all(|p| inside(p.span))),
        }
    }
}
