//! How a live session behaves: what it does with what comes late, again or not at all, and what it gives out.

use thiserror::Error;

use crate::incremental::contracts::named_policy;
use crate::plan::{Plan, PlanError};

/// What to do with a bar that is older than the last one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Late {
    /// It is an error.
    #[default]
    Error = 0,
    /// It is set aside, with a record.
    SideOutput = 1,
    /// It is put where it belongs, and what follows from it is computed again.
    Rebuild = 2,
}

/// What to do with a bar that has the time of one that was taken, and other fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Corrected {
    /// It is an error.
    #[default]
    Error = 0,
    /// It takes the place of the other, as a revision does.
    Revise = 1,
}

/// How a feed says that a bar has closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Closed {
    /// Every message is a closed bar.
    #[default]
    Each = 0,
    /// Messages say it.
    Flag = 1,
    /// A bar has closed when the next one opens, or time has passed its end.
    NextOpen = 2,
}

/// What to do with a bar that cannot be: the high below the low, open or close outside of both, a negative volume, or
/// not a whole number of bars behind the last one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Bars {
    /// It is taken as it is.
    #[default]
    Trust = 0,
    /// It is refused.
    Reject = 1,
}

/// Which results are given out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Emit {
    /// Every one.
    #[default]
    All = 0,
    /// Those that differ from the one given before.
    Changes = 1,
    /// Those in which an output is true, and corrections of such.
    True = 2,
}

/// Which of its times a bar is known by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Stamp {
    /// When it closes.
    #[default]
    Close = 0,
    /// When it opens.
    Open = 1,
}

named_policy! {
    Late { Error = "error", SideOutput = "side_output", Rebuild = "rebuild" }
    Corrected { Error = "error", Revise = "revise" }
    Closed { Each = "each", Flag = "flag", NextOpen = "next_open" }
    Bars { Trust = "trust", Reject = "reject" }
    Emit { All = "all", Changes = "changes", True = "true" }
    Stamp { Close = "close", Open = "open" }
}

/// Has events wait for those that are older: they are taken in the order of their times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reorder {
    /// How far behind the newest event another may be.
    pub delay_ns: u64,
    /// Most events that wait; the oldest goes first.
    pub most: usize,
}

/// Most bars that a session keeps for revisions.
pub const MOST_REVISIONS: usize = 1 << 20;
/// Most events that wait in a reorder buffer.
pub const MOST_BUFFERED: usize = 1 << 20;

/// How a live session behaves. Part of its snapshot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LivePolicies {
    /// Bars that are older than the last.
    pub late: Late,
    /// Bars of a time that was taken, with other fields.
    pub corrected: Corrected,
    /// How the feed says that a bar has closed: what [`Kind::Update`](super::events::Kind::Update) is given by those who make
    /// events of messages.
    pub closed: Closed,
    /// No trade, no bar: a hole between bars is no gap.
    pub sparse: bool,
    /// Bars that cannot be.
    pub bars: Bars,
    /// Which of its times a bar is known by: says when a forming bar ends.
    pub stamps: Stamp,
    /// Which results are given out.
    pub emit: Emit,
    /// How many of the last bars can be revised.
    pub revisions: usize,
    /// Has events wait for older ones.
    pub reorder: Option<Reorder>,
}

/// Why a live session cannot be had.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum LiveError {
    /// No plan for it.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A policy needs bars to go back to.
    #[error("{policy} needs bars to go back to: say how many with `revisions`")]
    NothingKept {
        /// The policy.
        policy: &'static str,
    },
    /// More than is kept.
    #[error("{what}: {given} given, at most {most} are kept")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        given: usize,
        /// How many at most.
        most: usize,
    },
    /// Only true results are asked for, and there are none.
    #[error("`emit` is \"true\", and no output of the rule is true or false: {}", names.join(", "))]
    NothingTrue {
        /// The outputs.
        names: Vec<String>,
    },
}

impl LivePolicies {
    /// True where a session does what one without any of this does.
    pub fn are_plain(&self) -> bool {
        *self
            == LivePolicies {
                closed: self.closed,
                sparse: self.sparse,
                stamps: self.stamps,
                ..Default::default()
            }
    }

    /// Refuses what does not fit together.
    ///
    /// # Errors
    /// With what is missing or too much.
    pub fn check(&self, plan: &Plan) -> Result<(), LiveError> {
        let too_many = |what, given, most| match given > most {
            true => Err(LiveError::TooMany { what, given, most }),
            false => Ok(()),
        };
        too_many("revisions", self.revisions, MOST_REVISIONS)?;
        if let Some(reorder) = self.reorder {
            too_many("events of the reorder buffer", reorder.most, MOST_BUFFERED)?;
        }
        if self.revisions == 0 && self.late == Late::Rebuild {
            return Err(LiveError::NothingKept { policy: "late=\"rebuild\"" });
        }
        if self.revisions == 0 && self.corrected == Corrected::Revise {
            return Err(LiveError::NothingKept { policy: "corrected=\"revise\"" });
        }
        if self.emit == Emit::True && !plan.outputs.iter().any(|output| output.is_bool) {
            let names = plan.outputs.iter().map(|output| output.name.clone()).collect();
            return Err(LiveError::NothingTrue { names });
        }
        Ok(())
    }
}
