//! What was taken before is brought to other units: a split.

use super::{LiveSession, Pending, StepError, Taken};
use crate::incremental::backend::Session;
use crate::plan::BarField;

impl LiveSession {
    /// Divides prices that were taken by a factor, and multiplies volumes by it.
    pub(super) fn reset(&mut self, time_ns: i64, factor: f64) -> Result<Taken, StepError> {
        let refuse = |reason: String| StepError::Reset { factor, reason };
        if !(factor.is_finite() && factor > 0.0) {
            return Err(refuse("it is no finite number above zero".to_owned()));
        }
        if let Some(slot) = self.bar_fields.iter().position(Option::is_none) {
            let field = self.plan().describe(slot);
            return Err(refuse(format!("whether `{field}` is a price or a volume is not known")));
        }
        self.end_pending(time_ns);
        if self.session.position() > 0 && factor != 1.0 {
            let whole = self.ring.as_ref().filter(|ring| ring.is_whole());
            let Some(mut ring) = whole.cloned() else {
                let (bars, kept) = (self.session.position(), self.policies.revisions);
                return Err(refuse(format!("{bars} bars were taken, and {kept} are kept")));
            };
            for (slot, field) in self.bar_fields.iter().enumerate() {
                ring.field_mut(slot).for_each(|x| *x = scaled(*x, *field, factor));
            }
            let plan = self.plan().clone();
            let instructions = self.session.instructions();
            let fresh = Session::new(plan, self.session.policies(), instructions);
            let mut session = fresh.expect("a plan that has a session");
            ring.replay(&mut session)?;
            session.not_applied = self.session.not_applied;
            session.trusts_lengths = self.session.trusts_lengths;
            (self.session, self.ring) = (session, Some(ring));
        }
        match &mut self.pending {
            Some(Pending::Bar(_, fields)) => {
                for (x, field) in fields.iter_mut().zip(&self.bar_fields) {
                    *x = scaled(*x, *field, factor);
                }
            }
            Some(Pending::Trades(bar)) => {
                for x in [&mut bar.open, &mut bar.high, &mut bar.low, &mut bar.close] {
                    *x /= factor;
                }
                bar.volume *= factor;
            }
            None => {}
        }
        Ok(Taken::Applied)
    }
}

fn scaled(x: f64, field: Option<BarField>, factor: f64) -> f64 {
    match field {
        Some(BarField::Volume) => x * factor,
        _ => x / factor,
    }
}
