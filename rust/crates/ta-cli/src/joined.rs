//! Rules over several streams: a file for each stream, rows by the clock.

use std::path::{Path, PathBuf};

use clap::Args;
use ta_bars::Table;
use ta_engine::Rule;
use ta_engine::calendar::{Calendar, Timeframe};
use ta_engine::closing::{Stamps, StampsOf};
use ta_engine::incremental::joined::StreamColumns;
use ta_engine::plan::joined::{JoinedPlan, Joining};
use ta_engine::plan::{joined::Alignment, streams::Stream};

use crate::bars::Wanted;
use crate::{Failure, Input, no_timeframe};

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
    /// The time zone by which bars of days, weeks and months begin and end, in files and made of shorter ones. UTC without
    /// it.
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// The time of day at which their day begins. 00:00 without it.
    #[arg(long, value_name = "HH:MM")]
    session_start: Option<String>,
    /// The day on which their week begins. Monday without it.
    #[arg(long, value_name = "DAY")]
    week_start: Option<String>,
    /// Which of its times a bar is stamped with in files, of all streams or of one: `--stamps close`,
    /// `--stamps ohlcv.1d=close`. May be given several times; a column `close_time` says when each bar closed.
    #[arg(long, value_name = "[NAME=]open|close")]
    stamps: Vec<String>,
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

    /// The calendar of all bars, where one is given.
    fn calendar(&self) -> Result<Option<Calendar>, Failure> {
        let parts = [&self.time_zone, &self.session_start, &self.week_start];
        if parts.iter().all(|part| part.is_none()) {
            return Ok(None);
        }
        let [zone, start, week] = parts.map(Option::as_deref);
        let calendar =
            Calendar::new(zone.unwrap_or("UTC"), start.unwrap_or("00:00"), week.unwrap_or("monday"));
        calendar.map(Some).map_err(|error| Failure::Usage(error.to_string()))
    }

    /// Which time bars are stamped with.
    pub(crate) fn stamps(&self) -> Result<StampsOf, Failure> {
        let mut stamps = StampsOf::default();
        for text in &self.stamps {
            let refused = |error| Failure::Usage(format!("--stamps {text}: {error}"));
            match text.split_once('=') {
                None => stamps.all = Stamps::from_name(text).map_err(refused)?,
                Some((name, which)) => {
                    stamps.named.insert(name.to_owned(), Stamps::from_name(which).map_err(refused)?);
                }
            }
        }
        Ok(stamps)
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
        let calendar = self.calendar()?;
        let delivered = || named.iter().map(|(name, _)| name.clone()).chain([Stream::own().name()]).collect();
        Ok(Joining {
            timeframe,
            clock: self.clock.clone(),
            alignment,
            stamps: self.stamps()?,
            resample: self.resample.then(|| calendar.clone().unwrap_or_default()),
            calendar: calendar.filter(|_| !self.resample),
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
            Some(text) => Some(Timeframe::parse(text).ok_or_else(|| no_timeframe(text))?),
            None => read(own, &[], input, Wanted::Spacing)?.timeframe_ns().and_then(Timeframe::from_ns),
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
            tables.push(Some(read(file, &stream.fields, input, Wanted::Stamps)?));
        }
        Ok(Joined { joining, plan, tables })
    }

    /// The bars of every stream by their closes.
    pub(crate) fn columns(&self) -> Result<Vec<StreamColumns<'_>>, Failure> {
        let streams = self.plan.streams().iter().zip(&self.tables);
        let columns = streams.map(|(stream, table)| {
            let Some(table) = table else { return Ok(StreamColumns::new(&[], &[])) };
            let columns: Vec<&[f64]> = stream
                .fields
                .iter()
                .map(|field| table.column(field).expect("a column that was read"))
                .collect();
            let closes = stream.closes_of(&table.times_ns, table.closes_ns.as_deref());
            let closes = closes.map_err(|error| Failure::Data(error.to_string()))?;
            Ok(StreamColumns::new(&table.times_ns, &columns).closing(closes))
        });
        columns.collect()
    }
}

fn read(file: &Path, fields: &[String], input: &Input, wanted: Wanted) -> Result<Table, Failure> {
    let mut tables = input.tables(file, fields, wanted)?;
    if tables.len() == 1 {
        return Ok(tables.remove(0));
    }
    Err(Failure::Usage(format!(
        "{} has {} symbols, and a stream is of one: --symbol",
        file.display(),
        tables.len()
    )))
}
