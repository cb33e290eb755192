//! The times of a file, one form for all rows: what the form is shows when all have been seen.

use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use ta_engine::times::{Unit, iso, written_date};

use crate::moment::{
    DateOrder, DateText, DayTime, Layout, ZoneText, clock, days, is_digits, scan_date, scan_time,
};
use crate::options::{ReadOptions, TimeFormat};
use crate::zone::{Clock, Turned, zone_named};

const SECOND: i64 = 1_000_000_000;
const DAY: i64 = 86_400 * SECOND;
/// Tags of what a time is told in: a clock without a zone, UTC, then zones by number.
const NAIVE: u16 = 0;
const UTC: u16 = 1;
const ZONES: u16 = 2;
/// Decimals of more than a billionth.
const TOO_FINE: u32 = u32::MAX;
/// The day that Excel counts from, in days since 1970.
const EXCEL_DAY_0: i64 = -25_569;

/// What digits without marks say of a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compact {
    Hour,
    HourMinute,
    HourMinuteSecond,
}

/// What one pass over a file has to suppose of its times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) order: DateOrder,
    pub(crate) compact: Compact,
}

impl Default for Form {
    fn default() -> Form {
        Form { order: DateOrder::MonthDayYear, compact: Compact::HourMinuteSecond }
    }
}

/// The times of a column while it is read.
pub(crate) struct Times<'o> {
    options: &'o ReadOptions,
    form: Form,
    layout: Option<Layout>,
    /// The first cell that was read, and its line.
    first: (String, u64),
    values: Vec<i64>,
    /// Billionths behind the digits, where some are not 0.
    fractions: Option<Vec<u32>>,
    tag: u16,
    /// Per row, where they differ.
    tags: Option<Vec<u16>>,
    zones: Vec<(Vec<u8>, TimeZone)>,
    greatest: [u32; 3],
    widths: (u8, u8),
    has_time_of_day: bool,
    /// The date of the row before: its text and its day.
    known_date: Vec<u8>,
    known_day: i64,
}

/// Where a question or a fault lies, if in a row.
pub(crate) struct Trouble {
    pub(crate) row: Option<usize>,
    pub(crate) problem: String,
    pub(crate) is_question: bool,
    /// What stands in the row.
    pub(crate) value: Option<String>,
}

impl Trouble {
    fn question(problem: String) -> Trouble {
        Trouble { row: None, problem, is_question: true, value: None }
    }
}

