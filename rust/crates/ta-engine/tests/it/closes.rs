//! When bars close: by calendars of several places, around the days on which clocks change, and that no row sees a bar
//! before it closed. Where the bars of a place begin and end is reckoned here with its dates and times of day.

use jiff::civil::{Date, date, time};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{ToSpan, civil::Weekday};
use ta_engine::calendar::{Calendar, Timeframe};
use ta_engine::closing::{CloseError, Stamps, StampsOf};
use ta_engine::incremental::contracts::{Policies, StepError};
use ta_engine::incremental::joined::StreamColumns;
use ta_engine::plan::PlanError;
use ta_engine::plan::joined::Joining;
use ta_engine::{Event, Instructions, JoinedSession, Rule};

use crate::joined::{HOUR_NS, joining, session};
use crate::market::{Market, Random};
use crate::random_rules::{Shape, random_rule};

/// A market: zone, session start, first day of the week, and a day near which its clocks change (or do not).
const PLACES: [(&str, (i8, i8), &str, Date); 8] = [
    ("Asia/Tokyo", (0, 0), "monday", date(2023, 2, 10)),
    ("America/New_York", (0, 0), "monday", date(2024, 2, 20)),
    ("America/New_York", (17, 0), "sunday", date(2024, 10, 10)),
    ("America/New_York", (9, 30), "monday", date(2024, 10, 10)),
    ("Europe/London", (0, 0), "monday", date(2024, 3, 5)),
    ("Asia/Kolkata", (9, 15), "monday", date(2024, 1, 20)),
    ("Australia/Sydney", (10, 0), "sunday", date(2024, 3, 15)),
    ("UTC", (0, 0), "monday", date(2024, 1, 10)),
];
const DAYS: i32 = 75;

/// Opens and closes of bars.
type Spans = Vec<(i64, i64)>;

struct Place {
    zone: TimeZone,
    start: (i8, i8),
    week: Weekday,
    first: Date,
    calendar: Calendar,
}

impl Place {
    fn of(place: usize) -> Place {
        let (zone, start, week, first) = PLACES[place];
        let calendar = Calendar::new(zone, &format!("{:02}:{:02}", start.0, start.1), week).unwrap();
        let zone = TimeZoneDatabase::bundled().get(zone).unwrap();
        let week = if week == "monday" { Weekday::Monday } else { Weekday::Sunday };
        Place { zone, start, week, first, calendar }
    }

    fn session_of(&self, day: Date) -> i64 {
        let at = day.to_datetime(time(self.start.0, self.start.1, 0, 0));
        let at = at.to_zoned(self.zone.clone()).unwrap().timestamp();
        at.as_nanosecond().try_into().unwrap()
    }

    /// All bars between these days, from one day that `begins` to the next.
    fn bars(&self, begins: impl Fn(Date) -> bool) -> Spans {
        let days = (0..DAYS).map(|day| self.first.checked_add(day.days()).unwrap());
        let starts: Vec<i64> = days.filter(|day| begins(*day)).map(|day| self.session_of(day)).collect();
        starts.windows(2).map(|pair| (pair[0], pair[1])).collect()
    }

    fn spans(&self, timeframe: &str) -> Spans {
        let (first, last) = (
            self.session_of(self.first),
            self.session_of(self.first.checked_add((DAYS - 1).days()).unwrap()),
        );
        match timeframe {
            "1d" => self.bars(|_| true),
            "1w" => self.bars(|day| day.weekday() == self.week),
            "1mo" => self.bars(|day| day.day() == 1),
            _ => (0..(last - first) / HOUR_NS)
                .map(|hour| (first + hour * HOUR_NS, first + (hour + 1) * HOUR_NS))
                .collect(),
        }
    }

    fn joining(&self) -> Joining {
        Joining { calendar: Some(self.calendar.clone()), ..joining("1h") }
    }
}

/// Bars of every stream, and when each truly closes.
struct History {
    stamps: Vec<Vec<i64>>,
    told: Vec<Option<Vec<i64>>>,
    closes: Vec<Vec<i64>>,
    columns: Vec<Vec<Vec<f64>>>,
}

