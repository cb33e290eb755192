//! How long values take: bars before the first, how long the beginning of history matters, bars that one value looks at, and
//! what its windows take at least.

use super::operation::{AggregateKind, Operation};
use super::{Node, Plan, PlanError, duration_ns, room_of};
use crate::catalog::Settle;

impl Node {
    /// Ready inputs before each output's first ready value; `None` while a timeframe is missing.
    fn warmup(&self) -> Option<Vec<usize>> {
        Some(match &self.operation {
            Operation::Plain(_) | Operation::Aggregate(_) | Operation::Time | Operation::Interval { .. } => {
                vec![0]
            }
            Operation::Loop(it) => vec![0; it.program.values.len()],
            Operation::Shift { rows, .. } => vec![*rows],
            Operation::TimeShift { span, timeframe_ns, .. } => {
                vec![usize::try_from(duration_ns(*span) / (*timeframe_ns)?).unwrap_or(usize::MAX)]
            }
            Operation::Kernel { spec, params } => spec.kernel_timing(params, 0.5).warmup,
        })
    }

    /// Per output: bars before its first ready value, when the inputs wait so long; `None` while a timeframe is missing.
    pub(super) fn warmups(&self, of_slot: impl Fn(usize) -> usize) -> Option<Vec<usize>> {
        let inputs = self.inputs.iter().map(|slot| of_slot(*slot));
        let waits = match &self.operation {
            Operation::Aggregate(AggregateKind::Count | AggregateKind::Sum) => 0,
            Operation::Kernel { spec, .. } if !spec.waits_for_all => inputs.min().unwrap_or(0),
            _ => inputs.fold(0, usize::max),
        };
        Some(self.warmup()?.into_iter().map(|own| waits.saturating_add(own)).collect())
    }

    /// Per output, with its warm-up: how long the beginning of history matters, when it matters so long to the inputs.
    pub(super) fn settles(
        &self,
        of_slot: impl Fn(usize) -> Settle,
        warmups: &[usize],
        tolerance: f64,
    ) -> Vec<Settle> {
        let before = self.inputs.iter().map(|slot| of_slot(*slot)).fold(Settle::AT_ONCE, Settle::max);
        let own = match &self.operation {
            Operation::Kernel { spec, params } => spec.kernel_timing(params, tolerance).settle,
            Operation::TimeShift { .. } => Settle::Bars(self.warmup().map_or(0, |warmup| warmup[0])),
            Operation::Aggregate(_) => Settle::Never,
            Operation::Loop(_) => Settle::DependsOnData,
            Operation::Shift { .. } | Operation::Plain(_) | Operation::Time | Operation::Interval { .. } => {
                Settle::AT_ONCE
            }
        };
        let all = own.behind(before);
        let with = |warmup: &usize| if all == Settle::AT_ONCE { all } else { all.max(Settle::Bars(*warmup)) };
        warmups.iter().map(with).collect()
    }

    /// Bars that one value looks at, the present one included, when the inputs look at so many; `None` where it is no
    /// function of them alone, or while a timeframe is missing.
    fn look_back(&self, of_slot: impl Fn(usize) -> Option<usize>) -> Option<usize> {
        let inputs = self.inputs.iter().map(|slot| of_slot(*slot));
        let inputs = inputs.reduce(|a, b| Some(a?.max(b?))).unwrap_or(Some(1))?;
        let own = match &self.operation {
            Operation::Plain(_) | Operation::Time | Operation::Interval { .. } => 1,
            Operation::Aggregate(_) | Operation::Loop(_) => return None,
            Operation::Shift { .. } | Operation::TimeShift { .. } => self.warmup()?[0].saturating_add(1),
            Operation::Kernel { spec, params } => {
                let timing = spec.kernel_timing(params, f64::MIN_POSITIVE);
                // What is ready while an input is not says nothing of what it would have been with all of history.
                if timing.settle != Settle::AT_ONCE || !spec.waits_for_all {
                    return None;
                }
                timing.lookback.max(1)
            }
        };
        Some(inputs.saturating_add(own - 1))
    }

    /// Bars that one value looks at, the present one included, when the inputs look at so many: of what is recursive its
    /// periods. `None` while a timeframe is missing.
    fn reach(&self, of_slot: impl Fn(usize) -> usize) -> Option<usize> {
        let inputs = self.inputs.iter().map(|slot| of_slot(*slot)).fold(1, usize::max);
        let own = match &self.operation {
            Operation::Kernel { spec, params } => spec.kernel_timing(params, 0.5).lookback.max(1),
            _ => self.warmup()?[0].saturating_add(1),
        };
        Some(inputs.saturating_add(own - 1))
    }