impl<'o> Times<'o> {
    pub(crate) fn new(options: &'o ReadOptions, form: Form) -> Times<'o> {
        Times {
            options,
            form,
            layout: None,
            first: (String::new(), 0),
            values: Vec::new(),
            fractions: None,
            tag: NAIVE,
            tags: None,
            zones: Vec::new(),
            greatest: [0; 3],
            widths: (u8::MAX, 0),
            has_time_of_day: false,
            known_date: Vec::new(),
            known_day: 0,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// Takes back the last time.
    pub(crate) fn pop(&mut self) {
        self.values.pop();
        if let Some(tags) = &mut self.tags {
            tags.pop();
        }
        if let Some(fractions) = &mut self.fractions {
            fractions.truncate(self.values.len());
        }
    }

    /// Reads a cell.
    pub(crate) fn push(&mut self, cell: &[u8], line: u64) -> Result<(), String> {
        let cell = cell.trim_ascii();
        if let Some(format) = &self.options.time_format {
            let (value, tag) = self.told(cell, format)?;
            self.add(value, tag);
            return Ok(());
        }
        let known = self.known_date.len();
        let is_known = known > 0
            && cell.len() >= known
            && cell[..known] == self.known_date[..]
            && !cell.get(known).is_some_and(u8::is_ascii_digit);
        let (layout, length) = match self.layout {
            Some(layout) if is_known => (layout, known),
            Some(Layout::Digits) => return self.push_digits(cell),
            _ => {
                let date = scan_date(cell).ok_or_else(|| no_time(cell))?;
                if self.layout.is_none() {
                    self.layout = Some(date.layout);
                    self.first = (String::from_utf8_lossy(cell).into_owned(), line);
                }
                if self.layout != Some(date.layout) {
                    let (first, line) = &self.first;
                    return Err(format!("the time is written in another form than {first:?} in line {line}"));
                }
                if date.layout == Layout::Digits {
                    return self.push_digits(cell);
                }
                for (greatest, number) in self.greatest.iter_mut().zip(date.numbers) {
                    *greatest = number.max(*greatest);
                }
                self.known_day = self.day(date)?;
                self.known_date.clear();
                self.known_date.extend_from_slice(&cell[..date.length]);
                (date.layout, date.length)
            }
        };
        let time = scan_time(&cell[length..], layout).ok_or_else(|| no_time(cell))?;
        self.has_time_of_day |= time.is_there;
        let of_day = self.of_day(&time).ok_or_else(|| no_time(cell))?;
        let value = self.known_day.checked_mul(DAY).and_then(|day| day.checked_add(of_day));
        let value = value.ok_or_else(|| out_of_range(cell))?;
        let (value, tag) = match time.zone {
            ZoneText::None => (value, NAIVE),
            ZoneText::Offset(seconds) => {
                (value.checked_sub(i64::from(seconds) * SECOND).ok_or_else(|| out_of_range(cell))?, UTC)
            }
            ZoneText::Named(name) => (value, self.zone(name)?),
        };
        let is_mixed = !self.values.is_empty() && (tag == NAIVE) != (self.last_tag() == NAIVE);
        if is_mixed && self.options.zone.is_none() {
            let which = if tag == NAIVE {
                "no zone, and those before have one"
            } else {
                "a zone, and those before have none"
            };
            return Err(format!("the time has {which}; zone= says what the others are in"));
        }
        self.add(value, tag);
        Ok(())
    }

    fn last_tag(&self) -> u16 {
        self.tags.as_ref().and_then(|tags| tags.last().copied()).unwrap_or(self.tag)
    }

    fn add(&mut self, value: i64, tag: u16) {
        if self.values.is_empty() && self.tags.is_none() {
            self.tag = tag;
        } else if self.tags.is_none() && tag != self.tag {
            self.tags = Some(vec![self.tag; self.values.len()]);
        }
        if let Some(tags) = &mut self.tags {
            tags.push(tag);
        }
        self.values.push(value);
    }

    fn zone(&mut self, name: &[u8]) -> Result<u16, String> {
        let at = match self.zones.iter().position(|(known, _)| known == name) {
            Some(at) => at,
            None => {
                let text = String::from_utf8_lossy(name);
                let zone = match (zone_named(&text), &self.options.zone) {
                    (Ok(zone), _) => zone,
                    // An abbreviation of several: the zone that was told is one of them.
                    (Err(problem), Some(told)) if problem.contains("several zones") => told.clone(),
                    (Err(problem), _) => return Err(problem),
                };
                self.zones.push((name.to_owned(), zone));
                self.zones.len() - 1
            }
        };
        u16::try_from(at)
            .ok()
            .and_then(|at| at.checked_add(ZONES))
            .ok_or_else(|| "there are too many zones".to_owned())
    }

    fn day(&self, date: DateText) -> Result<i64, String> {
        let [a, b, c] = date.numbers;
        let century = |year: u32| if year < 70 { 2000 + year } else { 1900 + year };
        let is_short = matches!(date.layout, Layout::ShortYear(_));
        let (year, month, day) = match date.layout {
            Layout::YearLast(_) | Layout::ShortYear(_) => match self.form.order {
                DateOrder::DayMonthYear => (c, b, a),
                DateOrder::MonthDayYear => (c, a, b),
                DateOrder::YearMonthDay => (a, b, c),
            },
            _ => (a, b, c),
        };
        let year = if is_short { century(year) } else { year };
        days(year, month, day).ok_or_else(|| format!("there is no day {day} of month {month} of {year}"))
    }

    fn of_day(&mut self, time: &DayTime<'_>) -> Option<i64> {
        let Some((number, width)) = time.compact else { return Some(time.nanoseconds) };
        self.widths = (self.widths.0.min(width), self.widths.1.max(width));
        if width == 9 {
            let second = number / 1000;
            let of_day = clock(second / 10_000, second / 100 % 100, second % 100)?;
            return Some(of_day + i64::from(number % 1000) * 1_000_000);
        }
        let of_day = match self.form.compact {
            Compact::Hour => clock(number, 0, 0),
            Compact::HourMinute => clock(number / 100, number % 100, 0),
            Compact::HourMinuteSecond => clock(number / 10_000, number / 100 % 100, number % 100),
        };
        Some(of_day? + time.nanoseconds)
    }

    fn push_digits(&mut self, cell: &[u8]) -> Result<(), String> {
        if !is_digits(cell) {
            let lost = cell.contains(&b'e') || cell.contains(&b'E');
            return Err(if lost && String::from_utf8_lossy(cell).parse::<f64>().is_ok() {
                "the time is written with an exponent, which has lost digits".to_owned()
            } else if scan_date(cell).is_some() {
                let (first, line) = &self.first;
                format!("the time is written in another form than {first:?} in line {line}")
            } else {
                no_time(cell)
            });
        }
        let text = std::str::from_utf8(cell).map_err(|_| no_time(cell))?;
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let whole: i64 = whole.parse().map_err(|_| out_of_range(cell))?;
        let kept = decimals.trim_end_matches('0');
        let fraction = match kept.len() {
            0 => 0,
            1..=9 => format!("{kept:0<9}").parse::<u32>().map_err(|_| no_time(cell))?,
            _ => TOO_FINE,
        };
        if fraction != 0 && whole < 0 {
            return Err("times before 1970 are read as whole numbers only".to_owned());
        }
        if fraction != 0 && self.fractions.is_none() {
            self.fractions = Some(Vec::new());
        }
        self.add(whole, UTC);
        if let Some(fractions) = &mut self.fractions {
            fractions.resize(self.values.len() - 1, 0);
            fractions.push(fraction);
        }
        Ok(())
    }

    /// A cell by the form that was told.
    fn told(&mut self, cell: &[u8], format: &TimeFormat) -> Result<(i64, u16), String> {
        let TimeFormat::Pattern(pattern) = format else {
            return excel(cell).map(|value| (value, NAIVE)).ok_or_else(|| {
                "a number of days as Excel counts them, such as 45293.5, is needed".to_owned()
            });
        };
        let refused = |error: jiff::Error| format!("the time is not of the form {pattern:?}: {error}");
        let parsed = strtime::BrokenDownTime::parse(pattern, cell).map_err(refused)?;
        if let Ok(stamp) = parsed.to_timestamp() {
            return i64::try_from(stamp.as_nanosecond())
                .map(|value| (value, UTC))
                .map_err(|_| out_of_range(cell));
        }
        let local = parsed.to_datetime().map_err(refused)?;
        self.has_time_of_day |= parsed.hour().is_some();
        let stamp = TimeZone::UTC.to_timestamp(local).map_err(refused)?;
        i64::try_from(stamp.as_nanosecond()).map(|value| (value, NAIVE)).map_err(|_| out_of_range(cell))
    }

    /// The form that all rows together show; [`Form`] of the pass where nothing speaks against it.
    pub(crate) fn form(&self) -> Result<Form, Trouble> {
        let mut form = self.form;
        let (first, line) = &self.first;
        if let Some(Layout::YearLast(mark) | Layout::ShortYear(mark)) = self.layout {
            let is_short = matches!(self.layout, Some(Layout::ShortYear(_)));
            let [a, b, c] = self.greatest;
            let fits = |order: &DateOrder| match order {
                DateOrder::DayMonthYear => a <= 31 && b <= 12,
                DateOrder::MonthDayYear => a <= 12 && b <= 31,
                DateOrder::YearMonthDay => is_short && b <= 12 && c <= 31,
            };
            let fitting: Vec<DateOrder> = DateOrder::ALL.into_iter().filter(fits).collect();
            form.order = match (self.options.dates, fitting.as_slice()) {
                (Some(told), _) => told,
                (None, [one]) => *one,
                // Between points the day comes first; nobody writes months there.
                (None, [DateOrder::DayMonthYear, ..]) if mark == b'.' && !is_short => DateOrder::DayMonthYear,
                (None, []) => {
                    return Err(Trouble::question(format!(
                        "the dates, {first:?} in line {line} the first of them, are of no one order of day and month"
                    )));
                }
                (None, several) => {
                    let names: Vec<_> =
                        several.iter().map(|order| format!("dates=\"{}\"", order.name())).collect();
                    return Err(Trouble::question(format!(
                        "whether the dates, {first:?} in line {line} the first of them, begin with the day or the month, no row says: {} does",
                        names.join(" or ")
                    )));
                }
            };
        }
        if self.widths.1 > 0 {
            form.compact = match self.widths {
                (_, 5..) => Compact::HourMinuteSecond,
                (_, 3..) => Compact::HourMinute,
                _ => Compact::Hour,
            };
        }
        Ok(form)
    }

    /// The times in UTC or by a clock, per row what they are told in. `line_of` gives the line of a row.
    pub(crate) fn finish(mut self) -> Result<Told, Trouble> {
        let is_digits = self.layout == Some(Layout::Digits) && self.options.time_format.is_none();
        let mut words = String::new();
        if is_digits {
            words = self.count()?;
        }
        Ok(Told {
            is_dates: !(self.has_time_of_day || is_digits && self.tag == UTC),
            form: if is_digits { words } else { format!("times like {}", self.first.0) },
            values: self.values,
            tag: self.tag,
            tags: self.tags,
            zones: self.zones.into_iter().map(|(_, zone)| zone).collect(),
        })
    }

    /// Finds out what digits count, and gives its words.
    fn count(&mut self) -> Result<String, Trouble> {
        let fractions = self.fractions.take();
        let fraction = |row: usize| fractions.as_ref().and_then(|all| all.get(row).copied()).unwrap_or(0);
        if let Some(unit) = self.options.unit {
            self.scale(|_| unit, fraction)?;
            return Ok(format!("times in {}", unit.words()));
        }
        let first = self.values.first().copied().unwrap_or_default();
        if fractions.is_none()
            && let Some(dates) = self.values.iter().map(|whole| date_of(*whole)).collect::<Option<Vec<i64>>>()
        {
            self.values = dates;
            self.tag = NAIVE;
            self.has_time_of_day = first >= 100_000_000;
            return Ok(format!("dates like {first}"));
        }
        if let Some(row) = self.values.iter().position(|whole| date_of(*whole).is_some())
            && (19_000_101..=21_001_231).contains(&first)
        {
            let row = self.values.iter().position(|whole| date_of(*whole).is_none()).unwrap_or(row);
            let problem = "the digits are no date, and those of other rows are".to_owned();
            return Err(self.trouble(row, problem, false));
        }
        let unit = |whole: &i64| Unit::likely(whole.unsigned_abs());
        let mut seen: Vec<(Unit, usize)> = Vec::new();
        for (row, whole) in self.values.iter().enumerate() {
            if let Some(unit) = unit(whole)
                && seen.last().is_none_or(|(last, _)| *last != unit)
            {
                seen.push((unit, row));
            }
        }
        use Unit::{Microseconds, Milliseconds};
        match seen.as_slice() {
            [] => {
                let greatest = self.values.iter().map(|whole| whole.unsigned_abs()).max().unwrap_or_default();
                let excel = if (1..200_000).contains(&greatest) {
                    ", time_format=\"excel\" if days of a spreadsheet"
                } else {
                    ""
                };
                let problem = format!(
                    "what the times count nobody can tell, since none is one of 1973 to 2286: unit=\"s\", \"ms\", \"us\" or \"ns\" since 1970 says it{excel}"
                );
                Err(self.trouble(0, problem, true))
            }
            [(one, _)] => {
                let one = *one;
                let fits = |whole: &i64| unit(whole).is_some() || whole.unsigned_abs() < smallest(one);
                if let Some(row) = self.values.iter().position(|whole| !fits(whole)) {
                    let problem = format!(
                        "the time is none of 1973 to 2286 in {}, which the others count",
                        one.words()
                    );
                    return Err(self.trouble(row, problem, false));
                }
                self.scale(|_| one, fraction)?;
                Ok(format!("times in {}", one.words()))
            }
            // As an exchange's files do since it counts more finely.
            [(Milliseconds, _), (Microseconds, at)] | [(Microseconds, _), (Milliseconds, at)]
                if self.values.iter().all(|whole| unit(whole).is_some())
                    && self.is_falling_by(&seen) == (seen[0].0 == Microseconds) =>
            {
                let units = (seen[0].0, seen[1].0, *at);
                self.scale(|row| if row < units.2 { units.0 } else { units.1 }, fraction)?;
                Ok(format!("times in {} and then {}", units.0.words(), units.1.words()))
            }
            [(before, _), (there, row), ..] => {
                let problem = format!(
                    "by its size the time counts {}, where those before count {}; unit= says what all count",
                    there.words(),
                    before.words()
                );
                Err(self.trouble(*row, problem, true))
            }
        }
    }

    /// True where the last time is before the first, each counted as its size says.
    fn is_falling_by(&self, seen: &[(Unit, usize)]) -> bool {
        let time = |whole: Option<&i64>, unit: Unit| {
            whole.map(|whole| i128::from(*whole) * i128::from(unit.nanoseconds()))
        };
        match (seen.first(), seen.last()) {
            (Some((first, _)), Some((last, _))) => {
                time(self.values.last(), *last) < time(self.values.first(), *first)
            }
            _ => false,
        }
    }

    /// A trouble with what the digits of a row count.
    fn trouble(&self, row: usize, problem: String, is_question: bool) -> Trouble {
        let value = self.values.get(row).map(i64::to_string);
        Trouble { row: Some(row), problem, is_question, value }
    }

    fn scale(
        &mut self,
        unit: impl Fn(usize) -> Unit,
        fraction: impl Fn(usize) -> u32,
    ) -> Result<(), Trouble> {
        for (row, value) in self.values.iter_mut().enumerate() {
            let length = unit(row).nanoseconds();
            let given = *value;
            let bad = |problem: &str| Trouble {
                row: Some(row),
                problem: problem.to_owned(),
                is_question: false,
                value: Some(given.to_string()),
            };
            let part = i64::from(fraction(row)) * length;
            if part % SECOND != 0 || fraction(row) == TOO_FINE {
                return Err(bad("the time has decimals beyond a nanosecond"));
            }
            let scaled = value.checked_mul(length).and_then(|whole| whole.checked_add(part / SECOND));
            *value = scaled.ok_or_else(|| bad("the time does not fit int64 nanoseconds"))?;
        }
        Ok(())
    }
}

/// Times as they are told: by clocks of zones, or in UTC.
pub(crate) struct Told {
    pub(crate) values: Vec<i64>,
    pub(crate) is_dates: bool,
    /// In words.
    pub(crate) form: String,
    pub(crate) tag: u16,
    pub(crate) tags: Option<Vec<u16>>,
    pub(crate) zones: Vec<TimeZone>,
}

impl Told {
    /// Times in UTC already, or by a clock without a zone.
    #[cfg(feature = "arrow")]
    pub(crate) fn of(values: Vec<i64>, is_naive: bool, form: String) -> Told {
        let tag = if is_naive { NAIVE } else { UTC };
        Told { values, is_dates: false, form, tag, tags: None, zones: Vec::new() }
    }

    /// True where the first time has no zone.
    pub(crate) fn is_naive(&self) -> bool {
        self.tag == NAIVE
    }

    /// Turns all into UTC; those without a zone are of `zone`. Gives rows that the order of rows decided, and rows that
    /// are no time.
    pub(crate) fn turn_to_utc(&mut self, zone: Option<&TimeZone>) -> (usize, Vec<(usize, String)>) {
        let is_utc = zone.is_none_or(|zone| zone.iana_name() == Some("UTC"));
        if self.tags.is_none() && (self.tag == UTC || (self.tag == NAIVE && is_utc)) {
            return (0, Vec::new());
        }
        let falling = matches!((self.values.first(), self.values.last()), (Some(a), Some(b)) if b < a);
        let mut clocks: Vec<Clock> = self.zones.drain(..).map(Clock::new).collect();
        let mut told = zone.filter(|_| !is_utc).cloned().map(Clock::new);
        let (mut before, mut twice, mut bad) = (None, 0, Vec::new());
        let count = self.values.len();
        for step in 0..count {
            let row = if falling { count - 1 - step } else { step };
            let tag = self.tags.as_ref().map_or(self.tag, |tags| tags[row]);
            let clock = match tag {
                UTC => None,
                NAIVE => told.as_mut(),
                _ => clocks.get_mut(usize::from(tag - ZONES)),
            };
            if let Some(clock) = clock {
                match clock.turn(self.values[row], before, self.is_dates) {
                    Ok(Turned::Once(time)) => self.values[row] = time,
                    Ok(Turned::Twice(time)) => {
                        self.values[row] = time;
                        twice += 1;
                    }
                    Err(problem) => {
                        bad.push((row, problem));
                        continue;
                    }
                }
            }
            before = Some(self.values[row]);
        }
        bad.sort_unstable_by_key(|(row, _)| *row);
        (twice, bad)
    }
}

/// The least magnitude of a time of 1973 and later.
fn smallest(unit: Unit) -> u64 {
    100_000_000 * (SECOND / unit.nanoseconds()) as u64
}

/// Digits that write a date: a year, a month, a day, to the minute, to the second.
fn date_of(whole: i64) -> Option<i64> {
    let part = |of: i64| u32::try_from(of).ok();
    match whole {
        1900..=2100 => days(part(whole)?, 1, 1)?.checked_mul(DAY),
        190_001..=210_012 => days(part(whole / 100)?, part(whole % 100)?, 1)?.checked_mul(DAY),
        _ => {
            let written = written_date(whole)?;
            let stamp = TimeZone::UTC.to_timestamp(written).ok()?;
            i64::try_from(stamp.as_nanosecond()).ok()
        }
    }
}

/// Excel's days, of which as many decimals are meant as it shows.
fn excel(cell: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(cell).ok().filter(|_| is_digits(cell))?;
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let serial: i64 = whole.parse().ok().filter(|day| (1..2_958_466).contains(day) && *day != 60)?;
    let decimals = &decimals[..decimals.len().min(17)];
    let scale = 10_i128.pow(u32::try_from(decimals.len()).ok()?);
    let numerator: i128 = if decimals.is_empty() { 0 } else { decimals.parse().ok()? };
    let exact = numerator * i128::from(DAY) / scale;
    let unsure = (i128::from(DAY) / (2 * scale)).max(10_000);
    // The shortest number of decimals stands for a minute, a second or a millisecond nearby.
    let nearest = [60 * SECOND, SECOND, SECOND / 1000].into_iter().find_map(|unit| {
        let near = (exact + i128::from(unit) / 2) / i128::from(unit) * i128::from(unit);
        ((near - exact).abs() <= unsure).then_some(near)
    });
    let of_day = i64::try_from(nearest.unwrap_or(exact / 1000 * 1000)).ok()?;
    // 1900 is a leap year there.
    let day = serial + EXCEL_DAY_0 + i64::from(serial < 60);
    day.checked_mul(DAY)?.checked_add(of_day)
}

fn no_time(cell: &[u8]) -> String {
    if cell.is_empty() { "there is no time".to_owned() } else { "a time is needed".to_owned() }
}

fn out_of_range(_: &[u8]) -> String {
    format!(
        "the time does not fit int64 nanoseconds, which reach from {} to {}",
        iso(i64::MIN),
        iso(i64::MAX)
    )
}
