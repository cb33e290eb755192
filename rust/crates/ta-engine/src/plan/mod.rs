//! The checked, name-free program of one rule or of many: what is read, what is computed, what is given.
//!
//! Every value has a slot in one row of numbers: first the fields, then the constants, then the nodes' outputs in the
//! order in which they are computed. Equal subexpressions share a node, across all outputs.

mod body;
pub(crate) mod describe;
mod drafts;
mod fields;
mod identity;
pub mod joined;
pub(crate) mod loops;
mod lower;
pub mod operation;
pub mod own;
pub(crate) mod recurrence;
pub mod streams;
mod timing;

use std::fmt;

use thiserror::Error;

use crate::calendar::Timeframe;
use crate::catalog::Made;
use crate::catalog::function::Needs;
use crate::closing::{self, CloseError, Declared};
use crate::lang::ir::SourceRef;
use crate::lang::shift::Shift;
use crate::plan::streams::Stream;
use operation::Operation;

pub(crate) use body::alone;
pub use body::timing;
pub(crate) use fields::BarField;
pub(crate) use lower::{Lowering, order_of_names};

/// A compiled program. Immutable; sessions and universes share it.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) fields: Vec<SourceRef>,
    pub(crate) constants: Vec<f64>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) outputs: Vec<Output>,
    /// Each field as one of a bar; or the first that a bar does not have.
    pub(crate) bar_fields: Result<Vec<BarField>, usize>,
    /// Text of the constant part that is undefined (`1 / 0`), where there is one.
    pub(crate) undefined_constant: Option<String>,
    /// The same where an output is nothing but that part: evaluating is refused.
    pub(crate) undefined: Option<String>,
    /// Length of a bar, where it was told.
    pub(crate) timeframe_ns: Option<u64>,
    /// How far apart bars are then.
    pub(crate) spacing: Option<Spacing>,
    /// Bytes of all nodes' state for one symbol, in a snapshot without what frames them: [measured](crate::incremental::nodes::measure)
    /// behind planning. Of durations without a timeframe nothing is known.
    pub(crate) state_bytes: usize,
    /// Most bytes that all symbols of a universe may take.
    universe_bytes: usize,
    fingerprint: [u8; 32],
}

/// One computed value, or several from one kernel.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) operation: Operation,
    /// Slots read.
    pub(crate) inputs: Vec<usize>,
    /// First slot written.
    pub(crate) output: usize,
    /// Hash of what it computes and of what from: equal in every plan that has this node.
    pub(crate) id: [u8; 16],
}

/// One value that the plan gives on every bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its name; `value` when there is one.
    pub name: String,
    /// Where it stands in the row.
    pub slot: usize,
    /// True for a truth value, else a number.
    pub is_bool: bool,
    /// Which rows an evaluation of a whole history keeps.
    pub rows: Rows,
}

/// Which rows of an output mean something to who evaluates a whole history at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// One per bar.
    All,
    /// Those that the filter at the root keeps.
    Kept,
    /// The last one: the root is a running statistic.
    Last,
}

