//! The sessions of all symbols, and what they give: a function of the journal's records in their order.

use std::collections::HashMap;
use std::io::Write as _;

use ta_engine::incremental::contracts::Counters;
use ta_engine::incremental::live::{Applied, LivePolicies, LiveSession, Outcome};
use ta_engine::times::iso;
use ta_engine::{Options, Rule};

use super::message::{MOST_SYMBOL_BYTES, Message, What};
use super::record::{Record, decode};

/// Symbols that one process takes, at most.
const MOST_SYMBOLS: usize = 100_000;
const STATE_VERSION: u32 = 1;

/// What is made with a rule.
pub(crate) struct Setup {
    pub(crate) rule: Rule,
    pub(crate) options: Options,
    pub(crate) policies: LivePolicies,
}

/// One symbol.
struct Stream {
    symbol: String,
    /// `"SYMBOL"` as JSON has it; null where there is no name.
    quoted: String,
    session: LiveSession,
    /// The last bar of the history, until the first bar behind it has come.
    history_ns: Option<i64>,
    /// A bar that follows the history has been read, and may not have been taken yet.
    is_handed_over: bool,
}

/// What became of all records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Lines that were no message.
    pub(crate) unreadable: u64,
    /// Bars of the feed that the history had.
    pub(crate) overlapping: u64,
    /// Events of more symbols than are taken.
    pub(crate) beyond: u64,
}

/// All symbols, and what is written of what they give.
pub(crate) struct Feed {
    setup: Setup,
    fields: usize,
    streams: Vec<Stream>,
    known: HashMap<String, usize>,
    /// Where the symbol of the last event is.
    last: usize,
    message: Message,
    /// Where the source stands behind the last record.
    pub(crate) source: u64,
    pub(crate) tally: Tally,
    pub(crate) rows: u64,
    /// Names of the outputs as members of JSON, `,"name":`, and whether they are true or false.
    outputs: Vec<(String, bool)>,
}

/// What is written of results and of what was not taken.
pub(crate) struct Written<'a> {
    /// A line for each row.
    pub(crate) rows: &'a mut Vec<u8>,
    /// A line for each record.
    pub(crate) records: &'a mut Vec<u8>,
}

impl Feed {
    pub(crate) fn new(setup: Setup) -> Feed {
        let plan = setup.rule.plan();
        let outputs =
            plan.outputs().iter().map(|output| (format!(",{}:", quoted(&output.name)), output.is_bool));
        Feed {
            fields: plan.fields().len(),
            outputs: outputs.collect(),
            setup,
            streams: Vec::new(),
            known: HashMap::new(),
            last: 0,
            message: Message::new(),
            source: 0,
            tally: Tally::default(),
            rows: 0,
        }
    }

    pub(crate) fn symbols(&self) -> usize {
        self.streams.len()
    }

    /// What became of the events that came to sessions.
    pub(crate) fn counters(&self) -> Counters {
        let mut all = Counters::default();
        for stream in &self.streams {
            let Counters { received, applied, duplicate, late, rejected } = stream.session.counters();
            all.received += received;
            all.applied += applied;
            all.duplicate += duplicate;
            all.late += late;
            all.rejected += rejected;
        }
        all
    }

    /// Events that wait for older ones.
    pub(crate) fn buffered(&self) -> usize {
        self.streams.iter().map(|stream| stream.session.buffered()).sum()
    }

    /// The time of the newest bar.
    pub(crate) fn newest_ns(&self) -> Option<i64> {
        self.streams.iter().filter_map(|stream| stream.session.last_time_ns()).max()
    }

    /// True where results of a symbol say that something is missing.
    pub(crate) fn is_degraded(&self) -> bool {
        self.streams.iter().any(|stream| stream.session.is_degraded())
    }

    /// Why the first bar of the feed cannot follow the history of its symbol.
    pub(crate) fn check_handover(&mut self, message: &Message) -> Result<(), String> {
        let stream = self.known.get(&message.symbol).map(|at| &mut self.streams[*at]);
        let Some(stream) = stream.filter(|stream| !stream.is_handed_over) else { return Ok(()) };
        let Some(last_ns) = stream.history_ns else { return Ok(()) };
        if !message.what.is_bar() || message.what == What::History || self.setup.policies.sparse {
            return Ok(());
        }
        let Some(length_ns) = self.setup.options.timeframe_ns else { return Ok(()) };
        let missing = message.time_ns.saturating_sub(last_ns).max(0) as u64 / length_ns;
        if missing < 2 {
            stream.is_handed_over = message.time_ns > last_ns;
            return Ok(());
        }
        Err(format!(
            "the history of {} ends with {} and the feed begins with {}: {} bars are missing; a longer history is needed, or --sparse",
            if message.symbol.is_empty() { "the rule's bars" } else { &message.symbol },
            iso(last_ns),
            iso(message.time_ns),
            missing - 1
        ))
    }

