//! When bars close: as the data says, else as long after their open as they are, else with the interval of a calendar.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use thiserror::Error;

use crate::calendar::{Calendar, Timeframe};
use crate::times::{commonest_step, iso};

const SECOND_NS: i64 = 1_000_000_000;
const MINUTE_NS: i64 = 60 * SECOND_NS;

/// Which of its times a bar is stamped with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stamps {
    /// When it opened.
    #[default]
    Open,
    /// When it closed.
    Close,
}

impl Stamps {
    /// `open` or `close`.
    pub fn name(self) -> &'static str {
        match self {
            Stamps::Open => "open",
            Stamps::Close => "close",
        }
    }

    /// The one of this name.
    ///
    /// # Errors
    /// What is accepted.
    pub fn from_name(name: &str) -> Result<Stamps, String> {
        [Stamps::Open, Stamps::Close]
            .into_iter()
            .find(|stamps| stamps.name() == name)
            .ok_or_else(|| format!("`{name}` is not one of open, close"))
    }
}

/// Which of its times each stream's bars are stamped with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StampsOf {
    /// Of all that are not named.
    pub all: Stamps,
    /// By the name of a stream.
    pub named: BTreeMap<String, Stamps>,
}

impl StampsOf {
    /// Those of a stream.
    pub fn of(&self, stream: &str) -> Stamps {
        self.named.get(stream).copied().unwrap_or(self.all)
    }
}

/// When the bars of one stream close.
#[derive(Clone, Debug)]
pub(crate) struct Closing {
    timeframe: Option<Timeframe>,
    calendar: Calendar,
    stamps: Stamps,
    /// Closes decide nothing: there is one stream, and no time is reckoned with.
    is_free: bool,
}

/// Why it is not known when a bar closes, or why it cannot be as it is said.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CloseError {
    /// A bar of days, weeks or months that opens in the middle of one.
    #[error(
        "a bar of `{stream}`{place} opens at {open}, where no {timeframe} of the calendar {calendar} begins; give the calendar \
         by which it does (time zone and session start), or say when bars close: with a column `close_time`, or \
         stamps=\"close\"",
        open = iso(*open_ns), place = In(*.row)
    )]
    NoInterval {
        /// Its stream.
        stream: String,
        /// When it opens.
        open_ns: i64,
        /// Its length.
        timeframe: Timeframe,
        /// By which calendar.
        calendar: String,
        /// Row of the history, where there is one.
        row: Option<usize>,
    },
    /// A close that is not after the open.
    #[error(
        "a bar of `{stream}`{place} opens at {open} and is said to close at {close}, which is not after it",
        open = iso(*open_ns), close = iso(*close_ns), place = In(*.row)
    )]
    NotAfter {
        /// Its stream.
        stream: String,
        /// When it opens.
        open_ns: i64,
        /// When it is said to close.
        close_ns: i64,
        /// Row of the history, where there is one.
        row: Option<usize>,
    },
    /// A bar that is longer than its stream says.
    #[error(
        "a bar of `{stream}`{place} lasts from {open} to {close}, longer than {timeframe}",
        open = iso(*open_ns), close = iso(*close_ns), place = In(*.row)
    )]
    TooLong {
        /// Its stream.
        stream: String,
        /// When it opens.
        open_ns: i64,
        /// When it is said to close.
        close_ns: i64,
        /// The length that was declared.
        timeframe: Timeframe,
        /// Row of the history, where there is one.
        row: Option<usize>,
    },
    /// Bars that are all further apart than they are long.
    #[error(
        "the bars of `{stream}` are declared as {timeframe} and {found}: they look longer than that, and would be seen \
         before they closed; name the timeframe that they have{way}", way = if *takes_closes {
            ", or say when each closes with a column `close_time`"
        } else {
            ""
        }
    )]
    Longer {
        /// Their stream.
        stream: String,
        /// The length that was declared.
        timeframe: Timeframe,
        /// How far apart they are.
        found: Apart,
        /// They may be told when they close.
        takes_closes: bool,
    },
}

