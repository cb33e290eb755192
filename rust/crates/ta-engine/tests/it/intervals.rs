//! What begins anew with the intervals of a calendar: sessions, weeks and months, of bars whose closes are known.

use std::collections::HashMap;

use ta_engine::calendar::{Calendar, Timeframe};
use ta_engine::incremental::contracts::Policies;
use ta_engine::plan::PlanError;
use ta_engine::plan::joined::Joining;
use ta_engine::{Options, Rule};

use crate::joined::{Bars, HOUR_NS, joining, made_bars, prove, run, session};

fn new_york() -> Calendar {
    Calendar::new("America/New_York", "17:00", "sunday").expect("a calendar")
}

fn by(calendar: &Calendar) -> Joining {
    Joining { calendar: Some(calendar.clone()), ..joining("1h") }
}

/// Sums since the begin of the interval that each bar closes in, looked at anew on every bar.
fn naive(bars: &Bars, fields: &[String], calendar: &Calendar, length: &str) -> Vec<f64> {
    let of =
        |name: &str| &bars.columns[fields.iter().position(|field| field == name).expect("a field it reads")];
    let (high, low, close, volume) = (of("high"), of("low"), of("close"), of("volume"));
    let length = Timeframe::parse(length).expect("a length");
    let mut kept: HashMap<i64, Vec<(f64, f64)>> = HashMap::new();
    let mut values = Vec::new();
    for row in 0..bars.closes_ns.len() {
        let typical = (high[row] + low[row] + close[row]) / 3.0;
        if !(typical.is_finite() && volume[row].is_finite()) {
            values.push(f64::NAN);
            continue;
        }
        let own = kept.entry(calendar.start_of(bars.closes_ns[row], length)).or_default();
        own.push((typical, volume[row]));
        let traded: f64 = own.iter().map(|(_, volume)| volume).sum();
        let paid: f64 = own.iter().map(|(price, volume)| price * volume).sum();
        values.push(if traded == 0.0 { typical } else { paid / traded });
    }
    values
}

#[test]
fn a_volume_weighted_price_begins_anew_with_each_interval_of_the_calendar() {
    let mut compared = 0;
    for (calendar, seed) in [(Calendar::default(), 1), (new_york(), 2), (new_york(), 3)] {
        for (anchor, length) in [("session", "1d"), ("week", "1w"), ("month", "1mo")] {
            let rule = Rule::compile(&format!("vwap(\"{anchor}\")")).expect("a rule");
            let mut whole = session(&rule, by(&calendar), Policies::default());
            let bars = made_bars(&whole, seed, 2_000 * HOUR_NS, 0.01);
            let fields = whole.plan().streams()[0].fields.clone();
            let expected = naive(&bars[0], &fields, &calendar, length);
            let rows = run(&mut whole, &bars);
            assert_eq!(rows.len(), expected.len());
            for ((time_ns, found), expected) in rows.iter().zip(&expected) {
                let found = f64::from_bits(found[0]);
                let is_near = (found - expected).abs() <= 1e-9 * expected.abs();
                assert!(
                    is_near || (found.is_nan() && expected.is_nan()),
                    "{anchor} {time_ns}: {found} {expected}"
                );
                compared += usize::from(is_near);
            }
        }
    }
    assert!(compared > 5_000, "{compared}");
}

#[test]
fn every_way_of_feeding_bars_gives_the_same_intervals() {
    for text in
        ["vwap(\"session\")", "vwap(anchor=\"month\") - vwap()", "sma(vwap(\"week\"), 3) + ohlcv.1d.close"]
    {
        let rule = Rule::compile(text).expect("a rule");
        let joining = by(&new_york());
        let bars = made_bars(&session(&rule, joining.clone(), Policies::default()), 11, 400 * HOUR_NS, 0.02);
        assert!(prove(&rule, &joining, Policies::default(), &bars, 5, text) > 100, "{text}");
    }
}

#[test]
fn an_interval_begins_anew_though_its_first_bar_has_no_volume_to_read() {
    let rule = Rule::compile("vwap(\"session\")").expect("a rule");
    let mut session = session(&rule, joining("1h"), Policies::default());
    // Bars of one price each, around the midnight between rows 1 and 2; a bar that closes at midnight ends its day.
    let prices = [10.0, 20.0, 40.0, 80.0];
    let bars = Bars {
        closes_ns: [23, 24, 25, 26].map(|hour| hour * HOUR_NS).to_vec(),
        columns: session.plan().streams()[0]
            .fields
            .iter()
            .map(|field| if field == "volume" { vec![1.0, 1.0, f64::NAN, 3.0] } else { prices.to_vec() })
            .collect(),
    };
    let found: Vec<_> = run(&mut session, &[bars]).iter().map(|(_, row)| f64::from_bits(row[0])).collect();
    assert_eq!((found[0], found[1], found[3]), (10.0, 15.0, 80.0));
    assert!(found[2].is_nan());
}

#[test]
fn bars_whose_closes_nobody_knows_have_no_intervals() {
    let rule = Rule::compile("close > vwap(\"session\")").expect("a rule");
    let refused = |error: PlanError| {
        let said = error.to_string();
        assert!(said.contains("vwap(high, low, close, volume") && said.contains("streams"), "{said}");
    };
    refused(rule.session(Options::default()).err().expect("no calendar"));
    refused(rule.universe(3, Options::default()).err().expect("no calendar"));
    let first = Rule::compile("close > vwap()").expect("a rule");
    assert!(first.session(Options::default()).is_ok());
}
