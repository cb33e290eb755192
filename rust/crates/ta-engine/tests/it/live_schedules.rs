//! Random schedules of whatever a feed can do, against the simplest model there is: a history that is corrected by hand, and
//! a session that takes all of it again after every event.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use ta_engine::incremental::contracts::*;
use ta_engine::incremental::live::*;
use ta_engine::{Event, Options, Rule};

use crate::feed::EVERYTHING;
use crate::market::Random;
use crate::random_rules::{Shape, random_rule};

const HOUR: i64 = 3_600_000_000_000;
/// Schedules per run; `SCHEDULES` asks for another number, `SCHEDULE` for one alone.
const SCHEDULES: u64 = 10_000;

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let shape = Shape { prefixes: &[""], size: 8, has_durations: true };
    let made = (0..150).map(|seed| random_rule(seed, shape));
    let texts = made.chain(EVERYTHING.iter().map(|(_, text)| (*text).to_owned()));
    texts.map(|text| Rule::compile(&text).unwrap_or_else(|error| panic!("{text}: {error}"))).collect()
});

/// Values of a row, bit for bit, and what each is.
type Bits = Vec<(u64, Availability)>;

fn bits_of(values: &[StepValue]) -> Bits {
    let bits = |x: f64| if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() };
    values.iter().map(|value| (bits(value.value), value.availability)).collect()
}

/// A row as it is given: of which bar, its revision, whether it is final, whether something is missing, its values.
type Row = (i64, u32, bool, bool, Bits);

/// When it closes, its fields, and the trades it is made of, where it is: time, price, amount.
type FormingBar = (i64, Vec<f64>, Vec<(i64, f64, f64)>);

/// What is known of a feed: the corrected history, and nothing that follows from it.
struct Model<'a> {
    rule: &'a Rule,
    options: Options,
    policies: LivePolicies,
    bars: Vec<(i64, Vec<f64>)>,
    revisions: BTreeMap<i64, u32>,
    missing: BTreeSet<i64>,
    is_halted: bool,
    /// The bar that trades or messages have made so far: all of them, and whether they are trades.
    forming: Option<FormingBar>,
    counters: Counters,
}

/// What an event should give.
#[derive(Debug, PartialEq)]
enum Expected {
    Rows(Vec<Row>),
    Refused,
}

