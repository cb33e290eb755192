//! Many bars at once, and one bar as a session without any of this takes it.

use std::sync::Arc;

use super::events::same_values;
use super::revision::{Changed, Ring};
use super::{Applied, Kind, LiveEvent, LiveSession};
use crate::incremental::backend::Session;
use crate::incremental::contracts::{Bar, Event, StepError, StepOutput, StepValue};
use crate::incremental::watch::{Unwatched, Watch};
use crate::isa::Instructions;
use crate::plan::{BarField, Plan};

const NO_TIME: StepError = StepError::Time("bars that can be revised need times: give one with every bar");

impl LiveSession {
    /// True where a bar may go to the session below at once.
    fn is_direct(&self) -> bool {
        self.policies.are_plain() && self.pending.is_none()
    }

    /// Takes one closed bar and gives its results; `None` where they are not among those asked for, or the bar was set aside.
    ///
    /// # Errors
    /// As [`apply`](LiveSession::apply).
    pub fn step(&mut self, event: &Event<'_>) -> Result<Option<StepOutput<'_>>, StepError> {
        if self.is_direct() {
            return self.session.step(event).map(Some);
        }
        let time_ns = event.time_ns.ok_or(NO_TIME)?;
        self.apply(&LiveEvent::new(time_ns, Kind::Close(event.inputs)))?;
        Ok(self.applied.outputs().find(|out| out.is_final && out.time_ns == Some(time_ns)))
    }

    /// [`step`](LiveSession::step) of a bar with the usual five fields, of a rule with one output: its number, NaN where it is
    /// not ready, whatever of it is given out.
    ///
    /// # Errors
    /// As `step`; [`StepError::SeveralOutputs`] of another rule.
    #[inline]
    pub fn step_value(&mut self, bar: &Bar) -> Result<f64, StepError> {
        if self.is_direct() {
            return self.session.step_value(bar);
        }
        self.step_value_with_care(bar)
    }

    #[cold]
    fn step_value_with_care(&mut self, bar: &Bar) -> Result<f64, StepError> {
        if self.plan().outputs.len() != 1 {
            let names = self.plan().outputs.iter().map(|output| output.name.clone()).collect();
            return Err(StepError::SeveralOutputs { names });
        }
        let mut inputs = [f64::NAN; 5];
        let count = self.session.bar_inputs(bar, &mut inputs)?.len();
        let time_ns = bar.time_ns.ok_or(NO_TIME)?;
        self.apply(&LiveEvent::new(time_ns, Kind::Close(&inputs[..count])))?;
        Ok(self.session.last_values()[0].value)
    }

    /// What a forming bar would give; nothing changes, and nothing is counted.
    ///
    /// # Errors
    /// As [`Session::preview`].
    pub fn preview(&mut self, event: &Event<'_>, out: &mut Vec<StepValue>) -> Result<(), StepError> {
        self.session.preview(event, out)
    }

    /// [`Session::run_watched`].
    ///
    /// # Errors
    /// As that; [`StepError::Time`] where bars can be revised and have no times.
    pub fn run_watched(
        &mut self,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        outputs: &mut [&mut [f64]],
        watch: &mut dyn Watch,
    ) -> Result<(), StepError> {
        let Some(ring) = &mut self.ring else {
            return self.session.run_watched(times_ns, columns, outputs, watch);
        };
        let times = times_ns.ok_or(NO_TIME)?;
        // What was checked is taken, unless a function outside the engine fails on it.
        let can_fail = self.session.plan().functions().next().is_some();
        let kept = can_fail.then(|| (ring.clone(), self.session.snapshot()));
        let done = run(&mut self.session, ring, times, columns, outputs, watch);
        match (done, kept) {
            (Ok(()), _) => {
                self.pending = None;
                Ok(())
            }
            (Err(error), None) => Err(error),
            (Err(error), Some((ring, snapshot))) => {
                let (plan, trusts_lengths) = (self.session.plan().clone(), self.session.trusts_lengths);
                let restored = Session::restore(&plan, &snapshot, self.session.instructions());
                self.session = restored.expect("a session's own snapshot");
                self.session.trusts_lengths = trusts_lengths;
                self.ring = Some(ring);
                Err(error)
            }
        }
    }

    /// [`Session::run_explained`].
    ///
    /// # Errors
    /// As that; [`StepError::Time`] where bars can be revised and have no times.
    pub fn run_explained(
        &mut self,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        outputs: &mut [&mut [f64]],
        availabilities: &mut [&mut [u8]],
        watch: &mut dyn Watch,
    ) -> Result<(), StepError> {
        if self.ring.is_none() {
            return self.session.run_explained(times_ns, columns, outputs, availabilities, watch);
        }
        // The bars are taken twice: by a copy that says what each value is, and by the session that keeps them.
        let saved = self.session.snapshot();
        let copy = Session::restore(self.plan(), &saved, self.session.instructions());
        let mut copy = copy.expect("a session's own snapshot");
        copy.trusts_lengths = self.session.trusts_lengths;
        copy.run_explained(times_ns, columns, outputs, availabilities, watch)?;
        self.run_watched(times_ns, columns, outputs, &mut Unwatched)
    }

    /// Puts a whole history in the place of all bars that were taken, and gives what it changes of the results that can be
    /// revised, and those that are new among them.
    ///
    /// # Errors
    /// Where the history is refused; the session is as it was.
    pub fn rebuild(
        &mut self,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        watch: &mut dyn Watch,
    ) -> Result<&Applied, StepError> {
        self.applied.clear();
        let (plan, instructions) = (self.plan().clone(), self.session.instructions());
        let mut session =
            Session::new(plan, self.session.policies(), instructions).expect("a plan that has a session");
        session.not_applied = self.session.not_applied;
        let bars = times_ns.map(<[i64]>::len).or(columns.first().map(|column| column.len())).unwrap_or(0);
        let mut outputs = vec![vec![0.0; bars]; session.plan().outputs.len()];
        let mut slices: Vec<_> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        let position = self.session.position();
        match &mut self.ring {
            None => session.run_watched(times_ns, columns, &mut slices, watch)?,
            Some(ring) => {
                let times = times_ns.ok_or(NO_TIME)?;
                let mut rebuilt = Ring::new(&mut session, self.policies.revisions);
                run(&mut session, &mut rebuilt, times, columns, &mut slices, watch)?;
                let changed = rebuilt.held_against(ring, session.plan(), instructions)?;
                *ring = rebuilt;
                self.bars_applied += session.position() as i64 - position as i64;
                self.session = session;
                self.pending = None;
                self.gaps.acknowledge();
                self.give_changed(&changed);
                return Ok(&self.applied);
            }
        }
        self.bars_applied += session.position() as i64 - position as i64;
        (self.session, self.pending) = (session, None);
        self.gaps.acknowledge();
        Ok(&self.applied)
    }

    /// The fields of a bar with the usual five, in the plan's order.
    ///
    /// # Errors
    /// [`StepError::NoSuchField`] where the plan reads another one.
    pub fn inputs_of(&self, bar: &Bar) -> Result<Vec<f64>, StepError> {
        let mut inputs = [f64::NAN; 5];
        Ok(self.session.bar_inputs(bar, &mut inputs)?.to_vec())
    }

    /// True where trades can be made into bars that the rule reads: it reads nothing else.
    pub fn reads_bars_alone(&self) -> bool {
        self.bar_fields.iter().all(|field: &Option<BarField>| field.is_some())
    }
}

/// Takes many bars and keeps the last of them.
fn run(
    session: &mut Session,
    ring: &mut Ring,
    times: &[i64],
    columns: &[&[f64]],
    outputs: &mut [&mut [f64]],
    watch: &mut dyn Watch,
) -> Result<(), StepError> {
    let bars = session.check_run(Some(times), columns, outputs)?;
    let mut at = 0;
    let trusts_lengths = std::mem::replace(&mut session.trusts_lengths, true);
    let mut take = |session: &mut Session, from: usize, to: usize, watch: &mut dyn Watch| {
        let part: Vec<_> = columns.iter().map(|column| &column[from..to]).collect();
        let mut out: Vec<_> = outputs.iter_mut().map(|output| &mut output[from..to]).collect();
        session.run_watched(Some(&times[from..to]), &part, &mut out, watch)
    };
    if let Some(base) = ring.base_for(session.position() + bars as u64) {
        at = (base - session.position()) as usize;
        if let Err(error) = take(session, 0, at, watch) {
            session.trusts_lengths = trusts_lengths;
            return Err(error);
        }
        ring.begin_at(session);
    }
    while at < bars {
        let to = bars.min(at + ring.until_next_state(session.position()));
        if let Err(error) = take(session, at, to, &mut Unwatched) {
            session.trusts_lengths = trusts_lengths;
            return Err(error);
        }
        for bar in at..to {
            let fields: Vec<_> = columns.iter().map(|column| column[bar]).collect();
            ring.put(times[bar], 0, &fields);
        }
        ring.note_state(session);
        at = to;
    }
    session.trusts_lengths = trusts_lengths;
    Ok(())
}

impl Ring {
    /// What its results are that another ring of the same plan has otherwise or not at all, and which revision they are.
    fn held_against(
        &mut self,
        old: &Ring,
        plan: &Arc<Plan>,
        instructions: Instructions,
    ) -> Result<Changed, StepError> {
        let mut before = old.results(plan, instructions)?.into_iter().peekable();
        let mut found = Changed { rows: Vec::new(), values: Vec::new(), before: Vec::new() };
        for (at, (time_ns, _, values)) in self.results(plan, instructions)?.into_iter().enumerate() {
            while before.next_if(|(old_ns, ..)| *old_ns < time_ns).is_some() {}
            let same = before.next_if(|(old_ns, ..)| *old_ns == time_ns);
            let revision = match &same {
                None => 0,
                Some((_, revision, old)) if same_values(old, &values) => {
                    self.set_revision(at, *revision);
                    continue;
                }
                Some((_, revision, _)) => revision + 1,
            };
            self.set_revision(at, revision);
            found.rows.push((time_ns, revision));
            found.values.extend(values);
            found.before.push(same.map(|(_, _, values)| values));
        }
        Ok(found)
    }
}
