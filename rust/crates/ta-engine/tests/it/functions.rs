//! Functions of values: worked examples, what they give where something is not ready, and what they refuse.

use ta_engine::incremental::contracts::Availability;
use ta_engine::{Event, Options, Rule};

const NONE: f64 = f64::NAN;

fn rule(text: &str) -> Rule {
    Rule::compile(text).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

/// The first output over columns, given in the order in which the rule names its fields.
fn run(text: &str, columns: &[&[f64]]) -> Vec<f64> {
    let rule = rule(text);
    assert_eq!(rule.plan().fields().len(), columns.len(), "{text}");
    rule.run(None, columns, Options::default()).expect("the columns fit").remove(0)
}

/// Compares bit for bit, apart from the sign of zero; every NaN is "not ready".
#[track_caller]
fn assert_gives(text: &str, columns: &[&[f64]], expected: &[f64]) {
    let found = run(text, columns);
    assert_eq!(found.len(), expected.len(), "{text}");
    for (row, (x, y)) in found.iter().zip(expected).enumerate() {
        assert!(x == y || (x.is_nan() && y.is_nan()), "{text}, row {row}: {x}, not {y}");
    }
}

fn refusal(text: &str) -> String {
    Rule::compile(text).expect_err(text).to_string()
}

#[test]
fn a_number_alone_is_a_series_of_that_number() {
    for (text, expected) in [
        ("close + abs(-3)", [4.0, 5.0]),
        ("close * sqrt(4)", [2.0, 4.0]),
        ("nz(log(0), close)", [1.0, 2.0]),
        ("close + log(0)", [NONE, NONE]),
        ("close + exp(1000)", [NONE, NONE]),
    ] {
        assert_gives(text, &[&[1.0, 2.0]], &expected);
    }
    assert!(refusal("abs(True)").contains("accepted: a series"));
    assert!(refusal("abs(1, 2)").contains("Too many"));
    assert!(refusal("obv(1)").contains("accepted: no arguments"));
}

#[test]
fn elementary_functions_give_their_definitions() {
    let values: &[f64] = &[2.5, -2.5, 0.0, 0.5, -0.5, 1e18, NONE, 4.0];
    for (text, expected) in [
        ("abs(close)", [2.5, 2.5, 0.0, 0.5, 0.5, 1e18, NONE, 4.0]),
        ("signum(close)", [1.0, -1.0, 0.0, 1.0, -1.0, 1.0, NONE, 1.0]),
        ("floor(close)", [2.0, -3.0, 0.0, 0.0, -1.0, 1e18, NONE, 4.0]),
        ("ceil(close)", [3.0, -2.0, 0.0, 1.0, 0.0, 1e18, NONE, 4.0]),
        ("round(close)", [3.0, -3.0, 0.0, 1.0, -1.0, 1e18, NONE, 4.0]),
        ("sqrt(close)", [2.5f64.sqrt(), NONE, 0.0, 0.5f64.sqrt(), NONE, 1e9, NONE, 2.0]),
    ] {
        assert_gives(text, &[values], &expected);
    }
    assert_gives("log(close)", &[&[1.0, 0.0, -1.0, 1e300, NONE]], &[0.0, NONE, NONE, libm::log(1e300), NONE]);
    assert_gives("exp(close)", &[&[0.0, 1.0, 710.0, -1e4, NONE]], &[1.0, libm::exp(1.0), NONE, 0.0, NONE]);
    assert_gives("round(close)", &[&[0.49999999999999994, 1.5, -1.5]], &[0.0, 2.0, -2.0]);
    // The default is the close; an expression takes its place.
    assert_gives("abs()", &[&[-1.0]], &[1.0]);
    assert_gives("abs(close - open)", &[&[1.0, 5.0], &[3.0, 2.0]], &[2.0, 3.0]);
    assert!(refusal("abs(close, 3)").contains("Too many positional arguments"));
}

#[test]
fn what_is_undefined_is_missing_input_and_leaves_the_next_bar_alone() {
    let rule = rule("log(close)");
    let mut session = rule.session(Options::default()).unwrap();
    let mut step = |x: f64| {
        let value = session.step(&Event { time_ns: None, inputs: &[x] }).unwrap().values[0];
        (value.value.is_nan(), value.availability)
    };
    assert_eq!(step(-1.0), (true, Availability::MissingInput));
    assert_eq!(step(1.0), (false, Availability::Ready));
}

#[test]
fn greatest_and_least_take_two_operands_or_more() {
    let (close, open): (&[f64], &[f64]) = (&[1.0, 5.0, NONE, 2.0], &[2.0, 3.0, 1.0, 2.0]);
    assert_gives("greatest(close, open)", &[close, open], &[2.0, 5.0, NONE, 2.0]);
    assert_gives("least(close, open, 1.5)", &[close, open], &[1.0, 1.5, NONE, 1.5]);
    assert_gives("greatest(close, open, 4, -1, close[1])", &[close, open], &[NONE, 5.0, NONE, 5.0]);
    assert_eq!(
        rule("least(close, open, high)").plan().fingerprint(),
        rule("least(least(close, open), high)").plan().fingerprint()
    );
    assert!(refusal("greatest(close)").contains("Missing required parameter: b"));
    assert!(refusal("greatest(close, open, c=high)").contains("Unknown parameter 'c'"));
    assert!(refusal("greatest(close, open, b=high)").contains("cannot be specified both"));
    let many = vec!["close"; 300].join(", ");
    assert!(refusal(&format!("greatest({many})")).contains("nodes high"));
}

#[test]
fn nz_gives_the_other_value_wherever_the_first_is_not_ready() {
    assert_gives("nz(close)", &[&[1.0, NONE, 3.0]], &[1.0, 0.0, 3.0]);
    assert_gives("nz(close, open)", &[&[1.0, NONE, NONE], &[7.0, 8.0, NONE]], &[1.0, 8.0, NONE]);
    // Warming up, undefined, excluded: whatever the reason.
    assert_gives("nz(sma(close, 2), -1)", &[&[1.0, 3.0]], &[-1.0, 2.0]);
    assert_gives("nz(close / open, -1)", &[&[1.0, 3.0], &[0.0, 2.0]], &[-1.0, 1.5]);
    assert_gives("nz(close.filter(close > 2), -1)", &[&[1.0, 3.0]], &[-1.0, 3.0]);
    assert_eq!(rule("nz(rsi(14), 50)").plan().warmup().unwrap(), [0]);
    assert_eq!(rule("nz(rsi(14), sma(close, 5))").plan().warmup().unwrap(), [4]);
    assert_eq!(rule("nz(sma(close, 5)) + rsi(14)").plan().warmup().unwrap(), [14]);
}

#[test]
fn if_else_waits_for_its_condition_and_the_chosen_value_only() {
    let columns: [&[f64]; 2] = [&[1.0, 5.0, NONE, 5.0], &[NONE, 7.0, 8.0, NONE]];
    assert_gives("if(close > 2, open, -1)", &columns, &[-1.0, 7.0, NONE, NONE]);
    assert_gives("if_else(close > 2, 1, open)", &columns, &[NONE, 1.0, NONE, 1.0]);
    assert_gives("if(True, close, sma(close, 3))", &[&[1.0, 2.0]], &[1.0, 2.0]);
    assert_gives("if_else(condition=close > 1, a=1, b=2)", &[&[1.0, 2.0]], &[2.0, 1.0]);
    // The time until it is sure to be ready is that of the slower value.
    assert_eq!(rule("if(close > 1, close, sma(close, 3))").plan().warmup().unwrap(), [2]);
}

#[test]
fn a_choice_is_what_its_values_are() {
    let is_bool = |text: &str| rule(text).plan().outputs()[0].is_bool;
    for (text, expected) in [
        ("if(close > 1, open > 1, False)", true),
        ("if(close > 1, True, if(open > 1, False, close > open))", true),
        ("if(close > 1, open, 0)", false),
        ("nz(close > open)", true),
        ("nz(close[1] > open, False)", true),
        ("nz(close)", false),
        ("valuewhen(close > open, high > open)", true),
        ("valuewhen(close > open, high)[1]", false),
        ("not nz(crossup(close, open))", true),
        ("barssince(close > open)", false),
        ("greatest(close, open)", false),
    ] {
        assert_eq!(is_bool(text), expected, "{text}");
    }
    for (text, fragment) in [
        ("if(close > 1, True, 0)", "'a' is true or false and 'b' is a number"),
        ("if(close > 1, close, open > 1)", "'a' is a number and 'b' is true or false"),
        ("nz(close > open, 0)", "'x' is true or false and 'y' is a number"),
        ("nz(close, True)", "'x' is a number and 'y' is true or false"),
        ("if(1, close, open)", "Condition must be boolean"),
        ("if(close + 1, close, open)", "Condition uses non-boolean operator '+'"),
        ("barssince('x')", "expects a Series or a number, got str"),
        ("if(close > 1, 'a', open)", "expects a Series or a number, got str"),
        ("greatest(close, True)", "expects a Series or a number, got bool"),
        ("if(close > 1, macd(), open)", "gives several values"),
        ("if(macd(), 1, 2)", "gives several values"),
        ("if(close > 1, open)", "Missing required parameter: b"),
        ("barssince()", "Missing required parameter: condition"),
    ] {
        let shown = refusal(text);
        assert!(shown.contains(fragment), "{text}\nshould say: {fragment}\n{shown}");
    }
}

#[test]
fn barssince_counts_bars_on_which_its_condition_is_ready() {
    let close: &[f64] = &[1.0, 5.0, 1.0, NONE, 1.0, 6.0, 2.0];
    assert_gives("barssince(close > 3)", &[close], &[NONE, 0.0, 1.0, NONE, 2.0, 0.0, 1.0]);
    assert_gives("barssince(close > 9)", &[close], &[NONE; 7]);
    let rule = rule("barssince(close > 3)");
    let mut session = rule.session(Options::default()).unwrap();
    let mut state =
        |x: f64| session.step(&Event { time_ns: None, inputs: &[x] }).unwrap().values[0].availability;
    let states = [1.0, NONE, 5.0, NONE, 1.0].map(&mut state);
    use Availability::{MissingInput, Ready, WarmingUp};
    assert_eq!(states, [WarmingUp, MissingInput, Ready, MissingInput, Ready]);
}

#[test]
fn valuewhen_remembers_the_values_at_the_last_occurrences() {
    let (close, open): (&[f64], &[f64]) =
        (&[1.0, 5.0, 1.0, 6.0, 7.0, NONE, 9.0], &[10.0, 11.0, 12.0, 13.0, 14.0, 15.0, NONE]);
    assert_gives("valuewhen(close > 3, open)", &[close, open], &[NONE, 11.0, 11.0, 13.0, 14.0, NONE, NONE]);
    assert_gives(
        "valuewhen(close > 3, open, 1)",
        &[close, open],
        &[NONE, NONE, NONE, 11.0, 13.0, NONE, NONE],
    );
    assert_gives(
        "valuewhen(close > 3, open, n=2)",
        &[close, open],
        &[NONE, NONE, NONE, NONE, 11.0, NONE, NONE],
    );
    assert!(refusal("valuewhen(close > 3, open, -1)").contains("a whole number from 0 to 10000"));
    assert!(refusal("valuewhen(close > 3, open, close)").contains("expects a scalar"));
}

#[test]
fn a_preview_and_a_restart_leave_occurrences_as_they_were() {
    let text = "{a: valuewhen(close > 3, close, 2), b: barssince(close > 3), c: nz(close[2]), d: if(close > 3, 1, 0)}";
    let close: Vec<f64> = (0..40).map(|i| f64::from((i * 7) % 11)).collect();
    let rule = rule(text);
    let report = rule.verify(None, &[&close], Options::default()).unwrap();
    assert!(report.is_ok(), "{report}");
    let mut session = rule.session(Options::default()).unwrap();
    let mut forming = Vec::new();
    for x in &close {
        let before = session.snapshot();
        session.preview(&Event { time_ns: None, inputs: &[100.0 - x] }, &mut forming).unwrap();
        assert_eq!(session.snapshot(), before);
        session.step(&Event { time_ns: None, inputs: &[*x] }).unwrap();
    }
}
