//! Which columns are what: the time, the fields that are read, the symbol.

use crate::error::{ErrorKind, ReadError};
use crate::header::{Layouted, is_day_time};
use crate::moment::scan_date;
use crate::names::{self, FIELDS, normalized};
use crate::numbers;
use crate::options::{ReadOptions, Selection, Symbols};

/// What columns may be told to be, beside numbers.
const ROLES: [&str; 4] = ["timestamp", "symbol", "is_closed", "close_time"];

/// What is read of each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Roles {
    /// The time's column, or its date and its time of day.
    pub(crate) time: (usize, Option<usize>),
    pub(crate) symbol: Option<usize>,
    pub(crate) closed: Option<usize>,
    pub(crate) close_time: Option<usize>,
    pub(crate) numbers: Vec<Wanted>,
    pub(crate) notes: Vec<String>,
}

/// A column of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// What it is called in the result.
    pub(crate) name: String,
    pub(crate) at: usize,
    pub(crate) why: Why,
}

/// What a column is read for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The result.
    Asked,
    /// The result, if it holds numbers.
    There,
    /// To be compared with the one of this place in the list, which is called the same.
    Twin(usize),
    /// What numbers in it show.
    Shown,
}

impl Roles {
    /// Finds them; with `all` also columns that are not asked for, for what they show.
    ///
    /// # Errors
    /// Names what is missing and what is there.
    pub(crate) fn find(layout: &Layouted, options: &ReadOptions, all: bool) -> Result<Roles, ReadError> {
        let header = layout.header.unwrap_or(1);
        let columns = Columns::new(layout, options)?;
        let mut notes = Vec::new();
        let time = columns.time(options, &mut notes)?;
        let taken = |at: usize| at == time.0 || Some(at) == time.1;
        let other = |test: &dyn Fn(&str) -> bool| {
            (0..columns.plain.len())
                .find(|at| !taken(*at) && columns.is_here(*at) && test(&columns.plain[*at]))
        };
        let symbol = match columns.told("symbol", options)? {
            Some(at) => Some(at),
            None => other(&|name: &str| names::is_symbol(name)).filter(|at| columns.counts(*at).1 > 0),
        };
        let closed = columns.told("is_closed", options)?.or_else(|| other(&|name: &str| name == "is_closed"));
        let close_time = match columns.told("close_time", options)? {
            Some(at) => Some(at),
            None => other(&names::is_close_time),
        };
        let mut roles = Roles { time, symbol, closed, close_time, numbers: Vec::new(), notes };
        let mut wanted: Vec<(String, bool)> = match &options.selection {
            Selection::Named(all) => all.iter().map(|name| (name.clone(), true)).collect(),
            Selection::All => {
                let told = options.columns.iter().filter_map(|(field, _)| field.as_deref());
                let told = told
                    .filter(|field| !ROLES.contains(field) && !FIELDS.contains(field) && *field != "value");
                FIELDS
                    .iter()
                    .copied()
                    .chain(["value"])
                    .chain(told)
                    .map(|field| (field.to_owned(), false))
                    .collect()
            }
        };
        if layout.is_guessed || all {
            for field in FIELDS {
                if !wanted.iter().any(|(name, _)| name == field) {
                    wanted.push((field.to_owned(), false));
                }
            }
        }
        for (name, is_asked) in wanted {
            let found = columns.named(&name, options, &roles)?;
            let Some((first, twins)) = found.split_first() else {
                if !is_asked {
                    continue;
                }
                let problem = format!("the rule reads `{name}`; the data has {}", columns.shown());
                return Err(ReadError::new(ErrorKind::NoColumn, problem).at(header));
            };
            let place = roles.numbers.len();
            let is_result = is_asked || options.selection == Selection::All;
            let why = if is_result { Why::Asked } else { Why::Shown };
            if normalized(&columns.names[*first]) != name.to_lowercase()
                && FIELDS.contains(&name.as_str())
                && layout.header.is_some()
            {
                roles.notes.push(format!("{name} is {:?}", columns.names[*first]));
            }
            roles.numbers.push(Wanted { name: name.clone(), at: *first, why });
            for twin in twins {
                roles.numbers.push(Wanted {
                    name: columns.plain[*twin].clone(),
                    at: *twin,
                    why: Why::Twin(place),
                });
            }
        }
        if all || options.selection == Selection::All {
            for at in 0..columns.plain.len() {
                let is_role = taken(at) || [roles.symbol, roles.closed, roles.close_time].contains(&Some(at));
                if is_role
                    || !columns.is_here(at)
                    || roles.numbers.iter().any(|one| one.at == at)
                    || columns.is_text(at)
                    || names::is_unnamed(&columns.plain[at])
                {
                    continue;
                }
                let plain = columns.plain[at].clone();
                let same = roles
                    .numbers
                    .iter()
                    .filter(|one| one.name == plain || one.name.starts_with(&format!("{plain}_")))
                    .count();
                let is_new = !roles.numbers.iter().any(|one| one.name == plain)
                    && plain != "timestamp"
                    && plain != "symbol";
                let name = if is_new { plain } else { format!("{plain}_{}", same + 1) };
                let why = if options.selection == Selection::All { Why::There } else { Why::Shown };
                roles.numbers.push(Wanted { name, at, why });
            }
        }
        Ok(roles)
    }
}

