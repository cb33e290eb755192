//! The vocabulary of operations: what a node of a plan can do, and the arithmetic of those that keep nothing between bars.
//!
//! A source reference and a literal are no operations: they are slots that are filled before the nodes run. What an indicator
//! computes is not known here: a plan refers to its spec, and whoever builds a session finds the code.

use std::fmt;
use std::sync::Arc;

use super::loops::LoopOperation;
use crate::calendar::{Calendar, Timeframe};
use crate::catalog::{IndicatorSpec, Made, ParamValue};
use crate::lanes::{Lanes, Mask};
use crate::lang::shift::Shift;

/// What a node does.
#[derive(Clone, Debug)]
pub(crate) enum Operation {
    /// An operation without state.
    Plain(Plain),
    /// A value of some rows ago.
    Shift { rows: usize, kind: ShiftKind },
    /// A value of some time ago: reads a value and the time. The bars' length is unknown until it is said; `density`
    /// bars at most may fall into that length.
    TimeShift { span: Shift, timeframe_ns: Option<u64>, density: usize, kind: ShiftKind },
    /// When the bar closed, in microseconds since 1970 UTC: written before the nodes run.
    Time,
    /// What the calendar says of a bar: reads the time, and a value of the bars whose time it is. Which calendar is unknown
    /// until bars are given as streams.
    Interval { reading: Reading, calendar: Option<Calendar> },
    /// A running statistic.
    Aggregate(AggregateKind),
    /// Values that see their own past.
    Loop(Arc<LoopOperation>),
    /// An indicator.
    Kernel { spec: &'static IndicatorSpec, params: Vec<ParamValue> },
}

impl Operation {
    /// False where a bar leaves nothing to the next.
    pub(crate) fn has_state(&self) -> bool {
        match self {
            Operation::Plain(_) | Operation::Time | Operation::Interval { .. } => false,
            Operation::Kernel { spec, .. } => !spec.is_across(),
            _ => true,
        }
    }

    /// True for a function outside the engine.
    pub(crate) fn is_function(&self) -> bool {
        matches!(self, Operation::Kernel { spec, .. } if matches!(spec.made, Made::Function(_)))
    }

    /// What it is called in a snapshot: the same wherever it is the same operation, whatever a rule calls it.
    pub(crate) fn label(&self) -> String {
        match self {
            Operation::Plain(op) => format!("{op:?}").to_ascii_lowercase(),
            Operation::Shift { rows, kind } => format!("{kind:?} of {rows} rows").to_ascii_lowercase(),
            Operation::TimeShift { span, kind, .. } => format!("{kind:?} of {span}").to_ascii_lowercase(),
            Operation::Time => "time".to_owned(),
            Operation::Interval { reading, .. } => reading.to_string(),
            Operation::Aggregate(kind) => format!("running {kind:?}").to_ascii_lowercase(),
            Operation::Loop(it) => format!("loop of {} steps", it.program.steps.len()),
            Operation::Kernel { spec, params } => {
                let params = params.iter().map(ToString::to_string);
                format!("{}({})", spec.kernel, params.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// For how many nodes it counts against a limit.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Operation::Loop(it) => 1 + it.program.steps.len(),
            _ => 1,
        }
    }
}

/// What is read of a calendar, of the interval or the day that a bar closes in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reading {
    /// When the interval of this length began, in microseconds since 1970 UTC.
    Begin(Timeframe),
    /// Minutes from midnight to the close, by the clock of its time zone; a close at midnight is the day's last.
    Minute,
    /// The day of the week: 1 for Monday, 7 for Sunday.
    DayFromMonday,
    /// The day of the week: 1 for Sunday, 7 for Saturday.
    DayFromSunday,
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reading::Begin(length) => write!(f, "begin of {length}"),
            Reading::Minute => f.write_str("minute of the day"),
            Reading::DayFromMonday => f.write_str("day from monday"),
            Reading::DayFromSunday => f.write_str("day from sunday"),
        }
    }
}

