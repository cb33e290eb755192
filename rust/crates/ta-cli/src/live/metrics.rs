//! What a running process says of itself, as Prometheus reads it: in a file, or to whoever asks at an address.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::feed::Feed;
use crate::output::write_whole;

/// How often a file is written.
const PERIOD: Duration = Duration::from_secs(1);

pub(crate) enum Metrics {
    None,
    File { path: PathBuf, due: Instant },
    Page(Arc<Mutex<String>>),
}

impl Metrics {
    /// An address, `127.0.0.1:9464`, is answered at; anything else is a file.
    ///
    /// # Errors
    /// Where the address cannot be had.
    pub(crate) fn start(place: Option<&str>) -> Result<Metrics, String> {
        let Some(place) = place else { return Ok(Metrics::None) };
        if place.parse::<std::net::SocketAddr>().is_err() {
            return Ok(Metrics::File { path: place.into(), due: Instant::now() });
        }
        let listener = TcpListener::bind(place).map_err(|error| format!("--metrics {place}: {error}"))?;
        if let Ok(address) = listener.local_addr() {
            eprintln!("metrics at http://{address}/metrics");
        }
        let page = Arc::new(Mutex::new(String::new()));
        let shared = page.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let text = shared.lock().map(|text| text.clone()).unwrap_or_default();
                let _ = answer(stream, &text);
            }
        });
        Ok(Metrics::Page(page))
    }

    /// Says how it stands, where it is time for that or `is_last`.
    pub(crate) fn say(&mut self, is_last: bool, text: impl FnOnce() -> String) {
        match self {
            Metrics::None => {}
            Metrics::File { path, due } => {
                let now = Instant::now();
                if is_last || *due <= now {
                    *due = now + PERIOD;
                    if let Err(error) = write_whole(path, &text()) {
                        eprintln!("--metrics {}: {error}", path.display());
                    }
                }
            }
            Metrics::Page(page) => {
                if let Ok(mut page) = page.lock() {
                    *page = text();
                }
            }
        }
    }
}

fn answer(mut stream: TcpStream, text: &str) -> std::io::Result<()> {
    // Whoever says nothing is not waited for long: others ask, too.
    stream.set_read_timeout(Some(Duration::from_millis(500)))?;
    stream.set_write_timeout(Some(Duration::from_millis(500)))?;
    let mut request = [0; 1024];
    let read = stream.read(&mut request)?;
    let is_known = request[..read].starts_with(b"GET /metrics ") || request[..read].starts_with(b"GET / ");
    let (status, text) = if is_known { ("200 OK", text) } else { ("404 Not Found", "") };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
        text.len()
    )
}

/// The figures of a feed.
pub(crate) fn text(feed: &Feed, journaled: u64, acknowledged: u64, snapshots: u64) -> String {
    let counters = feed.counters();
    let tally = feed.tally;
    let mut text = String::new();
    let mut say = |name: &str, kind: &str, help: &str, value: String| {
        text += &format!("# HELP ta_{name} {help}\n# TYPE ta_{name} {kind}\nta_{name} {value}\n");
    };
    for (name, help, value) in [
        ("events_received_total", "Events that came to sessions.", counters.received),
        ("events_applied_total", "Events that changed a state.", counters.applied),
        ("events_duplicate_total", "Events that had been there before.", counters.duplicate),
        ("events_late_total", "Events that came too late.", counters.late),
        ("events_rejected_total", "Events that were refused.", counters.rejected),
        ("events_overlapping_total", "Bars of the feed that the history had.", tally.overlapping),
        ("events_beyond_symbols_total", "Events of more symbols than are taken.", tally.beyond),
        ("lines_unreadable_total", "Lines that were no event.", tally.unreadable),
        ("rows_total", "Rows of results.", feed.rows),
        ("journal_events_total", "Events in the journal.", journaled),
        ("journal_acknowledged_total", "Events that count as written.", acknowledged),
        ("snapshots_total", "Snapshots that were written since the start.", snapshots),
    ] {
        say(name, "counter", help, value.to_string());
    }
    say("events_buffered", "gauge", "Events that wait for older ones.", feed.buffered().to_string());
    say("symbols", "gauge", "Symbols that were seen.", feed.symbols().to_string());
    say("degraded", "gauge", "1 while bars are missing.", u8::from(feed.is_degraded()).to_string());
    if let Some(newest_ns) = feed.newest_ns() {
        let seconds = newest_ns as f64 / 1e9;
        say("newest_bar_seconds", "gauge", "The time of the newest bar, since 1970.", seconds.to_string());
    }
    text
}
