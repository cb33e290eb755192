//! The bars that can be revised: their fields, how often each result was corrected, and states between them from which they
//! are computed again.

use std::collections::VecDeque;
use std::sync::Arc;

use super::events::same_values;
use crate::incremental::backend::Session;
use crate::incremental::contracts::{Event, OnError, StepError, StepValue};
use crate::isa::Instructions;
use crate::lanes::Lanes;
use crate::plan::Plan;

/// A state after so many bars.
#[derive(Clone, Debug)]
pub(super) struct SavedState {
    pub(super) position: u64,
    pub(super) bytes: Vec<u8>,
}

impl SavedState {
    pub(super) fn of(session: &mut Session) -> SavedState {
        SavedState { position: session.position(), bytes: session.snapshot() }
    }

    fn restore(&self, plan: &Arc<Plan>, instructions: Instructions) -> Session {
        Session::restore(plan, &self.bytes, instructions).expect("a session's own snapshot")
    }
}

/// The last bars, and states of which the first stands before all of them.
///
/// States are saved at every multiple of a stride, so that what is kept, and its bytes, follow from the bars alone.
#[derive(Clone, Debug)]
pub(super) struct Ring {
    /// How many of the last bars can be revised.
    keep: usize,
    stride: u64,
    width: usize,
    states: VecDeque<SavedState>,
    times: VecDeque<i64>,
    revisions: VecDeque<u32>,
    fields: VecDeque<f64>,
}

/// What became different by a change of one bar.
#[derive(Debug)]
pub(super) struct Changed {
    /// Per result that is another or new: when its bar was, its revision, and its values.
    pub(super) rows: Vec<(i64, u32)>,
    pub(super) values: Vec<StepValue>,
    /// What each said before, where its bar was there.
    pub(super) before: Vec<Option<Vec<StepValue>>>,
}

