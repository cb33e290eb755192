//! Which bars a session over several streams takes, and what becomes of those that it does not.

use super::inbox::MOST_WAITING;
use super::{JoinedOutput, JoinedSession};
use crate::incremental::contracts::{
    Availability, Counters, Event, MissingInput, OnError, StepError, StepValue,
};
use crate::incremental::history::{check_count, check_defined};

impl JoinedSession {
    /// The close of a bar that comes next in its stream and that nothing can be held against; `None` where that takes a
    /// closer look.
    #[inline]
    pub(super) fn next_close(&self, stream: usize, event: &Event<'_>) -> Option<i64> {
        let (feed, close_ns) = (self.feeds.get(stream)?, event.time_ns?);
        let is_next = self.is_quick
            && feed.is_given
            && event.inputs.len() == feed.slots.len()
            && feed.watermark.is_none_or(|passed_ns| passed_ns < close_ns)
            && feed.waiting.len() < MOST_WAITING;
        is_next.then_some(close_ns)
    }

    /// The close of a bar to take; `None` for one that repeats the last, or that is refused and the policy is to go on.
    #[cold]
    pub(super) fn admit_with_care(
        &mut self,
        stream: usize,
        event: &Event<'_>,
        give: &mut dyn FnMut(JoinedOutput<'_>),
    ) -> Result<Option<i64>, StepError> {
        let admitted = self.admit(stream, event);
        match &admitted {
            Ok(Some(_)) => return admitted,
            Ok(None) => self.counters.duplicate += 1,
            Err(StepError::Passed { .. } | StepError::Corrected { .. } | StepError::Closer { .. }) => {
                self.counters.late += 1;
            }
            Err(_) => self.counters.rejected += 1,
        }
        let Counters { received, applied, duplicate, late, rejected } = self.counters;
        assert_eq!(received, applied + duplicate + late + rejected, "every bar is accounted for");
        match admitted {
            Err(error) if matches!(error, StepError::MissingInput { .. }) => {
                self.swallow(error, event, give).map(|()| None)
            }
            other => other,
        }
    }

    pub(super) fn check_stream(&self, stream: usize) -> Result<(), StepError> {
        match self.plan.streams.get(stream) {
            Some(known) if known.made_of.is_none() => Ok(()),
            _ => Err(StepError::NoSuchStream { stream }),
        }
    }

    /// The close of a bar to take; `None` for one that repeats the last.
    pub(super) fn admit(&self, stream: usize, event: &Event<'_>) -> Result<Option<i64>, StepError> {
        self.check_stream(stream)?;
        check_defined(&self.plan.plan)?;
        let Some(event_ns) = event.time_ns else {
            return Err(StepError::Time("a bar of one stream among several needs a time"));
        };
        let feed = &self.feeds[stream];
        check_count("fields", event.inputs.len(), feed.slots.len())?;
        if let Some(passed_ns) = feed.watermark
            && event_ns <= passed_ns
        {
            let known = &self.plan.streams[stream];
            let stream = known.stream.name();
            if feed.last == Some(event_ns) {
                let differing = feed.differing(event.inputs, &self.machine.row);
                let fields: Vec<_> = differing.map(|at| known.fields[at].clone()).collect();
                return match fields.is_empty() {
                    true => Ok(None),
                    false => Err(StepError::Corrected { stream: Some(stream), event_ns, fields }),
                };
            }
            return Err(match feed.last {
                Some(last_ns) if event_ns > last_ns && feed.watermark_after(last_ns) == passed_ns => {
                    StepError::Closer { stream, event_ns, last_ns, row: None }
                }
                _ => StepError::Passed { stream, event_ns, passed_ns },
            });
        }
        if self.policies.missing_input == MissingInput::Fail
            && let Some(at) = event.inputs.iter().position(|x| !x.is_finite())
        {
            let field = format!(
                "{}.{}",
                self.plan.streams[stream].stream.name(),
                self.plan.streams[stream].fields[at]
            );
            return Err(StepError::MissingInput { field, row: None });
        }
        if feed.waiting.len() == MOST_WAITING {
            return Err(StepError::Backlog { waiting: MOST_WAITING, for_stream: self.slowest() });
        }
        Ok(Some(event_ns))
    }

    /// The stream that the others wait for.
    fn slowest(&self) -> String {
        let feeds = self.feeds.iter().enumerate();
        let slowest = feeds.min_by_key(|(_, feed)| feed.watermark).map_or(0, |(at, _)| at);
        self.plan.streams[slowest].stream.name()
    }

    /// Applies the error policy: a row that says so in place of the error.
    fn swallow(
        &self,
        error: StepError,
        event: &Event<'_>,
        give: &mut dyn FnMut(JoinedOutput<'_>),
    ) -> Result<(), StepError> {
        let availability = match self.policies.on_error {
            OnError::Raise => return Err(error),
            OnError::EmitError => Availability::Error,
            OnError::EmitMissing => Availability::MissingInput,
        };
        let values = vec![StepValue { value: f64::NAN, availability, reason: None }; self.values.len()];
        let time_ns = event.time_ns.expect("a bar without a time is refused for that");
        give(JoinedOutput { time_ns, stamp_ns: None, values: &values });
        Ok(())
    }
}
