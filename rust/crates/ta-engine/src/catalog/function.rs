//! Indicators that are computed outside the engine: what such a function has to be able to do.
//!
//! A function gives its values of bars on which all its inputs are ready, without gaps between them; what it remembers is its own
//! affair, as bytes, unless its value is one of the last bars alone: those the engine keeps for it.

use std::fmt;

use super::{ParamValue, Settle, Timing};

/// An indicator that is computed outside the engine.
pub trait Function: fmt::Debug + Send + Sync {
    /// What it needs with these (checked) parameters.
    ///
    /// # Errors
    /// Why it does not take them.
    fn needs(&self, params: &[ParamValue]) -> Result<Needs, String>;

    /// The function for one history.
    ///
    /// # Errors
    /// Why there is none.
    fn begin(&self, params: &[ParamValue]) -> Result<Box<dyn Call>, String>;
}

/// What a function needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// Ready inputs before its first value.
    pub warmup: usize,
    /// What it remembers.
    pub memory: Memory,
}

/// What a function remembers from one bar to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// Nothing: its value is a function of so many bars, the present one included, which it is called with.
    Window(usize),
    /// So many bytes, which it gives and takes.
    Bytes(usize),
    /// Something that it neither gives nor takes: it is stepped through histories.
    Untold,
    /// It cannot be stepped: it is called with whole histories.
    WholeHistory,
}

impl Memory {
    /// How many bytes it gives and takes.
    pub(crate) fn bytes(self) -> usize {
        if let Memory::Bytes(length) = self { length } else { 0 }
    }
}

/// A function at work on one history.
pub trait Call: Send + Sync {
    /// Gives the values of many bars, to be written to columns of one length.
    ///
    /// # Errors
    /// What went wrong.
    fn run(&mut self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> Result<(), String>;

    /// Takes a bar and gives its values.
    ///
    /// # Errors
    /// What went wrong.
    fn step(&mut self, inputs: &[f64], outputs: &mut [f64]) -> Result<(), String>;

    /// Appends what it remembers.
    ///
    /// # Errors
    /// What went wrong.
    fn save(&mut self, out: &mut Vec<u8>) -> Result<(), String>;

    /// Takes what it remembers.
    ///
    /// # Errors
    /// What went wrong.
    fn load(&mut self, bytes: &[u8]) -> Result<(), String>;
}

impl Needs {
    /// How long it takes, with so many outputs.
    pub(crate) fn timing(self, outputs: usize) -> Timing {
        let (lookback, settle) = match self.memory {
            Memory::Window(bars) => (bars, Settle::AT_ONCE),
            _ => (self.warmup.saturating_add(1), Settle::Never),
        };
        Timing { warmup: vec![self.warmup; outputs], lookback, settle, block: 0 }
    }

    /// Why no session can have it, where that is so.
    pub(crate) fn unfit_for_sessions(self) -> Option<&'static str> {
        match self.memory {
            Memory::Window(_) | Memory::Bytes(_) => None,
            Memory::Untold => Some(
                "it does not say what it remembers, and a session is saved and put back: give it `get_state() -> bytes` and \
                 `set_state(bytes)`",
            ),
            Memory::WholeHistory => Some(
                "it is called with whole histories, and a session has one bar at a time: say of how many bars its value is with \
                 `window=`, or register a class with `step`, `get_state` and `set_state`",
            ),
        }
    }
}
