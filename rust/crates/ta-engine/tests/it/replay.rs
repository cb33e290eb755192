//! Snapshots: what is restored goes on as if it had never stopped, and what is damaged or made up is refused.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use ta_engine::incremental::contracts::*;
use ta_engine::{Bar, Event, Options, Rule, Session, Universe};

use crate::feed::{EVERYTHING, bits, rule};
use crate::market::{Market, Random};

/// Magic, version, kind, policies, length, fingerprint, timeframe.
pub const HEADER: usize = 58;
/// Behind the header: position, last time, counters.
pub const SESSION_HEAD: usize = 8 + 10 + 40;
/// Behind the header: position, last time, number of symbols.
pub const UNIVERSE_HEAD: usize = 8 + 10 + 8 + 1;

pub fn everything() -> Rule {
    Rule::compile_all(EVERYTHING).expect("rules of the language")
}

/// Rules of every kind of node, in different company.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let texts = [
        "close",
        "sma(close, 4)",
        "ema(close, 5) > wma(open, 3)",
        "rsi(close, 5)",
        "macd(close, 3, 6, 4)",
        "bbands(close, 7, 1.5)",
        "stochastic(5, 3, 2)",
        "atr(3) + true_range()",
        "max(high, 6) - min(low, 1)",
        "argmax(close, 5) + argmin(close, 4)",
        "rolling_std(volume, 1) + rolling_std(close, 9)",
        "close.roc_3 + close.2_ago",
        "close.filter(close > open)",
        "ohlcv.filter(close > open).count + close.avg() - ohlcv.sum(volume)",
        "crossup(sma(close, 2), close) or cross(high, close.1_ago)",
        "sma(ema(rsi(close, 3), 2).filter(close > open), 3)",
        "let x = x[2] + y from open restart when close > high[1]; let y = 0.5 * y[1] - x[5] from close; x + y",
    ];
    texts.into_iter().map(rule).chain([everything()]).collect()
});

/// Runs rows of the columns and gives what came out.
pub fn run(session: &mut Session, columns: &[&[f64]], from: usize, to: usize) -> Vec<Vec<f64>> {
    let columns: Vec<_> = columns.iter().map(|column| &column[from..to]).collect();
    let mut out = vec![vec![0.0; to - from]; session.plan().outputs().len()];
    let mut slices: Vec<_> = out.iter_mut().map(Vec::as_mut_slice).collect();
    session.run(None, &columns, &mut slices).expect("columns of one length");
    out
}

/// The symbols' columns of a field as one matrix with a row per bar.
pub fn matrices(rule: &Rule, markets: &[Market]) -> Vec<Vec<f64>> {
    let columns: Vec<_> = markets.iter().map(|market| market.columns(rule.plan())).collect();
    (0..rule.plan().fields().len())
        .map(|f| (0..markets[0].bars()).flat_map(|bar| columns.iter().map(move |c| c[f][bar])).collect())
        .collect()
}

/// Runs rows of the matrices and gives what came out.
pub fn run_universe(universe: &mut Universe, matrices: &[Vec<f64>], from: usize, to: usize) -> Vec<Vec<f64>> {
    let symbols = universe.symbols();
    let fields: Vec<_> = matrices.iter().map(|m| &m[from * symbols..to * symbols]).collect();
    let mut out = vec![vec![0.0; (to - from) * symbols]; universe.plan().outputs().len()];
    let mut slices: Vec<_> = out.iter_mut().map(Vec::as_mut_slice).collect();
    universe.run(None, to - from, &fields, &mut slices).expect("matrices of one shape");
    out
}

pub fn markets(seed: u64, symbols: usize, bars: usize, missing: f64) -> Vec<Market> {
    let market = |symbol: u64| Market::new(seed ^ symbol, bars).with_missing(seed ^ symbol, missing);
    (0..symbols as u64).map(market).collect()
}

