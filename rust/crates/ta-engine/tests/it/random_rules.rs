//! Made rules: random texts over the whole grammar, and what holds for every one of them.
//!
//! A text is built from its kinds of values, number and truth value, so it always compiles.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use ta_engine::catalog::{IndicatorSpec, InputRole, OutputKind, OutputSpec, ParamKind, ParamValue};
use ta_engine::lang::{self, Limits};
use ta_engine::{Event, Options, Rule, catalog, times};

use crate::conformance::{is_of_one_symbol, reads_calendar};
use crate::corpus::meaning;
use crate::feed::bits;
use crate::market::{Market, Random};

const HOUR_NS: u64 = 3_600_000_000_000;
const FIELDS: [&str; 12] = [
    "open",
    "high",
    "low",
    "close",
    "volume",
    "price",
    "hlc3",
    "ohlc4",
    "hl2",
    "range",
    "upper_wick",
    "lower_wick",
];

/// What bars without streams can be asked for.
static WITHOUT_CALENDAR: LazyLock<Vec<&'static IndicatorSpec>> =
    LazyLock::new(|| catalog().specs().iter().filter(|spec| is_of_one_symbol(spec)).copied().collect());

/// What a made rule may use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape<'a> {
    /// What stands in front of a field: `""` for a bare one, `"ETH."`, `"ohlcv.4h."`.
    pub(crate) prefixes: &'a [&'a str],
    /// About how many parts the text has.
    pub(crate) size: usize,
    /// Shifts by whole hours, too.
    pub(crate) has_durations: bool,
}

/// The text of the rule with this number.
pub(crate) fn random_rule(seed: u64, shape: Shape<'_>) -> String {
    let mut maker = Maker { random: Random::new(seed), shape, names: Vec::new() };
    maker.program()
}

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Number,
    Truth,
}

/// Whether an output has values of a kind, or may have.
fn gives(output: &OutputSpec, wanted: Type) -> bool {
    match output.kind {
        OutputKind::Like => true,
        OutputKind::Bool => wanted == Type::Truth,
        _ => wanted == Type::Number,
    }
}

/// What a name in the text stands for.
#[derive(Clone, Debug)]
enum Named {
    Value(Type),
    /// Its arguments, its value, and the names of its values where it has several.
    Function {
        arguments: Vec<Type>,
        value: Type,
        outputs: &'static [&'static str],
    },
}

struct Maker<'a> {
    random: Random,
    shape: Shape<'a>,
    names: Vec<(String, Named)>,
}

