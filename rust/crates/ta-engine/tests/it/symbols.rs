//! A table of many symbols: each has the bits of a session of its own, however the rows lie and however many threads work.

use proptest::prelude::*;
use ta_engine::incremental::contracts::{MissingInput, Policies, StepError};
use ta_engine::incremental::groups::Groups;
use ta_engine::incremental::watch::{Interrupted, Unwatched, Watch};
use ta_engine::{Options, Rule};

const TEXT: &str = "{mean: sma(close, 3), strength: rsi(close, 4), up: close > ema(close, 5), ago: close[2]}";

/// Rows of symbols: which is whose, when, and the close.
struct Table {
    bounds: Vec<i64>,
    rows: Vec<i64>,
    times: Vec<i64>,
    closes: Vec<f64>,
}

/// Symbols of these lengths, their rows behind each other or dealt out in turn.
fn table(lengths: &[usize], is_mixed: bool) -> Table {
    let count: usize = lengths.iter().sum();
    let mut table =
        Table { bounds: vec![0], rows: Vec::new(), times: vec![0; count], closes: vec![0.0; count] };
    let mut order: Vec<(usize, usize)> = lengths
        .iter()
        .enumerate()
        .flat_map(|(symbol, length)| (0..*length).map(move |bar| (symbol, bar)))
        .collect();
    if is_mixed {
        order.sort_by_key(|(symbol, bar)| (*bar, *symbol));
    }
    for (symbol, length) in lengths.iter().enumerate() {
        for bar in 0..*length {
            let row = order.iter().position(|own| *own == (symbol, bar)).expect("every bar has a row");
            table.rows.push(row as i64);
            table.times[row] = bar as i64 * 60_000_000_000;
            let noise = ((symbol * 31 + bar * 7) % 13) as f64;
            table.closes[row] = if noise == 12.0 { f64::NAN } else { 100.0 + noise + symbol as f64 };
        }
        table.bounds.push(table.rows.len() as i64);
    }
    table
}

impl Table {
    fn groups(&self, is_mixed: bool) -> Groups<'_> {
        Groups { rows: is_mixed.then_some(self.rows.as_slice()), bounds: &self.bounds }
    }

    /// The rows of a symbol.
    fn own(&self, symbol: usize) -> &[i64] {
        &self.rows[self.bounds[symbol] as usize..self.bounds[symbol + 1] as usize]
    }
}

fn minutes(missing_input: MissingInput) -> Options {
    let policies = Policies { missing_input, ..Policies::default() };
    Options { timeframe_ns: Some(60_000_000_000), policies, ..Options::default() }
}