/// A change of the bars that are kept.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change<'a> {
    /// Other fields of the bar with this number among those that are kept.
    Replace(usize, &'a [f64]),
    /// One more, in front of the bar with this number.
    Insert(usize, i64, &'a [f64]),
}

/// How far apart states are saved where so many bars are kept: as many states then as bars between them.
fn stride_of(keep: usize) -> u64 {
    keep.isqrt().max(1) as u64
}

impl Ring {
    pub(super) fn new(session: &mut Session, keep: usize) -> Ring {
        Ring {
            keep,
            stride: stride_of(keep),
            width: session.plan().fields.len(),
            states: VecDeque::from([SavedState::of(session)]),
            times: VecDeque::new(),
            revisions: VecDeque::new(),
            fields: VecDeque::new(),
        }
    }

    /// Most bars that are kept at any time.
    pub(super) fn room(keep: usize) -> usize {
        keep + stride_of(keep) as usize
    }

    pub(super) fn len(&self) -> usize {
        self.times.len()
    }

    /// Takes note of a bar that the session has taken.
    pub(super) fn note(&mut self, session: &mut Session, time_ns: i64, fields: &[f64], revision: u32) {
        self.put(time_ns, revision, fields);
        self.note_state(session);
    }

    /// Lets go of what no bar that can be revised needs.
    fn forget(&mut self, position: u64) {
        while let Some(second) = self.states.get(1)
            && second.position + self.keep as u64 <= position
        {
            let bars = (second.position - self.states[0].position) as usize;
            self.states.pop_front();
            self.times.drain(..bars);
            self.revisions.drain(..bars);
            self.fields.drain(..bars * self.width);
        }
    }

    /// How many of the kept bars can no longer be revised.
    fn first_open(&self) -> usize {
        self.len().saturating_sub(self.keep)
    }

    /// True where all bars that there ever were can be revised.
    pub(super) fn is_whole(&self) -> bool {
        self.states[0].position == 0 && self.first_open() == 0
    }

    /// The time of the oldest bar that can be revised.
    pub(super) fn oldest_ns(&self) -> Option<i64> {
        self.times.get(self.first_open()).copied()
    }

    /// The number of the bar of this time, or of the first one after it.
    pub(super) fn find(&self, time_ns: i64) -> Result<usize, usize> {
        self.times.binary_search(&time_ns)
    }

    /// True where the bar with this number can be revised, or one be put in front of it.
    pub(super) fn is_open(&self, change: Change<'_>) -> bool {
        match change {
            Change::Replace(at, _) => at >= self.first_open(),
            // In front of the oldest that can be revised stands one that is not known any more.
            Change::Insert(at, ..) => at > self.first_open() || self.is_whole(),
        }
    }

    pub(super) fn fields_of(&self, at: usize) -> Vec<f64> {
        self.fields.range(at * self.width..(at + 1) * self.width).copied().collect()
    }

    /// Every kept bar, oldest first.
    pub(super) fn bars(&self) -> impl Iterator<Item = (i64, u32, Vec<f64>)> + '_ {
        (0..self.len()).map(|at| (self.times[at], self.revisions[at], self.fields_of(at)))
    }

    /// The state before all of them.
    pub(super) fn base(&self) -> &SavedState {
        &self.states[0]
    }

    /// Computes the bars from a change on again: the session becomes one that has taken the changed history.
    ///
    /// # Errors
    /// Where the changed history would have been refused; all is as it was then.
    pub(super) fn change(&mut self, session: &mut Session, change: Change<'_>) -> Result<Changed, StepError> {
        let (from, is_new) = match change {
            Change::Replace(at, _) => (at, false),
            Change::Insert(at, ..) => (at, true),
        };
        let base = self.states[0].position;
        let number = |state: &SavedState| (state.position - base) as usize;
        let start =
            self.states.iter().rposition(|state| number(state) <= from).expect("the first stands in front");
        let first = number(&self.states[start]);
        let (plan, instructions) = (session.plan().clone(), session.instructions());
        let mut was = self.states[start].restore(&plan, instructions);
        let mut now = self.states[start].restore(&plan, instructions);
        let trusts_lengths = session.trusts_lengths;
        let mut changed = self.clone();
        changed.apply(change);
        changed.states.truncate(start + 1);
        let mut found = Changed { rows: Vec::new(), values: Vec::new(), before: Vec::new() };
        for at in first..changed.len() {
            let (time_ns, fields) = (changed.times[at], changed.fields_of(at));
            // The bar that stood at this place before, where one did.
            let before = match is_new {
                true if at == from => None,
                true if at > from => Some(at - 1),
                _ => Some(at),
            };
            let old = match before {
                None => None,
                Some(old_at) => {
                    let old_fields = self.fields_of(old_at);
                    let out = was.step(&Event { time_ns: Some(self.times[old_at]), inputs: &old_fields });
                    Some(out?.values.to_vec())
                }
            };
            take(&mut now, time_ns, &fields)?;
            if at >= from {
                let values = now.last_values();
                let is_other = old.as_ref().is_none_or(|old| !same_values(old, values));
                if is_other {
                    if old.is_some() {
                        changed.revisions[at] += 1;
                    }
                    found.rows.push((time_ns, changed.revisions[at]));
                    found.values.extend_from_slice(values);
                    found.before.push(old);
                }
            }
            if now.position().is_multiple_of(self.stride) {
                changed.states.push_back(SavedState::of(&mut now));
            }
        }
        now.trusts_lengths = trusts_lengths;
        changed.forget(now.position());
        *self = changed;
        *session = now;
        Ok(found)
    }

    /// Changes the bars without computing anything.
    fn apply(&mut self, change: Change<'_>) {
        match change {
            Change::Replace(at, fields) => {
                for (place, x) in self.fields.range_mut(at * self.width..).zip(fields) {
                    *place = x.finite_or_nan();
                }
            }
            Change::Insert(at, time_ns, fields) => {
                self.times.insert(at, time_ns);
                self.revisions.insert(at, 0);
                let tail = self.fields.split_off(at * self.width);
                self.fields.extend(fields.iter().map(|x| x.finite_or_nan()));
                self.fields.extend(tail);
            }
        }
    }

    /// Has a session, which stands in front of all kept bars, take them.
    ///
    /// # Errors
    /// Where a bar is refused.
    pub(super) fn replay(&mut self, session: &mut Session) -> Result<(), StepError> {
        self.states.clear();
        self.states.push_back(SavedState::of(session));
        for at in 0..self.len() {
            take(session, self.times[at], &self.fields_of(at))?;
            if session.position().is_multiple_of(self.stride) {
                self.states.push_back(SavedState::of(session));
            }
        }
        Ok(())
    }

    /// Every number of a field, to be changed in place.
    pub(super) fn field_mut(&mut self, slot: usize) -> impl Iterator<Item = &mut f64> {
        self.fields.iter_mut().skip(slot).step_by(self.width.max(1))
    }

    /// Puts a bar behind the others; states are [noted](Ring::note_state) apart.
    pub(super) fn put(&mut self, time_ns: i64, revision: u32, fields: &[f64]) {
        self.times.push_back(time_ns);
        self.revisions.push_back(revision);
        self.fields.extend(fields.iter().map(|x| x.finite_or_nan()));
    }

    /// Saves the state where one has to be saved, and lets go of what is needed no more.
    pub(super) fn note_state(&mut self, session: &mut Session) {
        if session.position().is_multiple_of(self.stride) {
            self.states.push_back(SavedState::of(session));
        }
        self.forget(session.position());
    }

    pub(super) fn set_revision(&mut self, at: usize, revision: u32) {
        self.revisions[at] = revision;
    }

    /// Of every kept bar its time, its revision and its results.
    ///
    /// # Errors
    /// Where a function outside the engine fails that did not before.
    pub(super) fn results(
        &self,
        plan: &Arc<Plan>,
        instructions: Instructions,
    ) -> Result<Vec<(i64, u32, Vec<StepValue>)>, StepError> {
        let mut session = self.states[0].restore(plan, instructions);
        let result = |(time_ns, revision, fields): (i64, u32, Vec<f64>)| {
            let out = session.step(&Event { time_ns: Some(time_ns), inputs: &fields })?;
            Ok((time_ns, revision, out.values.to_vec()))
        };
        self.bars().map(result).collect()
    }

    /// How many bars a session may take at once before a state has to be saved.
    pub(super) fn until_next_state(&self, position: u64) -> usize {
        (self.stride - position % self.stride) as usize
    }

    /// Where the first state stands once there are so many bars, where it is moved by that.
    pub(super) fn base_for(&self, position: u64) -> Option<u64> {
        let base = position.saturating_sub(self.keep as u64) / self.stride * self.stride;
        (base > self.states[0].position + self.len() as u64).then_some(base)
    }

    /// True where no bar could have been let go of.
    pub(super) fn is_fully_pruned(&self, position: u64) -> bool {
        self.states.get(1).is_none_or(|second| second.position + self.keep as u64 > position)
    }

    /// Forgets all bars: the session has taken others since, which are not kept.
    pub(super) fn begin_at(&mut self, session: &mut Session) {
        *self = Ring::new(session, self.keep);
    }
}

/// Takes a bar of a history, which holds none that was refused: what goes wrong is told, whatever the policy on errors.
fn take(session: &mut Session, time_ns: i64, fields: &[f64]) -> Result<(), StepError> {
    let on_error = std::mem::replace(&mut session.policies.on_error, OnError::Raise);
    let taken = session.step(&Event { time_ns: Some(time_ns), inputs: fields }).map(|_| ());
    session.policies.on_error = on_error;
    taken
}
