//! Bars of files for the commands: the reader's options, and what it says of a file.

use std::io::Read as _;
use std::path::Path;

use clap::Args;
use ta_bars::{ReadOptions, Selection, Source, Symbols, Table, read, read_each};

use crate::{Failure, Input, timeframe_ns};

/// What a file cannot say of itself.
#[derive(Args)]
pub(crate) struct Reading {
    /// The zone of times that have none: America/New_York, -05:00. UTC without it.
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    zone: Option<String>,
    /// The symbol that is read of a file of several; * reads each.
    #[arg(long)]
    symbol: Option<String>,
    /// The order of day and month: dmy, mdy or ymd.
    #[arg(long, value_name = "ORDER")]
    dates: Option<String>,
    /// The form of times: %d/%m/%Y %H:%M, or excel for days as Excel counts them.
    #[arg(long, value_name = "FORM")]
    time_format: Option<String>,
    /// What times of digits count since 1970: s, ms, us or ns.
    #[arg(long)]
    unit: Option<String>,
    /// What prices are divided by.
    #[arg(long, value_name = "NUMBER")]
    price_divisor: Option<String>,
    /// Which of the rows of one time is kept where they differ: first or last.
    #[arg(long, value_name = "WHICH")]
    duplicates: Option<String>,
    /// Which columns of the file fields are: close=Settle,volume=column_7; or the names of all columns in order.
    #[arg(long, value_name = "NAMES")]
    columns: Vec<String>,
    /// What parts cells: one character, or tab.
    #[arg(long, value_name = "CHARACTER")]
    delimiter: Option<String>,
    /// The decimal mark: a point or a comma.
    #[arg(long, value_name = "MARK")]
    decimal: Option<String>,
    /// sort reads rows in any order.
    #[arg(long)]
    order: Option<String>,
    /// Do not say what files were taken for.
    #[arg(long, short)]
    quiet: bool,
}

impl Reading {
    fn options(&self) -> Result<ReadOptions, Failure> {
        let mut options = ReadOptions::default();
        let told = [
            ("zone", &self.zone),
            ("symbol", &self.symbol),
            ("dates", &self.dates),
            ("time_format", &self.time_format),
            ("unit", &self.unit),
            ("price_divisor", &self.price_divisor),
            ("duplicates", &self.duplicates),
            ("delimiter", &self.delimiter),
            ("decimal", &self.decimal),
            ("order", &self.order),
        ];
        let told = told.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?)));
        for (name, text) in told.chain(self.columns.iter().map(|text| ("columns", text))) {
            let refused = |problem| Failure::Usage(format!("--{}: {problem}", name.replace('_', "-")));
            options.set(name, text).map_err(refused)?;
        }
        Ok(options)
    }
}

/// What is read of a file.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Wanted {
    /// Bars stamped with opens, for a rule that reads one stream.
    Opens,
    /// Bars stamped as they are, with closes where the file says them.
    Stamps,
    /// The same, to see how far apart they are: what the file is taken for is told when it is read for good.
    Spacing,
}

impl Input {
    /// Reads these fields of a file, by symbol where each is asked for, and says what it was taken for.
    pub(crate) fn tables(
        &self,
        file: &Path,
        fields: &[String],
        wanted: Wanted,
    ) -> Result<Vec<Table>, Failure> {
        let mut options = self.reading.options()?;
        options.skip_bad_rows = self.skip_bad_rows;
        options.selection = Selection::Named(fields.to_vec());
        match wanted {
            Wanted::Opens => {
                options.stamps = self.streams.stamps()?.all;
                // A month has no length of its own, and what is none is told by whoever needs it.
                options.timeframe_ns = timeframe_ns(self.timeframe.as_deref()).ok().flatten();
            }
            Wanted::Stamps | Wanted::Spacing => options.close_times = true,
        }
        let source =
            if file.as_os_str() == "-" { Source::Bytes("stdin", self.piped()?) } else { Source::Path(file) };
        let tables = if options.symbol == Symbols::All {
            read_each(&source, &options)
        } else {
            read(&source, &options).map(|table| vec![table])
        };
        let tables = tables.map_err(|error| Failure::Data(in_options_of_shells(&error.to_string())))?;
        for table in &tables {
            if wanted == Wanted::Spacing {
                continue;
            }
            if !self.reading.quiet {
                eprintln!("{}", table.taken_for);
            }
            if let Some(skipped) = table.skipped_in_words()
                && self.reading.quiet
            {
                eprintln!("{}: {skipped}", source.name());
            }
        }
        Ok(tables)
    }

    /// What comes through a pipe: it comes once, and may be looked at more than once.
    fn piped(&self) -> Result<&[u8], Failure> {
        if let Some(bytes) = self.piped.get() {
            return Ok(bytes);
        }
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|error| Failure::Data(format!("stdin: {error}")))?;
        Ok(self.piped.get_or_init(|| bytes))
    }
}

/// Options as they are written in a shell: `--zone`, not `zone=`.
fn in_options_of_shells(words: &str) -> String {
    let mut words = words.to_owned();
    for name in ReadOptions::names().chain(["timeframe"]) {
        let option = format!("--{} ", name.replace('_', "-"));
        for before in [" ", "("] {
            words = words.replace(&format!("{before}{name}="), &format!("{before}{option}"));
        }
    }
    words
}