impl CloseError {
    /// The same of a bar that stands in this row.
    pub(crate) fn in_row(mut self, at: usize) -> CloseError {
        match &mut self {
            CloseError::NoInterval { row, .. }
            | CloseError::NotAfter { row, .. }
            | CloseError::TooLong { row, .. } => *row = Some(at),
            CloseError::Longer { .. } => {}
        }
        self
    }
}

/// Prints the row where there is one.
struct In(Option<usize>);

impl fmt::Display for In {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |row| write!(f, " in row {row}"))
    }
}

/// How far apart bars are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Apart {
    /// So many of their lengths most often, or no whole number of them.
    lengths: Option<u64>,
    is_ever_one: bool,
}

impl fmt::Display for Apart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.is_ever_one, self.lengths) {
            (true, Some(lengths)) => write!(f, "most often {lengths} times as far apart"),
            (false, Some(lengths)) => write!(f, "never so close, most often {lengths} times as far apart"),
            (_, None) => write!(f, "never so close"),
        }
    }
}

/// The closes of a history and, where they do not follow from its closes, its stamps.
#[derive(Clone, Debug, Default)]
pub struct Closes<'a> {
    /// When the bars closed.
    pub closes_ns: Cow<'a, [i64]>,
    /// What they are stamped with; none where that follows from when they closed.
    pub stamps_ns: Cow<'a, [i64]>,
}

/// When one bar closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed {
    /// When.
    pub close_ns: i64,
    /// Its stamp does not follow from that, or nothing follows from it for the next bar: it has to be kept.
    pub is_told: bool,
}

impl Closing {
    pub(crate) fn new(
        timeframe: Option<Timeframe>,
        calendar: Option<&Calendar>,
        stamps: Stamps,
        is_free: bool,
    ) -> Closing {
        Closing { timeframe, calendar: calendar.cloned().unwrap_or_default(), stamps, is_free }
    }

    /// When a bar closes that is stamped so; `told` is when the data says that it does.
    pub(crate) fn close_of(
        &self,
        stream: &dyn Fn() -> String,
        stamp_ns: i64,
        told: Option<i64>,
    ) -> Result<Closed, CloseError> {
        let known = |close_ns| Ok(Closed { close_ns, is_told: false });
        if self.is_free {
            return known(match (self.timeframe, self.stamps) {
                (Some(timeframe), Stamps::Open) => stamp_ns.saturating_add_unsigned(timeframe.nominal_ns()),
                _ => stamp_ns,
            });
        }
        if let Some(told_ns) = told {
            let close_ns = self.end_of_told(told_ns);
            if self.stamps == Stamps::Open {
                self.check_told(stream, stamp_ns, close_ns)?;
            }
            return Ok(Closed { close_ns, is_told: true });
        }
        if self.stamps == Stamps::Close {
            let close_ns = self.end_of_told(stamp_ns);
            return Ok(Closed { close_ns, is_told: close_ns != stamp_ns });
        }
        let Some(timeframe) = self.timeframe else { return known(stamp_ns) };
        match timeframe.fixed_ns() {
            Some(length_ns) if !timeframe.is_of_days() => known(stamp_ns.saturating_add_unsigned(length_ns)),
            _ => match self.calendar.end_from(stamp_ns, timeframe) {
                Some(close_ns) => known(close_ns),
                None => Err(CloseError::NoInterval {
                    stream: stream(),
                    open_ns: stamp_ns,
                    timeframe,
                    calendar: self.calendar.to_string(),
                    row: None,
                }),
            },
        }
    }

