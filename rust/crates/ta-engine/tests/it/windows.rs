//! How exact the windows are, against references computed apart with twice the digits.
//!
//! A reference looks at each window from scratch; nothing in it slides.

use ta_engine::{Options, Rule};

use crate::feed::rule;
use crate::market::Random;

/// A number as a sum of two that do not overlap: about 32 digits.
#[derive(Clone, Copy, Debug)]
struct Wide(f64, f64);

impl Wide {
    const ZERO: Wide = Wide(0.0, 0.0);

    /// Knuth's exact sum of two.
    fn sum(a: f64, b: f64) -> Wide {
        let s = a + b;
        let t = s - a;
        Wide(s, (a - (s - t)) + (b - t))
    }

    /// The exact product of two.
    fn product(a: f64, b: f64) -> Wide {
        let p = a * b;
        Wide(p, a.mul_add(b, -p))
    }

    fn add(self, other: Wide) -> Wide {
        let (high, low) = (Wide::sum(self.0, other.0), Wide::sum(self.1, other.1));
        let first = Wide::sum(high.0, high.1 + low.0);
        Wide::sum(first.0, first.1 + low.1)
    }

    fn sub(self, other: Wide) -> Wide {
        self.add(Wide(-other.0, -other.1))
    }

    fn times(self, other: Wide) -> Wide {
        let p = Wide::product(self.0, other.0);
        Wide::sum(p.0, p.1 + (self.0 * other.1 + self.1 * other.0))
    }

    fn over(self, n: f64) -> Wide {
        let first = self.0 / n;
        let rest = self.sub(Wide::product(first, n));
        let second = rest.0 / n;
        let rest = rest.sub(Wide::product(second, n));
        Wide::sum(first, second).add(Wide(rest.0 / n, 0.0))
    }

    /// How far a number is from this one, as a share of `whole`.
    fn error(self, found: f64, whole: f64) -> f64 {
        let distance = Wide(found, 0.0).sub(self);
        (distance.0 + distance.1).abs() / whole
    }
}

fn total(xs: impl Iterator<Item = f64>) -> Wide {
    xs.fold(Wide::ZERO, |sum, x| sum.add(Wide(x, 0.0)))
}

fn mean(window: &[f64]) -> Wide {
    total(window.iter().copied()).over(window.len() as f64)
}

fn variance(window: &[f64]) -> Wide {
    let mean = mean(window);
    let square = |x: &f64| {
        let d = Wide(*x, 0.0).sub(mean);
        d.times(d)
    };
    window.iter().map(square).fold(Wide::ZERO, Wide::add).over(window.len() as f64)
}

fn weighted(window: &[f64]) -> Wide {
    let n = window.len() as f64;
    let products = window.iter().enumerate().map(|(at, x)| Wide::product(*x, (at + 1) as f64));
    products.fold(Wide::ZERO, Wide::add).over(n * (n + 1.0) / 2.0)
}

/// The standard deviation's error as a share of it, without rooting the reference.
fn deviation_error(window: &[f64], found: f64) -> f64 {
    let variance = variance(window);
    let distance = Wide::product(found, found).sub(variance);
    (distance.0 + distance.1).abs() / variance.0 / 2.0
}

/// Prices about a level that walk by a share of it.
fn prices(seed: u64, bars: usize, level: f64, step: f64) -> Vec<f64> {
    let mut random = Random::new(seed);
    let mut x = level;
    (0..bars)
        .map(|_| {
            x = (x + level * step * (random.unit() - 0.5)).clamp(level / 2.0, level * 2.0);
            x
        })
        .collect()
}

/// A rule's outputs over closes.
pub fn run(rule: &Rule, closes: &[f64]) -> Vec<Vec<f64>> {
    let columns = vec![closes; rule.plan().fields().len()];
    rule.run(None, &columns, Options::default()).expect("columns of one length")
}

/// The greatest error and the root of the mean square over full windows; of long windows not every one is looked at.
fn errors(closes: &[f64], period: usize, found: &[f64], error: impl Fn(&[f64], f64) -> f64) -> (f64, f64) {
    let full = closes.windows(period).zip(&found[period - 1..]).step_by((period / 20) | 1);
    let (mut worst, mut squares, mut count) = (0.0f64, 0.0, 0);
    for (window, found) in full {
        let error = error(window, *found);
        assert!(error.is_finite(), "{found} of {window:?}");
        (worst, squares, count) = (error.max(worst), squares + error * error, count + 1);
    }
    assert!(count >= 20, "{count} windows");
    (worst, (squares / f64::from(count)).sqrt())
}

