//! `ta live`: events in, results out, and nothing lost when the process is killed; `ta replay` and `ta salvage` over what it leaves.
//!
//! Every event is journaled before it is taken, and what is taken are the journal's records: so what is computed is a function of
//! the journal, and a process that goes on from it gives what one that was never stopped would have. Results are written once
//! their events are acknowledged; those behind the newest snapshot are given again, with the same ids.

mod adapters;
mod feed;
mod message;
mod metrics;
mod record;
mod settings;
mod source;

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use clap::{Args, ValueEnum};
use ta_bars::{ReadOptions, Selection, Source as BarSource};
use ta_engine::times::Unit;
use ta_journal::{
    Durability, Folder, Journal, JournalError, Options as JournalOptions, Reader as JournalReader, Start,
};

use crate::{Failure, RuleText};
use adapters::Adapter;
use feed::{Feed, Setup, Written};
use message::{Message, What};
use metrics::Metrics;
use settings::{Behaviour, Settings};
use source::Source;

/// How long nothing may come before what waits is looked after.
const PAUSE: Duration = Duration::from_millis(100);
/// Results of a recovery are written once there are so many bytes of them.
const WRITTEN_BYTES: usize = 256 << 10;

/// `ta live`.
#[derive(Args)]
pub(crate) struct LiveArguments {
    #[command(flatten)]
    rule: RuleText,
    /// The directory that outlives the process: the journal and its snapshots. It is made where it is not there.
    #[arg(long, value_name = "DIR")]
    state: PathBuf,
    /// Where events come from: stdin, or a file that grows.
    #[arg(long, default_value = "stdin", value_name = "stdin|FILE")]
    source: String,
    /// Stop at the end of the file and do not wait for more.
    #[arg(long)]
    once: bool,
    /// Bars that came before, of a new state directory: any file that `ta run` reads. The feed may overlap it; a hole is refused.
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,
    #[command(flatten)]
    behaviour: Behaviour,
    /// When an event counts as written: always once the disk has it, batch as often as --batch-events says, os once the
    /// operating system has it.
    #[arg(long, value_enum, default_value_t = Durably::Always)]
    durability: Durably,
    /// Events between two syncs of the disk.
    #[arg(long, default_value_t = 1000, value_name = "EVENTS")]
    batch_events: u64,
    /// A snapshot is written after so many events, and at the end.
    #[arg(long, default_value_t = 100_000, value_name = "EVENTS")]
    snapshot_every: u64,
    /// Stop at the first line that is no event, and do not go on without it.
    #[arg(long)]
    strict: bool,
    /// Write what was refused, dropped or noticed to the end of this file, as JSON Lines; without it to stderr.
    #[arg(long, value_name = "FILE")]
    records: Option<PathBuf>,
    /// Say how it stands, as Prometheus reads it: at an address, 127.0.0.1:9464, or in a file that is written each second.
    #[arg(long, value_name = "ADDRESS|FILE")]
    metrics: Option<String>,
}