fn check(text: &str, lengths: &[usize], is_mixed: bool, threads: usize, options: Options) {
    let (rule, table) = (Rule::compile(text).unwrap(), table(lengths, is_mixed));
    let running = rule.running(options, threads).unwrap();
    let count = table.rows.len();
    let mut outputs = vec![vec![0.0; count]; running.plan().outputs().len()];
    let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
    let columns: &[&[f64]] = &[&table.closes];
    running.run(table.groups(is_mixed), Some(&table.times), columns, &mut slices, &mut Unwatched).unwrap();
    for symbol in 0..lengths.len() {
        let own = table.own(symbol);
        let closes: Vec<f64> = own.iter().map(|row| table.closes[*row as usize]).collect();
        let times: Vec<i64> = own.iter().map(|row| table.times[*row as usize]).collect();
        let alone = rule.run(Some(&times), &[&closes], options).unwrap();
        for (made, expected) in outputs.iter().zip(&alone) {
            let made = &made[table.bounds[symbol] as usize..table.bounds[symbol + 1] as usize];
            let bits = |values: &[f64]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(made), bits(expected), "symbol {symbol} of {lengths:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn each_symbol_has_the_bits_of_a_session_of_its_own(
        lengths in prop::collection::vec(0_usize..70, 0..30),
        is_mixed: bool,
        threads in 1_usize..4,
        holds: bool,
    ) {
        let policy = if holds { MissingInput::HoldPrevious } else { MissingInput::EmitMissing };
        check(TEXT, &lengths, is_mixed, threads, minutes(policy));
        check("{then: close.3m_ago, up: close > close.1m_ago}", &lengths, is_mixed, threads, minutes(policy));
    }
}

#[test]
fn symbols_longer_than_what_a_tile_takes_at_once_go_on_where_they_were() {
    for is_mixed in [false, true] {
        check(TEXT, &[1_300, 512, 513, 1_024, 1, 700], is_mixed, 2, minutes(MissingInput::EmitMissing));
    }
}

#[test]
fn what_is_wrong_names_the_first_symbol_and_its_row_in_the_table() {
    let rule = Rule::compile("sma(close, 3)").unwrap();
    let mut table = table(&[20, 20, 20, 20], true);
    let broken = table.own(2)[7] as usize;
    table.times[broken] = 0;
    let gap = table.own(3)[4] as usize;
    table.closes[gap] = f64::NAN;
    let mut values = vec![0.0; 80];
    let mut run = |options: Options, times: Option<&[i64]>| {
        let running = rule.running(options, 3).unwrap();
        running
            .run(table.groups(true), times, &[&table.closes], &mut [&mut values], &mut Unwatched)
            .unwrap_err()
    };
    let found = run(Options::default(), Some(&table.times));
    assert_eq!(found.group, 2);
    assert!(
        matches!(found.error, StepError::Order { row: Some(row), .. } if row == broken),
        "{:?}",
        found.error
    );
    let found = run(minutes(MissingInput::Fail), None);
    let missing = table.closes.iter().position(|close| close.is_nan()).unwrap();
    let StepError::MissingInput { row: Some(row), .. } = found.error else { panic!("{:?}", found.error) };
    assert!(table.closes[row].is_nan() && table.own(found.group).contains(&(row as i64)) && row >= missing);
}

#[test]
fn groups_that_are_not_all_rows_each_once_are_refused() {
    let rule = Rule::compile("close").unwrap();
    let running = rule.running(Options::default(), 1).unwrap();
    let closes = [1.0, 2.0, 3.0];
    for (rows, bounds) in [
        (Some(vec![0, 1, 1]), vec![0, 3]),
        (Some(vec![0, 1, 3]), vec![0, 3]),
        (Some(vec![0, 1, -1]), vec![0, 3]),
        (Some(vec![0, 1]), vec![0, 3]),
        (None, vec![0, 2, 1, 3]),
        (None, vec![1, 3]),
        (None, vec![0, 2]),
    ] {
        let groups = Groups { rows: rows.as_deref(), bounds: &bounds };
        let mut values = [0.0; 3];
        let refused = running.run(groups, None, &[&closes], &mut [&mut values], &mut Unwatched);
        assert!(matches!(refused.unwrap_err().error, StepError::Shape { .. }), "{rows:?} {bounds:?}");
    }
}

/// Somebody who does not wait.
struct Impatient;

impl Watch for Impatient {
    fn look(&mut self) -> Result<(), Interrupted> {
        Err(Interrupted)
    }
}

#[test]
fn long_work_ends_when_nobody_waits_for_it() {
    let rule = Rule::compile("rolling_median(close, 5000)").unwrap();
    let running = rule.running(Options::default(), 2).unwrap();
    let (symbols, bars) = (64_usize, 40_000);
    let closes: Vec<f64> = (0..symbols * bars).map(|row| ((row * 7_919) % 10_007) as f64).collect();
    let bounds: Vec<i64> = (0..=symbols).map(|at| (at * bars) as i64).collect();
    let mut values = vec![0.0; closes.len()];
    let groups = Groups { rows: None, bounds: &bounds };
    let ended = running.run(groups, None, &[&closes], &mut [&mut values], &mut Impatient);
    assert_eq!(ended.unwrap_err().error, StepError::Interrupted);
}
