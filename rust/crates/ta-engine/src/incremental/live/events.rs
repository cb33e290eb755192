//! What a live session is told, and what it says of it: events, rows of results, and records of what was not taken as it came.

use super::policies::Closed;
use crate::incremental::contracts::{StepError, StepOutput, StepValue};
use crate::lanes::canonical_bits;

/// What an event says; fields are those of [`Plan::fields`](crate::plan::Plan::fields), what is not finite is missing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Kind<F> {
    /// A bar as it stands while it forms.
    Forming(F),
    /// A bar that has closed.
    Close(F),
    /// What a feed of this kind has of its present bar, and whether it says that the bar has closed.
    Update(F, Closed, Option<bool>),
    /// Other fields of a bar that was taken.
    Revise(F),
    /// The feed says that it has nothing from here up to this time.
    Gap {
        /// Where it goes on.
        until_ns: i64,
    },
    /// Trading stops: no bar is expected until the next one.
    Halt,
    /// What was taken before counts in other units: prices are divided by the factor, volumes multiplied.
    Reset {
        /// New shares for an old one: 4 for a split of 4 to 1.
        factor: f64,
    },
    /// One trade.
    Trade {
        /// At which price.
        price: f64,
        /// How much.
        amount: f64,
    },
    /// Time has come so far, and no event of an earlier time will.
    Heartbeat,
    /// The gaps are known: results are no longer marked for them.
    Acknowledge,
}

impl<F> Kind<F> {
    /// The lower-case name.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Forming(_) => "forming",
            Kind::Close(_) => "close",
            Kind::Update(..) => "update",
            Kind::Revise(_) => "revise",
            Kind::Gap { .. } => "gap",
            Kind::Halt => "halt",
            Kind::Reset { .. } => "reset",
            Kind::Trade { .. } => "trade",
            Kind::Heartbeat => "heartbeat",
            Kind::Acknowledge => "acknowledge",
        }
    }

    /// Which of two events of one time comes first: a bar's forming before its close, what begins at a time behind what
    /// ends there.
    pub(crate) fn rank(&self) -> u8 {
        match self {
            Kind::Forming(_) | Kind::Update(_, Closed::Flag, Some(false)) => 0,
            Kind::Update(_, Closed::NextOpen, is_closed) if *is_closed != Some(true) => 0,
            Kind::Close(_) | Kind::Update(..) => 1,
            Kind::Revise(_) => 2,
            Kind::Gap { .. } => 3,
            Kind::Halt => 4,
            Kind::Reset { .. } => 5,
            Kind::Trade { .. } => 6,
            Kind::Heartbeat => 7,
            Kind::Acknowledge => 8,
        }
    }

    pub(super) fn map<G>(self, fields: impl FnOnce(F) -> G) -> Kind<G> {
        match self {
            Kind::Forming(f) => Kind::Forming(fields(f)),
            Kind::Close(f) => Kind::Close(fields(f)),
            Kind::Update(f, closed, is_closed) => Kind::Update(fields(f), closed, is_closed),
            Kind::Revise(f) => Kind::Revise(fields(f)),
            Kind::Gap { until_ns } => Kind::Gap { until_ns },
            Kind::Halt => Kind::Halt,
            Kind::Reset { factor } => Kind::Reset { factor },
            Kind::Trade { price, amount } => Kind::Trade { price, amount },
            Kind::Heartbeat => Kind::Heartbeat,
            Kind::Acknowledge => Kind::Acknowledge,
        }
    }

    /// The same with borrowed fields.
    pub(super) fn borrowed(&self) -> Kind<&[f64]>
    where
        F: AsRef<[f64]>,
    {
        match self {
            Kind::Forming(f) => Kind::Forming(f.as_ref()),
            Kind::Close(f) => Kind::Close(f.as_ref()),
            Kind::Update(f, closed, is_closed) => Kind::Update(f.as_ref(), *closed, *is_closed),
            Kind::Revise(f) => Kind::Revise(f.as_ref()),
            Kind::Gap { until_ns } => Kind::Gap { until_ns: *until_ns },
            Kind::Halt => Kind::Halt,
            Kind::Reset { factor } => Kind::Reset { factor: *factor },
            Kind::Trade { price, amount } => Kind::Trade { price: *price, amount: *amount },
            Kind::Heartbeat => Kind::Heartbeat,
            Kind::Acknowledge => Kind::Acknowledge,
        }
    }

    pub(super) fn fields(&self) -> Option<&F> {
        match self {
            Kind::Forming(f) | Kind::Close(f) | Kind::Update(f, ..) | Kind::Revise(f) => Some(f),
            _ => None,
        }
    }
}