/// `ta replay`.
#[derive(Args)]
pub(crate) struct ReplayArguments {
    /// The state directory.
    state: PathBuf,
    /// The first event whose results are given.
    #[arg(long, default_value_t = 1, value_name = "EVENT")]
    from: u64,
    /// The last one.
    #[arg(long, value_name = "EVENT")]
    to: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Durably {
    Always,
    Batch,
    Os,
}

fn said(folder: &Path) -> impl Fn(JournalError) -> Failure {
    move |error| {
        let more = match error {
            JournalError::OtherOwner { .. } => "; another --state, or what it was begun with, is needed",
            JournalError::Corrupt { .. }
            | JournalError::Missing { .. }
            | JournalError::NoStart { .. }
            | JournalError::Lost { .. }
            | JournalError::OtherHistory { .. } => "; `ta salvage` says what can be kept",
            _ => "",
        };
        Failure::Data(format!("{}: {error}{more}", folder.display()))
    }
}

pub(crate) fn live(arguments: &LiveArguments) -> Result<(), Failure> {
    let folder = &arguments.state;
    let settings = Settings::new(&arguments.rule, &arguments.behaviour)?;
    let setup = settings.setup()?;
    let identity = settings.identity(&setup.rule);
    let durability = match arguments.durability {
        Durably::Always => Durability::Always,
        Durably::Batch => Durability::Batch { events: arguments.batch_events.max(1) },
        Durably::Os => Durability::Os,
    };
    let disk =
        Folder::new(folder).map_err(|error| Failure::Data(format!("{}: {error}", folder.display())))?;
    match Settings::read(folder)? {
        Some(begun) if begun != settings => {
            let differences = begun.differences(&settings).join("; ");
            return Err(Failure::Usage(format!(
                "{} was begun with other settings: {differences}; another --state is needed",
                folder.display()
            )));
        }
        Some(_) => {}
        None => settings.write(folder)?,
    }
    let options = JournalOptions { durability, ..JournalOptions::new(identity) };
    let mut recovery = Journal::open(disk, options, Start::NewestSnapshot).map_err(said(folder))?;
    for bad in recovery.bad_snapshots() {
        eprintln!("passed over, an older one is used: {bad}");
    }
    let adapter = Adapter::new(&setup.rule, settings.behaviour.shape, unit(&settings.behaviour)?)?;
    let mut feed = begin(setup, recovery.snapshot().map(|snapshot| snapshot.state.as_slice()))?;
    let mut out = Sink::new(arguments.records.as_deref())?;
    while let Some(record) = recovery.next_record().map_err(said(folder))? {
        feed.take(record.sequence, record.payload, &mut out.written()).map_err(Failure::Data)?;
        if out.rows.len() > WRITTEN_BYTES {
            out.flush()?;
        }
    }
    out.flush()?;
    let journal = recovery.finish().map_err(said(folder))?;
    let is_new = journal.position() == 0;
    if !is_new {
        eprintln!("recovered {} events from {}", journal.position(), folder.display());
    }
    let source = match arguments.source.as_str() {
        "stdin" | "-" => Source::Stdin,
        path => Source::File { path: path.into(), from: feed.source, is_followed: !arguments.once },
    };
    let metrics = Metrics::start(arguments.metrics.as_deref()).map_err(Failure::Usage)?;
    let snapshot_at = journal.position() + arguments.snapshot_every.max(1);
    let is_stdin = matches!(source, Source::Stdin);
    let mut running = Running {
        folder,
        journal,
        feed,
        adapter,
        out,
        metrics,
        is_stdin,
        is_strict: arguments.strict,
        snapshot_every: arguments.snapshot_every.max(1),
        snapshot_at,
        snapshots: 0,
        payloads: Vec::new(),
        ends: Vec::new(),
    };
    if let (true, Some(file)) = (is_new, &arguments.history) {
        running.take_history(file, settings.behaviour.timeframe.as_deref())?;
    }
    running.run(source)
}

fn unit(behaviour: &Behaviour) -> Result<Option<Unit>, Failure> {
    behaviour.unit.as_deref().map(Unit::from_name).transpose().map_err(Failure::Usage)
}

fn begin(setup: Setup, state: Option<&[u8]>) -> Result<Feed, Failure> {
    match state {
        None => Ok(Feed::new(setup)),
        Some(state) => Feed::restore(setup, state).map_err(Failure::Data),
    }
}

/// Where results and records go.
struct Sink {
    rows: Vec<u8>,
    records: Vec<u8>,
    file: Option<std::fs::File>,
    /// Nobody reads results any more.
    is_gone: bool,
}

impl Sink {
    fn new(records: Option<&Path>) -> Result<Sink, Failure> {
        let open = |path: &Path| {
            let file = OpenOptions::new().append(true).create(true).open(path);
            file.map_err(|error| Failure::Data(format!("{}: {error}", path.display())))
        };
        let file = records.map(open).transpose()?;
        Ok(Sink { rows: Vec::new(), records: Vec::new(), file, is_gone: false })
    }

    fn written(&mut self) -> Written<'_> {
        Written { rows: &mut self.rows, records: &mut self.records }
    }

