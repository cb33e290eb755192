//! Snapshots as checked bytes: what frames them and how their fields are written and read; of what they are stands beside it, a
//! file per kind. The format is described in `docs/snapshot-format.md`.

mod adoption;
mod contents;
mod inspection;
mod nodes;
mod session;
mod universe;

use thiserror::Error;

use super::contracts::{Availability, Counters, MissingInput, OnError, Policies, StepValue};
use crate::kernel::StateError;
use crate::lanes::canonical_bits;
use crate::plan::{Plan, PlanError};

pub use adoption::Adoption;
pub(super) use contents::Contents;
pub use inspection::{Inspection, inspect};
pub(super) use nodes::check_room;
pub(crate) use nodes::state_bytes;
pub use session::ReplayError;

const MAGIC: [u8; 4] = *b"LTAS";
const VERSION: u16 = 1;
/// Magic, version, kind, policies, length, fingerprint, timeframe.
const HEADER: usize = 4 + 2 + 1 + 2 + 8 + 32 + 9;
const CHECKSUM: usize = 4;
/// More bars than there will ever be, and room to count on.
pub(super) const MOST_BARS: u64 = u64::MAX / 2;

/// What a snapshot is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum SnapshotKind {
    /// One symbol.
    Session = 1,
    /// Many symbols.
    Universe = 2,
    /// Several streams.
    Joined = 3,
    /// One symbol, with what it takes to be fed live.
    Live = 4,
}

/// Why bytes are no snapshot of this plan.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum SnapshotError {
    /// Not made by this engine.
    #[error("these bytes are no snapshot")]
    NotASnapshot,
    /// Cut off.
    #[error("snapshot ends after {have} of {need} bytes")]
    Truncated {
        /// Bytes that there should be.
        need: u64,
        /// Bytes there are.
        have: u64,
    },
    /// More bytes than it says.
    #[error("snapshot has {extra} bytes after its end")]
    Trailing {
        /// How many.
        extra: u64,
    },
    /// Of a version this engine does not know.
    #[error("snapshot has version {version}; this engine reads up to {VERSION}")]
    Newer {
        /// The version.
        version: u16,
    },
    /// Of a version that was never released.
    #[error(
        "snapshot has version 0, of before the first release, which is not read: warm a new session up from history"
    )]
    Unreleased,
    /// Parts of a rule would lose their state.
    #[error("the state of what the rule no longer has would be dropped: {}; say so with allow_dropped", parts.join(", "))]
    WouldDrop {
        /// The parts.
        parts: Vec<String>,
    },
    /// Its bytes changed since they were written.
    #[error("snapshot is damaged: its checksum does not match")]
    Damaged,
    /// Of a session where a universe is needed, or the other way round.
    #[error("snapshot is of a {found}, not of a {needed}")]
    OtherKind {
        /// What it is of.
        found: &'static str,
        /// What is needed.
        needed: &'static str,
    },
    /// Of another rule, of other parameters or of another version of a kernel.
    #[error("snapshot was made by another plan")]
    OtherPlan,
    /// Of other symbols than those that are asked for, or of the same in another order.
    #[error("snapshot is of {saved}; {given} was given")]
    OtherSymbols {
        /// Whom it is of.
        saved: String,
        /// Who was asked for.
        given: String,
    },
    /// Its checksum matches, but its contents cannot be.
    #[error("snapshot holds {what}")]
    Invalid {
        /// What cannot be.
        what: String,
    },
    /// The state of a node.
    #[error("snapshot of {node}: {error}")]
    State {
        /// The node, as text.
        node: String,
        /// What is wrong.
        error: StateError,
    },
    /// The plan cannot be brought to the snapshot's timeframe.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

impl SnapshotError {
    /// Why a rule has no plan for a snapshot's bars: another rule made it, unless a limit forbids the plan.
    pub(crate) fn without_plan(error: PlanError) -> SnapshotError {
        match error {
            PlanError::TooLarge { .. } => SnapshotError::Plan(error),
            _ => SnapshotError::OtherPlan,
        }
    }
}

/// What the first bytes say, checked.
pub(crate) struct Header<'a> {
    kind: u8,
    /// What is in it by name, as bytes.
    pub(super) contents: &'a [u8],
    pub(super) policies: Policies,
    fingerprint: [u8; 32],
    /// Length of a bar, where it was told.
    pub(crate) timeframe_ns: Option<u64>,
}

pub(super) fn begin(
    kind: SnapshotKind,
    fingerprint: &[u8; 32],
    timeframe_ns: Option<u64>,
    policies: Policies,
    out: &mut Vec<u8>,
) {
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.push(kind as u8);
    out.push(policies.missing_input as u8);
    out.push(policies.on_error as u8);
    out.extend_from_slice(&[0; 8]); // the length, known at the end
    out.extend_from_slice(fingerprint);
    optional(out, timeframe_ns.map(|ns| ns as i64));
}

