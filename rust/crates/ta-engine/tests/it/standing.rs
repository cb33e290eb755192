//! What equal prices give: means that are the price, no deviation, no crossing, a strength that stays.

use ta_engine::Rule;

use crate::feed::rule;
use crate::market::Random;
use crate::windows::run;

/// Prices that do not move, of any size: means are the price, and nothing crosses or touches them.
#[test]
fn nothing_happens_in_a_market_that_stands_still() {
    let mut random = Random::new(12);
    for case in 0..200 {
        let price = match case {
            0 => 37.41,
            1 => 0.1,
            2 => 1.7e308,
            3 => 1e-300,
            _ => (random.unit() + 0.001) * 10f64.powi(random.below(12) as i32 - 6),
        };
        let period = [2, 3, 7, 10, 14, 20, 49, 98, 103, 200, 499][case % 11];
        let closes = vec![price; 700];
        let means =
            ["sma", "wma", "ema", "rma", "rolling_mean"].map(|name| format!("{name}(close, {period})"));
        let mut texts: Vec<String> = means.to_vec();
        texts.push(format!("bbands(close, {period}).middle"));
        texts.push(format!("bbands(close, {period}).upper"));
        texts.push(format!("bbands(close, {period}).lower"));
        let equal = texts.len();
        for mean in &means {
            texts.push(format!("crossup(close, {mean})"));
            texts.push(format!("crossdown(close, {mean})"));
            texts.push(format!("close < {mean}"));
        }
        texts.push(format!("close < bbands(close, {period}).lower"));
        texts.push(format!("close > bbands(close, {period}).upper"));
        texts.push(format!("rolling_std(close, {period})"));
        texts.push("close.avg() - close".to_owned());
        let named: Vec<_> = texts.iter().enumerate().map(|(at, text)| (format!("o{at}"), text)).collect();
        let named: Vec<_> = named.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let out = run(&Rule::compile_all(&named).expect("rules"), &closes);
        for ((column, text), at) in out.iter().zip(&texts).zip(0..) {
            let ready: Vec<f64> = column.iter().copied().filter(|x| !x.is_nan()).collect();
            let expected = if at < equal { price } else { 0.0 };
            assert!(ready.len() >= 200 && ready.iter().all(|x| *x == expected), "{text} of {price}");
        }
    }
}

/// Weights that add up to one: at no period does a mean of equal prices leave them.
#[test]
fn exponential_means_of_equal_prices_are_the_price_at_any_period() {
    let mut random = Random::new(13);
    let prices: Vec<f64> =
        (0..40).map(|_| (random.unit() + 0.01) * 1_000.0).chain([37.41, 0.1, 1e15]).collect();
    for period in (1..=500).chain([9_999, 1_000_000]) {
        let texts = ["ema", "rma"].map(|name| (name, format!("{name}(close, {period})")));
        let rule = Rule::compile_all(&texts.each_ref().map(|(name, text)| (*name, text.as_str()))).unwrap();
        for price in &prices {
            let out = run(&rule, &[*price; 30]);
            assert!(out.iter().flatten().all(|x| x == price), "{period}: {price}, {out:?}");
        }
    }
}

/// After it has moved, a market that stands still keeps its strength for ever.
#[test]
fn a_relative_strength_stays_while_nothing_moves() {
    for period in [2, 14, 100] {
        let mut closes = vec![100.0, 101.0, 100.0, 102.0];
        closes.resize(200 + period, 102.0);
        closes[period + 1] = 101.5;
        let moved = closes.len();
        closes.resize(200_000, 102.0);
        let out = run(&rule(&format!("rsi(close, {period})")), &closes);
        let kept = out[0][moved];
        assert!(kept > 0.0 && kept < 100.0, "{kept}");
        assert!(out[0][moved..].iter().all(|x| x.to_bits() == kept.to_bits()), "{period}");
    }
    let out = run(&rule("rsi(close, 2)"), &[100.0, 101.0, 100.0, 102.0, 102.0, 102.0]);
    assert!(out[0][3..].iter().all(|x| (x - 83.333).abs() < 1e-3), "{:?}", out[0]);
}

#[test]
fn equal_prices_deviate_by_nothing() {
    for level in [1e-8, 0.1, 1e12, 1e300] {
        for period in [1, 2, 3, 20, 200] {
            let closes = vec![level; 3 * period];
            let out = run(&rule(&format!("rolling_std(close, {period})")), &closes);
            assert!(out[0][period - 1..].iter().all(|x| *x == 0.0), "{level}, {period}");
        }
    }
}