/// Why a checked rule is no plan.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum PlanError {
    /// A duration shift, and no timeframe to count its rows by.
    #[error("`{shift}` is a duration: a timeframe is needed, such as \"1h\"")]
    TimeframeNeeded {
        /// The shift.
        shift: String,
    },
    /// A duration that is not a whole number of bars.
    #[error("`{shift}` is not a whole number of bars of {timeframe_ns} ns")]
    NotWholeBars {
        /// The shift.
        shift: String,
        /// Length of a bar.
        timeframe_ns: u64,
    },
    /// A limit.
    #[error("the rule needs {needed} {what}; at most {most} are allowed")]
    TooLarge {
        /// What is counted.
        what: &'static str,
        /// How many the rule needs.
        needed: usize,
        /// How many are allowed.
        most: usize,
    },
    /// Memory that the limits allow and the machine does not have.
    #[error("{needed} bytes of state are needed, and memory has no room for them")]
    NoMemory {
        /// How many bytes.
        needed: usize,
    },
    /// Intervals of a calendar, of bars whose closes nobody knows.
    #[error(
        "`{what}` begins anew with intervals of the calendar: its bars have to be given as streams, which know when each closes"
    )]
    CalendarNeeded {
        /// The indicator.
        what: String,
    },
    /// A value among those of other symbols, of which there are none.
    #[error(
        "`{what}` looks at all symbols of a row together, and a session has one symbol: a universe of them is needed \
         (`rule.universe(symbols)`), or a table with a `symbol` column to run"
    )]
    UniverseNeeded {
        /// The value.
        what: String,
    },
    /// Bars of several lengths, and nothing said of the rule's own.
    #[error(
        "the rule reads bars of several lengths: the timeframe of its own bars is needed, such as \"1h\""
    )]
    OwnTimeframeNeeded,
    /// Bars of several lengths do not fit into one row of numbers per bar.
    #[error("the rule reads bars of several lengths ({}): they have to be given as streams", streams.join(", "))]
    SeveralTimeframes {
        /// The streams.
        streams: Vec<String>,
    },
    /// A stream that the rule does not read, or whose bars are neither given nor made of others.
    #[error("there is no stream `{name}`{}", There(there))]
    UnknownStream {
        /// Which.
        name: String,
        /// Those there are.
        there: Vec<String>,
    },
    /// `on` of bars that are shorter than the rule's own.
    #[error(
        "`{stream}`: `on` reads bars that are no shorter than the rule's own, which are of {own}: several of them close in one \
         row, and which is meant is not said; run the rule on the shorter bars and ask for the longer ones, `on({own}, ...)`"
    )]
    ShorterStream {
        /// The stream.
        stream: String,
        /// Length of the rule's own bars.
        own: String,
    },
    /// A function outside the engine that cannot be had here.
    #[error("`{name}`: {why}")]
    Function {
        /// The function.
        name: String,
        /// Why not.
        why: String,
    },
    /// An output with a name that results use themselves.
    #[error("an output cannot be called `{name}`: results have their times there; choose another name")]
    ReservedName {
        /// The name.
        name: String,
    },
    /// Names of symbols that do not tell them apart.
    #[error("symbols: {0}")]
    Symbols(String),
    /// Something that is not in the catalogue or cannot be.
    #[error("{0}")]
    Unsupported(String),
}

/// Prints the names that there are.
struct There<'a>(&'a [String]);

impl fmt::Display for There<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, "; there are {}", self.0.join(", ")) }
    }
}

/// How large a plan may be, and what is made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanLimits {
    /// Outputs.
    pub outputs: usize,
    /// Nodes, after sharing.
    pub nodes: usize,
    /// Bytes of windows per symbol.
    pub window_bytes: usize,
    /// Bytes of all symbols of a universe together.
    pub universe_bytes: usize,
}

impl Default for PlanLimits {
    fn default() -> Self {
        PlanLimits { outputs: 16_384, nodes: 4_096, window_bytes: 256 << 20, universe_bytes: 4 << 30 }
    }
}

impl PlanLimits {
    /// Refuses more bytes of state than one symbol may take, or than memory has room for.
    pub(crate) fn check_bytes(&self, needed: usize) -> Result<(), PlanError> {
        let within = |what, most| {
            if needed > most { Err(PlanError::TooLarge { what, needed, most }) } else { Ok(()) }
        };
        within("bytes of windows", self.window_bytes)?;
        within("bytes of state", self.universe_bytes)?;
        check_room(needed)
    }
}

impl Node {
    fn is_across(&self) -> bool {
        matches!(&self.operation, Operation::Kernel { spec, .. } if spec.is_across())
    }

    /// How many slots it writes.
    pub(crate) fn width(&self) -> usize {
        match &self.operation {
            Operation::Kernel { spec, .. } => spec.outputs.len(),
            Operation::Loop(it) => it.program.values.len(),
            _ => 1,
        }
    }
}

impl Plan {
    /// The functions outside the engine that it calls, and what they need.
    pub(crate) fn functions(&self) -> impl Iterator<Item = (&'static str, Needs)> {
        self.nodes.iter().filter_map(|node| match &node.operation {
            Operation::Kernel { spec, params } => match spec.made {
                Made::Function(function) => function.needs(params).ok().map(|needs| (spec.name, needs)),
                _ => None,
            },
            _ => None,
        })
    }

    /// Refuses functions that cannot be stepped, saved and put back.
    ///
    /// # Errors
    /// [`PlanError::Function`], with what the function lacks.
    pub(crate) fn check_functions(&self) -> Result<(), PlanError> {
        let unfit = self.functions().find_map(|(name, needs)| Some((name, needs.unfit_for_sessions()?)));
        match unfit {
            Some((name, why)) => Err(PlanError::Function { name: name.to_owned(), why: why.to_owned() }),
            None => Ok(()),
        }
    }

    /// The fields it reads, in the order of a session's inputs.
    pub fn fields(&self) -> &[SourceRef] {
        &self.fields
    }

