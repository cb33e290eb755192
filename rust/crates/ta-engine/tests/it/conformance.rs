//! What every indicator gets by being in the list.

use proptest::prelude::*;
use ta_engine::catalog::{Group, IndicatorSpec, InputRole, InputSpec, Made, ParamKind, ParamValue, Settle};
use ta_engine::incremental::contracts::MissingInput;
use ta_engine::{Event, Options, Rule, catalog, timing_of};

use crate::market::{Market, Random};

const SYMBOLS: usize = 17;

/// True for what begins anew with intervals of a calendar, which bars without streams do not have.
pub fn reads_calendar(spec: &IndicatorSpec, values: &[ParamValue]) -> bool {
    spec.inputs.iter().any(|input| match input.role {
        InputRole::Interval { by } => {
            let at = spec.param_index(by).expect("the parameter that says which");
            values[at] != ParamValue::Choice("first")
        }
        _ => false,
    })
}

/// True for what reads the calendar whatever is chosen, by itself or in its body: bars without streams have none.
pub fn is_of_calendar(spec: &IndicatorSpec) -> bool {
    let always =
        |by: &str| match spec.params[spec.param_index(by).expect("the parameter that says which")].kind {
            ParamKind::Choice { accepted, .. } => !accepted.contains(&"first"),
            _ => false,
        };
    let itself =
        spec.inputs.iter().any(|input| matches!(input.role, InputRole::Interval { by } if always(by)));
    let reads_none = spec.inputs.iter().all(|input| !matches!(input.role, InputRole::Interval { .. }));
    let in_body = || matches!(spec.made, Made::Body { .. }) && reads_none;
    itself || in_body() && compiled(&text(spec, &spec.default_values(), ALWAYS)).plan().needs_calendar()
}

/// True for what bars of one symbol, without streams, can be asked for.
pub fn is_of_one_symbol(spec: &IndicatorSpec) -> bool {
    spec.group != Group::CrossSection && !is_of_calendar(spec)
}

/// Random parameters that go together, within their ranges and small enough for windows to fill.
fn params(spec: &IndicatorSpec, random: &mut Random) -> Vec<ParamValue> {
    loop {
        let values: Vec<_> = spec
            .params
            .iter()
            .map(|param| match param.kind {
                ParamKind::Int { min, max, .. } => {
                    let range = max.saturating_sub(min).saturating_add(1).min(30);
                    ParamValue::Int(min + random.below(range as usize) as i64)
                }
                ParamKind::Float { min, max, .. } => {
                    let (low, high) = (min.max(0.5).min(max), max.min(3.5).max(min));
                    ParamValue::Float((low + (high - low) * random.unit()).clamp(min, max))
                }
                ParamKind::Choice { accepted, .. } => {
                    ParamValue::Choice(accepted[random.below(accepted.len())])
                }
            })
            .collect();
        if (spec.refusal)(&values).is_none() && !reads_calendar(spec, &values) {
            return values;
        }
    }
}

/// A condition that is true on every bar that has a value. When a condition that varies comes true nobody knows, so what
/// is said of the time until a value is there and until it is gone is said with this one.
const ALWAYS: &str = "close == close";
/// A condition that is true on most bars.
const MOSTLY: &str = "close > low";

/// The indicator as a rule, with operands that move apart.
pub fn text(spec: &IndicatorSpec, values: &[ParamValue], condition: &str) -> String {
    let mut fields = ["close", "open", "high"].into_iter();
    let inputs = spec.inputs.iter().filter_map(|input| match input.role {
        InputRole::Condition => Some(condition),
        InputRole::Operand { .. } | InputRole::NumberOperand { .. } => fields.next(),
        // Elementary functions of a price are out of range; a share of a whole is within the range of all.
        InputRole::Series { .. } if spec.group == Group::Math => Some("close / (close + open)"),
        InputRole::Series { .. }
        | InputRole::Field { .. }
        | InputRole::Computed { .. }
        | InputRole::Time
        | InputRole::Interval { .. } => None,
    });
    let arguments: Vec<_> = inputs.map(str::to_owned).chain(values.iter().map(ToString::to_string)).collect();
    format!("{}({})", spec.name, arguments.join(", "))
}

