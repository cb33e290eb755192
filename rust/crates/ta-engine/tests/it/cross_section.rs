//! What looks at the symbols of a row together: values by hand, every schedule, groups, tables, and where it is refused.

use ta_engine::catalog::Group;
use ta_engine::incremental::groups::Groups;
use ta_engine::incremental::watch::Unwatched;
use ta_engine::plan::PlanError;
use ta_engine::verify::Matrices;
use ta_engine::{Options, Rule, catalog};

use crate::market::{Market, Random};

const NAN: f64 = f64::NAN;

fn names(symbols: usize) -> Vec<String> {
    (0..symbols).map(|at| format!("S{at}")).collect()
}

/// One row of closes through a universe, with the groups that symbols are in.
fn row(text: &str, closes: &[f64], groups: Option<&[&str]>) -> Vec<f64> {
    let rule = Rule::compile(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let groups = groups.map(|groups| groups.iter().map(|group| (*group).to_owned()).collect());
    let mut universe = rule.universe_in_groups(names(closes.len()), groups, Options::default()).unwrap();
    let mut out = vec![0.0; closes.len()];
    universe.step(None, &[closes], &mut [&mut out]).unwrap();
    out
}

/// Equal, and missing where the other is.
fn assert_row(found: &[f64], expected: &[f64], what: &str) {
    let is_same = |(a, b): (&f64, &f64)| a == b || (a.is_nan() && b.is_nan());
    assert!(
        found.len() == expected.len() && found.iter().zip(expected).all(is_same),
        "{what}: {found:?}, {expected:?} expected"
    );
}

#[test]
fn values_of_one_row_are_those_made_by_hand() {
    let closes = [3.0, 1.0, NAN, 3.0, -1.0, 2.0];
    let rows: [(&str, [f64; 6]); 14] = [
        ("rank(close)", [4.5 / 5.0, 0.4, NAN, 4.5 / 5.0, 0.2, 0.6]),
        ("rank(close, \"least\")", [0.8, 0.4, NAN, 0.8, 0.2, 0.6]),
        ("rank(close, ties=\"greatest\")", [1.0, 0.4, NAN, 1.0, 0.2, 0.6]),
        ("demean(close)", [1.4, -0.6, NAN, 1.4, -2.6, 0.4]),
        ("scale(close)", [0.3, 0.1, NAN, 0.3, -0.1, 0.2]),
        ("scale(close, 5)", [1.5, 0.5, NAN, 1.5, -0.5, 1.0]),
        ("top(close, 1)", [1.0, 0.0, NAN, 1.0, 0.0, 0.0]),
        ("top(close, 3)", [1.0, 0.0, NAN, 1.0, 0.0, 1.0]),
        ("top(close)", [1.0, 1.0, NAN, 1.0, 1.0, 1.0]),
        ("quantile_of(close, 5)", [5.0, 2.0, NAN, 5.0, 1.0, 3.0]),
        ("quantile_of(close, 2)", [2.0, 1.0, NAN, 2.0, 1.0, 2.0]),
        ("cs_sum(close)", [8.0; 6]),
        ("cs_mean(close)", [1.6; 6]),
        ("cs_count(close)", [5.0; 6]),
    ];
    for (text, expected) in rows {
        assert_row(&row(text, &closes, None), &expected, text);
    }
    let score = row("cs_zscore(close)", &[1.0, 3.0, NAN], None);
    assert_row(&score, &[-1.0, 1.0, NAN], "a score of two");
    let sample = row("cs_zscore(close, 1)", &[1.0, 3.0], None);
    assert_row(&sample, &[-(0.5f64.sqrt()), 0.5f64.sqrt()], "a sample's score of two");
}

#[test]
fn a_symbol_alone_none_and_equal_values_have_what_the_pages_say() {
    assert_row(&row("rank(close)", &[7.0], None), &[1.0], "rank alone");
    assert_row(&row("cs_zscore(close, 1)", &[7.0], None), &[0.0], "score alone");
    assert_row(&row("demean(close)", &[7.0], None), &[0.0], "alone");
    assert_row(&row("cs_zscore(close)", &[0.1; 3], None), &[0.0; 3], "equal values");
    assert_row(&row("demean(close)", &[0.1; 3], None), &[0.0; 3], "equal values");
    assert_row(&row("rank(close)", &[0.1; 3], None), &[2.0 / 3.0; 3], "equal values");
    assert_row(&row("scale(close)", &[0.0; 2], None), &[NAN; 2], "no sum");
    for text in ["rank(close)", "cs_sum(close)", "cs_count(close)", "top(close)", "cs_zscore(close)"] {
        assert_row(&row(text, &[NAN; 9], None), &[NAN; 9], text);
        assert_row(&row(text, &[], None), &[], text);
    }
    // Beyond all numbers a sum is, a mean is not.
    assert_row(&row("cs_sum(close)", &[1e308, 1e308], None), &[NAN; 2], "a sum beyond all numbers");
    assert_row(&row("cs_mean(close)", &[1e308, 1e308], None), &[1e308; 2], "a mean of large numbers");
    assert_row(&row("cs_sum(close)", &[1e300, 1.0, -1e300], None), &[1.0; 3], "an exact sum");
}

#[test]
fn groups_are_looked_at_alone_unless_all_are_asked_for() {
    let closes = [1.0, 20.0, 3.0, 40.0, NAN];
    let groups = Some(&["a", "b", "a", "b", "b"][..]);
    assert_row(&row("demean(close)", &closes, groups), &[-1.0, -10.0, 1.0, 10.0, NAN], "own");
    assert_row(&row("demean(close, group=\"all\")", &closes, groups), &[-15.0, 4.0, -13.0, 24.0, NAN], "all");
    assert_row(
        &row("cs_sum(close)", &closes, groups),
        &[4.0, 60.0, 4.0, 60.0, 60.0],
        "one for all of a group",
    );
    assert_row(&row("cs_sum(close, \"own\")", &closes, None), &[64.0; 5], "without groups");
    let rule = Rule::compile("rank(close)").unwrap();
    let texts = |all: &[&str]| Some(all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
    for (groups, said) in [(texts(&["a"]), "groups of 1 symbols"), (texts(&["a", " "]), "symbol 1 is empty")]
    {
        let refused = rule.universe_in_groups(names(2), groups, Options::default());
        let error = refused.err().expect("refused").to_string();
        assert!(error.contains(said), "{error}");
    }
    // Groups are of the state: what goes on from a snapshot goes on with them.
    let mut universe = rule.universe_in_groups(names(2), texts(&["a", "b"]), Options::default()).unwrap();
    let bytes = universe.snapshot();
    let restored = rule.restore_universe(&bytes).unwrap();
    assert_eq!(restored.groups(), universe.groups());
    for end in 0..bytes.len() {
        assert!(rule.restore_universe(&bytes[..end]).is_err(), "cut after {end} bytes");
    }
}

/// Every indicator of the group, and what stands before one and behind it.
fn rules() -> Vec<String> {
    let listed = catalog().specs().iter().filter(|spec| spec.group == Group::CrossSection);
    let mut rules: Vec<String> = listed.map(|spec| format!("{}()", spec.name)).collect();
    assert!(rules.len() >= 15, "{rules:?}");
    rules.extend(
        [
            "new_highs_lows(20)",
            "percent_above_ma(10)",
            "rank(roc(close, 10)) > 0.8 and rsi(14) < 70",
            "ema(rank(close / open), 5)",
            "rank(ema(rank(close / open), 5)) - rank(sma(volume, 7))[1]",
            "let held = if(top(close / close[1], 5), close, held[1]) from close; close / held",
            "mcclellan_osc(3, 10, \"all\") > 0 and demean(sma(close, 3)) > 0",
            "close / cs_mean(close)",
        ]
        .map(str::to_owned),
    );
    rules
}

/// A field's matrix of these markets, in this order.
fn matrices(rule: &Rule, markets: &[Market], order: &[usize]) -> Vec<Vec<f64>> {
    let columns: Vec<_> = markets.iter().map(|market| market.columns(rule.plan())).collect();
    (0..rule.plan().fields().len())
        .map(|field| {
            let row = |bar: usize| order.iter().map(move |at| (*at, bar));
            (0..markets[0].bars()).flat_map(row).map(|(at, bar)| columns[at][field][bar]).collect()
        })
        .collect()
}

#[test]
fn every_schedule_cut_preview_and_order_of_symbols_gives_the_same_bits() {
    for (seed, missing, symbols) in [(1, 0.0, 17), (2, 0.2, 17), (3, 0.02, 3), (4, 0.2, 8)] {
        for text in rules() {
            let rule = Rule::compile(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            let bars = if text.starts_with("new_highs_lows()") { 400 } else { 120 };
            let markets: Vec<_> = (0..symbols as u64)
                .map(|at| Market::new(seed * 100 + at, bars).with_missing(seed * 100 + at, missing))
                .collect();
            let mut order: Vec<usize> = (0..symbols).collect();
            let mut random = Random::new(seed);
            for at in (1..symbols).rev() {
                order.swap(at, random.below(at + 1));
            }
            let fields = matrices(&rule, &markets, &order);
            let fields: Vec<&[f64]> = fields.iter().map(Vec::as_slice).collect();
            let (symbols, groups) =
                (names(symbols), order.iter().map(|at| format!("G{}", at % 3)).collect::<Vec<_>>());
            for groups in [None, Some(groups.as_slice())] {
                let data = Matrices { symbols: &symbols, groups, times_ns: None, bars, fields: &fields };
                let report = rule.verify_universe(data, Options::default(), &mut Unwatched).unwrap();
                assert_eq!(report.differing(), 0, "{text}: {report}");
                // Groups of few symbols may have nothing that falls.
                assert!(report.is_ok() || symbols.len() < 9, "{text}: {report}");
            }
        }
    }
}

#[test]
fn every_indicator_previews_a_row_of_a_universe_without_a_trace() {
    for spec in catalog().specs() {
        let text = crate::conformance::text(spec, &spec.default_values(), "close > low");
        let rule = Rule::compile(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        if rule.plan().needs_calendar() {
            continue;
        }
        let markets: Vec<_> = (0..9).map(|seed| Market::new(seed, 90).with_missing(seed, 0.1)).collect();
        let fields = matrices(&rule, &markets, &[0, 1, 2, 3, 4, 5, 6, 7, 8]);
        let mut universe = rule.universe(9, Options::default()).unwrap();
        let outputs = rule.plan().outputs().len();
        for bar in 0..90 {
            let row = |bar: usize| -> Vec<&[f64]> { fields.iter().map(|m| &m[bar * 9..][..9]).collect() };
            let (mut formed, mut taken) = (vec![[0.0; 9]; outputs], vec![[0.0; 9]; outputs]);
            let before = if bar % 7 == 0 { universe.snapshot() } else { Vec::new() };
            let mut slices: Vec<&mut [f64]> = formed.iter_mut().map(<[f64; 9]>::as_mut_slice).collect();
            // Another row, then the one that comes.
            universe.preview(None, &row(89 - bar), &mut slices).unwrap();
            universe.preview(None, &row(bar), &mut slices).unwrap();
            if bar % 7 == 0 {
                assert!(before == universe.snapshot(), "{text}: a preview before row {bar} leaves a trace");
            }
            let mut slices: Vec<&mut [f64]> = taken.iter_mut().map(<[f64; 9]>::as_mut_slice).collect();
            universe.step(None, &row(bar), &mut slices).unwrap();
            let bits = |rows: &[[f64; 9]]| rows.iter().flatten().map(|x| x.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&formed), bits(&taken), "{text}: row {bar}");
        }
    }
}

#[test]
fn the_rows_of_a_table_are_the_bars_of_one_time() {
    let rule = Rule::compile("cs_count(close)").unwrap();
    // A has times 10, 20, 30; B 20, 30; C 30, 10 nothing: rows stand mixed.
    let times = [10, 20, 20, 30, 30, 30];
    let rows = [0, 1, 3, 2, 4, 5];
    let bounds = [0, 3, 5, 6];
    let close = [1.0, 2.0, 3.0, NAN, 5.0, 6.0];
    let groups = Groups { rows: Some(&rows), bounds: &bounds };
    let mut out = vec![0.0; 6];
    let running = rule.running(Options::default(), 2).unwrap();
    running.run(groups, Some(&times), &[&close], &mut [&mut out], &mut Unwatched).unwrap();
    // In the order of the groups' rows.
    assert_row(&out, &[1.0, 2.0, 2.0, 2.0, 2.0, 2.0], "how many have a value");
    let untimed = running.run(groups, None, &[&close], &mut [&mut out], &mut Unwatched).unwrap_err();
    assert!(untimed.error.to_string().contains("every bar needs a time"), "{}", untimed.error);
    let grouped = rule.running(Options::default(), 1).unwrap();
    let grouped = grouped.in_groups(vec!["x".to_owned(), "y".to_owned(), "x".to_owned()]).unwrap();
    grouped.run(groups, Some(&times), &[&close], &mut [&mut out], &mut Unwatched).unwrap();
    assert_row(&out, &[1.0, 1.0, 1.0, 1.0, 1.0, 1.0], "in the symbol's group");
}

/// A table's long histories have the bits of a universe's matrices, behind the rows where chunks meet, and held values are a
/// symbol's own.
#[test]
fn a_table_has_the_bits_of_matrices() {
    use ta_engine::incremental::contracts::MissingInput;
    let rule = Rule::compile("ema(rank(close), 5) + mcclellan_osc()").unwrap();
    let (symbols, bars) = (5, 1_300);
    let markets: Vec<_> = (0..symbols as u64).map(|seed| Market::new(seed, bars)).collect();
    let order: Vec<usize> = (0..symbols).collect();
    let mut matrix = matrices(&rule, &markets, &order).remove(0);
    let mut random = Random::new(5);
    // Some symbols have no bar in some rows.
    for x in &mut matrix {
        if random.below(7) == 0 {
            *x = NAN;
        }
    }
    let mut universe = rule.universe(symbols, Options::default()).unwrap();
    let mut expected = vec![0.0; symbols * bars];
    universe.run(None, bars, &[&matrix], &mut [&mut expected]).unwrap();
    let (mut times, mut close, mut bounds, mut wanted) = (vec![], vec![], vec![0i64], vec![]);
    for symbol in 0..symbols {
        for bar in 0..bars {
            let at = bar * symbols + symbol;
            if !matrix[at].is_nan() {
                times.push(bar as i64);
                close.push(matrix[at]);
                wanted.push(expected[at]);
            }
        }
        bounds.push(times.len() as i64);
    }
    for missing_input in [MissingInput::EmitMissing, MissingInput::HoldPrevious, MissingInput::Fail] {
        let mut options = Options::default();
        options.policies.missing_input = missing_input;
        let mut found = vec![0.0; times.len()];
        let running = rule.running(options, 1).unwrap();
        let groups = Groups { rows: None, bounds: &bounds };
        running.run(groups, Some(&times), &[&close], &mut [&mut found], &mut Unwatched).unwrap();
        assert!(found.iter().filter(|x| !x.is_nan()).count() > 5_000);
        let differ = found.iter().zip(&wanted).filter(|(a, b)| a.to_bits() != b.to_bits()).count();
        assert_eq!(differ, 0, "{missing_input:?}");
    }
}

#[test]
fn a_session_of_one_symbol_is_refused_with_what_to_do() {
    let said = |error: &PlanError| {
        let text = error.to_string();
        assert!(matches!(error, PlanError::UniverseNeeded { .. }), "{text}");
        for word in ["looks at all symbols of a row together", "universe", "`symbol` column"] {
            assert!(text.contains(word), "{text}");
        }
    };
    for text in ["rank(roc(close, 10)) > 0.8", "trin() > 1", "on(1d, rank(close))"] {
        let rule = Rule::compile(text).unwrap();
        if !text.starts_with("on") {
            said(&rule.session(Options::default()).err().expect("refused"));
        }
        let joining = ta_engine::plan::joined::Joining {
            timeframe: ta_engine::calendar::Timeframe::parse("1h"),
            ..Default::default()
        };
        said(&rule.joined_session(joining, Default::default(), Default::default()).err().expect("refused"));
    }
    let rule = Rule::compile("trin() > 1").unwrap();
    assert!(rule.run(None, &[&[1.0][..], &[1.0][..]], Options::default()).is_err());
    // In words it can be had.
    assert!(rule.explain(None).is_ok());
}

#[test]
fn breadth_counts_as_wickra_does() {
    // Three symbols over six rows; rows of wickra's AdvanceDecline and McClellanOscillator of the same changes.
    let closes: [[f64; 3]; 6] = [
        [10.0, 20.0, 30.0],
        [11.0, 19.0, 31.0],
        [11.0, 18.0, 32.0],
        [12.0, 18.5, 32.5],
        [11.0, 18.0, 32.0],
        [11.0, 18.0, 32.0],
    ];
    let rule = Rule::compile_all(&[
        ("line", "advance_decline()"),
        ("osc", "mcclellan_osc()"),
        ("sum", "mcclellan_sum()"),
        ("trin", "trin()"),
        ("new", "new_highs_lows(2)"),
    ])
    .unwrap();
    let mut universe = rule.universe(3, Options::default()).unwrap();
    let fields: Vec<_> = rule.plan().fields().iter().map(|field| field.field.clone().unwrap()).collect();
    let mut rows = Vec::new();
    for close in closes {
        let volume = [1.0, 2.0, 3.0];
        let given: Vec<&[f64]> =
            fields.iter().map(|field| if field == "volume" { &volume[..] } else { &close[..] }).collect();
        let mut out = [[0.0; 3]; 5];
        let mut slices: Vec<&mut [f64]> = out.iter_mut().map(<[f64; 3]>::as_mut_slice).collect();
        universe.step(None, &given, &mut slices).unwrap();
        assert!(out.iter().all(|row| row.iter().all(|x| x.to_bits() == row[0].to_bits())), "{out:?}");
        rows.push(out.map(|row| row[0]));
    }
    let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<_>>();
    assert_row(&column(0), &[NAN, 1.0, 1.0, 4.0, 1.0, 1.0], "line");
    // net: 333.3, 0, 1000, -1000, 0
    let (mut fast, mut slow, mut sum) = (1000.0 / 3.0, 1000.0 / 3.0, 0.0);
    for (at, net) in [1000.0 / 3.0, 0.0, 1000.0, -1000.0, 0.0].into_iter().enumerate() {
        (fast, slow) = (fast + (net - fast) * 0.1, slow + (net - slow) * 0.05);
        sum += fast - slow;
        assert!((rows[at + 1][1] - (fast - slow)).abs() < 1e-9, "{:?}", rows[at + 1]);
        assert!((rows[at + 1][2] - sum).abs() < 1e-9, "{:?}", rows[at + 1]);
    }
    // (2 / 1) / (4 / 2), (1 / 1) / (3 / 2), nothing falls, nothing rises, nothing moves.
    assert_row(&column(3), &[NAN, 1.0, 1.0 / 1.5, NAN, NAN, NAN], "trin");
    assert_row(&column(4), &[NAN, NAN, -1.0 + 1.0, 2.0, 0.0, 0.0], "new highs less new lows");
}
