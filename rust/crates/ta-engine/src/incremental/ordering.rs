//! Admits events: the next in order, a repetition, or one that comes too late.

use std::hint::cold_path;

use super::contracts::StepError;
use crate::plan::Spacing;
use crate::times::is_rising;

/// Where an event stands among all: those without an order of their own are taken by time, then kind, then stream, then by what
/// their source numbers them with, and last as they came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EventOrder {
    pub(crate) time_ns: i64,
    /// Of its kind: what ends at a time comes before what begins there.
    pub(crate) rank: u8,
    /// Of the plan's streams.
    pub(crate) stream: u32,
    pub(crate) epoch: u64,
    pub(crate) number: u64,
    /// How many events came in before it.
    pub(crate) arrival: u64,
}

/// What an event is to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// Comes after everything before.
    Next,
    /// Has the time of the last bar: a repetition if it has its fields too.
    SameTime,
}

/// True where [`admit`] finds the next in order, so far from the last one at least.
#[inline(always)]
pub(crate) fn comes_next(last: Option<Option<i64>>, event: Option<i64>, least_ns: u64) -> bool {
    match (last, event) {
        (Some(Some(last_ns)), Some(event_ns)) => event_ns > last_ns && event_ns.abs_diff(last_ns) >= least_ns,
        (last, event) => {
            cold_path();
            matches!(admit(last, event), Ok(Admission::Next))
        }
    }
}

/// Compares an event's time with the last bar's.
pub(crate) fn admit(last: Option<Option<i64>>, event: Option<i64>) -> Result<Admission, StepError> {
    match (last, event) {
        (None, _) | (Some(None), None) => Ok(Admission::Next),
        (Some(Some(last_ns)), Some(event_ns)) if event_ns > last_ns => Ok(Admission::Next),
        (Some(Some(last_ns)), Some(event_ns)) if event_ns == last_ns => Ok(Admission::SameTime),
        (Some(Some(last_ns)), Some(event_ns)) => Err(StepError::Order { event_ns, last_ns, row: None }),
        (Some(Some(_)), None) => Err(StepError::Time("an event without a time after one with a time")),
        (Some(None), Some(_)) => Err(StepError::Time("an event with a time after one without a time")),
    }
}

/// Checks that bars are not closer together than bars of their length can be.
pub(crate) fn check_spacing(last_ns: Option<i64>, times: &[i64], spacing: Spacing) -> Result<(), StepError> {
    let mut before = last_ns;
    for (row, time_ns) in times.iter().enumerate() {
        if let Some(last_ns) = before
            && time_ns.abs_diff(last_ns) < spacing.least_ns
        {
            let row = (times.len() > 1).then_some(row);
            let spacing_ns = spacing.said_ns;
            return Err(StepError::Overlap { event_ns: *time_ns, last_ns, spacing_ns, row });
        }
        before = Some(*time_ns);
    }
    Ok(())
}

/// Checks that a column of times rises from the last bar on.
pub(crate) fn admit_column(last: Option<Option<i64>>, times: Option<&[i64]>) -> Result<(), StepError> {
    let Some(times) = times else {
        return admit(last, None).map(|_| ());
    };
    let Some(first) = times.first() else { return Ok(()) };
    match admit(last, Some(*first)) {
        Ok(Admission::Next) => {}
        Ok(Admission::SameTime) => {
            return Err(StepError::Order { event_ns: *first, last_ns: *first, row: Some(0) });
        }
        Err(StepError::Order { event_ns, last_ns, .. }) => {
            return Err(StepError::Order { event_ns, last_ns, row: Some(0) });
        }
        Err(error) => return Err(error),
    }
    if is_rising(times) {
        return Ok(());
    }
    match times.array_windows().position(|[last, next]| last >= next) {
        Some(at) => Err(StepError::Order { event_ns: times[at + 1], last_ns: times[at], row: Some(at + 1) }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_next_is_what_is_admitted_as_the_next() {
        let times = [None, Some(i64::MIN), Some(-1), Some(0), Some(5), Some(i64::MAX)];
        let lasts = times.map(Some).into_iter().chain([None]);
        let mut next = 0;
        for (last, event) in lasts.flat_map(|last| times.map(|event| (last, event))) {
            let is_next = matches!(admit(last, event), Ok(Admission::Next));
            assert_eq!(comes_next(last, event, 1), is_next, "{last:?}, {event:?}");
            next += usize::from(is_next);
        }
        // After nothing any time may come, after none none, after one the later.
        assert_eq!(next, 6 + 1 + 10);
        let hour = |event_ns| comes_next(Some(Some(10)), Some(event_ns), 3_600);
        assert_eq!([9, 10, 11, 3_609, 3_610, i64::MAX].map(hour), [false, false, false, false, true, true]);
    }
}