impl Maker<'_> {
    fn program(&mut self) -> String {
        let mut text = String::new();
        for at in 0..self.random.below(4) {
            let statement = match self.random.below(2) {
                0 => self.binding(at),
                _ => self.function(at),
            };
            text += &statement;
        }
        let size = self.shape.size;
        if self.random.below(5) > 0 {
            let value = self.any();
            return text + &self.value(value, size);
        }
        let outputs = 1 + self.random.below(3);
        let entries: Vec<_> = (0..outputs)
            .map(|at| {
                let value = self.any();
                format!("out{at}: {}", self.value(value, size / outputs))
            })
            .collect();
        format!("{text}{{{}}}", entries.join(", "))
    }

    fn any(&mut self) -> Type {
        if self.random.below(2) == 0 { Type::Number } else { Type::Truth }
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.random.below(all.len())]
    }

    fn binding(&mut self, at: usize) -> String {
        let value = self.any();
        let size = self.shape.size / 4;
        let text = format!("let value{at} = {};\n", self.value(value, size));
        self.names.push((format!("value{at}"), Named::Value(value)));
        text
    }

    /// `let function0(x, y, n = 3) = ...;`, with one value or a map of two.
    fn function(&mut self, at: usize) -> String {
        let arguments: Vec<_> = (0..self.random.below(3)).map(|_| self.any()).collect();
        let value = self.any();
        let outer = self.names.len();
        let mut params = Vec::new();
        for (at, argument) in arguments.iter().enumerate() {
            let name = ["x", "y"][at].to_owned();
            params.push(name.clone());
            self.names.push((name, Named::Value(*argument)));
        }
        params.push("n = 3".to_owned());
        let size = self.shape.size / 4;
        let body = |maker: &mut Self| {
            let text = maker.value(value, size);
            match value {
                Type::Number => format!("{text} + sma({}, n)", maker.series(1)),
                Type::Truth => format!("({text}) and (({})[n])", maker.value(Type::Truth, 2)),
            }
        };
        let outputs: &[&str] = if self.random.below(3) == 0 { &["upper", "lower"] } else { &[] };
        let body = match outputs {
            [upper, lower] => format!("{{{upper}: {}, {lower}: {}}}", body(self), body(self)),
            _ => body(self),
        };
        self.names.truncate(outer);
        self.names.push((format!("function{at}"), Named::Function { arguments, value, outputs }));
        format!("let function{at}({}) = {body};\n", params.join(", "))
    }

    fn value(&mut self, value: Type, size: usize) -> String {
        match value {
            Type::Number => self.number(size),
            Type::Truth => self.truth(size),
        }
    }

    /// A value that a dot or a bracket may follow.
    fn atom(&mut self, value: Type, size: usize) -> String {
        let text = self.value(value, size);
        let is_word = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.');
        if is_word { text } else { format!("({text})") }
    }

    fn field(&mut self) -> String {
        let prefix = self.one_of(self.shape.prefixes);
        let field = match self.random.below(3) {
            0 => self.one_of(&FIELDS),
            _ => self.one_of(&FIELDS[..5]),
        };
        format!("{prefix}{field}")
    }

    fn constant(&mut self) -> String {
        self.one_of(&["2", "0.5", "1", "3.25", "10", "1e2", "7"]).to_owned()
    }

    /// A name that stands for such a value, with its arguments.
    fn named(&mut self, wanted: Type, size: usize) -> Option<String> {
        // Calls in calls without end would make a text without end.
        let fits = |named: &Named| match named {
            Named::Value(value) => *value == wanted,
            Named::Function { value, .. } => *value == wanted && size > 1,
        };
        let fitting: Vec<_> = self.names.iter().filter(|(_, named)| fits(named)).cloned().collect();
        if fitting.is_empty() {
            return None;
        }
        let (name, named) = fitting[self.random.below(fitting.len())].clone();
        let Named::Function { arguments, outputs, .. } = named else { return Some(name) };
        let by_name = self.random.below(3) == 0;
        let mut given: Vec<String> = Vec::new();
        for (at, argument) in arguments.iter().enumerate() {
            // A series, so that nothing is a constant alone.
            let value = match argument {
                Type::Number => self.series(size / 2),
                Type::Truth => self.value(Type::Truth, size / 2),
            };
            given.push(if by_name { format!("{}={value}", ["x", "y"][at]) } else { value });
        }
        if self.random.below(2) == 0 {
            let n = 1 + self.random.below(6);
            given.push(if by_name { format!("n={n}") } else { n.to_string() });
        }
        let call = format!("{name}({})", given.join(", "));
        Some(match outputs {
            [] => call,
            outputs => format!("{call}.{}", self.one_of(outputs)),
        })
    }

    /// A number that is no constant.
    fn series(&mut self, size: usize) -> String {
        self.number(size)
    }

    fn number(&mut self, size: usize) -> String {
        if size <= 1 {
            return match self.random.below(4) {
                0 => self.named(Type::Number, 1).unwrap_or_else(|| self.field()),
                _ => self.field(),
            };
        }
        let half = size / 2;
        match self.random.below(16) {
            0..=2 => {
                let op = self.one_of(&["+", "-", "*", "/", "%"]);
                let (left, right) = (self.number(half), self.number(size - half - 1));
                if self.random.below(2) == 0 {
                    format!("{left} {op} {right}")
                } else {
                    format!("({left}) {op} ({right})")
                }
            }
            3 => {
                let op = self.one_of(&["+", "-", "*", "/", "%", "**"]);
                let right =
                    if op == "**" { self.one_of(&["2", "0.5", "-1"]).to_owned() } else { self.constant() };
                format!("({}) {op} {right}", self.number(size - 1))
            }
            4 => format!("{} - {}", self.constant(), self.atom(Type::Number, size - 1)),
            5 => format!("{}({})", self.one_of(&["-", "+"]), self.number(size - 1)),
            6..=9 => self.call(Type::Number, size),
            10 => self.shifted(Type::Number, size),
            11 => {
                let operation = self.one_of(&["change", "change_pct", "roc"]);
                let rows = 1 + self.random.below(5);
                let unit = if self.shape.has_durations && self.random.below(2) == 0 { "h" } else { "" };
                format!("{}.{operation}_{rows}{unit}", self.atom(Type::Number, size - 1))
            }
            12 => format!("{}.filter({})", self.atom(Type::Number, half), self.truth(half)),
            13 => {
                let operation = self.one_of(&["count", "count()", "sum()", "avg()", "max()", "min()"]);
                let series = match self.random.below(2) {
                    0 => self.atom(Type::Number, size - 1),
                    _ => format!("({}).filter({})", self.number(half), self.truth(half)),
                };
                format!("{series}.{operation}")
            }
            14 => {
                let operation = self.one_of(&["sum", "avg", "max", "min"]);
                let field = self.one_of(&FIELDS[..5]);
                format!("ohlcv.filter({}).{operation}({field})", self.truth(size - 1))
            }
            _ => self.named(Type::Number, half).unwrap_or_else(|| self.field()),
        }
    }

    fn truth(&mut self, size: usize) -> String {
        let half = size / 2;
        match self.random.below(12) {
            0..=3 => {
                let op = self.one_of(&[">", ">=", "<", "<=", "==", "!="]);
                format!("{} {op} {}", self.number(half), self.number(size.saturating_sub(half + 1)))
            }
            4 => {
                let op = self.one_of(&["<", ">="]);
                format!("{} {op} {}", self.atom(Type::Number, size.saturating_sub(1)), self.constant())
            }
            5 => {
                let (low, high) = (self.atom(Type::Number, 1), self.atom(Type::Number, 1));
                format!("{low} <= {} < {high}", self.atom(Type::Number, half))
            }
            6 | 7 if size > 2 => {
                let op = self.one_of(&["and", "or"]);
                let terms: Vec<_> = (0..2 + self.random.below(2)).map(|_| self.truth(size / 3)).collect();
                match self.random.below(2) {
                    0 => format!("({})", terms.join(&format!(" {op} "))),
                    _ => format!(
                        "({})",
                        terms.iter().map(|t| format!("({t})")).collect::<Vec<_>>().join(&format!(" {op} "))
                    ),
                }
            }
            8 => format!("(not ({}))", self.truth(size.saturating_sub(1))),
            9 if size > 1 => self.call(Type::Truth, size),
            10 if size > 1 => self.shifted(Type::Truth, size),
            _ => self.named(Type::Truth, half).unwrap_or_else(|| {
                let (left, right) = (self.field(), self.field());
                format!("{left} > {right}")
            }),
        }
    }

    /// A value some rows ago, written in one of the ways.
    fn shifted(&mut self, value: Type, size: usize) -> String {
        let rows = 1 + self.random.below(4);
        let of = self.atom(value, size - 1);
        match self.random.below(if self.shape.has_durations { 5 } else { 3 }) {
            0 => format!("{of}[{}]", rows - 1),
            1 => format!("{of}.{rows}_ago"),
            2 => format!("{of}.{rows}"),
            _ => format!("{of}.{rows}h_ago"),
        }
    }

    /// A call of some indicator with such a value.
    fn call(&mut self, wanted: Type, size: usize) -> String {
        let fits = |spec: &&&'static IndicatorSpec| spec.outputs.iter().any(|output| gives(output, wanted));
        let fitting: Vec<_> = WITHOUT_CALENDAR.iter().filter(fits).copied().collect();
        let spec = self.one_of(&fitting);
        self.call_of(spec, wanted, size)
    }

    /// A call of this indicator; where its value is like its operands, these are of the kind that is wanted.
    fn call_of(&mut self, spec: &'static IndicatorSpec, wanted: Type, size: usize) -> String {
        let mut name = spec.name;
        if !spec.aliases.is_empty() && self.random.below(2) == 0 {
            name = self.one_of(spec.aliases);
        }
        let operand = if spec.outputs[0].kind == OutputKind::Like { wanted } else { Type::Number };
        let operands = spec.inputs.iter().filter(|input| input.role.is_operand()).count();
        let part = (size - 1) / (operands + 1);
        let (mut placed, mut named) = (Vec::new(), Vec::new());
        // By place in front, by name behind; what has a default may be left out where all is by name.
        let by_name = self.random.below(3) == 0;
        for input in spec.inputs {
            let text = match input.role {
                InputRole::Field { .. }
                | InputRole::Computed { .. }
                | InputRole::Time
                | InputRole::Interval { .. } => continue,
                InputRole::Series { field_param: Some(param), .. } if self.random.below(4) == 0 => {
                    named.push(format!("{param}='{}'", self.one_of(&FIELDS[..5])));
                    continue;
                }
                InputRole::Series { .. } => {
                    if self.random.below(4) > 0 {
                        placed.push(self.series(part));
                    }
                    continue;
                }
                InputRole::NumberOperand { .. } if operand == Type::Truth || self.random.below(2) == 0 => {
                    // Its default is a number.
                    if operand == Type::Number { self.constant() } else { self.truth(part) }
                }
                InputRole::Operand { .. } | InputRole::NumberOperand { .. } => self.value(operand, part),
                InputRole::Condition => self.truth(part),
            };
            if by_name { named.push(format!("{}={text}", input.name)) } else { placed.push(text) }
        }
        if spec.folds && !by_name && self.random.below(2) == 0 {
            placed.push(self.value(operand, part));
        }
        let folded = spec.folds && placed.len() > 2;
        for (param, value) in spec.params.iter().zip(self.params(spec)) {
            if folded {
                break;
            }
            // A number alone in first place is no series, so that it may stand there.
            if by_name || !named.is_empty() {
                let alias = if param.aliases.is_empty() { param.name } else { self.one_of(param.aliases) };
                let name = if self.random.below(2) == 0 { param.name } else { alias };
                named.push(format!("{name}={value}"));
            } else {
                placed.push(value.to_string());
            }
        }
        placed.extend(named);
        let mut text = format!("{name}({})", placed.join(", "));
        if spec.outputs.len() > 1 {
            let fitting: Vec<_> = spec.outputs.iter().filter(|output| gives(output, wanted)).collect();
            write!(text, ".{}", self.one_of(&fitting).name).expect("a text takes everything");
        }
        text
    }

    /// Parameters that go together, small enough for windows to fill.
    fn params(&mut self, spec: &IndicatorSpec) -> Vec<ParamValue> {
        loop {
            let values: Vec<_> = spec
                .params
                .iter()
                .map(|param| match param.kind {
                    ParamKind::Int { min, max, .. } => {
                        ParamValue::Int((min + self.random.below(9) as i64).min(max))
                    }
                    ParamKind::Float { min, max, .. } => {
                        ParamValue::Float((0.5 + self.random.below(10) as f64 / 4.0).clamp(min, max))
                    }
                    ParamKind::Choice { accepted, .. } => ParamValue::Choice(self.one_of(accepted)),
                })
                .collect();
            if (spec.refusal)(&values).is_none() && !reads_calendar(spec, &values) {
                return values;
            }
        }
    }
}