    /// What its windows take at least, without making any.
    pub(super) fn least_window_bytes(&self) -> usize {
        match &self.operation {
            Operation::Shift { rows, .. } => rows.saturating_mul(8),
            Operation::Loop(it) => it.program.depth().saturating_mul(8),
            Operation::TimeShift { span, timeframe_ns: Some(timeframe_ns), density, .. } => {
                room_of(*span, *timeframe_ns, *density).saturating_mul(16)
            }
            Operation::Kernel { spec, params } => {
                // What is recursive has no window, or one of its period at most, and that has a limit of its own.
                let timing = spec.kernel_timing(params, 0.5);
                if timing.settle == Settle::AT_ONCE { timing.lookback.saturating_mul(8) } else { 0 }
            }
            _ => 0,
        }
    }
}

impl Plan {
    /// Per slot: bars before the first ready value when nothing is missing; `None` while a timeframe is missing.
    fn slot_warmups(&self) -> Option<Vec<usize>> {
        let mut warmups = vec![0; self.first_node_slot()];
        for node in &self.nodes {
            let own = node.warmups(|slot| warmups[slot])?;
            warmups.extend(own);
        }
        Some(warmups)
    }

    /// Per output: bars before its first ready value when nothing is missing.
    ///
    /// # Errors
    /// [`PlanError::TimeframeNeeded`] where a duration has no rows yet.
    pub fn warmup(&self) -> Result<Vec<usize>, PlanError> {
        let warmups = self.slot_warmups().ok_or_else(|| self.timeframe_needed())?;
        Ok(self.outputs.iter().map(|o| warmups[o.slot]).collect())
    }

    /// Per output: how long the beginning of history matters, until no seed weighs more than the tolerance (a share, such as
    /// 1e-6).
    ///
    /// # Errors
    /// [`PlanError::TimeframeNeeded`] where a duration has no rows yet.
    pub fn settle(&self, tolerance: f64) -> Result<Vec<Settle>, PlanError> {
        let warmups = self.slot_warmups().ok_or_else(|| self.timeframe_needed())?;
        let settles = self.slot_settles(&warmups, tolerance);
        Ok(self.outputs.iter().map(|o| settles[o.slot].max(Settle::Bars(warmups[o.slot]))).collect())
    }

    /// Per output: the same without the bars before its first value, as an indicator says it of itself.
    pub(super) fn own_settles(&self, tolerance: f64) -> Result<Vec<Settle>, PlanError> {
        let warmups = self.slot_warmups().ok_or_else(|| self.timeframe_needed())?;
        let settles = self.slot_settles(&warmups, tolerance);
        Ok(self.outputs.iter().map(|o| settles[o.slot]).collect())
    }

    /// Per output: bars that one value looks at, the present one included, when nothing is missing; `None` where the value is
    /// no function of a window of the data.
    pub fn look_backs(&self) -> Vec<Option<usize>> {
        let mut look_backs = vec![Some(1); self.first_node_slot()];
        for node in &self.nodes {
            let own = node.look_back(|slot| look_backs[slot]);
            look_backs.extend(std::iter::repeat_n(own, node.width()));
        }
        self.outputs.iter().map(|o| look_backs[o.slot]).collect()
    }

    /// Per output: bars that one value looks at, of what is recursive its periods.
    pub(super) fn reaches(&self) -> Option<Vec<usize>> {
        let mut reaches = vec![1; self.first_node_slot()];
        for node in &self.nodes {
            let own = node.reach(|slot| reaches[slot])?;
            reaches.extend(std::iter::repeat_n(own, node.width()));
        }
        Some(self.outputs.iter().map(|o| reaches[o.slot]).collect())
    }

    /// Per slot: how long the beginning of history matters.
    fn slot_settles(&self, warmups: &[usize], tolerance: f64) -> Vec<Settle> {
        let mut settles = vec![Settle::AT_ONCE; self.first_node_slot()];
        for node in &self.nodes {
            let own_warmups = &warmups[node.output..node.output + node.width()];
            let own = node.settles(|slot| settles[slot], own_warmups, tolerance);
            settles.extend(own);
        }
        settles
    }
}