fn magnitude(window: &[f64]) -> f64 {
    window.iter().map(|x| x.abs()).sum()
}

const LEVELS: [f64; 3] = [1e-8, 1.0, 1e12];

/// Periods; a sum or mean is rounded once, so it is off by half a rounding at most.
const PERIODS: [usize; 10] = [1, 2, 3, 7, 20, 64, 200, 1_000, 10_000, 100_000];
const HALF_A_ROUNDING: f64 = 1.12e-16;

fn three_means(period: usize) -> Rule {
    let texts = ["sum", "sma", "wma"].map(|name| (name, format!("{name}(close, {period})")));
    Rule::compile_all(&texts.each_ref().map(|(name, text)| (*name, text.as_str()))).expect("indicators")
}

fn sum_error(window: &[f64], found: f64) -> f64 {
    total(window.iter().copied()).error(found, magnitude(window))
}

fn mean_error(window: &[f64], found: f64) -> f64 {
    mean(window).error(found, magnitude(window) / window.len() as f64)
}

fn weighted_error(window: &[f64], found: f64) -> f64 {
    let exact = weighted(window);
    exact.error(found, exact.0)
}

#[test]
fn the_reference_has_twice_the_digits() {
    let third = Wide(1.0, 0.0).over(3.0);
    let nothing = third.add(third).add(third).sub(Wide(1.0, 0.0));
    assert!((nothing.0 + nothing.1).abs() < 1e-31, "{nothing:?}");
    assert!(third.error(1.0 / 3.0, 1.0) > 1e-17, "a third is no number of 53 bits");
    let spiked = total([1e16, 1.0, -1e16, 1.0].into_iter());
    assert_eq!((spiked.0, spiked.1), (2.0, 0.0));
    let far = variance(&[1e12 + 1.0, 1e12 + 2.0, 1e12 + 3.0]);
    assert_eq!(far.error(2.0 / 3.0, 1.0), Wide(2.0, 0.0).over(3.0).error(2.0 / 3.0, 1.0));
}

#[test]
fn sums_and_means_are_rounded_once() {
    for period in PERIODS {
        for level in LEVELS {
            for step in [1e-2, 1e-6] {
                let closes = prices(period as u64, 6_000 + 2 * period, level, step);
                let out = run(&three_means(period), &closes);
                for (at, error) in [sum_error, mean_error, weighted_error].into_iter().enumerate() {
                    let (worst, _) = errors(&closes, period, &out[at], error);
                    assert!(worst <= HALF_A_ROUNDING, "{period} at {level}: {worst:e} in output {at}");
                }
            }
        }
    }
}

#[test]
fn sums_of_any_numbers_are_rounded_once() {
    let mut random = Random::new(4);
    let mixed: Vec<f64> =
        (0..6_000).map(|_| (random.unit() - 0.5) * [1.0, 1e-8, 1e12][random.below(3)]).collect();
    for xs in [mixed, hostile(4, 6_000)] {
        for period in [1, 2, 3, 7, 20, 64, 200, 1_000] {
            let out = run(&three_means(period), &xs);
            // Of the sum, not of what it adds.
            let off = |exact: Wide, found: f64| {
                if exact.0 == 0.0 { found.abs() } else { exact.error(found, exact.0.abs()) }
            };
            let (worst, _) = errors(&xs, period, &out[0], |w, found| off(total(w.iter().copied()), found));
            assert!(worst <= HALF_A_ROUNDING, "{period}: {worst:e}");
            let (worst, _) = errors(&xs, period, &out[1], |w, found| off(mean(w), found));
            assert!(worst <= HALF_A_ROUNDING, "{period}: {worst:e}");
        }
    }
}

