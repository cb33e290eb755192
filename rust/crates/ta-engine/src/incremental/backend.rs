//! A session: a plan, its state, and one pass over the nodes per bar.
//!
//! Nothing is looked up by name and nothing is allocated once a session is built.

use std::hint::cold_path;
use std::sync::Arc;

use super::contracts::{
    Availability, Bar, Counters, Event, MissingInput, OnError, Policies, StepError, StepOutput, StepValue,
};
use super::history::{self, Words, check_count, check_defined, check_times};
use super::machine::{Machine, Stretch, Unfinished, put, step_nodes};
use super::ordering::{Admission, admit, comes_next};
use super::watch::{Unwatched, Watch, is_long};
use crate::isa::{Best, Instructions};
use crate::lanes::{Lanes, canonical_bits};
use crate::plan::{BarField, Plan, PlanError};

/// Events that became no bar. Those that did are counted by the position.
#[derive(Clone, Copy, Default)]
pub(crate) struct NotApplied {
    pub(crate) duplicate: u64,
    pub(crate) late: u64,
    pub(crate) rejected: u64,
}

/// A plan and the state of one symbol.
pub struct Session {
    pub(crate) plan: Arc<Plan>,
    pub(crate) policies: Policies,
    pub(crate) machine: Machine,
    /// Bars taken.
    pub(crate) position: u64,
    /// How many bars there were when the row was last without the values of nodes: 0, or what a snapshot had.
    pub(crate) row_from: u64,
    /// Time of the last bar; the outer `None` before the first.
    pub(crate) last_time: Option<Option<i64>>,
    pub(crate) not_applied: NotApplied,
    /// The last bar's results, once asked for: see [`last_values`](Session::last_values).
    pub(crate) values: Vec<StepValue>,
    pub(super) is_explained: bool,
    /// What a refused bar gives where the policy is to go on; scratch.
    failed: Vec<StepValue>,
    kept_values: Vec<StepValue>,
    kept_counts: (NotApplied, u64, Option<Option<i64>>),
    /// What the plan says, at hand: which field of a bar goes to which slot, and where the outputs stand.
    bar_fields: Box<[BarField]>,
    output_slots: Box<[usize]>,
    /// Policy: a missing field keeps its last value.
    holds: bool,
    /// A bar in order cannot be refused.
    is_quick: bool,
    /// Where the bar's time goes, where the rule reads it.
    time_slot: Option<usize>,
    /// How far apart bars are at least.
    least_ns: u64,
    /// Parts of a history that was looked at as a whole: whether bars look longer than they are is not asked again.
    pub(crate) trusts_lengths: bool,
}

impl Session {
    /// A session that has seen nothing.
    ///
    /// # Errors
    /// [`PlanError::TimeframeNeeded`] where a shift is a duration: see [`Plan::at_timeframe`].
    pub fn new(
        plan: Arc<Plan>,
        policies: Policies,
        instructions: Instructions,
    ) -> Result<Session, PlanError> {
        plan.check_functions()?;
        Session::for_history(plan, policies, instructions)
    }

    /// One that is run over a history and dropped: functions outside the engine need not be able to do more.
    pub(crate) fn for_history(
        plan: Arc<Plan>,
        policies: Policies,
        instructions: Instructions,
    ) -> Result<Session, PlanError> {
        let machine = Machine::new(plan.clone(), Best::of(instructions))?;
        let nothing = StepValue { value: f64::NAN, availability: Availability::WarmingUp, reason: None };
        Ok(Session {
            policies,
            machine,
            kept_values: vec![nothing; plan.outputs.len()],
            kept_counts: (NotApplied::default(), 0, None),
            position: 0,
            row_from: 0,
            last_time: None,
            not_applied: NotApplied::default(),
            values: vec![nothing; plan.outputs.len()],
            is_explained: true,
            failed: vec![nothing; plan.outputs.len()],
            bar_fields: plan.bar_fields().unwrap_or_default().into(),
            output_slots: plan.outputs.iter().map(|output| output.slot).collect(),
            holds: policies.missing_input == MissingInput::HoldPrevious,
            time_slot: plan.time_slot(),
            least_ns: plan.spacing().map_or(1, |spacing| spacing.least_ns),
            trusts_lengths: false,
            is_quick: plan.outputs.len() == 1
                && policies.missing_input != MissingInput::Fail
                && plan.time_slot().is_none()
                && plan.undefined.is_none()
                && plan.bar_fields().is_ok()
                && plan.functions().next().is_none(),
            plan,
        })
    }