impl Model<'_> {
    /// All results of the history as it now is.
    fn results(&self) -> BTreeMap<i64, Bits> {
        let mut session = self.rule.session(self.options).unwrap();
        let results = self.bars.iter().map(|(time_ns, fields)| {
            let out = session.step(&Event { time_ns: Some(*time_ns), inputs: fields }).unwrap();
            (*time_ns, bits_of(out.values))
        });
        results.collect()
    }

    /// What the history would give for one more bar.
    fn result_with(&self, time_ns: i64, fields: &[f64]) -> Bits {
        let mut session = self.rule.session(self.options).unwrap();
        for (time_ns, fields) in &self.bars {
            session.step(&Event { time_ns: Some(*time_ns), inputs: fields }).unwrap();
        }
        bits_of(session.step(&Event { time_ns: Some(time_ns), inputs: fields }).unwrap().values)
    }

    fn last_ns(&self) -> i64 {
        self.bars.last().map_or(i64::MIN, |(time_ns, _)| *time_ns)
    }

    fn is_degraded(&self) -> bool {
        !self.missing.is_empty()
    }

    /// The rows that are others than they were, each once more corrected, and those that are new.
    fn difference(&mut self, before: &BTreeMap<i64, Bits>) -> Vec<Row> {
        let is_degraded = self.is_degraded();
        let mut rows = Vec::new();
        for (time_ns, values) in self.results() {
            if before.get(&time_ns) != Some(&values) {
                let revision = self.revisions.entry(time_ns).or_insert(0);
                *revision += u32::from(before.contains_key(&time_ns));
                rows.push((time_ns, *revision, true, is_degraded, values));
            }
        }
        rows
    }

    fn append(&mut self, time_ns: i64, fields: Vec<f64>) -> Vec<Row> {
        let last_ns = self.last_ns();
        if !self.bars.is_empty() && !self.policies.sparse && !self.is_halted {
            let mut missing_ns = last_ns + HOUR;
            while missing_ns < time_ns {
                self.missing.insert(missing_ns);
                missing_ns += HOUR;
            }
        }
        self.is_halted = false;
        self.bars.push((time_ns, fields));
        let values = self.results().remove(&time_ns).unwrap();
        self.revisions.insert(time_ns, 0);
        vec![(time_ns, 0, true, self.is_degraded(), values)]
    }

    fn close_forming(&mut self) -> Vec<Row> {
        match self.forming.take() {
            Some((time_ns, fields, _)) => self.append(time_ns, fields),
            None => Vec::new(),
        }
    }

    /// The bars that can be revised begin with this one.
    fn first_open(&self) -> usize {
        self.bars.len().saturating_sub(self.policies.revisions)
    }

    fn rejected(&mut self) -> Expected {
        self.counters.rejected += 1;
        Expected::Refused
    }

    fn late(&mut self) -> Expected {
        self.counters.late += 1;
        Expected::Refused
    }

    fn set_aside(&mut self, rows: Vec<Row>) -> Expected {
        match self.policies.late {
            Late::Error => self.late(),
            _ => {
                self.counters.late += 1;
                Expected::Rows(rows)
            }
        }
    }

    fn duplicate(&mut self, rows: Vec<Row>) -> Expected {
        self.counters.duplicate += 1;
        Expected::Rows(rows)
    }

    fn applied(&mut self, rows: Vec<Row>) -> Expected {
        self.counters.applied += 1;
        Expected::Rows(rows)
    }

    fn is_same(&self, at: usize, fields: &[f64], holds: bool) -> bool {
        let finite = |x: f64| if x.is_finite() { x.to_bits() } else { f64::NAN.to_bits() };
        let mut pairs = self.bars[at].1.iter().zip(fields);
        pairs.all(|(a, b)| finite(*a) == finite(*b) || (holds && !b.is_finite()))
    }

    fn holds(&self) -> bool {
        self.options.policies.missing_input == MissingInput::HoldPrevious
    }

    fn apply(&mut self, event: &LiveEvent<'_>) -> Expected {
        self.counters.received += 1;
        let time_ns = event.time_ns;
        match &event.kind {
            Kind::Close(fields) => self.close(time_ns, fields),
            Kind::Forming(fields) => self.form(time_ns, fields, false),
            Kind::Update(fields, ..) => self.form(time_ns, fields, true),
            Kind::Revise(fields) => self.revise(time_ns, fields),
            Kind::Trade { price, amount } => self.trade(time_ns, *price, *amount),
            Kind::Heartbeat => {
                let ends = self.forming.as_ref().is_some_and(|(forming_ns, ..)| *forming_ns <= time_ns);
                let rows = if ends { self.close_forming() } else { Vec::new() };
                self.applied(rows)
            }
            Kind::Halt => {
                self.is_halted = true;
                self.applied(Vec::new())
            }
            Kind::Acknowledge => {
                self.missing.clear();
                self.applied(Vec::new())
            }
            Kind::Reset { factor } => self.reset(*factor),
            other => panic!("no schedule has {other:?}"),
        }
    }

    fn close(&mut self, time_ns: i64, fields: &[f64]) -> Expected {
        if time_ns > self.last_ns() {
            let mut rows = Vec::new();
            match &self.forming {
                Some((forming_ns, ..)) if *forming_ns < time_ns => rows = self.close_forming(),
                _ => self.forming = None,
            }
            rows.extend(self.append(time_ns, fields.to_vec()));
            return self.applied(rows);
        }
        let found = self.bars.binary_search_by_key(&time_ns, |(time_ns, _)| *time_ns);
        match found {
            // Of bars that are long gone nobody knows whether they were there.
            Ok(at) if at >= self.first_open() => match self.is_same(at, fields, self.holds()) {
                true => self.duplicate(Vec::new()),
                false if self.policies.corrected == Corrected::Error => self.late(),
                false => self.revise(time_ns, fields),
            },
            Ok(_) => unreachable!("schedules repeat what can be revised"),
            Err(at) => match self.policies.late {
                Late::Rebuild if at > self.first_open() || self.first_open() == 0 => {
                    let before = self.results();
                    self.bars.insert(at, (time_ns, fields.to_vec()));
                    self.missing.remove(&time_ns);
                    let rows = self.difference(&before);
                    self.applied(rows)
                }
                Late::Rebuild => self.late(),
                _ => self.set_aside(Vec::new()),
            },
        }
    }

    fn revise(&mut self, time_ns: i64, fields: &[f64]) -> Expected {
        match self.bars.binary_search_by_key(&time_ns, |(time_ns, _)| *time_ns) {
            Ok(at) if at >= self.first_open() => {
                if self.is_same(at, fields, false) {
                    return self.duplicate(Vec::new());
                }
                let before = self.results();
                self.bars[at].1 = fields.to_vec();
                let rows = self.difference(&before);
                self.applied(rows)
            }
            Ok(_) => self.late(),
            Err(_) => self.rejected(),
        }
    }

    fn form(&mut self, time_ns: i64, fields: &[f64], is_followed: bool) -> Expected {
        let mut rows = Vec::new();
        if self.forming.as_ref().is_some_and(|(forming_ns, ..)| *forming_ns < time_ns) {
            rows = self.close_forming();
        }
        if time_ns <= self.last_ns() {
            let found = self.bars.binary_search_by_key(&time_ns, |(time_ns, _)| *time_ns);
            let same =
                found.is_ok_and(|at| at >= self.first_open() && self.is_same(at, fields, self.holds()));
            return if same { self.duplicate(rows) } else { self.set_aside(rows) };
        }
        rows.push((time_ns, 0, false, self.is_degraded(), self.result_with(time_ns, fields)));
        if is_followed {
            self.forming = Some((time_ns, fields.to_vec(), Vec::new()));
        }
        self.applied(rows)
    }

    fn trade(&mut self, time_ns: i64, price: f64, amount: f64) -> Expected {
        let close_ns = time_ns.div_euclid(HOUR) * HOUR + HOUR;
        let mut rows = Vec::new();
        if self.forming.as_ref().is_some_and(|(forming_ns, ..)| *forming_ns < close_ns) {
            rows = self.close_forming();
        }
        let mut trades = match &self.forming {
            Some((forming_ns, _, trades)) if *forming_ns == close_ns && !trades.is_empty() => trades.clone(),
            Some(_) => return self.set_aside(rows),
            None if close_ns > self.last_ns() => Vec::new(),
            None => return self.set_aside(rows),
        };
        trades.push((time_ns, price, amount));
        let mut ordered: Vec<_> = trades.iter().map(|(at, price, _)| (*at, *price)).collect();
        ordered.sort_by_key(|(at, _)| *at);
        let prices = ordered.iter().map(|(_, price)| *price);
        let bar = [
            ordered[0].1,
            prices.clone().fold(f64::NEG_INFINITY, f64::max),
            prices.fold(f64::INFINITY, f64::min),
            ordered[ordered.len() - 1].1,
            trades.iter().fold(0.0, |sum, (.., amount)| sum + amount),
        ];
        let fields: Vec<_> = names(self.rule).iter().map(|name| bar[place(name)]).collect();
        rows.push((close_ns, 0, false, self.is_degraded(), self.result_with(close_ns, &fields)));
        self.forming = Some((close_ns, fields, trades));
        self.applied(rows)
    }

    fn reset(&mut self, factor: f64) -> Expected {
        if self.first_open() > 0 {
            return self.rejected();
        }
        let volumes: Vec<_> = names(self.rule).iter().map(|name| *name == "volume").collect();
        let scale = |fields: &mut Vec<f64>| {
            for (x, is_volume) in fields.iter_mut().zip(&volumes) {
                *x = if *is_volume { *x * factor } else { *x / factor };
            }
        };
        self.bars.iter_mut().for_each(|(_, fields)| scale(fields));
        if let Some((_, fields, trades)) = &mut self.forming {
            scale(fields);
            for (_, price, amount) in trades {
                (*price, *amount) = (*price / factor, *amount * factor);
            }
        }
        self.applied(Vec::new())
    }
}