    /// Takes a record of the journal, and writes what it gives.
    ///
    /// # Errors
    /// Where it is none of this rule's, or a session cannot be had.
    pub(crate) fn take(
        &mut self,
        sequence: u64,
        payload: &[u8],
        out: &mut Written<'_>,
    ) -> Result<(), String> {
        let mut message = std::mem::replace(&mut self.message, Message::new());
        let decoded = decode(payload, self.fields, &mut message);
        let taken = match decoded {
            None => Err(format!("event {sequence} of the journal is none of this rule's")),
            Some((record, source)) => {
                self.source = source;
                match record {
                    Record::Unreadable(words) => {
                        self.tally.unreadable += 1;
                        write_record(out.records, "null", None, "unreadable", words);
                        Ok(())
                    }
                    Record::Event => self.take_event(sequence, &message, out),
                }
            }
        };
        self.message = message;
        taken
    }

    fn take_event(&mut self, sequence: u64, message: &Message, out: &mut Written<'_>) -> Result<(), String> {
        let at = match self.streams.get(self.last) {
            Some(stream) if stream.symbol == message.symbol => self.last,
            _ => match self.stream_of(&message.symbol)? {
                Some(at) => at,
                None => {
                    self.tally.beyond += 1;
                    let words = format!("more than {MOST_SYMBOLS} symbols");
                    write_record(
                        out.records,
                        &quoted(&message.symbol),
                        Some(message.time_ns),
                        "refused",
                        &words,
                    );
                    return Ok(());
                }
            },
        };
        self.last = at;
        let stream = &mut self.streams[at];
        if message.what == What::History {
            stream.history_ns = Some(message.time_ns);
        } else if let Some(last_ns) = stream.history_ns
            && message.what.is_bar()
        {
            // Kept bars are compared by the session; of others the last one alone is known.
            if message.time_ns < last_ns && stream.session.policies().revisions == 0 {
                self.tally.overlapping += 1;
                return Ok(());
            }
            if message.time_ns > last_ns {
                stream.history_ns = None;
            }
        }
        let feed = self.setup.policies.closed;
        let applied = match stream.session.apply(&message.event(feed)) {
            Ok(applied) => applied,
            Err(error) => {
                let words = error.to_string();
                write_record(out.records, &stream.quoted, Some(message.time_ns), "refused", &words);
                stream.session.last_applied()
            }
        };
        self.rows += write_applied(applied, sequence, (&stream.symbol, &stream.quoted), &self.outputs, out);
        Ok(())
    }

    fn stream_of(&mut self, symbol: &str) -> Result<Option<usize>, String> {
        if let Some(at) = self.known.get(symbol) {
            return Ok(Some(*at));
        }
        if self.streams.len() == MOST_SYMBOLS {
            return Ok(None);
        }
        let Setup { rule, options, policies } = &self.setup;
        let session = rule.live_session(*options, *policies).map_err(|error| error.to_string())?;
        Ok(Some(self.add(symbol, session, None)))
    }

    fn add(&mut self, symbol: &str, session: LiveSession, history_ns: Option<i64>) -> usize {
        let quoted = if symbol.is_empty() { "null".to_owned() } else { quoted(symbol) };
        self.streams.push(Stream {
            symbol: symbol.to_owned(),
            quoted,
            session,
            history_ns,
            is_handed_over: false,
        });
        self.known.insert(symbol.to_owned(), self.streams.len() - 1);
        self.streams.len() - 1
    }

    /// The state behind the last record.
    pub(crate) fn save(&mut self) -> Vec<u8> {
        let mut bytes = STATE_VERSION.to_le_bytes().to_vec();
        let Tally { unreadable, overlapping, beyond } = self.tally;
        for count in [self.source, unreadable, overlapping, beyond, self.rows, self.streams.len() as u64] {
            bytes.extend_from_slice(&count.to_le_bytes());
        }
        for stream in &mut self.streams {
            bytes.push(stream.symbol.len() as u8);
            bytes.extend_from_slice(stream.symbol.as_bytes());
            bytes.push(stream.history_ns.is_some().into());
            bytes.extend_from_slice(&stream.history_ns.unwrap_or(0).to_le_bytes());
            let saved = stream.session.snapshot();
            bytes.extend_from_slice(&(saved.len() as u64).to_le_bytes());
            bytes.extend_from_slice(&saved);
        }
        bytes
    }

    /// Goes on from a state that was saved.
    ///
    /// # Errors
    /// Where it is none of this rule's.
    pub(crate) fn restore(setup: Setup, bytes: &[u8]) -> Result<Feed, String> {
        let mut feed = Feed::new(setup);
        let mut rest = bytes;
        let version =
            rest.split_off(..4).and_then(|bytes| bytes.first_chunk().copied()).map(u32::from_le_bytes);
        if version != Some(STATE_VERSION) {
            return Err(format!("the state has version {version:?}; {STATE_VERSION} is read"));
        }
        feed.read_streams(&mut rest).ok_or("the state is none that was saved")??;
        if rest.is_empty() { Ok(feed) } else { Err(format!("{} bytes are behind the state", rest.len())) }
    }

