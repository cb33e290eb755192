//! Long work that Ctrl-C ends, and whose progress is told.

use std::time::{Duration, Instant};

use pyo3::prelude::*;
use ta_engine::incremental::watch::{Interrupted, Watch};

/// How often Python is asked for signals, and told how far work has come.
const PERIOD: Duration = Duration::from_millis(50);

/// Asks Python for signals between pieces of work that runs without its lock.
pub(crate) struct Signals {
    asked: Instant,
    told: Instant,
    progress: Option<Py<PyAny>>,
    raised: Option<PyErr>,
}

impl Signals {
    /// One that tells no progress.
    pub(crate) fn new() -> Signals {
        Signals::telling(None)
    }

    /// One that calls `progress(part, done, all)` now and then.
    pub(crate) fn telling(progress: Option<Py<PyAny>>) -> Signals {
        let now = Instant::now();
        Signals { asked: now, told: now, progress, raised: None }
    }

    /// What a signal's handler raised, where the work was given up for it; else the engine's error as an exception.
    pub(crate) fn error<E>(&mut self, error: &E, other: impl FnOnce(&E) -> PyErr) -> PyErr {
        self.raised.take().unwrap_or_else(|| other(error))
    }
}

impl Watch for Signals {
    fn look(&mut self) -> Result<(), Interrupted> {
        if self.raised.is_none() && self.asked.elapsed() >= PERIOD {
            self.raised = Python::attach(|py| py.check_signals()).err();
            self.asked = Instant::now();
        }
        if self.raised.is_some() { Err(Interrupted) } else { Ok(()) }
    }

    fn progress(&mut self, part: &str, done: usize, all: usize) {
        if let Some(progress) = &self.progress
            && self.told.elapsed() >= PERIOD
        {
            if let Err(error) = Python::attach(|py| progress.call1(py, (part, done, all)).map(drop)) {
                self.raised = Some(error);
            }
            self.told = Instant::now();
        }
    }
}
