//! A time as a cell writes it, taken apart: a date in some layout, a time of day, what it says of its zone.

/// In which order a date's three numbers stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// Day, month, year.
    DayMonthYear,
    /// Month, day, year.
    MonthDayYear,
    /// Year, month, day.
    YearMonthDay,
}

impl DateOrder {
    /// All of them.
    pub const ALL: [DateOrder; 3] =
        [DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay];

    /// `dmy`, `mdy` or `ymd`.
    pub fn name(self) -> &'static str {
        match self {
            DateOrder::DayMonthYear => "dmy",
            DateOrder::MonthDayYear => "mdy",
            DateOrder::YearMonthDay => "ymd",
        }
    }
}

/// How the date of a cell is written. A column has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Digits alone, with decimals or without: a count since 1970, or a date without marks.
    Digits,
    /// `2024-01-02`, with this mark.
    YearFirst(u8),
    /// `20240102`, with a time of day behind it.
    Compact,
    /// `2024-01`, with this mark.
    YearMonth(u8),
    /// `1/2/2024`, with this mark.
    YearLast(u8),
    /// `1/2/24`, with this mark.
    ShortYear(u8),
    /// `2 Jan 2024`, `Jan 2, 2024`, `2024-Jan-02`.
    NamedMonth,
}

/// A cell's date: its numbers as they stand, of which a layout may leave open which is which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateText {
    pub(crate) layout: Layout,
    pub(crate) numbers: [u32; 3],
    /// Bytes of the cell that it takes.
    pub(crate) length: usize,
}

/// What a cell says of its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ZoneText<'a> {
    /// Nothing.
    None,
    /// Seconds that are to be taken off for UTC.
    Offset(i32),
    /// A name or an abbreviation.
    Named(&'a [u8]),
}

/// A cell's time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DayTime<'a> {
    pub(crate) nanoseconds: i64,
    /// Digits without marks, and how many; then `nanoseconds` is to be made of them.
    pub(crate) compact: Option<(u32, u8)>,
    pub(crate) zone: ZoneText<'a>,
    /// True where there is a time of day at all.
    pub(crate) is_there: bool,
}