impl History {
    fn of(place: &Place, session: &JoinedSession, seed: u64) -> History {
        let mut random = Random::new(seed);
        let mut it =
            History { stamps: Vec::new(), told: Vec::new(), closes: Vec::new(), columns: Vec::new() };
        let stamped = &session.plan().joining().stamps;
        for stream in session.plan().streams() {
            let length = stream.timeframe.map_or_else(String::new, |t| t.to_string());
            let holes = [0.0, 0.1][random.below(2)];
            let mut spans = place.spans(&length);
            let mut at = 0;
            spans.retain(|_| {
                at += 1;
                at < 4 || random.unit() >= holes
            });
            let market = Market::new(random.next(), spans.len()).with_missing(seed, 0.01);
            let field = |name: &String| match name.as_str() {
                "open" => market.open.clone(),
                "high" => market.high.clone(),
                "low" => market.low.clone(),
                "close" | "price" => market.close.clone(),
                _ => market.volume.clone(),
            };
            let is_close = stamped.of(&stream.stream.name()) == Stamps::Close;
            // Now and then the last instant of a bar in place of its end.
            let early = if random.below(3) == 0 { 1_000_000 } else { 0 };
            it.stamps.push(spans.iter().map(|(o, c)| if is_close { *c - early } else { *o }).collect());
            let tells = !is_close && random.below(4) == 0;
            it.told.push(tells.then(|| spans.iter().map(|(_, c)| c - early).collect()));
            it.closes.push(spans.iter().map(|(_, close)| *close).collect());
            it.columns.push(stream.fields.iter().map(field).collect());
        }
        it
    }

    /// What has closed at a time.
    fn up_to(&self, end: i64) -> History {
        let rows: Vec<usize> = self.closes.iter().map(|c| c.iter().filter(|c| **c <= end).count()).collect();
        let cut = |all: &[Vec<i64>]| all.iter().zip(&rows).map(|(x, n)| x[..*n].to_vec()).collect();
        History {
            stamps: cut(&self.stamps),
            told: self.told.iter().zip(&rows).map(|(t, n)| t.as_ref().map(|t| t[..*n].to_vec())).collect(),
            closes: cut(&self.closes),
            columns: self
                .columns
                .iter()
                .zip(&rows)
                .map(|(columns, n)| columns.iter().map(|column| column[..*n].to_vec()).collect())
                .collect(),
        }
    }

    fn streams(&self, session: &JoinedSession) -> Vec<StreamColumns<'_>> {
        let plan = session.plan().streams();
        let columns = (0..plan.len()).map(|at| {
            let closes =
                plan[at].closes_of(&self.stamps[at], self.told[at].as_deref()).expect("bars of the calendar");
            let columns: Vec<&[f64]> = self.columns[at].iter().map(Vec::as_slice).collect();
            StreamColumns::new(&self.stamps[at], &columns).closing(closes)
        });
        columns.collect()
    }
}

type Rows = Vec<(i64, i64, Vec<u64>)>;

/// Close, stamp and values of every row, of bars taken at once.
fn run(session: &mut JoinedSession, history: &History) -> Rows {
    let streams = history.streams(session);
    let times = session.row_times(&streams).expect("bars in order");
    let stamps = session.row_stamps(&streams, &times);
    let mut outputs = vec![vec![0.0; times.len()]; session.plan().plan().outputs().len()];
    let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
    session.run(&streams, &mut slices).expect("bars in order");
    let row = |at: usize| outputs.iter().map(|column| column[at].to_bits()).collect();
    (0..times.len()).map(|at| (times[at], stamps[at], row(at))).collect()
}