pub(super) fn finish(mut out: Vec<u8>, plan: &Plan) -> Vec<u8> {
    let contents_at = out.len();
    Contents::save(plan, &mut out);
    let contents = (out.len() - contents_at) as u32;
    out.extend_from_slice(&contents.to_le_bytes());
    let length = (out.len() + CHECKSUM) as u64;
    out[9..17].copy_from_slice(&length.to_le_bytes());
    let checksum = crc32c::crc32c(&out);
    out.extend_from_slice(&checksum.to_le_bytes());
    out
}

pub(super) fn optional(out: &mut Vec<u8>, x: Option<i64>) {
    out.push(u8::from(x.is_some()));
    out.extend_from_slice(&x.unwrap_or(0).to_le_bytes());
}

pub(super) fn numbers(out: &mut Vec<u8>, xs: impl IntoIterator<Item = f64>) {
    for x in xs {
        out.extend_from_slice(&canonical_bits(x).to_le_bytes());
    }
}

pub(super) fn counters(out: &mut Vec<u8>, c: Counters) {
    for count in [c.received, c.applied, c.duplicate, c.late, c.rejected] {
        out.extend_from_slice(&count.to_le_bytes());
    }
}

pub(super) fn result(out: &mut Vec<u8>, value: f64, availability: Availability) {
    numbers(out, [value]);
    out.push(availability as u8);
}

/// Appends what a plan's outputs are, in the order of their names.
pub(super) fn values(out: &mut Vec<u8>, plan: &Plan, values: &[StepValue]) {
    for value in plan.outputs_by_name().into_iter().map(|at| &values[at]) {
        result(out, value.value, value.availability);
    }
}

/// Reads a snapshot's fields in order.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    /// So many bytes of a part whose length stands before it.
    pub(super) fn bytes(
        &mut self,
        length: usize,
        part: impl FnOnce() -> String,
    ) -> Result<&'a [u8], SnapshotError> {
        let Some((bytes, rest)) = self.0.split_at_checked(length) else {
            return Err(invalid(format!("{} bytes where {} has {length}", self.0.len(), part())));
        };
        self.0 = rest;
        Ok(bytes)
    }

    pub(super) fn take<const N: usize>(&mut self) -> Result<[u8; N], SnapshotError> {
        let have = self.0.len();
        let (head, rest) = self
            .0
            .split_first_chunk::<N>()
            .ok_or_else(|| invalid(format!("{have} bytes where {N} are needed")))?;
        self.0 = rest;
        Ok(*head)
    }

    pub(super) fn byte(&mut self, most: u8, what: &str) -> Result<u8, SnapshotError> {
        match self.take()? {
            [byte] if byte <= most => Ok(byte),
            [byte] => Err(invalid(format!("{byte} as {what}"))),
        }
    }

    pub(super) fn u64(&mut self) -> Result<u64, SnapshotError> {
        Ok(u64::from_le_bytes(self.take()?))
    }

    pub(super) fn optional(&mut self) -> Result<Option<i64>, SnapshotError> {
        let is_some = self.byte(1, "a presence flag")? == 1;
        let x = i64::from_le_bytes(self.take()?);
        match is_some {
            true => Ok(Some(x)),
            false if x == 0 => Ok(None),
            false => Err(invalid("a value that is said to be absent".to_owned())),
        }
    }

    pub(super) fn number(&mut self) -> Result<f64, SnapshotError> {
        let bits = self.u64()?;
        let x = f64::from_bits(bits);
        if canonical_bits(x) == bits { Ok(x) } else { Err(invalid(format!("the number {bits:#018x}"))) }
    }

    /// How many bars were taken, and the time of the last; the outer `None` where there was no bar.
    pub(super) fn position(&mut self) -> Result<(u64, Option<Option<i64>>), SnapshotError> {
        let position = self.u64()?;
        if position > MOST_BARS {
            return Err(invalid(format!("{position} bars")));
        }
        let any = self.byte(1, "a presence flag")? == 1;
        let time = self.optional()?;
        if !any && time.is_some() {
            return Err(invalid("a time before the first bar".to_owned()));
        }
        if any != (position > 0) {
            let last = if any { "a last bar" } else { "no last bar" };
            return Err(invalid(format!("{last} after {position} bars")));
        }
        Ok((position, any.then_some(time)))
    }

    pub(super) fn counters(&mut self) -> Result<Counters, SnapshotError> {
        let [received, applied, duplicate, late, rejected] =
            [self.u64()?, self.u64()?, self.u64()?, self.u64()?, self.u64()?];
        let sum = [applied, duplicate, late, rejected].into_iter().try_fold(0, u64::checked_add);
        if sum != Some(received) || received > MOST_BARS {
            return Err(invalid("counters that do not add up".to_owned()));
        }
        Ok(Counters { received, applied, duplicate, late, rejected })
    }

    pub(super) fn result(&mut self) -> Result<(f64, Availability), SnapshotError> {
        Ok((self.number()?, Availability::ALL[usize::from(self.byte(4, "an availability")?)]))
    }

    /// What a plan's outputs are.
    pub(super) fn values(&mut self, plan: &Plan, values: &mut [StepValue]) -> Result<(), SnapshotError> {
        for at in plan.outputs_by_name() {
            (values[at].value, values[at].availability) = self.result()?;
        }
        Ok(())
    }

    pub(super) fn end(&self) -> Result<(), SnapshotError> {
        if self.0.is_empty() { Ok(()) } else { Err(SnapshotError::Trailing { extra: self.0.len() as u64 }) }
    }
}

