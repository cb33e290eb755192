//! Whether a session gives values, and how many bars it still needs until it does.
//!
//! What its state waits for is found by trying: a copy takes bars without gaps. So it is right whatever the state went
//! through, missing input included, and no kernel has to count for it. Two copies take bars of which one rises where the
//! other falls: where they disagree, it is the data that decides.

use super::backend::Session;
use super::contracts::{Availability, Event, StepValue};

/// How far apart bars are where the plan does not say.
const SECOND_NS: i64 = 1_000_000_000;

/// True where every value is ready, or was left out by a filter.
pub(super) fn all_ready(values: &[StepValue]) -> bool {
    values.iter().all(|value| matches!(value.availability, Availability::Ready | Availability::Excluded))
}

impl Session {
    /// True where a bar has been taken and every output had a value on the last one, or was left out by a filter.
    pub fn is_ready(&mut self) -> bool {
        self.position() > 0 && all_ready(self.last_values())
    }

    /// Bars without gaps, the one that makes it ready included, until every output has a value; 0 where it is ready, `None`
    /// where what the bars hold decides it.
    pub fn bars_to_ready(&mut self) -> Option<usize> {
        if self.is_ready() {
            return Some(0);
        }
        let snapshot = self.snapshot();
        let rising = self.bars_to_ready_of(&snapshot, Trial::Rising);
        rising.filter(|_| rising == self.bars_to_ready_of(&snapshot, Trial::Falling))
    }

    /// How many bars of a trial a copy takes until every output has a value.
    fn bars_to_ready_of(&self, snapshot: &[u8], trial: Trial) -> Option<usize> {
        let plan = self.plan();
        let most = plan.warmup().ok()?.into_iter().max().unwrap_or(0).saturating_add(1);
        let mut copy = Session::restore(plan, snapshot, self.instructions()).ok()?;
        let step_ns = plan.timeframe_ns.and_then(|ns| i64::try_from(ns).ok()).unwrap_or(SECOND_NS);
        let mut time_ns = match self.last_time {
            None => Some(0),
            Some(last) => last,
        };
        let mut inputs = vec![0.0; plan.fields().len()];
        for bar in 1..=most {
            time_ns = match time_ns {
                Some(last) => Some(last.checked_add(step_ns)?),
                None => None,
            };
            for (input, field) in inputs.iter_mut().zip(plan.fields()) {
                *input = trial.value(field.field.as_deref(), bar);
            }
            copy.step(&Event { time_ns, inputs: &inputs }).ok()?;
            if copy.is_ready() {
                return Some(bar);
            }
        }
        None
    }
}

/// Bars that are made up: what comes out of a session before its first value must not depend on which.
#[derive(Clone, Copy)]
pub(super) enum Trial {
    /// Each bar closes above its open.
    Rising,
    /// Below it, and prices move the other way.
    Falling,
}

impl Trial {
    /// A number such as the field may have on this bar: prices move, and stand in the order of a bar's.
    pub(super) fn value(self, field: Option<&str>, bar: usize) -> f64 {
        // Multiples of the golden section, without their whole part, come near every number and never in step.
        let moved = (bar as f64 * 0.618_033_988_749_894_9).fract();
        let (moved, open) = match self {
            Trial::Rising => (moved, 100.0),
            Trial::Falling => (1.0 - moved, 101.0),
        };
        match field {
            Some("open") => open + moved,
            Some("high") => 103.0 + moved,
            Some("low") => 98.0 + moved,
            Some("volume" | "amount" | "count") => 1000.0 + 100.0 * moved,
            _ => 100.5 + moved,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{Options, Rule};

    fn session(text: &str) -> Session {
        Rule::compile(text).unwrap().session(Options::default()).unwrap()
    }

    fn take(session: &mut Session, close: f64) {
        session.step(&Event { time_ns: None, inputs: &[close] }).unwrap();
    }

    #[test]
    fn bars_that_are_needed_become_fewer_with_every_bar_that_has_its_inputs() {
        let mut session = session("sma(close, 3)");
        assert_eq!((session.is_ready(), session.bars_to_ready()), (false, Some(3)));
        for (close, left) in [(1.0, 2), (f64::NAN, 2), (2.0, 1), (3.0, 0), (f64::NAN, 1), (4.0, 0)] {
            take(&mut session, close);
            assert_eq!((session.is_ready(), session.bars_to_ready()), (left == 0, Some(left)), "{close}");
        }
    }

    #[test]
    fn asking_changes_no_bit() {
        let mut session = session("rsi(close, 5) + sma(close, 9)");
        take(&mut session, 7.0);
        let before = session.snapshot();
        assert_eq!(session.bars_to_ready(), Some(8));
        assert_eq!(session.snapshot(), before);
    }

    #[test]
    fn what_waits_for_something_in_the_data_has_no_number() {
        for text in ["barssince(close > 1000)", "barssince(close > open)", "barssince(close < open)"] {
            assert_eq!(session(text).bars_to_ready(), None, "{text}");
        }
    }

    #[test]
    fn durations_count_their_bars() {
        let rule = Rule::compile("close.2h_ago").unwrap();
        let hour = 3_600_000_000_000;
        let mut session = rule.session(Options { timeframe_ns: Some(hour), ..Options::default() }).unwrap();
        assert_eq!(session.bars_to_ready(), Some(3));
        session.step(&Event { time_ns: Some(5 * hour as i64), inputs: &[1.0] }).unwrap();
        assert_eq!(session.bars_to_ready(), Some(2));
    }
}
