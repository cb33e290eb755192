//! What every kind of node gives in a session: operators, fields, filters, running statistics, shifts, outputs.

use ta_engine::incremental::contracts::{Availability, Reason, StepError};
use ta_engine::incremental::watch::{Interrupted, Watch};
use ta_engine::lang::ir::{Expr, Kind, SourceRef, Value};
use ta_engine::plan::PlanError;
use ta_engine::{Event, Options, Rule};

use crate::feed::{NO, rule, said, said_at, said_with, stepped};
use crate::market::Market;

const HOUR_NS: u64 = 3_600_000_000_000;

/// Operand pairs, and per operator what it makes of them.
const PAIRS: [(f64, f64); 7] =
    [(7.0, 2.0), (-7.0, 2.0), (2.0, -7.0), (3.0, 3.0), (0.0, 5.0), (5.0, 0.0), (0.0, 0.0)];
const BINARY: [(&str, [f64; 7]); 14] = [
    ("+", [9.0, -5.0, -5.0, 6.0, 5.0, 5.0, 0.0]),
    ("-", [5.0, -9.0, 9.0, 0.0, -5.0, 5.0, 0.0]),
    ("*", [14.0, -14.0, -14.0, 9.0, 0.0, 0.0, 0.0]),
    ("/", [3.5, -3.5, -0.285_714_285_714_285_7, 1.0, 0.0, NO, NO]),
    ("%", [1.0, -1.0, 2.0, 0.0, 0.0, NO, NO]),
    ("**", [49.0, 49.0, 0.007_812_5, 27.0, 0.0, 1.0, 1.0]),
    (">", [1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0]),
    (">=", [1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0]),
    ("<", [0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0]),
    ("<=", [0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0]),
    ("==", [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0]),
    ("!=", [1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0]),
    ("and", [1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0]),
    ("or", [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0]),
];

fn pairs() -> Market {
    let (open, close): (Vec<_>, Vec<_>) = PAIRS.into_iter().unzip();
    Market::of(&open, &close)
}

#[test]
fn binary_operators_give_the_numbers_of_the_table() {
    for (symbol, expected) in BINARY {
        let undefined = format!("undefined (open {symbol} close)");
        let expected = expected.map(|x| if x.is_nan() { undefined.clone() } else { x.to_string() });
        assert_eq!(said(&format!("open {symbol} close"), &pairs()), expected.join(" | "), "{symbol}");
    }
}

#[test]
fn a_truth_value_is_known_as_one() {
    for (symbol, is_bool) in BINARY.map(|(s, _)| (s, !["+", "-", "*", "/", "%", "**"].contains(&s))) {
        assert_eq!(rule(&format!("open {symbol} close")).plan().outputs()[0].is_bool, is_bool, "{symbol}");
    }
    assert!(rule("not close").plan().outputs()[0].is_bool);
    assert!(!rule("-close").plan().outputs()[0].is_bool);
}

#[test]
fn constants_are_computed_by_the_same_arithmetic() {
    for (symbol, expected) in BINARY {
        for ((a, b), x) in PAIRS.into_iter().zip(expected) {
            let text = format!("({a}) {symbol} ({b})");
            let rule = rule(&text);
            assert_eq!(rule.plan().node_count(), 0, "{text} is folded");
            let found = rule
                .session(Options::default())
                .unwrap()
                .step(&Event { time_ns: None, inputs: &[] })
                .map(|o| o.values[0].value);
            match x.is_nan() {
                true => assert!(found.unwrap_err().to_string().ends_with("is undefined"), "{text}"),
                false => assert_eq!(found, Ok(x), "{text}"),
            }
        }
    }
}

#[test]
fn no_binary_operator_turns_a_missing_operand_into_a_value() {
    // 1 and 0 decide `or`, `and` and `**` for whoever looks at one side only.
    let market = Market::of(&[NO, 1.0, 0.0, NO, f64::INFINITY], &[0.0, NO, NO, NO, 1.0]);
    for (symbol, _) in BINARY {
        let expected =
            ["missing open", "missing close", "missing close", "missing open", "missing open"].join(" | ");
        assert_eq!(said(&format!("open {symbol} close"), &market), expected, "{symbol}");
    }
}