fn names(rule: &Rule) -> Vec<&str> {
    rule.plan().fields().iter().map(|field| field.field.as_deref().unwrap()).collect()
}

fn place(name: &str) -> usize {
    ["open", "high", "low", "close", "volume"].iter().position(|known| *known == name).unwrap()
}

fn fields(rule: &Rule, random: &mut Random) -> Vec<f64> {
    let mut price = || 64.0 + (random.below(512) as f64) / 8.0;
    let (a, b, c) = (price(), price(), price());
    let bar = [a, a.max(b).max(c), a.min(b).min(c), b, random.below(40) as f64];
    let mut fields: Vec<_> = names(rule).iter().map(|name| bar[place(name)]).collect();
    for x in &mut fields {
        if random.below(40) == 0 {
            *x = [f64::NAN, f64::INFINITY][random.below(2)];
        }
    }
    fields
}

fn policies(random: &mut Random) -> LivePolicies {
    LivePolicies {
        late: [Late::Error, Late::SideOutput, Late::Rebuild, Late::Rebuild][random.below(4)],
        corrected: [Corrected::Error, Corrected::Revise][random.below(2)],
        closed: Closed::NextOpen,
        sparse: random.below(2) == 0,
        revisions: [1, 2, 3, 5, 9, 30, 60][random.below(7)],
        ..LivePolicies::default()
    }
}