    /// What it gives, in the order asked for.
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// Each field as one of a bar; or the first that a bar does not have.
    #[inline]
    pub(crate) fn bar_fields(&self) -> Result<&[BarField], usize> {
        self.bar_fields.as_deref().map_err(|slot| *slot)
    }

    /// How many nodes it computes on every bar.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// The outputs in the order of their names: that in which a rule names them is no part of what the plan is known by.
    pub(crate) fn outputs_by_name(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.outputs.len()).collect();
        order.sort_unstable_by_key(|at| &self.outputs[*at].name);
        order
    }

    /// Numbers in a row: fields, constants and outputs of nodes.
    pub fn slot_count(&self) -> usize {
        self.first_node_slot() + self.nodes.iter().map(Node::width).sum::<usize>()
    }

    pub(crate) fn first_node_slot(&self) -> usize {
        self.fields.len() + self.constants.len()
    }

    /// Hash of everything that decides a bit of the results: operators, parameters, versions of kernels, output names.
    pub fn fingerprint(&self) -> &[u8; 32] {
        &self.fingerprint
    }

    /// True where a shift is a duration whose rows are not known yet.
    pub fn needs_timeframe(&self) -> bool {
        self.nodes.iter().any(|n| matches!(n.operation, Operation::TimeShift { timeframe_ns: None, .. }))
    }

    /// True where a node reads intervals of a calendar that is not known.
    pub fn needs_calendar(&self) -> bool {
        self.nodes.iter().any(|node| matches!(node.operation, Operation::Interval { calendar: None, .. }))
    }

    /// True where a node looks at the symbols of a row together: only a universe has them.
    pub fn needs_universe(&self) -> bool {
        self.nodes.iter().any(Node::is_across)
    }

    pub(crate) fn universe_needed(&self) -> PlanError {
        let node = self.nodes.iter().find(|node| node.is_across());
        PlanError::UniverseNeeded {
            what: self.describe(node.expect("a node that looks across symbols").output),
        }
    }

    pub(crate) fn calendar_needed(&self) -> PlanError {
        let begins = |slot: &usize| {
            *slot >= self.first_node_slot()
                && matches!(self.node_of(*slot).operation, Operation::Interval { .. })
        };
        let node = self.nodes.iter().find(|node| node.inputs.iter().any(begins));
        PlanError::CalendarNeeded { what: self.describe(node.expect("who reads an interval").output) }
    }

    /// The slot of the bar's time, where a node reads it.
    pub(crate) fn time_slot(&self) -> Option<usize> {
        self.nodes.iter().find(|n| matches!(n.operation, Operation::Time)).map(|n| n.output)
    }

    /// How far apart bars have to be at least, where it is known how long they are.
    pub(crate) fn spacing(&self) -> Option<Spacing> {
        self.spacing
    }

    /// Refuses a history of bars that look longer than they are said to be.
    pub(crate) fn check_lengths(&self, times_ns: &[i64]) -> Result<(), CloseError> {
        let Some(timeframe) = self.timeframe_ns.and_then(Timeframe::from_ns) else { return Ok(()) };
        let stream = || self.streams().first().map_or_else(|| Stream::own().name(), Stream::name);
        closing::check_length(
            &stream,
            timeframe,
            Declared::Table { is_free: !self.has_durations() },
            times_ns,
        )
    }

    fn has_durations(&self) -> bool {
        self.nodes.iter().any(|n| matches!(n.operation, Operation::TimeShift { .. }))
    }

    /// The plan for bars of this length: its durations are counted in them, and bars are held to it.
    pub(crate) fn at_timeframe(
        &self,
        timeframe_ns: Option<u64>,
        limits: &PlanLimits,
    ) -> Result<Plan, PlanError> {
        let mut plan = self.clone();
        plan.timeframe_ns = timeframe_ns;
        plan.spacing = timeframe_ns.map(|length_ns| match self.has_durations() {
            true => Spacing::where_closes_matter(length_ns),
            false => Spacing::of_any_stamps(length_ns),
        });
        for node in &mut plan.nodes {
            if let Operation::TimeShift { span, timeframe_ns: length_ns, .. } = &mut node.operation {
                check_duration(*span, timeframe_ns, || self.describe(node.output))?;
                *length_ns = timeframe_ns;
            }
        }
        plan.seal(limits)?;
        Ok(plan)
    }

    pub(crate) fn timeframe_needed(&self) -> PlanError {
        let is_open = |n: &&Node| matches!(n.operation, Operation::TimeShift { timeframe_ns: None, .. });
        let node = self.nodes.iter().find(is_open);
        PlanError::TimeframeNeeded {
            shift: self.describe(node.expect("a duration without a timeframe").output),
        }
    }

    /// Refuses a universe of more symbols than its limit and memory have room for.
    pub(crate) fn check_universe(&self, symbols: usize) -> Result<(), PlanError> {
        let lanes = symbols.checked_next_multiple_of(8).unwrap_or(usize::MAX);
        let per_symbol = self.state_bytes.saturating_add(self.slot_count().saturating_mul(8));
        let (needed, most) = (lanes.saturating_mul(per_symbol.max(8)), self.universe_bytes);
        if needed > most {
            return Err(PlanError::TooLarge { what: "bytes of state for all symbols", needed, most });
        }
        check_room(needed)
    }

    /// Checks the limits and computes ids and fingerprint.
    fn seal(&mut self, limits: &PlanLimits) -> Result<(), PlanError> {
        let needed = self.nodes.iter().map(|node| node.operation.weight()).sum();
        if needed > limits.nodes {
            return Err(PlanError::TooLarge { what: "nodes", needed, most: limits.nodes });
        }
        self.seal_windows(limits)
    }

    /// [`seal`](Plan::seal) of a plan whose nodes have been counted as a rule has them.
    fn seal_windows(&mut self, limits: &PlanLimits) -> Result<(), PlanError> {
        // Before any window is made, by what is known without: what each takes is measured by whoever has the kernels.
        let least = self.nodes.iter().map(Node::least_window_bytes).fold(0, usize::saturating_add);
        limits.check_bytes(least)?;
        self.universe_bytes = limits.universe_bytes;
        self.fingerprint = identity::identify(&self.fields, &self.constants, &mut self.nodes, &self.outputs);
        Ok(())
    }
}

