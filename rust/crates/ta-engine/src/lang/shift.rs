//! Spans of time in rules: shifts (`24h_ago`, `3`) and timeframes (`1h`).

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// `m`.
    Minute,
    /// `h`.
    Hour,
    /// `d`.
    Day,
    /// `w`.
    Week,
    /// `mo`: of no fixed length.
    Month,
}

impl Unit {
    /// The unit written so, in any case.
    pub fn from_name(name: &str) -> Option<Unit> {
        Some(match name.to_ascii_lowercase().as_str() {
            "m" => Unit::Minute,
            "h" => Unit::Hour,
            "d" => Unit::Day,
            "w" => Unit::Week,
            "mo" => Unit::Month,
            _ => return None,
        })
    }

    /// How it is written.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Minute => "m",
            Unit::Hour => "h",
            Unit::Day => "d",
            Unit::Week => "w",
            Unit::Month => "mo",
        }
    }

    /// Its length; a month has none.
    pub fn nanoseconds(self) -> Option<u64> {
        let minute = 60 * SECOND_NS;
        match self {
            Unit::Minute => Some(minute),
            Unit::Hour => Some(60 * minute),
            Unit::Day => Some(24 * 60 * minute),
            Unit::Week => Some(7 * 24 * 60 * minute),
            Unit::Month => None,
        }
    }
}

const SECOND_NS: u64 = 1_000_000_000;
/// Longest duration: times are nanoseconds in an `i64`.
const LONGEST_NS: u64 = i64::MAX as u64;

/// How far back a shift looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shift {
    /// This many rows.
    Rows(u32),
    /// This much time.
    Duration {
        /// How many units.
        count: u32,
        /// Of this unit.
        unit: Unit,
    },
}

/// As a text has it: `3`, `24h`.
impl std::fmt::Display for Shift {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Shift::Rows(rows) => write!(f, "{rows}"),
            Shift::Duration { count, unit } => write!(f, "{count}{}", unit.name()),
        }
    }
}

impl Shift {
    /// The duration in nanoseconds, where that is a number; a month, which has no length of its own, counts as thirty days.
    /// `None` for rows.
    pub fn nominal_ns(self) -> Option<u64> {
        match self {
            Shift::Duration { count, unit: Unit::Month } => {
                (30 * Unit::Day.nanoseconds()?).checked_mul(u64::from(count))
            }
            span => span.nanoseconds(),
        }
    }

    /// The duration in nanoseconds; `None` for rows and for months.
    pub fn nanoseconds(self) -> Option<u64> {
        match self {
            Shift::Rows(_) => None,
            Shift::Duration { count, unit } => unit.nanoseconds()?.checked_mul(u64::from(count)),
        }
    }
}

/// The shift written so (`24h_ago`, `1h`, `3`, `3_ago`; any case), or words that say what is accepted.
pub fn parse_shift(text: &str) -> Result<Shift, String> {
    let refuse = || {
        Err(format!(
            "'{}' is not a shift; a whole number from 1, with a unit m, h, d, w or mo for time and without one \
             for rows, is needed",
            shorten(text)
        ))
    };
    let lower = text.to_ascii_lowercase();
    let body = lower.strip_suffix("_ago").unwrap_or(&lower);
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let (Ok(count), unit) = (body[..digits].parse::<u32>(), &body[digits..]) else { return refuse() };
    match (count, unit) {
        (0, _) => refuse(),
        (count, "") => Ok(Shift::Rows(count)),
        (count, unit) => match Unit::from_name(unit) {
            Some(unit) => {
                let span = Shift::Duration { count, unit };
                match span.nominal_ns() {
                    Some(0..=LONGEST_NS) => Ok(span),
                    _ => Err(format!(
                        "'{}' looks further back than times reach: at most 292 years, the nanoseconds of an int64, are \
                         possible",
                        shorten(text)
                    )),
                }
            }
            None => refuse(),
        },
    }
}

/// The normal form (`4h`) of a timeframe written as number and unit or unit and number, in any case.
///
/// `1M` is none: see [`month_or_minute`].
pub fn normal_timeframe(text: &str) -> Option<String> {
    let (count, unit) = split_timeframe(text)?;
    let count: u32 = count.parse().ok()?;
    let is_countable = unit.nanoseconds().is_none_or(|length| length.checked_mul(count.into()).is_some());
    (count > 0 && is_countable).then(|| format!("{count}{}", unit.name()))
}

/// The normal form (`4x`) of a multiple of the rule's own timeframe, in any case.
pub fn normal_multiple(text: &str) -> Option<String> {
    multiple(text).map(|times| format!("{times}x"))
}

/// How many times the rule's own timeframe `4x` is.
pub fn multiple(text: &str) -> Option<u32> {
    let count = text.strip_suffix(['x', 'X'])?;
    let is_number = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
    count.parse().ok().filter(|times| is_number && *times > 0)
}

