//! Values that see their own past: what they are, on every way a bar may come, and what is refused.

use ta_engine::lang::json::{from_json, to_json};
use ta_engine::lang::{Definitions, Expr, Given, Limits};
use ta_engine::rule::CompileLimits;
use ta_engine::{Event, Options, Rule, catalog};

use crate::market::{Market, Random};

const TRAILING: &str = "let reach = atr(5);
let stop = if(close > stop[1] and close[1] > stop[1], greatest(stop[1], close - reach),
           if(close < stop[1] and close[1] < stop[1], least(stop[1], close + reach),
           if(close > stop[1], close - reach, close + reach))) from close - reach;
{stop: stop, buy: crossup(close, stop), sell: crossdown(close, stop)}";
const POSITION: &str = "let b = bbands(close, 5);
let entry = if(inside[1], entry[1], close) from close;
let inside = if(inside[1], close >= 0.9 * entry and close <= b.upper, close < b.lower) from false;
{entry: entry, inside: inside, buy: inside and not inside[1]}";
const SINCE: &str =
    "let top = greatest(top[1], high) from high restart when crossup(close, sma(close, 7)); top";
const LATCH: &str =
    "let latch(set, reset) = (let on = if(set, true, if(reset, false, on[1])) from false; on);
latch(close > close[1], close < close[2]) and latch(high > high[3], latch(low < low[1], open > close))";
const DEEP: &str =
    "let f = 0.3 * f[3] + 0.2 * f[7] + 0.5 * close from close restart when close > 1.05 * f[5]; f";
const APART: &str = "let up = close > line[2];
let line = if(up, line[1] + 0.5 * (high - line[1]), line[1] + 0.25 * (low - line[1])) from hl2;
{up: up, line: line}";

const ALL: [&str; 6] = [TRAILING, POSITION, SINCE, LATCH, DEEP, APART];

fn bits(column: &[f64]) -> Vec<u64> {
    column.iter().map(|x| x.to_bits()).collect()
}

