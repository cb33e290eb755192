//! What a file cannot say of itself: the options that answer it, by name, as Python and the command line give them.

use jiff::tz::TimeZone;
use ta_engine::closing::Stamps;
use ta_engine::times::Unit;

use crate::moment::DateOrder;
use crate::numbers::Decimal;
use crate::zone::zone_named;

/// The form that times were told to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeFormat {
    /// Days as Excel counts them.
    Excel,
    /// `%d/%m/%Y %H:%M`, as of `strptime`.
    Pattern(String),
}

/// Which of the rows of one time is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The first in the file.
    First,
    /// The last in the file.
    Last,
}

/// Which symbols of a file are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Symbols {
    /// The one there is.
    #[default]
    Only,
    /// This one.
    One(String),
    /// Each.
    All,
}

/// Which columns are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// All that hold numbers.
    #[default]
    All,
    /// These; one that is not there is an error.
    Named(Vec<String>),
}

/// How a file is read. The default leaves all to the file, and what it does not say is an error that names the option.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// The zone of times that have none; UTC without it.
    pub zone: Option<TimeZone>,
    /// Which of its times a bar is stamped with. Closes are turned into opens.
    pub stamps: Stamps,
    /// The symbols that are read.
    pub symbol: Symbols,
    /// The order of day and month.
    pub dates: Option<DateOrder>,
    /// The form of times.
    pub time_format: Option<TimeFormat>,
    /// What times of digits count since 1970.
    pub unit: Option<Unit>,
    /// What prices are divided by: 10000 where a file has them in hundredths of a cent.
    pub price_divisor: Option<f64>,
    /// Which of the rows of one time is kept where they differ.
    pub duplicates: Option<Keep>,
    /// Columns of the file by the field that they are; of a file without header all names, in order, with no field.
    pub columns: Vec<(Option<String>, String)>,
    /// What stands between cells.
    pub delimiter: Option<u8>,
    /// The decimal mark.
    pub decimal: Option<Decimal>,
    /// True where rows in any order are to be sorted by time.
    pub is_sorted: bool,
    /// Rows that cannot be read are left out and counted.
    pub skip_bad_rows: bool,
    /// Rows of bars that are still forming are read too; without it they are an error.
    pub reads_forming: bool,
    /// When bars closed is read of a column `close_time`, where there is one.
    pub close_times: bool,
    /// Length of a bar in nanoseconds, where it is known.
    pub timeframe_ns: Option<u64>,
    /// The columns that are read.
    pub selection: Selection,
    /// Columns of numbers are kept as text too, with every digit.
    pub keeps_text: bool,
}

/// Options that are told by name and text, and what each accepts.
const ACCEPTED: [(&str, &str); 12] = [
    ("zone", "a name such as America/New_York, or an offset such as -05:00"),
    ("stamps", "open or close"),
    ("symbol", "a symbol of the file, or * for each"),
    ("dates", "dmy, mdy or ymd"),
    ("time_format", "excel, or a form such as %d/%m/%Y %H:%M"),
    ("unit", "s, ms, us or ns"),
    ("price_divisor", "a number above 0"),
    ("duplicates", "first or last"),
    ("columns", "field=column for each, such as close=Settle, or the names of all columns in order"),
    ("delimiter", "one character, or tab"),
    ("decimal", "a point or a comma"),
    ("order", "sort"),
];

impl ReadOptions {
    /// The names of the options that [`ReadOptions::set`] takes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ACCEPTED.iter().map(|(name, _)| *name)
    }

    /// Sets an option by its name.
    ///
    /// # Errors
    /// What is accepted, where the text is none of it or the option is unknown.
    pub fn set(&mut self, name: &str, text: &str) -> Result<(), String> {
        let accepted = ACCEPTED.iter().find(|(known, _)| *known == name);
        let Some((_, accepted)) = accepted else {
            let names: Vec<_> = ReadOptions::names().collect();
            return Err(format!("there is no option {name}; there are {}", names.join(", ")));
        };
        let refused = || format!("{name} is {text:?}; {accepted} is needed");
        match name {
            "zone" => self.zone = Some(zone_named(text)?),
            "stamps" => self.stamps = Stamps::from_name(text).map_err(|_| refused())?,
            "symbol" if text.is_empty() => return Err(refused()),
            "symbol" if text == "*" => self.symbol = Symbols::All,
            "symbol" => self.symbol = Symbols::One(text.to_owned()),
            "dates" => {
                let order = DateOrder::ALL.into_iter().find(|order| order.name() == text);
                self.dates = Some(order.ok_or_else(refused)?);
            }
            "time_format" if text == "excel" => self.time_format = Some(TimeFormat::Excel),
            "time_format" if text.contains('%') => {
                self.time_format = Some(TimeFormat::Pattern(text.to_owned()))
            }
            "unit" => self.unit = Some(Unit::from_name(text).map_err(|_| refused())?),
            "price_divisor" => {
                let divisor = text.parse().ok().filter(|x: &f64| x.is_finite() && *x > 0.0);
                self.price_divisor = Some(divisor.ok_or_else(refused)?);
            }
            "duplicates" => {
                self.duplicates = Some(match text {
                    "first" => Keep::First,
                    "last" => Keep::Last,
                    _ => return Err(refused()),
                });
            }
            "columns" => {
                for part in text.split(',') {
                    match part.split_once('=') {
                        Some((field, column)) => self.rename(field.trim(), column.trim()),
                        None => self.columns.push((None, part.trim().to_owned())),
                    }
                }
            }
            "delimiter" => {
                self.delimiter = Some(match text.as_bytes() {
                    b"tab" | b"\\t" => b'\t',
                    [one] if one.is_ascii() && !one.is_ascii_alphanumeric() && !b"\"\r\n".contains(one) => {
                        *one
                    }
                    _ => return Err(refused()),
                });
            }
            "decimal" => {
                self.decimal = Some(match text {
                    "." | "point" => Decimal::Point,
                    "," | "comma" => Decimal::Comma,
                    _ => return Err(refused()),
                });
            }
            "order" if text == "sort" => self.is_sorted = true,
            _ => return Err(refused()),
        }
        Ok(())
    }

    /// Tells which column of the file a field is.
    pub fn rename(&mut self, field: &str, column: &str) {
        self.columns.push((Some(field.to_owned()), column.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_set_by_name_and_say_what_they_accept() {
        let mut options = ReadOptions::default();
        for (name, text) in [
            ("zone", "Europe/Berlin"),
            ("stamps", "close"),
            ("symbol", "AAPL"),
            ("dates", "dmy"),
            ("time_format", "%d/%m/%Y"),
            ("unit", "ms"),
            ("price_divisor", "10000"),
            ("duplicates", "last"),
            ("columns", "close=Settle, volume=column_7"),
            ("delimiter", "tab"),
            ("decimal", ","),
            ("order", "sort"),
        ] {
            assert_eq!(options.set(name, text), Ok(()), "{name}");
        }
        assert_eq!(options.columns.len(), 2);
        assert_eq!(ReadOptions::names().count(), 12);
        for name in ReadOptions::names().filter(|name| !["symbol", "columns"].contains(name)) {
            let error = options.set(name, "£$").unwrap_err();
            assert!(error.contains("is needed"), "{error}");
        }
        assert!(options.set("zoen", "UTC").unwrap_err().contains("there are zone, stamps"));
    }
}
