//! Where lines come from: whole lines, some at a time, in a queue that is bounded. A source that is faster than what takes its
//! lines waits; nothing is kept for it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// Bytes that are read at once.
const CHUNK_BYTES: usize = 64 << 10;
/// Bytes of a line, at most.
pub(crate) const MOST_LINE_BYTES: usize = 1 << 20;
/// Chunks that wait, at most.
const MOST_WAITING: usize = 4;
/// How long a file that has ended is left alone.
const PAUSE: Duration = Duration::from_millis(20);

/// A source of lines.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    Stdin,
    /// A file that others write to the end of; read on from this byte.
    File {
        path: PathBuf,
        from: u64,
        is_followed: bool,
    },
}

/// Some whole lines.
pub(crate) struct Lines {
    pub(crate) bytes: Vec<u8>,
    /// Bytes of the source before them.
    pub(crate) offset: u64,
}

/// What a source gives: lines until it ends, or why it cannot.
pub(crate) type Given = Result<Lines, String>;

impl Source {
    /// Begins to read. The thread ends with the source, once `is_stopping` is set, or when nobody takes its lines any more.
    ///
    /// # Errors
    /// Where a file cannot be opened, or is shorter than what was read of it before.
    pub(crate) fn start(self, is_stopping: Arc<AtomicBool>) -> Result<Receiver<Given>, String> {
        let (to, lines) = sync_channel(MOST_WAITING);
        match self {
            Source::Stdin => {
                thread::spawn(move || read(&mut io::stdin(), 0, false, &is_stopping, &to));
            }
            Source::File { path, from, is_followed } => {
                let said = |error: io::Error| format!("{}: {error}", path.display());
                let mut file = File::open(&path).map_err(said)?;
                let length = file.metadata().map_err(said)?.len();
                if length < from {
                    return Err(format!(
                        "{} has {length} bytes, and {from} were read of it before: it is another file; another --state is needed",
                        path.display()
                    ));
                }
                file.seek(SeekFrom::Start(from)).map_err(said)?;
                thread::spawn(move || read(&mut file, from, is_followed, &is_stopping, &to));
            }
        }
        Ok(lines)
    }
}

fn read(
    from: &mut impl Read,
    mut offset: u64,
    is_followed: bool,
    is_stopping: &AtomicBool,
    to: &SyncSender<Given>,
) {
    let mut begun: Vec<u8> = Vec::new();
    while !is_stopping.load(Ordering::Relaxed) {
        let before = begun.len();
        begun.resize(before + CHUNK_BYTES, 0);
        let read = match from.read(&mut begun[before..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
            Err(error) => {
                let _ = to.send(Err(error.to_string()));
                return;
            }
            Ok(0) if is_followed => {
                thread::sleep(PAUSE);
                0
            }
            Ok(0) => {
                begun.truncate(before);
                // The last line of a source that has ended needs no end of its own.
                if !begun.is_empty() {
                    let _ = to.send(Ok(Lines { bytes: begun, offset }));
                }
                return;
            }
            Ok(read) => read,
        };
        begun.truncate(before + read);
        let Some(end) = begun[before..].iter().rposition(|byte| *byte == b'\n') else {
            if begun.len() > MOST_LINE_BYTES {
                let _ = to.send(Err(format!("a line of more than {MOST_LINE_BYTES} bytes at byte {offset}")));
                return;
            }
            continue;
        };
        let rest = begun.split_off(before + end + 1);
        let bytes = std::mem::replace(&mut begun, rest);
        let next = offset + bytes.len() as u64;
        if to.send(Ok(Lines { bytes, offset })).is_err() {
            return;
        }
        offset = next;
    }
}
