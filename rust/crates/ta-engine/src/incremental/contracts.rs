//! What goes into a session and what comes out: events, results, policies, counters, errors.

use std::fmt;

use thiserror::Error;

use crate::calendar::Timeframe;
use crate::closing::CloseError;
use crate::plan::BarField;
use crate::times::iso;

/// What a value is on a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Availability {
    /// There is a value.
    Ready = 0,
    /// A filter left the bar out.
    Excluded = 1,
    /// Not enough inputs yet.
    WarmingUp = 2,
    /// An input is missing, or the arithmetic is undefined.
    MissingInput = 3,
    /// The step failed and the policy says to go on.
    Error = 4,
}

impl Availability {
    /// All of them, from the one that yields to all others.
    pub const ALL: [Availability; 5] = {
        use Availability::{Error, Excluded, MissingInput, Ready, WarmingUp};
        [Ready, Excluded, WarmingUp, MissingInput, Error]
    };

    /// The lower-case name.
    pub fn name(self) -> &'static str {
        match self {
            Availability::Ready => "ready",
            Availability::Excluded => "excluded",
            Availability::WarmingUp => "warming_up",
            Availability::MissingInput => "missing_input",
            Availability::Error => "error",
        }
    }

    /// Which of two says more about a value that needs both.
    pub(crate) fn worse(self, other: Availability) -> Availability {
        if self as u8 >= other as u8 { self } else { other }
    }
}

/// Why a value is not ready; slots are those of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The field in this slot has no value.
    MissingField(usize),
    /// The value in this slot is undefined: a division by zero, a logarithm of a negative, an overflow.
    Undefined(usize),
}

/// What to do where a field the plan needs has no value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum MissingInput {
    /// What needs it is not ready on this bar; its state does not advance.
    #[default]
    EmitMissing = 0,
    /// The field's last good value is fed in its place.
    HoldPrevious = 1,
    /// The step fails; nothing changes.
    Fail = 2,
}

/// What to do where a step fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum OnError {
    /// Give the error to the caller.
    #[default]
    Raise = 0,
    /// Give a result with the availability `error`.
    EmitError = 1,
    /// Give a result with the availability `missing_input`.
    EmitMissing = 2,
}

/// How a session behaves. Part of its snapshot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policies {
    /// Missing fields.
    pub missing_input: MissingInput,
    /// Failing steps.
    pub on_error: OnError,
}

macro_rules! named_policy {
    ($($type:ident { $($variant:ident = $name:literal),+ })+) => {$(
        impl $type {
            /// All of them.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The lower-case name.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }

            /// The one with this name, or the names there are.
            pub fn from_name(name: &str) -> Result<$type, String> {
                Self::ALL.iter().copied().find(|p| p.name() == name).ok_or_else(|| {
                    let names: Vec<_> = Self::ALL.iter().map(|p| p.name()).collect();
                    format!("`{name}` is not one of {}", names.join(", "))
                })
            }
        }
    )+};
}
pub(crate) use named_policy;
named_policy! {
    MissingInput { EmitMissing = "emit_missing", HoldPrevious = "hold_previous", Fail = "fail" }
    OnError { Raise = "raise", EmitError = "emit_error", EmitMissing = "emit_missing" }
}

/// One closed bar, as the plan reads it.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// When the bar closed, in nanoseconds since 1970 UTC; `None` for plans that need no time.
    pub time_ns: Option<i64>,
    /// One number per field of [`Plan::fields`](crate::plan::Plan::fields); what is not finite is missing.
    pub inputs: &'a [f64],
}

/// Open, high, low, close and volume of one interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// When the bar closed, in nanoseconds since 1970 UTC.
    pub time_ns: Option<i64>,
    /// First price.
    pub open: f64,
    /// Highest price.
    pub high: f64,
    /// Lowest price.
    pub low: f64,
    /// Last price.
    pub close: f64,
    /// Traded quantity.
    pub volume: f64,
}

impl Bar {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<f64> {
        BarField::from_name(name).map(|field| self.fields()[field as usize])
    }

    /// Its numbers in the order of [`BarField`].
    #[inline(always)]
    pub(crate) fn fields(&self) -> [f64; 5] {
        [self.open, self.high, self.low, self.close, self.volume]
    }
}

/// One output's value on one bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepValue {
    /// The number, 1 or 0 for a truth value; NaN when not ready.
    pub value: f64,
    /// What it is.
    pub availability: Availability,
    /// Why it is not ready, where there is more to say.
    pub reason: Option<Reason>,
}