#[test]
fn a_deviation_does_not_drown_in_the_price_level() {
    for period in [2, 3, 7, 20, 64, 200, 1_000] {
        for level in LEVELS {
            for noise in [1e-2, 1e-6, 1e-11] {
                let mut random = Random::new(7);
                let walk = prices(3, 6_000, level, noise);
                let about = (0..6_000).map(|_| level * (1.0 + noise * (random.unit() - 0.5))).collect();
                for closes in [walk, about] {
                    let out = run(&rule(&format!("rolling_std(close, {period})")), &closes);
                    let error = |window: &[f64], found: f64| match window.iter().all(|x| *x == window[0]) {
                        true => found,
                        false => deviation_error(window, found),
                    };
                    let (worst, _) = errors(&closes, period, &out[0], error);
                    assert!(worst <= 1e-15, "{period} at {level}, noise {noise}: {worst:e}");
                }
            }
        }
    }
}

/// One price that is ten million times the others, wherever it stands, at every length of a window.
#[test]
fn an_outlier_costs_a_deviation_nothing() {
    for period in [3, 20, 64, 200, 10_000, 100_000] {
        for at in [0, 1, period / 2, period - 2, period - 1] {
            let mut closes = prices(9, 2 * period + 200, 100.0, 1e-2);
            closes[period + at] = 1e9;
            let out = run(&rule(&format!("rolling_std(close, {period})")), &closes);
            for end in [period + at + 1, period + at + 100, 2 * period + at.min(199)] {
                let error = deviation_error(&closes[end - period..end], out[0][end - 1]);
                assert!(error <= 1e-15, "{period}, window before {end}: {error:e}");
            }
        }
    }
    for period in [10_000, 1_000_000] {
        let mut closes = vec![100.01; 2 * period];
        closes[period - 1] = 150.0;
        let out = run(&rule(&format!("rolling_std(close, {period})")), &closes);
        for end in [period, period + 1, 2 * period - 1] {
            let error = deviation_error(&closes[end - period..end], out[0][end - 1]);
            assert!(error <= 1e-15, "{period}, window before {end}: {error:e}");
        }
    }
}

/// Numbers from all over: prices, both signs, next to nothing, and so far apart that no grid holds them.
fn hostile(seed: u64, bars: usize) -> Vec<f64> {
    let mut random = Random::new(seed);
    let walk = prices(seed, bars, 100.0, 1e-2);
    let mut kind = 0;
    (0..bars)
        .map(|bar| {
            kind = if random.below(40) == 0 { random.below(7) } else { kind };
            let unit = random.unit() - 0.5;
            match kind {
                0 | 1 => walk[bar],
                2 => unit,
                3 => unit * 10f64.powi(random.below(28) as i32 - 12),
                4 => (unit * 1e6).round(),
                5 => walk[bar / 30],
                _ => unit * 10f64.powi(random.below(580) as i32 - 290),
            }
        })
        .collect()
}

/// Every function of a window over whole columns and over ones that begin later: not a bit differs.
#[test]
fn a_value_of_a_window_does_not_know_where_the_history_began() {
    let mut windows = 0;
    for period in [1, 2, 3, 5, 14, 20, 50, 200, 1_000] {
        let texts = ["sum", "sma", "wma", "rolling_std", "max", "min", "argmax", "argmin"]
            .map(|name| (name, format!("{name}(close, {period})")));
        let mut texts: Vec<_> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let bands = format!("bbands(close, {period}).upper");
        let place = format!("stochastic({period}, 3, 2).d");
        texts.extend([("bands", bands.as_str()), ("place", place.as_str())]);
        let rule = Rule::compile_all(&texts).expect("indicators");
        let lookback = period + 4;
        for (seed, closes) in [(1, hostile(1, 5_000)), (2, prices(2, 5_000, 37.0, 1e-2))] {
            let whole = run(&rule, &closes);
            for from in [1, 7, period + seed, 1_024] {
                let late = run(&rule, &closes[from..]);
                for ((whole, late), (name, _)) in whole.iter().zip(&late).zip(&texts) {
                    for bar in lookback..late.len() {
                        let (a, b) = (whole[from + bar], late[bar]);
                        assert_eq!(
                            a.to_bits(),
                            b.to_bits(),
                            "{name} {period}, from {from}: {a} {b} at {bar}"
                        );
                    }
                    windows += late.len() - lookback;
                }
            }
        }
    }
    assert!(windows > 2_000_000, "{windows} windows");
}