const MONTHS: [&[u8]; 12] = [
    b"january",
    b"february",
    b"march",
    b"april",
    b"may",
    b"june",
    b"july",
    b"august",
    b"september",
    b"october",
    b"november",
    b"december",
];
const WEEKDAYS: [&[u8]; 7] =
    [b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday"];

/// Leading digits, at most nine: their number and how many.
fn digits(text: &[u8]) -> (u32, usize) {
    let count = text.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    (text[..count].iter().fold(0, |number, byte| number * 10 + u32::from(byte - b'0')), count)
}

fn letters(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// The place of a word, or of its first letters, among names.
fn place_of(word: &[u8], names: &[&[u8]]) -> Option<u32> {
    let is_it = |name: &&[u8]| {
        word.len() >= 3 && word.len() <= name.len() && name[..word.len()].eq_ignore_ascii_case(word)
    };
    let at = names.iter().position(is_it)?;
    u32::try_from(at + 1).ok()
}

/// True for digits alone, with a sign or decimals.
pub(crate) fn is_digits(cell: &[u8]) -> bool {
    let body = cell.strip_prefix(b"-").or_else(|| cell.strip_prefix(b"+")).unwrap_or(cell);
    let mut points = 0;
    let only = body.iter().all(|byte| {
        byte.is_ascii_digit()
            || (*byte == b'.' && {
                points += 1;
                points == 1
            })
    });
    only && body.first().is_some_and(u8::is_ascii_digit)
}

/// Takes the date off a cell's beginning. Cells of digits alone are [`Layout::Digits`].
pub(crate) fn scan_date(cell: &[u8]) -> Option<DateText> {
    let (first, count) = digits(cell);
    let mark = cell.get(count).copied().unwrap_or(0);
    let date = |layout, numbers, length| Some(DateText { layout, numbers, length });
    match count {
        4 if matches!(mark, b'-' | b'/' | b'.') => {
            let (second, more) = digits(&cell[5..]);
            if more == 0 {
                return named_month(cell);
            }
            let at = 5 + more;
            if more > 2 {
                return None;
            }
            if cell.get(at) != Some(&mark) {
                return date(Layout::YearMonth(mark), [first, second, 1], at);
            }
            let (third, last) = digits(&cell[at + 1..]);
            (1..=2).contains(&last).then_some(())?;
            date(Layout::YearFirst(mark), [first, second, third], at + 1 + last)
        }
        8 if !is_digits(cell) || cell.len() > 8 && cell[8] != b'.' => {
            date(Layout::Compact, [first / 10_000, first / 100 % 100, first % 100], 8)
        }
        1 | 2 if matches!(mark, b'/' | b'-' | b'.') => {
            let (second, more) = digits(&cell[count + 1..]);
            if more == 0 {
                return named_month(cell);
            }
            let at = count + 1 + more;
            if more > 2 || cell.get(at) != Some(&mark) {
                return None;
            }
            let (third, last) = digits(&cell[at + 1..]);
            let layout = match last {
                4 => Layout::YearLast(mark),
                2 => Layout::ShortYear(mark),
                _ => return None,
            };
            date(layout, [first, second, third], at + 1 + last)
        }
        _ if is_digits(cell) => date(Layout::Digits, [0; 3], cell.len()),
        _ => named_month(cell),
    }
}

fn named_month(cell: &[u8]) -> Option<DateText> {
    let is_between = |byte: &u8| matches!(byte, b' ' | b'-' | b'/' | b'.' | b',');
    let skip = |at: usize| at + cell[at..].iter().take_while(|byte| is_between(byte)).count();
    let mut at = 0;
    let word = letters(cell);
    if word > 0 && place_of(&cell[..word], &WEEKDAYS).is_some() {
        at = skip(word);
    }
    let month_at = |at: usize| {
        let word = letters(&cell[at..]);
        let name = &cell[at..at + word];
        let name = if name.eq_ignore_ascii_case(b"sept") { &name[..3] } else { name };
        Some((place_of(name, &MONTHS)?, at + word))
    };
    let number_at = |at: usize| {
        let (number, count) = digits(&cell[at..]);
        (count > 0).then_some((number, count, at + count))
    };
    // Years of two digits are those of 1970 to 2069.
    let year = |number: u32, count: usize| match count {
        4 => Some(number),
        2 => Some(if number < 70 { 2000 + number } else { 1900 + number }),
        _ => None,
    };
    let is_ordinal = |at: usize| {
        cell.get(at..at + 2).is_some_and(|two| {
            [b"st", b"nd", b"rd", b"th"].iter().any(|word| two.eq_ignore_ascii_case(*word))
        })
    };
    let past_day = |at: usize| if is_ordinal(at) { at + 2 } else { at };
    let made = |numbers, length| Some(DateText { layout: Layout::NamedMonth, numbers, length });
    if let Some((month, next)) = month_at(at) {
        let (day, count, next) = number_at(skip(next))?;
        (count <= 2).then_some(())?;
        let (number, count, end) = number_at(skip(past_day(next)))?;
        return made([year(number, count)?, month, day], end);
    }
    let (first, count, next) = number_at(at)?;
    let (month, next) = month_at(skip(past_day(next)))?;
    let (last, last_count, end) = number_at(skip(next))?;
    if count == 4 {
        return if last_count <= 2 { made([first, month, last], end) } else { None };
    }
    (count <= 2).then_some(())?;
    made([year(last, last_count)?, month, first], end)
}

const SECOND: i64 = 1_000_000_000;

/// Reads what stands behind a date, or a whole cell of a time of day.
pub(crate) fn scan_time(rest: &[u8], layout: Layout) -> Option<DayTime<'_>> {
    let mut at = 0;
    let peek = |at: usize| rest.get(at).copied().unwrap_or(0);
    let none = DayTime { nanoseconds: 0, compact: None, zone: ZoneText::None, is_there: false };
    if rest.is_empty() {
        return Some(none);
    }
    let dashed = layout != Layout::YearFirst(b'-') && layout != Layout::YearLast(b'-');
    match peek(0) {
        b'T' | b't' | b' ' | b',' | b';' => {
            at += 1;
            while peek(at) == b' ' {
                at += 1;
            }
        }
        b'-' | b'_' if dashed => at += 1,
        _ => {}
    }
    let (hour, count) = digits(&rest[at..]);
    if count == 0 {
        // A zone, and no time of day.
        return Some(DayTime { zone: scan_zone(&rest[at..])?, ..none });
    }
    let start = at;
    at += count;
    let mut minute = 0;
    let mut second = 0;
    let mut fraction = 0_i64;
    let mut compact = None;
    if peek(at) == b':' {
        let (number, two) = digits(&rest[at + 1..]);
        if count > 2 || two != 2 {
            return None;
        }
        minute = number;
        at += 3;
        if peek(at) == b':' {
            let (number, two) = digits(&rest[at + 1..]);
            if two != 2 {
                return None;
            }
            second = number;
            at += 3;
        }
    } else {
        if start == 0 && count == 8 {
            return None;
        }
        compact = Some((hour, u8::try_from(count).ok()?));
    }
    let is_fraction = matches!(peek(at), b'.' | b',') || (peek(at) == b':' && at > start + 5);
    if is_fraction && peek(at + 1).is_ascii_digit() {
        at += 1;
        let mut scale = SECOND;
        while peek(at).is_ascii_digit() {
            scale /= 10;
            let digit = i64::from(peek(at) - b'0');
            // More than nine digits are of no nanosecond.
            if scale == 0 && digit != 0 {
                return None;
            }
            fraction += digit * scale;
            at += 1;
        }
    }
    let mut hour = hour;
    let mut after = at;
    while matches!(peek(after), b' ' | b'-') {
        after += 1;
    }
    let half = peek(after).to_ascii_lowercase();
    let dot = usize::from(peek(after + 1) == b'.');
    if matches!(half, b'a' | b'p')
        && peek(after + 1 + dot).eq_ignore_ascii_case(&b'm')
        && !peek(after + 2 + dot).is_ascii_alphabetic()
    {
        if let Some((_, width)) = compact {
            if width > 2 {
                return None;
            }
            compact = None;
        }
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if half == b'p' { 12 } else { 0 };
        at = after + 2 + 2 * dot;
    }
    let zone = scan_zone(&rest[at..])?;
    if compact.is_some() {
        return Some(DayTime { nanoseconds: fraction, compact, zone, is_there: true });
    }
    let nanoseconds = clock(hour, minute, second)? + fraction;
    Some(DayTime { nanoseconds, compact, zone, is_there: true })
}

/// A time of day in nanoseconds; none where there is none such.
pub(crate) fn clock(hour: u32, minute: u32, second: u32) -> Option<i64> {
    let is_one = hour < 24 && minute < 60 && second < 60;
    is_one.then(|| (i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second)) * SECOND)
}