/// A frame around a body: its length and checksum made right.
pub fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let length = (bytes.len() + 4) as u64;
    if let Some(field) = bytes.get_mut(9..17) {
        field.copy_from_slice(&length.to_le_bytes());
    }
    let checksum = crc32c::crc32c(&bytes);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes
}

pub fn unsealed(bytes: &[u8]) -> Vec<u8> {
    bytes[..bytes.len() - 4].to_vec()
}

#[test]
fn the_order_in_which_outputs_are_named_is_no_part_of_a_snapshot() {
    let [one, other] =
        ["{a: close, b: ema(close, 2), c: close > 2}", "{c: close > 2, b: ema(close, 2), a: close}"]
            .map(|text| Rule::compile(text).expect("a rule"));
    let mut session = one.session(Options::default()).expect("a session");
    let event = |minutes: i64, close: f64| (minutes * 60_000_000_000, [close]);
    for (time_ns, fields) in [event(1, 1.0), event(2, 3.0), event(3, 4.0)] {
        session.step(&Event { time_ns: Some(time_ns), inputs: &fields }).expect("in order");
    }
    let bytes = session.snapshot();
    let mut restored = other.restore(&bytes).expect("the same plan");
    assert_eq!(restored.snapshot(), bytes);
    let values = |session: &mut Session| {
        let again = Event { time_ns: Some(180_000_000_000), inputs: &[4.0] };
        session.step(&again).expect("a repetition").values.iter().map(|x| x.value).collect::<Vec<_>>()
    };
    let mut of_other = values(&mut restored);
    of_other.reverse();
    assert_eq!(values(&mut session), of_other);
    assert_eq!(of_other[0], 4.0);
}

#[test]
fn a_session_restored_at_any_bar_ends_as_one_that_never_stopped() {
    const BARS: usize = 500;
    let rule = everything();
    for missing in [0.0, 0.08] {
        let market = Market::new(11, BARS).with_missing(11, missing);
        let columns = market.columns(rule.plan());
        let mut whole = rule.session(Options::default()).unwrap();
        let expected = bits(&run(&mut whole, &columns, 0, BARS));
        let ready = expected.iter().flatten().filter(|x| !f64::from_bits(**x).is_nan()).count();
        assert!(ready > 11 * BARS / 2, "{ready} ready values");
        let last = whole.snapshot();
        let mut stepped = rule.session(Options::default()).unwrap();
        for cut in 0..=BARS {
            let saved = stepped.snapshot();
            let mut restored = rule.restore(&saved).unwrap();
            assert!(restored.snapshot() == saved, "cut {cut}: the restored state has other bytes");
            let rest = bits(&run(&mut restored, &columns, cut, BARS));
            for (rest, expected) in rest.iter().zip(&expected) {
                assert!(rest == &expected[cut..], "cut {cut}");
            }
            assert!(restored.snapshot() == last, "cut {cut}: the last state has other bytes");
            if cut < BARS {
                let inputs = market.inputs(rule.plan(), cut);
                let out = stepped.step(&Event { time_ns: None, inputs: &inputs }).unwrap();
                for (value, expected) in out.values.iter().zip(&expected) {
                    assert_eq!(value.value.to_bits(), expected[cut], "step {cut}");
                }
            }
        }
    }
}

#[test]
fn a_universe_restored_at_any_bar_ends_as_one_that_never_stopped() {
    const BARS: usize = 500;
    const SYMBOLS: usize = 11;
    let rule = everything();
    let matrices = matrices(&rule, &markets(12, SYMBOLS, BARS, 0.02));
    let mut whole = rule.universe(SYMBOLS, Options::default()).unwrap();
    let expected = bits(&run_universe(&mut whole, &matrices, 0, BARS));
    let last = whole.snapshot();
    let mut walking = rule.universe(SYMBOLS, Options::default()).unwrap();
    for cut in 0..=BARS {
        let saved = walking.snapshot();
        let mut restored = rule.restore_universe(&saved).unwrap();
        assert!(restored.snapshot() == saved, "cut {cut}: the restored state has other bytes");
        let rest = bits(&run_universe(&mut restored, &matrices, cut, BARS));
        for (rest, expected) in rest.iter().zip(&expected) {
            assert!(rest == &expected[cut * SYMBOLS..], "cut {cut}");
        }
        assert!(restored.snapshot() == last, "cut {cut}: the last state has other bytes");
        if cut < BARS {
            run_universe(&mut walking, &matrices, cut, cut + 1);
        }
    }
}