/// An operation without state on one or two values (`b` is `a` where there is one).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Plain {
    /// `a + b`
    Add,
    /// `a - b`
    Sub,
    /// `a * b`
    Mul,
    /// `a / b`
    Div,
    /// `a % b`, with the sign of `a`.
    Mod,
    /// `a ** b`
    Pow,
    /// `a > b`
    Gt,
    /// `a >= b`
    Gte,
    /// `a < b`
    Lt,
    /// `a <= b`
    Lte,
    /// `a == b`
    Eq,
    /// `a != b`
    Neq,
    /// Both are true.
    And,
    /// At least one is true.
    Or,
    /// `a` is not true.
    Not,
    /// `-a`
    Neg,
    /// `a`, where `b` is true.
    Filter,
    /// The greater.
    Greatest,
    /// The lesser.
    Least,
    /// `a`, and [`BEFORE_ALL`] where it is not ready: as of a bar of `b`, whatever `b` is.
    AsOf,
}

/// A time before every other, in microseconds since 1970.
const BEFORE_ALL: f64 = -1e16;

/// True where the value is ready and not zero.
#[inline(always)]
fn truth<V: Lanes>(x: V) -> V::Mask {
    x.is_number() & !is_zero(x)
}

#[inline(always)]
fn is_zero<V: Lanes>(x: V) -> V::Mask {
    x.equals(V::ZERO)
}

/// How an operation takes its operands and its result for not ready: by a select in each lane.
mod selected {
    use crate::lanes::Lanes;

    /// The result where it is a finite number, else not ready.
    #[inline(always)]
    pub(super) fn finite<V: Lanes>(x: V) -> V {
        x.finite_or_nan()
    }

    /// The truth value where both operands are ready, else not ready.
    #[inline(always)]
    pub(super) fn decided<V: Lanes>(a: V, b: V, holds: V::Mask) -> V {
        V::select(a.is_number() & b.is_number(), V::from_mask(holds), V::NAN)
    }

    /// What is ready whenever the operands are.
    #[inline(always)]
    pub(super) fn sure<V: Lanes>(x: V) -> V {
        x
    }

    /// What may not be.
    #[inline(always)]
    pub(super) fn unsure<V: Lanes>(x: V) -> V {
        x
    }
}

/// The same by a branch that is predicted: the select is not in the latency of what waits for the result.
mod predicted {
    use std::hint::cold_path;

    pub(super) use super::selected::{sure, unsure};
    use crate::lanes::Lanes;

    #[inline(always)]
    pub(super) fn finite(x: f64) -> f64 {
        if x.is_finite() {
            return x;
        }
        cold_path();
        f64::NAN
    }

    #[inline(always)]
    pub(super) fn decided(a: f64, b: f64, holds: bool) -> f64 {
        if a.is_number() & b.is_number() {
            return f64::from_mask(holds);
        }
        cold_path();
        f64::NAN
    }
}

/// The same where both operands are ready, and whether it is known that the result is: where it is not, that stays to be seen.
mod ready {
    use crate::lanes::Lanes;

    #[inline(always)]
    pub(super) fn finite<V: Lanes>(x: V) -> (V, bool) {
        unsure(x)
    }

    #[inline(always)]
    pub(super) fn decided<V: Lanes>(_a: V, _b: V, holds: V::Mask) -> (V, bool) {
        sure(V::from_mask(holds))
    }

    #[inline(always)]
    pub(super) fn sure<V: Lanes>(x: V) -> (V, bool) {
        (x, true)
    }

    #[inline(always)]
    pub(super) fn unsure<V: Lanes>(x: V) -> (V, bool) {
        (x, false)
    }
}

