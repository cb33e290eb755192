//! Parabolic stops, bar by bar.

use ta_engine::Options;

use crate::feed::rule;

fn run(text: &str, high: &[f64], low: &[f64]) -> Vec<Vec<f64>> {
    let stop = rule(text);
    let fields: Vec<_> = stop.plan().fields().iter().filter_map(|field| field.field.as_deref()).collect();
    assert_eq!(fields, ["high", "low"]);
    stop.run(None, &[high, low], Options::default()).unwrap()
}

#[test]
fn a_stop_follows_a_rising_market() {
    let high = [10.5, 11.2, 12.1, 11.8, 13.0, 14.2, 13.9, 15.1, 16.0, 15.8, 16.5, 17.2];
    let low = [9.5, 10.1, 11.0, 10.6, 11.5, 12.9, 12.4, 13.5, 14.8, 14.1, 15.2, 15.9];
    let found = run("psar()", &high, &low);
    // Reckoned by hand from the definition, to four places.
    let sar = [9.5, 9.5, 9.5, 9.6560, 9.8026, 10.0584, 10.4726, 10.8453, 11.3559, 12.0061, 12.5652, 13.1948];
    for (bar, (found, sar)) in found[0].iter().zip(sar).enumerate() {
        assert!((found - sar).abs() < 5e-5, "bar {bar}: {found}, not {sar}");
    }
    assert_eq!(found[1], [1.0; 12]);
}

#[test]
fn a_bar_that_passes_the_stop_turns_it_and_one_that_touches_it_does_not() {
    let high = [12.0, 12.0, 12.0, 12.0];
    let touched = run("psar()", &high, &[10.0, 10.0, 10.0, 10.0]);
    assert_eq!((&*touched[0], &*touched[1]), (&[10.0; 4][..], &[1.0; 4][..]));
    let passed = run("psar()", &high, &[10.0, 9.0, 9.5, 9.5]);
    // The extreme of the trend that is over; then down towards the new one, no lower than the last two highs.
    assert_eq!((&*passed[0], &*passed[1]), (&[10.0, 12.0, 12.0, 12.0][..], &[1.0, 0.0, 0.0, 0.0][..]));
    // TA-Lib's is turned by a touch.
    let touched = run("talib.sar()", &high, &[10.0, 10.0, 10.0, 10.0]);
    assert!(touched[0][0].is_nan());
    assert_eq!(touched[0][1..], [12.0, 10.0, 12.0]);
}

#[test]
fn a_stop_that_has_turned_stands_at_the_old_extreme_or_with_talib_beyond_the_last_bars() {
    let (high, low) = ([10.0, 11.0, 12.0, 15.0], [9.0, 10.0, 11.0, 8.0]);
    assert_eq!(run("psar()", &high, &low)[0][3], 12.0);
    assert_eq!(run("talib.sar()", &high, &low)[0][3], 15.0);
}