    fn flush(&mut self) -> Result<(), Failure> {
        let records = match &mut self.file {
            Some(file) => file.write_all(&self.records),
            None => std::io::stderr().write_all(&self.records),
        };
        records.map_err(|error| Failure::Data(format!("records cannot be written: {error}")))?;
        self.records.clear();
        let mut stdout = std::io::stdout().lock();
        match stdout.write_all(&self.rows).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => self.is_gone = true,
            done => done.map_err(|error| Failure::Data(format!("results cannot be written: {error}")))?,
        }
        self.rows.clear();
        Ok(())
    }
}

/// A process that takes events.
struct Running<'a> {
    folder: &'a Path,
    journal: Journal<Folder>,
    feed: Feed,
    adapter: Adapter,
    out: Sink,
    metrics: Metrics,
    is_stdin: bool,
    is_strict: bool,
    snapshot_every: u64,
    snapshot_at: u64,
    snapshots: u64,
    /// Records that are to be journaled, one behind the other, and where each ends.
    payloads: Vec<u8>,
    ends: Vec<usize>,
}

impl Running<'_> {
    fn run(&mut self, source: Source) -> Result<(), Failure> {
        let is_stopping = Arc::new(AtomicBool::new(false));
        for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGINT] {
            signal_hook::flag::register(signal, is_stopping.clone())
                .map_err(|error| Failure::Data(format!("signals cannot be heard: {error}")))?;
        }
        let lines = source.start(is_stopping.clone()).map_err(Failure::Data)?;
        while !is_stopping.load(Ordering::Relaxed) && !self.out.is_gone {
            match lines.recv_timeout(PAUSE) {
                Ok(Ok(lines)) => self.take_lines(&lines.bytes, lines.offset)?,
                Ok(Err(words)) => {
                    self.stop()?;
                    return Err(Failure::Data(words));
                }
                Err(RecvTimeoutError::Timeout) => self.journal.sync().map_err(said(self.folder))?,
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.say(false);
        }
        self.stop()
    }

    /// Reads lines, journals what they are, and takes that.
    fn take_lines(&mut self, bytes: &[u8], offset: u64) -> Result<(), Failure> {
        let mut refused = None;
        let mut end = offset;
        let mut messages = Vec::new();
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            end += line.len() as u64;
            let text = line.trim_ascii();
            if text.is_empty() {
                continue;
            }
            // Where stdin stands says nothing to the next process, which has another.
            let place = if self.is_stdin { 0 } else { end };
            let read = self.adapter.read(text, &mut messages);
            if read.is_ok() {
                let checked = messages.iter().try_for_each(|one| self.feed.check_handover(one));
                refused = checked.err();
            }
            if refused.is_some() {
                break;
            }
            match read {
                Ok(()) => {
                    for message in &messages {
                        record::encode(message, place, &mut self.payloads);
                        self.ends.push(self.payloads.len());
                    }
                }
                Err(words) => {
                    let words = format!("byte {}: {words}", end - line.len() as u64);
                    if self.is_strict {
                        refused = Some(words);
                        break;
                    }
                    record::encode_unreadable(&words, place, &mut self.payloads);
                    self.ends.push(self.payloads.len());
                }
            }
        }
        self.take_payloads()?;
        match refused {
            None => Ok(()),
            Some(words) => {
                self.stop()?;
                Err(Failure::Data(words))
            }
        }
    }

    /// Journals the records that were made, then takes them; results are written once they count as written.
    fn take_payloads(&mut self) -> Result<(), Failure> {
        if self.ends.is_empty() {
            return Ok(());
        }
        let mut sequence = self.journal.position();
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        let parts = begins.zip(&self.ends).map(|(from, to)| &self.payloads[from..*to]);
        self.journal.append_all(parts.clone()).map_err(said(self.folder))?;
        for payload in parts {
            sequence += 1;
            self.feed.take(sequence, payload, &mut self.out.written()).map_err(Failure::Data)?;
        }
        self.payloads.clear();
        self.ends.clear();
        self.out.flush()?;
        if self.journal.position() >= self.snapshot_at {
            self.save()?;
        }
        Ok(())
    }

    fn save(&mut self) -> Result<(), Failure> {
        let state = self.feed.save();
        self.journal.snapshot(&state).map_err(said(self.folder))?;
        self.snapshots += 1;
        self.snapshot_at = self.journal.position() + self.snapshot_every;
        Ok(())
    }

    /// Leaves all as it will be gone on from.
    fn stop(&mut self) -> Result<(), Failure> {
        self.out.flush()?;
        if self.journal.position() > 0 {
            self.save()?;
            self.journal.complete().map_err(said(self.folder))?;
        }
        self.say(true);
        Ok(())
    }

    fn say(&mut self, is_last: bool) {
        let (feed, journal, snapshots) = (&self.feed, &self.journal, self.snapshots);
        self.metrics
            .say(is_last, || metrics::text(feed, journal.position(), journal.acknowledged(), snapshots));
    }

    /// Takes the bars of a file, of each symbol that it has.
    fn take_history(&mut self, file: &Path, timeframe: Option<&str>) -> Result<(), Failure> {
        let options = ReadOptions {
            selection: Selection::Named(self.adapter.fields().to_vec()),
            timeframe_ns: crate::timeframe_ns(timeframe)?,
            ..ReadOptions::default()
        };
        let source = BarSource::Path(file);
        let table = ta_bars::read(&source, &options).map_err(|error| Failure::Data(error.to_string()))?;
        eprintln!("{}", table.taken_for);
        let columns: Vec<&[f64]> = self
            .adapter
            .fields()
            .iter()
            .map(|field| table.column(field).expect("a column that was read"))
            .collect();
        let symbol = table.symbol.clone().filter(|symbol| symbol.len() <= message::MOST_SYMBOL_BYTES);
        let symbol = symbol.unwrap_or_default();
        let mut message = Message { symbol, what: What::History, ..Message::new() };
        for (row, time_ns) in table.times_ns.iter().enumerate() {
            message.time_ns = *time_ns;
            message.numbers.clear();
            message.numbers.extend(columns.iter().map(|column| column[row]));
            record::encode(&message, 0, &mut self.payloads);
            self.ends.push(self.payloads.len());
            if self.payloads.len() > WRITTEN_BYTES {
                self.take_payloads()?;
            }
        }
        self.take_payloads()
    }
}

