//! Times as callers write them: integers of some unit, ISO 8601 text; inside they are nanoseconds since 1970 UTC.

use std::borrow::Cow;
use std::fmt;

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use thiserror::Error;

use crate::isa::{Best, Instructions, Work};

/// From this magnitude on an integer is nanoseconds: those of March 1973 and later, or of 1966 and before.
pub const NANOSECONDS_FROM: u64 = 100_000_000_000_000_000;

/// What an integer counts since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Thousandths of a second.
    Milliseconds,
    /// Millionths of a second.
    Microseconds,
    /// Billionths of a second.
    Nanoseconds,
}

impl Unit {
    /// All of them, the longest first.
    pub const ALL: [Unit; 4] = [Unit::Seconds, Unit::Milliseconds, Unit::Microseconds, Unit::Nanoseconds];

    /// `s`, `ms`, `us` or `ns`.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Seconds => "s",
            Unit::Milliseconds => "ms",
            Unit::Microseconds => "us",
            Unit::Nanoseconds => "ns",
        }
    }

    /// The unit of this name, or the names there are.
    ///
    /// # Errors
    /// Where it is none.
    pub fn from_name(name: &str) -> Result<Unit, String> {
        Unit::ALL.into_iter().find(|unit| unit.name() == name).ok_or_else(|| {
            let names: Vec<_> = Unit::ALL.iter().map(|unit| unit.name()).collect();
            format!("`{name}` is no unit of times; one of {} is needed", names.join(", "))
        })
    }

    /// Its length.
    pub fn nanoseconds(self) -> i64 {
        match self {
            Unit::Seconds => 1_000_000_000,
            Unit::Milliseconds => 1_000_000,
            Unit::Microseconds => 1_000,
            Unit::Nanoseconds => 1,
        }
    }

    /// How many of it make up these nanoseconds; `None` where that is no whole number.
    pub fn count(self, time_ns: i64) -> Option<i64> {
        (time_ns % self.nanoseconds() == 0).then(|| time_ns / self.nanoseconds())
    }

    /// The unit in which an integer of this magnitude is a time of 1973 to 2286; none is, of some.
    pub fn likely(magnitude: u64) -> Option<Unit> {
        match magnitude {
            100_000_000..10_000_000_000 => Some(Unit::Seconds),
            100_000_000_000..10_000_000_000_000 => Some(Unit::Milliseconds),
            100_000_000_000_000..10_000_000_000_000_000 => Some(Unit::Microseconds),
            NANOSECONDS_FROM.. => Some(Unit::Nanoseconds),
            _ => None,
        }
    }

    /// `seconds`, `milliseconds`, `microseconds` or `nanoseconds`.
    pub fn words(self) -> &'static str {
        match self {
            Unit::Seconds => "seconds",
            Unit::Milliseconds => "milliseconds",
            Unit::Microseconds => "microseconds",
            Unit::Nanoseconds => "nanoseconds",
        }
    }
}

/// Why something is no time.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum TimeError {
    /// An integer that may be seconds, milliseconds or a clock of one's own.
    #[error("{0} is an integer whose unit nobody can tell: {likely}", likely = Likely(*.0))]
    UnitNeeded(i64),
    /// Outside what 64 bits of nanoseconds hold.
    #[error(
        "{0} does not fit int64 nanoseconds, which reach from 1677-09-21T00:12:43Z to 2262-04-11T23:47:16Z"
    )]
    Range(String),
    /// Text that is no time.
    #[error("`{0}` is no time; ISO 8601 such as 2024-01-02T09:30:00Z is needed")]
    Text(String),
    /// Text with the name of a time zone.
    #[error(
        "`{0}` names a time zone, which is not read here; write the offset, as in 2024-01-02T09:30:00-05:00"
    )]
    Zone(String),
}

/// What an integer is likely to be, and what to do about it.
struct Likely(i64);