/// The same, of bars that come as they close, with a restart and a forming bar on the way.
fn pushed(rule: &Rule, session: &mut JoinedSession, history: &History) -> Rows {
    let plan = session.plan().clone();
    let mut order: Vec<(i64, usize, usize)> = (0..history.closes.len())
        .flat_map(|s| history.closes[s].iter().enumerate().map(move |(row, close)| (*close, s, row)))
        .collect();
    order.sort_unstable();
    let mut rows = Rows::new();
    for (at, (true_close, stream, row)) in order.iter().copied().enumerate() {
        let told = history.told[stream].as_ref().map(|told| told[row]);
        let closed = plan.streams()[stream].close_of(history.stamps[stream][row], told).unwrap();
        assert_eq!(closed.close_ns, true_close);
        let inputs: Vec<f64> = history.columns[stream].iter().map(|column| column[row]).collect();
        let event = Event { time_ns: Some(closed.close_ns), inputs: &inputs };
        let mut give = |out: ta_engine::incremental::joined::JoinedOutput<'_>| {
            let stamp = out.stamp_ns.unwrap_or_else(|| plan.row_stamp(out.time_ns));
            rows.push((out.time_ns, stamp, out.values.iter().map(|v| v.value.to_bits()).collect()));
        };
        if at % 97 == 0 {
            session.preview(stream, &event, &mut Vec::new()).unwrap();
            *session = rule.restore_joined(&session.snapshot(), Instructions::Best).unwrap();
        }
        match closed.is_told {
            false => session.push(stream, &event, &mut give).unwrap(),
            true => session.push_told(stream, history.stamps[stream][row], &event, &mut give).unwrap(),
        }
        // What closes then has been given where the next one closes later: none is lost after that.
        if order.get(at + 1).is_none_or(|next| next.0 > true_close) {
            session.advance_all(true_close, &mut give);
        }
    }
    rows
}

#[test]
fn bars_of_every_place_close_with_its_days_weeks_and_months() {
    for (at, (zone, ..)) in PLACES.iter().enumerate() {
        let place = Place::of(at);
        for timeframe in ["1d", "24h", "1w", "1mo"] {
            let rule = Rule::compile(&format!("close > ohlcv.{timeframe}.close")).unwrap();
            let session = session(&rule, place.joining(), Policies::default());
            let stream = session.plan().stream(&format!("ohlcv.{timeframe}")).unwrap();
            let stream = &session.plan().streams()[stream];
            let spans = place.spans(if timeframe == "24h" { "1d" } else { timeframe });
            let (opens, closes): (Vec<i64>, Vec<i64>) = spans.into_iter().unzip();
            assert!(!closes.is_empty());
            let found = stream.closes_of(&opens, None).unwrap();
            assert_eq!(&*found.closes_ns, closes, "{zone} {timeframe}");
            assert!(found.stamps_ns.is_empty());
        }
    }
}