#[test]
fn no_operator_turns_an_undefined_operand_into_a_value() {
    let market = Market::of(&[3.0, 0.0, 1e308], &[0.0, 0.0, 1e-308]);
    for (symbol, _) in BINARY {
        let expected = ["undefined (open / close)"; 3].join(" | ");
        assert_eq!(said(&format!("(open / close) {symbol} high"), &market), expected, "{symbol}");
        assert_eq!(said(&format!("high {symbol} (open / close)"), &market), expected, "{symbol}");
    }
    for symbol in ["-", "+", "not "] {
        assert_eq!(
            said(&format!("{symbol}(open / close)"), &market),
            ["undefined (open / close)"; 3].join(" | ")
        );
    }
}

#[test]
fn what_has_no_finite_value_is_undefined() {
    let market = Market::of(&[-8.0, 0.0, 1e200, -2.0], &[1.0 / 3.0, -1.0, 2.0, 3.0]);
    let undefined = "undefined (open ** close)";
    assert_eq!(said("open ** close", &market), format!("{undefined} | {undefined} | {undefined} | -8"));
    let huge = Market::of(&[1e308, -1e308, 1e308], &[1e308, 1e308, -1e308]);
    assert_eq!(said("open + close", &huge), "undefined (open + close) | 0 | 0");
    assert_eq!(said("open * close", &huge), ["undefined (open * close)"; 3].join(" | "));
    // A wide intermediate result is not made up for by the next operation.
    assert_eq!(said("(open + close) / 4", &huge), "undefined (open + close) | 0 | 0");
}

#[test]
fn unary_operators_give_the_numbers_of_the_table() {
    let market = Market::of(&[1.0; 5], &[2.5, 0.0, -3.0, NO, 1e308]);
    let max = 1e308;
    assert_eq!(said("-close", &market), format!("-2.5 | -0 | 3 | missing close | {}", -max));
    assert_eq!(said("+close", &market), format!("2.5 | 0 | -3 | missing close | {max}"));
    assert_eq!(said("not close", &market), "0 | 1 | 0 | missing close | 0");
}

#[test]
fn a_comparison_waits_for_its_slower_side() {
    let market = Market::of(&[1.0; 4], &[1.0, 2.0, 3.0, 1.0]);
    assert_eq!(said("close > sma(close, 3)", &market), "warming_up | warming_up | 1 | 0");
    assert_eq!(said("close > 0 or sma(close, 3) > 0", &market), "warming_up | warming_up | 1 | 1");
}

#[test]
fn a_rule_of_constants_has_a_value_on_every_bar() {
    let rule = rule("2 ** 3 - 1");
    let mut out = [0.0; 3];
    rule.session(Options::default()).unwrap().run(None, &[], &mut [&mut out]).unwrap();
    assert_eq!(out, [7.0; 3]);
    assert_eq!(
        self::rule("true and not false").session(Options::default()).unwrap().step_value(&ta_engine::Bar {
            time_ns: None,
            open: NO,
            high: NO,
            low: NO,
            close: NO,
            volume: NO
        }),
        Ok(1.0)
    );
}

#[test]
fn derived_fields_are_computed_from_the_bar() {
    let market = Market {
        open: vec![10.0, 14.0, 10.0, NO],
        high: vec![16.0, 16.0, 10.0, 16.0],
        low: vec![8.0, 8.0, 10.0, 8.0],
        close: vec![12.0, 11.0, 10.0, 12.0],
        volume: vec![5.0; 4],
    };
    for (field, expected) in [
        ("hlc3", "12 | 11.666666666666666 | 10 | 12"),
        ("typical_price", "12 | 11.666666666666666 | 10 | 12"),
        ("ohlc4", "11.5 | 12.25 | 10 | missing open"),
        ("weighted_close", "11.5 | 12.25 | 10 | missing open"),
        ("hl2", "12 | 12 | 10 | 12"),
        ("median_price", "12 | 12 | 10 | 12"),
        ("range", "8 | 8 | 0 | 8"),
        ("upper_wick", "4 | 2 | 0 | missing open"),
        ("lower_wick", "2 | 3 | 0 | missing open"),
        ("price", "12 | 11 | 10 | 12"),
        ("c", "12 | 11 | 10 | 12"),
        ("V", "5 | 5 | 5 | 5"),
    ] {
        assert_eq!(said(field, &market), expected, "{field}");
        assert_eq!(said(&format!("ohlcv.{field}"), &market), expected, "ohlcv.{field}");
    }
}