/// Asks for so much memory at once, and gives it back: what is then asked for in parts cannot fail half-way.
fn check_room(needed: usize) -> Result<(), PlanError> {
    let mut room: Vec<u8> = Vec::new();
    room.try_reserve_exact(needed).map_err(|_| PlanError::NoMemory { needed })
}

/// Refuses a duration that is no whole number of bars of this length.
fn check_duration(
    span: Shift,
    timeframe_ns: Option<u64>,
    shift: impl Fn() -> String,
) -> Result<(), PlanError> {
    let Some(timeframe_ns) = timeframe_ns else {
        return Err(PlanError::TimeframeNeeded { shift: shift() });
    };
    if timeframe_ns == 0 || duration_ns(span) == 0 || !duration_ns(span).is_multiple_of(timeframe_ns) {
        return Err(PlanError::NotWholeBars { shift: shift(), timeframe_ns });
    }
    Ok(())
}

/// Length of a duration; a month, which has no length of its own, counts as thirty days.
fn duration_ns(span: Shift) -> u64 {
    span.nominal_ns().unwrap_or(u64::MAX)
}

/// How far apart bars are at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spacing {
    /// So far.
    pub(crate) least_ns: u64,
    /// What a refusal says that they are.
    pub(crate) said_ns: u64,
}

impl Spacing {
    fn where_closes_matter(length_ns: u64) -> Spacing {
        let least_ns = spacing_of(length_ns);
        Spacing { least_ns, said_ns: least_ns }
    }

    /// Days and weeks may be stamped within them as the caller likes, today so and tomorrow otherwise.
    fn of_any_stamps(length_ns: u64) -> Spacing {
        let least_ns = if length_ns >= DAY_NS { length_ns / 2 } else { length_ns };
        Spacing { least_ns, said_ns: length_ns }
    }
}

/// How far apart bars of this length are at least: those of a day or more are an hour shorter where clocks go forward.
fn spacing_of(timeframe_ns: u64) -> u64 {
    if timeframe_ns >= DAY_NS { timeframe_ns - HOUR_NS } else { timeframe_ns }
}

/// Bars that a duration may hold, the one at its far end and the present one.
pub(crate) fn room_of(span: Shift, timeframe_ns: u64, density: usize) -> usize {
    let bars = usize::try_from(duration_ns(span).div_ceil(spacing_of(timeframe_ns))).unwrap_or(usize::MAX);
    bars.saturating_mul(density).saturating_add(2)
}

/// A duration in the unit of the time slot.
pub(crate) fn duration_us(span: Shift) -> f64 {
    (duration_ns(span) / 1_000) as f64
}

/// A time in the unit of the time slot: exact for more than two hundred years on either side of 1970.
pub(crate) fn time_us(time_ns: i64) -> f64 {
    time_ns.div_euclid(1_000) as f64
}

const HOUR_NS: u64 = 3_600 * 1_000_000_000;
const DAY_NS: u64 = 24 * HOUR_NS;
