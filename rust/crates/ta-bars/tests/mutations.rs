//! Bars that are known, written in a way that is drawn: read exactly, or refused with the option that says what is open; never
//! read as something else.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use ta_bars::{ErrorKind, ReadOptions, Source, Table, read};

const NAMES: [[&str; 6]; 5] = [
    ["timestamp", "open", "high", "low", "close", "volume"],
    ["Date", "Open", "High", "Low", "Close", "Volume"],
    ["<TIME>", "<OPEN>", "<HIGH>", "<LOW>", "<CLOSE>", "<VOL>"],
    ["t", "o", "h", "l", "c", "v"],
    ["Gmt time", "OPEN", "HIGH", "LOW", "Close/Last", "Vol."],
];
const MISSING: [&str; 10] = ["", "nan", "NULL", "None", "NA", "n/a", "#N/A", "-", "--", "\\N"];
const TIMES: [&str; 20] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%d %H:%M:%S+00:00",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y/%m/%d %H:%M",
    "%Y.%m.%d %H:%M",
    "%Y%m%d %H%M%S",
    "%Y%m%d-%H:%M:%S",
    "%Y%m%d%H%M%S",
    "%Y%m%d%H%M",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M %p",
    "%d-%m-%Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%b %d, %Y %H:%M",
    "%d/%m/%y %H:%M",
    "s",
    "ms",
];

/// How bars are written.
#[derive(Clone, Debug)]
struct Writing {
    delimiter: char,
    names: usize,
    header: bool,
    time: usize,
    comma: bool,
    groups: bool,
    quotes: bool,
    end: &'static str,
    falling: bool,
    missing: usize,
    preamble: bool,
    repeated: bool,
    mark: bool,
    offset_hours: i8,
    last_end: bool,
    order: [usize; 5],
}

#[derive(Clone, Debug)]
struct Truth {
    times: Vec<i64>,
    /// In units of the last decimal.
    prices: Vec<[i64; 5]>,
    decimals: u32,
    gaps: Vec<bool>,
}

fn truth() -> impl Strategy<Value = Truth> {
    let steps = prop::sample::select(vec![60_i64, 300, 3_600, 14_400, 86_400]);
    let start = 400_000_000_i64 / 60..1_900_000_000 / 60;
    (start, steps, 3usize..60, 0u32..6, 1i64..9_000_000, any::<u64>()).prop_map(
        |(start, step, count, decimals, level, seed)| {
            let mut state = seed | 1;
            let mut random = |below: i64| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                ((state >> 33) as i64) % below.max(1)
            };
            let mut times = Vec::new();
            let mut prices = Vec::new();
            let (mut time, mut close) = (start * 60, level + 100);
            for _ in 0..count {
                time += step * if random(10) == 0 { 2 } else { 1 };
                times.push(time * 1_000_000_000);
                let open = close;
                close = (open + random(level / 10 + 4) - level / 20 - 1).max(1);
                let high = open.max(close) + random(20);
                let low = (open.min(close) - random(20)).max(1).min(open).min(close);
                prices.push([open, high, low, close, random(5_000_000)]);
            }
            let gaps = (0..count).map(|_| random(12) == 0).collect();
            Truth { times, prices, decimals, gaps }
        },
    )
}

fn writing() -> impl Strategy<Value = Writing> {
    let first = (
        prop::sample::select(vec![',', ';', '\t', '|']),
        0usize..5,
        prop::bool::weighted(0.8),
        0usize..20,
        any::<bool>(),
        any::<bool>(),
    );
    let second = (
        any::<bool>(),
        prop::sample::select(vec!["\n", "\r\n", "\r"]),
        any::<bool>(),
        0usize..10,
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    );
    let third = (
        any::<bool>(),
        prop::sample::select(vec![0i8, 0, -5, 2]),
        any::<bool>(),
        Just([0usize, 1, 2, 3, 4]).prop_shuffle(),
    );
    (first, second, third).prop_map(|(a, b, c)| Writing {
        delimiter: a.0,
        names: a.1,
        header: a.2,
        time: a.3,
        comma: a.4,
        groups: a.5,
        quotes: b.0,
        end: b.1,
        falling: b.2,
        missing: b.3,
        preamble: b.4,
        repeated: b.5,
        mark: c.0,
        offset_hours: c.1,
        last_end: c.2,
        order: c.3,
    })
}

fn number(value: i64, decimals: u32, w: &Writing) -> String {
    let scale = 10_i64.pow(decimals);
    let (whole, rest) = (value / scale, value % scale);
    let mut digits = whole.to_string();
    if w.groups {
        let mark = if w.comma { "." } else { "," };
        let mut at = digits.len();
        while at > 3 {
            at -= 3;
            digits.insert_str(at, mark);
        }
    }
    if decimals > 0 {
        let mark = if w.comma { ',' } else { '.' };
        let _ = write!(digits, "{mark}{rest:0width$}", width = decimals as usize);
    }
    digits
}