/// What a step gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepOutput<'a> {
    /// When the bar closed.
    pub time_ns: Option<i64>,
    /// One per output of the plan, in its order.
    pub values: &'a [StepValue],
    /// How often this bar's result was corrected since it was first given.
    pub revision: u32,
    /// False for a forming bar.
    pub is_final: bool,
    /// True while bars are missing that nobody has filled in or acknowledged.
    pub is_degraded: bool,
}

/// What became of the events a session was given. `received` is the sum of the others, and of those that still wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Given.
    pub received: u64,
    /// Changed the state.
    pub applied: u64,
    /// Repeated the bar before and were dropped.
    pub duplicate: u64,
    /// Were older than the last bar and refused.
    pub late: u64,
    /// Were refused for another reason.
    pub rejected: u64,
}

/// Why a step was refused. The session is as it was, but for its counters.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum StepError {
    /// Not after the last bar: older, or of the same time where no bar can come twice.
    #[error(
        "the bar of {event}{place} is not after the last committed bar{last}; lateness allowed: 0 s",
        event = iso(*event_ns), place = At(*.row), last = Last { event_ns: *event_ns, last_ns: *last_ns, row: *.row }
    )]
    Order {
        /// The event's time.
        event_ns: i64,
        /// The last bar's time.
        last_ns: i64,
        /// Row of the column, where there is one.
        row: Option<usize>,
    },
    /// The time of the last bar again, with other fields.
    #[error(
        "the bar of {event} has the time of the last bar{stream} and other fields, {fields}: a corrected bar is refused",
        event = iso(*event_ns), stream = OfStream(stream.as_deref()), fields = fields.join(", ")
    )]
    Corrected {
        /// The stream, where there are several.
        stream: Option<String>,
        /// Both bars' time.
        event_ns: i64,
        /// Names of the fields that differ.
        fields: Vec<String>,
    },
    /// One number is asked for of a rule with several outputs.
    #[error(
        "step_values gives one number, and the rule has several outputs: {}; use step", names.join(", ")
    )]
    SeveralOutputs {
        /// Their names.
        names: Vec<String>,
    },
    /// Sooner after the last bar than a bar of this length can be.
    #[error(
        "the bar of {event}{place} is closer to the last bar, of {last}, than a bar is long: {length}",
        event = iso(*event_ns), last = iso(*last_ns), place = At(*.row), length = Length(*spacing_ns)
    )]
    Overlap {
        /// The event's time.
        event_ns: i64,
        /// The last bar's time.
        last_ns: i64,
        /// How far apart bars are at least.
        spacing_ns: u64,
        /// Row of the column, where there is one.
        row: Option<usize>,
    },
    /// A bar of a stream that has passed its close.
    #[error(
        "a bar of `{stream}` closes at {event}, and the stream has passed everything up to {passed}",
        event = iso(*event_ns), passed = iso(*passed_ns)
    )]
    Passed {
        /// Its name.
        stream: String,
        /// When the bar closes.
        event_ns: i64,
        /// Nothing that closes at or before can come any more.
        passed_ns: i64,
    },
    /// Sooner after the last bar of its stream than its bars are long.
    #[error(
        "a bar of `{stream}`{place} closes at {event}, closer to the last one, which closed at {last}, than a bar is long",
        event = iso(*event_ns), last = iso(*last_ns), place = At(*.row)
    )]
    Closer {
        /// Its name.
        stream: String,
        /// When the bar closes.
        event_ns: i64,
        /// When the last one closed.
        last_ns: i64,
        /// Row of the history, where there is one.
        row: Option<usize>,
    },
    /// It is not known when bars close, or it cannot be as it is said.
    #[error(transparent)]
    Close(#[from] CloseError),
    /// No such stream, or one whose bars are made of another's.
    #[error("the rule takes no bars of stream {stream}")]
    NoSuchStream {
        /// Its number.
        stream: usize,
    },
    /// Bars that were given one by one still wait for other streams.
    #[error("{bars} bars wait for other streams: let those pass before many bars are taken at once")]
    Waiting {
        /// How many.
        bars: usize,
    },
    /// Too many bars wait for a stream that says nothing.
    #[error("{waiting} bars wait for `{for_stream}`; give its bars, or say how far it has come")]
    Backlog {
        /// How many.
        waiting: usize,
        /// Whom they wait for.
        for_stream: String,
    },
    /// Long work was given up because somebody asked for it; nothing was taken.
    #[error("interrupted: nothing was taken")]
    Interrupted,
    /// Events with a time and without cannot be mixed.
    #[error("{0}")]
    Time(&'static str),
    /// Older than every bar that can be revised.
    #[error(
        "the bar of {event} is older than what is kept: {kept} bars can be revised{since}; give the whole history to rebuild from",
        event = iso(*event_ns), since = Since(*oldest_ns)
    )]
    BeyondKept {
        /// The event's time.
        event_ns: i64,
        /// The oldest bar that can be revised.
        oldest_ns: Option<i64>,
        /// How many can be.
        kept: usize,
    },
    /// A revision of a bar that was never taken.
    #[error("there is no bar of {event} to revise", event = iso(*event_ns))]
    NoSuchBar {
        /// The event's time.
        event_ns: i64,
    },
    /// A bar that no market can have made.
    #[error("the bar of {event} cannot be: {what}", event = iso(*event_ns))]
    Impossible {
        /// The event's time.
        event_ns: i64,
        /// Why not.
        what: String,
    },
    /// A message that does not say whether its bar has closed, of a feed that says so.
    #[error("the message of {event} does not say whether its bar has closed, and the feed is one that does", event = iso(*event_ns))]
    Unclosed {
        /// The event's time.
        event_ns: i64,
    },
    /// Trades to a session that does not know how long its bars are.
    #[error("trades are made into bars of the session's timeframe, and it has none")]
    NoTimeframe,
    /// What was taken before cannot be brought to other units.
    #[error(
        "a reset by {factor} is refused: {reason}; give the whole history in the new units to rebuild from"
    )]
    Reset {
        /// By which factor.
        factor: f64,
        /// Why.
        reason: String,
    },
    /// A field has no value and the policy is to fail.
    #[error("`{field}` has no value{}", At(*.row))]
    MissingInput {
        /// The field.
        field: String,
        /// Row of the column, where there is one.
        row: Option<usize>,
    },
    /// A function outside the engine failed.
    #[error("`{name}`{}: {why}", At(*.row))]
    Function {
        /// The function.
        name: String,
        /// What went wrong.
        why: String,
        /// Row of the column, where there is one.
        row: Option<usize>,
    },
    /// A constant part of the rule is undefined.
    #[error("`{part}` is undefined")]
    Undefined {
        /// The part.
        part: String,
    },
    /// Inputs that do not fit the plan.
    #[error("{what}: {given} given, {needed} needed")]
    Shape {
        /// What is counted.
        what: &'static str,
        /// How many there are.
        given: usize,
        /// How many are needed.
        needed: usize,
    },
    /// The plan reads a field that a bar does not have.
    #[error("the rule reads `{field}`, which a bar does not have")]
    NoSuchField {
        /// The field.
        field: String,
    },
}

