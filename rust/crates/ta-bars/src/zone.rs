//! What clock times are in UTC: by an offset, a zone's name, an abbreviation of which there is one.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

use crate::moment::scan_offset;

const SECOND: i64 = 1_000_000_000;
/// Offsets change at the quarters of an hour, and nowhere between them.
const QUARTER: i64 = 900 * SECOND;

/// Abbreviations that mean one offset wherever they are used, in minutes.
const ABBREVIATIONS: [(&str, i32); 31] = [
    ("EST", -300),
    ("EDT", -240),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("AKST", -540),
    ("AKDT", -480),
    ("HST", -600),
    ("BRT", -180),
    ("WET", 0),
    ("WEST", 60),
    ("CET", 60),
    ("CEST", 120),
    ("MEZ", 60),
    ("MESZ", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("TRT", 180),
    ("SGT", 480),
    ("HKT", 480),
    ("AWST", 480),
    ("JST", 540),
    ("KST", 540),
    ("AEST", 600),
    ("AEDT", 660),
    ("ACST", 570),
    ("NZST", 720),
    ("NZDT", 780),
];
/// Names of clocks that change with the season.
const CLOCKS: [(&str, &str); 4] = [
    ("ET", "America/New_York"),
    ("CT", "America/Chicago"),
    ("MT", "America/Denver"),
    ("PT", "America/Los_Angeles"),
];
/// Abbreviations of several zones.
const SEVERAL: [(&str, &str); 4] = [
    ("CST", "America/Chicago or Asia/Shanghai"),
    ("IST", "Asia/Kolkata, Europe/Dublin or Asia/Jerusalem"),
    ("BST", "Europe/London or Asia/Dhaka"),
    ("AST", "America/Halifax or Asia/Riyadh"),
];

/// The zone that a name or an offset means.
///
/// # Errors
/// What is accepted.
pub fn zone_named(name: &str) -> Result<TimeZone, String> {
    let needed = "a name such as America/New_York, UTC, or an offset such as -05:00 is needed";
    let given = name.trim();
    let is = |other: &str| given.eq_ignore_ascii_case(other);
    if is("utc") || is("gmt") || is("z") {
        return Ok(TimeZone::UTC);
    }
    let offset = given.strip_prefix("UTC").or_else(|| given.strip_prefix("GMT")).unwrap_or(given);
    if let Some(seconds) = scan_offset(offset.as_bytes()) {
        return Offset::from_seconds(seconds)
            .map(TimeZone::fixed)
            .map_err(|_| format!("`{name}` is no zone; {needed}"));
    }
    if let Some((_, candidates)) = SEVERAL.iter().find(|(short, _)| is(short)) {
        return Err(format!("`{given}` is short for several zones; zone={candidates} says which"));
    }
    if let Some((_, clock)) = CLOCKS.iter().find(|(short, _)| is(short)) {
        return TimeZone::get(clock).map_err(|error| error.to_string());
    }
    if let Some((_, minutes)) = ABBREVIATIONS.iter().find(|(short, _)| is(short)) {
        return Offset::from_seconds(minutes * 60).map(TimeZone::fixed).map_err(|error| error.to_string());
    }
    TimeZone::get(given).map_err(|_| format!("`{name}` is no zone; {needed}"))
}

/// A clock time of a zone in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    One(i64),
    /// Shown twice: the offsets of the first and of the second time.
    Twice(i64, i64),
    /// Never shown; the offset before.
    Never(i64),
}

/// Turns clock times of one zone into UTC, in the order in which they come.
pub(crate) struct Clock {
    zone: TimeZone,
    known: Option<(i64, Meaning)>,
}

/// What became of a clock time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turned {
    Once(i64),
    /// The clock shows this time twice; the order of rows says which it is.
    Twice(i64),
}

impl Clock {
    pub(crate) fn new(zone: TimeZone) -> Clock {
        Clock { zone, known: None }
    }

