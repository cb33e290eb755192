//! Long work that can be given up: whoever waits for it is asked now and then, and a session given up in the middle goes back to
//! where it was.

use super::backend::Session;
use super::universe::Universe;

/// Work was given up because somebody asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interrupted;

/// Who waits for long work: asked between pieces of it that take some milliseconds at most.
pub trait Watch {
    /// Whether to go on.
    ///
    /// # Errors
    /// [`Interrupted`] where not.
    fn look(&mut self) -> Result<(), Interrupted>;

    /// Explained how far work that has parts has come.
    fn progress(&mut self, _part: &str, _done: usize, _all: usize) {}
}

/// Nobody waits, or nobody can be asked.
pub struct Unwatched;

impl Watch for Unwatched {
    fn look(&mut self) -> Result<(), Interrupted> {
        Ok(())
    }
}

/// Values from which on work is long: shorter work is done before anybody could ask for its end.
const LONG: usize = 1 << 20;

/// True for work that may be given up: so many bars of so many nodes.
pub(super) fn is_long(bars: usize, nodes: usize) -> bool {
    bars.saturating_mul(nodes.max(1)) >= LONG
}

/// What a session goes back to.
pub(super) enum Kept {
    /// It had seen nothing.
    Nothing,
    /// What it was.
    Bytes(Vec<u8>),
}

impl Session {
    pub(super) fn keep(&mut self) -> Kept {
        if self.counters().received == 0 { Kept::Nothing } else { Kept::Bytes(self.snapshot()) }
    }

    pub(super) fn go_back(&mut self, kept: &Kept) {
        let (plan, instructions) = (self.plan.clone(), self.instructions());
        let trusts_lengths = self.trusts_lengths;
        *self = match kept {
            Kept::Nothing => {
                Session::for_history(plan, self.policies, instructions).expect("a plan that has a session")
            }
            Kept::Bytes(bytes) => {
                Session::restore(&plan, bytes, instructions).expect("a session's own snapshot")
            }
        };
        self.trusts_lengths = trusts_lengths;
    }
}

impl Universe {
    pub(super) fn keep(&mut self) -> Kept {
        if self.position == 0 { Kept::Nothing } else { Kept::Bytes(self.snapshot()) }
    }

    pub(super) fn go_back(&mut self, kept: &Kept) {
        let (plan, instructions) = (self.plan.clone(), self.instructions());
        *self = match kept {
            Kept::Nothing => {
                let (names, groups) = (self.names.take(), self.groups.take());
                let universe =
                    Universe::build(plan, self.symbols, names, groups, self.policies, instructions);
                universe.expect("a plan that has a universe")
            }
            Kept::Bytes(bytes) => {
                Universe::restore(&plan, bytes, instructions).expect("a universe's own snapshot")
            }
        };
    }
}