/// The settings of a state directory that is there.
fn begun(folder: &Path) -> Result<(Folder, Settings), Failure> {
    let none = |_| Failure::Usage(format!("{} is no state directory", folder.display()));
    let disk = Folder::existing(folder).map_err(none)?;
    let settings = Settings::read(folder)?;
    let settings = settings.ok_or_else(|| {
        Failure::Usage(format!("{} is no state directory: it has no settings.json", folder.display()))
    })?;
    Ok((disk, settings))
}

pub(crate) fn replay(arguments: &ReplayArguments) -> Result<(), Failure> {
    let ReplayArguments { state: folder, from, to } = arguments;
    let (disk, settings) = begun(folder)?;
    let setup = settings.setup()?;
    let identity = settings.identity(&setup.rule);
    let start = Start::SnapshotAt(from.saturating_sub(1));
    let mut reader = JournalReader::open(disk, identity, start).map_err(said(folder))?;
    let mut feed = begin(setup, reader.snapshot().map(|snapshot| snapshot.state.as_slice()))?;
    let mut out = Sink::new(None)?;
    while let Some(record) = reader.next_record().map_err(said(folder))? {
        if to.is_some_and(|to| record.sequence > to) {
            break;
        }
        let is_shown = record.sequence >= *from;
        feed.take(record.sequence, record.payload, &mut out.written()).map_err(Failure::Data)?;
        if !is_shown {
            out.rows.clear();
            out.records.clear();
        } else if out.rows.len() > WRITTEN_BYTES {
            out.flush()?;
            if out.is_gone {
                break;
            }
        }
    }
    out.flush()
}

pub(crate) fn salvage(folder: &Path) -> Result<(), Failure> {
    let (disk, settings) = begun(folder)?;
    let setup = settings.setup()?;
    let identity = settings.identity(&setup.rule);
    let salvaged = ta_journal::salvage(disk, identity).map_err(said(folder))?;
    crate::print(&format!("{salvaged}\n"))
}