    /// The plan it runs.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// How it behaves.
    pub fn policies(&self) -> Policies {
        self.policies
    }

    /// Bars taken.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// When the last bar closed, where events have times.
    pub fn last_time_ns(&self) -> Option<i64> {
        self.last_time.flatten()
    }

    /// Which instructions it uses.
    pub fn instructions(&self) -> Instructions {
        self.machine.best().instructions()
    }

    /// What became of the events.
    pub fn counters(&self) -> Counters {
        let (applied, NotApplied { duplicate, late, rejected }) = (self.position, self.not_applied);
        Counters { received: applied + duplicate + late + rejected, applied, duplicate, late, rejected }
    }

    /// Takes one closed bar and gives the value of every output.
    ///
    /// # Errors
    /// Where the event is refused; the session is as it was.
    pub fn step(&mut self, event: &Event<'_>) -> Result<StepOutput<'_>, StepError> {
        let values = match self.take(event) {
            Ok(admission) => {
                self.bring_up_to_date(admission);
                &self.values
            }
            Err(error) => {
                let value = self.swallow(error)?;
                self.failed.fill(value);
                &self.failed
            }
        };
        Ok(StepOutput { time_ns: event.time_ns, values, revision: 0, is_final: true, is_degraded: false })
    }

    /// [`step`](Session::step) for a bar with the usual five fields.
    ///
    /// # Errors
    /// As `step`; [`StepError::NoSuchField`] where the plan reads another field.
    pub fn step_bar(&mut self, bar: &Bar) -> Result<StepOutput<'_>, StepError> {
        let mut inputs = [f64::NAN; 5];
        let inputs = self.bar_inputs(bar, &mut inputs)?;
        self.step(&Event { time_ns: bar.time_ns, inputs })
    }

    /// The fast door of a plan with one output: takes a bar and gives its number; NaN when it is not ready.
    ///
    /// # Errors
    /// As [`step_bar`](Session::step_bar); [`StepError::SeveralOutputs`] of another plan, which is not a number.
    #[inline]
    pub fn step_value(&mut self, bar: &Bar) -> Result<f64, StepError> {
        match self.quick_step(bar) {
            Some(value) => Ok(value),
            None => self.step_value_with_care(bar),
        }
    }

    /// A bar that cannot be refused, where it comes next.
    fn quick_step(&mut self, bar: &Bar) -> Option<f64> {
        if !(self.is_quick && comes_next(self.last_time, bar.time_ns, self.least_ns)) {
            cold_path();
            return None;
        }
        let fields = bar.fields();
        for (last, field) in self.machine.row.iter_mut().zip(&self.bar_fields) {
            put(last, fields[*field as usize], self.holds);
        }
        self.count_bar(bar.time_ns);
        let Machine { nodes, row, .. } = &mut self.machine;
        step_nodes(nodes, row);
        Some(row[self.output_slots[0]])
    }

    /// A bar that may be refused.
    #[cold]
    fn step_value_with_care(&mut self, bar: &Bar) -> Result<f64, StepError> {
        if self.plan.outputs.len() != 1 {
            let names = self.plan.outputs.iter().map(|output| output.name.clone()).collect();
            return Err(StepError::SeveralOutputs { names });
        }
        let mut inputs = [f64::NAN; 5];
        let inputs = self.bar_inputs(bar, &mut inputs)?;
        match self.take(&Event { time_ns: bar.time_ns, inputs }) {
            Ok(_) => Ok(self.last_values()[0].value),
            Err(error) => Ok(self.swallow(error)?.value),
        }
    }