const BARE: Shape<'_> = Shape { prefixes: &[""], size: 14, has_durations: true };

fn compiled(seed: u64, shape: Shape<'_>) -> (String, Rule) {
    let text = random_rule(seed, shape);
    match Rule::compile(&text) {
        Ok(rule) => (text, rule),
        Err(error) => panic!("seed {seed}\n{text}\n{error}"),
    }
}

#[test]
fn every_made_rule_compiles_and_reads_back_as_it_is_printed() {
    let several = ["", "ETH.", "ohlcv.4h.", "binance.BTC.USDT.perp."];
    let (mut nodes, mut called) = (0, std::collections::HashSet::new());
    let is_called = |called: &std::collections::HashSet<_>| {
        WITHOUT_CALENDAR.iter().all(|spec| called.contains(spec.name))
    };
    let mut rules = 0;
    for seed in 0..50_000 {
        if seed >= 5_000 && is_called(&called) {
            break;
        }
        rules += 1;
        let prefixes = if seed % 2 == 0 { &several[..1] } else { &several };
        let size = 4 + seed as usize % 24;
        let (text, rule) = compiled(seed, Shape { prefixes, size, has_durations: seed % 3 == 0 });
        nodes += rule.plan().node_count();
        for (_, expr) in rule.outputs() {
            let expr = expr.without_spans();
            let again = lang::compile(&expr.to_string(), catalog(), &Limits::default());
            let again = again.unwrap_or_else(|error| panic!("seed {seed}\n{text}\n{expr}\n{error}"));
            assert_eq!(meaning(&again), meaning(&expr), "seed {seed}\n{text}");
            called.extend(expr.calls().into_iter().map(|call| call.name.clone()));
        }
    }
    assert!(nodes > rules * 6, "{nodes} nodes");
    for spec in WITHOUT_CALENDAR.iter() {
        assert!(called.contains(spec.name), "{} is never called", spec.name);
    }
}