fn compiled(text: &str) -> Rule {
    Rule::compile(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn run(rule: &Rule, market: &Market) -> Vec<Vec<f64>> {
    rule.run(None, &market.columns(rule.plan()), Options::default()).expect("the market fits")
}

fn step(rule: &Rule, market: &Market) -> Vec<Vec<f64>> {
    let mut session = rule.session(Options::default()).expect("no durations");
    let columns = market.columns(rule.plan());
    let mut out = vec![Vec::new(); rule.plan().outputs().len()];
    for bar in 0..market.bars() {
        let inputs: Vec<_> = columns.iter().map(|c| c[bar]).collect();
        let result = session.step(&Event { time_ns: None, inputs: &inputs }).expect("no times, no order");
        for (column, value) in out.iter_mut().zip(result.values) {
            column.push(value.value);
        }
    }
    out
}

/// One matrix per field of the plan: a row per bar, a number per symbol.
fn matrices(rule: &Rule, markets: &[Market]) -> Vec<Vec<f64>> {
    let columns: Vec<_> = markets.iter().map(|m| m.columns(rule.plan())).collect();
    let bars = markets[0].bars();
    (0..rule.plan().fields().len())
        .map(|field| (0..bars).flat_map(|bar| columns.iter().map(move |c| c[field][bar])).collect())
        .collect()
}

/// Runs all markets as one universe, stepped or in one go; per output a matrix.
fn universe(rule: &Rule, markets: &[Market], stepped: bool) -> Vec<Vec<f64>> {
    let (symbols, bars) = (markets.len(), markets[0].bars());
    let mut universe = rule.universe(symbols, Options::default()).expect("no durations");
    let matrices = matrices(rule, markets);
    let mut out = vec![vec![0.0; symbols * bars]; rule.plan().outputs().len()];
    if stepped {
        for bar in 0..bars {
            let fields: Vec<_> = matrices.iter().map(|m| &m[bar * symbols..][..symbols]).collect();
            let mut rows: Vec<_> = out.iter_mut().map(|m| &mut m[bar * symbols..][..symbols]).collect();
            universe.step(None, &fields, &mut rows).expect("the rows fit");
        }
    } else {
        let fields: Vec<_> = matrices.iter().map(Vec::as_slice).collect();
        let mut slices: Vec<_> = out.iter_mut().map(Vec::as_mut_slice).collect();
        universe.run(None, bars, &fields, &mut slices).expect("the matrices fit");
    }
    out
}

/// Fails where two runs differ, with the place and the two values.
fn assert_same_bits(a: &[Vec<f64>], b: &[Vec<f64>], what: &str) {
    assert_eq!(a.len(), b.len(), "{what}");
    for (at, (a, b)) in a.iter().zip(b).enumerate() {
        assert_eq!(a.len(), b.len(), "{what}, output {at}");
        let differ = |(a, b): (&f64, &f64)| a.to_bits() != b.to_bits();
        if let Some(row) = a.iter().zip(b).position(differ) {
            let count = a.iter().zip(b).filter(|&x| differ(x)).count();
            panic!(
                "{what}: output {at} differs in {count} values, first in {row}: {:?}, {:?}",
                a[row], b[row]
            );
        }
    }
}

fn each_indicator(seed: u64, mut check: impl FnMut(&'static IndicatorSpec, &[ParamValue], u64)) {
    for spec in catalog().specs().iter().filter(|spec| is_of_one_symbol(spec)) {
        let mut random = Random::new(seed);
        let values = params(spec, &mut random);
        check(spec, &values, random.next());
    }
}

/// True where a value is not ready because it is greater than numbers are, as what stands beside or before it shows.
///
/// Such are quotients and multiples of what the bar was a good part of, until the value that comes back is at the end of
/// numbers; bands around a line, as wide as that, for as long as it is; and lines that multiply all changes there have ever
/// been, which have no way back.
fn is_beyond_all_numbers(name: &str, outputs: &[Vec<f64>], row: usize) -> bool {
    const NEAR_THE_END: f64 = 1e306;
    let is_near = |output: usize, row: usize| outputs[output][row].abs() > NEAR_THE_END;
    match name {
        // Upper, middle, lower: one bound is beyond, the other shows how wide they are.
        "vwap_bands" => {
            outputs[1][row].is_finite() && (is_near(0, row) || is_near(1, row) || is_near(2, row))
        }
        // Line, direction, upper, lower.
        "halftrend" => outputs[0][row].is_finite() && (is_near(0, row) || is_near(2, row) || is_near(3, row)),
        "nvi" | "pvi" | "talib.nvi" | "talib.pvi" | "pine.nvi" | "pine.pvi" => {
            (0..row).rev().find(|&row| outputs[0][row].is_finite()).is_some_and(|row| is_near(0, row))
        }
        "ppo" | "talib.ppo" => {
            outputs[0][row..].iter().find(|x| x.is_finite()).is_none_or(|x| x.abs() > NEAR_THE_END)
        }
        _ => false,
    }
}

/// Fails where a bar that is far out, in this row, is seen in the values of windows that it has left, or silences others.
fn assert_no_trace(seed: u64, at: usize, spike: f64) {
    each_indicator(seed, |spec, values, seed| {
        let text = text(spec, values, ALWAYS);
        let rule = compiled(&text);
        let timing = timing_of(spec, values, 1e-3);
        let after = at + timing.lookback + timing.warmup.iter().max().unwrap();
        // Ten or a hundred times what is nearly the end of numbers is none, until means have forgotten the most of it.
        let forgotten = if spike.abs() < 1e306 { after } else { after.max(at + 30) };
        let market = Market::new(seed, after.max(300) + 100);
        let mut spiked = market.clone();
        for column in [&mut spiked.open, &mut spiked.high, &mut spiked.low, &mut spiked.close] {
            column[at] = spike;
        }
        let (clean, all) = (run(&rule, &market), run(&rule, &spiked));
        let is_windowed = timing.settle == Settle::AT_ONCE;
        for (clean, spiked) in clean.iter().zip(&all) {
            if is_windowed {
                let what = format!("{text}: {spike} in row {at}");
                assert_same_bits(&[clean[after..].to_vec()], &[spiked[after..].to_vec()], &what);
            } else {
                for (row, value) in spiked.iter().enumerate().skip(forgotten) {
                    let is_told = value.is_finite() || (spec.ready_by_data && value.is_nan());
                    assert!(
                        is_told || is_beyond_all_numbers(spec.name, &all, row),
                        "{text}: {spike:e} in row {at} is seen in row {row}, {} rows after the warm-up",
                        row - after
                    );
                }
            }
        }
    });
}

#[test]
fn a_first_bar_out_of_all_measure_silences_nothing() {
    for seed in 0..3 {
        for spike in [1e300, -1e300, 1e308, -1e308, 1.7e308] {
            assert_no_trace(seed, 0, spike);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Step = run = tile = tile run, bit for bit, with nothing, little and much missing.
    #[test]
    fn every_schedule_gives_the_same_bits(seed: u64, missing in prop::sample::select(vec![0.0, 0.01, 0.2])) {
        each_indicator(seed, |spec, values, seed| {
            let text = text(spec, values, MOSTLY);
            let rule = compiled(&text);
            let warmup = *rule.plan().warmup().unwrap().iter().max().unwrap();
            let bars = 150 + (seed % 1_100) as usize + 2 * warmup;
            let markets: Vec<_> = (0..SYMBOLS as u64)
                .map(|symbol| Market::new(seed ^ symbol, bars).with_missing(seed ^ symbol, missing))
                .collect();
            let stepped = universe(&rule, &markets, true);
            assert_same_bits(&stepped, &universe(&rule, &markets, false), &format!("{text}: tile run"));
            for (symbol, market) in markets.iter().enumerate().step_by(5) {
                let batch = run(&rule, market);
                assert_same_bits(&batch, &step(&rule, market), &format!("{text}: step"));
                let lane: Vec<Vec<f64>> = stepped
                    .iter()
                    .map(|m| m.iter().copied().skip(symbol).step_by(SYMBOLS).collect())
                    .collect();
                assert_same_bits(&batch, &lane, &format!("{text}: tile"));
                let ready = batch[0].iter().filter(|x| !x.is_nan()).count();
                let least = if missing > 0.1 { 5 } else { 50 };
                // How many swings a market has nobody knows.
                assert!(spec.ready_by_data || ready >= least, "{text}: only {ready} ready values");
            }
        });
    }

    /// Every schedule, cut, preview and instruction set of whole rules, with outputs that share columns.
    #[test]
    fn whole_rules_verify(seed: u64, missing in prop::sample::select(vec![0.0, 0.02, 0.2])) {
        let rules = [
            ("field", "close"),
            ("rule", "sma(close, 20) > ema(close, 50) and rsi(close, 14) < 30"),
            ("mean", "sma(close, 20)"),
            ("same", "sma(close, 20)"),
            ("bands", "(close - bbands(close, 5, 2).lower) / atr(14) + max(high, 7)"),
            ("ratio", "1 / (close - open)"),
        ];
        let rule = Rule::compile_all(&rules).unwrap();
        let market = Market::new(seed, 600).with_missing(seed, missing);
        for policy in [MissingInput::EmitMissing, MissingInput::HoldPrevious] {
            let mut options = Options::default();
            options.policies.missing_input = policy;
            let report = rule.verify(None, &market.columns(rule.plan()), options).unwrap();
            assert!(report.is_ok(), "{report}");
        }
    }

    /// A symbol's saved state does not depend on the tile it stands in, in step with its neighbours or not.
    #[test]
    fn state_is_the_same_bytes_alone_and_in_a_tile(seed: u64, missing in prop::sample::select(vec![0.0, 0.01, 0.2])) {
        each_indicator(seed, |spec, values, seed| {
            // The parts of a body are indicators of the list.
            if let Made::Body { .. } = spec.made {
                return;
            }
            let text = text(spec, values, MOSTLY);
            let rule = compiled(&text);
            let together: Vec<_> = (0..9).map(|s| Market::new(seed ^ s, 90).with_missing(seed ^ s, missing)).collect();
            let last = |markets: &[Market]| {
                let mut universe = rule.universe(markets.len(), Options::default()).unwrap();
                let matrices = matrices(&rule, markets);
                let mut out = vec![vec![0.0; markets.len()]; rule.plan().outputs().len()];
                for bar in 0..90 {
                    let row = |m: &'_ Vec<f64>| m[bar * markets.len()..][..markets.len()].to_vec();
                    let rows: Vec<_> = matrices.iter().map(row).collect();
                    let fields: Vec<_> = rows.iter().map(Vec::as_slice).collect();
                    let mut slices: Vec<_> = out.iter_mut().map(Vec::as_mut_slice).collect();
                    universe.step(None, &fields, &mut slices).unwrap();
                }
                universe.snapshot()
            };
            // A universe ends with its nodes, each an id, a length and the symbols' states, all as long; behind them stand names,
            // their length and a checksum. Each symbol adds its states and its last fields.
            let (alone, tile) = (last(&together[3..4]), last(&together));
            let all = (tile.len() - alone.len()) / 8 - 8 * rule.plan().fields().len();
            let end = |bytes: &[u8]| {
                let behind = bytes.len() - 8;
                behind - u32::from_le_bytes(bytes[behind..][..4].try_into().unwrap()) as usize
            };
            let nodes = (0..9).find_map(|count| {
                let mut at = end(&alone) - all - 20 * count;
                let length = |at: usize| u32::from_le_bytes(alone[at + 16..][..4].try_into().unwrap()) as usize;
                let mut states = Vec::new();
                while at + 20 <= end(&alone) && at + 20 + length(at) <= end(&alone) {
                    states.push((at + 20, length(at)));
                    at += 20 + length(at);
                }
                (at == end(&alone) && states.len() == count).then_some(states)
            });
            let nodes = nodes.unwrap_or_else(|| panic!("{text}: no nodes in {} bytes", alone.len()));
            assert_eq!(nodes.iter().map(|(_, length)| length).sum::<usize>(), all);
            let mut third = end(&tile) - 9 * all - 20 * nodes.len();
            for (at, length) in nodes {
                third += 20;
                assert_eq!(alone[at..][..length], tile[third + 3 * length..][..length], "{text}");
                third += 9 * length;
            }
        });
    }

    /// Saving at any bar and going on from the saved bytes changes no bit.
    #[test]
    fn a_restored_kernel_goes_on_bit_for_bit(seed: u64, cut in 0usize..400, missing in prop::sample::select(vec![0.0, 0.2])) {
        each_indicator(seed, |spec, values, seed| {
            let text = text(spec, values, MOSTLY);
            let rule = compiled(&text);
            let market = Market::new(seed, 400).with_missing(seed, missing);
            let columns = market.columns(rule.plan());
            let part = |from: usize, to: usize| columns.iter().map(|c| &c[from..to]).collect::<Vec<_>>();
            let mut session = rule.session(Options::default()).unwrap();
            let mut out = vec![vec![0.0; 400]; rule.plan().outputs().len()];
            let mut heads: Vec<_> = out.iter_mut().map(|c| &mut c[..cut]).collect();
            session.run(None, &part(0, cut), &mut heads).unwrap();
            let mut restored = rule.restore(&session.snapshot()).unwrap();
            let mut tails: Vec<_> = out.iter_mut().map(|c| &mut c[cut..]).collect();
            restored.run(None, &part(cut, 400), &mut tails).unwrap();
            assert_same_bits(&out, &run(&rule, &market), &text);
        });
    }

    /// The first values come exactly after the warm-up, and every one after it is ready.
    #[test]
    fn values_are_ready_exactly_after_the_warm_up(seed: u64) {
        each_indicator(seed, |spec, values, seed| {
            let text = text(spec, values, ALWAYS);
            let rule = compiled(&text);
            let batch = run(&rule, &Market::new(seed, 200));
            let warmup = rule.plan().warmup().unwrap();
            for (column, warmup) in batch.iter().zip(warmup) {
                for (bar, x) in column.iter().enumerate() {
                    // With the condition that is always true, what waits for one is ready at once.
                    let decides = spec.ready_by_data && !spec.inputs.iter().any(|i| i.role == InputRole::Condition);
                    let is_as_said = if decides { !x.is_finite() || bar >= warmup } else { x.is_finite() == (bar >= warmup) };
                    assert!(is_as_said, "{text} in row {bar}: {x}");
                }
            }
        });
    }

    /// No value changes when later bars do.
    #[test]
    fn no_value_looks_at_a_later_bar(seed: u64, cut in 1usize..300) {
        each_indicator(seed, |spec, values, seed| {
            let text = text(spec, values, MOSTLY);
            let rule = compiled(&text);
            let market = Market::new(seed, 300);
            let other = Market::new(seed ^ 1, 300);
            let mut mixed = market.clone();
            for (mine, theirs) in [
                (&mut mixed.open, other.open), (&mut mixed.high, other.high), (&mut mixed.low, other.low),
                (&mut mixed.close, other.close), (&mut mixed.volume, other.volume),
            ] {
                mine[cut..].copy_from_slice(&theirs[cut..]);
            }
            let (a, b) = (run(&rule, &market), run(&rule, &mixed));
            for (a, b) in a.iter().zip(&b) {
                assert_same_bits(&[a[..cut].to_vec()], &[b[..cut].to_vec()], &text);
            }
        });
    }

    /// A spike leaves no bit behind once a window has passed it, and never more than a finite number in a recurrence.
    #[test]
    fn a_bad_bar_leaves_no_trace(seed: u64, at in 0usize..100, spike in prop::sample::select(vec![1e12, -1e12, 1e300, 1e307, -1e307, 1e308, 1.7e308, 0.0])) {
        assert_no_trace(seed, at, spike);
    }
}

// Few overflow in just the way that a slip would show, so there are more of them.
proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    /// A stretch of bars whose sums, squares and products overflow: the same bits in every schedule, none of them infinite.
    #[test]
    fn what_overflows_is_not_ready_in_any_schedule(seed: u64, scale in prop::sample::select(vec![1e150, 1e304, 1.5e306])) {
        each_indicator(seed, |spec, values, seed| {
            let text = text(spec, values, ALWAYS);
            let rule = compiled(&text);
            let mut market = Market::new(seed, 900);
            // Some turn around, so that differences are as great as sums; some last to the end.
            let sign = if seed % 2 == 0 { 1.0 } else { -1.0 };
            let end = if seed % 3 == 0 { 600 } else { 900 };
            for column in [&mut market.open, &mut market.high, &mut market.low, &mut market.close] {
                for (bar, x) in column[330..end].iter_mut().enumerate() {
                    *x *= if bar % 3 == 0 { scale * sign } else { scale };
                }
            }
            let batch = run(&rule, &market);
            assert!(batch.iter().flatten().all(|x| x.is_nan() || x.is_finite()), "{text}: infinite");
            assert_same_bits(&batch, &step(&rule, &market), &format!("{text}: step"));
            let markets = [market.clone(), Market::new(!seed, 900), market];
            let (stepped, ran) = (universe(&rule, &markets, true), universe(&rule, &markets, false));
            assert_same_bits(&stepped, &ran, &format!("{text}: tile run"));
            for (batch, stepped) in batch.iter().zip(&stepped) {
                let lane: Vec<f64> = stepped.iter().copied().step_by(markets.len()).collect();
                assert_same_bits(std::slice::from_ref(batch), &[lane], &format!("{text}: tile"));
            }
        });
    }
}

/// Chunks grow with the windows of a plan: long ones, those too long for any chunk, and several in one rule.
#[test]
fn windows_of_any_length_give_the_same_bits_run_and_stepped() {
    let markets = [0.0, 0.0005].map(|missing| Market::new(7, 5_000).with_missing(11, missing));
    let mut proven = 0;
    for spec in catalog().specs().iter().filter(|spec| is_of_one_symbol(spec)) {
        let mut random = Random::new(13);
        for period in [33, 50, 129, 200, 320, 321, 700] {
            let mut values = params(spec, &mut random);
            let Some(ParamValue::Int(first)) = values.first_mut() else { break };
            *first = period;
            let has_room = matches!(spec.params[0].kind, ParamKind::Int { max, .. } if max >= period);
            if !has_room || (spec.refusal)(&values).is_some() {
                continue;
            }
            let long = text(spec, &values, MOSTLY);
            let rule = Rule::compile_all(&[("alone", &long), ("beside", "sma(close, 50) + max(high, 150)")]);
            let rule = rule.unwrap_or_else(|error| panic!("{long}: {error}"));
            for market in &markets {
                let found = run(&rule, market);
                assert_same_bits(&found, &step(&rule, market), &long);
                if spec.ready_by_data {
                    continue;
                }
                let is_ready = |column: &Vec<f64>| column.iter().any(|x| !x.is_nan());
                assert!(found.iter().all(is_ready), "{long} is never ready");
                proven += 1;
            }
        }
    }
    assert!(proven > 200, "{proven}");
}

#[test]
fn values_just_outside_a_range_are_refused() {
    for spec in catalog().specs() {
        for (at, param) in spec.params.iter().enumerate() {
            let outside = match param.kind {
                ParamKind::Int { min, max, .. } => [ParamValue::Int(min - 1), ParamValue::Int(max + 1)],
                ParamKind::Float { min, max, .. } => {
                    [ParamValue::Float(min - 1e-9 - min.abs()), ParamValue::Float(max * 2.0)]
                }
                ParamKind::Choice { .. } => [ParamValue::Choice("no such"), ParamValue::Int(0)],
            };
            for value in outside {
                let mut values = spec.default_values();
                values[at] = value;
                let error = Rule::compile(&text(spec, &values, ALWAYS)).expect_err("out of range");
                assert!(error.to_string().contains(param.name), "{error}");
            }
        }
    }
}

/// A text that a declaration gives may be another one for each choice.
#[test]
fn every_body_is_a_rule_whatever_is_chosen_and_says_what_its_rule_says() {
    let mut read = 0;
    for spec in catalog().specs().iter().filter(|spec| matches!(spec.made, Made::Body { .. })) {
        let accepted: Vec<Vec<ParamValue>> = spec
            .params
            .iter()
            .map(|param| match param.kind {
                ParamKind::Choice { accepted, .. } => {
                    accepted.iter().map(|text| ParamValue::Choice(text)).collect()
                }
                ParamKind::Int { min, max, .. } => {
                    [min, min + 1, 40].into_iter().filter(|one| *one <= max).map(ParamValue::Int).collect()
                }
                ParamKind::Float { default, .. } => vec![ParamValue::Float(default)],
            })
            .collect();
        // All ways of choosing have a number; of some millions of them one of every so many is taken.
        let ways = accepted.iter().map(|values| values.len() as u64).product::<u64>();
        let every = ways.div_ceil(400);
        let mut random = Random::new(ways);
        for first in (0..ways).step_by(every as usize) {
            let mut way = (first + random.next() % every).min(ways - 1);
            let mut chosen = |values: &Vec<ParamValue>| {
                let value = values[(way % values.len() as u64) as usize];
                way /= values.len() as u64;
                value
            };
            let values: Vec<ParamValue> = accepted.iter().map(&mut chosen).collect();
            if (spec.refusal)(&values).is_some() {
                continue;
            }
            let rule = compiled(&text(spec, &values, MOSTLY));
            assert_eq!(timing_of(spec, &values, 1e-3).warmup, rule.plan().warmup().unwrap(), "{}", spec.name);
            read += 1;
        }
    }
    assert!(read > 100, "{read}");
}

#[test]
fn a_state_cut_anywhere_is_refused() {
    for spec in catalog().specs() {
        let rule = compiled(&text(spec, &spec.default_values(), MOSTLY));
        // What asks for a calendar has its states in sessions of streams, what looks across symbols in universes.
        if rule.plan().needs_calendar() || rule.plan().needs_universe() {
            continue;
        }
        let market = Market::new(7, 60);
        let mut session = rule.session(Options::default()).unwrap();
        let mut out = vec![vec![0.0; 60]; rule.plan().outputs().len()];
        let mut slices: Vec<_> = out.iter_mut().map(Vec::as_mut_slice).collect();
        session.run(None, &market.columns(rule.plan()), &mut slices).unwrap();
        let bytes = session.snapshot();
        assert!(rule.restore(&bytes).is_ok());
        for end in 0..bytes.len() {
            assert!(rule.restore(&bytes[..end]).is_err(), "{} cut after {end} bytes", spec.name);
        }
    }
}

#[test]
fn names_and_kernels_of_the_list_are_sound() {
    for spec in catalog().specs() {
        assert_eq!(spec.name, spec.name.to_ascii_lowercase());
        assert!(spec.description.trim_start().contains('.'), "{} says what it is", spec.name);
        assert!(catalog().find(spec.kernel).is_some(), "{} has the kernel of an indicator", spec.name);
        assert_eq!(spec.outputs.len() == 1, spec.outputs[0].name == "value", "{}", spec.name);
        let values = spec.default_values();
        assert_eq!((spec.refusal)(&values), None, "{} accepts its defaults", spec.name);
    }
}

#[test]
fn no_argument_has_the_name_of_a_field_that_the_indicator_reads() {
    for spec in catalog().specs() {
        for param in spec.params {
            let is_field = |input: &&InputSpec| {
                matches!(input.role, InputRole::Field { .. })
                    && (input.name == param.name || param.aliases.contains(&input.name))
            };
            let both = spec.inputs.iter().find(is_field);
            assert!(both.is_none(), "{}: {} is a field and {}", spec.name, both.unwrap().name, param.name);
        }
    }
}