impl fmt::Display for Likely {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let accepted = r#"give unit="s", "ms", "us" or "ns", or datetimes"#;
        if let Some(written) = written_date(self.0) {
            return write!(
                f,
                "if its digits are a date, write {written}; if it counts from 1970 UTC, {accepted}"
            );
        }
        let unit = Unit::likely(self.0.unsigned_abs());
        match unit.and_then(|unit| Some((unit, self.0.checked_mul(unit.nanoseconds())?))) {
            Some((unit, time_ns)) => {
                write!(
                    f,
                    "as {} it is {}, then give unit=\"{}\"; ",
                    unit.words(),
                    iso(time_ns),
                    unit.name()
                )?;
                write!(f, "else {accepted}")
            }
            None => write!(f, "{accepted}"),
        }
    }
}

/// What an integer counts since 1970 UTC, told by its size; none where its digits may be a date, or no unit makes it a time of 1973
/// to 2286.
pub fn unit_in_file(whole: i64) -> Option<Unit> {
    Unit::likely(whole.unsigned_abs()).filter(|_| written_date(whole).is_none())
}

/// The date that the digits of an integer write, with or without hour, minute and second; of the years 1900 to 2100.
pub fn written_date(digits: i64) -> Option<civil::DateTime> {
    let (date, time) = match digits {
        19_000_000..22_000_000 => (digits, 0),
        190_000_000_000..220_000_000_000 => (digits / 10_000, digits % 10_000 * 100),
        19_000_000_000_000..22_000_000_000_000 => (digits / 1_000_000, digits % 1_000_000),
        _ => return None,
    };
    let part = |of: i64, at: i64| i8::try_from(of / at % 100).ok();
    let date = civil::Date::new((date / 10_000).try_into().ok()?, part(date, 100)?, part(date, 1)?).ok()?;
    let time = civil::Time::new(part(time, 10_000)?, part(time, 100)?, part(time, 1)?, 0).ok()?;
    (date.year() <= 2100).then(|| date.to_datetime(time))
}

/// An integer as nanoseconds: of its unit, and without one if it can be nothing else.
///
/// # Errors
/// Where a unit is needed, or 64 bits do not hold the nanoseconds.
pub fn from_integer(given: i64, unit: Option<Unit>) -> Result<i64, TimeError> {
    match unit {
        Some(unit) => given
            .checked_mul(unit.nanoseconds())
            .ok_or_else(|| TimeError::Range(format!("{given} {}", unit.name()))),
        None if given.unsigned_abs() >= NANOSECONDS_FROM => Ok(given),
        None => Err(TimeError::UnitNeeded(given)),
    }
}

/// [`from_integer`] of a column; nanoseconds are not copied.
///
/// # Errors
/// With the row of the first that is no time.
pub fn from_integers(given: &[i64], unit: Option<Unit>) -> Result<Cow<'_, [i64]>, (usize, TimeError)> {
    if unit == Some(Unit::Nanoseconds) {
        return Ok(Cow::Borrowed(given));
    }
    if let Some(of) = unit {
        let greatest = given.iter().fold(0, |greatest, x| greatest.max(x.unsigned_abs()));
        if greatest <= (i64::MAX / of.nanoseconds()) as u64 {
            return Ok(Cow::Owned(given.iter().map(|x| x * of.nanoseconds()).collect()));
        }
        let times = given.iter().enumerate().map(|(row, x)| from_integer(*x, unit).map_err(|e| (row, e)));
        return Ok(Cow::Owned(times.collect::<Result<_, _>>()?));
    }
    // Times that fall in between are refused as being out of order: the ends tell of columns that do not straddle 1970.
    let bound = NANOSECONDS_FROM as i64;
    match (given.first(), given.last()) {
        (Some(first), Some(last))
            if (*first < bound || *last < bound) && (*first > -bound || *last > -bound) => {}
        _ => return Ok(Cow::Borrowed(given)),
    }
    match given.iter().position(|x| x.unsigned_abs() < NANOSECONDS_FROM) {
        Some(row) => Err((row, TimeError::UnitNeeded(given[row]))),
        None => Ok(Cow::Borrowed(given)),
    }
}