    /// What [`step`](Session::step) would give for a forming bar; the state stays as it is, bit for bit.
    ///
    /// # Errors
    /// As `step`.
    pub fn preview(&mut self, event: &Event<'_>, out: &mut Vec<StepValue>) -> Result<(), StepError> {
        self.begin_trial();
        let taken = self.take(event).map(|admission| self.bring_up_to_date(admission));
        out.clone_from(&self.values);
        self.end_trial();
        if let Err(error) = taken {
            out.fill(self.swallow(error)?);
        }
        Ok(())
    }

    /// Remembers what one bar may change, so that [`end_trial`](Session::end_trial) can put it back.
    fn begin_trial(&mut self) {
        self.last_values();
        self.kept_counts = (self.not_applied, self.position, self.last_time);
        self.kept_values.copy_from_slice(&self.values);
        self.machine.begin_trial();
    }

    /// Puts back, bit for bit, what was there before the one bar, or none, that was taken since.
    fn end_trial(&mut self) {
        self.machine.end_trial();
        self.values.copy_from_slice(&self.kept_values);
        self.is_explained = true;
        (self.not_applied, self.position, self.last_time) = self.kept_counts;
    }

    /// Takes many bars: `columns` has one slice per field of the plan, `outputs` one per output, all of one length.
    ///
    /// # Errors
    /// Where a time is out of order, a shape does not fit or a policy fails; nothing is taken then.
    pub fn run(
        &mut self,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) -> Result<(), StepError> {
        let bars = self.check_run(times_ns, columns, outputs)?;
        if bars == 0 {
            return Ok(());
        }
        let kept = self.machine.can_fail().then(|| self.keep());
        self.run_admitted(bars, times_ns, columns, outputs, &mut Unwatched).map_err(|why| {
            self.go_back(&kept.expect("nobody gives it up"));
            why.into()
        })
    }

    /// [`run`](Session::run) that somebody waits for.
    ///
    /// # Errors
    /// As `run`; [`StepError::Interrupted`] where it was given up, and nothing is taken then either.
    pub fn run_watched(
        &mut self,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        outputs: &mut [&mut [f64]],
        watch: &mut dyn Watch,
    ) -> Result<(), StepError> {
        let bars = self.check_run(times_ns, columns, outputs)?;
        if !is_long(bars, self.plan.nodes.len()) {
            return self.run(times_ns, columns, outputs);
        }
        let kept = self.keep();
        self.run_admitted(bars, times_ns, columns, outputs, watch).map_err(|why| {
            self.go_back(&kept);
            why.into()
        })
    }

    /// [`run`](Session::run) of bars, one at least, that have been checked.
    fn run_admitted(
        &mut self,
        bars: usize,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        outputs: &mut [&mut [f64]],
        watch: &mut dyn Watch,
    ) -> Result<(), Unfinished> {
        let given: Vec<_> = columns.iter().copied().enumerate().collect();
        let stretch = Stretch {
            nodes: 0..self.plan.nodes.len(),
            bars,
            times: self.time_slot.zip(times_ns),
            given: &given,
            wanted: &self.output_slots,
            holds: self.holds,
        };
        self.machine.run(&stretch, outputs, watch)?;
        for (last, column) in self.machine.row.iter_mut().zip(columns) {
            put(last, column[bars - 1], self.holds);
        }
        self.position += bars as u64;
        self.last_time = Some(times_ns.map(|times| times[bars - 1]));
        self.is_explained = false;
        Ok(())
    }

    pub(super) fn check_run(
        &mut self,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        outputs: &[&mut [f64]],
    ) -> Result<usize, StepError> {
        let bars = match (times_ns, columns.first(), outputs.first()) {
            (Some(times), ..) => times.len(),
            (None, Some(column), _) => column.len(),
            (None, None, Some(output)) => output.len(),
            (None, None, None) => 0,
        };
        let trusts_lengths = self.trusts_lengths;
        let given = history::Columns { columns, rows: bars, words: Words::COLUMNS, trusts_lengths };
        given.check(&self.plan, self.policies, self.last_time, times_ns, outputs)?;
        Ok(bars)
    }

