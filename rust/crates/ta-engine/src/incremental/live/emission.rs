//! Which results are given out.

use super::events::same_values;
use super::policies::Emit;
use crate::incremental::contracts::{Availability, StepValue};
use crate::plan::Plan;

/// Which results are given, and what the last ones were: a result is held against them.
#[derive(Clone, Debug)]
pub(super) struct Emission {
    emit: Emit,
    /// The outputs that are true or false.
    truths: Box<[usize]>,
    /// The last final result that was given.
    pub(super) last_final: Option<Vec<StepValue>>,
    /// The last result that was given, of a forming bar or not, and of which bar.
    pub(super) last: Option<(i64, Vec<StepValue>)>,
}

impl Emission {
    pub(super) fn new(emit: Emit, plan: &Plan) -> Emission {
        let truths = (0..plan.outputs.len()).filter(|at| plan.outputs[*at].is_bool).collect();
        Emission { emit, truths, last_final: None, last: None }
    }

    /// Whether a result is given; takes note of it then. `before` is what the bar's result was before it was corrected.
    pub(super) fn admits(
        &mut self,
        time_ns: i64,
        values: &[StepValue],
        is_final: bool,
        is_newest: bool,
        before: Option<&[StepValue]>,
    ) -> bool {
        let last = self.last.as_ref();
        let admits = match self.emit {
            Emit::All => return true,
            // A correction is a change, and so is a bar between those that were given.
            Emit::Changes if before.is_some() || !is_newest => true,
            Emit::Changes => {
                let is_same = |last: Option<&[StepValue]>| last.is_some_and(|last| same_values(last, values));
                let was_given = is_same(last.map(|(_, values)| values.as_slice()));
                !was_given || (is_final && !is_same(self.last_final.as_deref()))
            }
            Emit::True => {
                let was_true = last.is_some_and(|(of_ns, values)| *of_ns == time_ns && self.is_true(values));
                self.is_true(values) || was_true || before.is_some_and(|before| self.is_true(before))
            }
        };
        if admits && is_newest {
            let values = values.iter().map(|value| StepValue { reason: None, ..*value });
            let values: Vec<_> = values.collect();
            if is_final {
                self.last_final = Some(values.clone());
            }
            self.last = Some((time_ns, values));
        }
        admits
    }

    /// True where an output is.
    fn is_true(&self, values: &[StepValue]) -> bool {
        let is_true =
            |at: &usize| values[*at].availability == Availability::Ready && values[*at].value != 0.0;
        self.truths.iter().any(is_true)
    }
}