/// Days, seconds and microseconds since 1970 UTC as nanoseconds.
///
/// # Errors
/// Where 64 bits do not hold them.
pub fn from_parts(days: i64, seconds: i64, microseconds: i64) -> Result<i64, TimeError> {
    let seconds = i128::from(days) * 86_400 + i128::from(seconds);
    let total = seconds * 1_000_000_000 + i128::from(microseconds) * 1_000;
    i64::try_from(total).map_err(|_| TimeError::Range(format!("{seconds} s since 1970")))
}

/// Text as nanoseconds: ISO 8601 with up to nine digits of a second, in UTC where it has no offset; or an integer.
///
/// # Errors
/// Where it is neither, names a zone, or an integer needs a unit.
pub fn parse(text: &str, unit: Option<Unit>) -> Result<i64, TimeError> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let whole = text.parse().map_err(|_| TimeError::Range(shortened(text)))?;
        return from_integer(whole, unit);
    }
    parse_iso(text)
}

/// ISO 8601 text as nanoseconds; without an offset it is UTC, without a time midnight.
///
/// # Errors
/// Where it is none, or names a zone.
pub fn parse_iso(text: &str) -> Result<i64, TimeError> {
    let text = text.trim();
    let none = || TimeError::Text(shortened(text));
    if text.contains('[') {
        return Err(TimeError::Zone(shortened(text)));
    }
    // A leap second has no nanoseconds of its own.
    if text.contains(":60") {
        return Err(none());
    }
    let stamp = match text.parse::<Timestamp>() {
        Ok(stamp) => stamp,
        Err(_) => {
            let local = text.parse::<civil::DateTime>().map_err(|_| none())?;
            local.to_zoned(TimeZone::UTC).map_err(|_| none())?.timestamp()
        }
    };
    i64::try_from(stamp.as_nanosecond()).map_err(|_| TimeError::Range(shortened(text)))
}

/// True for text that says a date and no time of day, as [`parse_iso`] reads it.
pub fn is_date(text: &str) -> bool {
    let text = text.trim();
    !text.contains(['T', 't', ' ']) && text.parse::<civil::Date>().is_ok()
}

/// A time in ISO 8601, with as many digits of a second as it has.
pub fn iso(time_ns: i64) -> Iso {
    Iso(time_ns)
}

/// See [`iso`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Iso(i64);

impl fmt::Display for Iso {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Timestamp::from_nanosecond(self.0.into()) {
            Ok(stamp) => stamp.fmt(f),
            Err(_) => write!(f, "{} ns", self.0),
        }
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

/// The distance that more than half of all neighbouring times have.
pub fn commonest_step(times: &[i64]) -> Option<u64> {
    // Most histories show within a few bars what the others then confirm.
    let of = |some: &[i64]| majority(some).filter(|step| is_majority(times, *step));
    let step = of(&times[..times.len().min(TRIED)]).or_else(|| of(times))?;
    u64::try_from(step).ok()
}

/// Times among whose steps a first guess is looked for.
const TRIED: usize = 65;

/// The only step that more than half can have, where there is a positive one.
fn majority(times: &[i64]) -> Option<i64> {
    let (mut step, mut lead) = (0, 0_usize);
    for [before, time] in times.array_windows() {
        let next = time.wrapping_sub(*before);
        match lead {
            0 => (step, lead) = (next, 1),
            _ if next == step => lead += 1,
            _ => lead -= 1,
        }
    }
    (step > 0).then_some(step)
}

fn is_majority(times: &[i64], step: i64) -> bool {
    let count = Best::of(Instructions::Best).run(&mut (), Count { times, step });
    2 * count > times.len() as u64 - 1
}

/// True where each time is after the one before.
pub(crate) fn is_rising(times: &[i64]) -> bool {
    Best::of(Instructions::Best).run(&mut (), Falls(times)) == 0
}

/// How often a time is not after the one before: a loop without a way out in between is made into one over vectors.
struct Falls<'a>(&'a [i64]);

impl Work<()> for Falls<'_> {
    type Output = u64;

    #[inline(always)]
    fn run(self, (): &mut ()) -> u64 {
        self.0.iter().zip(&self.0[1..]).map(|(before, time)| u64::from(before >= time)).sum()
    }
}

/// How often neighbouring times are this far apart.
struct Count<'a> {
    times: &'a [i64],
    step: i64,
}

