//! Medians of long windows, which are kept in a tree: previews, cuts and late starts.

use ta_engine::Options;

use crate::feed::rule;
use crate::market::Market;

#[test]
fn medians_of_short_and_long_windows_verify() {
    for period in [1, 2, 511, 513, 600] {
        let median = rule(&format!("median(close, {period})"));
        for missing in [0.0, 0.05] {
            let market = Market::new(period as u64, 1_400).with_missing(3, missing);
            let report = median.verify(None, &market.columns(median.plan()), Options::default()).unwrap();
            assert!(report.is_ok(), "{period}: {report}");
        }
    }
}

#[test]
fn a_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle_however_great_they_are() {
    let run = |period: usize, close: &[f64]| {
        let median = rule(&format!("median(close, {period})"));
        median.run(None, &[close], Options::default()).unwrap().remove(0)
    };
    assert_eq!(run(4, &[4.0, 1.0, 3.0, 8.0])[3], 3.5);
    let great = 2f64.powi(1023);
    assert_eq!(run(2, &[1.5 * great, 1.25 * great])[1], 1.375 * great);
    assert_eq!(run(2, &[-1.5 * great, 1.5 * great])[1], 0.0);
    assert_eq!(run(2, &[5e-324, 1e-323])[1], 1e-323);
    assert_eq!(run(3, &[f64::NAN, 2.0, 9.0, f64::NAN, 1.0])[4], 2.0);
}