fn options() -> Options {
    Options { timeframe_ns: Some(HOUR_NS), ..Options::default() }
}

fn times(bars: usize) -> Vec<i64> {
    (1..=bars as i64).map(|bar| bar * HOUR_NS as i64).collect()
}

fn steps(session: &mut ta_engine::Session, columns: &[&[f64]], times: &[i64], from: usize) -> Vec<Vec<f64>> {
    let mut out = vec![Vec::new(); session.plan().outputs().len()];
    for bar in from..times.len() {
        let inputs: Vec<_> = columns.iter().map(|column| column[bar]).collect();
        let event = Event { time_ns: Some(times[bar]), inputs: &inputs };
        let result = session.step(&event).expect("rising times");
        for (column, value) in out.iter_mut().zip(result.values) {
            column.push(value.value);
        }
    }
    out
}

#[test]
fn made_rules_give_the_same_bits_run_stepped_and_restored() {
    const BARS: usize = 90;
    let times = times(BARS);
    let (mut ready, mut all) = (0, 0);
    for seed in 0..2_000 {
        let (text, rule) = compiled(seed, BARE);
        let mut random = Random::new(seed ^ 0xcafe);
        let missing = [0.0, 0.0, 0.03, 0.3][random.below(4)];
        let market = Market::new(random.next(), BARS).with_missing(random.next(), missing);
        let columns = market.columns(rule.plan());
        let told = || format!("seed {seed}\n{text}");
        let run =
            rule.run(Some(&times), &columns, options()).unwrap_or_else(|error| panic!("{}\n{error}", told()));
        let expected = bits(&run);
        let mut session = rule.session(options()).expect("a plan");
        assert!(bits(&steps(&mut session, &columns, &times, 0)) == expected, "stepped: {}", told());
        let last = session.snapshot();
        let mut cuts = [random.below(BARS), random.below(BARS), random.below(BARS)];
        cuts.sort_unstable();
        let mut session = rule.session(options()).expect("a plan");
        let mut at = 0;
        for cut in cuts.into_iter().chain([BARS]) {
            let found = steps(&mut session, &columns, &times[..cut], at);
            for (found, expected) in bits(&found).iter().zip(&expected) {
                assert!(found == &expected[at..cut], "restored at {at}, to {cut}: {}", told());
            }
            session = rule.restore(&session.snapshot()).unwrap_or_else(|error| panic!("{}\n{error}", told()));
            at = cut;
        }
        assert!(session.snapshot() == last, "the last state has other bytes: {}", told());
        ready += run.iter().flatten().filter(|x| !x.is_nan()).count();
        all += run.iter().map(Vec::len).sum::<usize>();
    }
    assert!(2 * ready > all, "{ready} of {all} values were ready");
}