/// How many bytes the names at the end of a snapshot without its checksum take, with their length.
pub fn names_length(body: &[u8]) -> usize {
    4 + u32::from_le_bytes(*body.last_chunk().unwrap()) as usize
}

/// One lane's bytes of each node, in order, from a snapshot with so many symbols.
fn node_states(bytes: &[u8], head: usize, symbols: usize) -> Vec<([u8; 16], Vec<Vec<u8>>)> {
    let body = &bytes[..bytes.len() - 4];
    let mut rest = &body[head..body.len() - names_length(body)];
    let mut nodes = Vec::new();
    while !rest.is_empty() {
        let id = *rest.first_chunk().unwrap();
        let length = u32::from_le_bytes(*rest[16..].first_chunk().unwrap()) as usize;
        let states = rest[20..20 + symbols * length].chunks(length).map(<[u8]>::to_vec).collect();
        nodes.push((id, states));
        rest = &rest[20 + symbols * length..];
    }
    nodes
}

#[test]
fn a_preview_of_a_universe_gives_what_a_step_would_and_leaves_every_bit() {
    const BARS: usize = 60;
    const SYMBOLS: usize = 11;
    let rule = everything();
    let matrices = matrices(&rule, &markets(21, SYMBOLS, 2 * BARS, 0.05));
    for instructions in [ta_engine::Instructions::Best, ta_engine::Instructions::Baseline] {
        let options = Options { instructions, ..Options::default() };
        let mut universe = rule.universe(SYMBOLS, options).unwrap();
        let mut undisturbed = rule.universe(SYMBOLS, options).unwrap();
        let row =
            |bar: usize| -> Vec<&[f64]> { matrices.iter().map(|m| &m[bar * SYMBOLS..][..SYMBOLS]).collect() };
        let outputs = rule.plan().outputs().len();
        for bar in 0..BARS {
            let (mut seen, mut stepped) =
                (vec![vec![0.0; SYMBOLS]; outputs], vec![vec![0.0; SYMBOLS]; outputs]);
            let mut slices: Vec<_> = seen.iter_mut().map(Vec::as_mut_slice).collect();
            // What forms is another bar at first.
            universe.preview(None, &row(BARS + bar), &mut slices).unwrap();
            let mut slices: Vec<_> = seen.iter_mut().map(Vec::as_mut_slice).collect();
            universe.preview(None, &row(bar), &mut slices).unwrap();
            assert!(universe.snapshot() == undisturbed.snapshot(), "bar {bar}: the state is another");
            for universe in [&mut universe, &mut undisturbed] {
                let mut slices: Vec<_> = stepped.iter_mut().map(Vec::as_mut_slice).collect();
                universe.step(None, &row(bar), &mut slices).unwrap();
                assert_eq!(bits(&stepped), bits(&seen), "bar {bar}");
            }
        }
    }
}