/// An event such as a feed in this state may send.
fn next_kind(model: &Model<'_>, random: &mut Random) -> (i64, Kind<Vec<f64>>) {
    let last_ns = if model.bars.is_empty() { 100 * HOUR } else { model.last_ns() };
    let next_ns = last_ns + HOUR * [1, 1, 1, 1, 2, 3][random.below(6)];
    let open = model.first_open();
    let some_bar = |random: &mut Random| match model.bars.len() - open {
        0 => None,
        // The last ones are corrected most often.
        kept => Some(model.bars.len() - 1 - random.below(kept).min(random.below(kept))),
    };
    match random.below(18) {
        0..=4 => (next_ns, Kind::Close(fields(model.rule, random))),
        5 | 6 => (next_ns, Kind::Forming(fields(model.rule, random))),
        7 | 8 => {
            let forming_ns = model.forming.as_ref().map_or(next_ns, |(forming_ns, ..)| *forming_ns);
            let time_ns = forming_ns + HOUR * [0, 0, 1][random.below(3)];
            (time_ns, Kind::Update(fields(model.rule, random), Closed::NextOpen, None))
        }
        9 => match some_bar(random) {
            Some(at) => (model.bars[at].0, Kind::Close(model.bars[at].1.clone())),
            None => (last_ns, Kind::Heartbeat),
        },
        10 => match some_bar(random) {
            Some(at) => (model.bars[at].0, Kind::Close(fields(model.rule, random))),
            None => (last_ns, Kind::Halt),
        },
        11 | 12 => match some_bar(random) {
            Some(at) => (model.bars[at].0, Kind::Revise(fields(model.rule, random))),
            None => (last_ns, Kind::Revise(fields(model.rule, random))),
        },
        // Into a hole, or in front of everything.
        13 => {
            let first_ns = model.bars.get(open).map_or(last_ns, |(time_ns, _)| *time_ns);
            let holes: Vec<_> = (1..12).map(|back| last_ns - back * HOUR).collect();
            let is_free = |ns: &i64| *ns > first_ns && model.bars.iter().all(|(time_ns, _)| time_ns != ns);
            let free: Vec<_> = holes.into_iter().filter(is_free).collect();
            let before_all = model.bars.first().map_or(last_ns - HOUR, |(time_ns, _)| *time_ns - HOUR);
            let time_ns = if free.is_empty() { before_all } else { free[random.below(free.len())] };
            (time_ns, Kind::Close(fields(model.rule, random)))
        }
        14 | 15 => {
            let begin = model.forming.as_ref().map_or(last_ns, |(forming_ns, ..)| forming_ns - HOUR);
            let time_ns = begin + HOUR / 8 * random.below(10) as i64;
            let price = 64.0 + random.below(512) as f64 / 8.0;
            (time_ns, Kind::Trade { price, amount: random.below(40) as f64 })
        }
        16 => match random.below(3) {
            0 => (last_ns, Kind::Halt),
            1 => (last_ns, Kind::Acknowledge),
            _ => (last_ns + HOUR * random.below(3) as i64, Kind::Heartbeat),
        },
        _ => (last_ns, Kind::Reset { factor: [2.0, 4.0, 0.5, 3.0][random.below(4)] }),
    }
}