fn scan_zone(text: &[u8]) -> Option<ZoneText<'_>> {
    let text = text.trim_ascii();
    let (text, bracketed) = match text.iter().position(|byte| *byte == b'[') {
        Some(at) => (text[..at].trim_ascii(), Some(text[at + 1..].strip_suffix(b"]")?)),
        None => (text, None),
    };
    if text.is_empty() {
        return Some(bracketed.map_or(ZoneText::None, ZoneText::Named));
    }
    // What names an offset in words behind it says nothing more.
    let text = match text.iter().position(|byte| *byte == b'(') {
        Some(at) if at > 0 && text.ends_with(b")") => text[..at].trim_ascii(),
        _ => text,
    };
    if text.eq_ignore_ascii_case(b"z") {
        return Some(ZoneText::Offset(0));
    }
    let word = letters(text);
    let is_utc = [&b"utc"[..], b"gmt", b"ut"].iter().any(|name| text[..word].eq_ignore_ascii_case(name));
    if is_utc && word == text.len() {
        return Some(ZoneText::Offset(0));
    }
    if word == 0 || (is_utc && matches!(text[word], b'+' | b'-')) {
        return scan_offset(&text[word..]).map(ZoneText::Offset);
    }
    let is_name = word > 1
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_' | b'-' | b'+'));
    is_name.then_some(ZoneText::Named(text))
}

/// `+01:00`, `+0100`, `+1`, in seconds.
pub(crate) fn scan_offset(text: &[u8]) -> Option<i32> {
    let sign = match text.first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (first, count) = digits(&text[1..]);
    let rest = &text[1 + count..];
    let (hours, minutes, rest) = match count {
        4 => (first / 100, first % 100, rest),
        1 | 2 if rest.first() == Some(&b':') => {
            let (minutes, two) = digits(&rest[1..]);
            (two == 2).then_some(())?;
            (first, minutes, &rest[3..])
        }
        1 | 2 => (first, 0, rest),
        _ => return None,
    };
    let is_one = hours < 24 && minutes < 60 && (rest.is_empty() || rest == b":00");
    is_one.then(|| sign * (hours * 3600 + minutes * 60) as i32)
}