#[test]
fn a_symbol_has_the_same_state_alone_and_in_a_tile() {
    const SYMBOLS: usize = 19;
    let rule = everything();
    let (fields, outputs) = (rule.plan().fields().len(), rule.plan().outputs().len());
    for (missing, bars) in [(0.0, 120), (0.0, 1_201), (0.03, 777), (0.5, 300)] {
        let markets = markets(14, SYMBOLS, bars, missing);
        let mut universe = rule.universe(SYMBOLS, Options::default()).unwrap();
        run_universe(&mut universe, &matrices(&rule, &markets), 0, bars);
        let head = HEADER + UNIVERSE_HEAD + 8 * fields * SYMBOLS;
        let tiled = node_states(&universe.snapshot(), head, SYMBOLS);
        assert!(tiled.len() > 25, "{} nodes with state", tiled.len());
        for (symbol, market) in markets.iter().enumerate() {
            let mut session = rule.session(Options::default()).unwrap();
            for bar in 0..bars {
                let inputs = market.inputs(rule.plan(), bar);
                session.step(&Event { time_ns: None, inputs: &inputs }).unwrap();
            }
            let head = HEADER + SESSION_HEAD + 8 * fields + 9 * outputs;
            let alone = node_states(&session.snapshot(), head, 1);
            assert_eq!(alone.len(), tiled.len());
            for (at, (alone, tiled)) in alone.iter().zip(&tiled).enumerate() {
                assert_eq!(alone.0, tiled.0);
                assert_eq!(alone.1[0], tiled.1[symbol], "node {at} of symbol {symbol}, {missing} missing");
            }
        }
    }
}

/// Changes some bytes of a body in ways that a checksum would have found.
fn mutate(body: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..1 + random.below(6) {
        // The fingerprint is left alone: behind it nothing would be read. The names at the end are hit as often as the head.
        let behind = body.len().saturating_sub(4);
        let names =
            body.get(behind..).map_or(0, |length| u32::from_le_bytes(length.try_into().unwrap()) as usize);
        let state = behind.saturating_sub(names).clamp(50, body.len()) - 49;
        let at = match random.below(8) {
            0 => random.below(9),
            1 => 49 + random.below(body.len() - 49),
            _ => 49 + random.below(state),
        };
        let wide = [
            0,
            1,
            u64::MAX,
            1 << 63,
            f64::INFINITY.to_bits(),
            f64::NAN.to_bits(),
            1e308f64.to_bits(),
            random.next(),
        ];
        match random.below(8) {
            0 => body[at] = random.next() as u8,
            1 => body[at] ^= 1 << random.below(8),
            2 | 3 => {
                let end = (at + 8).min(body.len());
                let word = wide[random.below(wide.len())].to_le_bytes();
                body[at..end].copy_from_slice(&word[..end - at]);
            }
            4 => {
                let end = (at + 4).min(body.len());
                body[at..end].fill([0, 0xff, 1, 0x7f][random.below(4)]);
            }
            5 => body.truncate(at.max(58)),
            6 => body.insert(at, random.next() as u8),
            _ => body.extend_from_slice(&random.next().to_le_bytes()),
        }
    }
}

/// A state that was let in must bear everything that can be done with it.
fn exercise(mut session: Session, saved: &[u8], market: &Market) {
    assert!(session.snapshot() == saved, "one state has one form of bytes");
    let columns = market.columns(session.plan()).into_iter().map(<[f64]>::to_vec).collect::<Vec<_>>();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let time_ns = |at: i64| session_time(&session, at);
    let times: Option<Vec<i64>> = time_ns(1).map(|_| (1..=20).filter_map(time_ns).collect());
    let inputs = market.inputs(session.plan(), 0);
    let event = Event { time_ns: time_ns(1), inputs: &inputs };
    let _ = session.preview(&event, &mut Vec::new());
    let _ = session.step(&event);
    let mut out = vec![vec![0.0; 20]; session.plan().outputs().len()];
    let mut slices: Vec<_> = out.iter_mut().map(Vec::as_mut_slice).collect();
    let part: Vec<_> = columns.iter().map(|c| &c[..20]).collect();
    let _ = session.run(times.as_deref(), &part, &mut slices);
    let bytes = session.snapshot();
    assert!(
        Session::restore(session.plan(), &bytes, Default::default()).is_ok(),
        "what it saves it restores"
    );
}

