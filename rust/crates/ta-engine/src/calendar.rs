//! Lengths of bars, and the calendar by which bars are made of finer ones. No clock is read: time zones come with the
//! engine.

use std::fmt;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};
use thiserror::Error;

use crate::lang::shift::{Unit, normal_timeframe};

const SECOND_NS: u64 = 1_000_000_000;
const HOUR_NS: u64 = 3_600 * SECOND_NS;
const DAY_NS: u64 = 24 * HOUR_NS;

/// The length of a bar: `30s`, `15m`, `4h`, `1d`, `1w`, `1mo`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timeframe {
    count: u32,
    /// `None`: seconds, which only data has, no rule.
    unit: Option<Unit>,
}

impl Timeframe {
    /// The length written so, number first or unit first, in any case; `None` for anything else.
    pub fn parse(text: &str) -> Option<Timeframe> {
        let (count, unit) = match text.strip_suffix(['s', 'S']) {
            Some(count) => (count.to_owned(), None),
            None => {
                let normal = normal_timeframe(text)?;
                let digits = normal.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                (digits.to_owned(), Some(Unit::from_name(&normal[digits.len()..])?))
            }
        };
        let count = count.parse().ok().filter(|count| *count > 0)?;
        Some(Timeframe { count, unit })
    }

    /// The length of so many nanoseconds, in the longest unit; `None` for what is no whole number of seconds.
    pub fn from_ns(length_ns: u64) -> Option<Timeframe> {
        let units = [Unit::Week, Unit::Day, Unit::Hour, Unit::Minute];
        let of = |unit_ns: u64| {
            length_ns.is_multiple_of(unit_ns).then_some(length_ns / unit_ns).filter(|n| *n > 0)
        };
        let found = units.into_iter().find_map(|unit| Some((of(unit.nanoseconds()?)?, Some(unit))));
        let (count, unit) = found.or_else(|| Some((of(SECOND_NS)?, None)))?;
        Some(Timeframe { count: count.try_into().ok()?, unit })
    }

    /// So many of these lengths, in days, hours or minutes where it is whole ones; `None` where it is longer than times reach.
    pub fn times(self, times: u32) -> Option<Timeframe> {
        let is_short = matches!(self.unit, None | Some(Unit::Minute | Unit::Hour));
        if times == 1 || !is_short {
            return Some(Timeframe { count: self.count.checked_mul(times)?, ..self });
        }
        let length_ns = self.fixed_ns()?.checked_mul(u64::from(times))?;
        // Weeks begin on a day of their own.
        match Timeframe::from_ns(length_ns)? {
            Timeframe { count, unit: Some(Unit::Week) } => {
                Some(Timeframe { count: count.checked_mul(7)?, unit: Some(Unit::Day) })
            }
            timeframe => Some(timeframe),
        }
    }

    /// True for two that are the same bars.
    pub fn is_same(self, other: Timeframe) -> bool {
        self == other || self.fixed_ns().is_some_and(|length_ns| Some(length_ns) == other.fixed_ns())
    }

    /// The length in nanoseconds; a month has none that is always the same.
    pub fn fixed_ns(self) -> Option<u64> {
        let unit_ns = match self.unit {
            None => SECOND_NS,
            Some(unit) => unit.nanoseconds()?,
        };
        unit_ns.checked_mul(u64::from(self.count))
    }

    /// The length that it is ordered by; a month counts as thirty days.
    pub fn nominal_ns(self) -> u64 {
        self.fixed_ns().unwrap_or_else(|| (30 * DAY_NS).saturating_mul(u64::from(self.count)))
    }

    /// The moment one length after another: so many months later on the same day, or on the last of a shorter month. The
    /// last moment there is where it lies beyond.
    pub fn after(self, moment_ns: i64) -> i64 {
        let months =
            || utc(moment_ns)?.to_zoned(TimeZone::UTC).checked_add(i64::from(self.count).months()).ok();
        match self.fixed_ns() {
            Some(length_ns) => moment_ns.saturating_add_unsigned(length_ns),
            None => months().and_then(|later| nanoseconds(later.timestamp())).unwrap_or(i64::MAX),
        }
    }