fn borrowed(time_ns: i64, kind: &Kind<Vec<f64>>) -> LiveEvent<'_> {
    LiveEvent::new(
        time_ns,
        match kind {
            Kind::Close(f) => Kind::Close(f),
            Kind::Forming(f) => Kind::Forming(f),
            Kind::Update(f, feed, closed) => Kind::Update(f, *feed, *closed),
            Kind::Revise(f) => Kind::Revise(f),
            Kind::Trade { price, amount } => Kind::Trade { price: *price, amount: *amount },
            Kind::Reset { factor } => Kind::Reset { factor: *factor },
            Kind::Halt => Kind::Halt,
            Kind::Acknowledge => Kind::Acknowledge,
            _ => Kind::Heartbeat,
        },
    )
}

fn rows_of(applied: &Applied) -> Vec<Row> {
    let row = |out: StepOutput<'_>| {
        (out.time_ns.unwrap(), out.revision, out.is_final, out.is_degraded, bits_of(out.values))
    };
    applied.outputs().map(row).collect()
}

/// What was given of finals, so that none is given otherwise without saying so.
#[derive(Default)]
struct Ledger {
    finals: BTreeMap<i64, (u32, Bits)>,
    forming: u64,
    corrected: u64,
}

impl Ledger {
    fn note(&mut self, rows: &[Row], told: &str) {
        for (time_ns, revision, is_final, _, values) in rows {
            if !is_final {
                self.forming += 1;
                continue;
            }
            let before = self.finals.insert(*time_ns, (*revision, values.clone()));
            match before {
                None => assert_eq!(*revision, 0, "{told}: the first final of a bar"),
                Some((was, _)) => {
                    self.corrected += 1;
                    assert_eq!(*revision, was + 1, "{told}: a final is corrected once more");
                }
            }
        }
    }
}