#[test]
fn a_filter_tells_what_it_leaves_out_from_what_is_missing() {
    let market = Market::of(&[1.0, 2.0, 3.0, 4.0, NO], &[13.0, 12.0, NO, 14.0, 15.0]);
    // A condition that is not known does not hold; a row that is kept can still miss its value.
    assert_eq!(said("open.filter(close > 12)", &market), "1 | excluded | excluded | 4 | missing open");
    assert_eq!(said("ohlcv.filter(close > 12)", &market), "13 | excluded | excluded | 14 | 15");
    assert_eq!(said("open.filter(sma(close, 2) > 1)", &market), "excluded | 2 | excluded | 4 | missing open");
    assert_eq!(said("open.filter(true)", &market), "1 | 2 | 3 | 4 | missing open");
    assert_eq!(said("open.filter(false)", &market), ["excluded"; 5].join(" | "));
    // What reads a filter skips the rows it leaves out.
    assert_eq!(
        said("sma(open.filter(close > 12), 2)", &market),
        "warming_up | excluded | excluded | 2.5 | missing open"
    );
}

#[test]
fn running_statistics_leave_out_what_is_not_ready() {
    let market = Market::of(&[1.0; 5], &[NO, 4.0, NO, -1.0, 6.0]);
    assert_eq!(said("close.count", &market), "0 | 1 | 1 | 2 | 3");
    assert_eq!(said("close.sum()", &market), "0 | 4 | 4 | 3 | 9");
    assert_eq!(said("close.avg()", &market), "warming_up | 4 | 4 | 1.5 | 3");
    assert_eq!(said("close.max()", &market), "warming_up | 4 | 4 | 4 | 6");
    assert_eq!(said("close.min()", &market), "warming_up | 4 | 4 | -1 | -1");
    assert_eq!(said("ohlcv.filter(close > 0).sum(open)", &market), "0 | 1 | 1 | 1 | 2");
    assert_eq!(said("ohlcv.filter(open > 1).avg(close)", &market), ["warming_up"; 5].join(" | "));
    assert_eq!(said("(close / 0).count", &market), "0 | 0 | 0 | 0 | 0");
}

#[test]
fn a_running_sum_does_not_stay_infinite() {
    let market = Market::of(&[1.0; 4], &[f64::MAX, f64::MAX, -f64::MAX, 5.0]);
    let max = f64::MAX;
    assert_eq!(said("close.sum()", &market), format!("{max} | {max} | 0 | 5"));
}

#[test]
fn a_count_over_a_filter_is_a_value_on_every_bar() {
    let closes = [10.0, 12.0, 11.0, 13.0, 15.0, 14.0, 16.0, 18.0, 17.0, 20.0, 19.0, 22.0];
    let market = Market::of(&[1.0; 12], &closes);
    let kept = "0 | 0 | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9";
    assert_eq!(said("ohlcv.filter(close > 12).count", &market), kept);
    assert_eq!(said("ohlcv.filter(close > 12).count()", &market), kept);
    let more = "0 | 0 | 0 | 0 | 0 | 0 | 1 | 1 | 1 | 1 | 1 | 1";
    assert_eq!(said("ohlcv.filter(close > 12).count > 3", &market), more);
}

#[test]
fn shifts_count_ready_rows_only() {
    let market = Market::of(&[1.0; 7], &[10.0, 12.0, NO, 15.0, 0.0, 3.0, 6.0]);
    let row = |x: [&str; 5]| format!("warming_up | {} | missing close | {}", x[0], x[1..].join(" | "));
    assert_eq!(said("close.1_ago", &market), row(["10", "12", "15", "0", "3"]));
    let undefined = "undefined close.change_pct_1";
    assert_eq!(said("close.roc_1", &market), row(["20", "25", "-100", undefined, "100"]));
    assert_eq!(said("close.2_ago", &market), "warming_up | warming_up | missing close | 10 | 12 | 15 | 0");
    // The first row that looks back to a zero is undefined: its past is there.
    let zero = Market::of(&[1.0; 4], &[0.0, 1.0, 2.0, 3.0]);
    assert_eq!(said("close.roc_2", &zero), "warming_up | warming_up | undefined close.change_pct_2 | 200");
}