/// Holds the first values of a run against those of a run of the first bars alone.
fn assert_unchanged_by_later_bars(rule: &Rule, columns: &[&[f64]], times: &[i64], cut: usize, told: &str) {
    let whole = rule.run(Some(times), columns, options()).unwrap_or_else(|error| panic!("{told}\n{error}"));
    let first: Vec<_> = columns.iter().map(|column| &column[..cut]).collect();
    let first = rule.run(Some(&times[..cut]), &first, options()).expect("what runs whole runs in part");
    for (first, whole) in bits(&first).iter().zip(&bits(&whole)) {
        assert!(first == &whole[..cut], "the first {cut} bars: {told}");
    }
}

/// Times and fields of a file of this project's own, whose form is known.
fn real_bars(name: &str) -> (Vec<i64>, BTreeMap<String, Vec<f64>>) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../examples/data").join(name);
    let text = fs::read_to_string(file).expect("a file of bars");
    let (header, rows) = text.split_once('\n').expect("a header");
    let rows: Vec<Vec<&str>> = rows.lines().map(|row| row.split(',').collect()).collect();
    let times = rows.iter().map(|cells| times::parse_iso(cells[0]).expect("a time")).collect();
    let field = |at: usize| rows.iter().map(|cells| cells[at].parse().expect("a number")).collect();
    let fields = header.split(',').enumerate().skip(1).map(|(at, name)| (name.to_owned(), field(at)));
    (times, fields.collect())
}

#[test]
fn later_bars_change_no_value_of_a_made_rule() {
    const BARS: usize = 120;
    let times = times(BARS);
    let files = ["aapl_1d.csv", "eurusd_1h.csv"].map(real_bars);
    for seed in 0..300 {
        let (text, rule) = compiled(10_000 + seed, BARE);
        let told = format!("seed {seed}\n{text}");
        let mut random = Random::new(seed);
        let market = Market::new(seed, BARS).with_missing(seed, 0.05);
        let columns = market.columns(rule.plan());
        for _ in 0..3 {
            assert_unchanged_by_later_bars(&rule, &columns, &times, 1 + random.below(BARS - 1), &told);
        }
        for (real_times, fields) in &files {
            let plan = rule.plan();
            let columns: Vec<_> =
                (0..plan.fields().len()).map(|slot| fields[&plan.describe(slot)].as_slice()).collect();
            let cut = 1 + random.below(real_times.len() - 1);
            // Days are taken for hours here, for durations count in them.
            let hourly = self::times(real_times.len());
            let is_hourly = times::commonest_step(real_times) == options().timeframe_ns;
            let times = if is_hourly { real_times } else { &hourly };
            assert_unchanged_by_later_bars(&rule, &columns, times, cut, &told);
        }
    }
}
