//! The binder.

use super::super::ir::{Kind, SourceRef};
use super::*;
use crate::catalog::ParamValue::{self, Float, Int};

/// What each input reads and the parameters, of the call that `text` is.
fn bound(text: &str) -> (Vec<String>, Vec<ParamValue>) {
    let expr = compiled(text);
    let Kind::Call(call) = &expr.kind else { panic!("{text}") };
    let binding =
        bind(call, test_catalog().find(&call.name).unwrap()).unwrap_or_else(|e| panic!("{text}: {e}"));
    let inputs = binding.inputs.iter().map(|input| match input {
        BoundInput::Field(field) => (*field).to_owned(),
        BoundInput::Computed(text) => format!("<{text}>"),
        BoundInput::Expr(expr) => format!("<{expr}>"),
        BoundInput::Number(number) => number.to_string(),
        BoundInput::Time | BoundInput::Interval(_) => panic!("no spec of the tests reads the time"),
    });
    (inputs.collect(), binding.params.to_vec())
}

#[test]
fn a_series_takes_the_place_of_the_default_field() {
    let field = |name: &str| vec![name.to_owned()];
    assert_eq!(bound("sma()"), (field("close"), vec![Int(20)]));
    assert_eq!(bound("sma(3)"), (field("close"), vec![Int(3)]));
    assert_eq!(bound("sma(close, 3)"), (field("<ohlcv.close>"), vec![Int(3)]));
    assert_eq!(bound("sma(c, 2 + 1)"), bound("sma(close, 3)"));
    assert_eq!(bound("mean(close, lookback=3)"), bound("sma(close, 3)"));
    assert_eq!(bound("sma(3, 'volume')"), (field("volume"), vec![Int(3)]));
    assert_eq!(bound("sma(period=3, source='V')"), (field("volume"), vec![Int(3)]));
    assert_eq!(bound("mean(10, field='price')"), (field("close"), vec![Int(10)]));
    assert_eq!(bound("sma(sma(2), 3)"), (field("<sma(2)>"), vec![Int(3)]));
    assert_eq!(bound("abs(close - open)"), (field("<close - open>"), vec![]));
}

#[test]
fn operands_are_given_like_parameters() {
    let pair = |a: &str, b: &str| (vec![a.to_owned(), b.to_owned()], vec![]);
    assert_eq!(bound("crossup(ema(2), ema(4))"), pair("<ema(2)>", "<ema(4)>"));
    assert_eq!(bound("crossup(b=ema(4), a=ema(2))"), pair("<ema(2)>", "<ema(4)>"));
    assert_eq!(bound("crossup(close, 15)"), pair("<ohlcv.close>", "<15>"));
    assert_eq!(bound("crossup(b=15)"), pair("close", "<15>"));
    assert_eq!(bound("crossup(open, b=close)"), pair("<ohlcv.open>", "<close>"));
    assert_eq!(bound("in_channel(close, 16, 12)").0, ["<ohlcv.close>", "<16>", "<12>"]);
}

#[test]
fn operands_may_be_conditions_or_numbers_when_left_out() {
    assert_eq!(bound("nz(open)").0, ["<ohlcv.open>", "0"]);
    assert_eq!(bound("nz(open, y=close)").0, ["<ohlcv.open>", "<close>"]);
    assert_eq!(bound("if(close > 1, open, 2)").0, ["<close > 1.0>", "<open>", "<2>"]);
    assert_eq!(bound("if_else(True, b=1 > 2, a=False)").0, ["<True>", "<False>", "<False>"]);
}

#[test]
fn fixed_fields_stay_and_parameters_fill_up() {
    assert_eq!(bound("atr(7)"), (vec!["high".into(), "low".into(), "close".into()], vec![Int(7)]));
    assert_eq!(bound("bb_upper(20, 2)").1, [Int(20), Float(2.0)]);
    assert_eq!(bound("bb_upper(std_dev=3)").1, [Int(20), Float(3.0)]);
    assert_eq!(bound("macd(close, slow_period=30)").1, [Int(12), Int(30), Int(9)]);
    assert_eq!(bound("sma(3.0)").1, [Int(3)]);
    assert_eq!(bound("talib.ema(period=5)").1, [Int(5)]);
}

#[test]
fn select_reads_a_field_by_any_of_its_names() {
    for (text, field) in [("price", "close"), ("select()", "close"), ("v", "volume"), ("hlc3", "hlc3")] {
        let expr = compiled(text);
        assert_eq!(bind_select(expr.calls()[0]), Ok(field), "{text}");
    }
    let source = aggregated_source(&compiled("ohlcv.filter(close > 1)")).unwrap();
    assert_eq!(source, SourceRef::of("ohlcv", Some("close")));
}