#[test]
fn an_index_is_a_shift_by_rows() {
    let whole = |n| Expr::literal(Value::Int(n));
    let indexed = |n| {
        let close = Expr::at(Kind::from(SourceRef::of("ohlcv", Some("close"))), None);
        let kind = Kind::Index { expr: Box::new(close), index: Box::new(whole(n)) };
        Rule::from_ir(vec![("value".to_owned(), Expr::at(kind, None))])
    };
    let market = Market::of(&[1.0; 4], &[10.0, NO, 12.0, 15.0]);
    let said = |n| said_with(&indexed(n).unwrap(), &market, Options::default()).join(" | ");
    assert_eq!(said(0), "10 | missing close | 12 | 15");
    assert_eq!(said(1), "warming_up | missing close | 10 | 12");
    assert_eq!(said(2), "warming_up | missing close | warming_up | 10");
    assert!(indexed(-1).is_err(), "a later bar is looked at");
    let same = Rule::compile("close.2_ago").unwrap();
    assert_eq!(indexed(2).unwrap().plan().fingerprint(), same.plan().fingerprint());
}

#[test]
fn durations_are_counted_in_bars_of_the_timeframe() {
    let market = Market::of(&[1.0; 5], &[10.0, 12.0, 15.0, 12.0, 18.0]);
    let at = |text: &str, timeframe_ns: u64| {
        let options = Options { timeframe_ns: Some(timeframe_ns), ..Options::default() };
        said_with(&rule(text), &market, options).join(" | ")
    };
    assert_eq!(at("close.2h_ago", HOUR_NS), "warming_up | warming_up | 10 | 12 | 15");
    assert_eq!(at("close.2h_ago", 2 * HOUR_NS), "warming_up | 10 | 12 | 15 | 12");
    assert_eq!(at("close.change_2h", HOUR_NS), "warming_up | warming_up | 5 | 0 | 3");
    assert_eq!(at("close.change_pct_60m", HOUR_NS), "warming_up | 20 | 25 | -20 | 50");
    assert_eq!(at("close.change_1d", 12 * HOUR_NS), "warming_up | warming_up | 5 | 0 | 3");
    let refused = |text: &str, timeframe_ns| {
        rule(text).session(Options { timeframe_ns, ..Options::default() }).map(|_| ()).unwrap_err()
    };
    assert!(matches!(refused("close.2h_ago", None), PlanError::TimeframeNeeded { .. }));
    for timeframe_ns in [0, 7, 3 * HOUR_NS, 90 * 60_000_000_000, u64::MAX] {
        let error = refused("close.2h_ago", Some(timeframe_ns));
        assert!(matches!(error, PlanError::NotWholeBars { .. }), "{timeframe_ns}: {error}");
    }
    assert!(refused("close.change_1mo", Some(7 * HOUR_NS)).to_string().contains("not a whole number"));
    assert!(
        rule("close.change_1mo")
            .session(Options { timeframe_ns: Some(HOUR_NS), ..Options::default() })
            .is_ok()
    );
    // More rows than a machine word can count the bytes of.
    assert!(matches!(refused("close.change_15000w", Some(1)), PlanError::TooLarge { .. }));
}

