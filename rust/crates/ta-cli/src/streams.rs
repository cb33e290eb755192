//! Rules over several streams: a file for each stream, rows by the clock.

use std::path::{Path, PathBuf};

use clap::Args;
use ta_engine::Rule;
use ta_engine::calendar::{Calendar, Timeframe};
use ta_engine::data::{CsvOptions, Table, read_csv};
use ta_engine::incremental::joined_run::StreamColumns;
use ta_engine::plan::regions::{JoinedPlan, Joining};
use ta_engine::plan::streams::{Alignment, Stream};

use crate::{Failure, Input};

/// Streams beside the rule's own bars.
#[derive(Args)]
pub(crate) struct Streams {
    /// The file of another stream that the rule reads: `--stream ohlcv.4h=bars_4h.csv`. May be given several times.
    #[arg(long, value_name = "NAME=FILE")]
    stream: Vec<String>,
    /// The stream whose bars are the rows of the result; without it, that of the shortest bars.
    #[arg(long, value_name = "NAME")]
    clock: Option<String>,
    /// How streams of one timeframe meet: inner, outer, left or right, and none or ffill. Without it: left,ffill.
    #[arg(long, value_name = "HOW,FILL")]
    alignment: Option<String>,
    /// Make bars of longer timeframes out of the shorter ones that are given.
    #[arg(long)]
    resample: bool,
    /// The time zone of such bars.
    #[arg(long, default_value = "UTC", requires = "resample")]
    time_zone: String,
    /// The time of day at which their day begins.
    #[arg(long, default_value = "00:00", requires = "resample")]
    session_start: String,
    /// The day on which their week begins.
    #[arg(long, default_value = "monday", requires = "resample")]
    week_start: String,
}

/// A rule over the streams of files, ready to run.
pub(crate) struct Joined {
    pub(crate) joining: Joining,
    plan: std::sync::Arc<JoinedPlan>,
    /// Per stream of the plan; none for one that is made of another.
    tables: Vec<Option<Table>>,
}

impl Streams {
    /// True where a rule is to be fed with streams, not with rows of one file.
    pub(crate) fn are_meant(&self, rule: &Rule) -> bool {
        let is_asked = self.resample || self.clock.is_some() || self.alignment.is_some();
        is_asked || !self.stream.is_empty() || rule.plan().has_several_timeframes()
    }

    pub(crate) fn files(&self) -> Result<Vec<(String, PathBuf)>, Failure> {
        let pair = |text: &String| {
            let pair = text.split_once('=').map(|(name, file)| (name.to_owned(), PathBuf::from(file)));
            let needed = || format!("--stream {text}: a name and a file, ohlcv.4h=bars.csv, are needed");
            pair.ok_or_else(|| Failure::Usage(needed()))
        };
        let files: Vec<(String, PathBuf)> = self.stream.iter().map(pair).collect::<Result<_, _>>()?;
        let mut known = vec![Stream::own().name()];
        for (name, _) in &files {
            if known.contains(name) {
                return Err(Failure::Usage(format!("the bars of the stream `{name}` are given twice")));
            }
            known.push(name.clone());
        }
        Ok(files)
    }

    fn joining(&self, timeframe: Option<Timeframe>, named: &[(String, PathBuf)]) -> Result<Joining, Failure> {
        let alignment = match &self.alignment {
            None => Alignment::default(),
            Some(text) => {
                let needed = || {
                    Failure::Usage(format!(
                        "--alignment {text}: how and fill, such as inner,none, are needed"
                    ))
                };
                let (how, fill) = text.split_once(',').ok_or_else(needed)?;
                Alignment::from_names(how, fill).map_err(Failure::Usage)?
            }
        };
        let calendar = || Calendar::new(&self.time_zone, &self.session_start, &self.week_start);
        let delivered = || named.iter().map(|(name, _)| name.clone()).chain([Stream::own().name()]).collect();
        Ok(Joining {
            timeframe,
            clock: self.clock.clone(),
            alignment,
            resample: match self.resample {
                true => Some(calendar().map_err(|error| Failure::Usage(error.to_string()))?),
                false => None,
            },
            delivered: self.resample.then(delivered),
        })
    }
}

impl Joined {
    /// Reads what a rule needs: the rule's own bars from the one file that is named, the others' from theirs.
    pub(crate) fn read(rule: &Rule, input: &Input) -> Result<Joined, Failure> {
        let [own] = input.files.as_slice() else {
            return Err(Failure::Usage(
                "a rule over several streams takes one file of its own bars".to_owned(),
            ));
        };
        let named = input.streams.files()?;
        let timeframe = match &input.timeframe {
            Some(text) => Some(Timeframe::parse(text).ok_or_else(|| {
                Failure::Usage(format!("`{text}` is no timeframe; one such as 15m, 1h or 1d is needed"))
            })?),
            None => read(own, &[], input)?.timeframe_ns().and_then(Timeframe::from_ns),
        };
        let joining = input.streams.joining(timeframe, &named)?;
        let usage = |error: ta_engine::plan::PlanError| Failure::Usage(error.to_string());
        let plan = rule.joined_plan(joining.clone()).map_err(usage)?;
        for (name, _) in &named {
            plan.stream(name).map_err(usage)?;
        }
        let mut tables = Vec::new();
        for stream in plan.streams() {
            let name = stream.stream.name();
            let file = match named.iter().find(|(given, _)| *given == name) {
                Some((_, file)) => file,
                None if stream.source().is_some() => {
                    tables.push(None);
                    continue;
                }
                None if stream.stream == Stream::own() => own,
                None => {
                    return Err(Failure::Usage(format!(
                        "the rule reads the stream `{name}`: give its bars with --stream {name}=FILE, or --resample"
                    )));
                }
            };
            tables.push(Some(read(file, &stream.fields, input)?));
        }
        Ok(Joined { joining, plan, tables })
    }

    /// The bars of every stream by their closes.
    pub(crate) fn columns(&self) -> Vec<StreamColumns<'_>> {
        let streams = self.plan.streams().iter().zip(&self.tables);
        let columns = streams.map(|(stream, table)| {
            let Some(table) = table else { return StreamColumns::new(&[], &[]) };
            let columns: Vec<&[f64]> = stream
                .fields
                .iter()
                .map(|field| table.column(field).expect("a column that was read"))
                .collect();
            let mut given = StreamColumns::new(&table.times_ns, &columns);
            if let Some(timeframe) = stream.timeframe {
                given.times_ns = table.times_ns.iter().map(|open_ns| timeframe.close_of(*open_ns)).collect();
            }
            given
        });
        columns.collect()
    }

    /// When the rows that close then opened.
    pub(crate) fn opens(&self, closes: &[i64]) -> Vec<i64> {
        closes.iter().map(|close_ns| self.plan.row_open(*close_ns)).collect()
    }
}

fn read(file: &Path, fields: &[String], input: &Input) -> Result<Table, Failure> {
    let options = CsvOptions { skip_bad_rows: input.skip_bad_rows };
    let table = read_csv(file, fields, options).map_err(|error| Failure::Data(error.to_string()))?;
    if table.skipped > 0 {
        eprintln!("{}: left out {} rows that could not be read", file.display(), table.skipped);
    }
    Ok(table)
}