    fn read_streams(&mut self, rest: &mut &[u8]) -> Option<Result<(), String>> {
        fn count(rest: &mut &[u8]) -> Option<u64> {
            rest.split_off(..8).and_then(|bytes| bytes.first_chunk().copied()).map(u64::from_le_bytes)
        }
        self.source = count(rest)?;
        self.tally = Tally { unreadable: count(rest)?, overlapping: count(rest)?, beyond: count(rest)? };
        self.rows = count(rest)?;
        let streams = count(rest)?;
        for _ in 0..streams {
            let length = usize::from(*rest.split_off_first()?);
            let symbol = rest.split_off(..length).filter(|_| length <= MOST_SYMBOL_BYTES)?;
            let symbol = std::str::from_utf8(symbol).ok()?;
            let has_history = *rest.split_off_first()? == 1;
            let history_ns = count(rest)? as i64;
            let length = usize::try_from(count(rest)?).ok()?;
            let saved = rest.split_off(..length)?;
            let restored = match self.setup.rule.restore_live(saved) {
                Ok(restored) => restored,
                Err(error) => return Some(Err(format!("{symbol}: {error}"))),
            };
            // One of which nothing more was asked is saved as a session without policies.
            let policies = self.setup.policies;
            let session = match *restored.policies() == policies {
                true => restored,
                false => match LiveSession::new(restored.into_session(), policies) {
                    Ok(session) => session,
                    Err(error) => return Some(Err(error.to_string())),
                },
            };
            self.add(symbol, session, has_history.then_some(history_ns));
        }
        Some(Ok(()))
    }
}

/// Writes rows and records of one event; gives how many rows there were.
fn write_applied(
    applied: &Applied,
    sequence: u64,
    (symbol, quoted): (&str, &str),
    outputs: &[(String, bool)],
    out: &mut Written<'_>,
) -> u64 {
    for output in applied.outputs() {
        let time_ns = output.time_ns.unwrap_or(0);
        let rows = &mut *out.rows;
        // The stream, the time and the revision are the row's alone; a forming bar's also which event it is of.
        let name = if symbol.is_empty() { "" } else { &quoted[1..quoted.len() - 1] };
        let _ = write!(rows, "{{\"id\":\"{name}/{time_ns}/{}", output.revision);
        if !output.is_final {
            let _ = write!(rows, "/{sequence}");
        }
        rows.extend_from_slice(b"\",");
        if !symbol.is_empty() {
            let _ = write!(rows, "\"symbol\":{quoted},");
        }
        let _ = write!(
            rows,
            "\"timestamp\":\"{}\",\"revision\":{},\"final\":{}",
            iso(time_ns),
            output.revision,
            output.is_final
        );
        if output.is_degraded {
            rows.extend_from_slice(b",\"degraded\":true");
        }
        for ((name, is_bool), value) in outputs.iter().zip(output.values) {
            rows.extend_from_slice(name.as_bytes());
            let _ = match (serde_json::Number::from_f64(value.value), is_bool) {
                (None, _) => rows.write_all(b"null"),
                (Some(_), true) => write!(rows, "{}", value.value != 0.0),
                (Some(number), false) => write!(rows, "{number}"),
            };
        }
        rows.extend_from_slice(b"}\n");
    }
    for record in &applied.records {
        let words = match &record.outcome {
            Outcome::Duplicate => format!("the {} was there before", record.kind),
            Outcome::Late { passed_ns } => {
                format!("the {} came behind {}", record.kind, iso(*passed_ns))
            }
            Outcome::Refused(error) => error.to_string(),
            Outcome::Gap { after_ns, until_ns, missing } => {
                let bars = missing.map_or("bars".to_owned(), |missing| format!("{missing} bars"));
                format!("{bars} are missing between {} and {}", iso(*after_ns), iso(*until_ns))
            }
            Outcome::Skipped { first, last } => format!("the source's numbers {first} to {last} are missing"),
            _ => format!("the {} was let go early, since the buffer was full", record.kind),
        };
        write_record(out.records, quoted, Some(record.time_ns), record.outcome.name(), &words);
    }
    applied.len() as u64
}

fn write_record(out: &mut Vec<u8>, symbol: &str, time_ns: Option<i64>, outcome: &str, words: &str) {
    let time = time_ns.map_or("null".to_owned(), |time_ns| format!("\"{}\"", iso(time_ns)));
    let words = quoted(words);
    let _ = writeln!(
        out,
        "{{\"record\":\"{outcome}\",\"symbol\":{symbol},\"timestamp\":{time},\"words\":{words}}}"
    );
}

/// A text as JSON has it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