pub(super) fn invalid(what: String) -> SnapshotError {
    SnapshotError::Invalid { what }
}

/// Checks a snapshot's frame and gives its header and what stands between header and checksum.
pub(crate) fn open(bytes: &[u8]) -> Result<(Header<'_>, &[u8]), SnapshotError> {
    let have = bytes.len() as u64;
    if !bytes.starts_with(&MAGIC[..bytes.len().min(MAGIC.len())]) {
        return Err(SnapshotError::NotASnapshot);
    }
    if bytes.len() < HEADER + 4 + CHECKSUM {
        return Err(SnapshotError::Truncated { need: (HEADER + 4 + CHECKSUM) as u64, have });
    }
    let mut reader = Reader(&bytes[MAGIC.len()..]);
    let version = u16::from_le_bytes(reader.take()?);
    match version {
        0 => return Err(SnapshotError::Unreleased),
        VERSION => {}
        version => return Err(SnapshotError::Newer { version }),
    }
    let [kind, missing_input, on_error] = reader.take()?;
    let need = reader.u64()?;
    if have < need {
        return Err(SnapshotError::Truncated { need, have });
    }
    if have > need {
        return Err(SnapshotError::Trailing { extra: have - need });
    }
    let (body, checksum) = bytes.split_at(bytes.len() - CHECKSUM);
    if crc32c::crc32c(body).to_le_bytes() != checksum {
        return Err(SnapshotError::Damaged);
    }
    let fingerprint = reader.take()?;
    let timeframe_ns = reader.optional()?.map(|ns| ns as u64);
    let policies = Policies {
        missing_input: *MissingInput::ALL
            .iter()
            .find(|p| **p as u8 == missing_input)
            .ok_or_else(|| invalid(format!("{missing_input} as a policy")))?,
        on_error: *OnError::ALL
            .iter()
            .find(|p| **p as u8 == on_error)
            .ok_or_else(|| invalid(format!("{on_error} as a policy")))?,
    };
    let (body, length) = body[HEADER..].split_last_chunk().expect("a length that was looked at");
    let length = u32::from_le_bytes(*length) as usize;
    let (body, contents) = match body.len().checked_sub(length) {
        Some(at) => body.split_at(at),
        None => return Err(invalid(format!("{length} bytes of names in {}", body.len()))),
    };
    Ok((Header { kind, contents, policies, fingerprint, timeframe_ns }, body))
}

fn name_of_kind(kind: u8) -> &'static str {
    match kind {
        1 => "session",
        2 => "universe",
        3 => "session over several streams",
        4 => "live session",
        _ => "thing unknown",
    }
}

impl Header<'_> {
    pub(crate) fn check_kind(&self, kind: SnapshotKind) -> Result<(), SnapshotError> {
        if self.kind != kind as u8 {
            return Err(SnapshotError::OtherKind {
                found: self.kind_name(),
                needed: name_of_kind(kind as u8),
            });
        }
        Ok(())
    }

    fn kind_name(&self) -> &'static str {
        name_of_kind(self.kind)
    }

    /// Refuses a snapshot of another kind, of another plan, or that calls what is in it otherwise than its plan does.
    pub(super) fn check(
        &self,
        kind: SnapshotKind,
        fingerprint: &[u8; 32],
        timeframe_ns: Option<u64>,
        plan: &Plan,
    ) -> Result<(), SnapshotError> {
        self.check_kind(kind)?;
        if self.fingerprint != *fingerprint || self.timeframe_ns != timeframe_ns {
            return Err(SnapshotError::OtherPlan);
        }
        let mut contents = Vec::new();
        Contents::save(plan, &mut contents);
        match contents == self.contents {
            true => Ok(()),
            false => Err(invalid("other names than its plan has".to_owned())),
        }
    }
}
