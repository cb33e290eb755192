//! The worked examples and the golden numbers, typed in by hand.

use ta_engine::incremental::contracts::{Availability, Reason};
use ta_engine::{Event, Options, Rule};

use crate::feed::{rule, stepped, times};
use crate::market::Market;

const HOUR_NS: u64 = 3_600_000_000_000;

/// Twelve hourly bars around 10 to 22.
fn example() -> Market {
    let close = vec![10.0, 12.0, 11.0, 13.0, 15.0, 14.0, 16.0, 18.0, 17.0, 20.0, 19.0, 22.0];
    Market {
        open: close.iter().map(|x| x - 1.0).collect(),
        high: close.iter().map(|x| x + 2.0).collect(),
        low: close.iter().map(|x| x - 2.0).collect(),
        close,
        volume: (100..112).map(f64::from).collect(),
    }
}

/// Twelve bars with uneven ranges.
fn golden() -> Market {
    Market {
        open: vec![9.8, 10.2, 11.1, 11.7, 11.6, 13.0, 13.8, 13.6, 15.0, 15.5, 15.3, 16.0],
        high: vec![10.5, 11.2, 12.1, 11.8, 13.0, 14.2, 13.9, 15.1, 16.0, 15.8, 16.5, 17.2],
        low: vec![9.5, 10.1, 11.0, 10.6, 11.5, 12.9, 12.4, 13.5, 14.8, 14.1, 15.2, 15.9],
        close: vec![10.0, 11.0, 12.0, 11.0, 13.0, 14.0, 13.0, 15.0, 15.5, 15.0, 16.0, 16.5],
        volume: vec![100.0, 120.0, 90.0, 110.0, 150.0, 130.0, 80.0, 160.0, 140.0, 100.0, 170.0, 120.0],
    }
}

fn hourly() -> Options {
    Options { timeframe_ns: Some(HOUR_NS), ..Options::default() }
}

/// The number that a cell of a table stands for, and how far from it a value may be: as far as the cell was rounded.
fn cell(text: &str) -> Option<(f64, f64)> {
    let exact = |x: f64| Some((x, 1e-12 * x.abs().max(1.0)));
    match text {
        "-" => None,
        "T" => exact(1.0),
        "F" => exact(0.0),
        _ => match (text.split_once('/'), text.split_once('.')) {
            (Some((a, b)), _) => exact(a.parse::<f64>().unwrap() / b.parse::<f64>().unwrap()),
            (None, Some((_, decimals))) if decimals.len() >= 4 => {
                Some((text.parse().unwrap(), 0.501 * 0.1f64.powi(decimals.len() as i32)))
            }
            _ => exact(text.parse().unwrap()),
        },
    }
}

/// Compares an output with a row of a table, stepped bar by bar and run as columns.
fn assert_row(text: &str, output: &str, market: &Market, row: &str) {
    let rule = rule(text);
    let at = rule.plan().outputs().iter().position(|o| o.name == output).expect("an output of this name");
    let cells: Vec<_> = row.split_whitespace().map(cell).collect();
    assert_eq!(cells.len(), market.bars(), "{text}: a cell per bar");
    let steps = stepped(&rule, market, hourly());
    let times = times(hourly(), market.bars());
    let run =
        rule.run(times.as_deref(), &market.columns(rule.plan()), hourly()).expect("columns of one length");
    for (bar, cell) in cells.iter().enumerate() {
        for (schedule, found) in [("step", steps[bar][at].value), ("run", run[at][bar])] {
            match cell {
                None => assert!(found.is_nan(), "{text}, {schedule} {bar}: {found} is ready"),
                Some((x, within)) => {
                    assert!((found - x).abs() <= *within, "{text}, {schedule} {bar}: {found}, not {x}")
                }
            }
        }
    }
}

