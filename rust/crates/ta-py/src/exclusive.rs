//! One caller at a time: what a thread works on, another thread, a signal handler or a callback cannot touch.

use std::sync::{Mutex, MutexGuard, TryLockError};

use pyo3::PyResult;

use crate::errors;

/// Something that one call at a time may work on. A second one is refused; it does not wait, for who waited inside a
/// callback would wait for ever.
pub(crate) struct Exclusive<T> {
    what: &'static str,
    held: Mutex<T>,
}

impl<T> Exclusive<T> {
    /// `what` it is called in messages.
    pub(crate) fn new(what: &'static str, held: T) -> Exclusive<T> {
        Exclusive { what, held: Mutex::new(held) }
    }

    /// The thing, until what this gives is dropped. Raises `SessionBusyError` where a call is at work.
    pub(crate) fn hold(&self) -> PyResult<MutexGuard<'_, T>> {
        match self.held.try_lock() {
            Ok(held) => Ok(held),
            // A call that panicked has told so itself.
            Err(TryLockError::Poisoned(held)) => Ok(held.into_inner()),
            Err(TryLockError::WouldBlock) => Err(errors::busy(self.what)),
        }
    }
}