#[test]
fn a_duration_looks_back_in_time_not_in_rows() {
    let market = Market::of(&[1.0; 6], &[10.0, 12.0, NO, 15.0, 12.0, 18.0]);
    let hours = |hours: [i64; 6]| hours.map(|hour| hour * HOUR_NS as i64);
    let options = Options { timeframe_ns: Some(HOUR_NS), ..Options::default() };
    let at = |text: &str, times: [i64; 6]| said_at(&rule(text), &market, Some(&times), options).join(" | ");
    // The bar of two hours ago, or the last one with a value before it: over a hole and over a missing value.
    assert_eq!(
        at("close.2h_ago", hours([1, 2, 3, 4, 9, 10])),
        "warming_up | warming_up | missing close | 12 | 15 | 15"
    );
    assert_eq!(
        at("close.2h_ago", hours([1, 2, 5, 6, 7, 8])),
        "warming_up | warming_up | missing close | 12 | 12 | 15"
    );
    assert_eq!(
        at("close.2_ago", hours([1, 2, 5, 6, 7, 8])),
        "warming_up | warming_up | missing close | 10 | 12 | 15"
    );
    assert_eq!(
        at("close.change_pct_1h + 0", hours([1, 2, 5, 6, 7, 12])),
        "warming_up | 20 | missing close | 25 | -20 | 50"
    );
}

#[test]
fn bars_of_a_rule_with_durations_have_times_that_fit_their_length() {
    let rule = rule("close.1d_ago");
    let options = |timeframe_ns| Options { timeframe_ns: Some(timeframe_ns), ..Options::default() };
    let mut session = rule.session(options(HOUR_NS)).unwrap();
    let hour = HOUR_NS as i64;
    let mut step = |time_ns| session.step(&Event { time_ns, inputs: &[1.0] }).map(|_| ());
    assert!(matches!(step(None), Err(StepError::Time(_))));
    assert_eq!(step(Some(hour)), Ok(()));
    assert!(matches!(step(Some(hour + hour / 2)), Err(StepError::Overlap { .. })));
    assert_eq!(step(Some(2 * hour)), Ok(()));
    let mut out = [0.0; 2];
    let run = session.run(Some(&[3 * hour, 4 * hour - 1]), &[&[1.0, 2.0]], &mut [&mut out]);
    assert!(matches!(run, Err(StepError::Overlap { .. })));
    assert!(session.run(None, &[&[1.0, 2.0]], &mut [&mut out]).is_err());
    assert_eq!(session.position(), 2);
    // A day is an hour shorter where clocks go forward.
    let mut daily = rule.session(options(24 * HOUR_NS)).unwrap();
    for time_ns in [24 * hour, 47 * hour, 71 * hour] {
        assert!(daily.step(&Event { time_ns: Some(time_ns), inputs: &[1.0] }).is_ok());
    }
    let mut universe = rule.universe(2, options(HOUR_NS)).unwrap();
    let mut row = [0.0; 2];
    assert!(matches!(universe.step(None, &[&[1.0, 2.0]], &mut [&mut row]), Err(StepError::Time(_))));
    assert_eq!(universe.step(Some(hour), &[&[1.0, 2.0]], &mut [&mut row]), Ok(()));
    let early = universe.step(Some(hour + 1), &[&[1.0, 2.0]], &mut [&mut row]);
    assert!(matches!(early, Err(StepError::Overlap { .. })));
    for (at, close) in (2..=25).zip(10..) {
        universe.step(Some(at * hour), &[&[f64::from(close), NO]], &mut [&mut row]).unwrap();
    }
    assert!(row[0] == 1.0 && row[1].is_nan(), "{row:?}");
}

#[test]
fn several_outputs_come_with_their_names() {
    let market = Market::new(3, 80);
    for (text, names) in [
        ("macd(close, 3, 5, 2)", ["macd", "signal", "histogram"].as_slice()),
        ("bbands(close, 5, 2.0)", &["upper", "middle", "lower"]),
        ("stochastic(5, 3)", &["k", "d"]),
    ] {
        let whole = rule(text);
        let found: Vec<_> = whole.plan().outputs().iter().map(|o| o.name.as_str()).collect();
        assert_eq!(found, names);
        let rows = stepped(&whole, &market, Options::default());
        for (at, name) in names.iter().enumerate() {
            let one = rule(&format!("{text}.{name}"));
            assert_eq!(one.plan().outputs()[0].name, "value");
            assert_eq!(one.plan().node_count(), 1);
            let own = stepped(&one, &market, Options::default());
            let ready = own.iter().filter(|values| values[0].availability == Availability::Ready).count();
            assert!(ready >= 70, "{name}: {ready}");
            for (bar, (row, own)) in rows.iter().zip(&own).enumerate() {
                assert_eq!(row[at].value.to_bits(), own[0].value.to_bits(), "{text}.{name} in row {bar}");
                assert_eq!(row[at].availability, own[0].availability);
            }
        }
        let last: Vec<_> = rows[79].iter().map(|v| v.value).collect();
        assert!(last.windows(2).all(|pair| pair[0] != pair[1]), "{text}: {last:?}");
    }
}