fn time(ns: i64, w: &Writing) -> String {
    let form = TIMES[w.time];
    if form == "s" || form == "ms" {
        return (ns / if form == "s" { 1_000_000_000 } else { 1_000_000 }).to_string();
    }
    let offset = if form.contains("%z") { w.offset_hours } else { 0 };
    let zone = TimeZone::fixed(jiff::tz::offset(offset));
    Timestamp::from_nanosecond(ns.into()).unwrap().to_zoned(zone).strftime(form).to_string()
}

fn text(truth: &Truth, w: &Writing) -> String {
    let quoted = |cell: String| {
        let needs = cell.contains(w.delimiter) || w.quotes;
        if needs { format!("\"{cell}\"") } else { cell }
    };
    let order: Vec<usize> = if w.header { w.order.to_vec() } else { vec![0, 1, 2, 3, 4] };
    let line =
        |cells: Vec<String>| cells.into_iter().map(quoted).collect::<Vec<_>>().join(&w.delimiter.to_string());
    let mut lines = Vec::new();
    for row in 0..truth.times.len() {
        let cell = |field: &usize| {
            if truth.gaps[row] {
                MISSING[w.missing].to_owned()
            } else {
                number(truth.prices[row][*field], if *field == 4 { 0 } else { truth.decimals }, w)
            }
        };
        let cells = std::iter::once(time(truth.times[row], w)).chain(order.iter().map(cell));
        lines.push(line(cells.collect()));
        if w.repeated && row % 7 == 3 {
            lines.push(lines[lines.len() - 1].clone());
        }
    }
    if w.falling {
        lines.reverse();
    }
    if w.header {
        let names = NAMES[w.names];
        let cells =
            std::iter::once(names[0].to_owned()).chain(order.iter().map(|field| names[field + 1].to_owned()));
        lines.insert(0, line(cells.collect()));
        if w.preamble {
            lines.splice(0..0, ["Some Company Inc.".to_owned(), String::new()]);
        }
    }
    let mut all = lines.join(w.end);
    if w.last_end {
        all.push_str(w.end);
    }
    if w.mark { format!("\u{feff}{all}") } else { all }
}

/// The truth as doubles: each number rounded once from its decimals.
fn assert_read(table: &Table, truth: &Truth, told: &str) {
    assert_eq!(table.times_ns, truth.times, "{}\n{told}", table.taken_for);
    for (field, name) in ["open", "high", "low", "close", "volume"].iter().enumerate() {
        let column =
            table.column(name).unwrap_or_else(|| panic!("{name} is missing: {}\n{told}", table.taken_for));
        for (row, value) in column.iter().enumerate() {
            let decimals = if field == 4 { 0 } else { truth.decimals };
            let expected: f64 = format!("{}e-{decimals}", truth.prices[row][field]).parse().unwrap();
            let same = if truth.gaps[row] { value.is_nan() } else { *value == expected };
            assert!(same, "{name} in row {row} is {value}, not {expected}: {}\n{told}", table.taken_for);
        }
    }
}

proptest! {

    #[test]
    fn known_bars_are_read_exactly_or_refused(truth in truth(), w in writing()) {
        let text = text(&truth, &w);
        match read(&Source::Bytes("drawn", text.as_bytes()), &ReadOptions::default()) {
            Ok(table) => assert_read(&table, &truth, &text),
            // Some are open by their nature; what is refused names an option.
            Err(error) => {
                prop_assert!(error.kind == ErrorKind::Question, "{error}\n{text}");
                prop_assert!(error.problem.contains('='), "{error}\n{text}");
            }
        }
    }

    #[test]
    fn what_was_asked_and_told_is_read(truth in truth(), w in writing()) {
        let text = text(&truth, &w);
        let mut options = ReadOptions::default();
        options.set("decimal", if w.comma { "," } else { "." }).unwrap();
        let form = TIMES[w.time];
        if let Some(dates) = [("%d", "dmy"), ("%m", "mdy")].iter().find(|(begin, _)| form.starts_with(begin)) {
            options.set("dates", dates.1).unwrap();
        }
        if form == "s" || form == "ms" {
            options.set("unit", form).unwrap();
        }
        if !w.header {
            options.set("columns", "timestamp,open,high,low,close,volume").unwrap();
        }
        options.set("delimiter", if w.delimiter == '\t' { "tab".to_owned() } else { w.delimiter.to_string() }.as_str()).unwrap();
        let table = read(&Source::Bytes("drawn", text.as_bytes()), &options);
        let table = table.unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_read(&table, &truth, &text);
    }
}

#[test]
fn most_of_what_is_drawn_is_read_without_a_question() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let drawn = (truth(), writing());
    let count = 300_usize;
    let is_read = |_: &usize| {
        let (truth, w) = drawn.new_tree(&mut runner).unwrap().current();
        read(&Source::Bytes("drawn", text(&truth, &w).as_bytes()), &ReadOptions::default()).is_ok()
    };
    let read = (0..count).filter(is_read).count();
    assert!(10 * read > 6 * count, "{read} of {count}");
}