    /// [`close_of`](Closing::close_of) of a history.
    pub(crate) fn closes_of<'a>(
        &self,
        stream: &dyn Fn() -> String,
        stamps_ns: &'a [i64],
        told: Option<&[i64]>,
    ) -> Result<Closes<'a>, CloseError> {
        let is_stamp = self.timeframe.is_none() && self.stamps == Stamps::Open;
        if told.is_none() && (is_stamp || (self.is_free && self.stamps == Stamps::Close)) {
            return Ok(Closes { closes_ns: stamps_ns.into(), stamps_ns: Cow::Borrowed(&[]) });
        }
        let (mut closes_ns, mut is_told) = (Vec::with_capacity(stamps_ns.len()), false);
        for (row, stamp_ns) in stamps_ns.iter().enumerate() {
            let told = told.map(|told| told[row]);
            let closed = self.close_of(stream, *stamp_ns, told).map_err(|error| error.in_row(row))?;
            closes_ns.push(closed.close_ns);
            is_told |= closed.is_told;
        }
        let stamps_ns = if is_told { stamps_ns } else { &[] };
        Ok(Closes { closes_ns: closes_ns.into(), stamps_ns: stamps_ns.into() })
    }

    /// The moment that a close means which may be written as the last instant before it, or as the date of a day that it
    /// ends.
    fn end_of_told(&self, close_ns: i64) -> i64 {
        let into_second = close_ns.rem_euclid(SECOND_NS);
        let is_of_minutes =
            self.timeframe.is_some_and(|t| t.nominal_ns().is_multiple_of(MINUTE_NS.unsigned_abs()));
        let last = match into_second {
            999_000_000 | 999_999_000 | 999_999_999 => SECOND_NS - into_second,
            0 if is_of_minutes && close_ns.rem_euclid(MINUTE_NS) == MINUTE_NS - SECOND_NS => SECOND_NS,
            _ => 0,
        };
        let close_ns = close_ns.saturating_add(last);
        let Some(timeframe) = self.timeframe.filter(|t| t.is_of_days()) else { return close_ns };
        if self.calendar.end_of(close_ns, timeframe) == close_ns {
            return close_ns;
        }
        // A month dated its last day, a week dated its Friday: seen when that day is over.
        self.calendar.end_of_date(close_ns).unwrap_or(close_ns)
    }

    fn check_told(&self, stream: &dyn Fn() -> String, open_ns: i64, close_ns: i64) -> Result<(), CloseError> {
        if close_ns <= open_ns {
            return Err(CloseError::NotAfter { stream: stream(), open_ns, close_ns, row: None });
        }
        match self.timeframe {
            Some(timeframe) if close_ns.abs_diff(open_ns) > timeframe.longest_ns() => {
                Err(CloseError::TooLong { stream: stream(), open_ns, close_ns, timeframe, row: None })
            }
            _ => Ok(()),
        }
    }

    /// The watermark once a bar closed at `close_ns`: no more bars can come that close at or before.
    #[inline]
    pub(crate) fn watermark_after(&self, close_ns: i64) -> i64 {
        match self.timeframe {
            Some(timeframe) if timeframe.is_of_days() => self.watermark_of_days(close_ns, timeframe),
            Some(timeframe) => close_ns.saturating_add_unsigned(timeframe.nominal_ns() - 1),
            None => close_ns,
        }
    }

    #[inline(never)]
    fn watermark_of_days(&self, close_ns: i64, timeframe: Timeframe) -> i64 {
        // Of bars that close elsewhere than the calendar's nothing is known but that each is after the other.
        if self.is_free || self.calendar.end_of(close_ns, timeframe) != close_ns {
            return close_ns;
        }
        self.calendar.end_of(close_ns.saturating_add(1), timeframe).saturating_sub(1)
    }

    /// The least distance of two closes, where it is known without a look at the calendar.
    pub(crate) fn shortest_ns(&self) -> u64 {
        match self.timeframe {
            Some(timeframe) if self.is_free && timeframe.is_of_days() => 0,
            Some(timeframe) => timeframe.shortest_ns(),
            None => 0,
        }
    }

    /// What a bar is stamped with that closes then, unless the data had it otherwise.
    pub(crate) fn stamp_of(&self, close_ns: i64) -> i64 {
        match (self.timeframe, self.stamps) {
            (_, Stamps::Close) | (None, _) => close_ns,
            (Some(timeframe), _) if self.is_free || !timeframe.is_of_days() => {
                close_ns.saturating_sub_unsigned(timeframe.nominal_ns())
            }
            (Some(timeframe), _) => self.calendar.start_of(close_ns, timeframe),
        }
    }

    /// What a bar is stamped with that is made of finer ones.
    pub(crate) fn stamp_of_made(&self, close_ns: i64) -> i64 {
        match (self.timeframe, self.stamps) {
            (Some(timeframe), Stamps::Open) => self.calendar.start_of(close_ns, timeframe),
            _ => close_ns,
        }
    }

    /// [`check_length`] of a stream's history.
    pub(crate) fn check_length(
        &self,
        stream: &dyn Fn() -> String,
        is_named: bool,
        closes_ns: &[i64],
    ) -> Result<(), CloseError> {
        let Some(timeframe) = self.timeframe else { return Ok(()) };
        check_length(stream, timeframe, Declared::Stream { is_named, is_free: self.is_free }, closes_ns)
    }
}