/// Runs one schedule and gives how many forming results and corrections it had.
fn run_schedule(seed: u64, events: usize) -> (u64, u64) {
    let mut random = Random::new(seed.wrapping_mul(0x9e37_79b9) ^ 0x11fe);
    let rule = &RULES[random.below(RULES.len())];
    let mut options = Options { timeframe_ns: Some(HOUR as u64), ..Options::default() };
    options.policies.missing_input = [MissingInput::EmitMissing, MissingInput::HoldPrevious][random.below(2)];
    let policies = policies(&mut random);
    let mut live = rule.live_session(options, policies).unwrap();
    let mut model = Model {
        rule,
        options,
        policies,
        bars: Vec::new(),
        revisions: BTreeMap::new(),
        missing: BTreeSet::new(),
        is_halted: false,
        forming: None,
        counters: Counters::default(),
    };
    let mut ledger = Ledger::default();
    for at in 0..events {
        let told = format!(
            "SCHEDULE={seed}, event {at} of {} with {policies:?}",
            rule.plan().describe(rule.plan().outputs()[0].slot)
        );
        match random.below(24) {
            0 => {
                let saved = live.snapshot();
                live = rule.restore_live(&saved).unwrap_or_else(|error| panic!("{told}: {error}"));
                assert!(live.snapshot() == saved, "{told}: one state, one form of bytes");
                continue;
            }
            // Many bars at once: they begin where nothing forms.
            1 if model.forming.is_none() => {
                let first = model.last_ns().max(100 * HOUR) + HOUR;
                let bars = 1 + random.below(2 * policies.revisions.min(12));
                let times: Vec<_> = (0..bars as i64).map(|bar| first + bar * HOUR).collect();
                let rows: Vec<_> = times.iter().map(|_| fields(rule, &mut random)).collect();
                let columns: Vec<Vec<f64>> =
                    (0..names(rule).len()).map(|at| rows.iter().map(|row| row[at]).collect()).collect();
                let columns: Vec<_> = columns.iter().map(Vec::as_slice).collect();
                let mut out = vec![vec![0.0; bars]; rule.plan().outputs().len()];
                let mut slices: Vec<_> = out.iter_mut().map(Vec::as_mut_slice).collect();
                live.run_watched(
                    Some(&times),
                    &columns,
                    &mut slices,
                    &mut ta_engine::incremental::watch::Unwatched,
                )
                .unwrap_or_else(|error| panic!("{told}: {error}"));
                let halted = model.is_halted;
                for (bar, (time_ns, row)) in times.iter().zip(rows).enumerate() {
                    model.is_halted = true;
                    let expected = model.append(*time_ns, row);
                    for (at, (value, _)) in expected[0].4.iter().enumerate() {
                        let found = out[at][bar];
                        let found = if found.is_nan() { f64::NAN.to_bits() } else { found.to_bits() };
                        assert_eq!(found, *value, "{told}: bar {bar} of a history");
                    }
                    ledger.finals.insert(*time_ns, (0, expected[0].4.clone()));
                }
                model.is_halted = halted;
                model.counters.received += bars as u64;
                model.counters.applied += bars as u64;
                continue;
            }
            _ => {}
        }
        let (time_ns, kind) = next_kind(&model, &mut random);
        let event = borrowed(time_ns, &kind);
        let before = live.snapshot();
        let expected = model.apply(&event);
        let found = match live.apply(&event) {
            Ok(applied) => Expected::Rows(rows_of(applied)),
            Err(_) => Expected::Refused,
        };
        assert_eq!(found, expected, "{told}: {event:?}");
        assert_eq!(live.counters(), model.counters, "{told}: {event:?}");
        if let Expected::Rows(rows) = &found {
            ledger.note(rows, &told);
        } else {
            // Nothing but counters: a restored one counts alike from here on.
            let after = live.snapshot();
            assert_eq!(before.len(), after.len(), "{told}: what is refused leaves no trace");
        }
    }
    let mut fresh = rule.session(options).unwrap();
    for (time_ns, fields) in &model.bars {
        fresh.step(&Event { time_ns: Some(*time_ns), inputs: fields }).unwrap();
    }
    assert!(
        live.into_session().snapshot() == fresh.snapshot(),
        "SCHEDULE={seed}: the state is that of the corrected history, byte for byte"
    );
    (ledger.forming, ledger.corrected)
}

fn asked_for(name: &str) -> Option<u64> {
    std::env::var(name)
        .ok()
        .map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a number, not {text}")))
}

#[test]
fn whatever_a_feed_does_the_results_are_those_of_the_corrected_history() {
    if let Some(seed) = asked_for("SCHEDULE") {
        run_schedule(seed, 40);
        return;
    }
    let schedules = asked_for("SCHEDULES").unwrap_or(SCHEDULES);
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let (forming, corrected) = std::thread::scope(|scope| {
        let each: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn(move || {
                    let mut all = (0, 0);
                    for seed in (thread..schedules).step_by(threads as usize) {
                        let (forming, corrected) = run_schedule(seed, 40);
                        all = (all.0 + forming, all.1 + corrected);
                    }
                    all
                })
            })
            .collect();
        each.into_iter().map(|one| one.join().unwrap()).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    });
    println!("{forming} forming results and {corrected} corrections, none of them repainted");
    assert!(forming > 8 * schedules && corrected > 2 * schedules, "{forming} forming, {corrected} corrected");
}