    /// True where a calendar says how long each bar is: whole days, weeks and months.
    pub fn is_of_days(self) -> bool {
        self.fixed_ns().is_none_or(|length_ns| length_ns.is_multiple_of(DAY_NS))
    }

    /// Whole days written as hours, minutes or seconds (`24h`) are days.
    fn in_days(self) -> Timeframe {
        let is_short = matches!(self.unit, None | Some(Unit::Minute | Unit::Hour));
        let days = self.fixed_ns().filter(|length_ns| is_short && length_ns.is_multiple_of(DAY_NS));
        let count = days.and_then(|length_ns| (length_ns / DAY_NS).try_into().ok());
        count.map_or(self, |count| Timeframe { count, unit: Some(Unit::Day) })
    }

    /// The longest that a bar can be: days where clocks go back and months of 31 days.
    pub(crate) fn longest_ns(self) -> u64 {
        match self.fixed_ns() {
            Some(length_ns) if self.is_of_days() => length_ns.saturating_add(HOUR_NS),
            Some(length_ns) => length_ns,
            None => (31 * DAY_NS).saturating_mul(u64::from(self.count)).saturating_add(HOUR_NS),
        }
    }

    /// The shortest that a bar of its calendar can be, as [`longest_ns`](Timeframe::longest_ns).
    pub(crate) fn shortest_ns(self) -> u64 {
        match self.fixed_ns() {
            Some(length_ns) if self.is_of_days() => length_ns - HOUR_NS,
            Some(length_ns) => length_ns,
            None => (28 * DAY_NS).saturating_mul(u64::from(self.count)) - HOUR_NS,
        }
    }
}

impl fmt::Display for Timeframe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.unit.map_or("s", Unit::name))
    }
}

/// Where bars begin and end: those that are made of finer ones, and of days, weeks and months all others too.
///
/// Minutes and hours are counted from the session's start of each day, in the time zone; the last of a day may be
/// shorter. A day lasts from one session's start to the next; a week begins with the session of its first day, a month
/// with that of the first of the month.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    zone: TimeZone,
    zone_name: String,
    session_start: Time,
    week_start: Weekday,
}

/// Why there is no such calendar.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CalendarError {
    /// No such time zone.
    #[error("`{0}` is no time zone; a name such as `UTC` or `America/New_York` is needed")]
    Zone(String),
    /// No time of day.
    #[error("`{0}` is no time of day; one such as `00:00` or `17:00` is needed")]
    SessionStart(String),
    /// No day of the week.
    #[error("`{0}` is no day of the week; one such as `monday` is needed")]
    WeekStart(String),
}

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

impl Default for Calendar {
    fn default() -> Calendar {
        let (zone_name, session_start) = ("UTC".to_owned(), Time::midnight());
        Calendar { zone: TimeZone::UTC, zone_name, session_start, week_start: Weekday::Monday }
    }
}

impl Calendar {
    /// A calendar of a time zone (`America/New_York`), the time of day at which its sessions start (`09:30`) and the
    /// first day of its weeks (`monday`).
    ///
    /// # Errors
    /// Where one of them is none.
    pub fn new(zone: &str, session_start: &str, week_start: &str) -> Result<Calendar, CalendarError> {
        let of_zone = |_| CalendarError::Zone(zone.to_owned());
        let of_start = || CalendarError::SessionStart(session_start.to_owned());
        let day = DAYS.iter().find(|(name, _)| name.eq_ignore_ascii_case(week_start));
        let (hour, minute) = session_start.split_once(':').ok_or_else(of_start)?;
        if [hour, minute].iter().any(|part| part.len() != 2 || !part.bytes().all(|b| b.is_ascii_digit())) {
            return Err(of_start());
        }
        let (Ok(hour), Ok(minute)) = (hour.parse(), minute.parse()) else { return Err(of_start()) };
        Ok(Calendar {
            zone: match zone {
                "UTC" => TimeZone::UTC,
                zone => TimeZoneDatabase::bundled().get(zone).map_err(of_zone)?,
            },
            zone_name: zone.to_owned(),
            session_start: Time::new(hour, minute, 0, 0).map_err(|_| of_start())?,
            week_start: day.ok_or_else(|| CalendarError::WeekStart(week_start.to_owned()))?.1,
        })
    }