#[test]
fn an_output_waits_for_itself_alone() {
    let market = Market { high: vec![3.0; 5], low: vec![1.0; 5], ..Market::of(&[1.0; 5], &[2.0; 5]) };
    assert_eq!(said("stochastic(2, 3).k", &market), "warming_up | 50 | 50 | 50 | 50");
    assert_eq!(said("stochastic(2, 3).d", &market), "warming_up | warming_up | warming_up | 50 | 50");
}

#[test]
fn equal_parts_are_computed_once_across_rules() {
    let count = |texts: &[(&str, &str)]| Rule::compile_all(texts).unwrap().plan().node_count();
    assert_eq!(count(&[("a", "sma(close, 3)")]), 1);
    assert_eq!(count(&[("a", "sma(close, 3)"), ("b", "sma(3) > 1")]), 2);
    assert_eq!(count(&[("a", "sma(close, 3)"), ("b", "mean(close, lookback=3)")]), 1);
    assert_eq!(count(&[("a", "sma(close, 3)"), ("b", "sma(close, 4)")]), 2);
    assert_eq!(count(&[("a", "sma(close, 3)"), ("b", "sma(open, 3)")]), 2);
    assert_eq!(count(&[("a", "macd(close, 3, 5, 2).signal"), ("b", "macd(close, 3, 5, 2).macd")]), 1);
    assert_eq!(count(&[("a", "hlc3"), ("b", "hl2")]), 4);
    assert_eq!(count(&[("a", "close.roc_3 + close.roc_3 * close.3_ago")]), 4);
    assert_eq!(count(&[("a", "close"), ("b", "2 + 3"), ("c", "+open")]), 0);
}

#[test]
fn rules_in_one_plan_give_what_each_gives_alone() {
    let market = Market::new(8, 300).with_missing(8, 0.05);
    let texts = [
        ("trend", "sma(close, 5) > ema(close, 9)"),
        ("bands", "bbands(close, 5, 2.0)"),
        ("a", "rsi(close, 4)"),
    ];
    let together = Rule::compile_all(&texts).unwrap();
    let names: Vec<_> = together.plan().outputs().iter().map(|o| o.name.as_str()).collect();
    assert_eq!(names, ["trend", "bands.upper", "bands.middle", "bands.lower", "a"]);
    let rows = stepped(&together, &market, Options::default());
    let mut first = 0;
    for (name, text) in texts {
        let alone = stepped(&rule(text), &market, Options::default());
        let width = alone[0].len();
        let ready = alone.iter().filter(|values| values[0].availability == Availability::Ready).count();
        assert!(ready > 250, "{name}: {ready}");
        for (row, own) in rows.iter().zip(&alone) {
            let found = row[first..first + width].iter().map(|v| (v.value.to_bits(), v.availability));
            assert!(found.eq(own.iter().map(|v| (v.value.to_bits(), v.availability))), "{name}");
        }
        first += width;
    }
    assert_eq!(first, rows[0].len());
}

#[test]
fn the_order_in_which_rules_are_listed_changes_no_fingerprint() {
    let one = Rule::compile_all(&[("a", "sma(close, 3)"), ("b", "rsi(open, 3)")]).unwrap();
    let other = Rule::compile_all(&[("b", "rsi(open, 3)"), ("a", "sma(close, 3)")]).unwrap();
    let renamed = Rule::compile_all(&[("a", "rsi(open, 3)"), ("b", "sma(close, 3)")]).unwrap();
    assert_eq!(one.plan().fingerprint(), other.plan().fingerprint());
    assert_ne!(one.plan().fingerprint(), renamed.plan().fingerprint());
}