/// Where an event stands in what its source has sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sequence {
    /// Counts up when the source begins to number anew.
    pub epoch: u64,
    /// One more than that of the event before.
    pub number: u64,
}

/// One event of a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveEvent<'a> {
    /// When it was: of a bar the time that bars are known by, in nanoseconds since 1970 UTC.
    pub time_ns: i64,
    /// What it says.
    pub kind: Kind<&'a [f64]>,
    /// Where its source numbers what it sends.
    pub sequence: Option<Sequence>,
}

impl<'a> LiveEvent<'a> {
    /// An event whose source numbers nothing.
    pub fn new(time_ns: i64, kind: Kind<&'a [f64]>) -> LiveEvent<'a> {
        LiveEvent { time_ns, kind, sequence: None }
    }
}

/// What became of an event that gave no result, or what was noticed beside.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// It was there before: dropped.
    Duplicate,
    /// It came too late and was set aside.
    Late {
        /// The newest time that was there before.
        passed_ns: i64,
    },
    /// It was refused.
    Refused(StepError),
    /// Bars are missing before it.
    Gap {
        /// The last bar before.
        after_ns: i64,
        /// Where bars go on.
        until_ns: i64,
        /// How many bars of the timeframe would fit between; `None` where the feed itself said so.
        missing: Option<u64>,
    },
    /// Numbers of the source are missing before it.
    Skipped {
        /// The first that is missing.
        first: u64,
        /// The last.
        last: u64,
    },
    /// It stands in the reorder buffer no more, since the buffer was full.
    Crowded,
}

impl Outcome {
    /// The lower-case name.
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Duplicate => "duplicate",
            Outcome::Late { .. } => "late",
            Outcome::Refused(_) => "refused",
            Outcome::Gap { .. } => "gap",
            Outcome::Skipped { .. } => "skipped",
            Outcome::Crowded => "crowded",
        }
    }
}

/// Says what became of one event.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The event's time.
    pub time_ns: i64,
    /// Its kind.
    pub kind: &'static str,
    /// What became of it.
    pub outcome: Outcome,
}

/// One row of results without its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row {
    time_ns: i64,
    revision: u32,
    is_final: bool,
    is_degraded: bool,
}

/// What one call gave: rows in the order in which they came about, and records.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    rows: Vec<Row>,
    values: Vec<StepValue>,
    width: usize,
    /// What was dropped, set aside or noticed.
    pub records: Vec<Record>,
}

impl Applied {
    pub(super) fn new(width: usize) -> Applied {
        Applied { width, ..Applied::default() }
    }

    /// How many rows of results there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True where no row is there.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, oldest first.
    pub fn outputs(&self) -> impl ExactSizeIterator<Item = StepOutput<'_>> {
        self.rows.iter().enumerate().map(|(at, row)| StepOutput {
            time_ns: Some(row.time_ns),
            values: &self.values[at * self.width..][..self.width],
            revision: row.revision,
            is_final: row.is_final,
            is_degraded: row.is_degraded,
        })
    }

    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.values.clear();
        self.records.clear();
    }

    pub(super) fn push(&mut self, output: &StepOutput<'_>) {
        let StepOutput { time_ns, values, revision, is_final, is_degraded } = *output;
        let time_ns = time_ns.expect("a live session's bars have times");
        self.rows.push(Row { time_ns, revision, is_final, is_degraded });
        self.values.extend_from_slice(values);
    }

    pub(super) fn record(&mut self, time_ns: i64, kind: &'static str, outcome: Outcome) {
        self.records.push(Record { time_ns, kind, outcome });
    }
}

/// True where two rows of values say the same: numbers bit for bit, and what each is.
pub(super) fn same_values(a: &[StepValue], b: &[StepValue]) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| {
            canonical_bits(a.value) == canonical_bits(b.value) && a.availability == b.availability
        })
}