/// The snapshot of a window holds the window, not how it came about.
#[test]
fn equal_windows_have_equal_bytes() {
    for period in [1, 2, 7, 20] {
        let rule = windowed(period);
        let closes = hostile(3, 600);
        let bytes = |from: usize| {
            let mut session = rule.session(Options::default()).unwrap();
            let bars = closes.len() - from;
            let mut out = vec![vec![0.0; bars]; rule.plan().outputs().len()];
            let mut slices: Vec<_> = out.iter_mut().map(Vec::as_mut_slice).collect();
            session.run(None, &[&closes[from..]], &mut slices).unwrap();
            // The bars that were counted differ; the states of the nodes do not.
            let mut blank = rule.session(Options::default()).unwrap();
            let (mut saved, fresh) = (session.snapshot(), blank.snapshot());
            let nodes =
                saved.len() - rule.session(Options::default()).unwrap().state_bytes().min(saved.len());
            assert_eq!(saved.len(), fresh.len());
            saved.split_off(nodes.max(200))
        };
        let whole = bytes(0);
        assert!(whole.len() > 8 * period);
        for from in [1, 3, 10, 101] {
            let late = bytes(from);
            let checksum = 4;
            assert!(
                late[..late.len() - checksum] == whole[..whole.len() - checksum],
                "{period}, from {from}"
            );
        }
    }
}

/// The recurrence of Wilder's means, and the strength, in twice the digits.
#[test]
fn a_relative_strength_is_exact_at_any_period() {
    for period in [1, 2, 14, 1_000, 100_000] {
        let closes = prices(5, period + 300, 100.0, 1e-2);
        let out = run(&rule(&format!("rsi(close, {period})")), &closes);
        let n = period as f64;
        let (mut gain, mut loss) = (Wide::ZERO, Wide::ZERO);
        for (bar, pair) in closes.windows(2).enumerate() {
            let change = Wide::sum(pair[1], -pair[0]);
            let (up, down) =
                if change.0 > 0.0 { (change, Wide::ZERO) } else { (Wide::ZERO, Wide::ZERO.sub(change)) };
            (gain, loss) = if bar < period {
                (gain.add(up), loss.add(down))
            } else {
                let moved = |mean: Wide, x: Wide| mean.times(Wide(n - 1.0, 0.0)).add(x).over(n);
                (moved(gain, up), moved(loss, down))
            };
            if bar + 1 == period {
                (gain, loss) = (gain.over(n), loss.over(n));
            }
            if bar + 1 >= period {
                let all = gain.add(loss);
                let found = out[0][bar + 1];
                let error = all.times(Wide(found, 0.0)).sub(gain.times(Wide(100.0, 0.0)));
                let error = (error.0 + error.1).abs() / all.0 / 100.0;
                assert!(error <= 2e-12, "{period}, bar {bar}: {error:e}");
            }
        }
    }
}

/// What overflows inside is missing input on its bar, and nothing else: what comes behind is as if it had not been.
#[test]
fn what_overflows_inside_is_missing_on_its_bar() {
    let mut closes = prices(6, 60, 100.0, 1e-2);
    (closes[30], closes[31]) = (1.7e308, -1.7e308);
    let missing = |text: &str, closes: &[f64]| {
        let out = run(&rule(text), closes);
        (10..60).filter(|bar| out[0][*bar].is_nan()).collect::<Vec<_>>()
    };
    assert_eq!(missing("rsi(close, 5)", &closes), [31]);
    let mut far = vec![1.7e308; 60];
    far[30] = -1.7e308;
    assert_eq!(missing("macd(close, 1, 20, 4).signal", &far), [30]);
    let rule = Rule::compile_all(&[("range", "true_range()"), ("mean", "atr(5)")]).unwrap();
    let (mut highs, mut lows) = (closes.clone(), closes.clone());
    let mut middle = prices(6, 60, 100.0, 1e-2);
    highs.iter_mut().zip(&middle).for_each(|(high, x)| *high = x + 1.0);
    lows.iter_mut().zip(&middle).for_each(|(low, x)| *low = x - 1.0);
    (highs[30], lows[30], middle[30]) = (1.7e308, -1.7e308, middle[29]);
    let columns: Vec<&[f64]> = rule
        .plan()
        .fields()
        .iter()
        .map(|field| match field.field.as_deref() {
            Some("high") => highs.as_slice(),
            Some("low") => lows.as_slice(),
            _ => middle.as_slice(),
        })
        .collect();
    let out = rule.run(None, &columns, Options::default()).unwrap();
    for column in &out {
        assert_eq!((5..60).filter(|bar| column[*bar].is_nan()).collect::<Vec<_>>(), [30]);
        assert!(column[31] < 200.0, "{}", column[31]);
    }
}

