//! What is allocated, by an allocator that counts: nothing by a bar, and little by a snapshot that lies.
//!
//! A test binary of its own, for the allocator is everyone's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use ta_engine::calendar::Timeframe;
use ta_engine::plan::joined::Joining;
use ta_engine::{Bar, Event, Instructions, JoinedSession, Options, Policies, Rule};

thread_local! {
    /// Allocations of this thread, bytes it holds, and the most it held.
    static COUNTS: Cell<(usize, isize, isize)> = const { Cell::new((0, 0, 0)) };
}

struct Counting;

fn note(allocations: usize, bytes: isize) {
    // A thread that is ending has no counts any more.
    let _ = COUNTS.try_with(|counts| {
        let (n, held, most) = counts.get();
        let held = held + bytes;
        counts.set((n + allocations, held, most.max(held)));
    });
}

// SAFETY: every call goes to the system's allocator as it came.
#[expect(unsafe_code, reason = "an allocator is unsafe by its nature")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note(1, layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        note(1, layout.size() as isize);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // The old block and the new one may both be there for a while.
        note(1, size as isize);
        let moved = unsafe { System.realloc(block, layout, size) };
        note(0, -(layout.size() as isize));
        moved
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        note(0, -(layout.size() as isize));
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often and how many bytes at most were allocated meanwhile.
fn allocated<T>(work: impl FnOnce() -> T) -> (usize, usize, T) {
    let (before, held, _) = COUNTS.get();
    COUNTS.set((before, held, held));
    let result = work();
    let (after, _, most) = COUNTS.get();
    (after - before, (most - held) as usize, result)
}

/// A node of every kind.
const EVERYTHING: [(&str, &str); 9] = [
    ("bands", "bbands(close, 6, 2.0)"),
    (
        "cross",
        "crossup(close, sma(close, 5)) or cross(hl2, open) and not crossdown(close, 5) or close % 7 > 3",
    ),
    (
        "momentum",
        "rsi(close, 4) + stochastic(5, 3, 2).d - macd(close, 3, 6, 4).histogram * wma(hlc3, 4) ** 2",
    ),
    (
        "range",
        "atr(4) / true_range() + argmax(high, 5) - argmin(low, 3) + max(upper_wick, 4) - min(lower_wick, 3)",
    ),
    ("kept", "sum(close.filter(close >= open), 3)"),
    (
        "loop",
        "let x = if(close > x[1], greatest(x[2], close[1]), 0.9 * x[1]) from low restart when close < 0.8 * x[3]; x",
    ),
    (
        "far",
        "ema(close, 4) + rma(rolling_std(volume, 5), 3) + mean(close.2_ago, 2) + rolling_ema(-close.roc_3, 3)",
    ),
    (
        "ends",
        "close.max() - close.min() + ohlcv.filter(close != open).count + ohlcv.sum(volume) - close.avg()",
    ),
    (
        "stops",
        "psar().sar - talib.sar() + kama(close, 5) + median(close, 7) - median(close, 600) + talib.ht_dcperiod() + talib.cdl_hammer()",
    ),
];
const BARS: usize = 1_000;

fn everything() -> Rule {
    Rule::compile_all(&EVERYTHING).expect("rules of the language")
}

/// Bars that go up and down, now and then without a field.
fn bars() -> Vec<Bar> {
    let mut state = 1u64;
    let mut unit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    (0..2 * BARS as i64)
        .map(|at| {
            let open = 100.0 + unit();
            let close = if unit() < 0.03 { f64::NAN } else { 100.0 + unit() };
            let volume = if unit() < 0.03 { f64::INFINITY } else { unit() };
            Bar { time_ns: Some(at), open, high: 102.0, low: 99.0 - unit(), close, volume }
        })
        .collect()
}

fn inputs(rule: &Rule, bar: &Bar) -> Vec<f64> {
    let field = |name: &str| bar.field(name).expect("a field of bars");
    rule.plan().fields().iter().map(|f| field(f.field.as_deref().expect("a field"))).collect()
}