/// Random rules over hours, days, weeks and months of every place: at once and as bars close, and not changed by what
/// closes after a row.
#[test]
fn no_row_sees_a_bar_before_it_closed_whatever_the_calendar() {
    const PREFIXES: [&str; 5] = ["", "ohlcv.1d.", "ohlcv.1mo.", "ETH.", "ohlcv.1w."];
    let (mut proven, mut cuts) = (0, 0);
    for seed in 0..320u64 {
        let shape = Shape {
            prefixes: &PREFIXES[..2 + seed as usize % 4],
            size: 3 + seed as usize % 9,
            has_durations: false,
        };
        let text = random_rule(70_000 + seed, shape);
        let rule = Rule::compile(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let place = Place::of(seed as usize % PLACES.len());
        let mut joining = place.joining();
        if seed % 5 == 2 {
            joining.stamps = StampsOf { all: Stamps::Close, ..StampsOf::default() };
        } else if seed % 5 == 3 {
            joining.stamps.named.insert("ohlcv.1mo".to_owned(), Stamps::Close);
            joining.stamps.named.insert("ohlcv.1d".to_owned(), Stamps::Close);
        }
        let open = || rule.joined_session(joining.clone(), Policies::default(), Instructions::Best);
        let mut whole = match open() {
            Ok(session) => session,
            Err(PlanError::NotWholeBars { .. }) => continue,
            Err(error) => panic!("{text}: {error}"),
        };
        if whole.plan().streams().len() < 2 || whole.plan().plan().fields().is_empty() {
            continue;
        }
        let what = format!("seed {seed}: {text}");
        let history = History::of(&place, &whole, seed);
        let rows = run(&mut whole, &history);
        let mut live = open().unwrap();
        assert!(pushed(&rule, &mut live, &history) == rows, "{what}: live and at once differ");
        let mut random = Random::new(seed);
        for _ in 0..6 {
            if rows.is_empty() {
                break;
            }
            let row = random.below(rows.len());
            let found = run(&mut open().unwrap(), &history.up_to(rows[row].0));
            assert!(found[row] == rows[row], "{what}: row {row} looks ahead");
            cuts += 1;
        }
        proven += 1;
    }
    assert!(proven > 150 && cuts > 900, "{proven} {cuts}");
}

#[test]
fn bars_that_begin_where_nothing_of_the_calendar_does_are_refused_with_the_two_ways_out() {
    let rule = Rule::compile("close > ohlcv.1mo.close").unwrap();
    let session = session(&rule, joining("1h"), Policies::default());
    let months = &session.plan().streams()[session.plan().stream("ohlcv.1mo").unwrap()];
    // March in Tokyo begins on the last of February at three in the afternoon.
    let open_ns = Place::of(0).spans("1mo")[0].0;
    let refused = months.closes_of(&[open_ns], None).unwrap_err();
    let said = refused.to_string();
    for words in
        ["`ohlcv.1mo` in row 0", "2023-02-28T15:00:00Z", "UTC", "time zone", "close_time", "stamps=\"close\""]
    {
        assert!(said.contains(words), "{said}");
    }
    let opens = [open_ns];
    let told = months.closes_of(&opens, Some(&[open_ns + 31 * 24 * HOUR_NS])).unwrap();
    assert_eq!(*told.closes_ns, [open_ns + 31 * 24 * HOUR_NS]);
    let too_long = months.close_of(open_ns, Some(open_ns + 32 * 24 * HOUR_NS)).unwrap_err();
    assert!(too_long.to_string().contains("longer than 1mo"), "{too_long}");
    assert!(matches!(months.close_of(open_ns, Some(open_ns)), Err(CloseError::NotAfter { .. })));
}

#[test]
fn of_one_stream_alone_bars_may_be_stamped_as_they_like() {
    let rule = Rule::compile("sma(close, 2)").unwrap();
    for timeframe in ["1d", "1mo"] {
        let mut session = session(&rule, joining(timeframe), Policies::default());
        let days = |days: &[i64]| days.iter().map(|d| d * 24 * HOUR_NS + 12_345).collect::<Vec<_>>();
        let stamps = days(&[0, 1, 2, 5]);
        let closes = session.plan().streams()[0].closes_of(&stamps, None).unwrap();
        let column = [1.0, 2.0, 3.0, 4.0];
        let streams = [StreamColumns::new(&stamps, &[&column]).closing(closes)];
        let times = session.row_times(&streams).unwrap();
        assert_eq!(session.row_stamps(&streams, &times), stamps, "{timeframe}");
        let mut found = [0.0; 4];
        session.run(&streams, &mut [&mut found]).unwrap();
        assert_eq!(found[1..], [1.5, 2.5, 3.5]);
    }
}

fn of_four_hours(hours: &[i64]) -> Result<Vec<i64>, StepError> {
    let rule = Rule::compile("close > ohlcv.4h.close").unwrap();
    let session = session(&rule, joining("1h"), Policies::default());
    let stamps: Vec<i64> = hours.iter().map(|hour| hour * HOUR_NS).collect();
    let four = session.plan().stream("ohlcv.4h").unwrap();
    let closes = session.plan().streams()[four].closes_of(&stamps, None)?;
    let column = vec![1.0; hours.len()];
    let mut streams = vec![StreamColumns::new(&[], &[&[]]), StreamColumns::new(&[], &[&[]])];
    streams[four] = StreamColumns::new(&stamps, &[&column]).closing(closes);
    session.row_times(&streams)
}

#[test]
fn bars_that_look_longer_than_they_are_declared_are_refused_and_sparse_ones_are_not() {
    for longer in [
        vec![0, 24, 48, 72],
        vec![0, 24, 96, 120],
        // A day of 25 hours among them.
        vec![0, 24, 49, 73],
        vec![0, 24, 48, 72, 76, 96, 120, 144],
    ] {
        let refused = of_four_hours(&longer).unwrap_err();
        assert!(matches!(refused, StepError::Close(CloseError::Longer { .. })), "{longer:?}");
        assert!(refused.to_string().contains("`ohlcv.4h` are declared as 4h"), "{refused}");
    }
    for sparse in [vec![0, 4, 8, 12], vec![0, 20, 32, 60], vec![0, 8, 12, 28, 32, 40], vec![0, 24], vec![0]] {
        of_four_hours(&sparse).unwrap_or_else(|error| panic!("{sparse:?}: {error}"));
    }
}

#[test]
fn bars_closer_together_than_they_are_long_are_refused_at_once_as_when_pushed() {
    let refused = of_four_hours(&[0, 4, 6]).unwrap_err();
    assert!(matches!(&refused, StepError::Closer { row: Some(2), .. }), "{refused}");
    assert!(refused.to_string().contains("closer to the last one"), "{refused}");
    // Days are an hour shorter where clocks go forward, and no shorter.
    let place = Place::of(1);
    let rule = Rule::compile("close > ohlcv.1d.close").unwrap();
    let mut session = session(&rule, place.joining(), Policies::default());
    let day = session.plan().stream("ohlcv.1d").unwrap();
    let spans = place.spans("1d");
    let shortest = spans.iter().position(|(open, close)| close - open == 23 * HOUR_NS).unwrap();
    for (at, (_, close)) in spans[shortest - 1..=shortest].iter().enumerate() {
        let event = Event { time_ns: Some(*close), inputs: &[at as f64] };
        session.push(day, &event, &mut |_| {}).unwrap();
    }
    let (_, close) = spans[shortest];
    let event = Event { time_ns: Some(close + 23 * HOUR_NS), inputs: &[0.0] };
    let refused = session.push(day, &event, &mut |_| {});
    assert!(matches!(refused, Err(StepError::Closer { .. })), "{refused:?}");
}

#[test]
fn closes_may_be_written_as_the_last_instant_or_as_a_date() {
    let rule = Rule::compile("close > ohlcv.1mo.close + ohlcv.1w.close").unwrap();
    let stamps = StampsOf { all: Stamps::Close, ..StampsOf::default() };
    let session = session(&rule, Joining { stamps, ..joining("1h") }, Policies::default());
    let close_of = |stream: &str, text: &str| {
        let at: jiff::Timestamp = text.parse().unwrap();
        let stream = &session.plan().streams()[session.plan().stream(stream).unwrap()];
        let closed = stream.close_of(at.as_nanosecond().try_into().unwrap(), None).unwrap();
        jiff::Timestamp::from_nanosecond(closed.close_ns.into()).unwrap().to_string()
    };
    for (stream, stamp, close) in [
        ("ohlcv.1mo", "2024-01-31T23:59:59.999Z", "2024-02-01T00:00:00Z"),
        ("ohlcv.1mo", "2024-01-31T23:59:59Z", "2024-02-01T00:00:00Z"),
        ("ohlcv.1mo", "2024-02-01T00:00:00Z", "2024-02-01T00:00:00Z"),
        // The date of the last day, and of the last day of business.
        ("ohlcv.1mo", "2024-01-31T00:00:00Z", "2024-02-01T00:00:00Z"),
        ("ohlcv.1mo", "2024-03-29T00:00:00Z", "2024-03-30T00:00:00Z"),
        ("ohlcv.1w", "2024-03-29T00:00:00Z", "2024-03-30T00:00:00Z"),
        ("ohlcv.1w", "2024-03-29T21:00:00Z", "2024-03-29T21:00:00Z"),
        ("ohlcv", "2024-03-29T20:59:59.999999Z", "2024-03-29T21:00:00Z"),
        ("ohlcv", "2024-03-29T21:00:00Z", "2024-03-29T21:00:00Z"),
    ] {
        assert_eq!(close_of(stream, stamp), close, "{stream} {stamp}");
    }
}

#[test]
fn a_snapshot_belongs_to_its_calendar_and_its_stamps() {
    let rule = Rule::compile("close > ohlcv.1d.close").unwrap();
    let close = StampsOf { all: Stamps::Close, ..StampsOf::default() };
    let all = [
        joining("1h"),
        Place::of(0).joining(),
        Place::of(2).joining(),
        Joining { stamps: close, ..joining("1h") },
        Joining { resample: Some(Place::of(0).calendar), ..joining("1h") },
    ];
    let sessions = || all.iter().map(|joining| session(&rule, joining.clone(), Policies::default()));
    for (at, mut one) in sessions().enumerate() {
        let snapshot = one.snapshot();
        assert_eq!(*rule.restore_joined(&snapshot, Instructions::Best).unwrap().plan().joining(), all[at]);
        for (other, mut session) in sessions().enumerate() {
            assert_eq!(session.restore_from(&rule, &snapshot).is_ok(), at == other, "{at} {other}");
        }
    }
}

/// Days of a place made of hours close as the same days do that are given.
#[test]
fn given_bars_and_made_ones_close_alike() {
    let rule = Rule::compile("ohlcv.1d.close + ohlcv.1mo.close + close * 0").unwrap();
    for (at, place) in (0..PLACES.len()).map(Place::of).enumerate() {
        let made = Joining { resample: Some(place.calendar.clone()), ..joining("1h") };
        let mut made = session(&rule, made, Policies::default());
        let mut given = session(&rule, place.joining(), Policies::default());
        let hours = place.spans("1h");
        // Only whole months and days, so that made bars and given ones are the same.
        let price = |close: i64| ((close / HOUR_NS) % 1_000) as f64;
        let streams = |session: &JoinedSession, is_made: bool| -> History {
            let mut it =
                History { stamps: Vec::new(), told: Vec::new(), closes: Vec::new(), columns: Vec::new() };
            for stream in session.plan().streams() {
                let timeframe = stream.timeframe.unwrap().to_string();
                let spans = match (timeframe.as_str(), is_made) {
                    ("1h", _) => hours.clone(),
                    (_, true) => Vec::new(),
                    (timeframe, false) => place.spans(timeframe),
                };
                let (opens, closes): (Vec<i64>, Vec<i64>) = spans.into_iter().unzip();
                // The last hour that closes in it.
                let last = |close: &i64| {
                    hours.iter().map(|(_, c)| *c).filter(|c| c <= close).max().map_or(f64::NAN, price)
                };
                it.columns.push(stream.fields.iter().map(|_| closes.iter().map(last).collect()).collect());
                it.stamps.push(opens);
                it.closes.push(closes);
                it.told.push(None);
            }
            it
        };
        let (of_made, of_given) = (streams(&made, true), streams(&given, false));
        let (made, given) = (run(&mut made, &of_made), run(&mut given, &of_given));
        let first_month = place.spans("1mo")[0].1;
        let after = |rows: &Rows| rows.iter().filter(|row| row.0 >= first_month).cloned().collect::<Vec<_>>();
        assert!(after(&made).len() > 300, "{}", after(&made).len());
        assert!(after(&made) == after(&given), "{:?}", PLACES[at]);
    }
}

/// The length of a bar that was a bug's: seen 72 hours before it closed.
#[test]
fn a_march_of_tokyo_is_seen_when_it_is_over() {
    let place = Place::of(0);
    let rule = Rule::compile("ohlcv.1mo.close + close * 0").unwrap();
    let mut session = session(&rule, place.joining(), Policies::default());
    let history = History::of(&place, &session, 4);
    let (month, hour) =
        (session.plan().stream("ohlcv.1mo").unwrap(), session.plan().stream("ohlcv").unwrap());
    let close = Timeframe::parse("1mo").map(|_| history.closes[month][0]).unwrap();
    let rows = run(&mut session, &history);
    let first = rows.iter().find(|row| !f64::from_bits(row.2[0]).is_nan()).expect("a ready row");
    assert_eq!(close, history.stamps[month][0].max(0) + 31 * 24 * HOUR_NS);
    assert!(first.0 >= close && first.0 <= close + 3 * HOUR_NS, "{} {close}", first.0);
    assert!(history.closes[hour].len() > 1_000);
}