#[test]
fn running_sums_lose_nothing_over_a_hundred_million_bars() {
    const CHUNK: usize = 1_000_000;
    let rule = Rule::compile_all(&[("sum", "close.sum()"), ("mean", "close.avg()")]).unwrap();
    let mut session = rule.session(Options::default()).unwrap();
    let closes = vec![0.1; CHUNK];
    let mut out = vec![vec![0.0; CHUNK]; 2];
    for _ in 0..100 {
        let mut slices: Vec<_> = out.iter_mut().map(Vec::as_mut_slice).collect();
        session.run(None, &[&closes], &mut slices).unwrap();
    }
    let exact = Wide::product(0.1, 1e8);
    assert!(exact.error(out[0][CHUNK - 1], exact.0) <= 1.2e-16, "{}", out[0][CHUNK - 1]);
    assert_eq!(out[1][CHUNK - 1], 0.1);
}

#[test]
fn extrema_and_their_places_are_those_of_a_plain_search() {
    let texts = |p| ["max", "min", "argmax", "argmin"].map(|name| (name, format!("{name}(close, {p})")));
    let mut random = Random::new(5);
    let few = [-1.0, -0.0, 0.0, 1.0, 5e-324, -5e-324, 1e308, -1e308];
    let ties: Vec<f64> = (0..4_000).map(|_| few[random.below(few.len())]).collect();
    let zeros: Vec<f64> = (0..4_000).map(|_| [0.0, -0.0][random.below(2)]).collect();
    let walk = prices(6, 4_000, 1.0, 1e-2);
    let rising: Vec<f64> = (0..4_000).map(f64::from).collect();
    let falling: Vec<f64> = rising.iter().map(|x| -x).collect();
    for closes in [ties, zeros, walk, rising, falling] {
        for period in [1, 2, 3, 7, 20, 200, 999] {
            let texts = texts(period);
            let rule = Rule::compile_all(&texts.each_ref().map(|(n, t)| (*n, t.as_str()))).unwrap();
            let out = run(&rule, &closes);
            for (bar, window) in (period - 1..).zip(closes.windows(period)) {
                // The newest of equals.
                let (mut high, mut low) = (0, 0);
                for (at, x) in window.iter().enumerate() {
                    high = if *x >= window[high] { at } else { high };
                    low = if *x <= window[low] { at } else { low };
                }
                let expected =
                    [window[high], window[low], (period - 1 - high) as f64, (period - 1 - low) as f64];
                for (column, expected) in out.iter().zip(expected) {
                    assert_eq!(column[bar].to_bits(), expected.to_bits(), "{period}, row {bar}: {window:?}");
                }
            }
        }
    }
}

/// Windows of every kind.
fn windowed(period: usize) -> Rule {
    let names = ["sum", "sma", "wma", "rolling_std", "max", "min", "argmax", "argmin"];
    let texts = names.map(|name| (name, format!("{name}(close, {period})")));
    Rule::compile_all(&texts.each_ref().map(|(name, text)| (*name, text.as_str()))).expect("indicators")
}

#[test]
fn a_spike_that_has_left_the_window_leaves_no_bit_behind() {
    for period in [2, 20, 200] {
        let rule = windowed(period);
        for spike in [1e12, -1e12, 1e308, 1e-300] {
            for at in [period, period + 1, 2 * period - 1, 2 * period] {
                let clean = prices(8, 6 * period + 100, 1.0, 1e-3);
                let mut spiked = clean.clone();
                spiked[at] = spike;
                let (a, b) = (run(&rule, &clean), run(&rule, &spiked));
                assert_ne!(a[0][at], b[0][at], "the spike is seen while it is in the window");
                for (a, b) in a.iter().zip(&b) {
                    let bits = |column: &[f64]| {
                        column[at + period..].iter().map(|x| x.to_bits()).collect::<Vec<_>>()
                    };
                    assert_eq!(bits(a), bits(b), "{period}: {spike} in row {at}");
                }
                let after = &spiked[at + 1..];
                let (worst, _) = errors(after, period, &b[1][at + 1..], mean_error);
                assert!(worst <= HALF_A_ROUNDING, "{period}: {worst:e}");
                let (worst, _) = errors(after, period, &b[3][at + 1..], deviation_error);
                assert!(worst <= 1e-15, "{period}: {worst:e}");
            }
        }
    }
}