fn session_time(session: &Session, at: i64) -> Option<i64> {
    session.last_time_ns().map(|last| last.saturating_add(at))
}

/// A body that a right checksum vouches for is refused or restored, and never brings the engine down.
#[test]
fn a_made_up_body_never_brings_the_engine_down() {
    let (restored, refused) = (Cell::new(0), Cell::new(0));
    let count = |was_restored: bool| {
        let counter = if was_restored { &restored } else { &refused };
        counter.set(counter.get() + 1);
    };
    let config = ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() };
    let case = |seed: u64| {
        let mut random = Random::new(seed);
        let rule = &RULES[random.below(RULES.len())];
        let bars = 20 + random.below(30);
        let market = Market::new(seed, bars);
        let mut session = rule.session(Options::default()).unwrap();
        run(&mut session, &market.columns(rule.plan()), 0, bars);
        let mut body = unsealed(&session.snapshot());
        mutate(&mut body, &mut random);
        let hostile = sealed(body);
        let market = Market::new(!seed, 20);
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let session = rule.restore(&hostile);
            count(session.is_ok());
            session.into_iter().for_each(|session| exercise(session, &hostile, &market));
        }));
        prop_assert!(outcome.is_ok(), "session, seed {}", seed);
        let symbols = 1 + random.below(10);
        let mut universe = rule.universe(symbols, Options::default()).unwrap();
        run_universe(&mut universe, &matrices(rule, &markets(seed, symbols, 20, 0.1)), 0, 20);
        let mut body = unsealed(&universe.snapshot());
        mutate(&mut body, &mut random);
        let hostile = sealed(body);
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let universe = rule.restore_universe(&hostile);
            count(universe.is_ok());
            universe.into_iter().for_each(|universe| exercise_universe(rule, universe, &hostile, seed));
        }));
        prop_assert!(outcome.is_ok(), "universe, seed {}", seed);
        Ok(())
    };
    TestRunner::new(config).run(&any::<u64>(), case).unwrap_or_else(|error| panic!("{error}"));
    // Neither door is the only one that was tried.
    let (restored, refused) = (restored.get(), refused.get());
    assert!(restored > 400 && refused > 4_000, "{restored} restored, {refused} refused");
}