    pub(super) fn bar_inputs<'a>(&self, bar: &Bar, inputs: &'a mut [f64; 5]) -> Result<&'a [f64], StepError> {
        let fields = self
            .plan
            .bar_fields()
            .map_err(|slot| StepError::NoSuchField { field: self.plan.describe(slot) })?;
        let bar = bar.fields();
        for (input, field) in inputs.iter_mut().zip(fields) {
            *input = bar[*field as usize];
        }
        Ok(&inputs[..fields.len()])
    }

    /// Admits an event and computes every node, or changes nothing but the counters.
    #[inline]
    fn take(&mut self, event: &Event<'_>) -> Result<Admission, StepError> {
        let admission = match admit(self.last_time, event.time_ns) {
            Ok(admission) => admission,
            Err(error) => {
                self.count_refused(&error);
                return Err(error);
            }
        };
        if let Err(error) = self.check_event(event, admission) {
            self.count_refused(&error);
            return Err(error);
        }
        if admission == Admission::SameTime {
            self.not_applied.duplicate += 1;
            return Ok(admission);
        }
        let can_fail = self.machine.can_fail();
        if can_fail {
            self.machine.begin_trial();
        }
        let machine = &mut self.machine;
        for (last, x) in machine.row.iter_mut().zip(event.inputs) {
            put(last, *x, self.holds);
        }
        if let (Some(slot), Some(time_ns)) = (self.time_slot, event.time_ns) {
            machine.put_time(slot, time_ns);
        }
        step_nodes(&mut machine.nodes, &mut machine.row);
        if can_fail && let Some(fault) = machine.fault() {
            machine.end_trial();
            let error = fault.into();
            self.count_refused(&error);
            return Err(error);
        }
        self.count_bar(event.time_ns);
        Ok(admission)
    }

    fn count_refused(&mut self, error: &StepError) {
        match error {
            StepError::Order { .. } | StepError::Corrected { .. } => self.not_applied.late += 1,
            _ => self.not_applied.rejected += 1,
        }
    }

    #[inline(always)]
    fn count_bar(&mut self, time_ns: Option<i64>) {
        self.position += 1;
        self.last_time = Some(time_ns);
        self.is_explained = false;
    }

    #[inline]
    fn check_event(&self, event: &Event<'_>, admission: Admission) -> Result<(), StepError> {
        if self.plan.undefined.is_some() {
            return check_defined(&self.plan);
        }
        check_count("fields", event.inputs.len(), self.plan.fields.len())?;
        if self.policies.missing_input == MissingInput::Fail
            && let Some(slot) = event.inputs.iter().position(|x| !x.is_finite())
        {
            return Err(StepError::MissingInput { field: self.plan.describe(slot), row: None });
        }
        let last_ns = if admission == Admission::Next { self.last_time_ns() } else { None };
        check_times(&self.plan, last_ns, event.time_ns.as_ref().map(std::slice::from_ref))?;
        if admission == Admission::SameTime {
            let fields = self.differing(event.inputs);
            if !fields.is_empty() {
                let event_ns = self.last_time.flatten().expect("a bar of the same time has a time");
                return Err(StepError::Corrected { stream: None, event_ns, fields });
            }
        }
        Ok(())
    }

    /// True where a missing field keeps its last value.
    pub(super) fn holds(&self) -> bool {
        self.holds
    }

    /// Names of the fields in which the inputs are not the last bar's.
    pub(super) fn differing(&self, inputs: &[f64]) -> Vec<String> {
        let differs = |slot: &usize| {
            let (last, x) = (self.machine.row[*slot], inputs[*slot].finite_or_nan());
            canonical_bits(last) != canonical_bits(x) && !(self.holds && x.is_nan())
        };
        (0..inputs.len()).filter(differs).map(|slot| self.plan.describe(slot)).collect()
    }

    /// Applies the error policy: what every output gives in place of the error.
    fn swallow(&self, error: StepError) -> Result<StepValue, StepError> {
        let availability = match (self.policies.on_error, &error) {
            (OnError::EmitError, StepError::MissingInput { .. } | StepError::Function { .. }) => {
                Availability::Error
            }
            (OnError::EmitMissing, StepError::MissingInput { .. }) => Availability::MissingInput,
            // Disorder and misuse are the caller's, whatever the policy.
            _ => return Err(error),
        };
        Ok(StepValue { value: f64::NAN, availability, reason: None })
    }
}