/// What to write in place of `1M`, which is a month to some and a minute to others.
pub fn month_or_minute(text: &str) -> Option<String> {
    let count = text.strip_suffix('M')?;
    let is_number = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| format!("`{count}mo` is months and `{count}m` minutes"))
}

/// True where the letters have the shape of a timeframe, even with a number that cannot be one (`0h`).
pub(crate) fn is_timeframe_shaped(text: &str) -> bool {
    split_timeframe(text).is_some()
}

fn split_timeframe(text: &str) -> Option<(&str, Unit)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (count, unit) = if digits > 0 {
        text.split_at(digits)
    } else {
        let (unit, count) = text.split_at(letters);
        (count, unit)
    };
    let is_number = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
    (is_number && month_or_minute(text).is_none()).then_some(())?;
    Some((count, Unit::from_name(unit)?))
}

/// The length of a timeframe (`15m`, `1h`, `1d`, `30s`); `None` for months and for what is no timeframe.
pub fn timeframe_nanoseconds(timeframe: &str) -> Option<u64> {
    if let Some(seconds) = timeframe.strip_suffix(['s', 'S']) {
        let count = seconds.parse::<u32>().ok().filter(|c| *c > 0)?;
        return Some(u64::from(count) * SECOND_NS);
    }
    let (count, unit) = split_timeframe(timeframe)?;
    let count = count.parse::<u32>().ok().filter(|c| *c > 0)?;
    unit.nanoseconds()?.checked_mul(u64::from(count))
}

/// A text for a message: long ones are cut.
pub(crate) fn shorten(text: &str) -> String {
    const LONGEST: usize = 80;
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    format!("{}...", &text[..text.floor_char_boundary(LONGEST)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifts_are_rows_or_durations() {
        let hours = |count| Ok(Shift::Duration { count, unit: Unit::Hour });
        assert_eq!(parse_shift("24h_ago"), hours(24));
        assert_eq!(parse_shift("1H"), hours(1));
        assert_eq!(parse_shift("3"), Ok(Shift::Rows(3)));
        assert_eq!(parse_shift("3_AGO"), Ok(Shift::Rows(3)));
        assert_eq!(parse_shift("2mo"), Ok(Shift::Duration { count: 2, unit: Unit::Month }));
        assert_eq!(parse_shift("15m"), Ok(Shift::Duration { count: 15, unit: Unit::Minute }));
    }

    #[test]
    fn malformed_and_zero_shifts_are_refused() {
        for text in [
            "",
            "h",
            "mo",
            "0h",
            "0",
            "-3",
            "1.5h",
            "1x",
            "invalid",
            "99999999999h",
            "1h_",
            "_ago",
            "é",
            "1é",
        ] {
            assert!(parse_shift(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_month_has_no_length() {
        assert_eq!(parse_shift("1mo").unwrap().nanoseconds(), None);
        assert_eq!(parse_shift("1mo").unwrap().nominal_ns(), Some(2_592_000 * SECOND_NS));
        assert!(parse_shift("3558mo_ago").is_ok() && parse_shift("106751d").is_ok());
        for long in ["3559mo_ago", "106752d", "4000000000mo_ago", "4294967295w", "4294967295d_ago"] {
            let error = parse_shift(long).unwrap_err();
            assert!(error.contains(long) && error.contains("at most 292 years"), "{error}");
        }
        assert_eq!(parse_shift("1w").unwrap().nanoseconds(), Some(604_800 * SECOND_NS));
        assert_eq!(timeframe_nanoseconds("15m"), Some(900 * SECOND_NS));
        assert_eq!(timeframe_nanoseconds("h4"), Some(4 * 3600 * SECOND_NS));
        assert_eq!(timeframe_nanoseconds("30s"), Some(30 * SECOND_NS));
        for text in ["1mo", "", "0h", "s", "0s", "x", "1y"] {
            assert_eq!(timeframe_nanoseconds(text), None, "{text}");
        }
    }

    #[test]
    fn timeframes_read_both_ways_round_and_in_any_case() {
        for (text, normal) in [
            ("h1", "1h"),
            ("H4", "4h"),
            ("mo1", "1mo"),
            ("1MO", "1mo"),
            ("h24", "24h"),
            ("15m", "15m"),
            ("W1", "1w"),
        ] {
            assert_eq!(normal_timeframe(text).as_deref(), Some(normal));
        }
        assert_eq!(normal_timeframe("1M"), None);
        assert_eq!(timeframe_nanoseconds("15M"), None);
        assert_eq!(month_or_minute("15M").unwrap(), "`15mo` is months and `15m` minutes");
        for text in ["1m", "M1", "1mo", "M", "1h"] {
            assert_eq!(month_or_minute(text), None);
        }
        for text in ["", "h", "1", "hl2", "0h", "h0", "usdt", "1h2", "x1"] {
            assert_eq!(normal_timeframe(text), None, "{text}");
        }
    }
}