/// The columns of a layout under the names that are compared.
struct Columns<'a> {
    names: &'a [String],
    plain: Vec<String>,
    sample: &'a [Vec<String>],
    /// Columns of other symbols are not here.
    here: Vec<bool>,
    /// Columns whose type says that they hold times.
    timed: &'a [usize],
}

impl<'a> Columns<'a> {
    fn new(layout: &'a Layouted, options: &ReadOptions) -> Result<Columns<'a>, ReadError> {
        let plain = layout.names.iter().map(|name| normalized(name)).collect();
        let mut here = vec![true; layout.names.len()];
        let mut symbols: Vec<&String> = layout.symbols.iter().filter(|symbol| !symbol.is_empty()).collect();
        symbols.dedup();
        symbols.sort();
        symbols.dedup();
        let chosen = match (&options.symbol, symbols.as_slice()) {
            (_, []) => None,
            (Symbols::One(told), there) => {
                if !there.contains(&told) {
                    return Err(no_symbol(told, there));
                }
                Some(told.clone())
            }
            (_, [only]) => Some((*only).clone()),
            (_, several) => return Err(several_symbols(several)),
        };
        if let Some(chosen) = chosen {
            for (here, symbol) in here.iter_mut().zip(&layout.symbols) {
                *here = symbol.is_empty() || *symbol == chosen;
            }
        }
        Ok(Columns { names: &layout.names, plain, sample: &layout.sample, here, timed: &layout.timed })
    }

    fn is_here(&self, at: usize) -> bool {
        self.here[at]
    }

    fn shown(&self) -> String {
        let names: Vec<&str> =
            self.names.iter().map(|name| if name.is_empty() { "one without a name" } else { name }).collect();
        names.join(", ")
    }

    fn cell(&self, at: usize) -> &str {
        let cells = self.sample.iter().filter_map(|row| row.get(at)).map(|cell| cell.trim());
        cells.into_iter().find(|cell| !numbers::is_missing(cell.as_bytes())).unwrap_or("")
    }

    /// Of the first rows those that hold a number, and those that hold something else.
    fn counts(&self, at: usize) -> (usize, usize) {
        let there = self
            .sample
            .iter()
            .filter_map(|row| row.get(at))
            .filter(|cell| !numbers::is_missing(cell.as_bytes()));
        let (numbers, others): (Vec<_>, Vec<_>) = there.partition(|cell| numbers::marks_of(cell).is_some());
        (numbers.len(), others.len())
    }

    /// True where most of the first rows hold something other than numbers.
    fn is_text(&self, at: usize) -> bool {
        let (numbers, others) = self.counts(at);
        others > numbers
    }

    /// The place of a column that was told.
    fn place(&self, column: &str) -> Result<usize, ReadError> {
        let plain = normalized(column);
        let by_place = column
            .strip_prefix("column_")
            .and_then(|at| at.parse::<usize>().ok())
            .and_then(|at| at.checked_sub(1));
        let exact = (0..self.names.len()).find(|at| self.here[*at] && self.names[*at] == column);
        let close = || {
            (0..self.names.len()).find(|at| self.here[*at] && self.plain[*at] == plain && !plain.is_empty())
        };
        exact.or_else(close).or(by_place.filter(|at| *at < self.names.len())).ok_or_else(|| {
            ReadError::new(
                ErrorKind::NoColumn,
                format!("columns names {column:?}; the data has {}", self.shown()),
            )
        })
    }

    fn told(&self, field: &str, options: &ReadOptions) -> Result<Option<usize>, ReadError> {
        let told = options.columns.iter().find(|(name, _)| name.as_deref() == Some(field));
        told.map(|(_, column)| self.place(column)).transpose()
    }

    fn time(
        &self,
        options: &ReadOptions,
        notes: &mut Vec<String>,
    ) -> Result<(usize, Option<usize>), ReadError> {
        if let Some((_, column)) =
            options.columns.iter().find(|(name, _)| name.as_deref() == Some("timestamp"))
        {
            return match column.split_once('+') {
                Some((date, time)) if !self.names.contains(column) => {
                    Ok((self.place(date)?, Some(self.place(time)?)))
                }
                _ => Ok((self.place(column)?, None)),
            };
        }
        let is_date_alone = |at: usize| {
            let cell = self.cell(at).as_bytes();
            scan_date(cell).is_some_and(|date| date.length == cell.len())
        };
        for at in 0..self.plain.len().saturating_sub(1) {
            for (date, time) in [(at, at + 1), (at + 1, at)] {
                if names::is_date(&self.plain[date])
                    && names::is_day_time(&self.plain[time])
                    && date != time
                    && is_date_alone(date)
                    && is_day_time(self.cell(time))
                {
                    return Ok((date, Some(time)));
                }
            }
        }
        let mut ranked: Vec<(usize, usize)> = (0..self.plain.len())
            .filter(|at| self.here[*at])
            .filter_map(|at| {
                let bare = || names::without_unit(&self.names[at]).and_then(|name| names::time_rank(&name));
                names::time_rank(&self.plain[at]).or_else(bare).map(|rank| (rank, at))
            })
            .collect();
        ranked.sort_unstable();
        // Of columns without a name, and of those whose name says nothing, what is in them decides.
        let unnamed =
            || (0..self.plain.len()).filter(|at| self.here[*at] && names::is_unnamed(&self.plain[*at]));
        let is_told = options.time_format.is_some();
        let reads = |at: usize| is_told || scan_date(self.cell(at).as_bytes()).is_some();
        let named = || ranked.iter().map(|(_, at)| *at);
        let found = named()
            .find(|at| reads(*at))
            .or_else(|| unnamed().find(|at| is_told || self.is_date(*at)))
            .or_else(|| named().next())
            .or_else(|| self.only_time(notes))
            // What counts rows beside a column of dates is no time.
            .or_else(|| unnamed().next().filter(|_| self.dates().next().is_none()));
        let Some(at) = found else {
            let close = self.plain.iter().any(|name| name == "close_time");
            let hint = if close {
                " (`close_time` is when bars closed: columns=timestamp=close_time with stamps=close reads it)"
            } else {
                ""
            };
            let mut dates = self.dates();
            let which = match (dates.next(), dates.next()) {
                (Some(only), None) => self.names[only].as_str(),
                _ => "NAME",
            };
            return Err(ReadError::new(
                ErrorKind::NoTime,
                format!(
                    "a time column is needed, such as timestamp, date or time{hint}; the data has {}: columns=timestamp={which} says which it is",
                    self.shown()
                ),
            ));
        };
        let others: Vec<_> = ranked
            .iter()
            .filter(|(_, other)| *other != at)
            .map(|(_, other)| format!("{:?}", self.names[*other]))
            .collect();
        if !others.is_empty() {
            notes.push(format!("the time is {:?}, not {}", self.names[at], others.join(" or ")));
        }
        Ok((at, None))
    }

    /// True where a column holds written dates: not digits alone, which may count anything.
    fn is_date(&self, at: usize) -> bool {
        let cell = self.cell(at);
        numbers::marks_of(cell).is_none() && scan_date(cell.as_bytes()).is_some()
    }

    /// The columns that hold written dates.
    fn dates(&self) -> impl Iterator<Item = usize> {
        (0..self.plain.len()).filter(|at| self.here[*at] && self.is_date(*at))
    }

    /// The one column of times by its type, where there is one only, whatever it is called.
    fn only_time(&self, notes: &mut Vec<String>) -> Option<usize> {
        let may_be = |at: &&usize| self.here[**at] && !names::is_close_time(&self.plain[**at]);
        let mut times = self.timed.iter().filter(may_be);
        let (at, None) = (*times.next()?, times.next()) else { return None };
        notes.push(format!("the time is {:?}, the one column of times", self.names[at]));
        Some(at)
    }

    /// The columns that are called so, the first of them first; those that are called worse are none.
    fn named(&self, name: &str, options: &ReadOptions, roles: &Roles) -> Result<Vec<usize>, ReadError> {
        let lower = name.to_lowercase();
        if let Some(at) = self.told(&lower, options)? {
            return Ok(vec![at]);
        }
        let renamed = |at: usize| {
            options.columns.iter().any(|(field, column)| field.is_some() && self.names[at] == *column)
        };
        let is_role = |at: usize| {
            at == roles.time.0 || roles.time.1 == Some(at) || roles.symbol == Some(at) || renamed(at)
        };
        let free: Vec<usize> = (0..self.names.len()).filter(|at| self.here[*at] && !is_role(*at)).collect();
        let by = |test: &dyn Fn(usize) -> bool| {
            free.iter().copied().filter(|at| test(*at)).collect::<Vec<usize>>()
        };
        let exact = by(&|at| self.plain[at] == lower || self.names[at].eq_ignore_ascii_case(name));
        if !exact.is_empty() {
            return Ok(exact);
        }
        if !FIELDS.contains(&lower.as_str()) {
            let plain = normalized(name);
            return Ok(by(&|at| self.plain[at] == plain && !plain.is_empty()));
        }
        let others = by(&|at| names::rank(&lower, &self.plain[at]).is_some());
        if !others.is_empty() {
            return Ok(others);
        }
        let bare = by(&|at| {
            names::without_unit(&self.names[at]).is_some_and(|bare| names::rank(&lower, &bare).is_some())
        });
        if !bare.is_empty() {
            return Ok(bare);
        }
        // All names begin with the same word, such as the symbol's.
        let has = |prefix: &str, field: &str| {
            self.plain.iter().any(|name| name.strip_prefix(prefix) == Some(field))
        };
        let ends = format!("_{lower}");
        let prefixed = by(&|at| {
            let prefix = self.plain[at].strip_suffix(&ends).map(|before| format!("{before}_"));
            prefix.is_some_and(|prefix| {
                ["open", "high", "low", "close"].iter().all(|field| has(&prefix, field))
            })
        });
        if !prefixed.is_empty() {
            return Ok(prefixed);
        }
        Ok(if lower == "volume" {
            by(&|at| {
                self.plain[at].starts_with("volume_") && !self.plain[at].contains("ma") && !self.is_text(at)
            })
        } else {
            Vec::new()
        })
    }
}

/// Several symbols, of which one has to be chosen.
pub(crate) fn several_symbols(there: &[impl AsRef<str>]) -> ReadError {
    let shown: Vec<&str> = there.iter().take(12).map(AsRef::as_ref).collect();
    let more = if there.len() > 12 { ", ..." } else { "" };
    let first = shown.first().copied().unwrap_or_default();
    let problem = format!(
        "the file has {} symbols, {}{more}: symbol=\"{first}\" reads one, symbol=\"*\" each",
        there.len(),
        shown.join(", ")
    );
    ReadError::new(ErrorKind::Question, problem)
}

/// A symbol that is told and not there.
pub(crate) fn no_symbol(told: &str, there: &[impl AsRef<str>]) -> ReadError {
    let shown: Vec<&str> = there.iter().take(12).map(AsRef::as_ref).collect();
    let shown = if shown.is_empty() { "no column of symbols".to_owned() } else { shown.join(", ") };
    ReadError::new(ErrorKind::NoColumn, format!("symbol is {told:?}; the file has {shown}"))
}