/// Where it is said how long bars are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Declared {
    /// Of one table; free where closes decide nothing.
    Table { is_free: bool },
    /// Of a stream, by the rule itself where it is named.
    Stream { is_named: bool, is_free: bool },
}

/// Refuses a history of bars that are longer than they are declared: no two neighbours are as far apart as a bar is long, or
/// most are some whole number of lengths apart.
pub(crate) fn check_length(
    stream: &dyn Fn() -> String,
    timeframe: Timeframe,
    declared: Declared,
    closes_ns: &[i64],
) -> Result<(), CloseError> {
    // Of two steps alone it is only said where the rule names the length itself.
    let (least, is_free) = match declared {
        Declared::Stream { is_named, is_free } => (if is_named { 2 } else { 3 }, is_free),
        Declared::Table { is_free } => (3, is_free),
    };
    if closes_ns.len() <= least {
        return Ok(());
    }
    let length_ns = timeframe.nominal_ns();
    let steps = || closes_ns.array_windows().map(|[a, b]| b.abs_diff(*a));
    let is_one = |step: u64| match timeframe.is_of_days() {
        true => step >= timeframe.shortest_ns() && step <= timeframe.longest_ns(),
        false => step == length_ns,
    };
    let (all, ones) = (closes_ns.len() - 1, steps().filter(|step| is_one(*step)).count());
    // Where one step in two is a length the commonest is, and that is seen at once.
    if 2 * ones >= all {
        return Ok(());
    }
    // By how many lengths; 0 for no whole number of them.
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for step in steps().filter(|step| !is_one(*step)) {
        let lengths = match timeframe.is_of_days() {
            true => (step + length_ns / 2) / length_ns,
            false if step.is_multiple_of(length_ns) => step / length_ns,
            false => 0,
        };
        *counts.entry(lengths).or_default() += 1;
    }
    // Bars that are only sparse are apart by this and by that; longer ones by multiples of what they are long.
    let common = counts.keys().fold(0, |a, b| greatest_common_divisor(a, *b));
    // Where closes decide nothing bars may be stamped anywhere in them.
    let is_off = counts.contains_key(&0);
    let is_off = is_off && (!is_free || commonest_step(closes_ns).is_some_and(|step| step > length_ns));
    let is_never = ones == 0 && (is_off || (common > 1 && !counts.contains_key(&0)));
    let commonest = counts.into_iter().filter(|(lengths, _)| *lengths > 1).max_by_key(|(_, count)| *count);
    let is_mostly = commonest.is_some_and(|(_, count)| count > 2 && 2 * count > all);
    if !is_never && !is_mostly {
        return Ok(());
    }
    let found = Apart { lengths: commonest.map(|(lengths, _)| lengths), is_ever_one: ones > 0 };
    let takes_closes = matches!(declared, Declared::Stream { .. });
    Err(CloseError::Longer { stream: stream(), timeframe, found, takes_closes })
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}