fn compiled(text: &str) -> Rule {
    Rule::compile(text).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

fn refused(text: &str) -> String {
    match Rule::compile(text) {
        Ok(_) => panic!("{text} was accepted"),
        Err(error) => error.to_string(),
    }
}

fn run(text: &str, market: &Market) -> Vec<Vec<f64>> {
    let rule = compiled(text);
    rule.run(None, &market.columns(rule.plan()), Options::default()).unwrap()
}

fn of_closes(closes: &[f64]) -> Market {
    let same = closes.to_vec();
    Market { open: same.clone(), high: same.clone(), low: same.clone(), close: same.clone(), volume: same }
}

#[test]
fn the_past_before_the_first_bar_is_that_bars_beginning() {
    let market = of_closes(&[5.0, 3.0, 8.0, 7.0, f64::NAN, 6.0, 9.0]);
    let n = f64::NAN;
    for (text, expected) in [
        ("let top = greatest(top[1], close) from close; top", [5.0, 5.0, 8.0, 8.0, n, 8.0, 9.0]),
        ("let total = total[1] + close from 0; total", [5.0, 8.0, 16.0, 23.0, n, 29.0, 38.0]),
        ("let x = x[2] + 1 from close; x", [6.0, 6.0, 7.0, 7.0, n, 8.0, 8.0]),
        ("let n = n[1] + 1 from 0; n + close - close", [1.0, 2.0, 3.0, 4.0, n, 6.0, 7.0]),
        ("let s = s[1] + close from 0 restart when close > 7.5; s", [5.0, 8.0, 8.0, 15.0, n, 21.0, 9.0]),
        ("let s = s[1] / (close - 7) from 1; s", [-0.5, 0.125, 0.125, n, n, -0.125, -0.0625]),
        ("let x = x[3] from close restart when close == 7; x", [5.0, 5.0, 5.0, 7.0, n, 7.0, 7.0]),
        (
            "let s = greatest(s[1], close) from close restart when close < s[1]; s",
            [5.0, 3.0, 8.0, 7.0, n, 6.0, 9.0],
        ),
        ("(let a = a[1] + b from 0; let b = close; a)", [5.0, 8.0, 16.0, 23.0, n, 29.0, 38.0]),
    ] {
        assert_eq!(bits(&run(text, &market)[0]), bits(&expected), "{text}");
    }
}

#[test]
fn every_way_of_taking_bars_gives_the_same_bits() {
    for (seed, text) in (0_u64..).zip(ALL.iter().cycle().take(60)) {
        let rule = compiled(text);
        let plan = rule.plan();
        let markets: Vec<_> = (0..11)
            .map(|symbol| {
                Market::new(seed * 100 + symbol, 90)
                    .with_missing(seed + symbol, [0.0, 0.03, 0.3][seed as usize % 3])
            })
            .collect();
        let alone: Vec<_> = markets.iter().map(|market| run(text, market)).collect();
        let mut random = Random::new(seed);
        for (market, expected) in markets.iter().zip(&alone) {
            let columns = market.columns(plan);
            let mut session = rule.session(Options::default()).unwrap();
            for bar in 0..market.bars() {
                let inputs: Vec<_> = columns.iter().map(|column| column[bar]).collect();
                if random.below(3) == 0 {
                    let before = session.snapshot();
                    let other: Vec<_> = inputs.iter().map(|x| x * 1.5).collect();
                    let mut out = Vec::new();
                    session.preview(&Event { time_ns: None, inputs: &other }, &mut out).unwrap();
                    session.preview(&Event { time_ns: None, inputs: &inputs }, &mut out).unwrap();
                    let values: Vec<_> = out.iter().map(|value| value.value).collect();
                    let row: Vec<_> = expected.iter().map(|column| column[bar]).collect();
                    assert_eq!(bits(&values), bits(&row), "{text}, preview of bar {bar}");
                    assert_eq!(session.snapshot(), before, "{text}: a preview leaves nothing");
                }
                if random.below(3) == 0 {
                    session = rule.restore(&session.snapshot()).unwrap();
                }
                let out = session.step(&Event { time_ns: None, inputs: &inputs }).unwrap();
                for (value, column) in out.values.iter().zip(expected) {
                    assert_eq!(value.value.to_bits(), column[bar].to_bits(), "{text}, bar {bar}");
                }
            }
        }
        let matrices = crate::replay::matrices(&rule, &markets);
        let mut universe = rule.universe(markets.len(), Options::default()).unwrap();
        let mut tiled = crate::replay::run_universe(&mut universe, &matrices, 0, 40);
        universe = rule.restore_universe(&universe.snapshot()).unwrap();
        let rest = crate::replay::run_universe(&mut universe, &matrices, 40, 90);
        for (output, column) in tiled.iter_mut().enumerate() {
            column.extend(&rest[output]);
            for (symbol, expected) in alone.iter().enumerate() {
                let own: Vec<_> = column.iter().skip(symbol).step_by(markets.len()).copied().collect();
                assert_eq!(bits(&own), bits(&expected[output]), "{text}, symbol {symbol} of a universe");
            }
        }
    }
}

#[test]
fn what_is_printed_and_what_is_written_as_json_reads_back() {
    for text in ALL {
        let rule = compiled(text);
        let printed: Vec<_> = rule.outputs().iter().map(|(name, tree)| format!("{name}: {tree}")).collect();
        let again = compiled(&format!("{{{}}}", printed.join(", ")));
        for ((_, tree), (_, read)) in rule.outputs().iter().zip(again.outputs()) {
            assert_eq!(tree.without_spans(), read.without_spans(), "{tree}");
            let json: Expr = from_json(&to_json(tree), &Limits::default()).unwrap();
            assert_eq!(&json, tree);
            let read = Rule::from_ir(vec![("value".to_owned(), json)]).unwrap();
            let own = Rule::from_ir(vec![("value".to_owned(), tree.clone())]).unwrap();
            assert_eq!(read.plan().fingerprint(), own.plan().fingerprint());
        }
    }
}

#[test]
fn names_and_the_order_of_writing_decide_nothing() {
    let fingerprint = |text: &str| *compiled(text).plan().fingerprint();
    let one = fingerprint("let a = a[1] + b from 0; let b = b[2] * 0.5 + a[1] from close; a");
    assert_eq!(one, fingerprint("let x = x[1] + y from 0; let y = y[2] * 0.5 + x[1] from close; x"));
    assert_eq!(one, fingerprint("let y = y[2] * 0.5 + x[1] from close; let x = x[1] + y from 0; x"));
    assert_ne!(one, fingerprint("let a = a[1] + b from 1; let b = b[2] * 0.5 + a[1] from close; a"));
    assert_ne!(one, fingerprint("let a = a[1] + b from 0; let b = b[3] * 0.5 + a[1] from close; a"));
    let twice = compiled("let a = a[1] + close from 0; let b = b[1] + close from 0; a - b");
    assert_eq!(twice.plan().node_count(), 2);
}

#[test]
fn what_cannot_be_a_loop_is_refused_with_its_place() {
    for (text, message) in [
        ("let x = x + 1 from 0; x", "`x` needs its own value of this bar: write `x[1]` (x -> x)"),
        ("let x = x + 1; x", "`x` needs its own value of this bar: write `x[1]` (x -> x)"),
        ("let a = b + 1 from 0; let b = a from 0; a", "needs its own value of this bar: "),
        ("let s = s[1] + 1; s", "`s` looks at its own past: say what it is before the first bar, `from ...`"),
        (
            "let s = ema(s[1] + close, 3) from close; s",
            "`ema` remembers, and what it would remember is being defined",
        ),
        ("let s = sma(s[1], 3) from close; s", "`sma` remembers"),
        ("let s = close from close; s", "`from` on a `let` that does not read itself: never used"),
        ("let s = s[1] + 1 from false; s", "'s' is a number and begins as true or false"),
        ("let s = s[1] from 1 restart when close; s", "begins again when something is true"),
        ("let s = s[4097] + 1 from 0; s", "may look back 4096 bars in all, and this one does 4097"),
        ("let s = s[1] restart when close > 1; s", "nothing says as what"),
        ("let a = k + a[1] from 0; let k = close; a", "Unknown identifier 'k'"),
        (
            "let s = s[1] + 1 from s; s",
            "`s` needs its own value of this bar: what it was before may not need it (s -> s)",
        ),
        ("let s = s[1].sum() from 1; s", "`sum` remembers"),
        ("let s = s[1] + 1 from; s", "unexpected `;`"),
        ("let a = 1; let b = d + 1; let d = 2; b", "Unknown identifier 'd'"),
    ] {
        let error = refused(text);
        assert!(error.contains(message), "{text}\n{error}");
        assert!(error.contains("-->") || error.contains("line") || error.contains('^'), "{text}\n{error}");
    }
}

#[test]
fn a_defined_value_may_see_its_own_past_and_a_function_may_remember() {
    let text = "let top = greatest(top[1], high) from high restart when close < open;
        let latch(set, reset) = (let on = if(set, true, if(reset, false, on[1])) from false; on);";
    let definitions = Definitions::parse(&[("prelude", text)], catalog(), &Limits::default()).unwrap();
    let given = Given { definitions: Some(&definitions), ..Given::default() };
    let rule = Rule::compile_given(
        "top - close + nz(latch(close > open, low < low[1]))",
        &given,
        CompileLimits::default(),
    );
    let rule = rule.unwrap_or_else(|error| panic!("{error}"));
    let written = "let top = greatest(top[1], high) from high restart when close < open;
        let on = if(close > open, true, if(low < low[1], false, on[1])) from false;
        top - close + nz(on)";
    assert_eq!(rule.plan().fingerprint(), compiled(written).plan().fingerprint());
    for (text, message) in [
        ("let top = high from high;", "`from` on a `let` that does not read itself: never used"),
        ("let top = top[1] + 1;", "'top' needs itself: top -> top"),
        ("let f(x) = f(x) from 1;", "'f' needs itself: f -> f"),
    ] {
        let error =
            Definitions::parse(&[("mine", text)], catalog(), &Limits::default()).unwrap_err().to_string();
        assert!(error.contains(message), "{text}\n{error}");
    }
}