#[test]
fn the_counting_allocator_counts() {
    let (allocations, most, kept) = allocated(|| vec![0u8; 10_000]);
    assert_eq!((allocations, most), (1, 10_000));
    let (allocations, most, ()) = allocated(|| drop(kept));
    assert_eq!((allocations, most), (0, 0));
}

#[test]
fn a_step_allocates_nothing() {
    let rule = everything();
    let mut session = rule.session(Options::default()).unwrap();
    let bars = bars();
    let rows: Vec<_> = bars.iter().map(|bar| inputs(&rule, bar)).collect();
    let (allocations, _, ready) = allocated(|| {
        let mut ready = 0;
        for (bar, row) in bars.iter().zip(&rows).take(BARS) {
            let event = Event { time_ns: bar.time_ns, inputs: row };
            ready += session.step(&event).unwrap().values.iter().filter(|v| v.value.is_finite()).count();
        }
        ready
    });
    assert_eq!(allocations, 0);
    assert!(ready > 7 * BARS, "{ready} ready values");
}

#[test]
fn the_fast_door_allocates_nothing() {
    let bars = bars();
    // It gives one number, so each rule goes through it alone.
    let rules = EVERYTHING.iter().map(|(name, text)| (name, Rule::compile(text).expect("of the language")));
    for (name, rule) in rules.filter(|(_, rule)| rule.plan().outputs().len() == 1) {
        let mut session = rule.session(Options::default()).unwrap();
        let (allocations, _, ready) = allocated(|| {
            bars.iter().take(BARS).filter(|bar| session.step_value(bar).unwrap().is_finite()).count()
        });
        assert_eq!(allocations, 0, "{name}");
        assert!(ready > BARS / 3, "{name}: {ready} ready values");
    }
}

#[test]
fn bars_of_minutes_and_hours_that_are_joined_allocate_nothing() {
    const MINUTE_NS: i64 = 60_000_000_000;
    let text = "crossup(ema(close, 5), sma(ohlcv.1h.close, 3)) or close.1h_ago > ETH.1h.high[1]";
    let rule = Rule::compile(text).expect("a rule");
    let joining = Joining { timeframe: Timeframe::parse("1m"), ..Joining::default() };
    let mut session = rule.joined_session(joining, Policies::default(), Instructions::Best).expect("a plan");
    let [minute, hour, eth] =
        ["ohlcv", "ohlcv.1h", "ETH.1h"].map(|name| session.plan().stream(name).expect("a stream"));
    let mut rows = 0;
    let mut day = |session: &mut JoinedSession, first: i64| {
        for bar in first..first + 1_440 {
            let close = [100.0 + (bar % 7) as f64];
            let mut push = |stream, close_ns| {
                let event = Event { time_ns: Some(close_ns), inputs: &close };
                session.push(stream, &event, &mut |_| rows += 1).expect("bars in order");
            };
            // Bars of an hour come late: the minutes wait for them, and for each other's.
            push(minute, (bar + 1) * MINUTE_NS);
            if bar % 60 == 30 && bar > 60 {
                push(hour, (bar + 1) / 60 * 60 * MINUTE_NS);
                push(eth, (bar + 1) / 60 * 60 * MINUTE_NS);
            }
        }
    };
    day(&mut session, 0);
    let (allocations, _, ()) = allocated(|| day(&mut session, 1_440));
    assert_eq!(allocations, 0);
    assert!(rows > 2_700, "{rows} rows");
}

#[test]
fn a_forming_bar_allocates_nothing_after_the_first() {
    let rule = everything();
    let mut session = rule.session(Options::default()).unwrap();
    let bars = bars();
    let rows: Vec<_> = bars.iter().map(|bar| inputs(&rule, bar)).collect();
    let mut formed = Vec::new();
    session.preview(&Event { time_ns: bars[0].time_ns, inputs: &rows[0] }, &mut formed).unwrap();
    let (allocations, _, ()) = allocated(|| {
        for at in 0..BARS {
            for form in [at + 2, at] {
                session
                    .preview(&Event { time_ns: bars[at].time_ns, inputs: &rows[form] }, &mut formed)
                    .unwrap();
            }
            session.step(&Event { time_ns: bars[at].time_ns, inputs: &rows[at] }).unwrap();
        }
    });
    assert_eq!(allocations, 0);
    assert_eq!((session.position(), formed.len()), (BARS as u64, 11));
}