/// The one table of operators: hands the operator's function to `$go`. Operands are finite or the canonical not-ready
/// value, and so is the result.
macro_rules! with_function {
    ($op:expr, $go:ident, $how:ident) => {
        match $op {
            Plain::Add => $go!(|a, b| $how::finite(a + b)),
            Plain::Sub => $go!(|a, b| $how::finite(a - b)),
            Plain::Mul => $go!(|a, b| $how::finite(a * b)),
            Plain::Div => $go!(|a, b| $how::finite(a / b)),
            Plain::Mod => $go!(|a, b| $how::finite(a.zip(b, |a, b| a % b))),
            // `pow` gives 1 for some operands that are not ready.
            Plain::Pow => {
                $go!(|a, b| {
                    let power = a.zip(b, libm::pow).finite_or_nan();
                    $how::unsure(Lanes::select(a.is_number() & b.is_number(), power, Lanes::NAN))
                })
            }
            Plain::Gt => $go!(|a, b| $how::decided(a, b, a.gt(b))),
            Plain::Gte => $go!(|a, b| $how::decided(a, b, a.ge(b))),
            Plain::Lt => $go!(|a, b| $how::decided(a, b, b.gt(a))),
            Plain::Lte => $go!(|a, b| $how::decided(a, b, b.ge(a))),
            Plain::Eq => $go!(|a, b| $how::decided(a, b, a.equals(b))),
            Plain::Neq => $go!(|a, b| $how::decided(a, b, !a.equals(b))),
            Plain::And => $go!(|a, b| $how::decided(a, b, !(is_zero(a) | is_zero(b)))),
            Plain::Or => $go!(|a, b| $how::decided(a, b, !(is_zero(a) & is_zero(b)))),
            Plain::Not => $go!(|a, b| $how::decided(a, b, is_zero(a))),
            Plain::Neg => $go!(|a, _b| $how::finite(-a)),
            Plain::Filter => $go!(|a, b| $how::unsure(Lanes::select(truth(b), a, Lanes::NAN))),
            // By the trait: the methods of the same names of one number take NaN for nothing.
            Plain::Greatest => $go!(|a, b| $how::sure(Lanes::max(a, b))),
            Plain::Least => $go!(|a, b| $how::sure(Lanes::min(a, b))),
            Plain::AsOf => {
                $go!(|a, _b| $how::sure(Lanes::select(a.is_number(), a, Lanes::splat(BEFORE_ALL))))
            }
        }
    };
}

impl Plain {
    /// The operation on one bar; not ready where an operand is not or the result is undefined.
    #[inline(always)]
    pub fn apply<V: Lanes>(self, a: V, b: V) -> V {
        macro_rules! once {
            (|$a:ident, $b:ident| $e:expr) => {{
                let ($a, $b) = (a, b);
                let _ = $b;
                $e
            }};
        }
        with_function!(self, once, selected)
    }

    /// [`apply`](Plain::apply) for one symbol.
    #[inline(always)]
    pub(crate) fn apply_one(self, a: f64, b: f64) -> f64 {
        macro_rules! once {
            (|$a:ident, $b:ident| $e:expr) => {{
                let ($a, $b) = (a, b);
                let _ = $b;
                $e
            }};
        }
        with_function!(self, once, predicted)
    }

    /// [`apply`](Plain::apply) where both operands are ready, and whether the result surely is: where it is no finite number it
    /// is not ready, and any such number is given.
    #[inline(always)]
    pub(crate) fn apply_ready<V: Lanes>(self, a: V, b: V) -> (V, bool) {
        macro_rules! once {
            (|$a:ident, $b:ident| $e:expr) => {{
                let ($a, $b) = (a, b);
                let _ = $b;
                $e
            }};
        }
        with_function!(self, once, ready)
    }

    /// The operation on columns of one length; true when every bar of the result is ready.
    #[inline(always)]
    pub(crate) fn apply_columns<V: Lanes>(self, a: &[V], b: &[V], out: &mut [V]) -> bool {
        macro_rules! all {
            (|$a:ident, $b:ident| $e:expr) => {{
                let mut ready = V::Mask::ALL;
                for ((out, $a), $b) in out.iter_mut().zip(a.iter().copied()).zip(b.iter().copied()) {
                    let _ = $b;
                    *out = $e;
                    ready = ready & out.is_number();
                }
                ready.all()
            }};
        }
        with_function!(self, all, selected)
    }
}

/// What a shift gives of the value of some rows ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ShiftKind {
    /// The value itself.
    Past,
    /// The change since.
    Change,
    /// The change since, in percent of the past value; undefined where that is zero.
    ChangePct,
}

/// What is kept of the values seen so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AggregateKind {
    /// How many.
    Count,
    /// Their sum.
    Sum,
    /// Their mean.
    Avg,
    /// The greatest.
    Max,
    /// The least.
    Min,
}