#[test]
fn the_worked_examples_give_their_tables() {
    let sma = "- - 11 12 13 14 15 16 17 55/3 56/3 61/3";
    for (text, row) in [
        ("sma(3)", sma),
        ("sma(close, 3)", sma),
        ("sma(period=3)", sma),
        ("sma(c, 2 + 1)", sma),
        ("mean(close, lookback=3)", sma),
        ("sma(hlc3, 3)", sma),
        ("close > sma(3)", "- - F T T F T T F T T T"),
        ("close != sma(3)", "- - F T T F T T F T T T"),
        ("10 + sma(3)", "- - 21 22 23 24 25 26 27 85/3 86/3 91/3"),
        ("sma(3) + 10", "- - 21 22 23 24 25 26 27 85/3 86/3 91/3"),
        ("sma(sma(2), 3)", "- - - 11.5 12.5 13.5 14.5 15.5 16.5 53/3 18.5 19.5"),
        ("close.change_2h", "- - 1 1 4 1 1 4 1 2 2 2"),
        ("close.change_pct_2h", "- - 10 100/12 400/11 100/13 100/15 400/14 6.25 200/18 200/17 10"),
        ("close.roc_2", "- - 10 100/12 400/11 100/13 100/15 400/14 6.25 200/18 200/17 10"),
        ("close.2h_ago", "- - 10 12 11 13 15 14 16 18 17 20"),
        ("sma(volume, 3)", "- - 101 102 103 104 105 106 107 108 109 110"),
        ("sma(3, 'volume')", "- - 101 102 103 104 105 106 107 108 109 110"),
        ("sma(period=3, source='volume')", "- - 101 102 103 104 105 106 107 108 109 110"),
        ("crossup(ema(2), ema(4))", "- T F F F F F F F F F F"),
        ("crossup(a=ema(2), b=ema(4))", "- T F F F F F F F F F F"),
        ("crossup(close, 15)", "- F F F F F T F F F F F"),
        ("close / (close - close)", "- - - - - - - - - - - -"),
        ("ohlcv.filter(close > 12)", "- - - 13 15 14 16 18 17 20 19 22"),
        ("ohlcv.filter(close > 12).count", "0 0 0 1 2 3 4 5 6 7 8 9"),
        ("ohlcv.filter(close > 12).sum(close)", "0 0 0 13 28 42 58 76 93 113 132 154"),
        ("ohlcv.filter(close > 12).avg(close)", "- - - 13 14 14 14.5 76/5 93/6 113/7 16.5 154/9"),
        ("ohlcv.filter(close > 12).count > 3", "F F F F F F T T T T T T"),
    ] {
        assert_row(text, "value", &example(), row);
    }
}

#[test]
fn the_worked_example_of_rsi_starts_as_its_table() {
    let rule = rule("rsi(close, 3)");
    let rows = stepped(&rule, &example(), hourly());
    assert!(rows[..3].iter().all(|values| values[0].value.is_nan()));
    for (bar, x) in [(3, 80.0), (4, 87.5), (5, 2800.0 / 41.0)] {
        assert!((rows[bar][0].value - x).abs() < 1e-12, "{bar}: {:?}", rows[bar][0]);
    }
}

#[test]
fn the_signal_of_macd_is_its_second_output() {
    // Computed apart in fractions from the definition.
    let row = "0 0.2222222222 0.2222222222 0.3950617284 0.6790123457 0.6467764060 \
               0.7458847737 0.9493789057 0.8461267337 0.9997369769 0.8828893694 1.0296492079";
    assert_row("macd(close, 3, 5, 2).signal", "value", &example(), row);
    assert_row("macd(close, 3, 5, 2)", "signal", &example(), row);
    assert_eq!(rule("macd(close, 3, 5, 2)").plan().outputs()[1].name, "signal");
}

#[test]
fn an_undefined_constant_builds_and_is_refused_when_it_is_evaluated() {
    let rule = Rule::compile("1 / 0").expect("builds");
    let mut session = rule.session(Options::default()).expect("builds");
    let error = session.step(&Event { time_ns: None, inputs: &[] }).unwrap_err();
    assert_eq!(error.to_string(), "`(1 / 0)` is undefined");
    assert_eq!(session.run(None, &[], &mut [&mut [0.0]]), Err(error.clone()));
    assert_eq!(session.preview(&Event { time_ns: None, inputs: &[] }, &mut Vec::new()), Err(error.clone()));
    let mut universe = rule.universe(2, Options::default()).expect("builds");
    assert_eq!(universe.step(None, &[], &mut [&mut [0.0; 2]]), Err(error.clone()));
    assert_eq!(universe.run(None, 1, &[], &mut [&mut [0.0; 2]]), Err(error));
    assert_eq!((session.position(), universe.position()), (0, 0));
    // In a rule that reads a field it makes what needs it undefined, and no more.
    let mut hidden = self::rule("close > 0 or 2 % 0 > 1").session(Options::default()).unwrap();
    let out = hidden.step(&Event { time_ns: None, inputs: &[1.0] }).unwrap();
    assert_eq!(out.values[0].availability, Availability::MissingInput);
    let Some(Reason::Undefined(slot)) = out.values[0].reason else { panic!("{:?}", out.values[0]) };
    assert_eq!(hidden.plan().describe(slot), "(2 % 0)");
}