#[test]
fn a_step_of_a_universe_allocates_nothing() {
    const SYMBOLS: usize = 21;
    let rule = everything();
    let mut universe = rule.universe(SYMBOLS, Options::default()).unwrap();
    let bars = bars();
    let rows: Vec<_> = bars.iter().map(|bar| inputs(&rule, bar)).collect();
    // Symbols see the bars at different times, so that their windows are out of step.
    let fields: Vec<Vec<Vec<f64>>> = (0..BARS)
        .map(|at| (0..rows[0].len()).map(|f| (0..SYMBOLS).map(|s| rows[at + 7 * s][f]).collect()).collect())
        .collect();
    let mut out = vec![vec![0.0; SYMBOLS]; rule.plan().outputs().len()];
    let mut ready = 0;
    let mut allocations = 0;
    for (at, fields) in fields.iter().enumerate() {
        let fields: Vec<&[f64]> = fields.iter().map(Vec::as_slice).collect();
        let mut slices: Vec<&mut [f64]> = out.iter_mut().map(Vec::as_mut_slice).collect();
        allocations += allocated(|| universe.step(Some(at as i64), &fields, &mut slices).unwrap()).0;
        ready += out.iter().flatten().filter(|x| x.is_finite()).count();
    }
    assert_eq!(allocations, 0);
    assert!(ready > 7 * BARS * SYMBOLS, "{ready} ready values");
}

/// A frame around a body: its length and checksum made right.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let length = (bytes.len() + 4) as u64;
    bytes[9..17].copy_from_slice(&length.to_le_bytes());
    let checksum = crc32c::crc32c(&bytes);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes
}

#[test]
fn a_snapshot_that_lies_allocates_no_more_than_twice_its_size_or_that_of_one_symbol() {
    // Windows that weigh more than what stands around them.
    let rule = Rule::compile("sma(close, 3000) + max(high, 2000) + rolling_std(close, 1000)").unwrap();
    let columns = vec![vec![1.0; 3_100]; rule.plan().fields().len()];
    let columns: Vec<_> = columns.iter().map(Vec::as_slice).collect();
    let mut session = rule.session(Options::default()).unwrap();
    session.run(None, &columns, &mut [&mut [0.0; 3_100]]).unwrap();
    let mut universe = rule.universe(9, Options::default()).unwrap();
    let snapshots = [session.snapshot(), universe.snapshot()];
    // What is shorter than the state of one symbol is seen to be so only beside a new session of the plan.
    let one = snapshots[0].len();
    let restore = |bytes: &[u8]| match bytes[6] {
        1 => rule.restore(bytes).is_ok(),
        _ => rule.restore_universe(bytes).is_ok(),
    };
    let mut refused = 0;
    for bytes in snapshots {
        let (_, most, restored) = allocated(|| restore(&bytes));
        assert!(restored && most <= 2 * bytes.len(), "{most} bytes for a good snapshot of {}", bytes.len());
        let body = &bytes[..bytes.len() - 4];
        // Every place of the head and of the first node's frame holds what cannot be.
        for at in (58..200).chain([body.len() - 8]) {
            for word in [u64::MAX, 1 << 32, 1 << 61, f64::NAN.to_bits() + 1] {
                let mut lying = body.to_vec();
                lying[at..at + 8].copy_from_slice(&word.to_le_bytes());
                let lying = sealed(lying);
                let (_, most, restored) = allocated(|| restore(&lying));
                assert!(most <= 2 * lying.len().max(one), "byte {at}: {most} bytes for {}", lying.len());
                refused += usize::from(!restored);
            }
        }
        for keep in [0, 1, 58, 100, 1_000, body.len() / 2, body.len() - 1] {
            let short = sealed(body[..keep.max(58)].to_vec());
            let (_, most, restored) = allocated(|| restore(&short));
            assert!(!restored);
            assert!(most <= 2 * short.len().max(one), "{most} bytes for a body of {}", short.len());
        }
    }
    assert!(refused > 500, "{refused} lies were seen through");
}
