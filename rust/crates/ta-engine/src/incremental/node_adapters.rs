//! What a plan's nodes do that are not indicators: operators, filters, running aggregates and shifts.
//!
//! A source reference and a literal need no code: they are slots that are filled before the nodes run.

use crate::kernel::{Kernel, StateError, Visitor};
use crate::lanes::{Lanes, Mask};
use crate::plan::{Operation, PlanError, duration_us, room_of};
use crate::window::{Delay, History, add_to, quotient_of_any};

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
}

/// True where the value is ready and not zero.
#[inline(always)]
fn truth<V: Lanes>(x: V) -> V::Mask {
    x.is_number() & !is_zero(x)
}

#[inline(always)]
fn is_zero<V: Lanes>(x: V) -> V::Mask {
    x.equals(V::ZERO)
}

/// How an operation takes its operands and its result for not ready: by a choice in each lane.
mod chosen {
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
}

/// The same by a branch, which the processor foresees: what waits for the result need not wait for the choice.
mod foreseen {
    use std::hint::cold_path;

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
                    Lanes::select(a.is_number() & b.is_number(), power, Lanes::NAN)
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
            Plain::Filter => $go!(|a, b| Lanes::select(truth(b), a, Lanes::NAN)),
            // By the trait: the methods of the same names of one number take NaN for nothing.
            Plain::Greatest => $go!(|a, b| Lanes::max(a, b)),
            Plain::Least => $go!(|a, b| Lanes::min(a, b)),
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
        with_function!(self, once, chosen)
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
        with_function!(self, once, foreseen)
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
        with_function!(self, all, chosen)
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

impl ShiftKind {
    /// What is given of a past value and the present one.
    #[inline(always)]
    fn since<V: Lanes>(self, past: V, x: V) -> V {
        match self {
            ShiftKind::Past => past,
            ShiftKind::Change => x - past,
            ShiftKind::ChangePct => (x - past) / past * V::splat(100.0),
        }
    }
}

/// A value of some rows ago; only rows with a ready value count.
#[derive(Debug)]
pub(crate) struct Shift<V: Lanes> {
    delay: Delay<V>,
    kind: ShiftKind,
}

impl<V: Lanes> Kernel<V, 1, 1> for Shift<V> {
    type Params = (usize, ShiftKind);

    fn new(&(rows, kind): &(usize, ShiftKind)) -> Self {
        Shift { delay: Delay::new(rows), kind }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        [self.kind.since(self.delay.push::<WARM>(x, ready), x)]
    }

    fn is_warm(&self) -> bool {
        self.delay.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.delay.visit(visitor)
    }
}

/// How a value of some time ago is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TimeSpan {
    /// How long ago, in the unit of the time slot.
    pub(crate) span_us: f64,
    /// Bars that may fall into that time, and two.
    pub(crate) room: usize,
    /// What is given of the past value.
    pub(crate) kind: ShiftKind,
}

impl TimeSpan {
    /// What a plan says of a duration.
    ///
    /// # Errors
    /// Where the length of a bar is not known yet.
    pub(crate) fn of(operation: &Operation) -> Result<TimeSpan, PlanError> {
        match operation {
            Operation::TimeShift { span, timeframe_ns: Some(timeframe_ns), density, kind } => Ok(TimeSpan {
                span_us: duration_us(*span),
                room: room_of(*span, *timeframe_ns, *density),
                kind: *kind,
            }),
            _ => Err(PlanError::TimeframeNeeded { shift: String::new() }),
        }
    }
}

/// The last ready value at or before some time ago.
#[derive(Debug)]
pub(crate) struct TimeShift<V: Lanes> {
    history: History<V>,
    span_us: f64,
    kind: ShiftKind,
}

impl<V: Lanes> Kernel<V, 2, 1> for TimeShift<V> {
    type Params = TimeSpan;

    fn new(&TimeSpan { span_us, room, kind }: &TimeSpan) -> Self {
        TimeShift { history: History::new(room), span_us, kind }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x, time_us]: [V; 2], ready: V::Mask) -> [V; 1] {
        [self.kind.since(self.history.push(x, time_us, self.span_us, ready), x)]
    }

    fn is_warm(&self) -> bool {
        self.history.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.history.visit(visitor)
    }
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

/// A running statistic over the ready values so far, given on every bar.
#[derive(Debug)]
pub(crate) struct Aggregate<V> {
    kind: AggregateKind,
    count: V,
    /// Sum, greatest or least of the values.
    value: V,
    /// What the sum is off.
    rest: V,
}

impl<V: Lanes> Kernel<V, 1, 1> for Aggregate<V> {
    type Params = AggregateKind;

    const EVERY_BAR: bool = true;

    fn new(&kind: &AggregateKind) -> Self {
        Aggregate { kind, count: V::ZERO, value: V::ZERO, rest: V::ZERO }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        let first = self.count.equals(V::ZERO);
        let [next, rest] = match self.kind {
            AggregateKind::Count => [self.value, self.rest],
            AggregateKind::Sum | AggregateKind::Avg => add_to([self.value, self.rest], x),
            AggregateKind::Max => [V::select(first, x, self.value.max(x)), self.rest],
            AggregateKind::Min => [V::select(first, x, self.value.min(x)), self.rest],
        };
        // With which a sum overflows, a value is missing input, too.
        let ready = ready & next.is_ready();
        self.value = V::select(ready, next, self.value);
        self.rest = V::select(ready, rest, self.rest);
        self.count = V::select(ready, self.count + V::splat(1.0), self.count);
        let some = |value| V::select(self.count.gt(V::ZERO), value, V::NAN);
        [match self.kind {
            AggregateKind::Count => self.count,
            AggregateKind::Sum => self.value,
            AggregateKind::Avg => some(quotient_of_any([self.value, self.rest], self.count)),
            AggregateKind::Max | AggregateKind::Min => some(self.value),
        }]
    }

    fn is_warm(&self) -> bool {
        self.count.gt(V::ZERO).all()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        visitor.lanes(&mut self.count)?;
        visitor.lanes(&mut self.value)?;
        visitor.lanes(&mut self.rest)
    }
}
