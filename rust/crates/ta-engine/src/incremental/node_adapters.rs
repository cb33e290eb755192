//! The kernels of nodes that are no indicators and keep something: running aggregates and shifts. What they are called, and
//! the operators that keep nothing, stand in `plan/operation.rs`.
//!
//! A source reference and a literal need no code: they are slots that are filled before the nodes run.

use std::marker::PhantomData;

use crate::calendar::{Calendar, Timeframe};
use crate::kernel::{FromParams, Kernel, State, StateError, Visitor};
use crate::lanes::{Lanes, Mask};
use crate::plan::operation::{AggregateKind, Operation, Reading, ShiftKind};
use crate::plan::{PlanError, duration_us, room_of, time_us};
use crate::window::{Delay, History, add_to, quotient_of_any};

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

impl<V: Lanes> FromParams for Shift<V> {
    type Params = (usize, ShiftKind);

    fn new(&(rows, kind): &(usize, ShiftKind)) -> Self {
        Shift { delay: Delay::new(rows), kind }
    }
}

impl<V: Lanes> State<V> for Shift<V> {
    fn is_warm(&self) -> bool {
        self.delay.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.delay.visit(visitor)
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for Shift<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        [self.kind.since(self.delay.push::<WARM>(x, ready), x)]
    }
}

/// What the calendar says of a bar: reads when the bar closes, and a value of it. It keeps nothing that has to be saved: the
/// last interval is there so that the calendar is not asked for every bar.
#[derive(Debug)]
pub(crate) struct Interval<V: Lanes> {
    calendar: Calendar,
    reading: Reading,
    /// Begin and end of the last one, in nanoseconds.
    last: (i64, i64),
    lanes: PhantomData<V>,
}

impl<V: Lanes> Interval<V> {
    fn read(&mut self, close_us: f64) -> f64 {
        let close_ns = (close_us as i64).saturating_mul(1_000);
        match self.reading {
            Reading::Begin(length) => self.begin_us(close_ns, length),
            // Clocks go forward and back: how long ago midnight was does not tell.
            Reading::Minute => self.calendar.minute_of(close_ns),
            Reading::DayFromMonday => self.calendar.day_of(close_ns),
            Reading::DayFromSunday => self.calendar.day_of(close_ns) % 7.0 + 1.0,
        }
    }

    fn begin_us(&mut self, close_ns: i64, length: Timeframe) -> f64 {
        if close_ns <= self.last.0 || close_ns > self.last.1 {
            let (begin, end) =
                (self.calendar.start_of(close_ns, length), self.calendar.end_of(close_ns, length));
            self.last = (begin, end);
        }
        time_us(self.last.0)
    }
}

impl<V: Lanes> FromParams for Interval<V> {
    type Params = (Calendar, Reading);

    fn new((calendar, reading): &(Calendar, Reading)) -> Self {
        Interval { calendar: calendar.clone(), reading: *reading, last: (0, 0), lanes: PhantomData }
    }
}

impl<V: Lanes> State<V> for Interval<V> {
    fn is_warm(&self) -> bool {
        true
    }

    fn visit(&mut self, _visitor: &mut impl Visitor) -> Result<(), StateError> {
        Ok(())
    }
}

impl<V: Lanes> Kernel<V, 2, 1> for Interval<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [close_us, _]: [V; 2], ready: V::Mask) -> [V; 1] {
        let mut read = V::NAN;
        for lane in 0..V::LANES {
            if WARM || ready.lane(lane) {
                read.set_lane(lane, self.read(close_us.lane(lane)));
            }
        }
        [read]
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

impl<V: Lanes> FromParams for TimeShift<V> {
    type Params = TimeSpan;

    fn new(&TimeSpan { span_us, room, kind }: &TimeSpan) -> Self {
        TimeShift { history: History::new(room), span_us, kind }
    }
}

impl<V: Lanes> State<V> for TimeShift<V> {
    fn is_warm(&self) -> bool {
        self.history.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.history.visit(visitor)
    }
}

impl<V: Lanes> Kernel<V, 2, 1> for TimeShift<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x, time_us]: [V; 2], ready: V::Mask) -> [V; 1] {
        [self.kind.since(self.history.push(x, time_us, self.span_us, ready), x)]
    }
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

impl<V: Lanes> FromParams for Aggregate<V> {
    type Params = AggregateKind;

    fn new(&kind: &AggregateKind) -> Self {
        Aggregate { kind, count: V::ZERO, value: V::ZERO, rest: V::ZERO }
    }
}

impl<V: Lanes> State<V> for Aggregate<V> {
    fn is_warm(&self) -> bool {
        self.count.gt(V::ZERO).all()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        visitor.lanes(&mut self.count)?;
        visitor.lanes(&mut self.value)?;
        visitor.lanes(&mut self.rest)
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for Aggregate<V> {
    const EVERY_BAR: bool = true;

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
}