    /// The UTC time of a clock time, which comes after `before`. Days begin, `is_day`, though midnight may not be shown.
    pub(crate) fn turn(&mut self, local: i64, before: Option<i64>, is_day: bool) -> Result<Turned, String> {
        let quarter = local.div_euclid(QUARTER);
        let meaning = match self.known {
            Some((known, meaning)) if known == quarter => meaning,
            _ => {
                let meaning = self.look_up(quarter * QUARTER)?;
                self.known = Some((quarter, meaning));
                meaning
            }
        };
        match meaning {
            Meaning::One(offset) => Ok(Turned::Once(local - offset)),
            Meaning::Never(offset) if is_day => Ok(Turned::Once(local - offset)),
            Meaning::Never(_) => Err(format!(
                "the clock of {} never shows {}: it is set forward there; zone= has to be another, or the times are wrong",
                name_of(&self.zone),
                shown(local)
            )),
            Meaning::Twice(first, second) => {
                let first = local - first;
                let is_second = before.is_some_and(|before| before >= first);
                Ok(Turned::Twice(if is_second { local - second } else { first }))
            }
        }
    }

    fn look_up(&self, local: i64) -> Result<Meaning, String> {
        let clock: DateTime = Timestamp::from_nanosecond(local.into())
            .map_err(|error| error.to_string())?
            .to_zoned(TimeZone::UTC)
            .datetime();
        let ns = |offset: Offset| i64::from(offset.seconds()) * SECOND;
        Ok(match self.zone.to_ambiguous_timestamp(clock).offset() {
            AmbiguousOffset::Unambiguous { offset } => Meaning::One(ns(offset)),
            AmbiguousOffset::Gap { before, .. } => Meaning::Never(ns(before)),
            AmbiguousOffset::Fold { before, after } => Meaning::Twice(ns(before), ns(after)),
        })
    }
}

/// What a zone is called.
pub(crate) fn name_of(zone: &TimeZone) -> String {
    match (zone.iana_name(), zone.to_fixed_offset()) {
        (Some(name), _) => name.to_owned(),
        (None, Ok(offset)) => offset.to_string(),
        (None, Err(_)) => "a zone".to_owned(),
    }
}

/// A clock time without a zone.
pub(crate) fn shown(local: i64) -> String {
    ta_engine::times::iso(local).to_string().trim_end_matches('Z').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600 * SECOND;
    /// 2024-11-03T00:00 and 2024-03-10T00:00, as if in UTC.
    const BACK: i64 = 1_730_592_000 * SECOND;
    const FORWARD: i64 = 1_710_028_800 * SECOND;

    #[test]
    fn zones_are_named_in_many_ways() {
        for (name, hours) in
            [("-05:00", -5), ("UTC+1", 1), ("EST", -5), ("jst", 9), ("Etc/GMT+5", -5), ("gmt", 0)]
        {
            let clock = Clock::new(zone_named(name).unwrap()).turn(BACK, None, false);
            assert_eq!(clock, Ok(Turned::Once(BACK - hours * HOUR)), "{name}");
        }
        for (name, said) in [
            ("CST", "Asia/Shanghai"),
            ("Mars/Olympus", "is no zone"),
            ("", "is no zone"),
            ("+25:00", "no zone"),
        ] {
            assert!(zone_named(name).unwrap_err().contains(said), "{name}");
        }
    }

    #[test]
    fn an_hour_that_is_shown_twice_is_told_by_the_order_of_rows() {
        let mut clock = Clock::new(zone_named("America/New_York").unwrap());
        let mut before = None;
        let mut utc = Vec::new();
        for local in [0, 1, 1, 2].map(|hour| BACK + hour * HOUR) {
            let (Turned::Once(time) | Turned::Twice(time)) = clock.turn(local, before, false).unwrap();
            before = Some(time);
            utc.push(time);
        }
        assert_eq!(utc, [4, 5, 6, 7].map(|hour| BACK + hour * HOUR));
    }

    #[test]
    fn an_hour_that_is_never_shown_is_an_error_but_a_day_begins() {
        let mut clock = Clock::new(zone_named("America/New_York").unwrap());
        let error = clock.turn(FORWARD + 2 * HOUR, None, false).unwrap_err();
        assert!(error.contains("America/New_York never shows 2024-03-10T02:00:00"), "{error}");
        assert_eq!(clock.turn(FORWARD + 3 * HOUR, None, false), Ok(Turned::Once(FORWARD + 7 * HOUR)));
        let mut clock = Clock::new(zone_named("Africa/Cairo").unwrap());
        // 2024-04-26: midnight is not shown.
        let day = 1_714_089_600 * SECOND;
        assert_eq!(clock.turn(day, None, true), Ok(Turned::Once(day - 2 * HOUR)));
    }
}