#[test]
fn the_operand_with_the_worse_state_is_the_one_that_is_named() {
    // missing_input goes before warming_up, that before excluded, from either side.
    let market = Market::of(&[NO, 1.0, 1.0], &[1.0, 1.0, 20.0]);
    for (a, b, expected) in [
        ("open", "sma(close, 3)", "missing open | warming_up | 8.333333333333332"),
        ("open", "close.filter(close > 12)", "missing open | excluded | 21"),
        ("sma(close, 2)", "close.filter(close > 12)", "warming_up | excluded | 30.5"),
        (
            "(close / 0)",
            "sma(close, 3)",
            "undefined (close / 0) | undefined (close / 0) | undefined (close / 0)",
        ),
    ] {
        let found = [said(&format!("{a} + {b}"), &market), said(&format!("{b} + {a}"), &market)];
        assert_eq!(found[0], found[1], "{a} and {b}");
        assert_eq!(found[0], expected, "{a} and {b}");
    }
    // Of equals the first.
    assert_eq!(said("close / 0 + open", &market).split(" | ").next(), Some("undefined (close / 0)"));
    assert_eq!(said("open + close / 0", &market).split(" | ").next(), Some("missing open"));
    // A shift or an indicator hands on what its input is, and nothing of its own.
    assert_eq!(said("sma(open, 2)", &market), "missing open | warming_up | 1");
    assert_eq!(said("open.1_ago", &market), "missing open | warming_up | 1");
}

#[test]
fn an_undefined_value_inside_an_indicator_is_said_to_be_undefined() {
    let market = Market::of(&[1.0; 4], &[f64::MAX, f64::MAX, f64::MAX, 1.0]);
    let sum = "undefined rolling_sum(close, 2)";
    assert_eq!(said("sum(close, 2)", &market), format!("warming_up | {sum} | {sum} | {}", f64::MAX));
}

#[test]
fn reasons_name_slots_of_the_plan() {
    let rule = rule("close / open");
    let rows = stepped(&rule, &Market::of(&[0.0, NO], &[1.0, 1.0]), Options::default());
    let close = rule.plan().fields().iter().position(|f| f.field.as_deref() == Some("close")).unwrap();
    assert_eq!(rows[0][0].reason, Some(Reason::Undefined(rule.plan().outputs()[0].slot)));
    assert_eq!(rows[1][0].reason, Some(Reason::MissingField(1 - close)));
}

/// Somebody who gives up at once.
struct Impatient;

impl Watch for Impatient {
    fn look(&mut self) -> Result<(), Interrupted> {
        Err(Interrupted)
    }
}

#[test]
fn work_that_is_given_up_leaves_no_trace_whatever_came_before() {
    const BARS: usize = 300_000;
    let rule = rule("sma(close, 3) + rolling_std(close, 20) > close.1h_ago");
    let hour = Options { timeframe_ns: Some(3_600_000_000_000), ..Options::default() };
    let times: Vec<i64> = (0..BARS as i64).map(|bar| bar * 3_600_000_000_000).collect();
    let (column, matrix) = (vec![1.0; BARS], vec![1.0; 9 * BARS]);
    for taken in [0, 1, 50] {
        let names = (0..9).map(|n| format!("S{n}")).collect();
        let mut universe = rule.universe_of(names, hour).unwrap();
        let mut session = rule.session(hour).unwrap();
        let (first, last) = times.split_at(taken);
        let mut out = vec![0.0; 9 * taken];
        universe.run(Some(first), taken, &[&matrix[..9 * taken]], &mut [&mut out]).unwrap();
        session.run(Some(first), &[&column[..taken]], &mut [&mut out[..taken]]).unwrap();
        let before = (universe.snapshot(), session.snapshot());
        let mut out = vec![0.0; 9 * last.len()];
        let rest = &matrix[9 * taken..];
        let done = universe.run_watched(Some(last), last.len(), &[rest], &mut [&mut out], &mut Impatient);
        assert_eq!(done, Err(StepError::Interrupted));
        assert_eq!(universe.names().map(<[String]>::len), Some(9), "after {taken} bars");
        let mut out = vec![0.0; last.len()];
        let done = session.run_watched(Some(last), &[&column[taken..]], &mut [&mut out], &mut Impatient);
        assert_eq!(done, Err(StepError::Interrupted));
        assert!((universe.snapshot(), session.snapshot()) == before, "after {taken} bars");
    }
}