    /// Its time zone, session start and first day of the week, as [`new`](Calendar::new) takes them.
    pub fn parts(&self) -> (String, String, &'static str) {
        let start = format!("{:02}:{:02}", self.session_start.hour(), self.session_start.minute());
        let day = DAYS.iter().find(|(_, day)| *day == self.week_start).map_or("monday", |(name, _)| name);
        (self.zone_name.clone(), start, day)
    }

    /// The end of the interval that a moment lies in; an interval reaches from behind its start to its end.
    pub fn end_of(&self, moment_ns: i64, timeframe: Timeframe) -> i64 {
        self.interval_of(moment_ns, timeframe).map_or(i64::MAX, |(_, end)| end)
    }

    /// The start of the interval that a moment lies in.
    pub fn start_of(&self, moment_ns: i64, timeframe: Timeframe) -> i64 {
        self.interval_of(moment_ns, timeframe).map_or(i64::MIN, |(start, _)| start)
    }

    /// The end of the interval that begins at a moment; `None` where none does.
    pub fn end_from(&self, open_ns: i64, timeframe: Timeframe) -> Option<i64> {
        let (start, end) = self.interval_of(open_ns.checked_add(1)?, timeframe)?;
        (start == open_ns).then_some(end)
    }

    /// Minutes from midnight to a moment, by the clock of the time zone; midnight itself is the last of the day before. NaN out of all time.
    pub(crate) fn minute_of(&self, moment_ns: i64) -> f64 {
        let before =
            moment_ns.checked_sub(1).and_then(utc).map(|moment| moment.to_zoned(self.zone.clone()).time());
        before.map_or(f64::NAN, |time| {
            let seconds =
                60 * (60 * i64::from(time.hour()) + i64::from(time.minute())) + i64::from(time.second());
            // A double holds whole nanoseconds of a day.
            (seconds * 1_000_000_000 + i64::from(time.subsec_nanosecond()) + 1) as f64 / 60e9
        })
    }

    /// The day of the week of a moment in the time zone, 1 for Monday; midnight is of the day before. NaN out of all time.
    pub(crate) fn day_of(&self, moment_ns: i64) -> f64 {
        let before = moment_ns.checked_sub(1).and_then(utc);
        before.map_or(f64::NAN, |moment| {
            f64::from(moment.to_zoned(self.zone.clone()).weekday().to_monday_one_offset())
        })
    }

    /// The end of the day that a date written as its midnight means, where a moment is one: of the day on which a session
    /// starts or which begins at midnight.
    pub(crate) fn end_of_date(&self, moment_ns: i64) -> Option<i64> {
        let day = Timeframe { count: 1, unit: Some(Unit::Day) };
        let is_midnight =
            || utc(moment_ns)?.to_zoned(self.zone.clone()).time().eq(&Time::midnight()).then_some(());
        if self.end_of(moment_ns, day) != moment_ns {
            is_midnight()?;
        }
        Some(self.end_of(moment_ns.checked_add(1)?, day))
    }

    fn interval_of(&self, moment_ns: i64, timeframe: Timeframe) -> Option<(i64, i64)> {
        let timeframe = timeframe.in_days();
        if let Some(length_ns) = timeframe.fixed_ns()
            && timeframe.is_of_days()
            && self.zone == TimeZone::UTC
        {
            return self.fixed_interval_of(moment_ns, i64::try_from(length_ns).ok()?, timeframe.unit);
        }
        // A bar that closes at the very start of a session is the last of the session before.
        let mut date = utc(moment_ns.checked_sub(1)?)?.to_zoned(self.zone.clone()).date();
        // Clocks may skip the session's start, or come to it twice: the time of day alone does not tell.
        while self.session_of(date)? >= moment_ns {
            date = date.yesterday().ok()?;
        }
        let count = i64::from(timeframe.count);
        let days = |first: Date, days: i64| {
            let since = i64::from(first.until(date).ok()?.get_days()).div_euclid(days) * days;
            let at = |since: i64| self.session_of(first.checked_add(since.days()).ok()?);
            Some((at(since)?, at(since + days)?))
        };
        match timeframe.unit {
            None | Some(Unit::Minute | Unit::Hour) => {
                let (start, next) = (self.session_of(date)?, self.session_of(date.tomorrow().ok()?)?);
                let length = i64::try_from(timeframe.fixed_ns()?).ok()?;
                let start = start + (moment_ns - 1 - start) / length * length;
                Some((start, start.checked_add(length)?.min(next)))
            }
            Some(Unit::Day) => days(EPOCH, count),
            Some(Unit::Week) => {
                let into_week = EPOCH.weekday().since(self.week_start);
                days(EPOCH.checked_sub(i64::from(into_week).days()).ok()?, 7 * count)
            }
            Some(Unit::Month) => {
                let month = i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
                let first = month.div_euclid(count) * count;
                let at = |month: i64| {
                    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
                    self.session_of(Date::new(year.try_into().ok()?, month.try_into().ok()?, 1).ok()?)
                };
                Some((at(first)?, at(first + count)?))
            }
        }
    }