fn exercise_universe(rule: &Rule, mut universe: Universe, saved: &[u8], seed: u64) {
    assert!(universe.snapshot() == saved, "one state has one form of bytes");
    if universe.symbols() == 0 {
        return; // Nobody has bars for it.
    }
    let matrices = matrices(rule, &markets(!seed, universe.symbols(), 20, 0.1));
    let fields: Vec<_> = matrices.iter().map(Vec::as_slice).collect();
    let mut out = vec![vec![0.0; 20 * universe.symbols()]; rule.plan().outputs().len()];
    let mut slices: Vec<_> = out.iter_mut().map(Vec::as_mut_slice).collect();
    // Refused where the made-up state has a time.
    let _ = universe.run(None, 20, &fields, &mut slices);
    assert!(rule.restore_universe(&universe.snapshot()).is_ok(), "what it saves it restores");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// However a run is split into steps, runs, forming bars and restarts: the same values, the same last bytes.
    #[test]
    fn any_split_of_a_run_gives_the_same_bits(seed: u64, missing in prop::sample::select(vec![0.0, 0.02, 0.3])) {
        let mut random = Random::new(seed);
        let rule = &RULES[random.below(RULES.len())];
        let bars = [30 + random.below(120), 1_000 + random.below(100)][usize::from(random.below(25) == 0)];
        let market = Market::new(seed, bars).with_missing(seed, missing);
        let other = Market::new(!seed, bars).with_missing(!seed, missing);
        let missing_input = [MissingInput::EmitMissing, MissingInput::HoldPrevious][random.below(2)];
        let policies = Policies { missing_input, ..Policies::default() };
        let options = Options { policies, ..Options::default() };
        let columns = market.columns(rule.plan());
        let mut whole = rule.session(options).unwrap();
        let expected = run(&mut whole, &columns, 0, bars);
        let mut session = rule.session(options).unwrap();
        let mut found: Vec<Vec<f64>> = vec![Vec::new(); expected.len()];
        while found[0].len() < bars {
            let bar = found[0].len();
            let inputs = market.inputs(rule.plan(), bar);
            match random.below(7) {
                0 => session = rule.restore(&session.snapshot()).unwrap(),
                1 => {
                    let inputs = other.inputs(rule.plan(), bar);
                    session.preview(&Event { time_ns: None, inputs: &inputs }, &mut Vec::new()).unwrap();
                }
                2 | 3 => {
                    let to = (bar + random.below(40)).min(bars);
                    for (found, part) in found.iter_mut().zip(run(&mut session, &columns, bar, to)) {
                        found.extend(part);
                    }
                }
                4 if expected.len() == 1 => {
                    let (open, high, low) = (market.open[bar], market.high[bar], market.low[bar]);
                    let (close, volume) = (market.close[bar], market.volume[bar]);
                    found[0].push(session.step_value(&Bar { time_ns: None, open, high, low, close, volume }).unwrap());
                }
                _ => {
                    let out = session.step(&Event { time_ns: None, inputs: &inputs }).unwrap();
                    found.iter_mut().zip(out.values).for_each(|(found, value)| found.push(value.value));
                }
            }
        }
        prop_assert_eq!(bits(&found), bits(&expected));
        prop_assert!(session.snapshot() == whole.snapshot(), "the last states differ");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// However a universe's run is split, each symbol has the values of a session of its own.
    #[test]
    fn any_split_of_a_universe_gives_the_bits_of_its_symbols(seed: u64, missing in prop::sample::select(vec![0.0, 0.02, 0.3])) {
        let mut random = Random::new(seed);
        let rule = &RULES[random.below(RULES.len())];
        let (symbols, bars) = (1 + random.below(20), 30 + random.below(250));
        let markets = markets(seed, symbols, bars, missing);
        let matrices = matrices(rule, &markets);
        let missing_input = [MissingInput::EmitMissing, MissingInput::HoldPrevious][random.below(2)];
        let policies = Policies { missing_input, ..Policies::default() };
        let options = Options { policies, ..Options::default() };
        let mut universe = rule.universe(symbols, options).unwrap();
        let mut found: Vec<Vec<f64>> = vec![Vec::new(); rule.plan().outputs().len()];
        while found[0].len() < bars * symbols {
            let bar = found[0].len() / symbols;
            if random.below(4) == 0 {
                universe = rule.restore_universe(&universe.snapshot()).unwrap();
            } else if random.below(2) == 0 {
                let to = (bar + random.below(200)).min(bars);
                for (found, part) in found.iter_mut().zip(run_universe(&mut universe, &matrices, bar, to)) {
                    found.extend(part);
                }
            } else {
                let fields: Vec<_> = matrices.iter().map(|m| &m[bar * symbols..][..symbols]).collect();
                let mut out = vec![vec![0.0; symbols]; found.len()];
                let mut slices: Vec<_> = out.iter_mut().map(Vec::as_mut_slice).collect();
                universe.step(None, &fields, &mut slices).unwrap();
                found.iter_mut().zip(out).for_each(|(found, out)| found.extend(out));
            }
        }
        for (symbol, market) in markets.iter().enumerate() {
            let mut session = rule.session(options).unwrap();
            let expected = run(&mut session, &market.columns(rule.plan()), 0, bars);
            let lane: Vec<Vec<f64>> =
                found.iter().map(|m| m.iter().copied().skip(symbol).step_by(symbols).collect()).collect();
            prop_assert_eq!(bits(&lane), bits(&expected), "symbol {}", symbol);
        }
    }
}