#[test]
fn what_is_not_finite_is_as_if_it_had_not_been() {
    for period in [1, 2, 20, 200] {
        let rule = windowed(period);
        let closes = prices(10, 3_000, 1.0, 1e-3);
        let mut random = Random::new(period as u64);
        let (mut holey, mut kept) = (Vec::new(), Vec::new());
        for x in &closes {
            while random.below(5) == 0 {
                holey.push([f64::NAN, f64::INFINITY, f64::NEG_INFINITY][random.below(3)]);
            }
            kept.push(holey.len());
            holey.push(*x);
        }
        let (without, with) = (run(&rule, &closes), run(&rule, &holey));
        assert!(holey.len() > closes.len() + 500);
        for (without, with) in without.iter().zip(&with) {
            let ready: Vec<_> = kept.iter().map(|at| with[*at].to_bits()).collect();
            assert_eq!(ready, without.iter().map(|x| x.to_bits()).collect::<Vec<_>>(), "{period}");
            let others = (0..holey.len()).filter(|at| kept.binary_search(at).is_err());
            assert!(others.into_iter().all(|at| with[at].is_nan()));
        }
    }
}

/// The exponential mean in twice the digits, over inputs enough for its seed not to matter.
fn exponential(inputs: &[f64], period: f64) -> Wide {
    let seed = Wide(inputs[0], 0.0);
    inputs[1..].iter().fold(seed, |mean, x| {
        let move_ = Wide(*x, 0.0).sub(mean).times(Wide(2.0, 0.0)).over(period + 1.0);
        mean.add(move_)
    })
}

#[test]
fn ten_million_bars_change_neither_the_size_nor_the_quality() {
    const CHUNK: usize = 100_000;
    const CHUNKS: usize = 100;
    const KEPT: usize = 12_000;
    let names = ["sma", "rolling_std", "ema", "max"];
    let texts: Vec<_> = [20, 200]
        .into_iter()
        .flat_map(|period| names.map(|name| (format!("{name}{period}"), format!("{name}(close, {period})"))))
        .collect();
    let texts: Vec<_> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let rule = Rule::compile_all(&texts).unwrap();
    let mut session = rule.session(Options::default()).unwrap();
    let (state_bytes, snapshot_bytes) = (session.state_bytes(), session.snapshot().len());
    let mut random = Random::new(11);
    let mut closes = vec![0.0; CHUNK];
    let mut out = vec![vec![0.0; CHUNK]; texts.len()];
    let mut price: f64 = 1.0;
    for chunk in 0..CHUNKS {
        for x in &mut closes {
            price = (price * (1.0 + 0.01 * (random.unit() - 0.5))).clamp(0.1, 10.0);
            *x = price;
        }
        // What subtracting windows never get over.
        closes[500] = if chunk == CHUNKS / 2 { 1e12 } else { closes[500] };
        closes[900] = f64::NAN;
        let mut slices: Vec<_> = out.iter_mut().map(Vec::as_mut_slice).collect();
        session.run(None, &[&closes], &mut slices).unwrap();
    }
    assert_eq!(session.position(), 10_000_000);
    assert_eq!((session.state_bytes(), session.snapshot().len()), (state_bytes, snapshot_bytes));
    let last = &closes[CHUNK - KEPT..];
    for (out, period) in out.chunks(4).zip([20, 200]) {
        let found = |at: usize| &out[at][CHUNK - KEPT..];
        let (worst, _) = errors(last, period, found(0), mean_error);
        assert!(worst <= HALF_A_ROUNDING, "sma {period}: {worst:e}");
        let (worst, _) = errors(last, period, found(1), deviation_error);
        assert!(worst <= 1e-15, "rolling_std {period}: {worst:e}");
        for (window, found) in last.windows(period).zip(&found(3)[period - 1..]) {
            assert_eq!(window.iter().copied().fold(f64::NEG_INFINITY, f64::max), *found);
        }
        // Rounding the weights moves the mean by a share of half a rounding times the period.
        let bound = 1e-16 * period as f64;
        for at in [KEPT - 3_000, KEPT - 1_000, KEPT - 1] {
            let exact = exponential(&last[..=at], period as f64);
            let error = exact.error(found(2)[at], exact.0);
            assert!(error <= bound, "ema {period}: {error:e}");
        }
    }
}