    /// The interval of days or weeks where clocks never change.
    fn fixed_interval_of(&self, moment_ns: i64, length_ns: i64, unit: Option<Unit>) -> Option<(i64, i64)> {
        let start = self.session_start;
        let seconds = i64::from(start.hour()) * 3_600 + i64::from(start.minute()) * 60;
        let into_week = match unit {
            Some(Unit::Week) => i64::from(EPOCH.weekday().since(self.week_start)),
            _ => 0,
        };
        let anchor = seconds * SECOND_NS as i64 - into_week * DAY_NS as i64;
        let before = moment_ns.checked_sub(1)?.checked_sub(anchor)?.div_euclid(length_ns);
        let start = before.checked_mul(length_ns)?.checked_add(anchor)?;
        Some((start, start.checked_add(length_ns)?))
    }

    /// When the session of a date starts.
    fn session_of(&self, date: Date) -> Option<i64> {
        nanoseconds(date.to_datetime(self.session_start).to_zoned(self.zone.clone()).ok()?.timestamp())
    }
}

/// In words: `UTC`, or `America/New_York with sessions from 17:00 and weeks from sunday`.
impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (zone, start, week) = self.parts();
        write!(f, "{zone}")?;
        if start != "00:00" || week != "monday" {
            write!(f, " with sessions from {start} and weeks from {week}")?;
        }
        Ok(())
    }
}

/// From where periods of several days or weeks are counted; those of months are from the year 0.
const EPOCH: Date = Date::constant(1970, 1, 1);

fn utc(time_ns: i64) -> Option<Timestamp> {
    Timestamp::from_nanosecond(time_ns.into()).ok()
}