#[test]
fn indicators_give_their_golden_numbers() {
    let market = golden();
    let sma = "- - 11 11.3333 12 12.6667 13.3333 14 14.5 15.1667 15.5 15.8333";
    for (text, row) in [
        ("sma(3)", sma),
        ("rolling_mean(3)", sma),
        (
            "sma(sma(3), 2)",
            "- - - 11.166667 11.666667 12.333333 13 13.666667 14.25 14.833333 15.333333 15.666667",
        ),
        ("ema(3)", "10 10.5 11.25 11.125 12.0625 13.0312 13.0156 14.0078 14.7539 14.8770 15.4385 15.9692"),
        (
            "rolling_ema(3)",
            "10 10.5 11.25 11.125 12.0625 13.0312 13.0156 14.0078 14.7539 14.8770 15.4385 15.9692",
        ),
        (
            "ema(sma(3), 3)",
            "- - 11 11.166667 11.583333 12.125 12.729167 13.364583 13.932292 14.549479 15.02474 15.429036",
        ),
        (
            "rolling_rma(3)",
            "10 10.3333 10.8889 10.9259 11.6173 12.4115 12.6077 13.4051 14.1034 14.4023 14.9349 15.4566",
        ),
        ("wma(3)", "- - 11.3333 11.3333 12.1667 13.1667 13.3333 14.1667 14.9167 15.1667 15.5833 16.0833"),
        ("rolling_std(3)", "- - 0.8165 0.4714 0.8165 1.2472 0.4714 0.8165 1.0801 0.2357 0.4082 0.6236"),
        ("argmax(3)", "- - 0 1 0 0 1 0 0 1 0 0"),
        ("argmin(3)", "- - 2 0 1 2 0 1 2 0 1 2"),
        ("max(3)", "- - 12 12 13 14 14 15 15.5 15.5 16 16.5"),
        ("min(3)", "- - 10 11 11 11 13 13 13 15 15 15"),
        ("sum(3)", "- - 33 34 36 38 40 42 43.5 45.5 46.5 47.5"),
        ("true_range()", "1 1.2 1.1 1.4 2 1.3 1.6 2.1 1.2 1.7 1.5 1.3"),
        ("atr(3)", "- - 1.1 1.2 1.4667 1.4111 1.4741 1.6827 1.5218 1.5812 1.5541 1.4694"),
        ("rsi(3)", "- - - 66.6667 83.3333 87.8788 62.3656 79.8851 82.8746 67.7669 79.1626 83.5298"),
    ] {
        assert_row(text, "value", &market, row);
    }
    for (text, output, row) in [
        ("stochastic(3, 2)", "k", "- - 96.1538 45 100 94.4444 55.5556 96.2963 86.1111 60 79.1667 77.4194"),
        ("stochastic(3, 2)", "d", "- - - 70.5769 72.5 97.2222 75 75.9259 91.2037 73.0556 69.5833 78.2930"),
        (
            "macd(close, 2, 4, 3)",
            "macd",
            "0 0.266667 0.515556 0.161185 0.580662 0.776381 0.341823 0.697092 0.715588 0.39513 0.492337 0.513822",
        ),
        (
            "macd(close, 2, 4, 3)",
            "signal",
            "0 0.133333 0.324444 0.242815 0.411738 0.594059 0.467941 0.582517 0.649052 0.522091 0.507214 0.510518",
        ),
        (
            "bbands(close, 3, 2.0)",
            "upper",
            "- - 12.6330 12.2761 13.6330 15.1611 14.2761 15.6330 16.6602 15.6381 16.3165 17.0806",
        ),
        ("bbands(close, 3, 2.0)", "middle", sma),
        (
            "bbands(close, 3, 2.0)",
            "lower",
            "- - 9.3670 10.3905 10.3670 10.1722 12.3905 12.3670 12.3398 14.6953 14.6835 14.5861",
        ),
    ] {
        assert_row(text, output, &market, row);
    }
}

#[test]
fn a_flat_market_gives_the_agreed_numbers() {
    let flat = Market {
        open: vec![5.0; 6],
        high: vec![5.0; 6],
        low: vec![5.0; 6],
        close: vec![5.0; 6],
        volume: vec![0.0; 6],
    };
    for (text, row) in [
        ("rsi(3)", "- - - 50 50 50"),
        ("stochastic(3, 1).k", "- - 50 50 50 50"),
        ("close.roc_3", "- - - 0 0 0"),
        ("atr(3)", "- - 0 0 0 0"),
        ("rolling_std(3)", "- - 0 0 0 0"),
    ] {
        assert_row(text, "value", &flat, row);
    }
    let seeded = Market::of(&[1.0; 3], &[-1.0, 1.0, 2.0]);
    assert_row("ema(3)", "value", &seeded, "-1 0 1");
}