impl Work<()> for Count<'_> {
    type Output = u64;

    #[inline(always)]
    fn run(self, (): &mut ()) -> u64 {
        let pairs = self.times.iter().zip(&self.times[1..]);
        pairs.map(|(before, time)| u64::from(time.wrapping_sub(*before) == self.step)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NINE_THIRTY: i64 = 1_704_187_800_000_000_000;

    #[test]
    fn integers_are_nanoseconds_or_need_a_unit() {
        let bound = NANOSECONDS_FROM as i64;
        for whole in [bound, -bound, i64::MAX, i64::MIN] {
            assert_eq!(from_integer(whole, None), Ok(whole));
        }
        for whole in [0, 1, bound - 1, 1 - bound] {
            assert_eq!(from_integer(whole, None), Err(TimeError::UnitNeeded(whole)));
            assert_eq!(from_integer(whole, Some(Unit::Nanoseconds)), Ok(whole));
        }
        for (unit, per_second) in Unit::ALL.into_iter().zip([1, 1_000, 1_000_000, 1_000_000_000]) {
            assert_eq!(from_integer(1_704_187_800 * per_second, Some(unit)), Ok(NINE_THIRTY));
            assert_eq!(Unit::from_name(unit.name()), Ok(unit));
        }
        let beyond = from_integer(i64::MAX / 1_000 + 1, Some(Unit::Microseconds)).unwrap_err();
        assert!(beyond.to_string().contains("us does not fit int64 nanoseconds"), "{beyond}");
        assert!(Unit::from_name("minutes").unwrap_err().contains("s, ms, us, ns"));
    }

    #[test]
    fn an_integer_without_unit_is_refused_with_its_likely_date() {
        for (whole, said) in [
            (1_704_187_800, "as seconds it is 2024-01-02T09:30:00Z, then give unit=\"s\""),
            (1_704_187_800_123, "as milliseconds it is 2024-01-02T09:30:00.123Z, then give unit=\"ms\""),
            (1_704_187_800_123_456, "as microseconds it is 2024-01-02T09:30:00.123456Z"),
            (20_240_102, "if its digits are a date, write 2024-01-02T00:00:00"),
            (202_401_020_930, "if its digits are a date, write 2024-01-02T09:30:00"),
            (20_240_102_093_059, "if its digits are a date, write 2024-01-02T09:30:59"),
            (93_000, "nobody can tell: give unit=\"s\", \"ms\", \"us\" or \"ns\""),
            (20_241_302, "nobody can tell: give unit="),
        ] {
            let refused = from_integer(whole, None).unwrap_err().to_string();
            assert!(refused.contains(said), "{refused}");
        }
    }

    #[test]
    fn a_column_of_integers_is_refused_by_row() {
        let times = [NINE_THIRTY, NINE_THIRTY + 1];
        assert!(matches!(from_integers(&times, None), Ok(Cow::Borrowed(_))));
        assert!(matches!(from_integers(&[0, 1], Some(Unit::Nanoseconds)), Ok(Cow::Borrowed([0, 1]))));
        assert!(matches!(from_integers(&[], None), Ok(Cow::Borrowed([]))));
        // A column that straddles 1970 may still be nanoseconds throughout.
        assert!(from_integers(&[-NINE_THIRTY, NINE_THIRTY], None).is_ok());
        assert_eq!(from_integers(&[NINE_THIRTY, 5], None), Err((1, TimeError::UnitNeeded(5))));
        assert_eq!(from_integers(&[5, NINE_THIRTY], None), Err((0, TimeError::UnitNeeded(5))));
        assert_eq!(from_integers(&[-NINE_THIRTY, 5, NINE_THIRTY], None), Err((1, TimeError::UnitNeeded(5))));
        let seconds = [1_704_187_800, 1_704_187_801];
        let read = from_integers(&seconds, Some(Unit::Seconds)).unwrap();
        assert_eq!(read.as_ref(), [NINE_THIRTY, NINE_THIRTY + 1_000_000_000]);
        let (row, error) = from_integers(&[0, i64::MAX], Some(Unit::Milliseconds)).unwrap_err();
        assert_eq!((row, matches!(error, TimeError::Range(_))), (1, true));
    }

    #[test]
    fn iso_text_is_read_to_the_nanosecond() {
        for text in [
            "2024-01-02T09:30:00Z",
            "2024-01-02t09:30:00z",
            " 2024-01-02 09:30 ",
            "2024-01-02T09:30",
            "2024-01-02T04:30:00-05:00",
            "2024-01-02T15:00+0530",
            "2024-01-02T15:00:00.000000000+05:30",
            "20240102T093000Z",
            "1704187800000000000",
        ] {
            assert_eq!(parse(text, None), Ok(NINE_THIRTY), "{text}");
        }
        assert_eq!(parse("2024-01-02T09:30:00.123456789Z", None), Ok(NINE_THIRTY + 123_456_789));
        assert_eq!(parse("2024-01-02", None), Ok(NINE_THIRTY - 34_200_000_000_000));
        assert_eq!(parse("1704187800", Some(Unit::Seconds)), Ok(NINE_THIRTY));
        assert_eq!(iso(NINE_THIRTY + 123_456_789).to_string(), "2024-01-02T09:30:00.123456789Z");
        for end in [i64::MIN, i64::MAX] {
            assert_eq!(parse(&iso(end).to_string(), None), Ok(end));
        }
    }

    #[test]
    fn a_date_is_told_from_a_time() {
        assert!(["2024-01-02", " 2024-01-02 ", "20240102", "1969-12-31"].into_iter().all(is_date));
        let times =
            ["2024-01-02T00:00", "2024-01-02 00:00", "2024-01-02t00:00Z", "2024-13-01", "soon", "", "5"];
        assert!(!times.into_iter().any(is_date));
    }

    #[test]
    fn text_that_is_no_time_is_refused() {
        for text in [
            "",
            "soon",
            "2024",
            "2024-13-01",
            "2024-01-02T25:00",
            "2024-01-02T09:30:60Z",
            "2024/01/02",
            "9:30",
            "1.5",
            "1e18",
            "2024-01-02T09:30:00.1234567891Z",
            "NaT",
            "-",
        ] {
            assert!(parse(text, None).is_err(), "{text}");
        }
        let zoned = parse("2024-01-02T09:30[America/New_York]", None).unwrap_err();
        assert!(zoned.to_string().contains("write the offset"), "{zoned}");
        for text in ["2262-04-12", "1677-09-20", "99999999999999999999"] {
            assert!(matches!(parse(text, None), Err(TimeError::Range(_))), "{text}");
        }
    }

    /// By counting all of them.
    fn counted(times: &[i64]) -> Option<u64> {
        let mut steps: Vec<i64> = times.windows(2).map(|pair| pair[1].wrapping_sub(pair[0])).collect();
        steps.sort_unstable();
        let common = steps.chunk_by(|a, b| a == b).max_by_key(|run| run.len())?;
        (2 * common.len() > steps.len() && common[0] > 0).then_some(common[0] as u64)
    }

    #[test]
    fn the_commonest_step_is_that_of_more_than_half() {
        let mut state = 7_u64;
        let mut random = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % below
        };
        let mut found = 0;
        for _ in 0..2_000 {
            let (length, usual) = (random(200), random(100));
            let mut times = vec![];
            let mut time = 0;
            for bar in 0..length {
                // Half of the histories change their step on the way.
                let step = if random(100) < usual { 3 } else { random(4) };
                time += step as i64 + if usual % 2 == 0 && bar > length / 3 { 10 } else { 0 };
                times.push(time);
            }
            let step = commonest_step(&times);
            assert_eq!(step, counted(&times), "{times:?}");
            found += usize::from(step.is_some());
        }
        assert!((400..1_600).contains(&found), "{found}");
        assert_eq!(commonest_step(&[]), None);
        assert_eq!(commonest_step(&[5]), None);
        assert_eq!(commonest_step(&[5, 4, 3]), None);
        assert_eq!(commonest_step(&[0, 1, 2, 4]), Some(1));
        assert_eq!(commonest_step(&[0, 1, 3]), None);
    }
}