fn nanoseconds(stamp: Timestamp) -> Option<i64> {
    stamp.as_nanosecond().try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        nanoseconds(text.parse().unwrap()).unwrap()
    }

    fn end(calendar: &Calendar, moment: &str, timeframe: &str) -> String {
        let end = calendar.end_of(at(moment), Timeframe::parse(timeframe).unwrap());
        utc(end).unwrap().to_string()
    }

    fn start(calendar: &Calendar, moment: &str, timeframe: &str) -> String {
        let start = calendar.start_of(at(moment), Timeframe::parse(timeframe).unwrap());
        utc(start).unwrap().to_string()
    }

    #[test]
    fn timeframes_have_a_length_or_are_months() {
        let frame = |text| Timeframe::parse(text).unwrap();
        assert_eq!(frame("h4").fixed_ns(), Some(4 * 3_600 * SECOND_NS));
        assert_eq!(frame("30s").to_string(), "30s");
        assert_eq!(frame("MO1").to_string(), "1mo");
        assert_eq!(frame("1mo").fixed_ns(), None);
        assert!(frame("1mo").nominal_ns() > frame("4w").nominal_ns());
        for text in ["", "h", "0h", "1y", "-1h", "s", "4294967296h", "4294967295w"] {
            assert_eq!(Timeframe::parse(text), None, "{text}");
        }
        assert!(["24h", "1440m", "2d", "1w", "1mo"].map(frame).into_iter().all(Timeframe::is_of_days));
        assert!(!["23h", "36h", "1m"].map(frame).into_iter().any(Timeframe::is_of_days));
    }

    #[test]
    fn a_length_later_is_the_same_day_of_a_later_month() {
        let after =
            |moment, frame| utc(Timeframe::parse(frame).unwrap().after(at(moment))).unwrap().to_string();
        assert_eq!(after("2024-01-31T09:30:00Z", "1mo"), "2024-02-29T09:30:00Z");
        assert_eq!(after("2024-01-01T00:00:00Z", "mo3"), "2024-04-01T00:00:00Z");
        assert_eq!(after("1969-12-31T23:00:00Z", "4h"), "1970-01-01T03:00:00Z");
        assert_eq!(Timeframe::parse("1d").unwrap().after(i64::MAX), i64::MAX);
        assert_eq!(Timeframe::parse("9999mo").unwrap().after(i64::MAX), i64::MAX);
    }

    #[test]
    fn intervals_end_with_the_calendar() {
        let utc = Calendar::default();
        assert_eq!(end(&utc, "2024-03-05T10:00:00Z", "4h"), "2024-03-05T12:00:00Z");
        assert_eq!(end(&utc, "2024-03-05T12:00:00Z", "4h"), "2024-03-05T12:00:00Z");
        assert_eq!(end(&utc, "2024-03-05T00:00:00.000000001Z", "1d"), "2024-03-06T00:00:00Z");
        assert_eq!(end(&utc, "2024-03-05T00:00:00Z", "1d"), "2024-03-05T00:00:00Z");
        assert_eq!(end(&utc, "2024-03-05T10:00:00Z", "1w"), "2024-03-11T00:00:00Z");
        assert_eq!(end(&utc, "2024-02-29T10:00:00Z", "1mo"), "2024-03-01T00:00:00Z");
        assert_eq!(end(&utc, "2024-02-29T10:00:00Z", "mo3"), "2024-04-01T00:00:00Z");
        // The last interval of a day is cut off where the day ends.
        assert_eq!(end(&utc, "2024-03-05T22:00:00Z", "7h"), "2024-03-06T00:00:00Z");
        assert_eq!(start(&utc, "2024-03-06T00:00:00Z", "7h"), "2024-03-05T21:00:00Z");
        assert_eq!(start(&utc, "2024-03-05T10:00:00Z", "1w"), "2024-03-04T00:00:00Z");
        assert_eq!(start(&utc, "2024-03-01T00:00:00Z", "mo3"), "2024-01-01T00:00:00Z");
    }

    #[test]
    fn days_and_weeks_are_counted_alike_with_and_without_the_tables_of_a_zone() {
        for (start, first) in [("00:00", "monday"), ("17:30", "sunday"), ("09:05", "thursday")] {
            let [utc, with_tables] =
                ["UTC", "Etc/UTC"].map(|zone| Calendar::new(zone, start, first).unwrap());
            for (timeframe, hours) in
                ["1d", "3d", "1w", "2w", "24h", "2880m"].iter().zip([7, 29, 53, 101, 5, 11])
            {
                let timeframe = Timeframe::parse(timeframe).unwrap();
                for step in -200..200 {
                    let moment = step * hours * HOUR_NS as i64 + step % 3;
                    assert_eq!(
                        utc.interval_of(moment, timeframe),
                        with_tables.interval_of(moment, timeframe),
                        "{timeframe} at {moment}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_bar_ends_where_the_interval_that_it_begins_does() {
        let from = |calendar: &Calendar, open: &str, timeframe: &str| {
            let end = calendar.end_from(at(open), Timeframe::parse(timeframe).unwrap());
            end.map(|end| utc(end).unwrap().to_string())
        };
        let tokyo = Calendar::new("Asia/Tokyo", "00:00", "monday").unwrap();
        let ends = |time: &str| Some(time.to_owned());
        assert_eq!(from(&tokyo, "2023-02-28T15:00:00Z", "1mo"), ends("2023-03-31T15:00:00Z"));
        assert_eq!(from(&tokyo, "2023-02-28T00:00:00Z", "1mo"), None);
        let new_york = Calendar::new("America/New_York", "00:00", "monday").unwrap();
        // Days of 25 and of 23 hours.
        assert_eq!(from(&new_york, "2024-11-03T04:00:00Z", "1d"), ends("2024-11-04T05:00:00Z"));
        assert_eq!(from(&new_york, "2024-11-03T04:00:00Z", "24h"), ends("2024-11-04T05:00:00Z"));
        assert_eq!(from(&new_york, "2024-03-10T05:00:00Z", "1d"), ends("2024-03-11T04:00:00Z"));
        assert_eq!(from(&new_york, "2024-03-10T05:00:00Z", "1w"), None);
        assert_eq!(from(&Calendar::default(), "2024-02-01T00:00:00Z", "1mo"), ends("2024-03-01T00:00:00Z"));
        assert_eq!(from(&Calendar::default(), "2024-02-01T00:00:00.000000001Z", "1d"), None);
        assert_eq!(Calendar::default().end_from(i64::MAX, Timeframe::parse("1d").unwrap()), None);
    }

    #[test]
    fn sessions_follow_the_clocks_of_their_place() {
        let new_york = Calendar::new("America/New_York", "17:00", "sunday").unwrap();
        // 17:00 is 22:00 UTC in winter and 21:00 in summer; clocks go forward on 10 March 2024.
        assert_eq!(end(&new_york, "2024-03-05T10:00:00Z", "1d"), "2024-03-05T22:00:00Z");
        assert_eq!(end(&new_york, "2024-03-09T22:30:00Z", "1d"), "2024-03-10T21:00:00Z");
        assert_eq!(start(&new_york, "2024-03-10T21:00:00Z", "1d"), "2024-03-09T22:00:00Z");
        assert_eq!(end(&new_york, "2024-03-12T10:00:00Z", "1d"), "2024-03-12T21:00:00Z");
        assert_eq!(end(&new_york, "2024-03-05T10:00:00Z", "1w"), "2024-03-10T21:00:00Z");
        assert_eq!(end(&new_york, "2024-03-05T23:00:00Z", "4h"), "2024-03-06T02:00:00Z");
        assert_eq!(new_york.parts(), ("America/New_York".into(), "17:00".into(), "sunday"));
    }

    #[test]
    fn a_session_starts_once_where_clocks_skip_its_start_or_come_to_it_twice() {
        // New York goes from 02:00 to 03:00 on 10 March and comes to 01:30 twice on 3 November.
        let skipped = Calendar::new("America/New_York", "02:30", "monday").unwrap();
        assert_eq!(end(&skipped, "2024-03-10T07:15:00Z", "1d"), "2024-03-10T07:30:00Z");
        assert_eq!(end(&skipped, "2024-03-10T07:15:00Z", "7h"), "2024-03-10T07:30:00Z");
        assert_eq!(end(&skipped, "2024-03-10T07:45:00Z", "1d"), "2024-03-11T06:30:00Z");
        let twice = Calendar::new("America/New_York", "01:30", "monday").unwrap();
        assert_eq!(end(&twice, "2024-11-03T05:30:00Z", "1d"), "2024-11-03T05:30:00Z");
        for (timeframe, ends) in [("30m", "06:30:00Z"), ("4h", "09:30:00Z")] {
            assert_eq!(end(&twice, "2024-11-03T06:15:00Z", timeframe), format!("2024-11-03T{ends}"));
        }
        assert_eq!(end(&twice, "2024-11-03T06:15:00Z", "1d"), "2024-11-04T06:30:00Z");
    }

    #[test]
    fn what_is_no_calendar_is_named() {
        let refused = |zone, start, week| Calendar::new(zone, start, week).unwrap_err();
        assert_eq!(refused("Mars/Base", "00:00", "monday"), CalendarError::Zone("Mars/Base".into()));
        assert_eq!(refused("UTC", "25:00", "monday"), CalendarError::SessionStart("25:00".into()));
        for start in ["9", "9:30", "+9:30", "09:3", "-0:00", ""] {
            assert_eq!(refused("UTC", start, "monday"), CalendarError::SessionStart(start.into()));
        }
        assert_eq!(refused("UTC", "09:30", "noday"), CalendarError::WeekStart("noday".into()));
    }

    #[test]
    fn a_moment_beyond_all_calendars_has_an_end() {
        let calendar = Calendar::default();
        for timeframe in ["1m", "1d", "1w", "1mo"] {
            let timeframe = Timeframe::parse(timeframe).unwrap();
            assert_eq!(calendar.end_of(i64::MIN, timeframe), i64::MAX);
            assert_eq!(calendar.start_of(i64::MIN, timeframe), i64::MIN);
            assert!(calendar.end_of(i64::MAX, timeframe) >= i64::MAX - 40 * DAY_NS as i64);
        }
    }
}