impl StepError {
    /// The same with another row, where it has one.
    pub(super) fn with_row(mut self, place: impl FnOnce(usize) -> usize) -> StepError {
        if let StepError::Order { row, .. }
        | StepError::Overlap { row, .. }
        | StepError::Closer { row, .. }
        | StepError::MissingInput { row, .. }
        | StepError::Function { row, .. } = &mut self
        {
            *row = row.map(place);
        }
        self
    }
}

/// Prints the row where there is one.
struct At(Option<usize>);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(row) => write!(f, " in row {row}"),
            None => Ok(()),
        }
    }
}

/// Prints whose bar it is where there are several streams.
struct OfStream<'a>(Option<&'a str>);

impl fmt::Display for OfStream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(stream) => write!(f, " of `{stream}`"),
            None => Ok(()),
        }
    }
}

/// Prints since when bars can be revised.
struct Since(Option<i64>);

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(oldest_ns) => write!(f, ", from {} on", iso(oldest_ns)),
            None => Ok(()),
        }
    }
}

/// Prints what the last bar is to one that does not come after it.
struct Last {
    event_ns: i64,
    last_ns: i64,
    row: Option<usize>,
}

impl fmt::Display for Last {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            None if self.event_ns == self.last_ns => {
                write!(f, ", which has the same time")
            }
            _ => write!(f, ", of {}", iso(self.last_ns)),
        }
    }
}

/// Prints a length as a timeframe where it is one.
struct Length(u64);

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Timeframe::from_ns(self.0) {
            Some(length) => length.fmt(f),
            None => write!(f, "{} ns", self.0),
        }
    }
}