/// Days since 1970 of a date; none where there is none such.
pub(crate) fn days(year: u32, month: u32, day: u32) -> Option<i64> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) || !(1..=9999).contains(&year) {
        return None;
    }
    // Years begin in March, so that the day that comes and goes is the last.
    let shifted = i64::from(year) - i64::from(month <= 2);
    let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<(Layout, [u32; 3], &str)> {
        let found = scan_date(text.as_bytes())?;
        Some((found.layout, found.numbers, &text[found.length..]))
    }

    #[test]
    fn dates_are_told_from_what_stands_behind_them() {
        let day = [2024, 1, 2];
        for (text, layout, rest) in [
            ("2024-01-02T09:30", Layout::YearFirst(b'-'), "T09:30"),
            ("2024/1/2", Layout::YearFirst(b'/'), ""),
            ("2024.01.02 00:00", Layout::YearFirst(b'.'), " 00:00"),
            ("20240102 093000", Layout::Compact, " 093000"),
            ("20240102-14:30:00", Layout::Compact, "-14:30:00"),
            ("20240102T0930Z", Layout::Compact, "T0930Z"),
            ("2 Jan 2024", Layout::NamedMonth, ""),
            ("02-JAN-24 09:30", Layout::NamedMonth, " 09:30"),
            ("02jan2024", Layout::NamedMonth, ""),
            ("January 2, 2024", Layout::NamedMonth, ""),
            ("2024-Jan-02", Layout::NamedMonth, ""),
            ("Tue, 02 Jan 2024 09:30:00 GMT", Layout::NamedMonth, " 09:30:00 GMT"),
            ("Tue Jan 02 2024", Layout::NamedMonth, ""),
            ("Jan 2nd, 2024", Layout::NamedMonth, ""),
        ] {
            assert_eq!(date(text), Some((layout, day, rest)), "{text}");
        }
        assert_eq!(date("1/2/2024 9:30"), Some((Layout::YearLast(b'/'), [1, 2, 2024], " 9:30")));
        assert_eq!(date("01.02.24"), Some((Layout::ShortYear(b'.'), [1, 2, 24], "")));
        assert_eq!(date("2024-01"), Some((Layout::YearMonth(b'-'), [2024, 1, 1], "")));
        for text in ["1704153600", "20240102", "1704153600.5", "-5", "45293.5", "2024"] {
            assert_eq!(date(text).map(|found| found.0), Some(Layout::Digits), "{text}");
        }
        for text in ["", "soon", "1/2", "2024-x", "Foo 2, 2024", "9:30", "1e5", "1/2/203", "2024-123-1"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn times_of_day_and_zones_are_read() {
        let half_past_nine = 34_200 * SECOND;
        let offset = ZoneText::Offset;
        for (text, nanoseconds, zone) in [
            ("T09:30", half_past_nine, ZoneText::None),
            ("  9:30:00", half_past_nine, ZoneText::None),
            (" 09:30 AM", half_past_nine, ZoneText::None),
            (" 9:30:00 p.m.", half_past_nine + 43_200 * SECOND, ZoneText::None),
            (" 12:00 AM", 0, ZoneText::None),
            (" 05-PM", 61_200 * SECOND, ZoneText::None),
            ("T09:30:00.123456789Z", half_past_nine + 123_456_789, offset(0)),
            (" 09:30:00,5", half_past_nine + 500_000_000, ZoneText::None),
            (" 09:30:00:250", half_past_nine + 250_000_000, ZoneText::None),
            (" 09:30:00-05:00", half_past_nine, offset(-18_000)),
            (" 09:30:00.000 GMT+0100", half_past_nine, offset(3_600)),
            (" 09:30 UTC", half_past_nine, offset(0)),
            (" 09:30 GMT-0500 (Eastern Standard Time)", half_past_nine, offset(-18_000)),
            ("T09:30-05:00[America/New_York]", half_past_nine, offset(-18_000)),
            ("T09:30[America/New_York]", half_past_nine, ZoneText::Named(b"America/New_York")),
            (" 09:30 America/New_York", half_past_nine, ZoneText::Named(b"America/New_York")),
            (" 09:30 EST", half_past_nine, ZoneText::Named(b"EST")),
            ("", 0, ZoneText::None),
            ("Z", 0, offset(0)),
        ] {
            let found = scan_time(text.as_bytes(), Layout::YearFirst(b'-')).expect(text);
            assert_eq!((found.nanoseconds, found.compact, found.zone), (nanoseconds, None, zone), "{text}");
        }
        let compact =
            |text: &str| scan_time(text.as_bytes(), Layout::Compact).and_then(|found| found.compact);
        assert_eq!(compact(" 093000"), Some((93_000, 6)));
        assert_eq!(compact("T0930Z"), Some((930, 4)));
        for text in [
            " 25:00",
            " 09:60",
            " 09:30:60",
            " 9:3",
            " 13:00 PM",
            " 09:30 +25:00",
            " 09:30:00.1234567891",
            "x09",
        ] {
            assert_eq!(scan_time(text.as_bytes(), Layout::YearFirst(b'-')), None, "{text}");
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(
            (days(1970, 1, 1), days(2000, 3, 1), days(1928, 1, 3)),
            (Some(0), Some(11_017), Some(-15_339))
        );
        assert_eq!(
            (days(2024, 2, 29), days(2023, 2, 29), days(2024, 13, 1), days(2024, 1, 0)),
            (Some(19_782), None, None, None)
        );
    }
}
